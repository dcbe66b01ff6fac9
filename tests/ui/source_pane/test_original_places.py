"""Offsets of the clean text find their place in the document that shows the original, and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument
from pytestqt.qtbot import QtBot

from kb_app.core.article import OffsetSegment
from kb_app.core.passage import Span
from kb_app.ingest.articles import to_article
from kb_app.ingest.original_markup import original_markup
from kb_app.ingest.reading import source_from_bytes
from kb_app.ui.source_pane.original_places import OriginalPlaces
from tests import builders

PAGE = (
    "<html><head><title>Bridge reopens</title></head><body><ul><li>Menu <li>About</ul><article>"
    "<h1>Bridge  reopens</h1><table><tr><td>Cell one</td><td>Cell \U0001f30a two</td></tr></table>"
    "<p>Smith &amp; Sons had <b>mend</b>ed it\n\n for 3&nbsp;months, <i>said</i> Ilse\u00a0Thorn \U0001f30a."
    "<br>A line.</p>"
    f"<blockquote>{builders.BODY}</blockquote><pre>one\r\n  two</pre></article></body></html>"
)
WORDS = st.lists(st.text("ab\U0001f30a", min_size=1, max_size=5), max_size=12)


def words_at(document: QTextDocument, start: int, end: int) -> str:
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return "".join(cursor.selectedText().split())


def test_every_character_of_a_pages_text_is_found_in_its_original_and_back(qtbot: QtBot) -> None:
    source = source_from_bytes("page.html", PAGE.encode())
    article = to_article(source)
    markup = original_markup(source, article.encoding, article.offset_map, len(article.text))
    document = QTextDocument()
    document.setHtml(markup.html)
    places = OriginalPlaces(document.toPlainText(), markup.runs)
    assert "Thorn" in article.text
    for at, character in enumerate(article.text):
        if not character.isspace():
            ((start, end),) = places.stretches(Span(at, at + 1))
            assert words_at(document, start, end) == character
            assert places.to_text(start) == at
    whole = "".join(words_at(document, *place) for place in places.stretches(Span(0, len(article.text))))
    assert whole == "".join(article.text.split())


@given(WORDS, st.sampled_from([" ", "  ", "\n", "\u00a0 "]))
def test_blanks_of_any_kind_do_not_mislead(words: list[str], blank: str) -> None:
    shown, text = blank.join(words), " ".join(words)
    runs, at, seen = [], 0, 0
    for word in words:
        runs.append(OffsetSegment(at, len(word), seen))
        at, seen = at + len(word) + 1, seen + len(word)
    places = OriginalPlaces(shown, runs)
    units = shown.encode("utf-16-le")
    for start, end in places.stretches(Span(0, len(text))):
        assert units[2 * start : 2 * end].decode("utf-16-le")
    for run in runs:
        ((start, end),) = places.stretches(Span(run.text_start, run.text_start + run.length))
        assert units[2 * start : 2 * end].decode("utf-16-le") == text[run.text_start : run.text_start + run.length]
        assert places.to_text(start) == run.text_start


def test_what_is_not_in_the_original_has_no_place() -> None:
    places = OriginalPlaces(
        "only this", [OffsetSegment(100, 4, 0), OffsetSegment(105, 4, 4), OffsetSegment(200, 9, 90)]
    )
    assert places.stretches(Span(0, 50)) == ()
    assert places.to_position(300) is None
    assert places.to_position(90) == 0
    assert OriginalPlaces("only this", ()).is_empty
