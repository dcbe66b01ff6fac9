"""Which parts of a page make the clean text: title, lines about the article, body, credits below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb_app.core.article import Found
from kb_app.core.names import normalised
from kb_app.core.passage import Span
from kb_app.ingest.html_boxes import Boxes
from kb_app.ingest.html_edges import article_end, lead_blocks
from kb_app.ingest.html_offsets import Block, VisibleText
from kb_app.ingest.html_tags import HEADINGS
from kb_app.ingest.lines import Kind, kind_of
from kb_app.ingest.written_dates import first_written_date

_ABOUT_LABEL = re.compile(
    r"(?:^|[\s_-])(?:by-?line\w*|authors?|auteurs?|autor\w*|verfasser|firma|datum|fecha|writer|date\w*|time\w*|stamp|pub\w*date|published\w*|posted\w*|meta|metadata|credits?|dateline|info|facts)(?:$|[\s_-])"
)
_CAPTION_LABEL = re.compile(
    r"(?:^|[\s_-])(?:figcaption|wp-caption-text|caption\w*|photo-?credit|img-?desc\w*)(?:$|[\s_-])"
)
_HEADER_CHARACTERS = 200
_BEFORE_TITLE = 4
_BELOW = 12
_SIGNED = 3  # so near below its end an article is signed
_LONG_LEAD = 120
_SAME_TITLE = 10  # a headline and a shorter form of it agree on at least so many characters
_ABOUT = frozenset({Kind.BYLINE, Kind.DATE, Kind.CREDIT, Kind.SOURCE, Kind.COPYRIGHT})


@dataclass(frozen=True, slots=True)
class TitlePiece:
    """The title's words; `span` is their place in the visible text, None when only metadata has them."""

    words: str
    how: str
    span: Span | None
    block: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The numbers of the blocks in the order of the clean text."""

    title: TitlePiece | None
    above: tuple[int, ...]
    body: tuple[int, ...]
    below: tuple[int, ...]
    end: int  # how many blocks of the body are the article; behind it stands what the page sets there
    boxes: Boxes  # as the body weighs them


def layout_of(page: VisibleText, chosen: Sequence[int], titles: Sequence[Found], site: str) -> Layout:
    """Arrange the chosen blocks and what belongs to them."""
    title, boxes = _title(page, chosen, titles, site), Boxes(page, chosen)
    at = title.block if title and title.block is not None else -1
    body = [n for n in chosen if n != at and (n > at or len(page.blocks[n].span) >= _LONG_LEAD)]
    above: list[int] = []
    while body and _is_header_line(page, page.blocks[body[0]], body[0] < (body[1] if len(body) > 1 else 0)):
        first = body.pop(0)
        above += [first] if _is_about(page, page.blocks[first]) else []
    if not body:
        body, above = [n for n in chosen if n != at], []
    if body:
        body = [*lead_blocks(page, at, body[0], boxes), *body]
    start = body[0] if body else len(page.blocks)
    window = range(max(0, at - _BEFORE_TITLE), start) if at >= 0 else range(max(0, start - 8), start)
    above += [
        n
        for n in window
        if n not in (at, *above) and _is_about(page, page.blocks[n]) and not _is_elsewhere(boxes, page, n, at)
    ]
    body = sorted({*body, *_captions(page, range(max(at, 0), body[-1] if body else 0), boxes)})
    own = Boxes(page, body)
    end = article_end(page, body, at, own)
    below = [n for n in _below(page, body[end - 1], boxes) if n not in body] if body else []
    return Layout(title, tuple(sorted(above)), tuple(body), tuple(below), end, own)


def is_caption(page: VisibleText, block: Block) -> bool:
    """Tell whether a block is the caption of a picture."""
    for element in page.ancestors(block.element):
        if element.tag in ("figcaption", "caption") or (element.attributes and _CAPTION_LABEL.search(element.label)):
            return True
        if element.tag in ("article", "main", "section", "body"):
            return False
    return False


def is_heading(page: VisibleText, block: Block) -> bool:
    """Tell whether a block is a heading inside the article."""
    return page.tag(block) in HEADINGS


def _title(page: VisibleText, chosen: Sequence[int], titles: Sequence[Found], site: str) -> TitlePiece | None:
    headings = [n for n, block in enumerate(page.blocks) if page.tag(block) in HEADINGS]
    for known in titles:
        words = _without_site(known.value, site)
        for number in headings:
            shown = page.words(page.blocks[number])
            if _same(shown, words):
                return TitlePiece(shown, known.how, page.blocks[number].span, number)
    first = chosen[0] if chosen else len(page.blocks)
    plain = [n for n in headings if page.tag(page.blocks[n]) == "h1" and not _is_site_name(page, n, site)]
    near = [n for n in plain if n <= first] or plain
    if near:
        return TitlePiece(page.words(page.blocks[near[-1]]), "heading", page.blocks[near[-1]].span, near[-1])
    return _unshown_title(page, titles, site)


def _unshown_title(page: VisibleText, titles: Sequence[Found], site: str) -> TitlePiece | None:
    for known in titles:
        words = _without_site(known.value, site)
        for number, block in sorted(enumerate(page.blocks), key=lambda one: page.tag(one[1]) == "title"):
            at = page.words(block).find(words)
            if at >= 0 and len(block.span) <= len(words) + 80:
                start = block.span.start + at
                shown = number if page.tag(block) != "title" else None
                return TitlePiece(words, known.how, Span(start, start + len(words)), shown)
    return TitlePiece(_without_site(titles[0].value, site), titles[0].how, None) if titles else None


def _is_site_name(page: VisibleText, number: int, site: str) -> bool:
    return bool(site) and normalised(page.words(page.blocks[number])) == normalised(site)


def _same(shown: str, known: str) -> bool:
    one, other = normalised(shown), normalised(known)
    if one == other:
        return bool(one)
    return min(len(one), len(other)) >= _SAME_TITLE and (one.startswith(other) or other.startswith(one))


def _without_site(title: str, site: str) -> str:
    parts = re.split(r"(\s+(?:[|–—»·:-]|::|--)\s+)", title)
    if len(parts) >= 3 and site:
        if normalised(parts[-1]) in normalised(site) or normalised(site) in normalised(parts[-1]):
            return "".join(parts[:-2]).strip()
        if normalised(parts[0]) == normalised(site):
            return "".join(parts[2:]).strip()
    return title.strip()


def _is_header_line(page: VisibleText, block: Block, more_follows: bool) -> bool:
    if len(block.span) > _HEADER_CHARACTERS or not more_follows or is_caption(page, block):
        return False
    kind = kind_of(page.words(block))
    return kind in _ABOUT or kind is Kind.FURNITURE or _is_about(page, block)


def _is_about(page: VisibleText, block: Block) -> bool:
    """Tell whether a block names the author, the day or the source of the article."""
    if len(block.span) > _HEADER_CHARACTERS or page.tag(block) in (*HEADINGS, "title", "button", "label"):
        return False
    words = page.words(block)
    kind = kind_of(words)
    if kind in (Kind.BYLINE, Kind.DATE) or (kind is Kind.CREDIT and not is_caption(page, block)):
        return True
    label = page.elements[block.element].label if page.elements[block.element].attributes else ""
    dated = first_written_date(words) is not None
    named = bool(_ABOUT_LABEL.search(label)) or any(
        span.start >= block.span.start and span.end <= block.span.end + 1 for _, span in page.marked if len(span)
    )
    return (dated and (named or len(words) <= 100)) or (named and len(words) <= 100 and not words.endswith((".", "?")))


def _is_elsewhere(boxes: Boxes, page: VisibleText, number: int, title: int) -> bool:
    block = page.blocks[number]
    if title >= 0 and number > title:
        return boxes.is_promotion(block)
    return boxes.stands_apart(block) or kind_of(page.words(block)) not in (Kind.DATE, Kind.BYLINE)


def _captions(page: VisibleText, window: range, boxes: Boxes) -> list[int]:
    return [n for n in window if is_caption(page, page.blocks[n]) and not boxes.is_promotion(page.blocks[n])]


def _below(page: VisibleText, last: int, boxes: Boxes) -> tuple[int, ...]:
    articles = {id(e) for e in page.ancestors(page.blocks[last].element) if e.tag == "article"}
    found = []
    for number in range(last + 1, min(len(page.blocks), last + 1 + _BELOW)):
        block = page.blocks[number]
        inside = any(id(e) in articles for e in page.ancestors(block.element))
        kind = kind_of(page.words(block))
        if (
            kind is Kind.BYLINE
            and number <= last + _SIGNED
            and not boxes.stands_apart(block)
            or kind in (Kind.CREDIT, Kind.SOURCE)
            and (inside or not boxes.stands_apart(block))
            or kind is Kind.COPYRIGHT
            and inside
        ):
            found.append(number)
    return tuple(found)
