from __future__ import annotations

from pathlib import Path

import pytest

from kb_app.services.child_process import child_environment
from kb_app.services.recognition import recognition_languages
from kb_app.settings import TESSERACT_VARIABLE, tesseract_program


def program(folder: Path, words: str) -> Path:
    path = folder / "tesseract"
    path.write_text(f"#!/bin/sh\nprintf '{words}'\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_the_languages_are_those_that_are_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TESSERACT_VARIABLE, str(program(tmp_path, "List of (3):\\nrus\\nosd\\neng\\n")))
    assert recognition_languages() == ("eng", "rus")


def test_without_the_program_there_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TESSERACT_VARIABLE, str(tmp_path / "gone"))
    assert (tesseract_program(), recognition_languages()) == (None, ())


def test_a_worker_is_told_where_the_program_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TESSERACT_VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert TESSERACT_VARIABLE not in child_environment()
    path = program(tmp_path, "")
    assert child_environment()[TESSERACT_VARIABLE] == str(path)


@pytest.mark.skipif(tesseract_program() is None, reason="needs Tesseract, which is not installed")
def test_the_real_program_names_its_languages() -> None:
    assert "eng" in recognition_languages()
