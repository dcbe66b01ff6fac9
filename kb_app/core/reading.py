"""What the source pane shows of one article."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kb_app.core.article import Article, Provenance
from kb_app.core.grading import SourceGrade
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
    grade: SourceGrade = SourceGrade()
    text_sha256: str = ""  # of the clean text, as it was kept at import

    @property
    def text_is_sound(self) -> bool:
        """Tell whether the text still has the digest that was kept of it."""
        return not self.text_sha256 or hashlib.sha256(self.article.text.encode()).hexdigest() == self.text_sha256


@dataclass(frozen=True, slots=True)
class RelatedArticle:
    """An article that came in the same mail or container, by its title."""

    id: ArticleId
    title: str
    name: str  # of its source


@dataclass(frozen=True, slots=True)
class SourceSheet:
    """Everything known about where an article came from."""

    view: ArticleView
    parent: RelatedArticle | None = None  # the mail that it came with
    attachments: tuple[RelatedArticle, ...] = ()
    siblings: tuple[RelatedArticle, ...] = ()  # other articles of the same bytes
    elsewhere: tuple[str, ...] = ()  # other paths, addresses and containers where the same bytes were found


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether bytes and clean text still are what was imported: their SHA-256, recomputed."""

    article: ArticleId
    bytes_sha256: str
    text_sha256: str
    bytes_are_sound: bool
    text_is_sound: bool
