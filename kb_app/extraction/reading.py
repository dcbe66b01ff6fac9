"""An article as extraction reads it: sentences with their tokens, quotations, quick look-ups by offset."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date

from kb_app.core.article import Article
from kb_app.core.passage import Span
from kb_app.core.stated_date import StatedDate
from kb_app.extraction.quotations import Quotation, find_quotations
from kb_app.extraction.sentences import split_sentences
from kb_app.extraction.tokens import Token, tokenise

CAPITALISED_SHARE = 0.6  # of the longer words, from which on a line is read as a headline


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its number, span and tokens; a headline's capitals say nothing about names."""

    number: int
    span: Span
    tokens: tuple[Token, ...]
    is_headline: bool
    is_shouted: bool  # all capitals
    in_title: bool

    def tokens_of(self, span: Span) -> tuple[int, int]:
        """Return the first token that a span of the sentence touches and the one after the last, at least one."""
        first = bisect_right(self.tokens, span.start, key=lambda token: token.end)
        first = min(first, len(self.tokens) - 1)
        return first, max(first + 1, bisect_left(self.tokens, span.end, key=lambda token: token.start))


@dataclass(frozen=True, slots=True)
class Reading:
    """The sentences and quotations of an article, in order."""

    text: str
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
    published: StatedDate | None
    starts: tuple[int, ...]
    quote_starts: tuple[int, ...]
    lower_words: frozenset[str]
    dateline: Span | None = None

    @property
    def publication_day(self) -> date | None:
        """Return the day of publication, None when it is not known to the day."""
        if self.published is None or not self.published.is_single_day:
            return None
        return self.published.earliest

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that holds the offset or the last one before it; there must be one."""
        return self.sentences[max(0, bisect_right(self.starts, offset) - 1)]

    def evidence_of(self, span: Span) -> Span:
        """Return the sentence that holds a span, or all those that it lies in."""
        first = self.sentence_at(span.start).span
        last = self.sentence_at(max(span.start, span.end - 1)).span
        return Span(min(first.start, span.start), max(last.end, span.end))

    def quotation_at(self, offset: int) -> Quotation | None:
        """Return the quotation that holds the offset."""
        at = bisect_right(self.quote_starts, offset) - 1
        if at >= 0 and self.quotations[at].span.end > offset:
            return self.quotations[at]
        return None


def read(article: Article) -> Reading:
    """Read the title and body of an article."""
    sentences: list[Sentence] = []
    for zone in article.read_spans():
        for span in split_sentences(article.text, zone):
            in_title = article.title_span is not None and article.title_span.overlaps(span)
            sentences.append(_sentence(article.text, len(sentences), span, in_title))
    quotations = find_quotations(article.text, article.read_spans())
    return Reading(
        text=article.text,
        sentences=tuple(sentences),
        quotations=quotations,
        published=article.metadata.published,
        starts=tuple(s.span.start for s in sentences),
        quote_starts=tuple(q.span.start for q in quotations),
        lower_words=frozenset(t.text for s in sentences for t in s.tokens if t.text[0].islower()),
        dateline=article.dateline_span,
    )


def _sentence(text: str, number: int, span: Span, in_title: bool) -> Sentence:
    tokens = tuple(tokenise(text, span.start, span.end))
    words = [t.text for t in tokens if t.text[0].isalpha()]
    longer = [w for w in words if len(w) > 3]
    capitals = sum(w[0].isupper() for w in longer)
    shouted = len(words) > 1 and sum(w.isupper() for w in words if len(w) > 1) > 0.7 * len(words)
    ends = text[span.end - 1 : span.end] in '.?!:"”'
    titled = len(longer) > 2 and capitals / len(longer) > CAPITALISED_SHARE and len(words) < 25 and not ends
    return Sentence(number, span, tokens, titled or shouted, shouted, in_title)
