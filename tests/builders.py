"""Builders of valid records for tests: every argument has a default, a test names only what it is about.

All people, institutions and places in them are invented.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kb_app.core.article import Article, Found, Metadata, SourceFile, Zone
from kb_app.core.entity import Category, EntityType, MentionKind
from kb_app.core.event import EventType, Realis
from kb_app.core.findings import (
    Findings,
    FoundEntity,
    FoundEvent,
    FoundMention,
    FoundRelation,
    FoundRole,
    FoundStatement,
    FoundTime,
    Ground,
    LocalId,
    Participant,
    TimexType,
)
from kb_app.core.passage import Span
from kb_app.core.relation import RelationType
from kb_app.core.stated_date import StatedDate, parse_edtf
from kb_app.core.statement import StatementKind

ENGINE = "builder 1"
TITLE = "Minister Vela opens the Orla dam"
BODY = (
    "Justice Minister Anna Vela opened the Orla dam on 3 May 2024, the Harbour Courier reported.\n\n"
    "“The gates will stay shut,” Vela told the Ministry of Rivers. "
    "Her deputy Tomas Brek praised the Ministry of Rivers.\n\n"
    "Brek is to visit Port Lumen next week."
)


def source(name: str = "dam.txt", data: bytes | None = None, media_type: str = "text/plain") -> SourceFile:
    """Build a source file; without data, bytes that depend on the name."""
    content = f"{TITLE}\n\n{BODY}\n\n{name}".encode() if data is None else data
    return SourceFile(name, content, hashlib.sha256(content).hexdigest(), media_type, f"/archive/{name}")


def article(
    body: str = BODY,
    title: str = TITLE,
    publisher: str = "Harbour Courier",
    published: str = "2024-05-04",
    host: str = "",
    zones: Sequence[Zone] = (),
    warnings: Sequence[str] = (),
    language: str = "en",
) -> Article:
    """Build an article whose text is the title, an empty line and the body; `published` is EDTF or ""."""
    text = f"{title}\n\n{body}"
    metadata = Metadata(
        title=Found(title, "first line"),
        publisher=Found(publisher, "import metadata") if publisher else None,
        host=Found(host, "file name") if host else None,
        published=parse_edtf(published) if published else None,
        published_how="import metadata" if published else "",
    )
    return Article(
        text=text,
        body=Span(len(title) + 2, len(text)),
        metadata=metadata,
        title_span=Span(0, len(title)),
        zones=tuple(zones),
        language=language,
        warnings=tuple(warnings),
    )


def span_of(text: str, words: str, nth: int = 0) -> Span:
    """Return where the words stand for the nth time, counted from 0; raises ValueError where they do not."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def sentence_around(text: str, span: Span) -> Span:
    """Return the line that holds the span: the evidence of what is found in it."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return Span(start, len(text) if end < 0 else end)


def ground(text: str, span: Span, confidence: float = 0.9, reason: str = "apposition") -> Ground:
    """Build the ground of a finding: the line around the span."""
    return Ground(sentence_around(text, span), confidence, reason)


def all_spans(text: str, words: str) -> tuple[Span, ...]:
    """Return every place of the words in the text."""
    spans: list[Span] = []
    at = text.find(words)
    while at >= 0:
        spans.append(Span(at, at + len(words)))
        at = text.find(words, at + len(words))
    return tuple(spans)


def entity(
    text: str,
    name: str,
    type: EntityType = EntityType.PERSON,
    id: str = "",
    short: Iterable[str] = (),
    country: str = "",
    category: Category | None = None,
) -> FoundEntity:
    """Build an entity with a mention at every place of its name and of its short names, in order."""
    full = all_spans(text, name)
    mentions = [FoundMention(span, MentionKind.FULL, 0.95) for span in full]
    for word in short:
        kind = MentionKind.ACRONYM if word.isupper() else MentionKind.SHORT
        taken = [mention.span for mention in mentions]
        spans = [span for span in all_spans(text, word) if not any(span.overlaps(other) for other in taken)]
        mentions += [FoundMention(span, kind, 0.9) for span in spans]
    mentions.sort(key=lambda mention: mention.span)
    if not mentions:
        raise ValueError(f"{name!r} does not stand in the text")
    return FoundEntity(
        id=LocalId(id or name),
        type=type,
        name=name,
        mentions=tuple(mentions),
        ground=ground(text, mentions[0].span, 0.95, "full name"),
        category=category,
        country=country,
    )


def role(text: str, person: str, title: str, institution: str | None = None, country: str = "") -> FoundRole:
    """Build a role from a title that stands in the text; ids are the entities' names."""
    span = span_of(text, title)
    where = LocalId(institution) if institution else None
    return FoundRole(LocalId(person), title, span, ground(text, span, 0.9, "title before the name"), where, country)


