"""Content keys of claims: the same thing told by several articles gets the same key, and is one claim.

Two claims that are wrongly joined lose a difference for good, two wrongly kept apart can be joined later: so a key
holds all that may tell two things apart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from kb_app.core.event import EventType, Realis
from kb_app.core.ids import EntityId
from kb_app.core.names import normalised
from kb_app.core.relation import RelationType
from kb_app.core.stated_date import Precision, StatedDate

_SHORT_CONTENT_WORDS = 6
# things that happen on a day, so that another day is another one; the rest are states
_EPISODES = frozenset(
    {
        RelationType.MET_WITH,
        RelationType.CONTACTED,
        RelationType.CRITICIZED,
        RelationType.ACCUSED,
        RelationType.APPOINTED,
        RelationType.DETAINED_BY,
        RelationType.CHARGED_BY,
        RelationType.ABDUCTED_BY,
        RelationType.ATTACKED,
        RelationType.SANCTIONED,
    }
)
# types so broad that day and participants do not tell one happening from another
_BROAD_EVENTS = frozenset({EventType.STATEMENT, EventType.OTHER, EventType.BUSINESS, EventType.MEETING_VISIT})
_FINE = frozenset({Precision.TIME, Precision.DAY})


@dataclass(frozen=True, slots=True)
class RoleContent:
    """What makes a role that role."""

    person: EntityId
    title: str
    institution: EntityId | None = None
    country: str = ""
    qualifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventContent:
    """What makes an event that event; `origin` is the report that tells it."""

    type: EventType
    title: str
    realis: Realis
    date: StatedDate | None
    participants: frozenset[EntityId]
    place: EntityId | None
    origin: int


@dataclass(frozen=True, slots=True)
class StatementContent:
    """What makes a statement that statement; `origin` is the report that tells it."""

    speaker: EntityId | None
    speaker_words: str
    content: str
    origin: int


@dataclass(frozen=True, slots=True)
class RelationContent:
    """What makes a relation that relation."""

    subject: EntityId
    object: EntityId
    type: RelationType
    realis: Realis
    date: StatedDate | None = None


def role_key(role: RoleContent) -> str:
    """Return a role's key: person, title, where, and qualifiers such as "former"."""
    qualifiers = ",".join(sorted(normalised(q) for q in role.qualifiers))
    where = f"i{role.institution}" if role.institution else f"c{normalised(role.country)}"
    return _digest("role", role.person, normalised(role.title), where, qualifiers)


def event_key(event: EventContent) -> str:
    """Return an event's key: type, day, participants and realis; without day or participants, title and report."""
    day = event.date.edtf if event.date and event.date.precision in _FINE else ""
    people = ",".join(str(p) for p in sorted(event.participants))
    if day and people:
        title = normalised(event.title) if event.type in _BROAD_EVENTS else ""
        return _digest("event", event.type, event.realis, day, people, title)
    stated = event.date.edtf if event.date else ""
    place = event.place or ""
    title = normalised(event.title)
    return _digest("event", event.type, event.realis, stated, people, place, title, f"o{event.origin}")


def statement_key(statement: StatementContent) -> str:
    """Return a statement's key: speaker and words; a few words ("no comment") count within one report alone."""
    speaker = f"e{statement.speaker}" if statement.speaker else f"w{normalised(statement.speaker_words)}"
    content = normalised(statement.content)
    report = f"o{statement.origin}" if len(content.split()) < _SHORT_CONTENT_WORDS else ""
    return _digest("statement", speaker, content, report)


def relation_key(relation: RelationContent) -> str:
    """Return a relation's key: both ends (in one order where direction carries no meaning), type, realis, day."""
    ends: Iterable[int] = (relation.subject, relation.object)
    if relation.type.is_symmetric:
        ends = sorted(ends)
    day = relation.date.edtf if relation.date and relation.type in _EPISODES else ""
    return _digest("relation", *ends, relation.type, relation.realis, day)


def _digest(*parts: object) -> str:
    return hashlib.blake2b("\x1f".join(str(p) for p in parts).encode(), digest_size=16).hexdigest()
