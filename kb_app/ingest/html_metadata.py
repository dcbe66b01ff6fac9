"""What a page says about its article outside the text, in order of trust, each with where it was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from kb_app.core.article import Found
from kb_app.core.names import normalised
from kb_app.core.passage import Span
from kb_app.core.stated_date import StatedDate
from kb_app.ingest.bylines import author_of, is_name_of_person
from kb_app.ingest.html_offsets import VisibleText
from kb_app.ingest.html_tags import HEADINGS
from kb_app.ingest.json_ld import ArticleData
from kb_app.ingest.lines import Kind, Line, is_furniture, kind_of
from kb_app.ingest.provenance import domain_of, publisher_of_domain, rights_holder, usual_name
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
_TITLE_PARTS = re.compile(r"\s+(?:[|–—»·:-]|::|--)\s+|:\s+")
_AUTHOR_LABEL = re.compile(r"(?:^|[\s_-])(?:by-?line\w*|authors?|auteurs?|autor\w*|writer)(?:$|[\s_-])")
_LONGEST_SITE = 50
_SITE_WORDS = 6
_FOOT_BLOCKS = 25
_RIGHTS = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)
_LONGEST_FOOT = 300
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date of publication and where it stands."""

    date: StatedDate
    how: str


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """A page's statements about its article, the most trusted first; () where it says nothing."""

    titles: tuple[Found, ...] = ()
    bylines: tuple[Found, ...] = ()
    sites: tuple[Found, ...] = ()
    origins: tuple[Found, ...] = ()  # whom the site says it has the article from
    addresses: tuple[Found, ...] = ()
    dates: tuple[DateFound, ...] = ()

    @property
    def site(self) -> str:
        """Return the name of the site, "" when it does not say."""
        return self.sites[0].value if self.sites else ""

    @property
    def address(self) -> str:
        """Return the article's address, "" when the page does not say."""
        return self.addresses[0].value if self.addresses else ""


