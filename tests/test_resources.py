"""resource_path finds the same files in a checkout, an install and a frozen build."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kb_app import resources


def make_file(folder: Path, *parts: str) -> Path:
    path = folder.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("here", encoding="utf-8")
    return path


def test_a_checkout_finds_its_own_resources(project_root: Path) -> None:
    assert resources.resource_path("icons") == project_root / "resources" / "icons"


def test_an_install_finds_what_the_wheel_put_beside_the_modules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = make_file(tmp_path, "kb_app", "_resources", "lexicons", "titles.txt")
    monkeypatch.setattr(resources, "PACKAGE_FOLDER", tmp_path / "kb_app")
    assert resources.resource_path("lexicons", "titles.txt") == wanted


def test_a_frozen_build_finds_its_unpacked_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = make_file(tmp_path, "resources", "icons", "kartoteka.svg")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources.resource_path("icons", "kartoteka.svg") == wanted


def test_a_missing_file_is_named_with_the_places_looked_at(project_root: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"incomplete: no lexicons/nothing\.txt in .*resources"):
        resources.resource_path("lexicons", "nothing.txt")
