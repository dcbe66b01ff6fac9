"""Finds where holders contradict each other in one article: a denial and the claim it is about, figures that differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from kb_app.core.article import Article
from kb_app.core.findings import Findings, FoundDispute, FoundPosition, Ground
from kb_app.core.passage import Span
from kb_app.extraction.assertions import Assertion, Assertions, Holder, Kind
from kb_app.extraction.denials import Denial, DenialFinder, Pointer
from kb_app.extraction.figures import FigureFinder
from kb_app.extraction.lexicons import Lexicons
from kb_app.extraction.wording import Wording, entities_of, key_of

# How sure each kind of contradiction is, from reading what was found in development articles, rounded.
POINTED_SURE, DENIED_SURE, NEGATED_SURE, FIGURES_SURE = 0.7, 0.65, 0.5, 0.55
NEAR = 2  # sentences before a denial in which "it" or "the report" is looked for
BLAMED_WITHIN = 6  # sentences before a denial in which "the accusation" is looked for
SUCH_WITHIN = 8  # sentences between "no such order" and the other's order
STILL_NEAR = 3  # sentences between two sides of which one word and one name in common are enough
SHARED_PART = 0.5  # of the shorter one's keys, which two clauses must share to speak of the same
NEARLY_ALL = 0.75  # the same, where they share one word and one name only
TOPIC_WORDS = 14
MOST_CLAIMS = 300  # of one article that are compared with each other
MOST_CLASHES = 200  # of one kind in one article
CLAIMS_TURNED = 4  # by one negated clause, the nearest ones


class _Clash(NamedTuple):
    """Two assertions that contradict each other."""

    claim: Assertion
    denial: Assertion
    topic: str
    confidence: float
    reason: str


class DisputeFinder:
    """Finds disputes; built once from the lexicons."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._cues = lexicons.dispute_cues
        self._denials = DenialFinder(lexicons.dispute_cues)
        self._figures = FigureFinder(lexicons.dispute_cues)

    def find(self, article: Article, findings: Findings) -> tuple[FoundDispute, ...]:
        """Return the disputes in the order of the text, each with at least two holders."""
        asserted = Assertions(article, findings, self._cues["allege"])
        wording = Wording(article.text, findings.entities, self._cues)
        scene = _Scene(asserted, wording, self._cues)
        denials = self._denials.find(findings, asserted, wording)[:MOST_CLASHES]
        clashes = [*scene.denied(denials), *islice(scene.negated(), MOST_CLASHES)]
        for one, other, topic, reason in self._figures.find(findings, asserted, wording)[:MOST_CLASHES]:
            clashes.append(_Clash(one, other, topic, FIGURES_SURE, reason))
        return tuple(_disputes(asserted, clashes))


