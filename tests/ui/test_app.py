"""The program as a process of its own: pictures of its states, and a start that loads nothing it need not."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from kb_app.app import request_of
from kb_app.ui.sources.text_form import GivenText
from kb_app.ui.theme import DARK, LIGHT

SLOW_LIBRARIES = ("numpy", "trafilatura", "htmldate", "qtawesome", "py3langid", "justext")


@pytest.fixture
def environment(tmp_path: Path, project_root: Path) -> dict[str, str]:
    return os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "PYTHONPATH": str(project_root),
        "PYTHONWARNINGS": "error",
    }


def picture(arguments: list[str], environment: dict[str, str], target: Path) -> QImage:
    """Run the program until it has saved a picture, and read it."""
    command = [sys.executable, "-m", "kb_app", "--screenshot", str(target), *arguments]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr
    return QImage(str(target))


def test_a_picture_shows_the_wanted_size_theme_and_place(
    environment: dict[str, str], tmp_path: Path, base_file: Path
) -> None:
    wanted = [str(base_file), "--size", "1000x640", "--theme", "dark", "--place", "sources"]
    image = picture(wanted, environment, tmp_path / "made" / "dark.png")
    assert (image.width(), image.height()) == (1000, 640)
    assert image.pixelColor(4, 4) == QColor(DARK.panel)
    assert not (tmp_path / "config").exists()


def test_without_a_file_the_picture_shows_the_first_page(environment: dict[str, str], tmp_path: Path) -> None:
    image = picture(["--theme", "light", "--size", "900x600"], environment, tmp_path / "first.png")
    assert image.pixelColor(20, 300) == QColor(LIGHT.canvas)


def test_a_file_that_is_none_of_ours_still_gives_a_picture(environment: dict[str, str], tmp_path: Path) -> None:
    stranger = tmp_path / "letter.kb"
    stranger.write_text("Dear all", "utf-8")
    image = picture([str(stranger), "--theme", "light"], environment, tmp_path / "refused.png")
    assert not image.isNull()


def test_the_start_loads_no_slow_library(environment: dict[str, str]) -> None:
    program = "import json, sys, kb_app.app; print(json.dumps(sorted(sys.modules)))"
    ended = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    loaded = {name.partition(".")[0] for name in json.loads(ended.stdout)}
    assert not loaded & set(SLOW_LIBRARIES)


def test_what_the_person_says_of_a_text_goes_with_it() -> None:
    request = request_of(GivenText("Words.", "A/B report", "The Weekly", "2025-03", "https://weekly.example/1"))
    (text,) = request.texts
    given = request.given[Path(text.name).stem]
    assert "/" not in text.name
    assert (given.title, given.publisher, given.published) == ("A/B report", "The Weekly", "2025-03")
    assert given.source_url == "https://weekly.example/1"


def test_the_start_can_be_measured(environment: dict[str, str], tmp_path: Path, base_file: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "kb_app",
        str(base_file),
        "--measure-start",
        "--screenshot",
        str(tmp_path / "p.png"),
    ]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=True)
    assert re.fullmatch(r"usable after \d+\.\d{3} s\n", ended.stdout)
