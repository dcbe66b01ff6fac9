"""Whom the common nouns and pronouns that the tagger marks stand for."""

from __future__ import annotations

from kb_app.core.entity import EntityType, MentionKind
from kb_app.core.findings import FoundMention, LocalId
from kb_app.core.passage import Span
from kb_app.extraction.cast import Member
from kb_app.extraction.encoder import Tag, Tagged
from kb_app.extraction.link_table import LinkTable
from kb_app.extraction.reading import Sentence
from kb_app.extraction.references import PRONOUN_GENDER, Referents, Speaker

LEAST_LINK = 0.65  # confidence of a link to an entity's mention from which on a noun stands for it
PRONOUN = "pronoun"


class TaggedReferents:
    """Resolves marked nouns and pronouns of one article, in the order of the text; adds them to the cast."""

    def __init__(self, referents: Referents, tagged: Tagged, links: LinkTable) -> None:
        self._referents = referents
        self.cast = referents.cast
        self._links = links
        self._nominals = {tag.span: tag for tag in tagged.nominals}

    def attach(self) -> None:
        """Give every marked noun and pronoun that can be made out to its entity."""
        for span in sorted(self._nominals):
            if self.cast.at(span) is None:
                self._attach(self._nominals[span])

    def member(self, span: Span) -> Member | None:
        """Return the entity that a span of the tagger names or stands for."""
        exact = self.cast.at(span)
        if exact is not None:
            return exact
        person = self._by_gender(span)
        if person is not None:
            return person
        inside = [m for s, m in self.cast.within(span.start, span.end) if m.named]
        if inside:
            return inside[-1]
        return next((m for s, m in self.cast.before(span.start, 4) if s.overlaps(span) and m.named), None)

    def entity(self, entity: LocalId | None) -> Member | None:
        """Return an entity of the cast by its id."""
        return self.cast.member(entity) if entity is not None else None

    def subject(self, sentence: Sentence, verb: int) -> Speaker | None:
        """Return the subject of the verb at a token: before it, else behind it."""
        before = self._referents.subject_before(sentence, verb)
        return before or self._referents.subject_after(sentence, verb)

    def described(self, span: Span) -> Member | None:
        """Return the entity of a span, a new one for a person or body known only by its description."""
        known = self.member(span)
        tag = self._nominals.get(span)
        if known is not None or tag is None or tag.label in (PRONOUN, "place"):
            return known
        return self._referents.unnamed(span, EntityType(tag.label))

    def _by_gender(self, span: Span) -> Member | None:
        gender = PRONOUN_GENDER.get(span.of(self._referents.reading.text).lower())
        return self._referents.person_before(span.start, gender) if gender else None

    def _attach(self, tag: Tag) -> None:
        member = self._by_gender(tag.span) or self._linked(tag)
        if member is None:
            return
        kind = MentionKind.PRONOUN if tag.label == PRONOUN else MentionKind.NOMINAL
        words = tag.span.of(self._referents.reading.text)
        self.cast.mention(member, FoundMention(tag.span, kind, tag.confidence, f"“{words}” for {member.name}"))

    def _linked(self, tag: Tag) -> Member | None:
        """Return the entity of the mention that the surest link goes to."""
        for link in self._links.of("same_entity", tag.span):
            if link.confidence < LEAST_LINK:
                break
            member = self.cast.at(link.target)
            if member is not None and tag.label in (PRONOUN, member.type.value):
                return member
        return None
