"""Finds where somebody denies something by a verb: who, and whether what is denied is spelt out or pointed at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from kb_app.core.findings import Findings, LocalId
from kb_app.core.passage import Span
from kb_app.extraction.assertions import Assertion, Assertions, Holder, Kind
from kb_app.extraction.inflection import verb_forms
from kb_app.extraction.tokens import Token
from kb_app.extraction.wording import Wording

CLAIM_WITHIN = 4  # words behind the verb among which the noun for a claim stands
FALSE_WITHIN = 7  # words behind "called" among which "false" stands
UNDONE_WITHIN = 3  # words before the verb among which "not" or "refused to" stands
FINITE_WITHIN = 9  # words behind the verb among which a clause without "that" has its own verb
CONTENT_WORDS = 3  # fewer words say nothing of their own
SHORTEST_GERUND = 5  # letters; "king" and "being" are none
QUOTATION_MARKS = "\"“‘'"
_OF = frozenset("of at for in with from".split())
_BE = frozenset("is are was were be been being gets got".split())
_FINITE = frozenset("is are was were has have had did does would will could can".split())
_ENDS = frozenset({";", ":", "but", "while", "although", "though", "saying", "adding", "insisting", "whereas"})
_DAYS = frozenset("today yesterday monday tuesday wednesday thursday friday saturday sunday".split())
_BETWEEN = frozenset("has have had also later again immediately and".split()) | _DAYS
_BEHIND_POINTER = frozenset("on in at by to as , . ; ! and during after through via".split())


class Pointer(StrEnum):
    """What a denial points at where it does not spell out what it denies."""

    SAID = "said"  # "denied it": what was said just before
    CLAIM = "claim"  # "denied the report": the same, or a claim that the article tells
    BLAME = "blame"  # "denied the accusation": an accusation, also farther back
    CLAUSE = "clause"  # "..., which they deny": what stands before in the sentence


class Denial(NamedTuple):
    """Somebody's denial: `content` is what is denied where it is spelt out, `pointer` where to look for it."""

    assertion: Assertion
    cue: Span
    content: Span | None
    pointer: Pointer | None


class _Object(NamedTuple):
    """What a verb of denial is about."""

    content: Span | None
    pointer: Pointer | None
    end: int


