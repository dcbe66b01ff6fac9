"""Rows of the lists: people, institutions, articles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kb_app.core.entity import Category, EntityType
from kb_app.core.grading import SourceGrade
from kb_app.core.ids import ArticleId, EntityId
from kb_app.core.judgement import Status
from kb_app.core.stated_date import StatedDate


class EntitySort(StrEnum):
    """The orders of a list of people or institutions."""

    MENTIONS = "mentions"
    NAME = "name"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class EntityQuery:
    """Which entities, in which order; `text` filters by name prefix of any word."""

    type: EntityType
    text: str = ""
    status: Status | None = None  # None: all but rejected
    sort: EntitySort = EntitySort.MENTIONS


@dataclass(frozen=True, slots=True)
class EntityRow:
    """A line of the list of people or institutions."""

    id: EntityId
    type: EntityType
    name: str
    subtitle_title: str  # the best supported role's title, or ""
    subtitle_where: str  # its institution or country, or the entity's own country
    mentions: int
    articles: int
    status: Status
    category: Category | None = None


class ArticleSort(StrEnum):
    """The orders of the list of articles."""

    PUBLISHED = "published"
    TITLE = "title"
    PUBLISHER = "publisher"
    IMPORTED = "imported"
    GRADE = "grade"


class ArticleFilter(StrEnum):
    """Which articles the list shows."""

    ALL = "all"
    NEW = "new"
    UNDATED = "undated"
    PROBLEMS = "problems"


NOT_GRADED = "none"


@dataclass(frozen=True, slots=True)
class ArticleQuery:
    """Which articles, in which order; `text` filters by word prefixes in the title.

    `reliability` is a letter of the scale, NOT_GRADED where neither publisher nor article is graded, "" for all.
    """

    filter: ArticleFilter = ArticleFilter.ALL
    publisher: str = ""
    text: str = ""
    reliability: str = ""
    sort: ArticleSort = ArticleSort.PUBLISHED
    descending: bool = True
    one_line_a_report: bool = False  # of each report the article that was published first, of those the fullest


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """A line of the list of articles."""

    id: ArticleId
    title: str
    publisher: str
    host: str
    published: StatedDate | None
    people: int
    institutions: int
    events: int
    reviewed: bool
    warnings: tuple[str, ...] = ()
    copies: int = 1  # articles of the same origin, this one included
    grade: SourceGrade = SourceGrade()
    language: str = ""
    is_reprint: bool = False  # another article of the origin came first
    media_type: str = ""  # of the original


@dataclass(frozen=True, slots=True)
class Totals:
    """The counts in the status bar."""

    sources: int = 0
    articles: int = 0
    origins: int = 0
    people: int = 0
    institutions: int = 0
    places: int = 0
    events: int = 0
    statements: int = 0
    relations: int = 0
    roles: int = 0
    mentions: int = 0
    suggested: int = 0  # claims not yet decided
