"""Lines say what the records hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kb_app.core.event import Realis
from kb_app.core.judgement import ClaimKind, ClaimRef, Status
from kb_app.core.relation import RelationType
from kb_app.core.statement import StatementKind
from kb_app.ui.profile.fact_line import Run, event_lines, holder_lines, relation_lines, role_lines, statement_lines
from tests.ui.profile.profiles import BREK, COURIER, RIVERS, VELA, event, relation, role, statement, support


def said(runs: Iterable[Run]) -> str:
    """Return what runs say, with spaces at which a line may break."""
    return "".join(run.text for run in runs).replace("\u00a0", " ")


def test_a_role_names_title_and_institution_with_the_institution_as_a_link() -> None:
    (line,) = role_lines([replace(role(), qualifiers=("former",))])
    assert said(line.main) == "former Justice Minister, Ministry of Rivers"
    assert [run.entity for run in line.main if run.is_link] == [RIVERS.id]


def test_a_role_without_institution_names_the_country() -> None:
    (line,) = role_lines([replace(role(), institution=None, country="Vardovia", date=None)])
    assert line.words() == "Justice Minister, Vardovia"


def test_an_institution_lists_who_held_a_role_there() -> None:
    (line,) = holder_lines([role()])
    assert said(line.main) == "Anna Vela · Justice Minister"


def test_links_of_a_type_stand_together_with_the_best_supported_type_first() -> None:
    met, criticised = RelationType.MET_WITH, RelationType.CRITICIZED
    lines = relation_lines([relation(1, met), relation(2, criticised), relation(3, met)])
    assert [line.ref.id for line in lines] == [1, 3, 2]


def test_a_link_that_is_only_alleged_says_so() -> None:
    (line,) = relation_lines([relation(realis=Realis.ALLEGED)])
    assert line.words() == "criticised by Tomas Brek  alleged"


def test_a_link_that_is_likelier_wrong_than_right_says_so_until_somebody_decides() -> None:
    doubtful = replace(support(), confidence=0.3)
    (line,) = relation_lines([replace(relation(), support=doubtful)])
    assert line.words().endswith("unsure")
    (line,) = relation_lines([replace(relation(), support=replace(doubtful, status=Status.CONFIRMED))])
    assert "unsure" not in line.words()


def test_a_statement_tells_how_via_whom_and_when() -> None:
    (line,) = statement_lines([replace(statement(), addressee=BREK, venue="in parliament")], by_subject=True)
    assert said(line.main) == "“The gates will stay shut”"
    small = said(line.second)
    assert small == "direct · reported by Harbour Courier · to Tomas Brek · in parliament · 3 May 2024"
    assert [run.entity for run in line.second if run.is_link] == [COURIER.id, BREK.id]


def test_a_statement_without_a_date_was_made_before_the_article() -> None:
    (line,) = statement_lines([replace(statement(), date=None, via=())], by_subject=True)
    assert said(line.second) == "direct · undated, by 4 May 2024"


def test_a_statement_about_somebody_names_the_speaker() -> None:
    (line,) = statement_lines([replace(statement(), kind=StatementKind.INDIRECT)], by_subject=False)
    assert said(line.main) == "Anna Vela: The gates will stay shut"
    (unnamed,) = statement_lines([replace(statement(), speaker=None, speaker_words="an engineer")], by_subject=False)
    assert unnamed.main[0].text == "an engineer: "


def test_an_event_leaves_the_card_itself_out_of_its_participants() -> None:
    (line,) = event_lines([event(realis=Realis.PLANNED)], VELA.id)
    small = said(line.second)
    assert small == "planned · meeting or visit · with Tomas Brek · in Port Lumen"
    assert (line.aside.replace("\u00a0", " "), line.realis) == ("3 May 2024", Realis.PLANNED)


def test_an_event_without_date_or_title_is_told_as_such() -> None:
    (line,) = event_lines([replace(event(title=""), date=None)], VELA.id)
    assert (line.main[0].text, line.aside) == ("meeting or visit", "no date")


def test_a_line_is_spoken_with_its_state_and_its_citations() -> None:
    (line,) = role_lines([replace(role(), support=support(Status.REJECTED, 3), date=None)])
    assert line.spoken() == "Justice Minister, Ministry of Rivers; rejected; 3 citations"


def test_hostile_words_stay_words() -> None:
    (line,) = role_lines([replace(role(), ref=ClaimRef(ClaimKind.ROLE, 9), title="<b>x</b>\n\x00" + "a" * 9000)])
    title = line.main[0].text
    assert title.startswith("<b>x</b> a")
    assert len(title) <= 200
