"""Profiles for the tests; everybody in them is invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeVar

from kb_app.core.citation import Citation, Support
from kb_app.core.entity import Entity, EntityName, EntityType, MentionKind
from kb_app.core.event import EventType, Realis
from kb_app.core.ids import ArticleId, EntityId, MentionId, NoteId
from kb_app.core.judgement import ClaimKind, ClaimRef, Status
from kb_app.core.passage import Passage, Span
from kb_app.core.profile import (
    EntityLink,
    EventLine,
    EventParticipant,
    Figures,
    MentionLine,
    Note,
    Profile,
    RelationLine,
    RoleLine,
    Section,
    StatementLine,
)
from kb_app.core.relation import RelationType
from kb_app.core.stated_date import on_day, parse_edtf
from kb_app.core.statement import StatementKind

T = TypeVar("T")
VELA = EntityLink(EntityId(1), "Anna Vela", EntityType.PERSON)
BREK = EntityLink(EntityId(2), "Tomas Brek", EntityType.PERSON)
RIVERS = EntityLink(EntityId(3), "Ministry of Rivers", EntityType.INSTITUTION)
COURIER = EntityLink(EntityId(4), "Harbour Courier", EntityType.INSTITUTION)
LUMEN = EntityLink(EntityId(5), "Port Lumen", EntityType.PLACE)
TEXT = "On Friday Anna Vela opened the Orla dam, the Harbour Courier reported."


def citation(article: int = 1, words: str = "Anna Vela", text: str = TEXT, confidence: float = 0.87) -> Citation:
    """Build the citation of some words in a text."""
    start = text.index(words)
    passage = Passage.cut(ArticleId(article), text, Span(start, start + len(words)))
    return Citation(
        passage, f"Article {article}", "Harbour Courier", on_day(date(2024, 5, 4)), confidence, "title rule"
    )


def support(status: Status = Status.SUGGESTED, citations: int = 1, disputed: bool = False) -> Support:
    """Build the evidence of a claim."""
    given = tuple(citation(n + 1) for n in range(min(citations, 8)))
    return Support(status, 0.87, "title rule", given, citations, citations, disputed)


def role(number: int = 1, title: str = "Justice Minister", status: Status = Status.SUGGESTED) -> RoleLine:
    """Build a role that Vela holds at the ministry."""
    held = parse_edtf("2021/..")
    return RoleLine(ClaimRef(ClaimKind.ROLE, number), VELA, title, support(status, 4), RIVERS, date=held)


def relation(
    number: int = 1,
    kind: RelationType = RelationType.CRITICIZED,
    outgoing: bool = False,
    realis: Realis = Realis.HAPPENED,
) -> RelationLine:
    """Build a link to Brek."""
    return RelationLine(ClaimRef(ClaimKind.RELATION, number), kind, BREK, outgoing, support(), realis=realis)


def statement(number: int = 1, content: str = "The gates will stay shut", disputed: bool = False) -> StatementLine:
    """Build a statement that the Courier reported."""
    return StatementLine(
        ClaimRef(ClaimKind.STATEMENT, number),
        content,
        StatementKind.DIRECT,
        support(disputed=disputed),
        speaker=VELA,
        date=on_day(date(2024, 5, 3)),
        via=(COURIER,),
    )


def event(number: int = 1, title: str = "opens the Orla dam", realis: Realis = Realis.HAPPENED) -> EventLine:
    """Build an event that Vela and Brek take part in."""
    return EventLine(
        ClaimRef(ClaimKind.EVENT, number),
        EventType.MEETING_VISIT,
        title,
        realis,
        support(),
        on_day(date(2024, 5, 3)),
        (EventParticipant(VELA), EventParticipant(BREK)),
        LUMEN,
    )


def mention(number: int = 1, text: str = TEXT, words: str = "Anna Vela") -> MentionLine:
    """Build a mention in context."""
    return MentionLine(MentionId(number), MentionKind.FULL, citation(number, words, text))


def note(text: str, number: int = 1) -> Note:
    """Build a note on Vela."""
    return Note(NoteId(number), VELA.id, text, datetime(2024, 5, 6, 12, 0, tzinfo=UTC))


def section(lines: Sequence[T], total: int | None = None) -> Section[T]:
    """Build a section that is all there unless a larger total is given."""
    return Section(tuple(lines), len(lines) if total is None else total)


def person(name: str = "Anna Vela", number: int = 1) -> Entity:
    """Build a person with a short and a Cyrillic spelling."""
    names = (
        EntityName(name, mentions=9),
        EntityName("Vela", "short", mentions=22),
        EntityName("Анна Вела", script="Cyrl"),
    )
    return Entity(EntityId(number), EntityType.PERSON, name, country="Vardovia", names=names)


def profile(entity: Entity | None = None, **sections: object) -> Profile:
    """Build a profile with a line in every section; sections given by name replace those."""
    made = Profile(
        entity or person(),
        Status.SUGGESTED,
        Figures(6, 3, 31, 12, 3, date(2024, 4, 28), date(2024, 5, 4)),
        roles=section([role()]),
        relations=section([relation()]),
        statements_by=section([statement()]),
        events=section([event()]),
        mentions=section([mention()]),
    )
    return replace(made, **sections)  # type: ignore[arg-type]
