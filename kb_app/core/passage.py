"""Spans of an article's text and the passages that claims rest on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb_app.core.ids import ArticleId

CONTEXT_CHARACTERS = 60


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text [start, end) in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the words that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Tell whether the other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> Span:
        """Return the span moved by a number of characters."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Passage:
    """A quoted stretch of an article with a little context; the quote equals the text between the offsets."""

    article: ArticleId
    span: Span
    quote: str
    before: str = ""
    after: str = ""

    @classmethod
    def cut(cls, article: ArticleId, text: str, span: Span) -> Passage:
        """Cut a passage out of an article's text."""
        before = text[max(0, span.start - CONTEXT_CHARACTERS) : span.start]
        after = text[span.end : span.end + CONTEXT_CHARACTERS]
        return cls(article, span, span.of(text), before, after)

    def fits(self, text: str) -> bool:
        """Tell whether the quote is what the text holds at the offsets."""
        return self.span.of(text) == self.quote


def covering(spans: Iterable[Span]) -> Span:
    """Return the smallest span that holds all of the given ones, at least one."""
    items = list(spans)
    return Span(min(s.start for s in items), max(s.end for s in items))
