"""Quotations carry where they come from."""

from __future__ import annotations

from dataclasses import replace

from kb_app.core.article import Metadata
from kb_app.ui.source_pane.quoting import quotation
from tests.ui.source_pane.articles import TITLE, article


def test_words_are_quoted_with_publisher_title_and_date() -> None:
    words = quotation("“The gates\nwill stay shut.”", article())
    assert words == f"“The gates will stay shut.” — Harbour Courier, {TITLE}, 3 May 2024"


def test_what_is_not_known_is_left_out_or_said() -> None:
    words = quotation("gates", replace(article("Some words here"), metadata=Metadata()))
    assert words == "“gates” — Some words here, no date"


def test_the_pages_of_an_original_are_named_as_they_are_cited() -> None:
    assert quotation("gates", article(), (2,)).endswith("3 May 2024, p. 3")
    assert quotation("gates", article(), (2, 3)).endswith(", pp. 3–4")
