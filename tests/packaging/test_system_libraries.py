"""What Qt needs of a Linux system is looked for, installed where we may, and else named with its command."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pytest
import system_libraries


def refuse_to_load(missing: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def load(name: str) -> None:
        if name in missing:
            raise OSError(f"{name}: cannot open shared object file")

    monkeypatch.setattr(ctypes, "CDLL", load)
    monkeypatch.setattr(system_libraries.platform, "system", lambda: "Linux")
    monkeypatch.setattr(system_libraries, "has_fonts", lambda: True)


def test_a_complete_system_misses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_to_load(set(), monkeypatch)
    assert system_libraries.missing_packages(window=True) == []


def test_a_missing_library_is_named_by_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_to_load({"libEGL.so.1", "libxcb-cursor.so.0"}, monkeypatch)
    assert system_libraries.missing_packages(window=True) == ["libegl1", "libxcb-cursor0"]


def test_without_a_window_the_x11_libraries_are_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_to_load({"libxcb-cursor.so.0"}, monkeypatch)
    assert system_libraries.missing_packages(window=False) == []


def test_a_system_without_fonts_is_told_of_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = system_libraries.has_fonts
    refuse_to_load(set(), monkeypatch)
    monkeypatch.setattr(system_libraries, "FONT_FOLDERS", (str(tmp_path),))
    monkeypatch.setattr(system_libraries, "has_fonts", found)
    assert system_libraries.missing_packages(window=False) == ["fonts-dejavu-core"]
    (tmp_path / "one.ttf").touch()
    assert system_libraries.missing_packages(window=False) == []


def test_other_systems_bring_what_qt_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_to_load({"libEGL.so.1"}, monkeypatch)
    monkeypatch.setattr(system_libraries.platform, "system", lambda: "Darwin")
    assert system_libraries.missing_packages(window=True) == []


def test_who_is_not_root_gets_the_exact_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(system_libraries.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(system_libraries.subprocess, "call", lambda *_, **__: pytest.fail("something was installed"))
    command = system_libraries.offer_packages(["libegl1"], print)
    assert command == "sudo apt-get install --yes --no-install-recommends libegl1"


def test_other_distributions_are_asked_by_the_librarys_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries.shutil, "which", lambda name: "/usr/bin/dnf" if name == "dnf" else None)
    assert "'libEGL.so.1()(64bit)'" in system_libraries.offer_packages(["libegl1"], print)
