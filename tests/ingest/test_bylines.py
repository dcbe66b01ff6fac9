"""Statements of authors give the names of people and nothing else."""

from __future__ import annotations

import pytest

from kb_app.ingest.bylines import author_of


@pytest.mark.parametrize(
    ("stated", "author"),
    [
        ("By Una Stell and Tomas Varn", "Una Stell, Tomas Varn"),
        ("Una Stell, KNX", "Una Stell"),
        ("Una Stell, Staff Writer", "Una Stell"),
        ("Una Stell in Harbury", "Una Stell"),
        ("Una Stell for Coast Wire", "Una Stell"),
        ("Harbury Post", ""),
        ("Reuters", ""),
        ("https://social.example/una", ""),
        ("admin", ""),
        ("Una Stell Published: May 7, 2015", "Una Stell"),
        ("Von Gesa Lühr", "Gesa Lühr"),
        ("Par Benoît Sarrazin", "Benoît Sarrazin"),
    ],
)
def test_a_statement_of_authors_gives_their_names(stated: str, author: str) -> None:
    assert author_of(stated, "Harbury Post") == author