class DenialFinder:
    """Finds denials; built once from the word lists."""

    def __init__(self, cues: Mapping[str, frozenset[str]]) -> None:
        self._cues = cues
        self._deny = _forms(cues["deny"])
        self._reject = _forms(cues["reject"])
        self._disagree = _forms(cues["disagree"])
        self._call = _forms(cues["call"])
        self._verbs = self._deny | self._reject | self._disagree | self._call | cues["say"]

    def find(self, findings: Findings, asserted: Assertions, wording: Wording) -> tuple[Denial, ...]:
        """Return the denials in the order of the text."""
        found = [*self._by_verb(findings, asserted, wording), *self._as_false(asserted, wording)]
        return tuple(sorted(found, key=lambda denial: denial.assertion.span))

    def _by_verb(self, findings: Findings, asserted: Assertions, wording: Wording) -> Iterator[Denial]:
        cued = {s.cue.start: s for s in findings.statements if s.cue is not None}
        quoted = [c for s in findings.statements for c in s.content if wording.text[c.start] in QUOTATION_MARKS]
        for number, sentence in enumerate(asserted.sentences):
            tokens = wording.tokens(sentence)
            for at, token in enumerate(tokens):
                if not self._may_deny(tokens, at) or any(q.start <= token.start < q.end for q in quoted):
                    continue
                subject = _subject(wording, tokens, at)
                statement = cued.get(token.start)
                holder = asserted.holder_of(statement) if statement else subject
                about = self._relative(tokens, at, subject) or self._object(tokens, at)
                if holder is not None and about is not None:
                    whole = subject if about.pointer is Pointer.CLAUSE else None
                    start = whole.span.start if whole and whole.span else token.start
                    assertion = Assertion(Span(start, about.end), number, holder, Kind.SAID)
                    yield Denial(assertion, Span(token.start, token.end), about.content, about.pointer)

    def _as_false(self, asserted: Assertions, wording: Wording) -> Iterator[Denial]:
        """Yield what is said to be untrue: "the report was false", "that is not true"."""
        for one in asserted.claimed:
            words = wording.words(one.span)[:FALSE_WITHIN]
            be = next((n for n, word in enumerate(words) if word in _BE), None)
            if one.kind is Kind.ALLEGED or be is None:
                continue
            about = self._pointer(words[:be])
            is_false = self._cues["false"].intersection(words[be:]) and "not" not in words
            is_untrue = "not" in words[be:] and "true" in words[be:]
            if about is not None and (is_false or is_untrue):
                yield Denial(one, one.span, None, about)

    def _may_deny(self, tokens: list[Token], at: int) -> bool:
        if tokens[at].lower not in self._verbs:
            return False
        before = [token.lower for token in tokens[max(0, at - UNDONE_WITHIN) : at]]
        return not self._cues["undone"].intersection(before) and not (before and before[-1] in _BE)

    def _relative(self, tokens: list[Token], at: int, subject: Holder | None) -> _Object | None:
        """Read "..., which the ministry denies" and "a claim the ministry denies"."""
        if subject is None or subject.span is None or tokens[at].lower not in self._deny | self._reject:
            return None
        before = [t.lower for t in tokens[:at] if t.end <= subject.span.start]
        while before and before[-1] in ("the", "a", "an", "that"):
            before.pop()
        is_bare = at + 1 >= len(tokens) or not tokens[at + 1].is_word
        is_relative = bool(before) and (before[-1] == "which" or before[-1] in self._cues["claim"])
        return _Object(None, Pointer.CLAUSE, tokens[at].end) if is_bare and is_relative else None

    def _object(self, tokens: list[Token], at: int) -> _Object | None:
        word, behind = tokens[at].lower, _to_its_end(tokens[at + 1 :])
        words = [token.lower for token in behind]
        end = behind[-1].end if behind else tokens[at].end
        if word in self._cues["say"]:
            reverse = [w for w in words[:2] if w != "the"][:1]
            return _Object(None, Pointer.SAID, end) if self._cues["reverse"].intersection(reverse) else None
        pointer = self._pointer(words[:CLAIM_WITHIN])
        if word in self._call and pointer and self._cues["false"].intersection(words[:FALSE_WITHIN]):
            return _Object(None, pointer, end)
        if word in self._disagree:
            return _Object(None, Pointer.SAID, end)
        if word not in self._deny | self._reject:
            return None
        if pointer in (Pointer.CLAIM, Pointer.BLAME):
            claim = next(n for n, w in enumerate(words) if w in self._cues["claim"])
            said = behind[claim + 1 :]
            return _Object(_content(said), None, end) if _spells_out(said) else _Object(None, pointer, end)
        return self._denied(behind, end) if word in self._deny else None

    def _pointer(self, words: list[str]) -> Pointer | None:
        claim = next((word for word in words if word in self._cues["claim"]), "")
        if claim:
            return Pointer.BLAME if claim in self._cues["blame"] else Pointer.CLAIM
        return Pointer.SAID if words and words[0] in self._cues["pointer"] else None

    def _denied(self, behind: list[Token], end: int) -> _Object | None:
        """Read what follows "denied" where it names no claim; a thing denied to somebody is none."""
        words = [token.lower for token in behind]
        if not words or (words[0] in self._cues["pointer"] and _ends_at(words, 1)):
            return _Object(None, Pointer.SAID, end)
        if words[0] == "that" or (words[0].endswith("ing") and len(words[0]) > SHORTEST_GERUND):
            return _Object(_content(behind), None, end)
        if self._cues["guilt"].intersection(words[:CLAIM_WITHIN]):
            return _Object(_content(behind), Pointer.BLAME, end)
        finite = _FINITE.intersection(words[:FINITE_WITHIN])
        return _Object(_content(behind), None, end) if finite and len(words) >= CONTENT_WORDS else None


def _subject(wording: Wording, tokens: list[Token], at: int) -> Holder | None:
    """Return whom the words right before a verb name."""
    named = wording.named_before(tokens[0].start, tokens[at].start)
    if named is None:
        return None
    gap = [t.lower for t in tokens[:at] if t.start >= named[0].end]
    if gap[:1] == [","]:
        gap = gap[1:]
        named = _described(wording, tokens, named)
    is_near = all(word in _BETWEEN or word.endswith("ly") for word in gap)
    return Holder(named[1], named[0]) if named is not None and is_near else None


def _described(wording: Wording, tokens: list[Token], named: tuple[Span, LocalId]) -> tuple[Span, LocalId] | None:
    """Return whom an insertion describes: of "X, the head of Y, denied" that is X."""
    before = [t for t in tokens if t.end <= named[0].start]
    comma = next((n for n in range(len(before) - 1, -1, -1) if before[n].text == ","), None)
    if comma is None or not _OF.intersection(t.lower for t in before[comma:]):
        return named
    found = wording.named_before(tokens[0].start, before[comma].start)
    return found if found is not None and found[0].end == before[comma].start else None


def _forms(lemmas: frozenset[str]) -> frozenset[str]:
    forms = {form for lemma in lemmas for form in verb_forms(lemma)}
    # "denying" hangs on another verb, and so does its subject
    return frozenset(form for form in forms if not form.endswith("ing"))


def _to_its_end(tokens: list[Token]) -> list[Token]:
    end = next((n for n, token in enumerate(tokens) if token.lower in _ENDS), len(tokens))
    while end and not tokens[end - 1].is_word:
        end -= 1
    return tokens[:end]


def _ends_at(words: list[str], at: int) -> bool:
    return at >= len(words) or words[at] in _BEHIND_POINTER or words[at].endswith("ly")


def _spells_out(tokens: list[Token]) -> bool:
    words = [token.lower for token in tokens]
    return len(words) > CONTENT_WORDS and words[0] in ("that", "of", "by", "about")


def _content(tokens: list[Token]) -> Span:
    first = 1 if tokens[0].lower in ("that", "of", "about") and len(tokens) > 1 else 0
    return Span(tokens[first].start, tokens[-1].end)
