#!/usr/bin/env python3
"""Annotate training articles with the weights of the fold that held them out, for `score.py`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from kb_app.exchange.annotation import annotation
from kb_app.extraction.encoder import Encoder
from kb_app.extraction.lexicons import load_lexicons
from kb_app.extraction.pipeline import Extractor
from kb_app.ingest.articles import to_article
from kb_app.ingest.given import load_given
from kb_app.ingest.reading import read_source

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Write one document an article; the folds are those of `learn.py --fold K/N`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", nargs="+", type=Path, required=True, help="exported models, fold 0 first")
    parser.add_argument("--folds", type=int, required=True, help="of how many folds they are, also where some lack")
    parser.add_argument("--gold", type=Path, required=True, help="folder with train/ and articles/")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    lexicons = load_lexicons(ROOT / "resources" / "lexicons")
    given = load_given(options.gold / "articles" / "metadata.json")
    paths = sorted((options.gold / "train").glob("*.json"))
    options.out.mkdir(parents=True, exist_ok=True)
    for number, folder in enumerate(options.models):
        extractor = Extractor(lexicons, Encoder.load(folder))
        for path in paths[number :: options.folds]:
            text_file = options.gold / json.loads(path.read_text(encoding="utf-8"))["text_file"]
            article = to_article(read_source(text_file), given.get(text_file.stem))
            document = annotation(article, extractor.extract(article), path.stem)
            written = json.dumps(document, ensure_ascii=False, indent=1)
            (options.out / path.name).write_text(written + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
