"""The versions of a report in the window: listed, compared, split off, joined, by keyboard too."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from kb_app.core.ids import ArticleId
from kb_app.core.listing import ArticleQuery, ArticleRow
from kb_app.services.importing import ImportRequest, PastedText
from kb_app.services.workspace import Workspace
from kb_app.ui.main_window import MainWindow
from kb_app.ui.origins.origin_dialog import OriginDialog
from kb_app.ui.origins.origin_model import LINE_ROLE, LineKind, OriginModel
from kb_app.ui.shell.places import Place
from kb_app.ui.sources.article_menu import ArticleDeed
from kb_app.ui.sources.article_model import ROW_ROLE
from tests.ui.conftest import Desktop

LIFTING = "A summer at the lake"
_ADD = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


@pytest.fixture
def base_file(base_file: Path) -> Path:
    """Give a copy of the sample with one more article, which has a paragraph from another."""
    with Workspace.open(base_file) as workspace:
        longest = max(_rows(workspace), key=lambda row: (row.copies == 1, row.id))
        article = workspace.reading.article(longest.id).article
        paragraph = max(article.body.of(article.text).split("\n"), key=len)
        own = [" ".join(f"{place}{number}" for number in range(90)) + "." for place in ("pier", "boat")]
        text = "\n\n".join((LIFTING, own[0], paragraph, own[1]))
        for _ in workspace.importing.run(ImportRequest(texts=(PastedText("lake.txt", text.encode()),))):
            pass
    return base_file


@pytest.fixture
def sources(window: MainWindow, desktop: Desktop) -> MainWindow:
    """Give the window at the sources."""
    window.navigator.go_place(Place.SOURCES)
    desktop.rest(window)
    return window


def _rows(workspace: Workspace) -> tuple[ArticleRow, ...]:
    return workspace.listing.articles(ArticleQuery(), 0, 100)


def _listed(window: MainWindow) -> list[ArticleRow]:
    model = window.frame.desk.sources.model
    return [model.index(row, 0).data(ROW_ROLE) for row in range(model.rowCount())]


def _told_often(window: MainWindow) -> ArticleRow:
    return next(row for row in _listed(window) if row.copies > 1 and not row.is_reprint)


def _opened(window: MainWindow, desktop: Desktop, article: ArticleId) -> OriginDialog:
    window.navigator.open_article(article)
    desktop.rest(window)
    QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    desktop.rest(window)
    dialog = window.parts.origins.dialog
    assert dialog is not None and dialog.isVisible()
    return dialog


def _articles(dialog: OriginDialog, kind: LineKind = LineKind.VERSION) -> list[ArticleId]:
    lines = [dialog.model.index(row, 0).data(LINE_ROLE) for row in range(dialog.model.rowCount())]
    return [line.version.article for line in lines if line.kind is kind]


def test_the_key_shows_the_versions_side_by_side(sources: MainWindow, desktop: Desktop) -> None:
    row = _told_often(sources)
    dialog = _opened(sources, desktop, row.id)
    assert len(_articles(dialog)) == row.copies
    assert dialog.comparison.isVisible()
    assert dialog.comparison.one.spans and len(dialog.comparison.one.spans) == len(dialog.comparison.other.spans)
    assert "earliest" in str(dialog.model.index(0, 0).data())
    dialog.close()


def test_a_version_is_split_off_and_undo_brings_it_back(sources: MainWindow, desktop: Desktop) -> None:
    row = _told_often(sources)
    before = [(r.id, r.copies) for r in _listed(sources)]
    dialog = _opened(sources, desktop, row.id)
    dialog.choose_row(1)
    split = dialog.chosen()[0].version.article
    dialog.split_button.click()
    desktop.rest(sources)
    assert split not in _articles(dialog)
    assert {r.id: r.copies for r in _listed(sources)}[split] == 1
    sources.commands.action("undo").trigger()
    desktop.rest(sources)
    assert split in _articles(dialog)
    assert [(r.id, r.copies) for r in _listed(sources)] == before
    dialog.close()


def test_not_all_versions_can_be_split_off(sources: MainWindow, desktop: Desktop) -> None:
    dialog = _opened(sources, desktop, _told_often(sources).id)
    dialog.table.selectAll()
    assert not dialog.split_button.isEnabled()
    dialog.close()


def test_chosen_articles_are_joined_from_the_list(sources: MainWindow, desktop: Desktop) -> None:
    place = sources.frame.desk.sources
    rows = _listed(sources)
    single = [row for row in rows if row.copies == 1][:2]
    for row in single:
        index = place.model.index(rows.index(row), 0)
        place.table.selectionModel().select(index, _ADD)
    chosen = place.chosen()
    menu = place.menu_for(chosen)
    next(action for action in menu.actions() if action.data() == ArticleDeed.JOIN.value).trigger()
    desktop.rest(sources)
    menu.deleteLater()
    copies = {row.id: row.copies for row in _listed(sources)}
    assert {copies[row.id] for row in single} == {sum(row.copies for row in chosen)}


def test_another_report_is_chosen_by_its_title(sources: MainWindow, desktop: Desktop) -> None:
    row = _told_often(sources)
    other = next(r for r in _listed(sources) if r.copies == 1)
    dialog = _opened(sources, desktop, row.id)
    dialog.other_button.click()
    picker = sources.parts.origins.picker
    assert picker is not None
    picker.filter.setText(other.title)
    desktop.wait(lambda: picker.model.rowCount() == 1)
    picker.list.setCurrentIndex(picker.model.index(0, 0))
    QTest.keyClick(picker.list, Qt.Key.Key_Return)
    desktop.rest(sources)
    assert other.id in _articles(dialog)
    dialog.close()


def test_a_lifted_paragraph_is_shown_in_both_texts(sources: MainWindow, desktop: Desktop) -> None:
    lifting = next(row for row in _listed(sources) if row.title == LIFTING)
    dialog = _opened(sources, desktop, lifting.id)
    (other,) = _articles(dialog, LineKind.PASSAGE)
    dialog.choose_row(dialog.model.rowCount() - 1)
    desktop.rest(sources)
    one, two = dialog.comparison.one, dialog.comparison.other
    assert one.head.text() == LIFTING
    assert other != lifting.id
    assert one.text.textCursor().position() > 0
    assert two.span_at_cursor() is not None
    dialog.close()


def test_one_line_a_report_hides_reprints(sources: MainWindow, desktop: Desktop) -> None:
    rows = _listed(sources)
    sources.frame.desk.sources.one_line.click()
    desktop.rest(sources)
    assert [row.id for row in _listed(sources)] == [row.id for row in rows if not row.is_reprint]


def test_the_pane_says_who_else_tells_it_and_leads_there(sources: MainWindow, desktop: Desktop) -> None:
    row = _told_often(sources)
    sources.navigator.open_article(row.id)
    desktop.rest(sources)
    told = sources.frame.desk.pane.header.told
    assert told.isVisible() and told.text().startswith(f"{row.copies} articles · 1 origin · also told by ")
    QTest.keyClick(told, Qt.Key.Key_Return)
    desktop.rest(sources)
    dialog = sources.parts.origins.dialog
    assert dialog is not None
    dialog.close()
    alone = next(r for r in _listed(sources) if r.title != LIFTING and r.copies == 1 and r.id < row.id)
    sources.navigator.open_article(alone.id)
    desktop.rest(sources)
    assert "also told by" not in told.text() or not told.isVisible()


def test_reading_alone_changes_nothing(desktop: Desktop, base_file: Path) -> None:
    window = desktop.window(base_file, read_only=True)
    window.navigator.go_place(Place.SOURCES)
    desktop.rest(window)
    dialog = _opened(window, desktop, _told_often(window).id)
    buttons = (dialog.split_button, dialog.join_button, dialog.apart_button, dialog.other_button)
    assert not any(button.isEnabled() for button in buttons)
    assert dialog.open_button.isEnabled()
    dialog.close()


def test_whatever_the_keyboard_reaches_in_the_dialog_has_a_name(sources: MainWindow, desktop: Desktop) -> None:
    dialog = _opened(sources, desktop, _told_often(sources).id)
    wanted = Qt.FocusPolicy.TabFocus.value
    reached = [w for w in dialog.findChildren(QWidget) if w.isVisible() and w.focusPolicy().value & wanted]
    nameless = [w for w in reached if not (w.accessibleName() or (isinstance(w, QAbstractButton) and w.text()))]
    assert [type(w).__name__ for w in nameless if "Scroll" not in type(w).__name__] == []
    dialog.close()


def test_the_dialog_goes_with_its_knowledge_base(sources: MainWindow, desktop: Desktop) -> None:
    _opened(sources, desktop, _told_often(sources).id)
    sources.base.close()
    desktop.wait(lambda: not sources.base.is_open and sources.parts.origins.dialog is None)
    desktop.rest(sources)


def test_the_model_is_sound(qtbot: QtBot, base_file: Path) -> None:
    model = OriginModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    with Workspace.open(base_file) as workspace:
        for row in _rows(workspace):
            model.show_origin(workspace.origins.origin(row.id))
    assert model.rowCount() and tester.model() is model