def page_metadata(source: str, page: VisibleText, data: ArticleData) -> PageMetadata:
    """Collect what scripts, meta elements and marked elements say."""
    meta = _meta(page)
    window_title = next((page.words(b) for b in page.blocks if page.tag(b) == "title"), "")
    addresses = tuple(_addresses(source, page, meta, data))
    address = addresses[0].value if addresses else ""
    titles = tuple(_titles(data, meta, page, window_title))
    sites = [
        *_sites(data, meta, page, address),
        *_site_in_title(window_title, titles, page),
        *_site_at_foot(page),
    ]
    site = sites[0].value if sites else ""
    return PageMetadata(
        titles=titles,
        bylines=tuple(_bylines(data, meta, page, site)),
        sites=tuple(sites),
        origins=tuple(_origins(data, meta, address)),
        addresses=addresses,
        dates=tuple(_dates(data, meta, page)),
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


def _stated(*candidates: tuple[str, str]) -> Iterator[Found]:
    yield from (Found(value.strip(), how) for value, how in candidates if value.strip())


def _of_meta(meta: dict[str, str], keys: Sequence[str]) -> list[tuple[str, str]]:
    return [(meta[key], key if ":" in key else f"meta {key}") for key in keys if key in meta]


def _titles(data: ArticleData, meta: dict[str, str], page: VisibleText, window_title: str) -> Iterator[Found]:
    return _stated(
        (data.headline, "JSON-LD headline"),
        (meta.get("og:title", ""), "og:title"),
        (_marked(page, "headline"), "microdata headline"),
        *_of_meta(meta, _TITLES),
        (window_title, "window title"),
    )


def _marked(page: VisibleText, prop: str) -> str:
    for number, span in page.marked:
        element = page.elements[number]
        if prop in element.attribute("itemprop").lower().split():
            stated = element.attribute("content") or element.attribute("datetime") or span.of(page.text).strip()
            if stated:
                return " ".join(stated.split())[:300]
    return ""


def _named(page: VisibleText, prop: str) -> str:
    """Return the name of a thing that microdata describes by elements inside it."""
    for element in page.heads:
        if element.attribute("itemprop").lower() == "name":
            around = list(page.ancestors(element.parent))[:3]
            if any(prop in outer.attribute("itemprop").lower().split() for outer in around if outer.attributes):
                return element.attribute("content")
    return _marked(page, prop)


def _bylines(data: ArticleData, meta: dict[str, str], page: VisibleText, site: str) -> Iterator[Found]:
    stated = _stated(
        (", ".join(data.authors), "JSON-LD author"),
        (meta.get("article:author", ""), "article:author"),
        (_named(page, "author"), "microdata author"),
        *_of_meta(meta, _AUTHORS),
        *((words, "author element") for words in _author_elements(page)),
    )
    yield from (Found(author, found.how) for found in stated if (author := author_of(found.value, site)))


def _author_elements(page: VisibleText) -> Iterator[str]:
    for number, span in sorted(page.marked, key=lambda found: found[1].start):
        element = page.elements[number]
        words = span.of(page.text).strip()
        if 0 < len(words) <= _LONGEST_NAME and (
            element.attribute("rel") == "author" or _AUTHOR_LABEL.search(element.label)
        ):
            name = author_of(words)
            if name and all(is_name_of_person(part) for part in name.split(", ")):
                yield name


def _sites(data: ArticleData, meta: dict[str, str], page: VisibleText, address: str) -> Iterator[Found]:
    stated = _stated(
        (data.publisher, "JSON-LD publisher"),
        (meta.get("og:site_name", ""), "og:site_name"),
        (_named(page, "publisher"), "microdata publisher"),
        *_of_meta(meta, _PUBLISHERS[:2]),
        (publisher_of_domain(address), "address"),
        *_of_meta(meta, _PUBLISHERS[2:4]),
        (_holder(meta.get("copyright", "")), "meta copyright"),
    )
    yield from (Found(usual_name(found.value), found.how) for found in stated if len(found.value) <= _LONGEST_NAME)


def _origins(data: ArticleData, meta: dict[str, str], address: str) -> Iterator[Found]:
    for found in _stated((data.origin, "JSON-LD sourceOrganization"), *_of_meta(meta, _ORIGINS)):
        if not found.value.startswith("http"):
            yield found
        elif domain_of(found.value) != domain_of(address):
            yield from _stated((publisher_of_domain(found.value) or domain_of(found.value), found.how))


def _holder(value: str) -> str:
    bare = re.sub(r"(?:©|\(c\)|copyright|all rights reserved\.?|\b(?:19|20)\d\d\b)", " ", value, flags=re.IGNORECASE)
    return " ".join(bare.split()).strip(" ,.-–")


def _site_in_title(window_title: str, titles: Sequence[Found], page: VisibleText) -> Iterator[Found]:
    parts = _TITLE_PARTS.split(window_title)
    order = [*range(len(parts) - 1, 0, -1), 0] if len(parts) > 1 else []
    fit = [(parts[n], [*parts[:n], *parts[n + 1 :]]) for n in order if _could_be_site(parts[n])]
    elsewhere = page.text[len(window_title) :].casefold()
    # a site's own name may be a heading too, so what the page states as its title goes before its headings
    for known in ({normalised(title.value) for title in titles[:-1]}, _headlines(page)):
        for site, rest in fit:
            if normalised(site) not in known and any(normalised(part) in known for part in rest):
                yield Found(usual_name(site), "window title")
                return
    for site, _ in fit:
        if site.casefold() in elsewhere and normalised(site) not in _headlines(page):
            yield Found(usual_name(site), "window title")
            return


def _site_at_foot(page: VisibleText) -> Iterator[Found]:
    for block in reversed(page.blocks[-_FOOT_BLOCKS:]):
        words = page.words(block)
        if len(words) <= _LONGEST_FOOT and _RIGHTS.search(words) and kind_of(words) is Kind.COPYRIGHT:
            holder = rights_holder([Line(block.span, words, Kind.COPYRIGHT)])
            if holder and not holder.value.lower().startswith("all rights"):
                yield holder
                return


def _could_be_site(name: str) -> bool:
    return 2 < len(name) <= _LONGEST_SITE and len(name.split()) <= _SITE_WORDS and not is_furniture(name)


def _headlines(page: VisibleText) -> set[str]:
    headings = [(page.tag(b), normalised(page.words(b))) for b in page.blocks if page.tag(b) in HEADINGS]
    first = {words for tag, words in headings if tag == "h1"}
    return first or {words for _, words in headings}


def _addresses(source: str, page: VisibleText, meta: dict[str, str], data: ArticleData) -> Iterator[Found]:
    saved = _SAVED_FROM.search(source[:20_000]) or _SAVED_BY_TOOL.search(source[:20_000])
    links = [e for e in page.heads if e.tag == "link"]
    canonical = next((e.attribute("href") for e in links if e.attribute("rel").lower() == "canonical"), "")
    marked = next(
        (
            e.attribute("href")
            for e in links
            if {"url", "mainentityofpage"} & {*e.attribute("itemprop").lower().split()}
        ),
        "",
    )
    base = meta.get("og:url", "") or data.url or (saved[1] if saved else "")
    if canonical and not canonical.startswith("http"):
        canonical = _absolute(base, canonical)
    stated = _stated(
        (canonical, "canonical address"),
        (meta.get("og:url", ""), "og:url"),
        (data.url, "JSON-LD url"),
        (marked, "microdata url"),
        (saved[1] if saved else "", "saved-from comment"),
        *_of_meta(meta, ("dc.identifier", "dcterms.identifier", "twitter:url")),
    )
    for found in stated:
        if found.value.startswith(("http://", "https://")) and domain_of(found.value):
            yield Found(_ARCHIVE.sub("", found.value)[:2000], found.how)


def _absolute(base: str, address: str) -> str:
    try:
        return urljoin(base, address) if base.startswith("http") else ""
    except ValueError:
        return ""


def _dates(data: ArticleData, meta: dict[str, str], page: VisibleText) -> Iterator[DateFound]:
    stated = _stated(
        (data.published, "JSON-LD datePublished"),
        *_of_meta(meta, _OPEN_GRAPH_DATES),
        (_marked(page, "datepublished"), "microdata datePublished"),
        *_of_meta(meta, _OTHER_DATES),
        *_time_elements(page),
    )
    for found in stated:
        date = metadata_date(found.value)
        if date:
            yield DateFound(date, found.how)


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
