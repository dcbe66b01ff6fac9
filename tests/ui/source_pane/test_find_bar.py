"""Words are found in an article."""

from __future__ import annotations

import pytest

from kb_app.core.passage import Span
from kb_app.ui.source_pane.find_bar import find_all

TEXT = "The\ndam, not a Dam of Вела"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("dam", [Span(4, 7), Span(15, 18)]),
        ("the  dam", [Span(0, 7)]),
        ("вела", [Span(22, 26)]),
        ("d.m", []),
        ("", []),
        ("  ", []),
    ],
)
def test_case_and_broken_spaces_do_not_matter(words: str, found: list[Span]) -> None:
    assert list(find_all(TEXT, words)) == found
