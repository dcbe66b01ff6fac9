"""What a page says about its article outside the text, in order of trust, each with where it was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from kb_app.core.article import Found
from kb_app.core.passage import Span
from kb_app.core.stated_date import StatedDate
from kb_app.ingest.html_offsets import VisibleText
from kb_app.ingest.json_ld import ArticleData
from kb_app.ingest.provenance import domain_of, publisher_of_domain, usual_name
from kb_app.ingest.written_dates import is_plausible, metadata_date

_OPEN_GRAPH_DATES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "og:pubdate",
    "article:published",
)
_OTHER_DATES = (
    "datepublished", "date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date",
    "published_date", "article.published", "article_date_original", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date", "dc.date.created", "dcterms.date", "sailthru.date", "parsely-pub-date",
    "cxenseparse:recs:publishtime", "citation_publication_date", "citation_date", "originalpublicationdate",
    "release_date", "displaydate", "created", "doc_date", "rnews:datepublished",
)  # fmt: skip
_TITLES = ("dc.title", "dcterms.title", "twitter:title", "citation_title", "parsely-title", "sailthru.title", "title")
_AUTHORS = (
    "author",
    "dc.creator",
    "dcterms.creator",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "byl",
    "citation_author",
)
_PUBLISHERS = (
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "application-name",
    "apple-mobile-web-app-title",
    "copyright",
)
_ORIGINS = ("syndication-source", "original-source", "dcterms.source", "dc.source")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=(?:\(\d+\))?(https?://\S+?)\s*-->", re.IGNORECASE)
_SAVED_BY_TOOL = re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(https?://\S+)", re.IGNORECASE)
_ARCHIVE = re.compile(
    r"^https?://(?:web\.archive\.org/web/\d+[a-z_]*/|archive\.(?:today|ph|is|org)/(?:\d+/)?)(?=https?:)", re.I
)
_NO_AUTHOR = re.compile(
    r"^(?:https?://|www\.|@|admin$|administrator$|editor$|webmaster$|unknown$|null$|none$)", re.IGNORECASE
)
_TITLE_PARTS = re.compile(r"\s+(?:[|–—»·:-]|::|--)\s+")
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date of publication and where it stands."""

    date: StatedDate
    how: str


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """A page's statements about its article; None and () where it says nothing."""

    titles: tuple[Found, ...] = ()
    byline: Found | None = None
    site: Found | None = None
    origin: Found | None = None  # whom the site says it has the article from
    url: Found | None = None
    dates: tuple[DateFound, ...] = ()
    window_title: str = ""


def page_metadata(source: str, page: VisibleText, data: ArticleData) -> PageMetadata:
    """Collect what scripts, meta elements and marked elements say."""
    meta = _meta(page)
    window_title = next((page.words(b) for b in page.blocks if page.tag(b) == "title"), "")
    url = _address(source, page, meta, data)
    site = _site(data, meta, url)
    origin = _first((data.origin, "JSON-LD"), *((meta.get(key, ""), "meta element") for key in _ORIGINS))
    if origin and origin.value.startswith("http"):
        name = publisher_of_domain(origin.value) or domain_of(origin.value)
        origin = (
            Found(name, origin.how) if name and domain_of(origin.value) != domain_of(url.value if url else "") else None
        )
    return PageMetadata(
        titles=tuple(_titles(data, meta, page, window_title)),
        byline=_byline(data, meta, page),
        site=site or _site_in_title(window_title, page),
        origin=origin,
        url=url,
        dates=tuple(_dates(data, meta, page)),
        window_title=window_title,
    )


def _meta(page: VisibleText) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in page.heads:
        if element.tag == "meta":
            key = element.attribute("property") or element.attribute("name") or element.attribute("itemprop")
            content = " ".join(element.attribute("content").split())
            if key and content:
                found.setdefault(key.lower(), content[:1000])
    return found


def _first(*candidates: tuple[str, str]) -> Found | None:
    return next((Found(value.strip(), how) for value, how in candidates if value.strip()), None)


def _titles(data: ArticleData, meta: dict[str, str], page: VisibleText, window_title: str) -> Iterator[Found]:
    candidates = [
        (data.headline, "JSON-LD"),
        (meta.get("og:title", ""), "OpenGraph"),
        (_marked(page, "headline"), "microdata"),
    ]
    candidates += [(meta.get(key, ""), "meta element") for key in _TITLES]
    candidates += [(window_title, "window title")]
    yield from (Found(value, how) for value, how in candidates if value)


def _marked(page: VisibleText, prop: str) -> str:
    for number, span in page.marked:
        element = page.elements[number]
        if prop in element.attribute("itemprop").lower().split():
            stated = element.attribute("content") or element.attribute("datetime") or span.of(page.text).strip()
            if stated:
                return " ".join(stated.split())[:300]
    return ""


