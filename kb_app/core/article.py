"""An imported article: its frozen text, its zones and what is known about where it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kb_app.core.passage import Span
from kb_app.core.stated_date import StatedDate

LONGEST_VALUE = 2_000  # characters of a title, name or address


class ZoneKind(StrEnum):
    """What a stretch of an article's text is, besides plain body."""

    TITLE = "title"
    METADATA = "metadata"  # byline, credit, source and copyright lines
    BOILERPLATE = "boilerplate"  # site furniture around or inside the body
    CAPTION = "caption"
    SUBHEAD = "subhead"


@dataclass(frozen=True, slots=True)
class Zone:
    """A marked stretch of the text."""

    kind: ZoneKind
    span: Span


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of metadata with where it was found ("JSON-LD", "byline line", "import metadata", ...)."""

    value: str
    how: str


class MetadataField(StrEnum):
    """The pieces of metadata that a person can correct."""

    TITLE = "title"
    BYLINE = "byline"
    PUBLISHER = "publisher"
    HOST = "host"
    WIRE = "wire"
    DATELINE_PLACE = "dateline_place"
    PUBLISHED = "published"  # EDTF
    SOURCE_URL = "source_url"
    LANGUAGE = "language"  # ISO 639-1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that a piece of metadata could have, with where it stands; the most trusted come first."""

    field: MetadataField
    value: str
    how: str  # as in Found
    span: Span | None = None  # where it stands in the clean text, when it does


@dataclass(frozen=True, slots=True)
class OffsetSegment:
    """A run of clean text and the place in the decoded original where it begins; runs run in step."""

    text_start: int
    length: int
    original_start: int


@dataclass(frozen=True, slots=True)
class PageRun:
    """A run of clean text, usually a line, and its box on a page of the original.

    Pages count from 0; the box is in points (1/72 inch) from the upper left corner of the page as it is shown.
    """

    start: int
    length: int
    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Metadata:
    """Who published an article, where and when, each with its evidence; None is not known."""

    title: Found | None = None
    byline: Found | None = None
    publisher: Found | None = None
    host: Found | None = None  # who reprinted it
    wires: tuple[str, ...] = ()
    dateline_place: Found | None = None
    published: StatedDate | None = None
    published_how: str = ""
    source_url: Found | None = None
    source_url_as_printed: str = ""
    corrected: tuple[MetadataField, ...] = ()  # what a person gave, also where it is not known


@dataclass(frozen=True, slots=True)
class Provenance:
    """How the bytes of a source came here; "" is not known."""

    how: str = ""  # "file", "clipboard", "archive", "web archive", "mail", "attachment", "feed", "table", ...
    address: str = ""  # where the record that held it says it was found
    captured_at: str = ""  # when that was, ISO 8601 in UTC
    container: str = ""  # the files that held it, outermost first, as "news.zip › crawl.warc.gz › record 12"
    container_sha256: str = ""  # of the outermost
    parent_sha256: str = ""  # of the mail that it came with


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The raw bytes of one input as they were read once."""

    name: str  # file name or address, for people
    data: bytes
    sha256: str
    media_type: str
    path: str = ""  # where it lay, or "clipboard"
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Article:
    """A clean, frozen text with zones and metadata; all offsets are code points into `text`."""

    text: str
    body: Span
    metadata: Metadata = field(default_factory=Metadata)
    title_span: Span | None = None
    dateline_span: Span | None = None
    published_span: Span | None = None
    zones: tuple[Zone, ...] = ()
    language: str = ""  # ISO 639-1, "" is unknown
    encoding: str = "utf-8"  # of the original; "" is: it is a document, whose text is no run of its bytes
    offset_map: tuple[OffsetSegment, ...] = ()  # () is: text and decoded original are the same
    page_map: tuple[PageRun, ...] = ()  # of originals that have pages: where on them the text stands, in order of start
    candidates: tuple[Candidate, ...] = ()
    warnings: tuple[str, ...] = ()  # "code: sentence"
    sketch: tuple[int, ...] = ()  # of its report, where it was made already; () is: not yet

    @property
    def title(self) -> str:
        """Return the title, or the first words of the text."""
        if self.metadata.title:
            return self.metadata.title.value
        return " ".join(self.text[: 4 * LONGEST_VALUE].split()[:12])[:LONGEST_VALUE]

    def read_spans(self) -> tuple[Span, ...]:
        """Return title and body without boilerplate and metadata lines, in order: what extraction reads."""
        holes = sorted(z.span for z in self.zones if z.kind in (ZoneKind.METADATA, ZoneKind.BOILERPLATE))
        whole = [s for s in (self.title_span, self.body) if s is not None]
        if self.title_span and self.body.holds(self.title_span):
            whole = [self.body]
        spans: list[Span] = []
        for zone in sorted(whole):
            at = zone.start
            for hole in holes:
                if not hole.overlaps(zone):
                    continue
                if hole.start > at:
                    spans.append(Span(at, hole.start))
                at = max(at, hole.end)
            if at < zone.end:
                spans.append(Span(at, zone.end))
        return tuple(spans)
