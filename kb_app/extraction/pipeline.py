"""Runs the steps of extraction over an article: a pure function of article and word lists."""

from __future__ import annotations

from kb_app.core.article import Article
from kb_app.core.findings import Findings, FoundEntity, Ground
from kb_app.extraction.cast import Cast, Member
from kb_app.extraction.coreference import Folder
from kb_app.extraction.dates import TimeFinder
from kb_app.extraction.events import EventFinder
from kb_app.extraction.lexicons import Lexicons
from kb_app.extraction.names import NameFinder
from kb_app.extraction.naming import NameTyper
from kb_app.extraction.other_scripts import repeated_names
from kb_app.extraction.reading import Reading, read
from kb_app.extraction.references import Referents
from kb_app.extraction.relations import RelationFinder, Sources
from kb_app.extraction.roles import RoleFinder
from kb_app.extraction.speech import CueFinder
from kb_app.extraction.statements import StatementFinder

ENGINE = "rules 1"
LANGUAGE = "en"


class Extractor:
    """The rule engine; holds nothing but what it made of the lexicons, so that one serves many articles."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._lexicons = lexicons
        self._times = TimeFinder(lexicons)
        self._names = NameFinder(lexicons)
        self._typer = NameTyper(lexicons)
        self._folder = Folder(lexicons)
        self._roles = RoleFinder(lexicons)
        self._events = EventFinder(lexicons)
        self._relations = RelationFinder(lexicons)

    def extract(self, article: Article) -> Findings:
        """Return what the article says; in a language other than English nothing, with a warning."""
        if article.language not in ("", LANGUAGE):
            warning = f"language: The text is not English (“{article.language}”); nothing was extracted from it."
            return Findings(ENGINE, article.language, warnings=(warning,))
        reading = read(article)
        cast = self._folder.fold(reading, self._typer.typed(reading, self._names.find(reading)))
        times = self._times.find(reading)
        roles = self._roles.find(reading, cast)
        referents = Referents(reading, cast, self._lexicons, roles).with_times(times)
        cues = CueFinder(reading, self._lexicons, referents).find()
        statements = StatementFinder(reading, referents, times).find(cues)
        events = self._events.find(reading, referents, times)
        relations = self._relations.find(reading, referents, Sources(roles, statements, events))
        return Findings(
            engine=ENGINE,
            language=article.language,
            sentences=tuple(s.span for s in reading.sentences),
            entities=_entities(reading, cast),
            roles=roles,
            times=times,
            events=events,
            statements=statements,
            relations=relations,
        )


def _entities(reading: Reading, cast: Cast) -> tuple[FoundEntity, ...]:
    return tuple(_entity(reading, member) for member in cast.members if member.mentions)


def _entity(reading: Reading, member: Member) -> FoundEntity:
    again = repeated_names(reading.text, member.mentions)
    mentions = tuple(sorted([*member.mentions, *again], key=lambda m: m.span))
    evidence = reading.sentence_at(mentions[0].span.start).span
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