def _byline(data: ArticleData, meta: dict[str, str], page: VisibleText) -> Found | None:
    candidates = [(", ".join(data.authors), "JSON-LD"), (meta.get("article:author", ""), "OpenGraph")]
    candidates += [(_marked(page, "author"), "microdata")]
    candidates += [(meta.get(key, ""), "meta element") for key in _AUTHORS]
    candidates += [(_author_link(page), "author link")]
    fit = [(v, how) for v, how in candidates if v and len(v) <= _LONGEST_NAME * 2 and not _NO_AUTHOR.match(v)]
    found = _first(*fit)
    return Found(re.sub(r"^by\s+", "", found.value, flags=re.IGNORECASE), found.how) if found else None


def _author_link(page: VisibleText) -> str:
    for number, span in page.marked:
        element = page.elements[number]
        words = span.of(page.text).strip()
        if 0 < len(words) <= 60 and (
            element.attribute("rel") == "author" or "author" in re.split(r"[\s_-]+", element.label)
        ):
            return words
    return ""


def _site(data: ArticleData, meta: dict[str, str], url: Found | None) -> Found | None:
    address = url.value if url else ""
    found = _first(
        (data.publisher, "JSON-LD"),
        (meta.get("og:site_name", ""), "OpenGraph"),
        *((meta.get(key, ""), "meta element") for key in _PUBLISHERS[:2]),
        (publisher_of_domain(address), "address"),
        *((_holder(meta.get(key, "")), "meta element") for key in _PUBLISHERS[2:]),
    )
    return Found(usual_name(found.value), found.how) if found and len(found.value) <= _LONGEST_NAME else None


def _holder(value: str) -> str:
    bare = re.sub(r"(?:©|\(c\)|copyright|all rights reserved\.?|\b(?:19|20)\d\d\b)", " ", value, flags=re.IGNORECASE)
    return " ".join(bare.split()).strip(" ,.-–")


def _site_in_title(window_title: str, page: VisibleText) -> Found | None:
    parts = _TITLE_PARTS.split(window_title)
    if len(parts) < 2:
        return None
    # the site's name stands also elsewhere on the page: in its head or at its foot
    elsewhere = page.text[len(window_title) :].casefold()
    for part in (parts[-1], parts[0]):
        if (
            2 < len(part) <= 50
            and len(part.split()) <= 6
            and part.casefold() in elsewhere
            and part.casefold() != _heading(page)
        ):
            return Found(usual_name(part), "window title")
    return None


def _heading(page: VisibleText) -> str:
    return next((page.words(b).casefold() for b in page.blocks if page.tag(b) == "h1"), "")


def _address(source: str, page: VisibleText, meta: dict[str, str], data: ArticleData) -> Found | None:
    saved = _SAVED_FROM.search(source[:20_000]) or _SAVED_BY_TOOL.search(source[:20_000])
    canonical = next(
        (e.attribute("href") for e in page.heads if e.tag == "link" and e.attribute("rel").lower() == "canonical"), ""
    )
    base = meta.get("og:url", "") or data.url or (saved[1] if saved else "")
    if canonical and not canonical.startswith("http"):
        canonical = _absolute(base, canonical)
    found = _first(
        (canonical, "canonical address"),
        (meta.get("og:url", ""), "OpenGraph"),
        (data.url, "JSON-LD"),
        (saved[1] if saved else "", "saved-from comment"),
        (
            next((meta[key] for key in ("dc.identifier", "dcterms.identifier", "twitter:url") if key in meta), ""),
            "meta element",
        ),
    )
    if found is None or not found.value.startswith(("http://", "https://")) or not domain_of(found.value):
        return None
    return Found(_ARCHIVE.sub("", found.value)[:2000], found.how)


def _absolute(base: str, address: str) -> str:
    try:
        return urljoin(base, address) if base.startswith("http") else ""
    except ValueError:
        return ""


def _dates(data: ArticleData, meta: dict[str, str], page: VisibleText) -> Iterator[DateFound]:
    candidates = [(data.published, "JSON-LD")]
    candidates += [(meta.get(key, ""), "OpenGraph") for key in _OPEN_GRAPH_DATES]
    candidates += [(_marked(page, "datepublished"), "microdata")]
    candidates += [(meta.get(key, ""), "meta element") for key in _OTHER_DATES]
    candidates += list(_time_elements(page))
    for value, how in candidates:
        stated = metadata_date(value) if value else None
        if stated:
            yield DateFound(stated, how)


def _time_elements(page: VisibleText) -> Iterator[tuple[str, str]]:
    times = [(page.elements[n], span) for n, span in page.marked if page.elements[n].tag == "time"]
    # an element that says it is the day of publication goes before those of teasers and comments
    times.sort(key=lambda found: (not found[0].has("pubdate") and "publish" not in found[0].label, found[1].start))
    for element, _ in times[:1] if times and (times[0][0].has("pubdate") or "publish" in times[0][0].label) else []:
        yield element.attribute("datetime"), "time element"


def nearest_time(page: VisibleText, zone: Span) -> StatedDate | None:
    """Return the date of the first time element that lies in a stretch of the visible text."""
    for number, span in sorted(page.marked, key=lambda found: found[1].start):
        element = page.elements[number]
        if element.tag == "time" and zone.start <= span.start <= zone.end:
            stated = metadata_date(element.attribute("datetime") or span.of(page.text))
            if stated and is_plausible(stated):
                return stated
    return None
