"""Backups are verified, thinned by age, and put back without losing what they replace."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kb_app.core.errors import DiskFull, NotAKnowledgeBase, StoreDamaged, StoreError, StoreLocked
from kb_app.storage.backups import back_up, backups, is_due, preview, restore, thin
from kb_app.storage.editing import rename
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.listing import totals
from kb_app.storage.operations import next_undo
from tests.storage.filling import checked, everything, save

NOON = datetime(2026, 5, 20, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Backups"


def test_a_backup_holds_everything_and_is_one_sound_file(kb: KnowledgeBase, folder: Path) -> None:
    save(kb)
    made = back_up(kb, folder, NOON)
    assert made.path.name == "Dam-20260520-120000.kb"
    assert os.listdir(folder) == [made.path.name]
    assert checked(made.path).is_sound
    with KnowledgeBase.open(made.path, read_only=True) as copy:
        assert everything(copy) == everything(kb)
        assert next_undo(copy) == next_undo(kb)


def test_a_preview_says_what_it_holds_and_changes_nothing(kb: KnowledgeBase, folder: Path) -> None:
    save(kb)
    made = back_up(kb, folder, NOON)
    before = made.path.read_bytes()
    seen = preview(made.path)
    assert (seen.backup.at, seen.totals) == (NOON, totals(kb))
    assert made.path.read_bytes() == before


def test_backups_are_listed_newest_first_and_those_of_others_left_out(kb: KnowledgeBase, folder: Path) -> None:
    for hours in (3, 1, 2):
        back_up(kb, folder, NOON + timedelta(hours=hours))
    (folder / "Dam-notes.kb").write_text("no backup")
    (folder / "Other-20260520-120000.kb").write_text("of another")
    assert [b.at.hour for b in backups(kb.path, folder)] == [15, 14, 13]


def test_two_in_a_second_do_not_overwrite_each_other(kb: KnowledgeBase, folder: Path) -> None:
    assert back_up(kb, folder, NOON).path != back_up(kb, folder, NOON).path
    assert len(backups(kb.path, folder)) == 2


def test_a_backup_is_due_after_half_an_hour(kb: KnowledgeBase, folder: Path) -> None:
    assert is_due(kb.path, folder, NOON)
    back_up(kb, folder, NOON)
    assert not is_due(kb.path, folder, NOON + timedelta(minutes=29))
    assert is_due(kb.path, folder, NOON + timedelta(minutes=30))


def test_a_clock_put_back_does_not_stop_backups(kb: KnowledgeBase, folder: Path) -> None:
    back_up(kb, folder, NOON + timedelta(days=3000))
    assert is_due(kb.path, folder, NOON)


def test_old_ones_are_thinned_by_hour_day_week_and_month(folder: Path) -> None:
    _pretend(folder, [NOON - timedelta(minutes=20 * n) for n in range(3 * 24)])
    _pretend(folder, [NOON - timedelta(hours=7 * n) for n in range(400)])
    thin(folder.parent / "Dam.kb", folder, NOON)
    left = [b.at for b in backups(folder.parent / "Dam.kb", folder)]
    ages = [(NOON - at).days for at in left]
    assert left[0] == NOON
    assert sum(age < 1 for age in ages) in (24, 25)
    assert sum(1 <= age < 8 for age in ages) in (7, 8)
    assert sum(8 <= age < 60 for age in ages) in (8, 9)
    assert sum(age >= 60 for age in ages) in (2, 3)
    assert thin(folder.parent / "Dam.kb", folder, NOON) == ()


def test_the_newest_and_those_of_the_future_stay(folder: Path) -> None:
    future = [NOON + timedelta(days=400, minutes=n) for n in range(3)]
    _pretend(folder, [*future, NOON - timedelta(days=900)])
    assert thin(folder.parent / "Dam.kb", folder, NOON) == ()
    _pretend(folder, [])
    assert len(backups(folder.parent / "Dam.kb", folder)) == 4


def test_restoring_replaces_and_keeps_what_was_there(path: Path, folder: Path) -> None:
    with KnowledgeBase.create(path) as kb:
        save(kb)
        made = back_up(kb, folder, NOON)
        rename(kb, 1, "Ann Vela")
        after = everything(kb)
    kept = restore(path, made.path, NOON)
    assert kept is not None and kept.name == "Dam.replaced-20260520-120000.kb"
    with KnowledgeBase.open(path) as kb, KnowledgeBase.open(kept, read_only=True) as old:
        assert next_undo(kb) is not None and next_undo(kb).label == "Import dam.txt"  # type: ignore[union-attr]
        assert everything(old) == after
    assert checked(path).is_sound and checked(kept).is_sound
    assert made.path.exists()


def test_a_log_left_behind_is_not_played_into_the_restored_file(path: Path, folder: Path) -> None:
    kb = KnowledgeBase.create(path)
    made = back_up(kb, folder, NOON)
    save(kb)
    crashed = path.parent / "crashed"
    crashed.mkdir()
    for ending in ("", "-wal"):
        shutil.copyfile(f"{path}{ending}", crashed / f"Dam.kb{ending}")
    kb.close()
    (crashed / "Dam.kb").write_bytes(b"torn" * 2048)
    restore(crashed / "Dam.kb", made.path, NOON)
    with KnowledgeBase.open(crashed / "Dam.kb") as restored:
        assert totals(restored).articles == 0
    assert (crashed / "Dam.replaced-20260520-120000.kb-wal").stat().st_size > 0
    assert (crashed / "Dam.replaced-20260520-120000.kb").read_bytes() == b"torn" * 2048


def test_what_was_only_in_the_log_is_kept_with_the_replaced_file(path: Path, folder: Path) -> None:
    kb = KnowledgeBase.create(path)
    made = back_up(kb, folder, NOON)
    save(kb)
    crashed = path.parent / "crashed"
    crashed.mkdir()
    for ending in ("", "-wal"):
        shutil.copyfile(f"{path}{ending}", crashed / f"Dam.kb{ending}")
    kb.close()
    kept = restore(crashed / "Dam.kb", made.path, NOON)
    assert kept is not None
    with KnowledgeBase.open(kept, read_only=True) as old:
        assert totals(old).articles == 1


def test_what_is_open_is_not_replaced(kb: KnowledgeBase, folder: Path) -> None:
    made = back_up(kb, folder)
    with pytest.raises(StoreLocked):
        restore(kb.path, made.path)
    assert totals(kb).articles == 0


def test_a_damaged_backup_replaces_nothing(path: Path, folder: Path) -> None:
    with KnowledgeBase.create(path) as kb:
        save(kb)
        made = back_up(kb, folder)
    before = path.read_bytes()
    with made.path.open("rb+") as file:
        file.seek(4096)
        file.write(b"\xff" * 60_000)
    with pytest.raises(StoreDamaged):
        restore(path, made.path)
    made.path.write_text("Dear Sir")
    with pytest.raises(NotAKnowledgeBase):
        restore(path, made.path)
    assert path.read_bytes() == before
    assert sorted(os.listdir(path.parent)) == ["Backups", "Dam.kb"]


def test_a_backup_can_be_put_where_nothing_is(path: Path, folder: Path) -> None:
    with KnowledgeBase.create(path) as kb:
        save(kb)
        made = back_up(kb, folder)
    path.unlink()
    assert restore(path, made.path) is None
    assert checked(path).is_sound


def test_without_room_no_backup_is_begun(kb: KnowledgeBase, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb_app.storage.backups.free_bytes", lambda _: 100)
    with pytest.raises(DiskFull):
        back_up(kb, folder)
    assert os.listdir(folder) == []


def test_a_folder_that_cannot_be_made_is_named(kb: KnowledgeBase, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="could not be made"):
        back_up(kb, tmp_path / "file" / "Backups")


def _pretend(folder: Path, times: list[datetime]) -> None:
    folder.mkdir(exist_ok=True)
    for at in times:
        (folder / f"Dam-{at:%Y%m%d-%H%M%S}.kb").touch()
