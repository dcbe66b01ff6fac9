"""When the article of a page was published: what the page states, then what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb_app.core.passage import Span
from kb_app.core.stated_date import StatedDate
from kb_app.ingest.given import IMPORT_METADATA, GivenMetadata
from kb_app.ingest.html_layout import Layout
from kb_app.ingest.html_metadata import DateFound, nearest_time
from kb_app.ingest.html_offsets import VisibleText
from kb_app.ingest.html_parts import Parts
from kb_app.ingest.written_dates import WrittenDate, first_written_date, is_plausible, metadata_date


@dataclass(frozen=True, slots=True)
class ShownDates:
    """Dates that the visible text gives; the line's in offsets of the clean text."""

    line: WrittenDate | None
    time: StatedDate | None
    dateline: StatedDate | None


@dataclass(frozen=True, slots=True)
class Published:
    """The day of publication with where it stands, and all days that it could be."""

    date: StatedDate | None = None
    how: str = ""
    candidates: tuple[DateFound, ...] = ()
    warnings: tuple[str, ...] = ()
    line: Span | None = None  # where the date line stands in the clean text


def shown_dates(page: VisibleText, layout: Layout, parts: Parts, dateline: StatedDate | None) -> ShownDates:
    """Collect the dates around title and body."""
    return ShownDates(_date_line(parts), _near(page, layout), dateline)


def published(stated: tuple[DateFound, ...], shown: ShownDates, given: GivenMetadata) -> Published:
    """Choose the first plausible date."""
    candidates = (*stated, *_shown(shown, given))
    line, warnings = shown.line, []
    place = line.span if line else None
    for found in candidates:
        if is_plausible(found.date):
            if line and line.doubtful and found.how == "date line":
                warnings.append(f"ambiguous-date: “{found.date.words}” may be read day or month first.")
            return Published(found.date, found.how, candidates, tuple(warnings), place)
        warnings.append(
            f"implausible-date: the date “{found.date.words}” ({found.how}) cannot be a day of publication."
        )
    return Published(candidates=candidates, warnings=tuple(warnings), line=place)


def _shown(shown: ShownDates, given: GivenMetadata) -> Iterator[DateFound]:
    line = shown.line
    if line and not line.doubtful:
        yield DateFound(line.date, "date line")
    if shown.time:
        yield DateFound(shown.time, "time element")
    imported = metadata_date(given.published) if given.published else None
    if imported:
        yield DateFound(imported, IMPORT_METADATA)
    if shown.dateline:
        yield DateFound(shown.dateline, "dateline")
    if line and line.doubtful:
        yield DateFound(line.date, "date line")


def _date_line(parts: Parts) -> WrittenDate | None:
    for line in parts.speaking_of_it[: len(parts.above) + 2]:
        found = first_written_date(line.text)
        if found:
            return WrittenDate(found.date, found.span.shifted(line.span.start), found.doubtful)
    return None


def _near(page: VisibleText, layout: Layout) -> StatedDate | None:
    """Return the date of a time element between the title and the body."""
    if not layout.body:
        return None
    first = layout.title.span.start if layout.title and layout.title.span else 0
    before = page.blocks[layout.body[0]].span.start
    return nearest_time(page, Span(min(first, before), max(first, before)))
