"""A page as an article: clean text with zones, metadata, and a map back to the source."""

from __future__ import annotations

from kb_app.core.article import Article, Found, Metadata, Zone, ZoneKind
from kb_app.core.errors import Refused
from kb_app.core.passage import Span
from kb_app.ingest.given import IMPORT_METADATA, GivenMetadata
from kb_app.ingest.html_offsets import segments_of, visible_text
from kb_app.ingest.written_dates import metadata_date


def article_of_page(source: str, given: GivenMetadata, name: str) -> Article:
    """Find the article in a page; raises Refused `no-text` when nothing is visible."""
    page = visible_text(source)
    pieces: list[tuple[int, Span]] = []
    texts: list[str] = []
    length = 0
    title = next((b for b in page.blocks if page.elements[b.element].tag == "h1"), None)
    body = [b for b in page.blocks if page.elements[b.element].tag in ("p", "h2", "h3", "li", "blockquote")]
    for block in [*([title] if title else []), *(body or page.blocks)]:
        pieces.append((length, block.span))
        texts.append(page.words(block))
        length += len(texts[-1]) + 2
    text = "\n\n".join(texts)
    if not text.strip():
        raise Refused("no-text", f"“{name}” shows no text, so there is nothing to import.")
    start = len(texts[0]) + 2 if title and len(texts) > 1 else 0
    title_span = Span(0, len(texts[0])) if title else None
    return Article(
        text=text,
        body=Span(min(start, len(text)), len(text)),
        metadata=Metadata(
            title=Found(texts[0], "heading") if title else None,
            published=metadata_date(given.published) if given.published else None,
            published_how=IMPORT_METADATA if given.published else "",
        ),
        title_span=title_span,
        zones=(Zone(ZoneKind.TITLE, title_span),) if title_span else (),
        offset_map=segments_of(pieces, page),
    )
