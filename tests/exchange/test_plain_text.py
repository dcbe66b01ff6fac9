from __future__ import annotations

from kb_app.core.ids import ArticleId, OutcomeId
from kb_app.core.report import ImportReport, InputOutcome, InputState
from kb_app.exchange.plain_text import outcomes_text, report_text, safe, table_text


def test_nothing_steers_the_terminal() -> None:
    assert safe("a\x1b[31mred\x07\r\nb\u202ec\u2066d") == "a [31mred b c d"


def test_a_report_counts_what_became_of_the_inputs() -> None:
    outcomes = (InputOutcome("a", InputState.IMPORTED), InputOutcome("b", InputState.REFUSED, "empty"))
    assert report_text(ImportReport(outcomes, 1.25)) == "2 inputs: 1 imported, 1 refused (1.2 s)"
    assert report_text(ImportReport()) == "0 inputs: nothing to do"


def test_a_table_stands_in_columns() -> None:
    assert table_text([("a", "1"), ("long", "2")]) == "a     1\nlong  2"


def test_outcomes_stand_under_their_container_with_the_reason() -> None:
    held = InputOutcome("a.txt", InputState.REFUSED, "empty", "It is empty.", parent=OutcomeId(1))
    whole = InputOutcome("a.zip", InputState.IMPORTED, sentence="1 taken.", articles=(ArticleId(3),), id=OutcomeId(1))
    assert outcomes_text(ImportReport((whole, held))).splitlines() == [
        "imported               a.zip (article 3)",
        "                       1 taken.",
        "refused                  a.txt",
        "                         empty: It is empty.",
    ]
