"""The paragraphs that trafilatura takes for the article, and the date that htmldate finds; nothing is ever fetched."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from kb_app.core.passage import Span
from kb_app.core.stated_date import StatedDate
from kb_app.ingest.html_offsets import VisibleText
from kb_app.ingest.limits import (
    ATTRIBUTES_FOR_ARTICLE_EXTRACTION,
    ELEMENTS_FOR_ARTICLE_EXTRACTION,
    MARKUP_CHARACTERS_FOR_ARTICLE_EXTRACTION,
    NESTING_FOR_ARTICLE_EXTRACTION,
)
from kb_app.ingest.written_dates import is_plausible, metadata_date, written_dates

_BLOCKS = frozenset({"p", "head", "item", "cell", "quote", "list", "table", "row", "code", "div", "fw", "ab"})
_EMBEDDED = re.compile(r"data:[a-zA-Z0-9+/;.=-]{0,80},[A-Za-z0-9+/=%_-]{500,}")


def too_much(source: str, page: VisibleText) -> str:
    """Return why a page is not given to the article extraction, "" when it can be."""
    if page.deepest > NESTING_FOR_ARTICLE_EXTRACTION:
        return f"its elements are nested {page.deepest} deep"
    if page.most_attributes > ATTRIBUTES_FOR_ARTICLE_EXTRACTION:
        return f"one of its tags has {page.most_attributes:,} attributes"
    if len(page.elements) > ELEMENTS_FOR_ARTICLE_EXTRACTION:
        return f"it has {len(page.elements):,} elements"
    # scripts and pictures inside the markup do not count: they are taken out
    size = len(source) if len(source) <= MARKUP_CHARACTERS_FOR_ARTICLE_EXTRACTION else len(_reduced(source, page))
    return f"it has {size:,} characters of markup" if size > MARKUP_CHARACTERS_FOR_ARTICLE_EXTRACTION else ""


def main_text(source: str, page: VisibleText) -> tuple[str, ...]:
    """Let trafilatura choose the article's paragraphs; () when it finds none."""
    # late: it takes 0.4 s to load and nothing but the import of a page needs it
    import trafilatura

    with _quiet("trafilatura", "courlan", "htmldate"):
        tree = trafilatura.load_html(_reduced(source, page))
        found = None if tree is None else trafilatura.bare_extraction(tree, include_comments=False, include_tables=True)
    body = getattr(found, "body", None)
    return () if body is None else tuple(_paragraphs(body))


def guessed_date(source: str, page: VisibleText) -> StatedDate | None:
    """Let htmldate look for the day of publication anywhere in the page."""
    # late: as above
    import htmldate
    import trafilatura

    with _quiet("trafilatura", "htmldate"):
        # a parsed tree, never a string: a string that looks like an address would be fetched
        tree = trafilatura.load_html(_reduced(source, page))
        words = None if tree is None else htmldate.find_date(tree, original_date=True, extensive_search=False)
    stated = metadata_date(_believed(words or "", source, page))
    return stated if stated is not None and is_plausible(stated) else None


def _believed(day: str, source: str, page: VisibleText) -> str:
    """Return the part of htmldate's day that the page states: it fills a missing month or day with 1."""
    forms = (day, day.replace("-", "/"), day.replace("-", ""))
    stated = any(form in source for form in forms) or any(d.date.edtf == day for d in written_dates(page.text))
    if stated or not day.endswith("-01"):
        return day
    # a year alone is often that of a copyright line
    return "" if day.endswith("-01-01") else day.removesuffix("-01")


@contextmanager
def _quiet(*names: str) -> Iterator[None]:
    """Silence libraries that log what our own warnings tell."""
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _reduced(source: str, page: VisibleText) -> str:
    pieces, at = [], 0
    for span in [*page.unread, Span(len(source), len(source))]:
        if span.start >= at:
            pieces.append(source[at : span.start])
            at = span.end
    return _EMBEDDED.sub("data:,", "".join(pieces))


def _paragraphs(element: etree._Element) -> Iterator[str]:
    if any(child.tag in _BLOCKS for child in element):
        yield from filter(None, [(element.text or "").strip()])
        for child in element:
            yield from _paragraphs(child)
            yield from filter(None, [(child.tail or "").strip()])
    else:
        words = " ".join("".join(map(str, element.itertext())).split())
        if words:
            yield words
