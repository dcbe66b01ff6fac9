"""A page of more tags than can be looked at one by one: its words between the tags, and nothing about what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from kb_app.core.article import Article, Found, Metadata, OffsetSegment, Zone, ZoneKind
from kb_app.core.errors import Refused
from kb_app.core.passage import Span
from kb_app.core.stated_date import StatedDate
from kb_app.ingest.given import IMPORT_METADATA, GivenMetadata
from kb_app.ingest.html_tags import BLOCKS, UNSEEN
from kb_app.ingest.written_dates import metadata_date

# measured: a tag takes about ten microseconds to be looked at, and a page has thirty seconds
MOST_TAGS = 400_000
_UNSEEN = re.compile(rf"<!--|<({'|'.join(sorted(UNSEEN | {'title'}))})\b[^<>]*+>", re.IGNORECASE)
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)[^<>]*+>|<[!?][^<>]*+>")
_BLANKS = re.compile(r"\s+")
_APART = "\n\n"
_MOST_SEGMENTS = 20_000


def has_too_many_tags(source: str) -> bool:
    """Tell whether a page is to be read barely."""
    return source.count("<") > MOST_TAGS


def bare_article(source: str, given: GivenMetadata, name: str) -> Article:
    """Return the words of a page, a paragraph between two block tags; raises Refused `no-text` when it shows none."""
    title, shown = _without_unseen(source)
    paragraphs: list[str] = []
    segments: list[OffsetSegment] = []
    length = 0
    for words, place in _paragraphs(shown):
        start = length + (len(_APART) if paragraphs else 0)
        paragraphs.append(words)
        segments.append(OffsetSegment(start, 1, place))
        length = start + len(words)
    text = _APART.join(paragraphs)
    if not any(character.isalpha() for character in text):
        raise Refused("no-text", f"“{name}” shows no text, so there is nothing to import.")
    return _article(text, tuple(segments), title, given)


def _article(text: str, segments: tuple[OffsetSegment, ...], title: str, given: GivenMetadata) -> Article:
    heading = given.title or title
    at = text.find(title) if title else -1
    span = Span(at, at + len(title)) if at >= 0 else None
    warning = "read-plainly: the page has more tags than can be looked at one by one, so all its words were kept."
    return Article(
        text=text,
        body=Span(0, len(text)),
        metadata=Metadata(
            title=Found(heading, IMPORT_METADATA if given.title else "title element") if heading else None,
            byline=_given(given.byline),
            publisher=_given(given.publisher),
            host=_given(given.host),
            published=_date(given),
            published_how=IMPORT_METADATA if _date(given) else "",
            source_url=_given(given.source_url),
        ),
        title_span=span,
        zones=(Zone(ZoneKind.TITLE, span),) if span else (),
        # a page of hundreds of thousands of paragraphs is led through by some of them
        offset_map=segments[:: 1 + len(segments) // _MOST_SEGMENTS],
        warnings=(warning,),
    )


def _given(value: str) -> Found | None:
    return Found(value, IMPORT_METADATA) if value else None


def _date(given: GivenMetadata) -> StatedDate | None:
    return metadata_date(given.published) if given.published else None


def _without_unseen(source: str) -> tuple[str, str]:
    """Return the title, and the source with blanks in the place of what nobody sees, so that offsets hold."""
    title, pieces, at = "", [], 0
    endless: set[str] = set()  # what has no end any more: looking for it again and again would take for ever
    for found in _UNSEEN.finditer(source):
        kind = (found[1] or "").lower()
        if found.start() < at or kind in endless:
            continue
        end = _end_of(source, kind, found.end())
        if end is None:
            endless.add(kind)
            continue
        if kind == "title" and not title:
            title = _words(source[found.end() : end.start()])
        pieces += [source[at : found.start()], " " * (end.end() - found.start())]
        at = end.end()
    return title, "".join((*pieces, source[at:]))


def _end_of(source: str, kind: str, at: int) -> re.Match[str] | None:
    return re.compile(rf"</{kind}\s*>" if kind else "-->", re.IGNORECASE).search(source, at)


def _paragraphs(source: str) -> Iterator[tuple[str, int]]:
    """Yield the words between two block tags and where they begin in the source."""
    at, started, pieces = 0, 0, [""]
    for tag in _TAG.finditer(source):
        piece = source[at : tag.start()]
        if piece.strip():
            started = started if pieces[-1] else at + len(piece) - len(piece.lstrip())
            pieces.append(piece)
        at = tag.end()
        if tag[1] and (tag[1].lower() in BLOCKS or tag[1].lower() == "br"):
            words = _words("".join(pieces))
            if words:
                yield words, started
            pieces = [""]
    words = _words("".join((*pieces, source[at:])))
    if words:
        yield words, started if len(pieces) > 1 else at


def _words(markup: str) -> str:
    return _BLANKS.sub(" ", unescape(markup) if "&" in markup else markup).strip()
