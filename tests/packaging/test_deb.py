"""The Debian package holds what it should, and names what it needs of the system."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
import zipfile
from configparser import ConfigParser
from pathlib import Path

import payload
import pytest
from documents import Release, changelog, control, copyright_text, documents

from kb_app.storage.tables import APPLICATION_ID

RELEASE = Release("1.2.3", "0x4B415274", 1764000000)


@pytest.fixture
def texts(project_root: Path) -> dict[str, str]:
    return documents(project_root / "packaging" / "deb" / "files", RELEASE)


def make_wheel(folder: Path, name: str, files: dict[str, str]) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for member, content in files.items():
            archive.writestr(member, content)
    return path


def test_wheels_of_two_pythons_share_one_folder(tmp_path: Path) -> None:
    wheels = [
        make_wheel(tmp_path, f"thing-cp{tag}.whl", {"thing/__init__.py": "same", f"thing/core.cpython-{tag}.so": tag})
        for tag in ("311", "312")
    ]
    payload.unpack(wheels, tmp_path / "libraries")
    names = {path.name for path in (tmp_path / "libraries" / "thing").iterdir()}
    assert names == {"__init__.py", "core.cpython-311.so", "core.cpython-312.so"}


def test_wheels_that_differ_under_one_name_are_refused(tmp_path: Path) -> None:
    wheels = [make_wheel(tmp_path, f"{n}.whl", {"thing/__init__.py": f"content {n}"}) for n in range(2)]
    with pytest.raises(SystemExit, match=r"1\.whl brings another thing/__init__\.py"):
        payload.unpack(wheels, tmp_path / "libraries")


def test_scripts_and_headers_of_a_wheel_are_left_out(tmp_path: Path) -> None:
    wheel = make_wheel(
        tmp_path, "thing.whl", {"thing.py": "", "thing-1.data/scripts/run": "", "thing/tests/test_a.py": ""}
    )
    payload.unpack([wheel], tmp_path / "libraries")
    for path in (tmp_path / "libraries").glob("**/tests"):
        payload.remove(path)
    assert [path.name for path in (tmp_path / "libraries").rglob("*") if path.is_file()] == ["thing.py"]


def test_the_control_file_names_the_systems_libraries() -> None:
    text = control(RELEASE, 1000)
    assert "Version: 1.2.3\n" in text
    assert "python3 (>= 3.11)" in text
    assert "libxcb-cursor0" in text
    assert "libglib2.0-0t64 | libglib2.0-0" in text


def test_the_desktop_entry_opens_our_files(texts: dict[str, str]) -> None:
    entry = ConfigParser(interpolation=None)
    entry.read_string(texts["usr/share/applications/kartoteka.desktop"])
    assert entry["Desktop Entry"]["MimeType"] == "application/x-kartoteka-kb;"
    assert entry["Desktop Entry"]["Exec"] == "kb-app %f"


def test_the_file_type_is_told_by_the_id_that_the_store_writes(texts: dict[str, str]) -> None:
    root = ElementTree.fromstring(texts["usr/share/mime/packages/kartoteka.xml"])
    inner = root.find(".//{*}match/{*}match")
    assert inner is not None
    assert (inner.get("offset"), int(inner.get("value", ""), 16)) == ("68", APPLICATION_ID)


def test_every_text_is_filled_in(texts: dict[str, str]) -> None:
    assert [name for name, text in texts.items() if "@VERSION@" in text or "@DATE@" in text] == []
    assert '<release version="1.2.3" date="2025-11-24"/>' in "".join(texts.values())


def test_the_changelog_carries_the_moment_of_the_commit() -> None:
    assert changelog(RELEASE).rstrip().endswith("Mon, 24 Nov 2025 16:00:00 +0000")


def test_the_copyright_file_names_every_bundled_library(tmp_path: Path) -> None:
    about = tmp_path / "thing-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Name: thing\nVersion: 1.0\nLicense-Expression: BSD-3-Clause\n", encoding="utf-8")
    text = copyright_text(tmp_path)
    assert "Files: usr/lib/kartoteka/thing*" in text
    assert "License: BSD-3-Clause" in text
    assert "_resources/models/*\n" in text, "the tagger has a licence of its own"
