"""Notes: Markdown that fetches nothing, links to cards, writing in place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from pytestqt.qtbot import QtBot

from kb_app.core.ids import NoteId
from kb_app.ui.profile.note_text import linked_name, with_links
from kb_app.ui.profile.notes import NotesSection
from kb_app.ui.profile.wishes import NoteAction, NoteWish
from kb_app.ui.theme import Theme
from tests.ui.profile.profiles import VELA, note


@pytest.fixture
def section(qtbot: QtBot) -> NotesSection:
    widget = NotesSection(Theme())
    qtbot.addWidget(widget)
    widget.resize(360, 400)
    widget.show_notes(VELA.id, [note("Compare **this** with [[Tomas Brek]] <script>x</script>")])
    widget.show()
    return widget


@pytest.mark.parametrize("name", ["Tomas Brek", "O'Brek (elder)", "100% *Brek*", "Анна Вела", "a:b/c?d#e"])
def test_a_linked_name_survives_the_way_through_a_link(name: str) -> None:
    target = with_links(f"see [[{name}]].").rpartition("](")[2].partition(")")[0]
    assert linked_name(QUrl(target)) == name


def test_other_links_lead_nowhere() -> None:
    assert linked_name(QUrl("https://example.org/")) is None


def test_a_note_is_shown_as_markdown_without_html(section: NotesSection) -> None:
    shown = section.items()[0].text
    assert shown.toPlainText() == "Compare this with Tomas Brek <script>x</script>"
    assert shown.loadResource(2, QUrl("https://example.org/x.png")) is None


def test_a_link_in_a_note_asks_for_the_card(section: NotesSection) -> None:
    wished: list[str] = []
    section.name_requested.connect(wished.append)
    section.items()[0].text.anchorClicked.emit(QUrl("card:Tomas%20Brek"))
    section.items()[0].text.anchorClicked.emit(QUrl("https://example.org/"))
    assert wished == ["Tomas Brek"]


def test_a_note_is_added_with_control_and_enter(qtbot: QtBot, section: NotesSection) -> None:
    wished: list[NoteWish] = []
    section.note_requested.connect(wished.append)
    section.add.click()
    qtbot.keyClicks(section.editor.field, "ask again")
    qtbot.keyClick(section.editor.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wished == [NoteWish(NoteAction.ADD, VELA.id, text="ask again")]
    assert section.editor.isHidden()


def test_escape_gives_a_new_note_up(qtbot: QtBot, section: NotesSection) -> None:
    wished: list[NoteWish] = []
    section.note_requested.connect(wished.append)
    section.begin()
    qtbot.keyClicks(section.editor.field, "no")
    qtbot.keyClick(section.editor.field, Qt.Key.Key_Escape)
    assert (wished, section.editor.isHidden()) == ([], True)


def test_a_note_is_changed_and_deleted(qtbot: QtBot, section: NotesSection) -> None:
    wished: list[NoteWish] = []
    section.note_requested.connect(wished.append)
    item = section.items()[0]
    item.edit.click()
    editor = item.editor()
    assert editor is not None
    editor.field.setPlainText("shorter")
    editor.save.click()
    item.delete.click()
    assert wished == [
        NoteWish(NoteAction.EDIT, VELA.id, NoteId(1), "shorter"),
        NoteWish(NoteAction.DELETE, VELA.id, NoteId(1)),
    ]


def test_writing_goes_on_when_the_same_card_is_shown_again(qtbot: QtBot, section: NotesSection) -> None:
    section.begin()
    qtbot.keyClicks(section.editor.field, "half a")
    section.show_notes(VELA.id, [note("another", 2)])
    assert section.editor.field.toPlainText() == "half a"
