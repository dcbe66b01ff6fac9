"""A name in brackets in another script is one more spelling of the name before."""

from __future__ import annotations

import pytest

from kb_app.extraction.lexicons import load_lexicons
from kb_app.extraction.pipeline import Extractor
from kb_app.resources import resource_path
from tests.builders import article


@pytest.mark.parametrize(
    ("text", "also"),
    [
        ("Minister Anna Morel (Анна Морель) spoke in Geneva.", "Анна Морель"),
        ("Minister Anna Morel (in Russian: Анна Морель, born 1970) spoke.", "Анна Морель"),
        ("Minister Anna Morel (right) spoke in Geneva.", None),
    ],
)
def test_the_spelling_in_brackets_belongs_to_the_name(text: str, also: str | None) -> None:
    subject = article(text)
    entities = Extractor(load_lexicons(resource_path("lexicons"))).extract(subject).entities
    morel = next(e for e in entities if e.name == "Anna Morel")
    names = [m.span.of(subject.text) for m in morel.mentions]
    assert (also in names) if also else names == ["Anna Morel"]
