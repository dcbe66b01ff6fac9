"""The window as a person uses it, over a real knowledge base."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kb_app.core.judgement import Status
from kb_app.services.workspace import Workspace
from kb_app.settings import Settings, ThemeChoice
from kb_app.ui.main_window import MainWindow
from kb_app.ui.notices import Tone
from kb_app.ui.shell.open_base import BaseState
from kb_app.ui.shell.places import Place
from kb_app.ui.shell.rail import RailButton
from tests.ui.conftest import Desktop


def names_of(window: MainWindow) -> list[str]:
    model = window.frame.desk.people.model
    return [model.index(row).data() for row in range(model.rowCount())]


def shown_name(window: MainWindow) -> str:
    profile = window.frame.desk.card.profile()
    return profile.entity.name if profile is not None else ""


def press(window: MainWindow, id: str) -> None:
    window.commands.action(id).trigger()


def choose_person(window: MainWindow, row: int) -> None:
    people = window.frame.desk.people
    people.view.setCurrentIndex(people.model.index(row))


def test_opening_shows_the_first_card_with_the_article_it_rests_on(window: MainWindow) -> None:
    assert shown_name(window) == names_of(window)[0]
    assert window.showing.article is not None
    assert window.windowTitle() == "Dam.kb — Kartoteka"


def test_choosing_a_name_opens_its_card_and_back_returns(window: MainWindow, desktop: Desktop) -> None:
    first, second = names_of(window)[:2]
    choose_person(window, 1)
    desktop.rest(window)
    assert shown_name(window) == second
    press(window, "back")
    desktop.rest(window)
    assert shown_name(window) == first
    press(window, "forward")
    desktop.rest(window)
    assert shown_name(window) == second
    assert not window.commands.action("forward").isEnabled()


def test_the_mouse_goes_back_too(window: MainWindow, desktop: Desktop, qtbot: QtBot) -> None:
    first = shown_name(window)
    choose_person(window, 2)
    desktop.rest(window)
    qtbot.mouseClick(window.frame.desk.people.view.viewport(), Qt.MouseButton.BackButton)
    desktop.rest(window)
    assert shown_name(window) == first


def test_each_place_is_reached_by_its_key_and_shows_something(window: MainWindow, desktop: Desktop) -> None:
    for number, place in enumerate(Place, 1):
        QTest.keyClick(window, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.ControlModifier)
        desktop.rest(window)
        assert window.frame.desk.place is place
    press(window, "place_institutions")
    desktop.rest(window)
    assert shown_name(window)


def test_confirming_can_be_undone_and_done_again(window: MainWindow, desktop: Desktop) -> None:
    card = window.frame.desk.card
    card.header.confirm.click()
    desktop.rest(window)
    assert card.profile().status is Status.CONFIRMED
    assert window.commands.action("undo").text().startswith("Undo ")
    press(window, "undo")
    desktop.rest(window)
    assert card.profile().status is Status.SUGGESTED
    press(window, "redo")
    desktop.rest(window)
    assert card.profile().status is Status.CONFIRMED


def test_a_change_of_one_entity_leaves_the_open_article_alone(window: MainWindow, desktop: Desktop) -> None:
    before = window.showing.article
    window.frame.desk.card.header.confirm.click()
    desktop.rest(window)
    after = window.showing.article
    assert before is not None and after is not None
    assert before.id == after.id


def test_searching_finds_a_person_while_typing_and_enter_opens_the_card(
    window: MainWindow, desktop: Desktop, qtbot: QtBot
) -> None:
    name = names_of(window)[3]
    box = window.frame.top_bar.search
    press(window, "search")
    QTest.keyClicks(box, name)
    desktop.wait(lambda: box.popup() is not None and box.popup().isVisible())
    QTest.keyClick(box, Qt.Key.Key_Return)
    desktop.rest(window)
    assert shown_name(window) == name
    assert not box.popup().isVisible()


def test_escape_closes_the_answers_and_then_empties_the_box(window: MainWindow, desktop: Desktop) -> None:
    box = window.frame.top_bar.search
    press(window, "search")
    QTest.keyClicks(box, "dam")
    desktop.wait(lambda: box.popup() is not None and box.popup().isVisible())
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert not box.popup().isVisible()
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""


def test_an_article_found_by_its_words_opens_there(window: MainWindow, desktop: Desktop) -> None:
    box = window.frame.top_bar.search
    press(window, "search")
    QTest.keyClicks(box, "gate")
    desktop.wait(lambda: box.popup() is not None and box.popup().isVisible())
    popup = box.popup()
    hits = [popup.model.line(row).hit for row in range(popup.model.rowCount())]
    article = next(hit for hit in hits if hit is not None and hit.article_span is not None)
    window.navigator.open_hit(article)
    desktop.rest(window)
    assert window.frame.desk.place is Place.SOURCES
    assert window.showing.article is not None
    assert window.showing.article.id == article.id


def test_dropped_files_are_imported_and_named(desktop: Desktop, tmp_path: Path) -> None:
    window = desktop.window(tmp_path / "none")  # no such file: the first page comes
    good, empty = tmp_path / "flood.txt", tmp_path / "empty.txt"
    good.write_text("Flood in Mirenz\n\nMayor Ilka Varany said on Monday that the river had risen.\n", "utf-8")
    empty.write_bytes(b"")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(good)), QUrl.fromLocalFile(str(empty))])
    drop = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(drop)
    desktop.wait(lambda: window.base.is_open and window.frame.notices.notice is not None)
    desktop.rest(window)
    notice = window.frame.notices.notice
    assert notice is not None
    assert notice.tone is Tone.WARNING
    assert "empty.txt" in notice.sentence
    assert window.frame.desk.sources.model.rowCount() == 1


def test_importing_the_same_file_again_says_that_it_is_there(window: MainWindow, desktop: Desktop) -> None:
    from_sample = sorted((Path(__file__).resolve().parents[2] / "resources" / "samples").glob("*.txt"))[0]
    before = window.frame.desk.sources.model.rowCount()
    window.parts.importing.import_paths((from_sample,))
    desktop.wait(lambda: window.frame.notices.notice is not None)
    desktop.rest(window)
    assert window.frame.desk.sources.model.rowCount() == before
    assert "already there" in window.frame.notices.notice.sentence


def test_a_file_that_another_window_writes_can_be_opened_for_reading(desktop: Desktop, base_file: Path) -> None:
    holder = Workspace.open(base_file)
    try:
        window = desktop.window(base_file)
        notice = window.frame.notices.notice
        assert notice is not None
        assert base_file.name in notice.sentence
        window.frame.notices._action.click()
        desktop.rest(window)
        assert window.base.is_open
        assert not window.base.can_write
        assert not window.commands.action("undo").isEnabled()
        window.frame.desk.card.header.confirm.click()
        assert "reading only" in window.frame.notices.notice.sentence
    finally:
        holder.close()


def test_a_file_that_is_none_of_ours_is_named_and_the_first_page_stays(desktop: Desktop, tmp_path: Path) -> None:
    stranger = tmp_path / "letter.kb"
    stranger.write_text("Dear all", "utf-8")
    window = desktop.window(stranger)
    assert "letter.kb" in window.frame.notices.notice.sentence
    assert not window.frame.is_at_desk()


def test_another_file_can_be_opened_in_the_same_window(window: MainWindow, desktop: Desktop, tmp_path: Path) -> None:
    other = tmp_path / "other.kb"
    Workspace.open(other, create=True).close()
    window.parts.opener.open_path(other)
    desktop.wait(lambda: window.base.path == other)
    desktop.rest(window)
    assert window.frame.desk.people.model.rowCount() == 0
    assert window.showing.profile is None
    assert not window.commands.action("back").isEnabled()


def test_closing_lets_the_file_go_and_keeps_the_choices(desktop: Desktop, base_file: Path) -> None:
    window = desktop.window(base_file)
    press(window, "theme_dark")
    press(window, "place_timeline")
    desktop.rest(window)
    window.close()
    desktop.wait(lambda: window.base.state is BaseState.NONE and not window.isVisible())
    kept = desktop.kept[-1]
    assert (kept.theme, kept.place) == (ThemeChoice.DARK, "timeline")
    assert kept.recent_files == (str(base_file),)
    Workspace.open(base_file).close()


def test_the_place_is_where_it_was_left(desktop: Desktop, base_file: Path) -> None:
    first = desktop.window(base_file)
    press(first, "place_sources")
    desktop.rest(first)
    first.close()
    desktop.wait(lambda: not first.isVisible())
    second = desktop.window(base_file)
    assert second.frame.desk.place is Place.SOURCES


def test_every_command_that_has_keys_is_on_the_sheet(window: MainWindow) -> None:
    wordings = [wording for wording, _ in window.commands.bindings()]
    assert {"Back", "Forward", "Search everything", "Keys"} <= set(wordings)
    keys = [key for action in window.actions() for key in action.shortcuts()]
    assert len(keys) == len({key.toString() for key in keys})


def test_no_two_entries_of_a_menu_have_the_same_letter(window: MainWindow) -> None:
    for head in window.frame.top_bar.menu_bar.actions():
        wordings = [action.text() for action in head.menu().actions() if action.text()]  # type: ignore[union-attr]
        letters = [wording.partition("&")[2][:1].casefold() for wording in wordings if "&" in wording]
        assert len(letters) == len(set(letters)), head.text()


def test_an_edit_after_a_click_in_the_list_renames_everywhere(window: MainWindow, desktop: Desktop) -> None:
    entity = window.frame.desk.card.profile().entity
    window.frame.desk.card.header.name.renamed.emit("Someone Else")
    desktop.rest(window)
    assert shown_name(window) == "Someone Else"
    assert "Someone Else" in names_of(window)
    assert entity.name not in names_of(window)


def test_an_event_is_marked_everywhere_and_opens_its_sentence(window: MainWindow, desktop: Desktop) -> None:
    press(window, "place_timeline")
    desktop.rest(window)
    event = window.frame.desk.strip.canvas.data.ids[0]
    window.frame.desk.timeline.event_requested.emit(event)
    desktop.rest(window)
    for timeline in (window.frame.desk.timeline, window.frame.desk.strip):
        assert timeline.canvas.selected_event() == event
    line = window.base.workspace.timelines.event(event)
    assert window.showing.article.id == line.support.citations[0].passage.article


def test_starting_on_the_timeline_shows_an_article_beside_it(desktop: Desktop, base_file: Path) -> None:
    desktop.kept.append(Settings(place="timeline"))
    window = desktop.window(base_file)
    assert window.frame.desk.place is Place.TIMELINE
    assert window.showing.article is not None


def test_the_rail_has_a_button_for_every_place_and_none_that_does_nothing(window: MainWindow) -> None:
    assert [place.value for place in Place] == ["sources", "people", "institutions", "timeline"]
    assert len(window.frame.desk.rail.findChildren(RailButton)) == len(Place)


def test_the_card_is_open_that_was_open_last(desktop: Desktop, base_file: Path) -> None:
    first = desktop.window(base_file)
    choose_person(first, 3)
    desktop.rest(first)
    name = shown_name(first)
    first.close()
    desktop.wait(lambda: not first.isVisible())
    second = desktop.window(base_file)
    assert shown_name(second) == name
    assert not second.commands.action("back").isEnabled()


def test_a_name_that_is_asked_for_opens_its_card_and_an_unknown_one_is_told(desktop: Desktop, base_file: Path) -> None:
    window = desktop.window()
    window.presence.want(Place.INSTITUTIONS, "Nobody Atall")
    window.parts.opener.open_path(base_file)
    desktop.wait(lambda: window.frame.notices.notice is not None)
    desktop.rest(window)
    assert "Nobody Atall" in window.frame.notices.notice.sentence
    assert window.frame.desk.place is Place.INSTITUTIONS
    assert shown_name(window)


def test_a_card_comes_back_with_the_import_that_brought_it(window: MainWindow, desktop: Desktop) -> None:
    first = shown_name(window)
    press(window, "undo")
    desktop.rest(window)
    assert not shown_name(window)
    press(window, "redo")
    desktop.rest(window)
    assert shown_name(window) == first


def test_the_keyboard_goes_on_to_what_a_search_opened(window: MainWindow, desktop: Desktop, qtbot: QtBot) -> None:
    window.activateWindow()
    box = window.frame.top_bar.search
    press(window, "place_timeline")
    press(window, "search")
    QTest.keyClicks(box, names_of(window)[3])
    QTest.keyClick(box, Qt.Key.Key_Return)
    desktop.rest(window)
    assert window.frame.desk.people.view.hasFocus()


def test_escape_in_the_empty_search_box_gives_the_keyboard_back(window: MainWindow) -> None:
    window.activateWindow()
    press(window, "search")
    QTest.keyClick(window.frame.top_bar.search, Qt.Key.Key_Escape)
    assert window.frame.desk.people.view.hasFocus()


def test_f2_renames_from_the_list_as_well(window: MainWindow, desktop: Desktop) -> None:
    window.activateWindow()
    window.frame.desk.focus_rows()
    QTest.keyClick(window.frame.desk.people.view, Qt.Key.Key_F2)
    name = window.frame.desk.card.header.name
    assert name.is_editing()
    QTest.keyClicks(name.field, "Somebody Else")
    QTest.keyClick(name.field, Qt.Key.Key_Return)
    desktop.rest(window)
    assert shown_name(window) == "Somebody Else"
    assert window.frame.desk.people.view.hasFocus()
