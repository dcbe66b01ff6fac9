"""Roles as the tagger links titles to people and institutions, beside those that the rules read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb_app.core.entity import EntityType
from kb_app.core.findings import FoundRole, Ground, LocalId
from kb_app.core.names import normalised
from kb_app.core.passage import Span
from kb_app.extraction.cast import Cast, Member
from kb_app.extraction.encoder import Tag, Tagged
from kb_app.extraction.lexicons import Lexicons
from kb_app.extraction.link_table import LinkTable
from kb_app.extraction.reading import Reading
from kb_app.extraction.span_index import SpanIndex
from kb_app.extraction.tagged_references import TaggedReferents

SURE_LINK, LEAST_LINK = 0.75, 0.5
REACH = 120  # characters between a name and its title
LEAST_TITLE = 0.35  # confidence of a title that no name stands beside
LONGEST_ROW = 300  # characters of a row of names
_LEADING = re.compile(r"^\s*(?:and|of|for|at|in)\b(?:\s+the\b)?")
_ROW = re.compile(r"^(?:\s*\([^)]{0,30}\))?\s*(?:,|;|and|,\s*and)\s*$")
_BEFORE_NAME = re.compile(r"[\s,]*(?:(?:the|The|Mr|Mrs|Ms|HE|H\.E|Dr|Sir|Dame)\.?\s+)*$")
_AFTER_NAME = re.compile(
    r"\s*(?:[,(–—]|is|was|became|as)\s*(?:who (?:is|was)\s+)?(?:(?!and\b|said\b|says\b|told\b)[\w'’.&-]+\s+){0,7}$"
)
_BEFORE_TITLE = re.compile(r"\s*(?:['’]s?)?\s*(?:[a-z]+\s+){0,2}$")
_AFTER_TITLE = re.compile(r",?\s+(?:of|for|at|in|with|to|from)\s+(?:the\s+|its\s+)?$")


class RoleMerger:
    """Brings the tagger's roles and the rules' of one article together."""

    def __init__(self, lexicons: Lexicons, reading: Reading, referents: TaggedReferents, links: LinkTable) -> None:
        self._lexicons = lexicons
        self._reading = reading
        self._referents = referents
        self._cast: Cast = referents.cast
        self._links = links

    def merged(self, ruled: Sequence[FoundRole], tagged: Tagged) -> tuple[FoundRole, ...]:
        """Return one role for each distinct title of a person."""
        found: dict[LocalId, list[FoundRole]] = defaultdict(list)
        for role in ruled:
            found[role.person].append(role)
        self._titles = SpanIndex(tag.span for tag in tagged.titles)
        for tag in tagged.titles:
            for role in self._roles(tag):
                held = found[role.person]
                same = next((at for at, known in enumerate(held) if _is_same(known, role)), None)
                if same is None:
                    held.append(role)
                else:
                    held[same] = _completed(held[same], role)
        return tuple(sorted((r for held in found.values() for r in held), key=lambda r: r.title_span))

    def _roles(self, tag: Tag) -> Iterator[FoundRole]:
        text = " ".join(tag.span.of(self._reading.text).split())
        known = self._lexicons.titles.get(text.lower())
        if known is not None and known.kind == "honorific":
            return
        institution, country = self._bonds(tag)
        evidence = self._reading.evidence_of(tag.span)
        for person, how in self._holders(tag):
            yield FoundRole(
                person=person.id,
                title=text,
                title_span=tag.span,
                ground=Ground(evidence, tag.confidence, f"{how}: “{text}” of {person.name}"),
                institution=institution,
                country=country,
                qualifiers=_qualifiers(self._lexicons, self._reading, tag.span),
            )

    def _holders(self, tag: Tag) -> list[tuple[Member, str]]:
        """Return who holds the title: the one named right behind it, as linked, or in apposition."""
        adjacent = self._named_behind(tag.span)
        if adjacent is not None:
            span, member = adjacent
            row = self._row(span) if _is_plural(tag.span.of(self._reading.text)) else []
            return [(person, "title before a name") for person in [member, *row]]
        linked = self._linked(tag, "holder")
        if linked is not None and linked[1] >= SURE_LINK:
            return [(linked[0], "title linked to a name")]
        beside = self._in_apposition(tag.span)
        if beside is not None:
            return [(beside, "title beside a name")]
        sure = linked is not None and tag.confidence >= LEAST_TITLE
        return [(linked[0], "title linked to a name")] if sure and linked is not None else []

    def _named_behind(self, title: Span) -> tuple[Span, Member] | None:
        """Return the person named right behind a title and the institution or other titles that follow it."""
        sentence = self._reading.sentence_at(title.start).span
        for span, member in self._cast.within(title.end, min(sentence.end, title.end + REACH)):
            if member.type is EntityType.PERSON:
                gap = self._without_titles(title.end, span.start)
                return (span, member) if _BEFORE_NAME.match(gap) else None
        return None

    def _row(self, span: Span) -> list[Member]:
        """Return the people named after another in one row ("photographers X, Y and Z")."""
        found: list[Member] = []
        end = span.end
        for following, member in self._cast.within(end, end + LONGEST_ROW):
            if member.type is not EntityType.PERSON or not _ROW.match(self._reading.text[end : following.start]):
                break
            found.append(member)
            end = following.end
        return found

    def _in_apposition(self, title: Span) -> Member | None:
        sentence = self._reading.sentence_at(title.start).span
        before = [
            (s, m)
            for s, m in self._cast.within(max(sentence.start, title.start - REACH), title.start)
            if m.type is EntityType.PERSON and m.named
        ]
        if before and _AFTER_NAME.match(self._reading.text[before[-1][0].end : title.start]):
            return before[-1][1]
        return None

    def _linked(self, tag: Tag, label: str) -> tuple[Member, float] | None:
        for link in self._links.of(label, tag.span):
            if link.confidence < LEAST_LINK:
                break
            member = self._referents.member(link.target)
            if member is not None and (member.type is EntityType.PERSON) == (label == "holder"):
                return member, link.confidence
        return None

    def _without_titles(self, start: int, end: int) -> str:
        text = self._reading.text
        words = text[start:end]
        inside = [
            t for t in self._titles.overlapping(Span(start, max(start, end))) if start <= t.start and t.end <= end
        ]
        inside += [s for s, m in self._cast.within(start, end) if m.type is not EntityType.PERSON and m.named]
        for span in sorted(inside, key=len, reverse=True):
            words = words.replace(span.of(text), "")
        return _LEADING.sub("", words)

    def _bonds(self, tag: Tag) -> tuple[LocalId | None, str]:
        linked = self._linked(tag, "held_at")
        body = linked[0] if linked is not None else self._body_beside(tag.span)
        if body is None:
            return None, ""
        if body.type is EntityType.PLACE:
            return None, body.country or body.name
        return body.id, body.country

    def _body_beside(self, title: Span) -> Member | None:
        text = self._reading.text
        sentence = self._reading.sentence_at(title.start).span
        around = self._cast.within(max(sentence.start, title.start - REACH), min(sentence.end, title.end + REACH))
        bodies = [(s, m) for s, m in around if m.type is not EntityType.PERSON]
        after = [(s, m) for s, m in bodies if s.start >= title.end]
        if after and _AFTER_TITLE.match(text[title.end : after[0][0].start]):
            return after[0][1]
        before = [(s, m) for s, m in bodies if s.end <= title.start]
        if before and _BEFORE_TITLE.match(text[before[-1][0].end : title.start]):
            return before[-1][1]
        return None


def _is_plural(title: str) -> bool:
    return title.endswith("s") and not title.endswith("ss") and not title.isupper()


def _is_same(known: FoundRole, role: FoundRole) -> bool:
    return known.title_span.overlaps(role.title_span) or normalised(known.title) == normalised(role.title)


def _completed(known: FoundRole, role: FoundRole) -> FoundRole:
    return replace(
        known,
        institution=known.institution or role.institution,
        country=known.country or role.country,
        qualifiers=known.qualifiers or role.qualifiers,
    )


def _qualifiers(lexicons: Lexicons, reading: Reading, title: Span) -> tuple[str, ...]:
    """Return the words like "former" right before a title."""
    found: list[str] = []
    for token in reversed(reading.sentence_at(title.start).tokens):
        if token.end > title.start:
            continue
        if token.lower not in lexicons.qualifiers:
            break
        found.insert(0, token.text)
    return tuple(found)
