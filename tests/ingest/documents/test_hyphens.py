from __future__ import annotations

import pytest

from kb_app.ingest.documents.hyphens import Hyphens

KNOWN = Hyphens(
    ["the cooperation of a well-known long-term plan is under the board and a price war about fish", "anti-war"]
)


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("the govern-", "ment", "the govern"),
        ("a self-", "exiled", "a self-"),
        ("Anglo-", "American", "Anglo-"),
        ("in 2019-", "20", "in 2019-"),
        ("co-", "operation", "co"),
        ("a long-", "term", "a long-"),
        ("an anti-", "war", "an anti-"),
        ("a price-", "fish", "a price-"),
        ("to under-", "board", "to under"),
        ("GOVERN-", "MENT", "GOVERN"),
        ("a soft\u00ad", "hyphen", "a soft"),
        ("a dash -", "and more", None),
        ("no hyphen", "here", None),
        ("an end-", "“quoted", None),
        ("-", "x", None),
    ],
)
def test_a_hyphen_at_the_end_of_a_line(before: str, after: str, joined: str | None) -> None:
    assert KNOWN.joined(before, after) == joined
