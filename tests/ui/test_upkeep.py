"""Backups, checks, history, themes and keys in the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from kb_app.core.ids import EntityId
from kb_app.resources import resource_path
from kb_app.ui.history.backup_dialog import BackupDialog
from kb_app.ui.history.help_window import PAGES, HelpWindow
from kb_app.ui.history.history_window import HistoryWindow
from kb_app.ui.history.keys_sheet import KeysSheet
from kb_app.ui.main_window import MainWindow
from kb_app.ui.notices import Tone
from kb_app.ui.profile.wishes import RenameWish
from kb_app.ui.theme import DARK
from tests.ui.conftest import Desktop


def said(window: MainWindow) -> str:
    notice = window.frame.notices.notice
    return notice.sentence if notice is not None else ""


def first_person(window: MainWindow) -> str:
    return str(window.frame.desk.people.model.index(0).data())


def rename_first(window: MainWindow, name: str) -> None:
    entity = window.frame.desk.people.first_entity()
    assert entity is not None
    window.parts.editing.rename(RenameWish(EntityId(entity), name))


def test_a_backup_is_shown_before_it_replaces_the_file(window: MainWindow, desktop: Desktop, base_file: Path) -> None:
    before = first_person(window)
    window.commands.action("back_up").trigger()
    desktop.wait(lambda: "verified" in said(window))
    rename_first(window, "Quite Another")
    desktop.rest(window)
    assert first_person(window) == "Quite Another"
    window.commands.action("restore").trigger()
    desktop.wait(lambda: bool(window.findChildren(BackupDialog)))
    dialog = window.findChildren(BackupDialog)[0]
    desktop.wait(dialog._restore.isEnabled)
    assert "12 articles" in dialog._seen.text()
    dialog._restore.click()
    desktop.wait(lambda: "restored" in said(window))
    desktop.rest(window)
    assert first_person(window) == before


def test_without_a_backup_it_is_said(window: MainWindow, desktop: Desktop) -> None:
    window.commands.action("restore").trigger()
    desktop.wait(lambda: "no backup" in said(window))


def test_the_check_finds_nothing_wrong_with_the_sample(window: MainWindow, desktop: Desktop) -> None:
    window.commands.action("check").trigger()
    desktop.wait(lambda: bool(said(window)))
    desktop.rest(window)
    assert window.frame.notices.notice.tone is Tone.GOOD, window.frame.notices.notice


def test_a_damaged_file_leads_to_its_backups(window: MainWindow, desktop: Desktop, base_file: Path) -> None:
    window.commands.action("back_up").trigger()
    desktop.wait(lambda: "verified" in said(window))
    window.base.close()
    desktop.wait(lambda: not window.frame.is_at_desk())
    content = bytearray(base_file.read_bytes())
    content[200:] = b"\xff" * (len(content) - 200)
    base_file.write_bytes(content)
    window.parts.opener.open_path(base_file)
    desktop.wait(lambda: "is damaged" in said(window))
    window.frame.notices._action.click()
    desktop.wait(lambda: bool(window.findChildren(BackupDialog)))
    dialog = window.findChildren(BackupDialog)[0]
    desktop.wait(dialog._restore.isEnabled)
    dialog._restore.click()
    desktop.wait(lambda: window.base.is_open)
    desktop.rest(window)
    assert window.frame.desk.sources.model.rowCount() == 12


def test_the_history_follows_and_undoes(window: MainWindow, desktop: Desktop) -> None:
    rename_first(window, "Quite Another")
    desktop.rest(window)
    window.commands.action("history").trigger()
    desktop.rest(window)
    history = window.findChildren(HistoryWindow)[0]
    steps = history.model.rowCount()
    assert steps == 2
    history._undo.click()
    desktop.rest(window)
    assert first_person(window) != "Quite Another"
    assert history.model.index(0, 2).data() == "taken back"
    history.close()


def test_undoing_the_import_empties_every_view(window: MainWindow, desktop: Desktop) -> None:
    window.commands.action("undo").trigger()
    desktop.rest(window)
    desk = window.frame.desk
    assert (desk.people.model.rowCount(), desk.sources.model.rowCount()) == (0, 0)
    assert desk.card.profile() is None
    window.commands.action("redo").trigger()
    desktop.rest(window)
    assert desk.sources.model.rowCount() == 12


def test_the_theme_changes_while_the_window_is_open(window: MainWindow) -> None:
    window.commands.action("theme_dark").trigger()
    assert window.parts.theme.tokens is DARK
    assert window.commands.action("theme_dark").isChecked()
    assert not window.commands.action("theme_light").isChecked()
    window.commands.action("theme_light").trigger()


def test_a_question_mark_shows_the_keys(window: MainWindow) -> None:
    window.activateWindow()
    window.frame.desk.focus_rows()
    QTest.keyClick(window, "?")
    sheets = window.findChildren(KeysSheet)
    assert sheets
    sheets[0].close()


def test_a_question_mark_in_a_text_field_is_a_letter(window: MainWindow) -> None:
    field = window.frame.desk.people.findChild(QLineEdit)
    field.setFocus()
    QTest.keyClick(field, "?")
    assert field.text() == "?"
    assert not window.findChildren(KeysSheet)


def test_a_text_field_keeps_its_own_undo(window: MainWindow, desktop: Desktop) -> None:
    field = window.frame.desk.people.findChild(QLineEdit)
    field.setFocus()
    QTest.keyClicks(field, "ab")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desktop.rest(window)
    assert field.text() != "ab"
    assert window.parts.freshness.next_redo is None


def test_the_help_has_its_pages_and_links_stay_inside(window: MainWindow) -> None:
    window.commands.action("help").trigger()
    pages = window.findChildren(HelpWindow)[0]
    assert "First steps" in pages.page_text()
    assert set(PAGES) == {page.name for page in resource_path("help").glob("*.md")}
    for page in PAGES:
        pages.show_page(page)
        assert len(pages.page_text()) > 200
    pages.close()


def test_typing_in_a_list_filters_it(window: MainWindow, desktop: Desktop) -> None:
    people = window.frame.desk.people
    all_of_them = people.model.rowCount()
    people.focus_rows()
    QTest.keyClicks(people.view, "n")
    desktop.wait(lambda: people.model.rowCount() < all_of_them)
    assert people.findChild(QLineEdit).text() == "n"


def test_escape_closes_the_help(window: MainWindow, desktop: Desktop) -> None:
    window.commands.action("help").trigger()
    (help_window,) = window.findChildren(HelpWindow)
    QTest.keyClick(help_window, Qt.Key.Key_Escape)
    desktop.wait(lambda: not window.findChildren(HelpWindow))
