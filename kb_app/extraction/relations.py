"""How actors are linked: from roles, kinship, phrases between two names, and what is said of others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from kb_app.core.entity import EntityType, MentionKind
from kb_app.core.event import EventType, Realis
from kb_app.core.findings import FoundEvent, FoundMention, FoundRelation, FoundRole, FoundStatement, Ground, LocalId
from kb_app.core.passage import Span
from kb_app.core.relation import RelationType
from kb_app.extraction.cast import Cast, Member
from kb_app.extraction.lexicons import Lexicons, RelationPhrase
from kb_app.extraction.reading import Reading, Sentence
from kb_app.extraction.references import Referents

# How sure each pattern is, from the share that was right on development articles, rounded.
ROLE_SURE, PHRASE_SURE, PLACE_SURE, STANCE_SURE, KIN_SURE, EVENT_SURE = 0.75, 0.5, 0.6, 0.5, 0.75, 0.4
REACH = 5  # tokens between a name and the phrase
_MEETING_WORDS = ("met", "meet", "talks", "hold talks", "negotiat")
_EVENT_RELATIONS = {
    EventType.ARREST_DETENTION: RelationType.DETAINED_BY,
    EventType.CRACKDOWN_VIOLENCE: RelationType.ATTACKED,
    EventType.DEPLOYMENT_MILITARY: RelationType.ATTACKED,
    EventType.SANCTION: RelationType.SANCTIONED,
}
_STANCES = {
    "criticized": frozenset({"criticize", "criticise", "condemn", "denounce", "blame", "reject", "deplore"}),
    "accused": frozenset({"accuse", "allege"}),
    "supports": frozenset({"praise", "welcome", "defend", "applaud", "commend", "hail", "thank", "congratulate"}),
}
_BETWEEN_BODIES = frozenset({"opponent_of", "ally_of", "partner_of", "part_of"})
_PERSONAL = frozenset({RelationType.HEAD_OF, RelationType.MEMBER_OF, RelationType.WORKS_FOR})
_ELSEWHERE = frozenset(". ; , in on at from near for about during after before to that who and by with of".split())
_LIES_IN = frozenset({", ", " in ", " in the ", ", in ", " province, ", " city, "})
_HAPPENED = Realis.HAPPENED


class Sources(NamedTuple):
    """What relations are read from beside the text."""

    roles: tuple[FoundRole, ...]
    statements: tuple[FoundStatement, ...]
    events: tuple[FoundEvent, ...]


class RelationFinder:
    """Finds relations; built once from the lexicons."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._words = lexicons
        self._by_first: dict[str, list[RelationPhrase]] = {}
        for phrase in lexicons.relation_phrases:
            self._by_first.setdefault(phrase.words[0], []).append(phrase)

    def find(self, reading: Reading, referents: Referents, sources: Sources) -> tuple[FoundRelation, ...]:
        """Return each relation once, where it is first stated."""
        found: dict[tuple[LocalId, LocalId, RelationType], FoundRelation] = {}
        for relation in self._all(reading, referents, sources):
            pair = (relation.source, relation.target)
            if relation.type.is_symmetric:
                pair = (min(pair), max(pair))
            if pair[0] != pair[1]:
                found.setdefault((*pair, relation.type), relation)
        return tuple(sorted(found.values(), key=lambda r: r.ground.evidence))

    def _all(self, reading: Reading, referents: Referents, sources: Sources) -> Iterator[FoundRelation]:
        cast, (roles, statements, events) = referents.cast, sources
        yield from self._from_roles(cast, roles)
        yield from self._from_statements(reading, cast, statements)
        yield from self._from_events(reading, events)
        for sentence in reading.sentences:
            mentions = _outermost(cast.within(sentence.span.start, sentence.span.end))
            yield from self._places(reading, sentence, mentions)
            yield from self._kin(reading, sentence, cast)
            yield from self._phrases(referents, sentence, mentions)

    def _from_roles(self, cast: Cast, roles: tuple[FoundRole, ...]) -> Iterator[FoundRelation]:
        for role in roles:
            kind = self._role_relation(role)
            target = role.institution or self._country_entity(cast, role, kind)
            if kind is not None and target is not None and target != role.person:
                ground = Ground(role.ground.evidence, ROLE_SURE, f"by the title “{role.title}”")
                yield FoundRelation(role.person, target, kind, ground)

    def _role_relation(self, role: FoundRole) -> RelationType | None:
        words = role.title.lower().split()
        for start in range(len(words)):
            for end in range(len(words), start, -1):
                title = self._words.titles.get(" ".join(words[start:end]))
                if title is not None:
                    if title.kind == "rank":
                        return RelationType.MEMBER_OF
                    return RelationType(title.relation) if title.relation else None
        return RelationType.WORKS_FOR if role.institution is not None else None

    def _country_entity(self, cast: Cast, role: FoundRole, kind: RelationType | None) -> LocalId | None:
        """Return the country's entity for heads of state and government."""
        heads = {
            "president",
            "prime minister",
            "premier",
            "chancellor",
            "king",
            "queen",
            "emir",
            "sultan",
            "leader",
            "supreme leader",
            "governor",
            "mayor",
            "first minister",
        }
        if kind is not RelationType.HEAD_OF or role.title.lower() not in heads or not role.country:
            return None
        for member in cast.members:
            if member.type is EntityType.PLACE and member.name == role.country:
                return member.id
        return None

    def _from_statements(
        self, reading: Reading, cast: Cast, statements: tuple[FoundStatement, ...]
    ) -> Iterator[FoundRelation]:
        for statement in statements:
            if statement.cue is None or statement.speaker is None:
                continue
            verb = self._words.reporting.get(statement.cue.of(reading.text).lower())
            kinds = [kind for kind, lemmas in _STANCES.items() if verb is not None and verb.lemma in lemmas]
            if not kinds:
                continue
            content = statement.content[0]
            inside = _outermost(cast.within(content.start, min(content.end, content.start + 120)))
            others = [m for _, m in inside if m.id != statement.speaker and m.type is not EntityType.PLACE] or [
                m for _, m in inside
            ]
            if others:
                reason = f"“{statement.cue.of(reading.text)}” with {others[0].name!r} as object"
                yield FoundRelation(
                    statement.speaker,
                    others[0].id,
                    RelationType(kinds[0]),
                    Ground(statement.ground.evidence, STANCE_SURE, reason),
                )

    def _from_events(self, reading: Reading, events: tuple[FoundEvent, ...]) -> Iterator[FoundRelation]:
        """Read who met, detained, attacked or sanctioned whom off the parts in events."""
        for event in events:
            words = event.trigger.of(reading.text).lower()
            reason = f"parts in “{event.trigger.of(reading.text)}”"
            ground = Ground(event.ground.evidence, EVENT_SURE, reason)
            if event.type is EventType.MEETING_VISIT and words.startswith(_MEETING_WORDS):
                for one, other in combinations([p.entity for p in event.participants], 2):
                    yield FoundRelation(one, other, RelationType.MET_WITH, ground, event.date, event.realis)
            kind = _EVENT_RELATIONS.get(event.type)
            if kind is None:
                continue
            agents = [p.entity for p in event.participants if p.part == "agent"]
            targets = [p.entity for p in event.participants if p.part == "target"]
            for agent in agents[:1]:
                for target in targets[:1]:
                    ends = (target, agent) if kind is RelationType.DETAINED_BY else (agent, target)
                    yield FoundRelation(*ends, kind, ground, event.date, event.realis)

    def _places(
        self, reading: Reading, sentence: Sentence, mentions: list[tuple[Span, Member]]
    ) -> Iterator[FoundRelation]:
        """Read "Mosul, Iraq" and "the X Centre of the Y University"."""
        for (left_span, left), (right_span, right) in zip(mentions, mentions[1:], strict=False):
            gap = reading.text[left_span.end : right_span.start]
            both_places = left.type is EntityType.PLACE and right.type is EntityType.PLACE
            ground = Ground(
                sentence.span, PLACE_SURE, f"“{left_span.of(reading.text)}{gap}{right_span.of(reading.text)}”"
            )
            if (
                both_places
                and gap in _LIES_IN
                and left.name != left.country
                and (right.name == right.country or (left.country == right.country and gap != ", "))
                or left.type is EntityType.INSTITUTION
                and right.type is EntityType.INSTITUTION
                and gap in (" of the ", " at the ", " of ", " at ")
            ):
                yield FoundRelation(left.id, right.id, RelationType.PART_OF, ground)
            elif (
                left.type is EntityType.INSTITUTION
                and right.type is EntityType.INSTITUTION
                and gap in ("'s ", "’s ", "' ", "’ ")
            ):
                yield FoundRelation(right.id, left.id, RelationType.PART_OF, ground)
            elif (
                left.type is EntityType.PERSON
                and left_span.of(reading.text)[0].isupper()
                and right.type is EntityType.INSTITUTION
                and gap in (" of the ", ", of the ", " of ", ", of ", " from the ", " from ", " for ", " for the ")
            ):
                yield FoundRelation(left.id, right.id, RelationType.WORKS_FOR, ground)

    def _kin(self, reading: Reading, sentence: Sentence, cast: Cast) -> Iterator[FoundRelation]:
        """Read "X's wife, Y" and "his wife Y" for ties that the lexicon gives a relation."""
        tokens = sentence.tokens
        for at, token in enumerate(tokens):
            kin = self._words.kinship.get(token.lower)
            if kin is None or not kin.relation or at < 1:
                continue
            holder = self._possessor(cast, sentence, at)
            if holder is None:
                continue
            following = at + 1
            while following < len(tokens) and tokens[following].text in (",", "of", "and"):
                following += 1
            found = cast.starting_at(tokens[following].start) if following < len(tokens) else None
            if found is None or following > at + 2:
                unnamed = cast.ending_at(token.end)
                if unnamed is None or unnamed[1].named or unnamed[1] is holder:
                    continue
                found = unnamed
            if found[1].type is not EntityType.PERSON and kin.relation not in _BETWEEN_BODIES:
                continue
            relation, source, target = kin.relation, found[1].id, holder.id
            if relation == "child_of":
                relation, source, target = "parent_of", target, source
            reason = f"“{token.text}” of {holder.name}"
            yield FoundRelation(source, target, RelationType(relation), Ground(sentence.span, KIN_SURE, reason))

    def _possessor(self, cast: Cast, sentence: Sentence, at: int) -> Member | None:
        tokens = sentence.tokens
        while (
            at > 1
            and tokens[at - 1].text[0].islower()
            and tokens[at - 1].lower not in ("his", "her", "'s", "’s", "its")
        ):
            at -= 1
        before = tokens[at - 1]
        if before.lower in ("'s", "’s", "'", "’") and at > 1:
            found = cast.ending_at(tokens[at - 2].end)
            return found[1] if found is not None else None
        if before.lower not in ("his", "her"):
            return None
        gender = "m" if before.lower == "his" else "f"
        for _, member in cast.before(before.start - 1, 30):
            if member.type is EntityType.PERSON and member.gender in ("", gender):
                cast.mention(
                    member,
                    FoundMention(
                        Span(before.start, before.end), MentionKind.PRONOUN, 0.6, f"“{before.text}” for {member.name}"
                    ),
                )
                return member
        return None

    def _phrases(
        self, referents: Referents, sentence: Sentence, mentions: list[tuple[Span, Member]]
    ) -> Iterator[FoundRelation]:
        tokens = sentence.tokens
        for at, token in enumerate(tokens):
            for phrase in self._by_first.get(token.lower, ()):
                end = at + len(phrase.words)
                if tuple(t.lower for t in tokens[at:end]) != phrase.words:
                    continue
                left = self._left(sentence, mentions, at) or self._subject(referents, sentence, at)
                right = self._right(sentence, mentions, end)
                if left is not None and right is not None and left.id != right.id:
                    is_passive = end < len(tokens) and tokens[end].lower == "by"
                    yield from self._linked(sentence, phrase, (right, left) if is_passive else (left, right))
                break

    def _linked(
        self, sentence: Sentence, phrase: RelationPhrase, ends: tuple[Member, Member]
    ) -> Iterator[FoundRelation]:
        left, right = ends
        source, target = (left, right) if phrase.forward else (right, left)
        if phrase.type in _PERSONAL and (source.type is not EntityType.PERSON or target.type is EntityType.PERSON):
            return
        if phrase.type is RelationType.APPOINTED:
            return
        reason = f"“{' '.join(phrase.words)}” between {left.name} and {right.name}"
        yield FoundRelation(
            source.id, target.id, phrase.type, Ground(sentence.span, PHRASE_SURE, reason), realis=_HAPPENED
        )

    def _left(self, sentence: Sentence, mentions: list[tuple[Span, Member]], at: int) -> Member | None:
        tokens = sentence.tokens
        before = [(s, m) for s, m in mentions if s.end <= tokens[at].start]
        if not before:
            return None
        span, member = before[-1]
        between = [t for t in tokens[:at] if t.start >= span.end]
        return member if len(between) <= REACH and all(t.text not in (".", ";") for t in between) else None

    def _subject(self, referents: Referents, sentence: Sentence, at: int) -> Member | None:
        """Return the subject of the verb at a token where no name stands right before it."""
        speaker = referents.subject_before(sentence, at)
        return speaker.member if speaker is not None else None

    def _right(self, sentence: Sentence, mentions: list[tuple[Span, Member]], end: int) -> Member | None:
        tokens = sentence.tokens
        if end >= len(tokens):
            return None
        after = [(s, m) for s, m in mentions if s.start >= tokens[end].start]
        if not after:
            return None
        span, member = after[0]
        between = [t for t in tokens[end:] if t.end <= span.start]
        steps = [t.lower for t in between[between[0].lower == "by" :]] if between else []
        return member if len(between) <= REACH and not any(step in _ELSEWHERE for step in steps) else None


def _outermost(mentions: list[tuple[Span, Member]]) -> list[tuple[Span, Member]]:
    found: list[tuple[Span, Member]] = []
    for span, member in mentions:
        if found and found[-1][0].holds(span):
            continue
        if found and span.holds(found[-1][0]):
            found.pop()
        found.append((span, member))
    return found
