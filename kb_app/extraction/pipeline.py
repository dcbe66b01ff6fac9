"""Runs the steps of extraction over an article: a pure function of article, word lists and weights."""

from __future__ import annotations

from dataclasses import replace

from kb_app.core.article import Article
from kb_app.core.findings import Findings, FoundEntity, FoundRole, Ground
from kb_app.core.languages import is_read, unread_note
from kb_app.extraction.calibration import with_calibrated
from kb_app.extraction.cast import Cast, Member
from kb_app.extraction.coreference import Folder
from kb_app.extraction.disputes import DisputeFinder
from kb_app.extraction.encoder import Encoder, Tagged
from kb_app.extraction.encoder_words import read_words
from kb_app.extraction.events import EventFinder
from kb_app.extraction.first_look import FirstLook, Look
from kb_app.extraction.home_country import home_country
from kb_app.extraction.lexicons import Lexicons
from kb_app.extraction.link_table import LinkTable
from kb_app.extraction.other_scripts import repeated_names
from kb_app.extraction.reading import Reading, read
from kb_app.extraction.references import Referents
from kb_app.extraction.relations import RelationFinder, Sources
from kb_app.extraction.roles import RoleFinder
from kb_app.extraction.speech import CueFinder
from kb_app.extraction.statements import StatementFinder
from kb_app.extraction.tagged_events import EventMerger
from kb_app.extraction.tagged_names import NameMerger
from kb_app.extraction.tagged_references import TaggedReferents
from kb_app.extraction.tagged_relations import merged_relations
from kb_app.extraction.tagged_roles import RoleMerger
from kb_app.extraction.tagged_statements import StatementMerger
from kb_app.extraction.tagged_times import merged_times

RULES, TAGGER = "rules 2", "tagger 1"


class Extractor:
    """The engine: rules, and a trained tagger where one is given; it keeps nothing of an article."""

    def __init__(self, lexicons: Lexicons, tagger: Encoder | None = None) -> None:
        self.first_look = FirstLook(lexicons)
        self._tagger = tagger
        self._lexicons = lexicons
        self._names = NameMerger(lexicons)
        self._folder = Folder(lexicons)
        self._roles = RoleFinder(lexicons)
        self._events = EventFinder(lexicons)
        self._relations = RelationFinder(lexicons)
        self._disputes = DisputeFinder(lexicons)

    def extract(self, article: Article) -> Findings:
        """Return what the article says; in a language other than English nothing, with a warning."""
        engine = RULES if self._tagger is None else TAGGER
        if not is_read(article.language):
            warning = unread_note(article.language)
            return Findings(engine, article.language, warnings=(warning,))
        reading = read(article)
        look = self.first_look.look(reading, read_words(article.text, article.read_spans()))
        if self._tagger is None:
            found = self._by_rules(article, reading, look)
        else:
            found = self.assemble(article, reading, look, self._tagger.tag(article.text, look.words))
            found = with_calibrated(found, self._tagger.card.layers)
        return replace(found, disputes=self._disputes.find(article, found))

    def assemble(self, article: Article, reading: Reading, look: Look, tagged: Tagged) -> Findings:
        """Put together what the rules saw at first and what the tagger saw, each completed by the other."""
        tagged = tagged.inside(article.read_spans())
        links = LinkTable(tagged.links)
        names = self._names.merged(reading, look.names, tagged.mentions)
        times = merged_times(self.first_look.times, reading, look.times, (tagged.times, [name.span for name in names]))
        cast = self._folder.fold(reading, names)
        ruled = self._roles.find(reading, cast)
        referents = Referents(reading, cast, self._lexicons, ruled).with_times(times)
        known = TaggedReferents(referents, tagged, links)
        known.attach()
        roles = RoleMerger(self._lexicons, reading, known, links).merged(ruled, tagged)
        roles = self._completed(article, reading, cast, roles)
        cues = CueFinder(reading, self._lexicons, referents).find()
        spoken = StatementFinder(reading, referents, times).find(cues)
        statements = StatementMerger(reading, known, tagged, links).merged(spoken, cues)
        happened = self._events.find(reading, referents, times)
        events = EventMerger(reading, known, tagged, links).merged(happened, times)
        relations = self._relations.find(reading, referents, Sources(roles, statements, events))
        return Findings(
            engine=TAGGER,
            language=article.language,
            sentences=tuple(s.span for s in reading.sentences),
            entities=_entities(reading, cast),
            roles=roles,
            times=times,
            events=events,
            statements=statements,
            relations=merged_relations(reading, known, tagged, relations),
        )

    def _by_rules(self, article: Article, reading: Reading, look: Look) -> Findings:
        cast = self._folder.fold(reading, look.names)
        roles = self._completed(article, reading, cast, self._roles.find(reading, cast))
        referents = Referents(reading, cast, self._lexicons, roles).with_times(look.times)
        cues = CueFinder(reading, self._lexicons, referents).find()
        statements = StatementFinder(reading, referents, look.times).find(cues)
        events = self._events.find(reading, referents, look.times)
        relations = self._relations.find(reading, referents, Sources(roles, statements, events))
        return Findings(
            engine=RULES,
            language=article.language,
            sentences=tuple(s.span for s in reading.sentences),
            entities=_entities(reading, cast),
            roles=roles,
            times=look.times,
            events=events,
            statements=statements,
            relations=relations,
        )

    def _completed(
        self, article: Article, reading: Reading, cast: Cast, roles: tuple[FoundRole, ...]
    ) -> tuple[FoundRole, ...]:
        return self._roles.completed(reading, roles, cast, home_country(article, self._lexicons))


def _entities(reading: Reading, cast: Cast) -> tuple[FoundEntity, ...]:
    return tuple(_entity(reading, member) for member in cast.members if member.mentions)


def _entity(reading: Reading, member: Member) -> FoundEntity:
    again = repeated_names(reading.text, member.mentions)
    mentions = tuple(sorted([*member.mentions, *again], key=lambda m: m.span))
    evidence = reading.evidence_of(mentions[0].span)
    return FoundEntity(
        id=member.id,
        type=member.type,
        name=member.name,
        mentions=mentions,
        ground=Ground(evidence, member.confidence, member.reason),
        category=member.category,
        subcategory=member.subcategory,
        country=member.country,
        named=member.named,
    )
