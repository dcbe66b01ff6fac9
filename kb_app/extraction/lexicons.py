"""Word lists that the engine reads from resources/lexicons and that a user can extend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kb_app.core.entity import Category, EntityType
from kb_app.core.errors import KartotekaError
from kb_app.core.event import EventType, Realis
from kb_app.core.relation import RelationType
from kb_app.extraction.inflection import entry, noun_forms, verb_forms


class LexiconUnreadable(KartotekaError):
    """A lexicon file is missing or holds a line that cannot be used."""


class KnownInstitution(NamedTuple):
    """An institution known by name; `name` is the canonical one of its other names."""

    name: str
    category: Category
    subcategory: str
    country: str


class InstitutionHead(NamedTuple):
    """A word that makes a capitalised name an institution; `takes_of` when "of ..." may follow it."""

    category: Category
    subcategory: str
    takes_of: bool


class Title(NamedTuple):
    """A title: honorific, rank, office or job, and the relation it gives to an institution."""

    kind: str
    relation: str


class ReportingVerb(NamedTuple):
    """A form of a verb that reports speech; `frames` as in reporting_verbs.txt."""

    lemma: str
    frames: str
    is_base: bool


class Trigger(NamedTuple):
    """A form that can name an event."""

    type: EventType
    lemma: str
    is_verb: bool


class Kin(NamedTuple):
    """A noun that ties a person to a possessor."""

    gender: str
    relation: str


class RelationPhrase(NamedTuple):
    """Words between two entities that state a relation; `forward` when the subject is its source."""

    type: RelationType
    words: tuple[str, ...]
    forward: bool


@dataclass(frozen=True, slots=True)
class Lexicons:
    """All word lists, ready for look-up."""

    countries: Mapping[str, str]
    cities: Mapping[str, str]
    regions: Mapping[str, str]
    demonyms: Mapping[str, str]
    institutions: Mapping[str, KnownInstitution]
    institution_heads: Mapping[str, InstitutionHead]
    place_heads: Mapping[str, str]
    given_names: Mapping[str, str]
    name_signs: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, Title]
    title_countries: Mapping[str, str]
    title_modifiers: frozenset[str]
    qualifiers: frozenset[str]
    reporting: Mapping[str, ReportingVerb]
    triggers: Mapping[str, tuple[Trigger, ...]]
    realis_cues: Mapping[str, Realis]
    nominals: Mapping[str, tuple[EntityType, tuple[Category, ...]]]
    kinship: Mapping[str, Kin]
    relation_phrases: tuple[RelationPhrase, ...]
    not_names: frozenset[str]
    holidays: Mapping[str, str]
    dispute_cues: Mapping[str, frozenset[str]]


def load_lexicons(folder: Path, extra: Path | None = None) -> Lexicons:
    """Read the lexicons of a folder; files of the same names in a second folder add to them and win.

    Raises LexiconUnreadable, naming the file, when a file is missing or a line has an unknown value.
    """
    source = _Folders((folder, extra) if extra else (folder,))
    try:
        return _lexicons(source)
    except ValueError as error:
        raise LexiconUnreadable(f"A word list in {folder} or {extra} holds a word it may not: {error}") from error


def _lexicons(source: _Folders) -> Lexicons:
    return Lexicons(
        countries=source.pairs("countries"),
        cities=source.pairs("cities"),
        regions=source.pairs("regions"),
        demonyms=source.pairs("demonyms"),
        institutions=_institutions(source),
        institution_heads={
            r[0]: InstitutionHead(Category(r[1]), r[2], r[3] != "tail") for r in source.rows("institution_heads", 4)
        },
        place_heads=source.pairs("place_heads"),
        given_names=_given_names(source),
        name_signs={key: tuple(words) for key, words in source.sections("surname_signs").items()},
        titles={r[0].lower(): Title(r[1], r[2]) for r in source.rows("titles", 3)},
        title_countries=source.pairs("title_countries"),
        title_modifiers=source.words("title_modifiers"),
        qualifiers=source.words("qualifiers"),
        reporting=_reporting(source),
        triggers=_triggers(source),
        realis_cues={r[0]: Realis(r[1]) for r in source.rows("realis_cues", 2)},
        nominals=_nominals(source),
        kinship={r[0]: Kin(r[1], r[2]) for r in source.rows("kinship", 3)},
        relation_phrases=_relation_phrases(source),
        not_names=frozenset(w for words in source.sections("common_capitals").values() for w in words),
        holidays=source.pairs("holidays"),
        dispute_cues={key: frozenset(words) for key, words in source.sections("dispute_cues").items()},
    )


class _Folders:
    """Reads the files of one name from several folders, in order."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = folders

    def lines(self, name: str) -> Iterator[str]:
        for at, folder in enumerate(self._folders):
            path = folder / f"{name}.txt"
            if at and not path.is_file():
                continue
            try:
                text = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise LexiconUnreadable(f"The word list {path} cannot be read: {error}") from error
            for line in text.splitlines():
                if line.strip() and not line.startswith("#"):
                    yield line

    def rows(self, name: str, columns: int) -> Iterator[list[str]]:
        for line in self.lines(name):
            cells = [cell.strip() for cell in line.split("\t")]
            yield (cells + [""] * columns)[:columns]

    def pairs(self, name: str) -> dict[str, str]:
        return {row[0]: row[1] for row in self.rows(name, 2)}

    def words(self, name: str) -> frozenset[str]:
        return frozenset(word for line in self.lines(name) for word in (line.split() if " " in line else [line]))

    def sections(self, name: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        key = ""
        for line in self.lines(name):
            if line.startswith(":"):
                key = line[1:].strip()
            else:
                found.setdefault(key, []).extend(line.split())
        return found


def _institutions(source: _Folders) -> dict[str, KnownInstitution]:
    found: dict[str, KnownInstitution] = {}
    for name, category, subcategory, country, others in source.rows("known_institutions", 5):
        known = KnownInstitution(name, Category(category), subcategory, country)
        for spelling in [name, *others.split("|")]:
            if spelling:
                found[spelling] = known
    return found


def _given_names(source: _Folders) -> dict[str, str]:
    found: dict[str, str] = {}
    for gender, names in source.sections("given_names").items():
        for name in names:
            found[name] = gender if found.get(name, gender) == gender else "u"
    return found


def _reporting(source: _Folders) -> dict[str, ReportingVerb]:
    found: dict[str, ReportingVerb] = {}
    for lemma, frames, irregular in source.rows("reporting_verbs", 3):
        parts = tuple(irregular.split()) if " " not in lemma else (irregular,) * bool(irregular)
        for form in verb_forms(lemma, parts):
            found[form] = ReportingVerb(lemma, frames, form == lemma)
    return found


def _triggers(source: _Folders) -> dict[str, tuple[Trigger, ...]]:
    found: dict[str, tuple[Trigger, ...]] = {}
    for kind, part, lemmas in source.rows("event_triggers", 3):
        for item in _outside_brackets(lemmas):
            lemma, irregular = entry(item)
            forms = verb_forms(lemma, irregular) if part == "v" else noun_forms(lemma)
            for form in forms:
                trigger = Trigger(EventType(kind), lemma, part == "v")
                found[form] = (*found.get(form, ()), trigger)
    return found


def _outside_brackets(text: str) -> list[str]:
    parts, depth, at = [], 0, 0
    for i, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if char == "," and not depth:
            parts.append(text[at:i].strip())
            at = i + 1
    return [*parts, text[at:].strip()]


def _nominals(source: _Folders) -> dict[str, tuple[EntityType, tuple[Category, ...]]]:
    found = {}
    for noun, kind, categories in source.rows("nominals", 3):
        found[noun] = (EntityType(kind), tuple(Category(c) for c in categories.split("|") if c))
    return found


def _relation_phrases(source: _Folders) -> tuple[RelationPhrase, ...]:
    found = []
    for kind, direction, phrases in source.rows("relation_verbs", 3):
        forward = direction == "+"
        found += [RelationPhrase(RelationType(kind), tuple(p.split()), forward) for p in phrases.split(",")]
    return tuple(sorted(found, key=lambda p: -len(p.words)))
