"""A claim's links to the passages it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb_app.core.grading import SourceGrade
from kb_app.core.ids import ArticleId
from kb_app.core.judgement import Status
from kb_app.core.passage import Passage
from kb_app.core.stated_date import StatedDate


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage that supports a claim, with where it stands and why the machine took it so."""

    passage: Passage
    article_title: str = ""
    publisher: str = ""
    published: StatedDate | None = None
    confidence: float = 1.0
    reason: str = ""
    grade: SourceGrade = SourceGrade()

    @property
    def article(self) -> ArticleId:
        """Return the article that the passage stands in."""
        return self.passage.article


@dataclass(frozen=True, slots=True)
class Support:
    """How a claim stands: the person's decision, the machine's confidence and the evidence, strongest first."""

    status: Status = Status.SUGGESTED
    confidence: float = 1.0  # the highest of the citations
    reason: str = ""
    citations: tuple[Citation, ...] = field(default_factory=tuple)  # at most CITATIONS_SHOWN
    citation_count: int = 0
    origin_count: int = 0  # independent articles: reprints of one report count once
    disputed: bool = False


CITATIONS_SHOWN = 8
