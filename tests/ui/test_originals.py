"""The archived original of an article in the real window: a page of the web, and pages of a document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton

from kb_app.core.article import SourceFile
from kb_app.core.ids import ArticleId
from kb_app.core.passage import Passage, Span
from kb_app.services.importing import ImportRequest, PastedText
from kb_app.services.workspace import Workspace
from kb_app.ui.main_window import MainWindow
from kb_app.ui.source_pane.source_pane import SourcePane
from tests import builders
from tests.services.pages import page_map, pdf, text_of
from tests.storage.filling import save
from tests.ui.conftest import Desktop

FURNITURE = "<p>Weather, letters, sport, and what else the house sells.</p>" * 40
PAGE = (
    f"<html><head><title>{builders.TITLE}</title></head><body><nav>{FURNITURE}</nav><article><h1>{builders.TITLE}</h1>"
    + "".join(f"<p>{line}</p>" for line in builders.BODY.split("\n\n"))
    + "<p>"
    + "</p><p>".join(f"Paragraph {n} of the long report says <b>nothing</b> new &amp; more." for n in range(60))
    + "</p></article></body></html>"
)
PAGES = (
    tuple(f"Line {n} of the first page was told in Veldhaven." for n in range(12)),
    ("Anna Vela opened the Orla dam.", "She left on Friday. The gates stay", "shut, Mayor Ilse Thorn said."),
    ("A third page.",),
)


def filled(path: Path) -> Path:
    """Make a knowledge base of a saved page (article 1) and a document of three pages (article 2)."""
    with Workspace.open(path, create=True) as workspace:
        for _ in workspace.importing.run(ImportRequest(texts=(PastedText("page.html", PAGE.encode()),), jobs=1)):
            pass
        text = text_of(PAGES)
        article = replace(
            builders.article(), text=text, body=Span(0, len(text)), title_span=None, page_map=page_map(PAGES)
        )
        findings = builders.findings(article, entities=(), events=(), roles=(), statements=(), relations=(), times=())
        data = pdf(PAGES)
        source = SourceFile("paper.pdf", data, "ab" * 32, "application/pdf", "/archive/paper.pdf")
        save(workspace.kb, article, findings, source=source)
    return path


@pytest.fixture
def window(desktop: Desktop, tmp_path: Path) -> MainWindow:
    return desktop.window(filled(tmp_path / "Paper.kb"))


def opened(desktop: Desktop, window: MainWindow, number: int, words: str = "") -> SourcePane:
    """Open an article, framed at some words."""
    pane = window.frame.desk.pane
    window.navigator.open_article(ArticleId(number))
    desktop.rest(window)
    if words:
        view = pane._view
        assert view is not None
        start = view.article.text.index(words)
        pane.show_passage(Passage.cut(view.id, view.article.text, Span(start, start + len(words))))
    return pane


def lit(pane: SourcePane) -> list[str]:
    """Return the stretches of the original that are marked."""
    selections = pane.original.text.extraSelections()
    return [one.cursor.selectedText() for one in selections]


def test_the_original_of_a_page_opens_at_the_framed_passage_with_its_sentence(
    desktop: Desktop, window: MainWindow
) -> None:
    pane = opened(desktop, window, 1, "Paragraph 50")
    pane.header.original.click()
    desktop.rest(window)
    assert lit(pane) == ["Paragraph 50 of the long report says nothing new & more.", "Paragraph 50"]
    text = pane.original.text
    selections = text.extraSelections()  # their cursors go with the list
    box = text.cursorRect(selections[0].cursor)
    assert text.viewport().rect().contains(box.center())
    assert text.verticalScrollBar().value() > 500


def test_the_text_opens_where_the_original_was_scrolled_to_or_at_what_was_selected(
    desktop: Desktop, window: MainWindow
) -> None:
    pane = opened(desktop, window, 1, "Paragraph 3 ")
    pane.header.original.click()
    desktop.rest(window)
    text = pane.original.text
    text.verticalScrollBar().setValue(text.verticalScrollBar().maximum())
    place = text.offset_in_view()
    view = pane._view
    assert place is not None and view is not None
    assert place > view.article.text.index("Paragraph 30")
    pane.header.text.click()
    box = pane.text.cursorRect(pane.text._cursor_at(place))
    assert pane.text.viewport().rect().contains(box.center())
    pane.header.original.click()
    assert text.find("Paragraph 7 of") or text.find("Paragraph 7 of", text.document().FindFlag.FindBackward)
    pane.header.text.click()
    assert pane.text.focused is not None
    assert pane.text.focused.of(view.article.text) == "Paragraph 7 of"


def test_stepping_and_a_citation_move_the_mark_in_the_original(desktop: Desktop, window: MainWindow) -> None:
    pane = opened(desktop, window, 1, "Paragraph 2 ")
    desktop.qtbot.keyClick(window, Qt.Key.Key_F4)
    desktop.rest(window)
    pane.step(1)
    assert pane.sides.is_original
    assert pane.text.focused is not None and pane._view is not None
    assert lit(pane)[-1] == pane.text.focused.of(pane._view.article.text)
    desktop.qtbot.keyClick(window, Qt.Key.Key_F4)
    assert pane.text.isVisible()


def test_a_document_opens_at_the_page_of_the_passage_with_its_lines_marked(
    desktop: Desktop, window: MainWindow
) -> None:
    pane = opened(desktop, window, 2, "gates")
    assert pane.header.page.text() == "p. 2"
    pane.header.original.click()
    desktop.rest(window)
    pages = pane.original.pages
    assert (pages.page, pages.field.text(), pages.total.text()) == (1, "2", "of 3")
    assert not pages.busy.isVisible()
    picture = pages.canvas.grab().toImage()
    (left, right) = (pages.canvas.box_on_screen(box) for box in pages.canvas._passage * 2)
    inside = picture.pixelColor((left.topLeft().toPoint() * picture.devicePixelRatio()) + QPoint(2, 1))
    assert inside.blue() < 140 < inside.red()  # yellow
    assert len(pages.canvas._sentence) == 2  # the sentence goes on in the next line
    assert right.width() > 10


def test_pages_are_turned_zoomed_and_named_by_keyboard(desktop: Desktop, window: MainWindow) -> None:
    pane = opened(desktop, window, 2, "gates")
    desktop.qtbot.mouseClick(pane.header.original, Qt.MouseButton.LeftButton)
    desktop.rest(window)
    pages, keys = pane.original.pages, desktop.qtbot
    assert pages.area.hasFocus()
    keys.keyClick(pages.area, Qt.Key.Key_PageDown)
    desktop.rest(window)
    assert (pages.page, pages.canvas.accessibleName()) == (2, "Page 3 of 3")
    wide = pages.canvas.width()
    keys.keyClick(pages.area, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    desktop.wait(lambda: pages.canvas.width() > wide)
    keys.keyClick(pages.area, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert pages.canvas.width() == wide
    pages.field.setText("1")
    keys.keyClick(pages.field, Qt.Key.Key_Return)
    desktop.wait(lambda: not pages.busy.isVisible())
    assert (pages.page, pages.back.isEnabled(), pages.forth.isEnabled()) == (0, False, True)
    pane.header.text.click()
    assert pane.text.offset_in_view() == 0


def test_a_click_on_a_line_of_a_page_goes_to_the_text(desktop: Desktop, window: MainWindow) -> None:
    pane = opened(desktop, window, 2, "Anna Vela")
    pane.header.original.click()
    desktop.rest(window)
    canvas = pane.original.pages.canvas
    (line,) = pane._offsets.boxes_of(span_of(pane, "shut, Mayor"))
    desktop.qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.box_on_screen(line).center().toPoint())
    assert pane.text.isVisible()
    assert pane.text.focused is not None and pane._view is not None
    assert pane.text.focused.of(pane._view.article.text) == "The gates stay\nshut, Mayor Ilse Thorn said."
    pane.copy_quotation()
    assert QGuiApplication.clipboard().text().endswith(", p. 2")


def span_of(pane: SourcePane, words: str) -> Span:
    assert pane._view is not None
    start = pane._view.article.text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    "harm",
    [
        "data = (SELECT data FROM source WHERE id = 1), size = (SELECT size FROM source WHERE id = 1)",  # no document
        "data = x'00'",
    ],
)
def test_a_document_that_cannot_be_drawn_says_so_and_the_text_stays(
    desktop: Desktop, tmp_path: Path, harm: str
) -> None:
    path = filled(tmp_path / "Broken.kb")
    with Workspace.open(path) as workspace:
        workspace.kb.database.execute_sql(f"UPDATE source SET {harm} WHERE id = 2")
    window = desktop.window(path)
    pane = opened(desktop, window, 2, "gates")
    pane.header.original.click()
    desktop.rest(window)
    assert "damaged" in pane.original.pages.busy.text()
    pane.header.text.click()
    assert pane.text.focused is not None


def test_whatever_can_be_pressed_in_the_pages_has_a_name(desktop: Desktop, window: MainWindow) -> None:
    pane = opened(desktop, window, 2)
    pane.header.original.click()
    desktop.rest(window)
    buttons = pane.original.pages.findChildren(QAbstractButton)
    assert len(buttons) == 5
    for button in buttons:
        assert button.text() or button.accessibleName()


def test_an_original_that_cannot_be_shown_is_saved_byte_for_byte(desktop: Desktop, tmp_path: Path) -> None:
    path = filled(tmp_path / "Other.kb")
    with Workspace.open(path) as workspace:
        workspace.kb.database.execute_sql("UPDATE source SET media_type = 'application/epub+zip' WHERE id = 1")
    window = desktop.window(path)
    pane = opened(desktop, window, 1, "Paragraph 2 ")
    pane.header.original.click()
    desktop.rest(window)
    assert "kept byte for byte" in pane.original.words.text()
    assert pane.original.save.isVisible()
    window.originals.save(ArticleId(1), str(tmp_path / "copy.html"))
    desktop.rest(window)
    assert (tmp_path / "copy.html").read_bytes() == PAGE.encode()
    assert window.frame.notices.notice is not None
