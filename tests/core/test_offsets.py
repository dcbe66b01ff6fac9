from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb_app.core.article import OffsetSegment, PageRun
from kb_app.core.offsets import PageOffsets, SourceOffsets
from kb_app.core.passage import Span

NAMED = "Bridge reopens"


@st.composite
def mapped(draw: st.DrawFn) -> tuple[str, str, tuple[OffsetSegment, ...]]:
    """Draw an original, the clean text that was cut out of it, and the map between them."""
    pieces = draw(st.lists(st.tuples(st.text("<>&;\n", max_size=5), st.text("abc \U0001f30a", min_size=1, max_size=9))))
    original = text = ""
    segments = []
    for furniture, words in pieces:
        original += furniture
        segments.append(OffsetSegment(len(text), len(words), len(original)))
        original += words
        text += words
    return original, text, tuple(segments)


@st.composite
def paged(draw: st.DrawFn) -> tuple[PageRun, ...]:
    """Draw lines one below the other on a few pages, with line ends between them that stand nowhere."""
    lines = draw(st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=1, max_size=12))
    runs: list[PageRun] = []
    start = page = row = 0
    for length, new_page in lines:
        page, row = (page + 1, 0) if new_page else (page, row + 1)
        runs.append(PageRun(start, length, page, 50.0, 20.0 * row, 50.0 + 6.0 * length, 20.0 * row + 12))
        start += length + 1
    return tuple(runs)


@given(mapped(), st.data())
def test_a_span_is_found_in_the_original_with_the_same_words(
    case: tuple[str, str, tuple[OffsetSegment, ...]], data: st.DataObject
) -> None:
    original, text, segments = case
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    runs = SourceOffsets(segments, len(text)).to_original(span)
    assert "".join(run.of(original) for run in runs) == span.of(text)


@given(mapped())
def test_every_character_finds_its_way_there_and_back(case: tuple[str, str, tuple[OffsetSegment, ...]]) -> None:
    _, text, segments = case
    way = SourceOffsets(segments, len(text))
    for offset in range(len(text)):
        (run,) = way.to_original(Span(offset, offset + 1))
        assert way.to_text(run.start) == offset


def test_what_became_no_text_leads_to_what_stands_before_it() -> None:
    way = SourceOffsets((OffsetSegment(0, 4, 10), OffsetSegment(5, 3, 30)), 8)
    assert [way.to_text(place) for place in (9, 10, 13, 20, 30, 99)] == [None, 0, 3, 3, 5, 7]


def test_without_a_map_both_texts_are_the_same() -> None:
    way = SourceOffsets((), len(NAMED))
    assert way.to_original(Span(2, 6)) == (Span(2, 6),)
    assert way.to_text(5) == 5
    assert SourceOffsets((), 0).to_text(0) is None


@given(paged())
def test_the_middle_of_every_characters_box_leads_back_to_it(runs: tuple[PageRun, ...]) -> None:
    last = runs[-1].start + runs[-1].length
    pages = PageOffsets(runs, ("Mill wharf, ÄIi. " * last)[:last])
    for run in runs:
        for offset in range(run.start, run.start + run.length):
            (box,) = pages.boxes_of(Span(offset, offset + 1))
            found = pages.at(box.page, (box.left + box.right) / 2, (box.top + box.bottom) / 2)
            assert (found, pages.page_of(offset)) == (offset, run.page)


@given(paged(), st.data())
def test_the_boxes_of_a_span_hold_all_its_characters_that_stand_somewhere(
    runs: tuple[PageRun, ...], data: st.DataObject
) -> None:
    last = runs[-1].start + runs[-1].length
    start = data.draw(st.integers(0, last))
    span = Span(start, data.draw(st.integers(start, last)))
    held = {n for box in PageOffsets(runs).boxes_of(span) for n in range(box.start, box.start + box.length)}
    somewhere = {n for run in runs for n in range(run.start, run.start + run.length)}
    assert held == somewhere & set(range(span.start, span.end))


def test_a_sentence_over_the_end_of_a_page_stands_on_both() -> None:
    runs = (PageRun(0, 10, 0, 50, 700, 110, 712), PageRun(11, 10, 1, 50, 40, 110, 52))
    pages = PageOffsets(runs)
    assert pages.pages_of(Span(5, 15)) == (0, 1)
    assert [(box.page, box.left, box.right) for box in pages.boxes_of(Span(5, 15))] == [(0, 80, 110), (1, 50, 74)]
    assert (pages.page_of(10), pages.first_on(1), pages.first_on(7)) == (0, 11, None)


def test_without_pages_nothing_stands_on_one() -> None:
    pages = PageOffsets(())
    assert (pages.page_of(3), pages.at(0, 1, 1), pages.boxes_of(Span(0, 9))) == (None, None, ())


def test_a_line_is_divided_by_how_wide_its_letters_are() -> None:
    pages = PageOffsets((PageRun(0, 8, 0, 0, 0, 60, 12),), "MMMMiiii")
    (wide,), (narrow,) = pages.boxes_of(Span(0, 4)), pages.boxes_of(Span(4, 8))
    assert (wide.left, wide.right, narrow.left, narrow.right) == (0, 45, 45, 60)
