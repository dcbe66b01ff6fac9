"""A knowledge base in a folder that is synchronised, or on a network drive, comes with a caution."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb_app.services import inspecting
from kb_app.services.inspecting import caution_of, info
from kb_app.services.workspace import Workspace


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("Dropbox/Cases", "Dropbox"),
        ("Dropbox (Quay Gazette)", "Dropbox"),
        ("OneDrive - Quay Gazette/Cases", "OneDrive"),
        ("CloudStorage/OneDrive-Personal", "OneDrive"),
        ("Nextcloud", "Nextcloud"),
        ("CloudStorage/GoogleDrive-a@quay.test/My Drive", "Google Drive"),
        ("Mobile Documents/com~apple~CloudDocs", "iCloud Drive"),
    ],
)
def test_a_synchronised_folder_is_told_by_its_name(tmp_path: Path, folder: str, program: str) -> None:
    assert f"a folder that {program} synchronises" in caution_of(tmp_path / folder / "case.kb")


@pytest.mark.parametrize(
    ("sign", "program"), [(".stfolder", "Syncthing"), (".dropbox", "Dropbox"), (".sync_1a2b.db", "Nextcloud")]
)
def test_a_synchronised_folder_is_told_by_what_the_program_puts_into_it(
    tmp_path: Path, sign: str, program: str
) -> None:
    (tmp_path / "shared" / "cases").mkdir(parents=True)
    (tmp_path / "shared" / sign).touch()
    assert f"a folder that {program} synchronises" in caution_of(tmp_path / "shared" / "cases" / "case.kb")


def test_other_folders_need_no_caution(tmp_path: Path) -> None:
    for folder in ("Cases", "Dropbox notes", "My OneDrive", "Driver"):
        assert caution_of(tmp_path / folder / "case.kb") == ""


def test_a_network_drive_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspecting, "can_share_memory", lambda path: False)
    assert "drive of another computer" in caution_of(tmp_path / "case.kb")


def test_it_is_part_of_what_there_is_to_know(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    with Workspace.open(tmp_path / "Dropbox" / "case.kb", create=True) as workspace:
        assert "Dropbox" in info(workspace.kb).caution
