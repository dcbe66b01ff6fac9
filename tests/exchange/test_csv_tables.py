from __future__ import annotations

import csv
import io

import pytest

from kb_app.exchange.csv_tables import csv_bytes


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("words", ["=1+1", "+49", "-x", "@sum", "\tx", "\r\nx"])
def test_no_cell_becomes_a_formula(words: str) -> None:
    assert cells(csv_bytes(["a"], [[words]]))[1] == [f"'{words}"]


def test_cells_come_back_whatever_they_hold() -> None:
    row = ["“Ärger”, said\nshe", 'a "quote"', "a;b"]
    assert cells(csv_bytes(["a", "b", "c"], [row]))[1] == row


def test_numbers_stay_numbers_and_nothing_stays_empty() -> None:
    assert cells(csv_bytes(["a", "b"], [[-3, None]]))[1] == ["-3", ""]
