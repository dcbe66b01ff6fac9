"""Column mappings are read, written and recognised."""

from __future__ import annotations

import pytest

from kb_app.core.column_mapping import (
    ColumnMapping,
    chosen_mapping,
    fingerprint_of,
    mapping_from_words,
    mappings_from_json,
    mappings_to_json,
)
from kb_app.core.errors import Refused


def test_a_mapping_survives_being_written() -> None:
    mappings = (ColumnMapping("abc", title="Headline", text="Body of it"), ColumnMapping(html="page"))
    assert mappings_from_json(mappings_to_json(mappings)) == mappings
    assert mappings_from_json(mappings_to_json(())) == ()


def test_one_mapping_may_stand_alone() -> None:
    assert mappings_from_json('{"text": "body"}') == (ColumnMapping(text="body"),)


def test_the_mapping_for_a_table_goes_before_one_for_any() -> None:
    columns = ["Title", "Body"]
    own, any_table = ColumnMapping(fingerprint_of(columns), text="Body"), ColumnMapping(text="words")
    assert chosen_mapping((any_table, own), columns) == own
    assert chosen_mapping((any_table, own), ["words"]) == any_table
    assert chosen_mapping((own,), ["words"]) is None


def test_a_mapping_is_read_from_words() -> None:
    assert mapping_from_words("text=body, Title = headline") == ColumnMapping(text="body", title="headline")


@pytest.mark.parametrize("words", ["text", "text=", "words=body", ""])
def test_words_that_are_no_mapping_are_refused(words: str) -> None:
    with pytest.raises(Refused) as refused:
        mapping_from_words(words)
    assert refused.value.code == "mapping"


@pytest.mark.parametrize("text", ["{", "[4]", '{"text": 4}', '{"words": "body"}', "[" * 100_000])
def test_json_that_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        mappings_from_json(text)
    assert refused.value.code == "mapping"


def test_tables_of_the_same_columns_have_one_fingerprint() -> None:
    assert fingerprint_of(["Title", "Body"]) == fingerprint_of(["body ", "title"])
    assert fingerprint_of(["Title", "Body"]) != fingerprint_of(["Title", "Body", "Date"])
