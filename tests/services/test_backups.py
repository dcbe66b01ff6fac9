from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb_app.core.listing import ArticleQuery
from kb_app.services import backups
from kb_app.services.importing import ImportRequest, PastedText
from kb_app.services.workspace import Workspace
from tests import builders
from tests.services.driving import result_of


def paste(workspace: Workspace, name: str) -> None:
    text = PastedText(name, f"{builders.TITLE}\n\n{builders.BODY}\n\n{name}".encode())
    result_of(workspace.importing.run(ImportRequest(texts=(text,), jobs=1)))


def test_backups_lie_beside_the_file(workspace: Workspace) -> None:
    made = workspace.backups.back_up()
    assert made.path.parent == workspace.path.with_name("case.kb-backups")
    assert [backup.path for backup in workspace.backups.list()] == [made.path]
    assert workspace.backups.preview(made).totals.articles == 0


def test_a_backup_is_made_when_due_and_not_again_at_once(workspace: Workspace) -> None:
    assert workspace.backups.back_up_if_due() is not None
    assert workspace.backups.back_up_if_due() is None


def test_a_base_open_for_reading_is_not_backed_up(workspace: Workspace) -> None:
    path = workspace.path
    workspace.close()
    with Workspace.open(path, read_only=True) as reading:
        assert reading.backups.back_up_if_due() is None


def test_a_backup_put_back_brings_back_what_it_held(workspace: Workspace) -> None:
    paste(workspace, "first.txt")
    made = workspace.backups.back_up()
    paste(workspace, "second.txt")
    path = workspace.path
    workspace.close()
    replaced = backups.restore(path, made)
    with Workspace.open(path) as restored:
        assert restored.listing.article_count(ArticleQuery()) == 1
    assert replaced is not None
    with Workspace.open(replaced, read_only=True) as kept:
        assert kept.listing.article_count(ArticleQuery()) == 2


def test_where_the_place_cannot_be_written_backups_go_to_the_persons_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    monkeypatch.setattr(backups, "data_folder", lambda: tmp_path / "data")
    one, other = backups.backup_folder(tmp_path / "a" / "case.kb"), backups.backup_folder(tmp_path / "b" / "case.kb")
    assert one.parent == other.parent == tmp_path / "data" / "backups"
    assert one != other
