"""Translations: every wording that counts something has its singular and its plural."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from pytestqt.qtbot import QtBot

COUNTED = re.compile(r'tr\(\s*"([^"]*%n[^"]*)"', re.S)


def counted_wordings(project_root: Path) -> set[str]:
    sources = (path.read_text("utf-8") for path in (project_root / "kb_app" / "ui").rglob("*.py"))
    return {wording for source in sources for wording in COUNTED.findall(source)}


def test_every_counted_wording_has_its_plural_forms(project_root: Path) -> None:
    listed = (project_root / "resources" / "translations" / "kartoteka_en.ts").read_text("utf-8")
    missing = {wording for wording in counted_wordings(project_root) if f"<source>{wording}</source>" not in listed}
    assert not missing, "see resources/translations/README.md"
    assert "<numerusform></numerusform>" not in listed


@pytest.mark.parametrize(("count", "words"), [(1, "1 article imported"), (2, "2 articles imported")])
def test_the_compiled_translation_counts(qtbot: QtBot, project_root: Path, count: int, words: str) -> None:
    translator = QTranslator()
    assert translator.load("kartoteka_en", str(project_root / "resources" / "translations"))
    QCoreApplication.installTranslator(translator)
    try:
        assert QCoreApplication.translate("Importing", "%n article(s) imported", "", count) == words
    finally:
        QCoreApplication.removeTranslator(translator)
