"""Tables are looked into, and what their columns hold is remembered."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kb_app.core.column_mapping import ColumnMapping, TableHead, fingerprint_of
from kb_app.core.errors import Failed, Refused
from kb_app.services.codec import CodecError
from kb_app.services.distrust import check_head
from kb_app.services.table_reader import TableReader
from kb_app.services.tables import TableToMap
from kb_app.services.workspace import Workspace

ODD = [sys.executable, str(Path(__file__).with_name("odd_worker.py"))]
guess = ColumnMapping(fingerprint_of(["gate"]), text="gate")
LONG = "The harbour board of Harbury voted to close the old pier. " * 9


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "case.kb", create=True) as workspace:
        yield workspace


def table(folder: Path, name: str = "gates.csv", text: str = "gate,note\nwest,shut\n") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def looked(workspace: Workspace, path: Path) -> TableToMap:
    found = workspace.tables.look(path)
    assert found is not None
    return found


def test_a_choice_is_remembered_for_tables_with_the_same_columns(workspace: Workspace, tmp_path: Path) -> None:
    first = looked(workspace, table(tmp_path))
    assert (first.is_clear, first.head.columns) == (False, ("gate", "note"))
    chosen = replace(first.mapping, text="note")
    workspace.tables.remember(replace(chosen, title="gate"))
    workspace.tables.remember(chosen)
    again = looked(workspace, table(tmp_path, "other.csv", "Note;Gate\nopen;east\n"))
    assert (again.is_remembered, again.mapping) == (True, chosen)
    assert workspace.tables.remembered() == (chosen,)


def test_only_tables_whose_text_cannot_be_told_are_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    unclear = table(tmp_path)
    others = (
        table(tmp_path, "clear.csv", f'title,text\nA,"{LONG}"\n'),
        table(tmp_path, "notes.txt", "gate,note\nwest,shut\n"),
        table(tmp_path, "empty.csv", ""),
        tmp_path / "absent.csv",
        tmp_path,
    )
    assert [found.path for found in workspace.tables.unclear((unclear, *others))] == [unclear]


def test_json_is_a_table_of_its_fields(workspace: Workspace, tmp_path: Path) -> None:
    found = looked(workspace, table(tmp_path, "gates.json", '[{"gate": "west", "log": {"note": "shut"}}]'))
    assert (found.head.columns, found.head.rows) == (("gate", "log.note"), (("west", "shut"),))


def test_a_large_table_is_looked_into_by_its_beginning(workspace: Workspace, tmp_path: Path) -> None:
    rows = "".join(f'"Report {n}","{LONG}"\n' for n in range(8_000))
    found = looked(workspace, table(tmp_path, "many.csv", f"title,text\n{rows}"))
    assert found.mapping.columns() == {"title": "title", "text": "text"}
    assert len(found.head.rows) == 8


def test_what_has_no_columns_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        workspace.tables.look(table(tmp_path, "none.json", "[]"))
    assert refused.value.code == "mapping"


@pytest.mark.parametrize(("words", "seconds"), [("die", 30.0), ("hang", 1.0), ("lie", 30.0)])
def test_a_worker_that_misbehaves_over_a_table_is_not_believed(tmp_path: Path, words: str, seconds: float) -> None:
    odd = table(tmp_path, "odd.csv", f"{words},note\nwest,shut\n")
    with TableReader(ODD, seconds) as reader:
        with pytest.raises(Failed) as failed:
            reader.head(odd)
        assert failed.value.code == "worker-died" and "odd.csv" in failed.value.sentence
        if words == "die":
            found = reader.head(table(tmp_path))
            assert found is not None and found.columns == ("gate", "note")


@pytest.mark.parametrize(
    "head",
    [
        TableHead("b.csv", ("gate",), (), guess),
        TableHead("a.csv", ("note",), (), guess),
        TableHead("a.csv", ("gate",), (), replace(guess, text="note")),
        TableHead("a.csv", ("gate",), (("west",),) * 1_000, guess),
        TableHead("a.csv", ("gate",), (("w" * 5 * 1024**2,),), guess),
    ],
)
def test_a_head_that_does_not_hold_together_is_not_believed(head: TableHead) -> None:
    check_head(TableHead("a.csv", ("gate",), (("west",),), guess), "a.csv")
    with pytest.raises(CodecError):
        check_head(head, "a.csv")


def test_tables_are_not_read_in_this_process(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb_app.ingest.feeds.table_head.head_of_table", None)
    monkeypatch.setattr("kb_app.ingest.feeds.table_head.head_of_json", None)
    assert looked(workspace, table(tmp_path)).head.rows == (("west", "shut"),)
