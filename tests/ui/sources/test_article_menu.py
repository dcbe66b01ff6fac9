"""The context menu of the sources: what fits the chosen articles, and that it is carried out."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb_app.core.ids import ArticleId
from kb_app.core.listing import ArticleRow
from kb_app.services.importing import ImportRequest
from kb_app.services.workspace import Workspace
from kb_app.settings import TESSERACT_VARIABLE
from kb_app.ui.main_window import MainWindow
from kb_app.ui.shell.places import Place
from kb_app.ui.sources.article_menu import ArticleDeed
from kb_app.ui.sources.article_model import Column
from tests.hostile.documents import scanned
from tests.ui.conftest import Desktop

STORY = "River falls\n\nMayor Ilka Varany of Mirenz said on 3 March 2025 that the river had fallen.\n"


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Give a knowledge base of a text (article 1) and a scanned page (article 2)."""
    (tmp_path / "1.txt").write_text(STORY)
    (tmp_path / "2.pdf").write_bytes(scanned())
    path = tmp_path / "mixed.kb"
    with Workspace.open(path, create=True) as workspace:
        for name in ("1.txt", "2.pdf"):
            for _ in workspace.importing.run(ImportRequest(paths=(tmp_path / name,), jobs=1)):
                pass
    return path


def choose(window: MainWindow, desktop: Desktop, article: int) -> tuple[ArticleRow, ...]:
    """Choose the row of an article in the list."""
    window.navigator.open_article(ArticleId(article))
    desktop.rest(window)
    return window.frame.desk.sources.chosen()


def deeds(window: MainWindow) -> set[str]:
    """Return what the menu of the chosen rows offers."""
    menu = window.frame.desk.sources.menu_for(window.frame.desk.sources.chosen())
    return {action.data() for action in menu.actions() if action.data()}


def carry_out(window: MainWindow, desktop: Desktop, deed: ArticleDeed) -> None:
    """Choose an entry of the menu."""
    menu = window.frame.desk.sources.menu_for(window.frame.desk.sources.chosen())
    next(action for action in menu.actions() if action.data() == deed).trigger()
    desktop.rest(window)


def test_the_menu_offers_what_fits_the_original(desktop: Desktop, mixed: Path) -> None:
    window = desktop.window(mixed)
    text, page = choose(window, desktop, 1), choose(window, desktop, 2)
    assert ([row.id for row in text], [row.id for row in page]) == ([1], [2])
    assert ArticleDeed.RECOGNISE in deeds(window) and ArticleDeed.REENCODE not in deeds(window)
    choose(window, desktop, 1)
    assert ArticleDeed.REENCODE in deeds(window) and ArticleDeed.RECOGNISE not in deeds(window)
    window.frame.desk.sources.table.selectAll()
    assert ArticleDeed.RECOGNISE in deeds(window) and ArticleDeed.REENCODE not in deeds(window)


def test_no_two_entries_have_the_same_letter(desktop: Desktop, mixed: Path) -> None:
    window = desktop.window(mixed)
    for article in (1, 2):
        rows = choose(window, desktop, article)
        wordings = [action.text() for action in window.frame.desk.sources.menu_for(rows).actions() if action.text()]
        letters = [wording.partition("&")[2][:1].casefold() for wording in wordings]
        assert all(letters) and len(letters) == len(set(letters))


def test_an_original_is_read_again_in_another_encoding(desktop: Desktop, mixed: Path) -> None:
    window = desktop.window(mixed)
    choose(window, desktop, 1)
    carry_out(window, desktop, ArticleDeed.REENCODE)
    dialog = window.parts.reencoding.dialog
    assert dialog is not None and dialog.isVisible()
    dialog.reject()


def test_the_text_of_a_scan_is_recognised_by_importing_its_file_once_more(
    desktop: Desktop, mixed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TESSERACT_VARIABLE, str(mixed.parent / "no-such-program"))
    window = desktop.window(mixed)
    choose(window, desktop, 2)
    carry_out(window, desktop, ArticleDeed.RECOGNISE)
    workspace = window.base.workspace
    assert workspace is not None
    made = workspace.import_log.imports()
    assert len(made) == 3 and "2.pdf" in made[0].label
    notice = window.frame.notices.notice
    assert notice is not None


def test_the_list_says_in_two_words_what_is_wrong(desktop: Desktop, mixed: Path) -> None:
    window = desktop.window(mixed)
    choose(window, desktop, 2)
    sources = window.frame.desk.sources
    row = sources.model.row_of(ArticleId(2))
    assert row is not None
    assert sources.model.index(row, Column.STATE).data() == "no text layer"
    note = window.frame.desk.pane.header.note
    assert note.isVisible() and note.text() == "no text could be read: look at the original (F4)"


def test_the_row_of_an_article_that_is_opened_elsewhere_is_chosen(desktop: Desktop, mixed: Path) -> None:
    window = desktop.window(mixed)
    window.navigator.go_place(Place.SOURCES)
    desktop.rest(window)
    for article in (1, 2, 1):
        window.parts.origins.article_requested.emit(ArticleId(article))
        desktop.rest(window)
        assert [row.id for row in window.frame.desk.sources.chosen()] == [article]
