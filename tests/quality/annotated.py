"""The annotated articles, the engine run over them, and the scorer that came with them."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb_app.core.article import Article
from kb_app.core.findings import Findings
from kb_app.exchange.annotation import annotation
from kb_app.extraction.encoder import Encoder
from kb_app.extraction.lexicons import load_lexicons
from kb_app.extraction.pipeline import Extractor
from kb_app.ingest.articles import to_article
from kb_app.ingest.given import load_given
from kb_app.ingest.reading import read_source
from kb_app.resources import resource_path

PARTS = ("gold", "train")

Json = dict[str, Any]
Scores = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """An annotated article, what its annotation says and what the engine found, both in the schema's form."""

    name: str
    article: Article
    truth: Json
    found: Json


def digest(folder: Path, part: str) -> str:
    """Return the SHA-256 over the annotations and their texts, in the order of their names."""
    total = hashlib.sha256()
    for path in sorted((folder / part).glob("*.json")):
        data = path.read_bytes()
        total.update(data)
        total.update((folder / json.loads(data)["text_file"]).read_bytes())
    return total.hexdigest()


def engine(*, rules_alone: bool) -> Extractor:
    """Load the engine as it is shipped, or its rules alone."""
    tagger = None if rules_alone else Encoder.load(resource_path("models"))
    return Extractor(load_lexicons(resource_path("lexicons")), tagger)


def outcomes(folder: Path, part: str, extractor: Extractor, only: Collection[str] = ()) -> Iterator[Outcome]:
    """Import and read every annotated article of a part, or those of the given names."""
    given = load_given(folder / "articles" / "metadata.json")
    for path in sorted((folder / part).glob("*.json")):
        if only and path.stem not in only:
            continue
        truth = json.loads(path.read_text(encoding="utf-8"))
        text_file = folder / truth["text_file"]
        article = to_article(read_source(text_file), given.get(text_file.stem))
        yield Outcome(path.stem, article, truth, document(article, extractor.extract(article), path.stem))


def document(article: Article, findings: Findings, name: str) -> Json:
    """Write the findings in the schema's form, also with the confidences that it has no place for."""
    written = annotation(article, findings, name)
    for entity, one in zip(findings.entities, written["entities"], strict=True):
        for mention, words in zip(entity.mentions, one["mentions"], strict=True):
            words["confidence"] = mention.confidence
    for time, words in zip(findings.times, written["time_expressions"], strict=True):
        words["confidence"] = time.confidence
    return written


def load_scorer(folder: Path) -> Any:
    """Load score.py of the folder as a module."""
    return _module(folder / "score.py")


def load_validator(folder: Path) -> Any:
    """Load validate.py of the folder as a module."""
    return _module(folder / "validate.py")


def scores(scorer: Any, read: Iterable[Outcome]) -> Scores:
    """Score what was found, a line a layer."""
    kept: Sequence[Outcome] = list(read)
    truths = {outcome.name: outcome.truth for outcome in kept}
    table: Scores = scorer.evaluate(truths, {outcome.name: outcome.found for outcome in kept})[0]
    return table


def _module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"cannot load {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
