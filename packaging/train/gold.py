"""Annotated articles as the tagger learns from them: labels of words, attributes, spans and links."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy
import scheme

from kb_app.core.article import Article, Metadata, Zone, ZoneKind
from kb_app.core.passage import Span
from kb_app.core.stated_date import parse_edtf
from kb_app.extraction.encoder_words import Words, read_words
from kb_app.extraction.first_look import FirstLook
from kb_app.extraction.lexicons import load_lexicons
from kb_app.extraction.reading import read

ROOT = Path(__file__).resolve().parents[2]
UNKNOWN = -100
Stretch = tuple[int, int]  # first and last word


@dataclass(frozen=True, slots=True)
class Place:
    """A labelled span of words: its head, first and last word, type, and the id of what it stands for."""

    head: str
    first: int
    last: int
    kind: str
    owner: str = ""
    optional: bool = False


@dataclass(slots=True)
class Lesson:
    """An article to learn from; `links` is labels x spans x spans: 1 linked, 0 not, -1 not asked."""

    name: str
    text: str
    words: Words
    labels: dict[str, Any]
    attributes: dict[str, Any]
    places: list[Place] = field(default_factory=list)
    links: Any = None


def read_gold(root: Path, path: Path) -> Lesson:
    """Read one annotated article; its text lies under the root of the annotation."""
    document = json.loads(path.read_text(encoding="utf-8"))
    with (root / document["text_file"]).open(encoding="utf-8", newline="") as handle:
        text = handle.read()
    words = hinted_words(text, document["article"])
    size = len(words)
    lesson = Lesson(
        name=str(document["doc_id"]),
        text=text,
        words=words,
        labels={head: numpy.zeros(size, dtype=numpy.int64) for head in scheme.SEQUENCES},
        attributes={head: numpy.full(size, UNKNOWN, dtype=numpy.int64) for head in scheme.ATTRIBUTES},
    )
    _Marker(lesson, document).mark()
    return lesson


def hinted_words(text: str, about: dict[str, Any]) -> Words:
    """Cut an annotated article into words with the hints that the engine gives the tagger."""
    published = parse_edtf(about["published"]) if about.get("published") else None
    title = about.get("title_span")
    holes = [Zone(ZoneKind.METADATA, Span(h["start"], h["end"])) for h in about.get("body_exclusions") or []]
    article = Article(
        text,
        Span(about["body_start"], about["body_end"]),
        Metadata(published=published),
        title_span=Span(title["start"], title["end"]) if title else None,
        zones=tuple(holes),
    )
    return first_look().look(read(article), read_words(text, zones_of(about))).words


@cache
def first_look() -> FirstLook:
    """Give the rules that look at an article before the tagger."""
    return FirstLook(load_lexicons(ROOT / "resources" / "lexicons"))


def zones_of(article: dict[str, Any]) -> list[Span]:
    """Give the read parts of an annotated article: title and body without what the body excludes."""
    zones = []
    if article.get("title_span"):
        zones.append(Span(article["title_span"]["start"], article["title_span"]["end"]))
    at = article["body_start"]
    for gap in sorted(article.get("body_exclusions") or [], key=lambda g: g["start"]):
        if gap["start"] > at:
            zones.append(Span(at, gap["start"]))
        at = max(at, gap["end"])
    if article["body_end"] > at:
        zones.append(Span(at, article["body_end"]))
    return zones


class _Marker:
    """Write the annotation of one article into its lesson."""

    def __init__(self, lesson: Lesson, document: dict[str, Any]) -> None:
        self.lesson = lesson
        self.document = document
        self.known: dict[tuple[str, int, int], int] = {}
        self.of_entity: dict[str, list[int]] = {}

    def mark(self) -> None:
        """Mark spans first, the longest first within a head, then what links them."""
        self._mark_entities()
        for time in self.document["time_expressions"]:
            self._place("time", time, time["type"], optional=bool(time.get("optional")))
        self._mark_events()
        self._mark_statements()
        for role in self.document["roles"]:
            self._place("title", role["title_span"], "title")
        self._paint()
        self._link()

    def stretch(self, span: dict[str, Any]) -> Stretch | None:
        """Find the words that a span touches."""
        first = bisect_right(self.lesson.words.ends, span["start"])
        last = bisect_left(self.lesson.words.starts, span["end"]) - 1
        return (first, last) if first <= last else None

    def _place(self, head: str, span: dict[str, Any] | None, kind: str, **more: Any) -> int | None:
        stretch = self.stretch(span) if span else None
        if stretch is None:
            return None
        key = (head, *stretch)
        if key not in self.known:
            self.known[key] = len(self.lesson.places)
            self.lesson.places.append(Place(head, *stretch, kind, **more))
        return self.known[key]

    def _attribute(self, head: str, at: int | None, value: str | None) -> None:
        if at is None or value not in scheme.ATTRIBUTES[head]:
            return
        place = self.lesson.places[at]
        self.lesson.attributes[head][place.first : place.last + 1] = scheme.ATTRIBUTES[head].index(value)

    def _mark_entities(self) -> None:
        for entity in self.document["entities"]:
            for mention in entity["mentions"]:
                named = mention["kind"] in scheme.ATTRIBUTES["mention.kind"]
                kind = "pronoun" if mention["kind"] == "pronoun" else entity["type"]
                more = {"owner": entity["id"], "optional": bool(mention.get("optional"))}
                at = self._place("mention" if named else "nominal", mention, kind, **more)
                if at is None:
                    continue
                self.of_entity.setdefault(entity["id"], []).append(at)
                if named:
                    self._attribute("mention.kind", at, mention["kind"])
                    if entity["type"] == "institution":
                        self._attribute("mention.category", at, entity.get("category"))

    def _mark_events(self) -> None:
        for event in self.document["events"]:
            optional = bool(event.get("optional"))
            for rank, span in [("main", event["trigger"]), *(("other", s) for s in event["other_triggers"])]:
                at = self._place("trigger", span, "event", owner=event["id"], optional=optional)
                self._attribute("trigger.rank", at, rank)
                self._attribute("trigger.type", at, event["type"])
                self._attribute("trigger.realis", at, event["realis"])

    def _mark_statements(self) -> None:
        for statement in self.document["statements"]:
            more = {"owner": statement["id"], "optional": bool(statement.get("optional"))}
            self._place("cue", statement["cue"], "cue", **more)
            for span in statement["content"]:
                at = self._place("content", span, "content", **more)
                self._attribute("content.kind", at, statement["kind"])
            speaker = self._speaker(statement)
            if speaker is not None:
                self._place("speaker", speaker, "speaker", **more)

    def _speaker(self, statement: dict[str, Any]) -> dict[str, Any] | None:
        """Find the words that name the speaker: those given, else the nearest mention in the sentence of the cue."""
        if statement["speaker_span"]:
            return dict(statement["speaker_span"])
        anchor = statement["cue"] or (statement["content"] or [None])[0]
        entity = next((e for e in self.document["entities"] if e["id"] == statement["speaker"]), None)
        if anchor is None or entity is None:
            return None
        outside = [m for m in entity["mentions"] if not any(_inside(m, c) for c in statement["content"])]
        near = min(outside, key=lambda m: _gap(m, anchor), default=None)
        text = self.lesson.text
        if near is None or _gap(near, anchor) > 300:
            return None
        between = text[min(near["end"], anchor["end"]) : max(near["start"], anchor["start"])]
        return dict(near) if "\n" not in between.strip("\n ") or statement["cue"] is None else None

    def _paint(self) -> None:
        """Write the spans into the word labels; of two that overlap in a head the longer one counts."""
        taken = {head: numpy.zeros(len(self.lesson.words), dtype=bool) for head in scheme.SEQUENCES}
        for place in sorted(self.lesson.places, key=lambda p: (p.first - p.last, p.first)):
            inside = slice(place.first, place.last + 1)
            if taken[place.head][inside].any():
                continue
            taken[place.head][inside] = True
            labels = self.lesson.labels[place.head]
            labels[inside] = UNKNOWN
            if not place.optional:
                base = 1 + 4 * scheme.SEQUENCES[place.head].index(place.kind)
                labels[inside] = base + 1
                labels[place.first], labels[place.last] = base, base + 2
                if place.first == place.last:
                    labels[place.first] = base + 3

    def _link(self) -> None:
        places = self.lesson.places
        count = len(places)
        links = numpy.full((len(scheme.LINKS), count, count), -1, dtype=numpy.int8)
        firsts = numpy.array([p.first for p in places], dtype=numpy.int64)
        gaps = numpy.abs(firsts[:, None] - firsts[None, :])
        for number, (sources, targets, reach) in enumerate(scheme.LINKS.values()):
            source = numpy.array([p.head in sources for p in places], dtype=bool)
            target = numpy.array([p.head in targets for p in places], dtype=bool)
            links[number][(source[:, None] & target[None, :]) & (gaps <= reach)] = 0
            numpy.fill_diagonal(links[number], -1)
        self.lesson.links = links
        self._link_same()
        self._link_roles()
        self._link_statements()
        self._link_events()
        self._link_relations()

    def _set(self, label: str, source: int | None, target: int | None, value: int = 1) -> None:
        if source is not None and target is not None and source != target:
            number = list(scheme.LINKS).index(label)
            if self.lesson.links[number, source, target] >= 0 or value < 0:
                self.lesson.links[number, source, target] = value

    def _at(self, head: str, span: dict[str, Any] | None) -> int | None:
        stretch = self.stretch(span) if span else None
        return self.known.get((head, *stretch)) if stretch else None

    def _link_same(self) -> None:
        for members in self.of_entity.values():
            for one in members:
                for other in members:
                    self._set("same_entity", one, other)
        for event in self.document["events"]:
            triggers = [self._at("trigger", s) for s in [event["trigger"], *event["other_triggers"]]]
            for first in triggers:
                for second in triggers:
                    self._set("same_event", first, second)

    def _link_near(self, label: str, source: int | None, entity: str | None, evidence: dict[str, Any]) -> None:
        """Link a span to the entity's mentions within the evidence; its other mentions are not asked."""
        if source is None:
            return
        for at in self.of_entity.get(entity or "", []):
            self._set(label, source, at, 1 if self._within(at, evidence) else -1)

    def _within(self, at: int, evidence: dict[str, Any]) -> bool:
        place, words = self.lesson.places[at], self.lesson.words
        return words.starts[place.first] >= evidence["start"] and words.ends[place.last] <= evidence["end"]

    def _link_roles(self) -> None:
        countries = {e["canonical_name"]: e["id"] for e in self.document["entities"] if e["type"] == "place"}
        for role in self.document["roles"]:
            title = self._at("title", role["title_span"])
            self._link_near("holder", title, role["person"], role["evidence"])
            self._link_near("held_at", title, role["institution"], role["evidence"])
            if role["institution"] is None:
                self._link_near("held_at", title, countries.get(role["country"] or ""), role["evidence"])

    def _link_statements(self) -> None:
        for statement in self.document["statements"]:
            contents = [self._at("content", s) for s in statement["content"]]
            nearest = self._speaker(statement)
            speaker = self._at("speaker", nearest)
            named = [self._at(head, nearest) for head in scheme.ENTITY_HEADS]
            cue = self._at("cue", statement["cue"])
            for content in contents:
                self._set("said_by", content, speaker)
                for other in self.of_entity.get(statement["speaker"] or "", []):
                    self._set("uttered_by", content, other, 1 if other in named else -1)
                self._set("cued_by", content, cue)
                for other in contents:
                    self._set("continues", content, other)

    def _link_events(self) -> None:
        for event in self.document["events"]:
            triggers = [self._at("trigger", s) for s in [event["trigger"], *event["other_triggers"]]]
            for number, trigger in enumerate(triggers):
                self._set("dated", trigger, self._at("time", event["date"]["expression"]), 1 if number == 0 else -1)
                if number == 0:
                    self._link_near("placed", trigger, event["place"], event["evidence"])
                for part in event["participants"]:
                    reach = event["evidence"] if number == 0 else {"start": 0, "end": 0}
                    self._link_near(scheme.event_link(part["role"]), trigger, part["entity"], reach)

    def _link_relations(self) -> None:
        for relation in self.document["relations"]:
            label = relation["type"]
            if label not in scheme.RELATIONS:
                continue
            for source in self.of_entity.get(relation["from"], []):
                for target in self.of_entity.get(relation["to"], []):
                    inside = self._within(source, relation["evidence"]) and self._within(target, relation["evidence"])
                    self._set(label, source, target, 1 if inside else -1)
                    if label in scheme.SYMMETRIC:
                        self._set(label, target, source, 1 if inside else -1)


def _inside(span: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(other["start"] <= span["start"] and span["end"] <= other["end"])


def _gap(span: dict[str, Any], other: dict[str, Any]) -> int:
    return int(max(span["start"] - other["end"], other["start"] - span["end"], 0))
