"""A page as an article: clean text with zones, metadata, and a map back to the source."""

from __future__ import annotations

from dataclasses import replace

from kb_app.core.article import Article, Found
from kb_app.core.errors import Refused
from kb_app.ingest.bare_page import bare_article, has_too_many_tags
from kb_app.ingest.dateline import Dateline, dateline_of
from kb_app.ingest.given import IMPORT_METADATA, GivenMetadata
from kb_app.ingest.html_attribution import Seen, attributed
from kb_app.ingest.html_choice import Choice, choice_of
from kb_app.ingest.html_layout import Layout, layout_of
from kb_app.ingest.html_metadata import page_metadata
from kb_app.ingest.html_offsets import segments_of
from kb_app.ingest.html_parts import APART, Draft, Parts, parts_of, zones_of_page
from kb_app.ingest.html_published import Published, published, shown_dates
from kb_app.ingest.main_text import guessed_date

_DATELINE_LINES = 4


def article_of_page(source: str, given: GivenMetadata, name: str) -> Article:
    """Find the article in a page; raises Refused `no-text` when it shows no words."""
    if has_too_many_tags(source):
        return bare_article(source, given, name)
    choice = choice_of(source)
    page = choice.page
    if not any(c.isalpha() for block in page.blocks if page.tag(block) != "title" for c in page.words(block)):
        raise Refused("no-text", f"“{name}” shows no text, so there is nothing to import.")
    stated = page_metadata(source, page, choice.data)
    titles = ([Found(given.title, IMPORT_METADATA)] if given.title else []) + list(stated.titles)
    layout = layout_of(page, choice.blocks, titles, stated.site)
    draft = Draft(page)
    parts = parts_of(draft, layout)
    text = APART.join(draft.texts)
    dateline = _dateline(parts)
    shown = shown_dates(page, layout, parts, dateline.date if dateline else None)
    day = _or_guessed(published(stated.dates, shown, given), source, choice)
    metadata, candidates = attributed(Seen(stated, parts, given, _title(layout), dateline, day), text)
    line = shown.line
    return Article(
        text=text,
        body=parts.body_span(len(text)),
        metadata=metadata,
        title_span=parts.title,
        dateline_span=dateline.span if dateline else None,
        published_span=line.span if line and day.date and line.date.edtf == day.date.edtf else None,
        zones=zones_of_page(draft, layout, parts),
        offset_map=segments_of(draft.pieces, page),
        candidates=candidates,
        warnings=(*choice.warnings, *day.warnings),
    )


def _title(layout: Layout) -> Found | None:
    return Found(layout.title.words, layout.title.how) if layout.title and layout.title.words else None


def _or_guessed(day: Published, source: str, choice: Choice) -> Published:
    guess = None if day.date or choice.plainly else guessed_date(source, choice.page)
    return replace(day, date=guess, how="htmldate") if guess else day


def _dateline(parts: Parts) -> Dateline | None:
    for line in parts.body[:_DATELINE_LINES]:
        found = dateline_of(line.text)
        if found:
            start = line.span.start
            return Dateline(found.place, found.span.shifted(start), found.end + start, found.agency, found.date)
    return None
