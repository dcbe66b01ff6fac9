"""Which finding belongs to which annotation: the alignment of score.py, kept pair by pair instead of counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from tests.quality.annotated import Json, Outcome

OVERLAP = 0.5  # of the longer content's characters, from which on two contents are the same
_CLOSE = 0.01  # score.py's way of letting a pair of weight nought be taken

Spot = tuple[int, int]
Pairs = list[tuple[int, int]]


class Named(NamedTuple):
    """A named mention in the order of fields that score.py compares."""

    span: Spot
    type: str
    entity: str
    optional: bool
    mention: Json


@dataclass(frozen=True, slots=True)
class Fit:
    """One layer of one article: what is asked, what was found, which belong together, what counts for nothing."""

    asked: Sequence[Any]
    found: Sequence[Any]
    pairs: Pairs
    free: frozenset[int] = frozenset()  # of what was found

    @property
    def counts(self) -> tuple[int, int, int]:
        """Return what the scorer counts: right, found, asked."""
        return len(self.pairs), len(self.found) - len(self.free), len(self.asked)

    @property
    def matched(self) -> list[tuple[Any, Any]]:
        """Return what is asked with what was found for it."""
        return [(self.asked[i], self.found[j]) for i, j in self.pairs]

    @property
    def missed(self) -> list[Any]:
        """Return what is asked and was not found."""
        hit = {i for i, _ in self.pairs}
        return [one for i, one in enumerate(self.asked) if i not in hit]

    @property
    def spurious(self) -> list[Any]:
        """Return what was found and is not asked."""
        hit = {j for _, j in self.pairs} | self.free
        return [one for j, one in enumerate(self.found) if j not in hit]


class Fitter:
    """Fits the layers of one article by the rules of score.py, whose module it is given."""

    def __init__(self, scorer: Any, outcome: Outcome) -> None:
        self.outcome = outcome
        self._score = scorer
        self._view = scorer.View(outcome.truth)
        self._aligned: dict[str, str] = scorer.align(outcome.truth, outcome.found)
        self._bodies = {one["id"]: one for one in outcome.found["entities"]}

    def person(self, entity: str | None) -> str | None:
        """Return the annotated entity that one of ours is taken for."""
        return self._aligned.get(entity) if entity else None

    def mentions(self, *, strict: bool = False, typed: bool = True) -> Fit:
        """Fit named mentions by overlap or exactly, with their types or without."""
        asked = self._named(self.outcome.truth)
        wanted = [one for one in asked if not one.optional]
        allowed = [one.span for one in asked if one.optional]
        found = self._counted_mentions()

        def fits(one: Named, other: Named) -> bool:
            return not typed or one.type == other.type

        pairs = self._score.match_spans(wanted, found, fits, strict)
        return Fit(wanted, found, pairs, self._over(found, pairs, allowed))

    def entities(self) -> Fit:
        """Fit people, institutions and places that have a name."""
        truth = {one["id"]: one for one in self.outcome.truth["entities"]}
        asked = {key: spans for key, one in truth.items() if (spans := self._required(one))}
        found = {key: spans for key, one in self._bodies.items() if (spans := self._read_names(one, asked))}
        wanted, ours = list(asked), list(found)
        pairs = [
            (wanted.index(other), ours.index(key))
            for key, other in self._aligned.items()
            if other in asked
            and key in found
            and self._bodies[key]["type"] == truth[other]["type"]
            and any(self._score.inter(a, b) for a in found[key] for b in asked[other])
        ]
        return Fit([truth[key] for key in wanted], [self._bodies[key] for key in ours], pairs)

    def roles(self, *, whole: bool = False) -> Fit:
        """Fit roles by person and title, or with institution and country too."""
        asked, found = self.outcome.truth["roles"], self.outcome.found["roles"]
        weights = [[self._role_weight(one, other, whole) for other in found] for one in asked]
        return Fit(asked, found, self._score.assign(weights))

    def times(self) -> Fit:
        """Fit time expressions by overlap."""
        spot = self._score.sp
        everything = [(spot(one), one) for one in self.outcome.truth["time_expressions"]]
        found = [
            (at, one)
            for one in self.outcome.found["time_expressions"]
            if self._view.status(at := spot(one)) == "in" or any(self._score.inter(at, g[0]) for g in everything)
        ]
        asked = [pair for pair in everything if not pair[1].get("optional")]
        allowed = [at for at, one in everything if one.get("optional")]
        pairs = self._score.match_spans(asked, found)
        free = self._over(found, pairs, allowed)
        return Fit([one for _, one in asked], [one for _, one in found], pairs, free)

    def is_time_right(self, asked: Json, found: Json) -> bool:
        """Tell whether a time expression has a value that counts as right."""
        return bool(self._score.value_ok(asked["value"], found["value"], asked.get("alt_values", ())))

    def events(self, *, dated: bool = False) -> Fit:
        """Fit events by trigger or evidence, or by their date too."""
        everything = self.outcome.truth["events"]
        asked = [one for one in everything if not one.get("optional")]
        found = self.outcome.found["events"]
        plain = self._score.assign([[self._event_weight(a, b) for b in found] for a in asked])
        free = self._free_events(found, plain)
        if not dated:
            return Fit(asked, found, plain, free)
        weights = [[self._event_weight(a, b) if self.is_date_right(a, b) else 0.0 for b in found] for a in asked]
        pairs = self._score.assign(weights)
        return Fit(asked, found, pairs, free & self._free_events(found, pairs))

    def is_date_right(self, asked: Json, found: Json) -> bool:
        """Tell whether an event has a date that counts as right."""
        values = [(one.get("date") or {}).get("value") for one in (asked, found)]
        return bool(self._score.value_ok(*values, (asked.get("date") or {}).get("alt_values", ())))

    def statements(self, *, spoken: bool = True) -> Fit:
        """Fit statements by content and speaker, or by content alone."""
        everything = self.outcome.truth["statements"]
        asked = [one for one in everything if not one.get("optional")]
        found = self.outcome.found["statements"]
        weights = [
            [self._content_weight(a, b) if not spoken or self.is_speaker_right(a, b) else 0.0 for b in found]
            for a in asked
        ]
        pairs = self._score.assign(weights)
        hit = {j for _, j in pairs}
        left = [j for j in range(len(found)) if j not in hit]
        optional = [one for one in everything if one.get("optional")]
        spare = self._score.assign([[self._content_weight(a, found[j]) for j in left] for a in optional])
        return Fit(asked, found, pairs, frozenset(left[j] for _, j in spare))

    def is_speaker_right(self, asked: Json, found: Json) -> bool:
        """Tell whether a statement is given to the right entity, or to the right words where it is none."""
        if asked.get("speaker"):
            return self.person(found.get("speaker")) == asked["speaker"]
        one, other = self._score.sp(asked.get("speaker_span")), self._score.sp(found.get("speaker_span"))
        if not one:
            return not found.get("speaker")
        if other and self._score.inter(one, other):
            return True
        body = self._bodies.get(found.get("speaker") or "")
        return any(self._score.inter(one, self._score.sp(m)) for m in (body or {}).get("mentions", ()))

    def shared(self, asked: Json, found: Json) -> float:
        """Return the share of the longer content that two statements have in common."""
        one, other = (self._score.chars(self._score.spans(s["content"])) for s in (asked, found))
        return len(one & other) / max(len(one), len(other)) if one and other else 0.0

    def relations(self) -> Fit:
        """Fit relations by their two ends and type."""
        asked = _once((self._ends(one, lambda entity: entity), one) for one in self.outcome.truth["relations"])
        found = _once(
            (self._ends(one, self.person) or ("?", number), one)
            for number, one in enumerate(self.outcome.found["relations"])
        )
        wanted, ours = list(asked), list(found)
        pairs = [(i, ours.index(key)) for i, key in enumerate(wanted) if key in found]
        return Fit(list(asked.values()), list(found.values()), pairs)

    def _named(self, document: Json) -> list[Named]:
        found = [
            Named(self._score.sp(m), one["type"], one["id"], bool(m.get("optional")), m)
            for one in document["entities"]
            for m in one["mentions"]
            if m["kind"] in self._score.NAMED
        ]
        return sorted(found, key=lambda one: one[:3])

    def _counted_mentions(self) -> list[Named]:
        """Return ours once a span and type, without those in metadata lines, which the scorer does not look at."""
        once: dict[tuple[Spot, str], Named] = {}
        for one in self._named(self.outcome.found):
            if self._view.status(one.span) != "ignore":
                once.setdefault((one.span, one.type), one)
        return list(once.values())

    def _over(self, found: Sequence[Any], pairs: Pairs, allowed: Sequence[Spot]) -> frozenset[int]:
        """Number what was found beside the pairs and lies over something optional."""
        hit = {j for _, j in pairs}
        return frozenset(
            j
            for j, one in enumerate(found)
            if j not in hit and any(self._score.inter(one[0], spot) for spot in allowed)
        )

    def _required(self, entity: Json) -> list[Spot]:
        named = (m for m in entity["mentions"] if m["kind"] in self._score.NAMED and not m.get("optional"))
        return [self._score.sp(m) for m in named]

    def _read_names(self, entity: Json, asked: dict[str, list[Spot]]) -> list[Spot]:
        """Return the names of one of ours that count: outside metadata, and not on optional mentions alone."""
        optional = [
            self._score.sp(m) for one in self.outcome.truth["entities"] for m in one["mentions"] if m.get("optional")
        ]
        required = [spot for spots in asked.values() for spot in spots]
        inter = self._score.inter
        names = [self._score.sp(m) for m in entity["mentions"] if m["kind"] in self._score.NAMED]
        return [
            at
            for at in names
            if self._view.status(at) != "ignore"
            and (not any(inter(at, spot) for spot in optional) or any(inter(at, spot) for spot in required))
        ]

    def _role_weight(self, asked: Json, found: Json, whole: bool) -> float:
        same_person = asked["person"] is not None and self.person(found["person"]) == asked["person"]
        if not same_person or not self._score.title_match(asked["title"], found["title"]):
            return 0.0
        if whole and not self.is_place_right(asked, found):
            return 0.0
        same_head = self._score.title_head(asked["title"]) == self._score.title_head(found["title"])
        return 1.0 + same_head

    def is_place_right(self, asked: Json, found: Json) -> bool:
        """Tell whether a role has the right institution, or where it has none the right country."""
        if asked["institution"]:
            return self.person(found["institution"]) == asked["institution"]
        ours, theirs = (self._score.norm_country(one["country"]) for one in (found, asked))
        return theirs is None or ours == theirs

    def _event_weight(self, asked: Json, found: Json) -> float:
        score = self._score
        ours, theirs = ([score.sp(one["trigger"]), *score.spans(one["other_triggers"])] for one in (found, asked))
        touches = any(score.inter(a, b) for a in theirs for b in ours)
        same_type = asked["type"] == found["type"]
        one, other = score.sp(asked["evidence"]), score.sp(found["evidence"])
        share = score.inter(one, other) / min(one[1] - one[0], other[1] - other[0])
        if not touches and not (share >= OVERLAP and same_type):
            return 0.0
        return 2.0 * touches + 1.0 * same_type + 0.5 * share + _CLOSE

    def _free_events(self, found: Sequence[Json], pairs: Pairs) -> frozenset[int]:
        """Number those beside the pairs that fit an optional event or stand on the verb of a statement."""
        score, truth = self._score, self.outcome.truth
        hit = {j for _, j in pairs}
        left = [j for j in range(len(found)) if j not in hit]
        optional = [one for one in truth["events"] if one.get("optional")]
        weights = [
            [
                self._event_weight(one, found[j]) - _CLOSE
                if score.inter(score.sp(one["trigger"]), score.sp(found[j]["trigger"]))
                else 0.0
                for j in left
            ]
            for one in optional
        ]
        cues = [score.sp(one["cue"]) for one in truth["statements"] if one.get("cue")]
        said = {
            j
            for j in left
            if found[j]["type"] == "statement" and any(score.inter(score.sp(found[j]["trigger"]), cue) for cue in cues)
        }
        return frozenset({left[j] for _, j in score.assign(weights)} | said)

    def _content_weight(self, asked: Json, found: Json) -> float:
        share = self.shared(asked, found)
        return share if share >= OVERLAP else 0.0

    def _ends(self, relation: Json, known: Callable[[str], str | None]) -> tuple[str, str, str] | None:
        one, other = known(relation["from"]), known(relation["to"])
        if one is None or other is None:
            return None
        if relation["type"] in self._score.SYMMETRIC:
            one, other = sorted((one, other))
        return one, other, relation["type"]


def _once(keyed: Iterable[tuple[Any, Json]]) -> dict[Any, Json]:
    found: dict[Any, Json] = {}
    for key, one in keyed:
        if key is not None:
            found.setdefault(key, one)
    return found


def fitters(scorer: Any, read: Iterable[Outcome]) -> Iterator[Fitter]:
    """Yield a fitter for each article."""
    return (Fitter(scorer, outcome) for outcome in read)
