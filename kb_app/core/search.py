"""Answers of the search box."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kb_app.core.grading import SourceGrade
from kb_app.core.passage import Span


class HitKind(StrEnum):
    """What a search found."""

    PERSON = "person"
    INSTITUTION = "institution"
    PLACE = "place"
    EVENT = "event"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One answer; `marked` are the spans of `snippet` that matched; `article_span` and `grade` are of articles."""

    kind: HitKind
    id: int
    title: str
    subtitle: str = ""
    snippet: str = ""
    marked: tuple[Span, ...] = ()
    article_span: Span | None = None
    grade: SourceGrade | None = None


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The answers to one query, best first within each kind, and how long they took."""

    query: str
    hits: tuple[SearchHit, ...] = ()
    totals: tuple[tuple[HitKind, int], ...] = ()
    milliseconds: float = 0.0