def event(
    text: str,
    trigger: str,
    participants: Sequence[str] = (),
    type: EventType = EventType.MEETING_VISIT,
    date: str = "",
    realis: Realis = Realis.HAPPENED,
    title: str = "",
    place: str | None = None,
) -> FoundEvent:
    """Build an event from a trigger word that stands in the text; `date` is EDTF or ""."""
    span = span_of(text, trigger)
    return FoundEvent(
        type=type,
        title=title or trigger,
        trigger=span,
        realis=realis,
        ground=ground(text, span, 0.8, "trigger word"),
        date=parse_edtf(date) if date else None,
        participants=tuple(Participant(LocalId(name), "agent") for name in participants),
        place=LocalId(place) if place else None,
    )


def statement(
    text: str, content: str, speaker: str | None = None, addressee: str | None = None, via: Sequence[str] = ()
) -> FoundStatement:
    """Build a direct statement whose content stands in the text."""
    span = span_of(text, content)
    return FoundStatement(
        speaker=LocalId(speaker) if speaker else None,
        kind=StatementKind.DIRECT,
        content=(span,),
        ground=ground(text, span, 0.85, "quotation marks"),
        addressee=LocalId(addressee) if addressee else None,
        via=tuple(LocalId(name) for name in via),
    )


def relation(text: str, words: str, source: str, target: str, type: RelationType) -> FoundRelation:
    """Build a relation that rests on the line in which the words stand."""
    return FoundRelation(LocalId(source), LocalId(target), type, ground(text, span_of(text, words), 0.7, "verb"))


def time(text: str, words: str, value: str) -> FoundTime:
    """Build a time expression with its TIMEX value."""
    date = parse_edtf(value)
    stated = date and replace(date, words=words, rule="explicit")
    return FoundTime(span_of(text, words), TimexType.DATE, value, "explicit", date=stated)


def dated(value: str) -> StatedDate:
    """Build a stated date from EDTF; raises ValueError where it is none."""
    date = parse_edtf(value)
    if date is None:
        raise ValueError(f"not a date: {value}")
    return date


def findings(of: Article | None = None, **parts: object) -> Findings:
    """Build the findings of an article: of the default article everything in it, of another what is given by field."""
    subject = of or article()
    if parts or BODY not in subject.text:
        return replace(Findings(engine=ENGINE, language="en"), **parts)  # type: ignore[arg-type]  # fields by name
    return _default_findings(subject.text)


def _default_findings(text: str) -> Findings:
    people = (entity(text, "Anna Vela", short=["Vela"]), entity(text, "Tomas Brek", short=["Brek"]))
    ministry = entity(text, "Ministry of Rivers", EntityType.INSTITUTION, category=Category.MINISTRY)
    paper = entity(text, "Harbour Courier", EntityType.INSTITUTION, category=Category.MEDIA)
    places = (entity(text, "Orla", EntityType.PLACE), entity(text, "Port Lumen", EntityType.PLACE))
    quote = "The gates will stay shut,"
    return Findings(
        engine=ENGINE,
        language="en",
        entities=(*people, ministry, paper, *places),
        roles=(role(text, "Anna Vela", "Justice Minister"), role(text, "Tomas Brek", "deputy", "Ministry of Rivers")),
        times=(time(text, "3 May 2024", "2024-05-03"), time(text, "next week", "2024-W19")),
        events=(
            event(text, "opened", ["Anna Vela"], EventType.OTHER, "2024-05-03", title="Vela opened the Orla dam"),
            event(text, "visit", ["Tomas Brek"], date="2024-W19", realis=Realis.PLANNED, place="Port Lumen"),
        ),
        statements=(statement(text, quote, "Anna Vela", "Ministry of Rivers", ["Harbour Courier"]),),
        relations=(
            relation(text, "praised", "Tomas Brek", "Ministry of Rivers", RelationType.SUPPORTS),
            relation(text, "Her deputy", "Tomas Brek", "Anna Vela", RelationType.WORKS_FOR),
        ),
    )
