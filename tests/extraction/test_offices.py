"""The topic of an office is no body of its own."""

from __future__ import annotations

from kb_app.core.entity import EntityType
from kb_app.extraction.lexicons import load_lexicons
from kb_app.extraction.pipeline import Extractor
from kb_app.resources import resource_path
from tests.builders import article


def test_the_topic_of_a_minister_is_no_institution() -> None:
    text = "Water Resources Minister Anna Morel spoke. The Interior Ministry did not."
    entities = Extractor(load_lexicons(resource_path("lexicons"))).extract(article(text)).entities
    assert [e.name for e in entities if e.type is EntityType.INSTITUTION and e.named] == ["Interior Ministry"]
