"""One engine for all extraction tests, and a short way to run it on a text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kb_app.core.article import Article, Metadata
from kb_app.core.findings import Findings
from kb_app.core.passage import Span
from kb_app.core.stated_date import parse_edtf
from kb_app.extraction.lexicons import Lexicons, load_lexicons
from kb_app.extraction.pipeline import Extractor

Extract = Callable[..., Findings]


@pytest.fixture(scope="session")
def lexicons(project_root: Path) -> Lexicons:
    return load_lexicons(project_root / "resources" / "lexicons")


@pytest.fixture(scope="session")
def extractor(lexicons: Lexicons) -> Extractor:
    return Extractor(lexicons)


@pytest.fixture
def extract(extractor: Extractor) -> Extract:
    """Extract from a body, published on Thursday 10 September 2020 unless told otherwise; "" is not known."""

    def run(text: str, published: str = "2020-09-10", language: str = "en") -> Findings:
        metadata = Metadata(published=parse_edtf(published) if published else None)
        return extractor.extract(Article(text, Span(0, len(text)), metadata, language=language))

    return run
