"""A passage that stands in two texts is found with its place in both."""

from __future__ import annotations

from kb_app.core.article import Article
from kb_app.core.reuse import lifted, shared_stretches
from kb_app.core.shingles import wording_of
from tests import builders

LIFTED = " ".join(f"word{n}" for n in range(30))


def _article(*paragraphs: str) -> Article:
    return builders.article("\n\n".join(paragraphs))


def _own(name: str) -> str:
    return " ".join(f"{name}{n}" for n in range(40)) + "."


def test_a_lifted_paragraph_is_found_in_both_texts() -> None:
    one, other = _article(_own("a"), f"{LIFTED}.", _own("b")), _article(_own("c"), _own("d"), f"{LIFTED.upper()}!")
    (found,) = lifted(wording_of(one), wording_of(other))
    assert (found.one.of(one.text), found.other.of(other.text)) == (LIFTED, LIFTED.upper())
    assert (found.words, found.is_paragraph) == (30, True)


def test_a_run_inside_paragraphs_counts_from_25_words() -> None:
    words = LIFTED.split()
    for count, expected in ((24, 0), (25, 1)):
        run = " ".join(words[:count])
        one, other = _article(f"{_own('a')} {run} {_own('b')}"), _article(f"{_own('c')} {run} {_own('d')}")
        assert len(lifted(wording_of(one), wording_of(other))) == expected


def test_a_few_words_changed_inside_do_not_cut_a_passage() -> None:
    words = LIFTED.split()
    changed = " ".join([*words[:14], "quite", "other", *words[16:]])
    one, other = _article(_own("a"), LIFTED), _article(_own("b"), changed)
    (found,) = lifted(wording_of(one), wording_of(other))
    assert (found.words, found.other.of(other.text)) == (28, changed)


def test_nothing_is_shared_by_texts_of_other_words() -> None:
    assert shared_stretches(wording_of(_article(_own("a"))), wording_of(_article(_own("b")))) == ()


def test_stretches_are_as_long_as_they_can_be_and_in_order() -> None:
    words = LIFTED.split()
    one = _article(LIFTED)
    other = _article(" ".join([*words[10:], *words[:10]]))
    found = shared_stretches(wording_of(one), wording_of(other))
    assert [stretch.words for stretch in found] == [10, 20]
