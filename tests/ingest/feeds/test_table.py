"""Tables: one article a row, however they are written."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kb_app.core.column_mapping import ColumnMapping, mappings_to_json
from kb_app.core.errors import Refused
from kb_app.ingest.feeds.table import head_of_table
from kb_app.ingest.media_type import media_type_of
from kb_app.ingest.members import Member, Trouble
from kb_app.ingest.reading import read_source
from tests.ingest.feeds.opening import LONG, article_of, members, taken

HEAD = ["Headline", "Body", "Date", "Outlet"]
ROWS = [
    ["Pier closed", f'{LONG}\n“We cannot wait,” said "Ilse"; others, too.', "2024-02-09", "Harbury Post"],
    ["Dam opened", f"Anna Vela, a minister, opened it. {LONG}", "9 February 2024", "Orla Observer"],
]


def table(rows: list[list[str]], delimiter: str = ",") -> str:
    """Write a table."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_rows_are_articles_whatever_the_delimiter_and_the_encoding(delimiter: str, encoding: str) -> None:
    data = table([HEAD, *ROWS], delimiter).encode(encoding)
    first, second = (one for one in taken(data, "news.csv") if isinstance(one, Member))
    assert first.given.text == ROWS[0][1].replace("\r\n", "\n").strip()
    assert json.loads(first.data) == dict(zip(HEAD, ROWS[0], strict=True))
    assert first.provenance.how == "table"
    known = article_of(second).metadata
    assert known.publisher and (known.publisher.value, known.publisher.how) == ("Orla Observer", "field “Outlet”")
    assert known.published and known.published.edtf == "2024-02-09"


def test_an_encoding_that_was_guessed_is_told_with_every_row() -> None:
    rows = [[f"Мост {n}", "Мост через реку закрыт до весны, сообщила газета. " * 5] for n in range(40)]
    found = members(table([["title", "text"], *rows]).encode("cp1251"), "news.csv")
    assert all(one.warnings[0].startswith("encoding-guessed") for one in found)
    assert found[0].given.title == "Мост 0"


def test_a_few_bad_bytes_far_down_do_not_change_the_encoding() -> None:
    text = table([HEAD, *[["Żuraw", LONG, "2024", "Post"] for _ in range(3000)]]).encode()
    found = members(text + b'last\xff,"words of the body, long enough to be read",2024,Post\r\n', "news.csv")
    assert found[0].given.title == "Żuraw"
    assert found[-1].given.title == "last\ufffd"


def test_a_table_without_a_head_is_read_by_the_length_of_its_columns() -> None:
    rows = [[str(n), f"{LONG} {n}", "2024-02-09"] for n in range(5)]
    found = members(table(rows), "rows.csv")
    assert len(found) == 5
    assert found[0].given.text == rows[0][1].strip()


def test_a_table_whose_text_cannot_be_told_is_refused_with_its_columns() -> None:
    with pytest.raises(Refused) as refused:
        taken("gate,height\nwest,4\neast,5\n", "gates.csv")
    assert refused.value.code == "mapping"
    assert "“gate”, “height”" in refused.value.sentence


def test_a_chosen_mapping_is_followed_and_must_fit() -> None:
    rows = "gate,note\nwest,shut since the storm\neast,open again\n"
    mapping = mappings_to_json([ColumnMapping(text="note", title="gate")])
    assert [one.given.text for one in members(rows, "gates.csv", mapping)] == ["shut since the storm", "open again"]
    with pytest.raises(Refused) as refused:
        taken(rows, "gates.csv", mappings_to_json([ColumnMapping(text="words")]))
    assert (refused.value.code, "“words”" in refused.value.sentence) == ("mapping", True)


def test_rows_of_other_widths_and_repeated_names_lose_nothing() -> None:
    found = members(f'text,note,note\n"{LONG}",a,b,c,d\n"{LONG}"\n', "odd.csv")
    fields = json.loads(found[0].data)
    assert (fields["note"], fields["note 3"], fields["column 4"], fields["column 5"]) == ("a", "b", "c", "d")
    assert list(json.loads(found[1].data)) == ["text"]


def test_a_quotation_that_never_ends_is_told() -> None:
    found = taken("title,text\nA," + LONG + '\nB,"' + "x" * (17 * 1024 * 1024), "endless.csv")
    assert isinstance(found[0], Member)
    assert isinstance(found[1], Trouble)


def test_many_rows_are_read_as_they_come(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([HEAD, *([f"Report {n}", LONG, "2024-02-09", "Post"] for n in range(20_000))])
    assert len(members(path.read_bytes(), path.name)) == 20_000


def test_the_name_tells_a_table_and_the_bytes_overrule_it(tmp_path: Path) -> None:
    path = tmp_path / "news.TSV"
    path.write_text("a\tb\n1\t2\n")
    assert read_source(path).media_type == "text/tab-separated-values"
    assert media_type_of(b"<html><body><p>words", "page.csv") == "text/html"
    assert media_type_of(b"%PDF-1.7", "news.csv") == "application/pdf"


def test_the_head_of_a_table_comes_with_a_guess() -> None:
    head = head_of_table(io.BytesIO(table([HEAD, *ROWS]).encode()), "news.csv")
    assert head.columns == tuple(HEAD)
    assert head.guess.columns() == {"title": "Headline", "text": "Body", "published": "Date", "publisher": "Outlet"}
    assert head.rows[1][0] == "Dam opened"
