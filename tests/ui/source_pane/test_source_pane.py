"""The source pane under a real pointer and real keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from kb_app.core.article import Article, Found, Metadata
from kb_app.core.ids import ArticleId, EntityId
from kb_app.core.judgement import ClaimKind, ClaimRef
from kb_app.core.original import Markup
from kb_app.core.passage import Passage, Span
from kb_app.core.reading import Mark, MarkKind
from kb_app.ui.shared.icons import Icons
from kb_app.ui.source_pane.mark_words import mark_words
from kb_app.ui.source_pane.original_text import LONGEST, laid_text
from kb_app.ui.source_pane.source_pane import SourcePane
from kb_app.ui.theme import Theme
from tests.ui.source_pane.articles import BREK, TEXT, TITLE, VELA, article, marks, span, view

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pane(qtbot: QtBot) -> SourcePane:
    theme = Theme()
    widget = SourcePane(theme, Icons(theme))
    qtbot.addWidget(widget)
    widget.resize(480, 700)
    widget.show()
    qtbot.waitExposed(widget)
    widget.show_article(view())
    return widget


def point_of(pane: SourcePane, words: Span) -> QPoint:
    """Return a point of the text on the first letter of a span."""
    cursor = QTextCursor(pane.text.document())
    cursor.setPosition(pane.text.shown.to_shown(words.start))
    return pane.text.cursorRect(cursor).center() + QPoint(3, 0)


def select(pane: SourcePane, words: Span) -> None:
    cursor = pane.text.textCursor()
    start, end = pane.text.shown.span_shown(words)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    pane.text.setTextCursor(cursor)


def text(pane: SourcePane) -> str:
    return pane.text.toPlainText()


def test_the_header_tells_where_the_article_came_from(pane: SourcePane) -> None:
    assert pane.header.title.text() == TITLE
    assert pane.header.about.text() == "Harbour Courier · 3 May 2024 · reprinted by Inland Monitor · wires Meridian"
    assert pane.header.hash.text() == "SHA-256 3f9a… ✓"
    assert "JSON-LD datePublished" in pane.header.about.toolTip()
    assert "3f9a" * 16 in pane.header.hash.toolTip()


def test_title_and_site_text_are_folded_and_can_be_unfolded(pane: SourcePane) -> None:
    assert text(pane).startswith("Justice Minister")
    assert "newsletter" not in text(pane)
    assert pane.header.site_text.text() == "3 lines of site text"
    pane.header.site_text.click()
    assert "newsletter" in text(pane) and "Correspondent" in text(pane)


@pytest.mark.parametrize("name", ["Anna Vela", "Анна Вела", "Tomas Brek"])
def test_a_click_on_a_mark_asks_for_its_card(qtbot: QtBot, pane: SourcePane, name: str) -> None:
    wished: list[EntityId] = []
    pane.entity_requested.connect(wished.append)
    qtbot.mouseClick(pane.text.viewport(), LEFT, pos=point_of(pane, span(name)))
    assert wished == [BREK if "Brek" in name else VELA]


def test_a_click_on_a_statement_asks_for_the_claim(qtbot: QtBot, pane: SourcePane) -> None:
    wished: list[ClaimRef] = []
    pane.claim_requested.connect(wished.append)
    qtbot.mouseClick(pane.text.viewport(), LEFT, pos=point_of(pane, span("gates will")))
    assert wished == [ClaimRef(ClaimKind.STATEMENT, 7)]


def test_an_event_mark_asks_for_the_event(pane: SourcePane) -> None:
    wished: list[int] = []
    pane.event_requested.connect(wished.append)
    pane.open_mark(Mark(Span(0, 3), MarkKind.EVENT, claim=ClaimRef(ClaimKind.EVENT, 12)))
    assert wished == [12]


def test_a_click_beside_the_marks_asks_for_nothing(qtbot: QtBot, pane: SourcePane) -> None:
    wished: list[object] = []
    pane.entity_requested.connect(wished.append)
    qtbot.mouseClick(pane.text.viewport(), LEFT, pos=point_of(pane, span("opened")))
    assert wished == []


def test_a_passage_is_framed_where_it_stands(pane: SourcePane) -> None:
    passage = Passage.cut(ArticleId(1), TEXT, span("Her deputy Tomas Brek praised Vela"))
    pane.show_passage(passage)
    assert pane.text.focused == passage.span


def test_a_passage_of_another_article_is_left_alone(pane: SourcePane) -> None:
    pane.show_passage(Passage.cut(ArticleId(9), TEXT, span("Tomas Brek")))
    assert pane.text.focused is None


def test_a_passage_in_the_headline_unfolds_the_headline_alone(pane: SourcePane) -> None:
    pane.show_passage(Passage.cut(ArticleId(1), TEXT, span("Vela")))
    assert text(pane).startswith(TITLE)
    assert "newsletter" not in text(pane)


def test_a_passage_in_folded_site_text_unfolds_it(pane: SourcePane) -> None:
    pane.show_passage(Passage.cut(ArticleId(1), TEXT, span("our newsletter")))
    assert "our newsletter" in text(pane)
    assert pane.header.site_text.isChecked()


def test_f3_steps_through_the_mentions_of_the_subject(qtbot: QtBot, pane: SourcePane) -> None:
    pane.set_subject(VELA)
    assert pane.header.count.text() == "– of 5"
    pane.text.setFocus()
    seen = []
    for _ in range(6):
        qtbot.keyClick(pane.text, Qt.Key.Key_F3)
        seen.append((pane.header.count.text(), pane.text.focused))
    spans = [mark.span for mark in marks() if mark.entity == VELA]
    assert [framed for _, framed in seen] == [*spans[1:], *spans[:2]]
    assert seen[0][0] == "2 of 5"
    qtbot.keyClick(pane.text, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert pane.header.count.text() == "1 of 5"


def test_enter_opens_the_framed_mention(qtbot: QtBot, pane: SourcePane) -> None:
    wished: list[EntityId] = []
    pane.entity_requested.connect(wished.append)
    pane.set_subject(BREK)
    pane.text.setFocus()
    qtbot.keyClick(pane.text, Qt.Key.Key_F3)
    qtbot.keyClick(pane.text, Qt.Key.Key_Return)
    assert wished == [BREK]


def test_switching_a_kind_off_takes_its_marks_away_and_is_told(qtbot: QtBot, pane: SourcePane) -> None:
    told: list[frozenset[MarkKind]] = []
    pane.kinds_switched.connect(told.append)
    pane.header.switches[MarkKind.PERSON].click()
    assert MarkKind.PERSON not in pane.shown_kinds()
    assert told == [pane.shown_kinds()]
    assert pane.text.mark_at(point_of(pane, span("Tomas Brek"))) is None
    pane.show_article(view(number=2))
    assert MarkKind.PERSON not in pane.shown_kinds()


def test_the_ruler_has_a_tick_for_each_mark_in_view_and_leads_there(qtbot: QtBot, pane: SourcePane) -> None:
    ticks = pane.ruler.ticks()
    assert len(ticks) == len(marks()) - 1  # the one in the folded headline is missing
    assert [tick.share for tick in ticks] == sorted(tick.share for tick in ticks)
    led: list[int] = []
    pane.ruler.place_chosen.connect(led.append)
    qtbot.mouseClick(pane.ruler, LEFT, pos=QPoint(5, pane.ruler.height()))
    last_line = {tick.offset for tick in ticks if tick.share == ticks[-1].share}
    assert len(led) == 1 and set(led) <= last_line


def test_the_ticks_move_with_the_lines(pane: SourcePane) -> None:
    before = [tick.share for tick in pane.ruler.ticks()]
    pane.resize(300, 700)
    pane.text.grab()
    assert [tick.share for tick in pane.ruler.ticks()] != before


def test_finding_counts_steps_and_closes(qtbot: QtBot, pane: SourcePane) -> None:
    pane.text.setFocus()
    qtbot.keyClick(pane.text, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = pane.finder.field
    qtbot.keyClicks(field, "vela")
    assert pane.finder.count.text() == "1/3"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (pane.finder.count.text(), pane.text.focused) == ("2/3", span("Vela", after=TEXT.index(" Vela said")))
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert pane.finder.count.text() == "1/3"
    qtbot.keyClicks(field, "zz")
    assert pane.finder.count.text() == "not found"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert pane.finder.isHidden()


def shown_original(pane: SourcePane, html: str) -> None:
    """Hand the pane an original as the shell does."""
    laid = laid_text(Markup(html), pane.original.text.dress())
    pane.original.show_laid(ArticleId(1), laid)


def test_the_original_is_asked_for_once_and_fetches_nothing(qtbot: QtBot, pane: SourcePane) -> None:
    wished: list[ArticleId] = []
    pane.original.requested.connect(wished.append)
    pane.header.original.click()
    shown_original(pane, "<p>As <b>printed</b> <img src='https://example.org/x.png'></p>")
    pane.header.text.click()
    pane.header.original.click()
    assert wished == [ArticleId(1)]
    assert "As printed" in pane.original.text.toPlainText()
    assert pane.original.text.isVisible()
    assert pane.original.text.loadResource(2, QUrl("https://example.org/x.png")) is None


def test_a_monstrous_original_is_cut_and_says_so(pane: SourcePane) -> None:
    laid = laid_text(Markup("<p>word</p>" * 100_000), pane.original.text.dress())
    assert len(laid.html) < LONGEST + 200
    assert laid.document.toPlainText().endswith("too long to be shown to its end.")


def test_another_article_begins_with_its_text(pane: SourcePane) -> None:
    pane.header.original.click()
    shown_original(pane, "<p>old</p>")
    pane.show_article(view(number=2))
    assert pane.text.isVisible()


def test_the_same_article_with_other_marks_keeps_its_frame(pane: SourcePane) -> None:
    pane.show_passage(Passage.cut(ArticleId(1), TEXT, span("Tomas Brek")))
    pane.show_article(replace(view(), marks=marks()[:3]))
    assert pane.text.focused == span("Tomas Brek")
    assert len(pane.text.index.marks) == 3


def test_words_are_copied_as_stored_and_with_their_citation(qtbot: QtBot, pane: SourcePane) -> None:
    select(pane, span("on Friday \U0001f30a. Vela"))
    pane.text.copy()
    assert QGuiApplication.clipboard().text() == "on Friday \U0001f30a. Vela"
    pane.text.setFocus()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(pane.text, Qt.Key.Key_C, both)
    cited = f"“on Friday \U0001f30a. Vela” — Harbour Courier, {TITLE}, 3 May 2024"
    assert QGuiApplication.clipboard().text() == cited


def test_only_the_marks_in_view_are_painted(pane: SourcePane) -> None:
    line = "Anna Vela spoke again and again about the dam. "
    long = "\n\n".join([line * 6] * 400)
    starts = [n for n in range(len(long)) if long.startswith("Anna Vela", n)]
    many = [Mark(Span(n, n + 9), MarkKind.PERSON, "Anna Vela", VELA) for n in starts]
    pane.show_article(view(article(long, zones=()), many, 3))
    pane.text.grab()
    assert len(many) == 2400
    assert 0 < pane.text.painted_marks < 120


def test_a_right_to_left_name_is_marked_over_its_letters(pane: SourcePane) -> None:
    words = "قال جمال المصري إن السد آمن"
    name = span("جمال المصري", words)
    pane.show_article(view(article(words, zones=()), [Mark(name, MarkKind.PERSON, "جمال المصري", VELA)], 4))
    blocks = pane.text._blocks_in_view(pane.text.viewport().rect().toRectF())
    (box,) = pane.text._boxes(name, blocks)
    wide = QFontMetricsF(pane.text.font()).horizontalAdvance("جمال المصري")
    assert box.width() == pytest.approx(wide, rel=0.15)
    assert pane.text.mark_at(box.center().toPoint()) is not None


def test_a_narrow_and_a_wide_pane_keep_lines_readable(pane: SourcePane) -> None:
    pane.resize(1400, 700)
    letters = pane.text.viewport().width() / QFontMetricsF(pane.text.font()).averageCharWidth()
    assert letters < 80


def test_what_a_mark_says_is_plain_text() -> None:
    assert "&lt;img" in mark_words(Mark(Span(0, 1), MarkKind.PERSON, "<img src=x>"))
    assert mark_words(marks()[1]) == "<p>Anna Vela — person</p>"


def test_before_the_first_article_it_says_what_will_be_here(qtbot: QtBot) -> None:
    theme = Theme()
    empty = SourcePane(theme, Icons(theme))
    qtbot.addWidget(empty)
    empty.show()
    assert empty.header.isVisible() is False
    empty.begin_search()
    empty.step(1)
    empty.copy_quotation()
    assert empty.text.focused is None


def test_whatever_can_be_pressed_has_a_name_and_can_be_reached_by_keyboard(pane: SourcePane) -> None:
    for button in (b for b in pane.header.findChildren(QAbstractButton) if b.isVisible()):
        assert button.text() or button.accessibleName()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert pane.text.accessibleName() and pane.ruler.accessibleName()


def test_a_scan_without_words_is_shown_with_its_name(pane: SourcePane) -> None:
    scan = Article(text="", body=Span(0, 0), metadata=Metadata(title=Found("scan-0017.pdf", "file name")))
    pane.show_article(replace(view(), article=scan, marks=()))
    assert (pane.header.title.text(), text(pane)) == ("scan-0017.pdf", "")
