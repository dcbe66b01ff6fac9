"""Offsets find their way into the document and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from kb_app.core.passage import Span
from kb_app.ui.source_pane.shown_text import LONG_PARAGRAPH, ShownText

LETTERS = st.text(alphabet="ab \n\U0001f30aя\u0301\u05d0", max_size=60)


def in_document(shown: ShownText, span: Span) -> str:
    """Return what a cursor selects between a span's places."""
    document = QTextDocument(shown.text)
    cursor = QTextCursor(document)
    start, end = shown.span_shown(span)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


@pytest.mark.parametrize(
    "before", ["", "plain ", "\U0001f30a", "\U0001f30a\U0001f1e9\U0001f1ea \U00010348 ", "Анна ", "عربي "]
)
def test_a_name_is_found_whatever_stands_before_it(before: str) -> None:
    text = f"{before}Anna Vela\U0001f30a spoke"
    shown = ShownText(text)
    span = Span(len(before), len(before) + 9)
    assert in_document(shown, span) == "Anna Vela"
    assert [shown.to_text(place) for place in shown.span_shown(span)] == [span.start, span.end]


def test_hidden_lines_are_gone_with_their_line_ends() -> None:
    text = "Title\n\nBy somebody\n\nThe text.\n\nSubscribe"
    shown = ShownText(text, [Span(7, 18), Span(31, 40)])
    assert shown.text == "Title\nThe text.\n"
    assert in_document(shown, Span(20, 23)) == "The"
    assert not shown.is_shown(Span(10, 18))
    assert shown.to_shown(10) == shown.to_shown(20)


def test_a_passage_that_begins_in_a_hidden_line_is_partly_shown() -> None:
    shown = ShownText("hidden\nseen", [Span(0, 6)])
    assert shown.is_shown(Span(2, 9))
    assert in_document(shown, Span(2, 9)) == "se"


def test_blank_lines_are_one_end_of_a_paragraph() -> None:
    shown = ShownText("one\n\n \n\ntwo")
    assert shown.text == "one\ntwo"
    assert in_document(shown, Span(8, 11)) == "two"


def test_wrapped_lines_are_joined_and_other_line_ends_stay() -> None:
    text = "The gates were\nshut, he\nsaid.\nVela agreed\nTomas Brek"
    shown = ShownText(text)
    assert shown.text == "The gates were shut, he said.\nVela agreed\nTomas Brek"
    assert ShownText("ends and\nby us\nNext", [Span(9, 14)]).text == "ends and\nNext"
    assert in_document(shown, Span(len(text) - 4, len(text))) == "Brek"


def test_a_hundred_thousand_combining_marks_are_clipped_and_what_follows_is_found() -> None:
    text = "a" + "\u0301" * 100_000 + " Vela"
    shown = ShownText(text)
    assert len(shown.text) == 10
    assert in_document(shown, Span(len(text) - 4, len(text))) == "Vela"


def test_characters_that_mean_something_to_a_document_are_replaced_one_for_one() -> None:
    text = "a\x00b\ufdd0c\ufffcd\re Vela"
    shown = ShownText(text)
    assert len(shown.text) == len(text)
    assert in_document(shown, Span(10, 14)) == "Vela"


def test_a_monstrous_paragraph_is_broken_at_spaces_without_moving_anything() -> None:
    text = "word " * LONG_PARAGRAPH + "Vela"
    shown = ShownText(text)
    assert shown.text.count("\n") > 10
    assert len(shown.text) == len(text)
    assert in_document(shown, Span(len(text) - 4, len(text))) == "Vela"


def test_a_monstrous_word_is_left_whole() -> None:
    text = "x" * LONG_PARAGRAPH * 2
    assert ShownText(text).text == text


def test_nothing_at_all_can_be_shown() -> None:
    shown = ShownText("gone", [Span(0, 4)])
    assert (shown.text, shown.to_shown(2), shown.to_text(0)) == ("", 0, 0)


@given(LETTERS, st.tuples(st.integers(0, 60), st.integers(0, 60)))
def test_every_character_shown_is_found_again(text: str, ends: tuple[int, int]) -> None:
    start, end = sorted(min(n, len(text)) for n in ends)
    shown = ShownText(text, [Span(start, end)])
    units = shown.text.encode("utf-16-le")
    for offset, char in enumerate(text):
        if shown.is_shown(Span(offset, offset + 1)):
            place = shown.to_shown(offset)
            wide = len(char.encode("utf-16-le"))
            assert units[place * 2 : place * 2 + wide].decode("utf-16-le") in (char, char.replace("\n", " "))
            assert shown.to_text(place) == offset


@given(LETTERS)
def test_places_only_grow(text: str) -> None:
    shown = ShownText(text)
    places = [shown.to_shown(offset) for offset in range(len(text) + 1)]
    assert places == sorted(places)
    assert places[-1] <= len(shown.text.encode("utf-16-le")) // 2
