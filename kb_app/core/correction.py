"""What a person says of an article's metadata, in the place of what was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb_app.core.article import Article, Candidate, Found, Metadata, MetadataField
from kb_app.core.ids import ArticleId
from kb_app.core.passage import Span

CORRECTED = "corrected"  # how a value was found that a person gave
NOT_SAID = "read from the text"  # how a value was found of which nothing else is kept
_BETWEEN_WIRES = re.compile(r"\s*[,;]\s*")


@dataclass(frozen=True, slots=True)
class Correction:
    """A value for a piece of metadata, "" is not known.

    Wires stand with commas between them, a date as EDTF or in plain words, a language as its ISO 639-1 code.
    """

    field: MetadataField
    value: str


@dataclass(frozen=True, slots=True)
class FieldState:
    """A piece of metadata of one or more articles.

    `values` are the values that it has, each with the number of articles, the commonest first; `candidates` are those
    of a single article. `corrected` tells whether a person gave it.
    """

    field: MetadataField
    values: tuple[tuple[str, int], ...] = ()
    candidates: tuple[Candidate, ...] = ()
    how: str = ""
    corrected: bool = False

    @property
    def is_mixed(self) -> bool:
        """Tell whether the articles differ in it."""
        return len(self.values) > 1

    @property
    def value(self) -> str:
        """Return the value that all articles have, "" where they differ or it is not known."""
        return "" if self.is_mixed or not self.values else self.values[0][0]


@dataclass(frozen=True, slots=True)
class MetadataSheet:
    """The metadata of the articles that are to be corrected together."""

    articles: tuple[ArticleId, ...]
    title: str  # of the first
    fields: tuple[FieldState, ...]
    publishers: tuple[str, ...] = ()  # of all articles, to be proposed

    def state(self, field: MetadataField) -> FieldState:
        """Return how a piece of metadata stands."""
        return next(state for state in self.fields if state.field is field)


def split_wires(value: str) -> tuple[str, ...]:
    """Return the agencies that are written with commas between them."""
    return tuple(dict.fromkeys(wire for wire in _BETWEEN_WIRES.split(value.strip()) if wire))


def value_of(article: Article, field: MetadataField) -> str:
    """Return what is held of a piece of metadata in the form in which a person writes it, "" is not known."""
    metadata = article.metadata
    if field is MetadataField.WIRE:
        return ", ".join(metadata.wires)
    if field is MetadataField.PUBLISHED:
        return metadata.published.edtf if metadata.published else ""
    if field is MetadataField.LANGUAGE:
        return article.language
    found = _found(metadata, field)
    return found.value if found else ""


def how_found(article: Article, field: MetadataField) -> str:
    """Return how a piece of metadata was found, "" where that is not known."""
    metadata = article.metadata
    if field in metadata.corrected:
        return CORRECTED
    if field is MetadataField.PUBLISHED:
        return metadata.published_how
    if field in (MetadataField.WIRE, MetadataField.LANGUAGE):
        return ""
    found = _found(metadata, field)
    return found.how if found else ""


def candidates_for(article: Article, field: MetadataField) -> tuple[Candidate, ...]:
    """Return the values that a piece of metadata could have, the one it has first where no reader listed it."""
    listed = tuple(_listed(article, field))
    known = {(candidate.value, how) for candidate in listed for how in (candidate.how, NOT_SAID)}
    return (*(held for held in _held(article, field) if (held.value, held.how) not in known), *listed)


def former_candidates(article: Article, field: MetadataField) -> tuple[Candidate, ...]:
    """Return what a correction replaces and no candidate holds yet, as candidates."""
    listed = {candidate.value for candidate in _listed(article, field)}
    return tuple(candidate for candidate in _held(article, field) if candidate.value not in listed)


def _listed(article: Article, field: MetadataField) -> Iterator[Candidate]:
    return (candidate for candidate in article.candidates if candidate.field is field)


def _held(article: Article, field: MetadataField) -> Iterator[Candidate]:
    value, how = value_of(article, field), how_found(article, field)
    if field is MetadataField.WIRE:
        yield from (Candidate(field, wire, how or NOT_SAID) for wire in article.metadata.wires)
    elif value:
        yield Candidate(field, value, how or NOT_SAID, _span(article, field, value))


def _span(article: Article, field: MetadataField, value: str) -> Span | None:
    """Return where a value stands that was not corrected."""
    if field in article.metadata.corrected:
        return None
    if field is MetadataField.TITLE:
        return article.title_span
    if field is MetadataField.PUBLISHED:
        return article.published_span
    dateline = article.dateline_span
    if field is MetadataField.DATELINE_PLACE and dateline is not None:
        at = article.text.find(value, dateline.start, dateline.end)
        return Span(at, at + len(value)) if at >= 0 else dateline
    return None


def _found(metadata: Metadata, field: MetadataField) -> Found | None:
    found: Found | None = getattr(metadata, field.value)
    return found