class _Scene:
    """Matches the denials of one article with what they are about."""

    def __init__(self, asserted: Assertions, wording: Wording, cues: Mapping[str, frozenset[str]]) -> None:
        self._asserted = asserted
        self._wording = wording
        self._cues = cues
        self._claimed = asserted.claimed[:MOST_CLAIMS]
        self._unreal = {a.span for a in (*self._claimed, *asserted.told) if self._is_unreal(a.span)}

    def denied(self, denials: Iterable[Denial]) -> Iterator[_Clash]:
        """Yield the denials by a verb, each with the claim denied."""
        for denial in denials:
            cue = _short(denial.cue.of(self._wording.text))
            content = denial.content
            claim = self._spelt_out(denial, content) if content is not None else None
            if claim is not None and content is not None:
                yield _Clash(claim, denial.assertion, self._topic(content), DENIED_SURE, f"“{cue}” against a claim")
                continue
            claim = self._pointed_at(denial)
            if claim is not None:
                reason = f"“{cue}” of what was said before"
                yield _Clash(claim, denial.assertion, self._topic(claim.span), POINTED_SURE, reason)

    def _topic(self, span: Span) -> str:
        return span.of(self._wording.text)

    def _others(self, holder: Holder) -> list[Assertion]:
        return [a for a in self._claimed if not self._asserted.is_one_side(a.holder, holder) or self._blames(a, holder)]

    def _blames(self, claim: Assertion, holder: Holder) -> bool:
        """Tell whether a claim accuses a holder: who does that does not speak for him, whatever links the two."""
        is_other = claim.holder.entity is not None and claim.holder.entity != holder.entity
        return is_other and claim.kind is Kind.ACCUSED and self._names(claim, holder)

    def _pointed_at(self, denial: Denial) -> Assertion | None:
        """Return what a denial points at: the latest claim of another before it."""
        one = denial.assertion
        if denial.pointer is None:
            return None
        before = [a for a in self._others(one.holder) if a.span.end <= one.span.start]
        if denial.pointer is Pointer.BLAME:
            blaming = [a for a in before if self._blames(a, one.holder)]
            if blaming:
                return blaming[-1]
            before = [
                a
                for a in before
                if a.kind is not Kind.SAID or (self._names(a, one.holder) and one.sentence - a.sentence <= NEAR)
            ]
        within = {Pointer.BLAME: BLAMED_WITHIN, Pointer.CLAUSE: 0}.get(denial.pointer, NEAR)
        before = [a for a in before if one.sentence - a.sentence <= within]
        if not before and denial.pointer is Pointer.CLAUSE:
            return self._clause_before(denial)
        if not before and denial.pointer in (Pointer.CLAIM, Pointer.BLAME):
            before = [a for a in self._asserted.told if 0 < one.sentence - a.sentence <= NEAR and self._claims(a.span)]
        return before[-1] if before else None

    def _names(self, claim: Assertion, holder: Holder) -> bool:
        return holder.entity is not None and key_of(holder.entity) in self._wording.keys(claim.span)

    def _claims(self, span: Span) -> bool:
        return self._wording.has(span, self._cues["claim"])

    def _clause_before(self, denial: Denial) -> Assertion | None:
        sentence = self._asserted.sentences[denial.assertion.sentence]
        comma = self._wording.text.rfind(",", sentence.start, denial.cue.start)
        if comma < 0:
            return None
        return Assertion(Span(sentence.start, comma), denial.assertion.sentence, Holder(), Kind.TOLD)

    def _spelt_out(self, denial: Denial, content: Span) -> Assertion | None:
        """Return the claim of another, or what the article tells, that shares most with what is denied."""
        one, keys = denial.assertion, self._wording.keys(content)
        told = [a for a in self._asserted.told if a.sentence != one.sentence]
        best: tuple[int, Assertion] | None = None
        for claim in [*self._others(one.holder), *told]:
            if claim.span.overlaps(one.span) or claim.span in self._unreal:
                continue
            shared = keys & self._wording.keys(claim.span)
            names, stems = entities_of(shared), shared - entities_of(shared)
            near = abs(claim.sentence - one.sentence) <= STILL_NEAR
            if claim.kind is Kind.TOLD:
                fits = len(stems) >= 3 or (len(stems) >= 2 and bool(names))
            else:
                fits = len(stems) >= 2 or (bool(stems) and bool(names) and near)
            if fits and not stems & self._wording.denied(claim.span) and (best is None or len(shared) > best[0]):
                best = (len(shared), claim)
        return best[1] if best else None

    def negated(self) -> Iterator[_Clash]:
        """Yield clauses with "not", "never" or "nobody", each with the claims of others that it turns."""
        speaking_of: dict[str, set[int]] = {}
        for number, claim in enumerate(self._claimed):
            for key in self._wording.keys(claim.span):
                speaking_of.setdefault(key, set()).add(number)
        for one in self._claimed:
            turned = self._wording.denied(one.span)
            turned -= entities_of(turned)
            if one.kind is Kind.ALLEGED or one.span in self._unreal:
                continue
            claims = set[int]().union(*(speaking_of.get(key, ()) for key in turned))
            fitting = [c for c in map(self._claimed.__getitem__, claims) if self._is_turned(one, c, turned)]
            for claim in sorted(fitting, key=lambda c: (abs(c.sentence - one.sentence), c.span))[:CLAIMS_TURNED]:
                words = self._wording.said(one.span, turned & self._wording.keys(claim.span))
                reason = f"one says what the other negates: “{words}”"
                yield _Clash(claim, one, self._topic(claim.span), NEGATED_SURE, reason)

    def _is_turned(self, one: Assertion, claim: Assertion, turned: frozenset[str]) -> bool:
        if claim.span in self._unreal or claim.span.overlaps(one.span):
            return False
        if self._asserted.is_one_side(one.holder, claim.holder):
            return False
        keys, others = self._wording.keys(one.span), self._wording.keys(claim.span)
        shared = keys & others
        stems = shared - entities_of(shared)
        if not turned & stems or stems & self._wording.denied(claim.span):
            return False
        away = abs(claim.sentence - one.sentence)
        if away <= SUCH_WITHIN and self._wording.such(one.span) & stems:
            return True
        part = len(shared) / min(len(keys), len(others))
        if len(stems) >= 2:
            return part >= SHARED_PART
        return bool(entities_of(shared)) and away <= STILL_NEAR and part >= NEARLY_ALL

    def _is_unreal(self, span: Span) -> bool:
        """Tell whether a clause asks, wishes, guesses or sets a condition."""
        return "?" in span.of(self._wording.text) or self._wording.has(span, self._cues["unreal"])


def _disputes(asserted: Assertions, clashes: list[_Clash]) -> Iterator[FoundDispute]:
    """Yield one dispute for all clashes that share a side, in the order of the text."""
    groups: list[list[_Clash]] = []
    for clash in clashes:
        same = [g for g in groups if any(_share(clash, other) for other in g)]
        merged = [clash, *(c for g in same for c in g)]
        groups = [g for g in groups if g not in same] + [merged]
    found = [_dispute(asserted, sorted(group, key=lambda c: -c.confidence)) for group in groups]
    yield from sorted(found, key=lambda d: d.positions[0].span)


def _share(one: _Clash, other: _Clash) -> bool:
    return any(a.span.overlaps(b.span) for a in (one.claim, one.denial) for b in (other.claim, other.denial))


def _dispute(asserted: Assertions, group: list[_Clash]) -> FoundDispute:
    best = group[0]
    positions: dict[Span, FoundPosition] = {}
    for clash in group:
        for side in (clash.claim, clash.denial):
            if not any(side.span.overlaps(span) for span in positions):
                positions[side.span] = FoundPosition(side.span, side.holder.entity, side.holder.span)
    ground = Ground(asserted.sentences[best.denial.sentence], best.confidence, best.reason)
    return FoundDispute(_short(best.topic), tuple(positions[s] for s in sorted(positions)), ground)


def _short(text: str) -> str:
    words = "".join(character for character in text if character not in '"“”`').split()
    short = " ".join(words[:TOPIC_WORDS]).strip(" .,;'‘’")
    return f"{short} …" if len(words) > TOPIC_WORDS else short
