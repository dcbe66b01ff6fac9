from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kb_app.core.article import Article
from kb_app.core.passage import Span
from kb_app.extraction.lexicons import LexiconUnreadable, load_lexicons
from kb_app.extraction.pipeline import Extractor


def test_a_second_folder_adds_to_the_lists(project_root: Path, tmp_path: Path) -> None:
    (tmp_path / "known_institutions.txt").write_text("Zorblat\tmedia\t\tNarnia\tZB\n", encoding="utf-8")
    lexicons = load_lexicons(project_root / "resources" / "lexicons", tmp_path)
    text = "The report came from Zorblat."
    (entity,) = Extractor(lexicons).extract(Article(text, Span(0, len(text)), language="en")).entities
    assert (entity.name, entity.country) == ("Zorblat", "Narnia")


def test_a_missing_list_is_named(project_root: Path, tmp_path: Path) -> None:
    shutil.copytree(project_root / "resources" / "lexicons", tmp_path / "lists")
    (tmp_path / "lists" / "titles.txt").unlink()
    with pytest.raises(LexiconUnreadable, match=r"titles\.txt"):
        load_lexicons(tmp_path / "lists")


def test_an_unknown_category_is_named_with_its_file(project_root: Path, tmp_path: Path) -> None:
    (tmp_path / "known_institutions.txt").write_text("Zorblat\tnonsense\t\t\t\n", encoding="utf-8")
    with pytest.raises(LexiconUnreadable, match="nonsense"):
        load_lexicons(project_root / "resources" / "lexicons", tmp_path)


def test_every_list_is_described_in_the_readme(project_root: Path) -> None:
    folder = project_root / "resources" / "lexicons"
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert [p.name for p in folder.glob("*.txt") if p.name not in readme] == []
