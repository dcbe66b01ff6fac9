"""The entities of an article while it is read: who is mentioned where."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field

from kb_app.core.entity import Category, EntityType, MentionKind
from kb_app.core.findings import FoundMention, LocalId
from kb_app.core.passage import Span


@dataclass(slots=True)
class Member:
    """An entity that is still being put together."""

    id: LocalId
    type: EntityType
    name: str
    mentions: list[FoundMention] = field(default_factory=list)
    category: Category | None = None
    subcategory: str = ""
    country: str = ""
    gender: str = ""
    named: bool = True
    reason: str = ""
    confidence: float = 0.8


class Cast:
    """All entities of one article; grows while nominals and pronouns are resolved."""

    def __init__(self) -> None:
        self.members: list[Member] = []
        self._order: list[tuple[int, int, int]] = []  # start, end, member
        self._at: dict[LocalId, int] = {}

    def add(self, member: Member) -> None:
        """Take an entity with its mentions."""
        self._at[member.id] = len(self.members)
        self.members.append(member)
        for mention in member.mentions:
            insort(self._order, (mention.span.start, mention.span.end, len(self.members) - 1))

    def new_id(self) -> LocalId:
        """Return the next free id."""
        return LocalId(f"e{len(self.members) + 1}")

    def mention(self, member: Member, found: FoundMention) -> None:
        """Add a mention of an entity unless a mention has the same span already."""
        key = (found.span.start, found.span.end)
        at = bisect_left(self._order, (*key, -1))
        if at < len(self._order) and self._order[at][:2] == key:
            return
        member.mentions.append(found)
        insort(self._order, (*key, self._at[member.id]))

    def member(self, entity: LocalId) -> Member:
        """Return an entity by its id."""
        return self.members[self._at[entity]]

    def at(self, span: Span) -> Member | None:
        """Return whom a mention with exactly this span stands for."""
        found = bisect_left(self._order, (span.start, span.end, -1))
        if found < len(self._order) and self._order[found][:2] == (span.start, span.end):
            return self.members[self._order[found][2]]
        return None

    def within(self, start: int, end: int) -> list[tuple[Span, Member]]:
        """Return the mentions inside a stretch of text, in order."""
        first = bisect_left(self._order, (start, -1, -1))
        found = []
        for at in range(first, len(self._order)):
            begin, stop, number = self._order[at]
            if begin >= end:
                break
            if stop <= end:
                found.append((Span(begin, stop), self.members[number]))
        return found

    def before(self, offset: int, limit: int = 400) -> list[tuple[Span, Member]]:
        """Return at most so many mentions that begin before an offset, the nearest first."""
        at = bisect_right(self._order, (offset, -1, -1))
        return [
            (Span(begin, end), self.members[number])
            for begin, end, number in reversed(self._order[max(0, at - limit) : at])
        ]

    def ending_at(self, offset: int) -> tuple[Span, Member] | None:
        """Return the mention that ends exactly at an offset."""
        for span, member in self.before(offset, 8):
            if span.end == offset:
                return span, member
        return None

    def starting_at(self, offset: int) -> tuple[Span, Member] | None:
        """Return the longest mention that begins exactly at an offset."""
        at = bisect_left(self._order, (offset, -1, -1))
        best = None
        while at < len(self._order) and self._order[at][0] == offset:
            best = (Span(offset, self._order[at][1]), self.members[self._order[at][2]])
            at += 1
        return best


def named_kind(text: str, full: str) -> MentionKind:
    """Return whether a name is the full one, an acronym or a short form of it."""
    letters = [c for c in text if c.isalpha()]
    if letters and len(letters) <= 8 and all(c.isupper() for c in letters) and " " not in text.strip():
        return MentionKind.ACRONYM
    return MentionKind.FULL if len(text) >= len(full) or text == full else MentionKind.SHORT
