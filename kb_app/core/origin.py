"""A report with the articles that tell it: its versions, what may be the same, and passages found elsewhere too."""

from __future__ import annotations

from dataclasses import dataclass

from kb_app.core.ids import ArticleId, OriginId
from kb_app.core.reuse import Reuse, SharedStretch
from kb_app.core.stated_date import StatedDate


@dataclass(frozen=True, slots=True)
class Version:
    """An article as one telling of its report; likeness from 0 to 1 is to the fullest version, or to the one asked."""

    article: ArticleId
    origin: OriginId
    title: str
    publisher: str
    host: str
    published: StatedDate | None
    characters: int
    likeness: float = 1.0
    is_earliest: bool = False
    is_fullest: bool = False


@dataclass(frozen=True, slots=True)
class ReusedPassage:
    """A passage that stands in two articles of different origins, with its words in both."""

    reuse: Reuse
    other: Version
    quote: str
    other_quote: str


@dataclass(frozen=True, slots=True)
class Origin:
    """A report: its versions, earliest first; articles that may tell it too; passages it shares with other reports."""

    id: OriginId
    versions: tuple[Version, ...]
    suggestions: tuple[Version, ...] = ()
    reused: tuple[ReusedPassage, ...] = ()

    @property
    def earliest(self) -> Version:
        """Return the version that was published first."""
        return next(version for version in self.versions if version.is_earliest)

    @property
    def fullest(self) -> Version:
        """Return the longest version."""
        return next(version for version in self.versions if version.is_fullest)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The texts of two articles with the stretches of words that they share."""

    one: Version
    other: Version
    one_text: str
    other_text: str
    shared: tuple[SharedStretch, ...]
