"""Calendar dates as headers write them, in several languages."""

from __future__ import annotations

import pytest

from kb_app.ingest.written_dates import first_written_date


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("Thursday, May 7, 2015", "2015-05-07"),
        ("12. März 2024, 22:30 Uhr", "2024-03-12"),
        ("15 de febrero de 2024", "2024-02-15"),
        ("1er août 2023", "2023-08-01"),
        ("le 3 févr. 2021", "2021-02-03"),
        ("22 мая 2024, 15:31", "2024-05-22"),
        ("12 مارس 2024", "2024-03-12"),
        ("5 בפברואר 2024", "2024-02-05"),
    ],
)
def test_a_date_is_read_as_its_language_writes_it(written: str, edtf: str) -> None:
    found = first_written_date(f"x {written}")
    assert found and found.date.edtf == edtf


@pytest.mark.parametrize("words", ["31 février 2024", "12 marches 2024", "3 mai 24", "maj 2024"])
def test_other_words_are_no_date(words: str) -> None:
    assert first_written_date(words) is None
