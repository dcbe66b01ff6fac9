from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kb_app.core.article import Article
from kb_app.core.passage import Span
from kb_app.extraction.encoder import GRAPH_NAME, VOCABULARY_NAME
from kb_app.extraction.encoder_card import CARD_NAME
from kb_app.services.engine import load_engine
from tests import builders

BY_RULES = "; names, events and statements were read by rules alone."


@pytest.fixture
def lexicons(project_root: Path) -> Path:
    return project_root / "resources" / "lexicons"


@pytest.fixture
def models(project_root: Path, tmp_path: Path) -> Path:
    """Copy the model, so that a test may damage it."""
    return Path(shutil.copytree(project_root / "resources" / "models", tmp_path / "models"))


def break_in_the_middle(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def write_nonsense(path: Path) -> None:
    path.write_text("{}")


def test_what_is_whole_is_loaded_without_a_word(lexicons: Path, models: Path) -> None:
    engine = load_engine(lexicons, models)
    assert engine.warnings == ()
    findings = engine.extract(builders.article())
    assert findings.entities
    assert findings.warnings == ()


@pytest.mark.parametrize(
    ("name", "harm", "said"),
    [
        (GRAPH_NAME, Path.unlink, "tagger.onnx is missing"),
        (GRAPH_NAME, break_in_the_middle, "tagger.onnx is damaged or of another version"),
        (VOCABULARY_NAME, break_in_the_middle, "vocabulary.txt is damaged or of another version"),
        (CARD_NAME, Path.unlink, "tagger.json is missing"),
        (CARD_NAME, write_nonsense, "tagger.json is damaged"),
        (CARD_NAME, lambda path: path.write_bytes(b"\xff{"), "tagger.json is damaged"),
        ("", shutil.rmtree, "tagger.json is missing"),
    ],
)
def test_a_tagger_that_is_not_whole_leaves_the_rules(
    lexicons: Path, models: Path, name: str, harm: Callable[[Path], object], said: str
) -> None:
    harm(models / name)
    findings = load_engine(lexicons, models).extract(builders.article())
    (warning,) = findings.warnings
    assert warning.startswith(f"tagger: The trained tagger could not be loaded ({said}")
    assert warning.endswith(BY_RULES)
    assert str(models) not in warning
    assert findings.entities


def test_a_graph_that_onnxruntime_refuses_leaves_the_rules(
    lexicons: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_nonsense(models / GRAPH_NAME)
    monkeypatch.setattr("kb_app.extraction.encoder.check_files", lambda folder, card: None)
    (warning,) = load_engine(lexicons, models).warnings
    assert "(onnxruntime refuses tagger.onnx: " in warning


def test_without_onnxruntime_the_rules_read(lexicons: Path, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    findings = load_engine(lexicons, models).extract(builders.article())
    assert findings.warnings == (
        f"tagger: The trained tagger could not be loaded (onnxruntime is not installed){BY_RULES}",
    )
    assert findings.entities


def test_an_article_too_long_for_the_tagger_is_read_by_rules(
    lexicons: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb_app.services.engine.LONGEST_TAGGED", 100)
    engine = load_engine(lexicons, models)
    monkeypatch.setattr("kb_app.extraction.encoder.Encoder.tag", lambda *_: pytest.fail("it was tagged"))
    findings = engine.extract(builders.article())
    (warning,) = findings.warnings
    assert warning.startswith("tagger: The text is too long")
    assert findings.entities


def test_an_article_that_is_not_read_says_no_more_than_that(lexicons: Path, tmp_path: Path) -> None:
    text = "Der Vorstand beschloss es am Donnerstag."
    findings = load_engine(lexicons, tmp_path).extract(Article(text, Span(0, len(text)), language="de"))
    assert [warning.partition(":")[0] for warning in findings.warnings] == ["language"]


def test_a_list_amiss_leaves_ours(lexicons: Path, models: Path, tmp_path: Path) -> None:
    (tmp_path / "titles.txt").write_text("margrave\toffce\n", encoding="utf-8")
    engine = load_engine(lexicons, models, tmp_path)
    (warning,) = engine.warnings
    assert warning.startswith("lexicons: Your word list titles.txt, line 1: “offce” is none of ")
    assert warning.endswith(". None of your word lists was used.")
    assert engine.extract(builders.article()).entities


def test_a_list_that_the_engine_refuses_leaves_ours(
    lexicons: Path, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb_app.services.engine.check_own_lists", lambda ours, own: ())
    (tmp_path / "known_institutions.txt").write_text("Zorblat\tnonsense\n", encoding="utf-8")
    (warning,) = load_engine(lexicons, models, tmp_path).warnings
    assert warning.startswith("lexicons: ")
    assert "nonsense" in warning


def test_a_list_of_an_unknown_name_costs_nothing_else(lexicons: Path, models: Path, tmp_path: Path) -> None:
    (tmp_path / "title.txt").write_text("margrave\toffice\n", encoding="utf-8")
    assert load_engine(lexicons, models, tmp_path).warnings == (
        "lexicons: Your word list title.txt was passed over: the program has no list of that name.",
    )
