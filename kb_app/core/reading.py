"""What the source pane shows of one article."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kb_app.core.article import Article, Provenance
from kb_app.core.ids import ArticleId, EntityId, SourceId
from kb_app.core.judgement import ClaimRef
from kb_app.core.passage import Span


class MarkKind(StrEnum):
    """The kinds of marks in the text, each switchable."""

    PERSON = "person"
    INSTITUTION = "institution"
    PLACE = "place"
    DATE = "date"
    STATEMENT = "statement"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of text and what it leads to; `label` is plain text for the tool tip."""

    span: Span
    kind: MarkKind
    label: str = ""
    entity: EntityId | None = None
    claim: ClaimRef | None = None


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """Where an article's bytes came from."""

    id: SourceId
    name: str
    path: str
    media_type: str
    sha256: str
    size: int
    imported_at: datetime  # UTC
    provenance: Provenance = field(default_factory=Provenance)
    author: str = ""  # who imported it
    tool: str = ""  # with which version of the program


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article with its marks in order of start."""

    id: ArticleId
    article: Article
    source: SourceInfo
    marks: tuple[Mark, ...] = ()
    reviewed: bool = False
    copies: tuple[ArticleId, ...] = ()  # other articles of the same origin
