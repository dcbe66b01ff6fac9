"""An event's name is short and says who did what."""

from __future__ import annotations

import pytest

from kb_app.extraction.lexicons import load_lexicons
from kb_app.extraction.pipeline import Extractor
from kb_app.resources import resource_path
from tests.builders import article


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        (
            "On Monday, Interior Minister Anna Morel met with Prime Minister Karl Brandt in Geneva, he said.",
            "Anna Morel met with Prime Minister Karl Brandt in Geneva",
        ),
        (
            "Police said that 43 people had been detained the previous day.",
            "43 people had been detained the previous day",
        ),
    ],
)
def test_the_title_is_the_actor_and_the_words_around_the_trigger(sentence: str, title: str) -> None:
    extractor = Extractor(load_lexicons(resource_path("lexicons")))
    assert title in [event.title for event in extractor.extract(article(sentence)).events]
