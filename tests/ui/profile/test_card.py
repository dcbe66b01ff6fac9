"""The whole card: what it shows, asks for, keeps and how little it builds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kb_app.core.entity import Category, Entity, EntityType
from kb_app.core.ids import EntityId
from kb_app.core.judgement import ClaimKind, ClaimRef, Status
from kb_app.core.profile import Figures
from kb_app.ui.profile.card import CardView
from kb_app.ui.profile.wishes import JudgementWish, MoreWish, RenameWish, SectionKind
from kb_app.ui.shared.icons import Icons
from kb_app.ui.theme import Theme
from tests.ui.profile.profiles import mention, note, person, profile, relation, role, section


@pytest.fixture
def card(qtbot: QtBot) -> CardView:
    theme = Theme()
    widget = CardView(theme, Icons(theme))
    qtbot.addWidget(widget)
    widget.resize(760, 700)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def test_the_header_names_kind_spellings_with_script_and_country(card: CardView) -> None:
    card.show_profile(profile())
    assert card.header.name.label.text() == "Anna Vela"
    words = card.header.about.accessibleName()
    assert words == "Person · also written Vela, Анна Вела (Cyrillic) · Vardovia"


def test_an_institution_shows_its_category_and_who_held_a_role_there(card: CardView) -> None:
    ministry = Entity(EntityId(3), EntityType.INSTITUTION, "Ministry of Rivers", Category.MINISTRY, country="Vardovia")
    card.show_profile(profile(ministry, holders=section([role()]), roles=section([])))
    assert card.header.about.accessibleName() == "Ministry · Vardovia"
    assert card.sections[SectionKind.HOLDERS].isVisible()
    assert card.sections[SectionKind.ROLES].isHidden()


def test_the_figures_tell_articles_from_origins(card: CardView) -> None:
    card.show_profile(profile())
    words = card.figures.accessibleName()
    assert (
        words == "6 articles · 3 origins, 31 mentions, 12 events, 3 statements, 28 Apr – 4 May 2024 first to last date"
    )
    card.show_profile(profile(figures=Figures(1, 1, 1, 1, 1)))
    assert card.figures.accessibleName() == "1 article · 1 origin, 1 mention, 1 event, 1 statement"


def test_confirm_and_reject_are_wishes_about_the_entity(card: CardView) -> None:
    wished: list[JudgementWish] = []
    card.judgement_requested.connect(wished.append)
    card.show_profile(profile())
    card.header.confirm.click()
    card.header.reject.click()
    ref = (ClaimRef(ClaimKind.ENTITY, 1),)
    assert wished == [JudgementWish(ref, Status.CONFIRMED), JudgementWish(ref, Status.REJECTED)]


def test_a_decided_entity_says_so(card: CardView) -> None:
    card.show_profile(profile(status=Status.REJECTED))
    assert card.header.name.label.font().strikeOut()
    assert card.header.state.accessibleName() == "rejected"
    assert not card.header.reject.isEnabled()


def test_f2_renames_in_place(qtbot: QtBot, card: CardView) -> None:
    wished: list[RenameWish] = []
    card.rename_requested.connect(wished.append)
    card.show_profile(profile())
    view = card.sections[SectionKind.ROLES].view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_F2)
    field = card.header.name.field
    assert field.isVisible()
    field.setText("  Anna   Vela-Brek ")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert wished == [RenameWish(EntityId(1), "Anna Vela-Brek")]


def test_escape_keeps_the_name(qtbot: QtBot, card: CardView) -> None:
    wished: list[RenameWish] = []
    card.rename_requested.connect(wished.append)
    card.show_profile(profile())
    card.rename()
    card.header.name.field.setText("Other")
    qtbot.keyClick(card.header.name.field, Qt.Key.Key_Escape)
    assert (wished, card.header.name.label.isVisible()) == ([], True)


def test_a_section_shows_the_first_lines_and_how_many_more(card: CardView) -> None:
    card.show_profile(profile(relations=section([relation(n) for n in range(1, 31)], total=45)))
    links = card.sections[SectionKind.RELATIONS]
    assert (links.view.lines.rowCount(), links.more.text()) == (7, "38 more")
    links.more.click()
    assert links.view.lines.rowCount() == 30
    wished: list[MoreWish] = []
    card.more_requested.connect(wished.append)
    links.more.click()
    assert wished == [MoreWish(EntityId(1), SectionKind.RELATIONS, 30)]


def test_a_fuller_profile_shows_the_lines_that_were_asked_for(card: CardView) -> None:
    card.show_profile(profile(relations=section([relation(n) for n in range(1, 21)], total=40)))
    links = card.sections[SectionKind.RELATIONS]
    links.more.click()
    links.more.click()
    card.show_profile(profile(relations=section([relation(n) for n in range(1, 41)])))
    assert links.view.lines.rowCount() == 40
    assert links.more.isHidden()


def test_folds_are_remembered_from_card_to_card(card: CardView) -> None:
    card.show_profile(profile())
    card.fold({SectionKind.ROLES})
    card.show_profile(profile(person("Tomas Brek", 2)))
    assert card.folded() == {SectionKind.ROLES}
    assert card.sections[SectionKind.ROLES].view.isHidden()


def test_columns_follow_the_width(qtbot: QtBot, card: CardView) -> None:
    card.show_profile(profile())
    roles, statements = card.sections[SectionKind.ROLES], card.sections[SectionKind.STATEMENTS_BY]
    qtbot.waitUntil(lambda: roles.x() < statements.x())
    card.resize(420, 700)
    qtbot.waitUntil(lambda: roles.x() == statements.x() and roles.y() < statements.y())


def test_arrows_go_on_into_the_next_section(qtbot: QtBot, card: CardView) -> None:
    card.show_profile(profile())
    roles, links = card.sections[SectionKind.ROLES].view, card.sections[SectionKind.RELATIONS].view
    roles.enter_from(1)
    qtbot.keyClick(roles, Qt.Key.Key_Down)
    assert links.currentIndex().row() == 0


def test_five_thousand_mentions_build_no_more_widgets_and_paint_only_what_is_seen(
    qtbot: QtBot, card: CardView, monkeypatch: pytest.MonkeyPatch
) -> None:
    card.show_profile(profile(mentions=section([mention(n) for n in range(1, 6)])))
    few = len(card.findChildren(QWidget))
    table = card.mentions.table
    painted: list[int] = []
    paint = type(table.delegate).paint
    monkeypatch.setattr(type(table.delegate), "paint", lambda s, p, o, i: (painted.append(i.row()), paint(s, p, o, i)))
    card.show_profile(profile(mentions=section([mention(n) for n in range(1, 5001)])))
    table.grab()
    assert len(card.findChildren(QWidget)) == few
    assert painted and max(painted) < 10


def test_the_same_entity_again_keeps_its_place(qtbot: QtBot, card: CardView) -> None:
    full = profile(relations=section([relation(n) for n in range(1, 31)]))
    card.resize(500, 300)
    card.show_profile(full)
    bar = card._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 100)
    bar.setValue(100)
    card.show_profile(replace(full, status=Status.CONFIRMED))
    assert bar.value() == 100


def test_the_current_line_stays_current_when_the_order_changes_or_it_goes(card: CardView) -> None:
    view = card.sections[SectionKind.RELATIONS].view
    card.show_profile(profile(relations=section([relation(1), relation(2), relation(3)])))
    view.setCurrentIndex(view.lines.index(1))
    card.show_profile(profile(relations=section([relation(2), relation(1), relation(3)])))
    assert view.currentIndex().row() == 0
    card.show_profile(profile(relations=section([relation(1), relation(3)])))
    assert view.currentIndex().row() == 0
    card.show_profile(profile(person("Tomas Brek", 2)))
    assert not view.currentIndex().isValid()


def test_a_claim_is_shown_even_where_it_is_folded_away(card: CardView) -> None:
    card.show_profile(profile(relations=section([relation(n) for n in range(1, 31)])))
    card.fold({SectionKind.RELATIONS})
    assert card.show_claim(ClaimRef(ClaimKind.RELATION, 25))
    view = card.sections[SectionKind.RELATIONS].view
    assert (view.isVisible(), view.currentIndex().row()) == (True, 24)
    assert not card.show_claim(ClaimRef(ClaimKind.EVENT, 999))


def test_going_back_to_a_card_finds_its_place_again(qtbot: QtBot, card: CardView) -> None:
    long = section([relation(n) for n in range(1, 31)])
    card.resize(500, 300)
    card.show_profile(profile(relations=long))
    bar = card._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 200)
    bar.setValue(180)
    card.show_profile(profile(person("Tomas Brek", 2), relations=section([])))
    assert bar.value() == 0
    card.show_profile(profile(relations=long))
    assert bar.value() == 180


def test_nothing_chosen_says_what_will_be_here(card: CardView) -> None:
    card.show_profile(profile())
    card.show_nothing(EntityType.INSTITUTION)
    words = [label.text() for label in card.findChildren(QLabel) if label.isVisible()]
    assert "No institution chosen" in words
    assert card.profile() is None


def test_hostile_names_are_shown_as_text(card: CardView) -> None:
    name = "<img src='file:///etc/passwd'>" + "\n" * 50 + "a" + "\u0301" * 100_000
    card.show_profile(profile(replace(person(), name=name), notes=(note("<img src='x'>"),)))
    label = card.header.name.label
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert len(label.text()) < 400 and "\n" not in label.text()


def test_whatever_can_be_pressed_has_a_name_and_can_be_reached_by_keyboard(card: CardView) -> None:
    card.show_profile(profile())
    for button in (b for b in card.findChildren(QPushButton) if b.isVisible()):
        assert button.text() or button.accessibleName()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    for part in card.sections.values():
        assert part.view.accessibleName() and part.header.accessibleName()
    assert card.mentions.table.accessibleName()
