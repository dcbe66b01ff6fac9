from __future__ import annotations

import pytest

from kb_app.ingest.documents.page_layout import flows_of
from kb_app.ingest.documents.pieces import Box, Piece, Word, pieces_of


def word(text: str, left: float, top: float, width: float = 30, height: float = 10) -> Word:
    box = Box(left, top, left + width, top + height)
    return Word(text, box, box)


def read(pieces: list[Piece]) -> list[list[str]]:
    return [[line.text for line in flow.lines] for flow in flows_of(pieces)]


def test_hebrew_is_read_from_right_to_left_and_its_right_column_first() -> None:
    rows = [("שלום", "עולם", "כאן"), ("שורה", "שנייה", "בטור"), ("שורה", "שלישית", "כאן")]
    pieces: list[Word] = []
    for left in (300, 100):
        for number, row in enumerate(rows):
            pieces += [word(f"{text}{left}", left + 66 - 33 * n, 14 * number) for n, text in enumerate(row)]
    assert read(pieces_of(pieces)) == [
        [" ".join(f"{text}{left}" for text in row) for row in rows] for left in (300, 100)
    ]


def test_a_large_initial_belongs_to_its_word() -> None:
    initial = word("T", 0, 0, width=25, height=34)
    lines = [
        word(text, 26 if n < 3 else 0, 12 * n, width=200)
        for n, text in enumerate(("HE board", "met in", "the", "night."))
    ]
    (lines_read,) = read(pieces_of([initial, *lines]))
    assert lines_read == ["THE board", "met in", "the", "night."]


def test_a_heading_above_two_columns_comes_first_and_a_line_below_them_last() -> None:
    head = word("A heading over the whole width", 0, 0, width=400, height=14)
    left = [word(f"left line {n} has words", 0, 30 + 12 * n, width=180) for n in range(4)]
    right = [word(f"right line {n} has words", 210, 30 + 12 * n, width=180) for n in range(3)]
    foot = word("A line below them over the whole width", 0, 90, width=400)
    mixed = [one for pair in zip(left, right, strict=False) for one in pair] + left[3:]
    assert [flow[0] for flow in read(pieces_of([head, *mixed, foot]))] == [
        head.text,
        left[0].text,
        right[0].text,
        foot.text,
    ]


def test_nothing_is_lost_whatever_the_page_looks_like() -> None:
    scattered = [word(f"w{n}", n * 37 % 500, n * 53 % 700, width=20 + n % 60, height=6 + n % 9) for n in range(300)]
    texts = " ".join(line for flow in read(pieces_of(scattered)) for line in flow).split()
    assert sorted(texts) == sorted(one.text for one in scattered)


def test_a_line_spaced_out_in_a_narrow_column_is_no_row_of_a_table() -> None:
    lines = [word(f"line {n} of a narrow column", 0, 12 * n, width=120) for n in range(4)]
    spaced = [word("infrastructure", 0, 48, width=60), word("responsibility", 85, 48, width=35)]
    lines_below = [word("which goes on over there", 0, 60, width=120)]
    rows = [word(cell, 60 * x, 80 + 12 * y) for y in range(2) for x, cell in enumerate(("Year", "40"))]
    (found,) = read(pieces_of([*lines, *spaced, *lines_below, *rows]))
    assert found[4:] == ["infrastructure responsibility", lines_below[0].text, "Year\t40", "Year\t40"]


@pytest.mark.timeout(60)
@pytest.mark.parametrize(("across", "down"), [(2, 4000), (4000, 2), (10, 800), (8000, 1), (1, 8000), (90, 90)])
def test_a_page_full_of_cells_takes_no_longer_than_they_are_many(across: int, down: int) -> None:
    cells = [word(f"cell {n}", 50 * (n % across), 12 * (n // across)) for n in range(across * down)]
    assert sum(line.count("cell") for flow in read(pieces_of(cells)) for line in flow) == across * down
