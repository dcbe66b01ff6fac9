"""What we ship: pinned with hashes, free to ship under our licence, and light."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pytest
from packaging.markers import Marker

GROUPS = ("run", "test", "build")
PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>[^\s;\\]+)(?P<rest>.*)$")
# Dynamically linked and replaceable by the user, as the LGPL asks.
LGPL_ALLOWED = frozenset({"pyside6-essentials", "shiboken6"})
TOO_HEAVY = frozenset({"spacy", "torch", "tensorflow", "transformers", "scipy", "pandas", "scikit-learn", "jax"})
COPYLEFT = re.compile(r"\bA?GPL|affero|general public license", re.IGNORECASE)
MIT_GRANT = "Permission is hereby granted, free of charge"
LESSER = re.compile(r"\bLGPL|lesser general public", re.IGNORECASE)


@dataclass(frozen=True)
class Pin:
    name: str
    version: str
    hashes: int
    marker: str = ""

    @property
    def applies_here(self) -> bool:
        return not self.marker or Marker(self.marker).evaluate()


def pins(root: Path, group: str) -> list[Pin]:
    text = (root / "packaging" / f"requirements-{group}.txt").read_text(encoding="utf-8")
    found = []
    for block in text.replace("\\\n", " ").splitlines():
        match = PIN.match(block)
        if match:
            marker = match["rest"].partition("--hash")[0].strip(" ;")
            found.append(Pin(match["name"], match["version"], block.count("--hash=sha256:"), marker))
    return found


def licence(name: str) -> str:
    """Give what a package says of its licence, as an expression; classifiers without an expression all apply."""
    about = metadata.metadata(name)
    named = [entry for entry in about.get_all("Classifier", []) if entry.startswith("License ::")]
    said = about.get("License-Expression") or " AND ".join(named) or about.get("License") or ""
    return said or _licence_of_file(name)


def _licence_of_file(name: str) -> str:
    for file in metadata.files(name) or []:
        if file.name.upper().startswith("LICENSE") and MIT_GRANT in " ".join(file.read_text().split()):
            return "MIT"
    return ""


def refused(name: str, expression: str) -> bool:
    """Tell whether none of the alternatives of a licence lets us ship the package."""
    return all(_alternative_refused(name, part.strip("() ")) for part in re.split(r"\bOR\b", expression))


def _alternative_refused(name: str, part: str) -> bool:
    if LESSER.search(part):
        return name not in LGPL_ALLOWED
    return not part or bool(COPYLEFT.search(part))


@pytest.mark.parametrize("group", GROUPS)
def test_every_pin_has_the_hashes_of_its_wheels(project_root: Path, group: str) -> None:
    found = pins(project_root, group)
    assert len(found) > 3
    assert [pin.name for pin in found if not pin.hashes] == []


@pytest.mark.parametrize("group", GROUPS)
def test_a_lock_names_no_package_index(project_root: Path, group: str) -> None:
    text = (project_root / "packaging" / f"requirements-{group}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text


def test_the_test_lock_holds_the_run_lock(project_root: Path) -> None:
    tested = {pin.name: pin.version for pin in pins(project_root, "test")}
    differing = {pin.name: pin.version for pin in pins(project_root, "run") if tested.get(pin.name) != pin.version}
    assert differing == {}


def test_what_we_import_is_named_in_the_run_lock(project_root: Path) -> None:
    names = {pin.name for pin in pins(project_root, "run")}
    assert {"pyside6-essentials", "peewee", "qtawesome", "trafilatura", "lxml-html-clean", "nh3"} <= names
    assert {"numpy", "onnxruntime"} <= names
    assert len(names) < 40


def test_nothing_heavy_is_shipped(project_root: Path) -> None:
    names = {pin.name for pin in pins(project_root, "run")}
    assert sorted(names & TOO_HEAVY) == []
    assert [name for name in names if name.startswith(("nvidia-", "spacy"))] == []


def test_qt_is_locked_below_6_12(project_root: Path) -> None:
    version = next(pin.version for pin in pins(project_root, "run") if pin.name == "pyside6-essentials")
    assert tuple(int(part) for part in version.split(".")[:2]) < (6, 12)


def test_the_runtime_of_the_tagger_is_older_than_its_telemetry(project_root: Path) -> None:
    version = next(pin.version for pin in pins(project_root, "run") if pin.name == "onnxruntime")
    assert tuple(int(part) for part in version.split(".")[:2]) < (1, 29)


@pytest.mark.skipif(sys.platform == "darwin", reason="there is no wheel of onnxruntime for every macOS that we promise")
def test_the_runtime_of_the_tagger_has_no_part_that_sends() -> None:
    files = metadata.files("onnxruntime") or []
    libraries = [Path(str(file.locate())) for file in files if file.name.startswith("onnxruntime_pybind11_state")]
    assert libraries
    assert [path.name for path in libraries if b"OneDsTelemetry" in path.read_bytes()] == []


def test_no_package_that_we_ship_is_under_the_gpl(project_root: Path) -> None:
    said = {pin.name: licence(pin.name) for pin in pins(project_root, "run") if pin.applies_here}
    assert {name: expression for name, expression in said.items() if refused(name, expression)} == {}


def test_what_runs_here_is_what_the_lock_names(project_root: Path) -> None:
    here = [pin for pin in pins(project_root, "run") if pin.applies_here]
    assert {pin.name: metadata.version(pin.name) for pin in here} == {pin.name: pin.version for pin in here}


@pytest.mark.parametrize(
    ("expression", "verdict"),
    [
        ("MIT", False),
        ("BSD-3-Clause AND MIT", False),
        ("MPL-2.0 OR GPL-2.0-only", False),
        ("GPL-3.0-only", True),
        ("AGPL-3.0-or-later", True),
        ("LGPL-2.1-or-later", True),
        ("MIT AND GPL-3.0-only", True),
        ("License :: OSI Approved :: GNU General Public License v3 (GPLv3)", True),
        (
            "License :: OSI Approved :: MIT License AND License :: OSI Approved :: GNU Affero General Public License",
            True,
        ),
        ("", True),
    ],
)
def test_a_licence_is_judged(expression: str, verdict: bool) -> None:
    assert refused("some-package", expression) is verdict


def test_the_lgpl_is_taken_for_qt_by_name() -> None:
    assert not refused("shiboken6", "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only")
    assert refused("some-package", "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only")
