"""Who published an article, who reprinted it, which agencies it credits and where it lay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from kb_app.core.article import Found
from kb_app.core.names import normalised
from kb_app.core.passage import Span
from kb_app.ingest.lines import Kind, Line
from kb_app.ingest.word_lists import word_lists

_ADDRESS = re.compile(r"https?://[^\s<>\"”]+", re.IGNORECASE)
_MORE_OF_ADDRESS = re.compile(r"[ \t]*(?:\r\n|\n|\r)?[ \t]*(?P<piece>[\w%./?=&#~+:,;@-]+)")
_ENDING = re.compile(
    r",?\s+(?:Inc|Ltd|LLC|L\.L\.C|PLC|plc|GmbH|Corp(?:oration)?|Co|Limited|Pty)\b\.?$|\.$|\s+All rights reserved.*$",
    re.IGNORECASE,
)
_COPYRIGHT_HOLDER = re.compile(
    r"(?:copyright|©|\(c\))[\s,:]*(?:\(c\)|©|copyright)?[\s,:]*(?:(?:19|20)\d\d(?:\s*[-–,]\s*(?:19|20)\d\d)*)?"
    r"\s*[.,:]?\s*(?:by\s+)?(?P<holder>[^\d\W][^|©\n]{1,70}?)"
    r"(?=\s*(?:,\s+\d|,\s+Inc\b|\.\s|\.$|\||$|\s[-–—]\s|(?:,|\.)?\s+(?:All rights|Reprinted|20\d\d|19\d\d)))",
    re.IGNORECASE,
)
_HOLDER_BEFORE = re.compile(r"^(?P<holder>[A-Z][^©|]{2,50}?)\s*(?:copyright\s*)?©", re.IGNORECASE)
_PERMISSION = re.compile(
    r"(?:reprinted|republished|reproduced)(?:,)? (?:with|by) (?:the )?(?:kind )?permission (?:of|from) (?:the )?"
    r"(?P<holder>[A-Z][^,.;|\n]{2,60})",
    re.IGNORECASE,
)
_BY_PERMISSION = re.compile(
    r"\b(?:reprinted|republished|reproduced|reposted),? (?:with|by) (?:the )?(?:kind )?permission\b", re.IGNORECASE
)
_REPRINTED_FROM = re.compile(
    r"(?:originally (?:published|appeared) (?:by|in|on|at)|(?:re(?:printed|published)|reproduced) from"
    r"|first (?:published|appeared|ran) (?:by|in|on|at)|(?:cross-?posted|reposted) from|courtesy of"
    r"|^(?:source|publication|publisher|newspaper|outlet)\s*:)\s+(?:the )?"
    r"(?P<holder>[A-Z][\w.&'’/ -]{2,50}?)(?:\s+(?:on|under|at|in|and)\b|[,.;:(]|$)",
    re.IGNORECASE,
)
_MAILING_LIST = re.compile(r"\bJoin (?:the )?(?P<site>[\w.]+(?: [A-Z][\w.]+){0,3}) mailing list", re.IGNORECASE)
_SITE_IN_LINE = re.compile(
    r"(?:^|[\s(-])(?:www\.)?(?P<site>[A-Za-z][\w-]+\.(?:com|org|net|info|news|example|co\.uk|tv|eu))\b"
)
_HOSTED = re.compile(
    r"\b(?:hosted|archived|mirrored|reposted|posted|made available)\b[^.]{0,40}?\b(?:by|at|on)\s+"
    r"(?P<site>(?:www\.)?[A-Za-z][\w-]+\.(?:com|org|net|info|news|example|co\.uk|tv|eu))\b",
    re.IGNORECASE,
)
_WITH_REPORTING = re.compile(
    r"\b(?:with\s+)?(?:additional\s+)?(?:reporting|material|information|contributions|files|(?:agency )?reports)"
    r"\s+(?:by|from)\s+(?P<names>[^.;\n]+)",
    re.IGNORECASE,
)
_BASED_ON = re.compile(r"\bbased on (?:reporting|reports|materials?) (?:by|from) (?P<names>[^.;\n]+)", re.IGNORECASE)
_CITED = re.compile(r"[\"”']\s*[—–-]{1,2}\s*(?P<name>[A-Z][\w.'& ]{1,40}?),\s*[A-Z][a-z]+ \d{1,2}, \d{4}")
_NAMES_APART = re.compile(r"\s*(?:,\s*and\s+|,|;|&|\band\b)\s*")
_IN_BYLINE = re.compile(r"(?i:^by\s+)|\s*[,;|/()–—]\s*|\s+(?:and|for|of)\s+")
_HOST_LINE = 160
_NO_NAME_OF_ORGANISATION = frozenset({"agencies", "agency reports", "others", "local media", "news agencies"})


@dataclass(frozen=True, slots=True)
class Address:
    """A source's address, mended, and as the text prints it."""

    url: str
    printed: str


def printed_address(text: str, lines: Iterable[Line]) -> Address | None:
    """Return the address that a source line prints, with the blanks and breaks inside it taken out."""
    for line in lines:
        if line.kind is not Kind.SOURCE:
            continue
        found = _ADDRESS.search(text, line.span.start)
        if found and found.start() < line.span.end:
            return _joined(text, found)
    return None


def _joined(text: str, found: re.Match[str]) -> Address:
    url, end = found[0], found.end()
    while url.endswith(("-", "/", "_", "=", "&", "?")) and (more := _MORE_OF_ADDRESS.match(text, end)):
        piece = more["piece"]
        continues = url[-1] in "-_=&?" or re.search(r"[-/.\d]", piece)
        if not continues or piece[0].isupper():
            break
        url, end = url + piece, more.end()
    url = url.rstrip(".,;)>]")
    return Address(url, text[found.start() : end].rstrip(".,;)>]\r\n"))


def domain_of(url: str) -> str:
    """Return an address's host name without "www.", "" when it has none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.")


def publisher_of_domain(url: str) -> str:
    """Return the publisher that is known for an address's domain, "" for others."""
    host = domain_of(url)
    known = word_lists().publishers
    while "." in host:
        if host in known:
            return known[host]
        host = host.partition(".")[2]
    return ""


def usual_name(name: str) -> str:
    """Return an organisation's name without its legal form, in the form that is usual where it is known."""
    bare = name.strip(" \"'“”")
    for _ in range(2):
        bare = _ENDING.sub("", bare).strip(" ,;")
    return word_lists().publisher_names.get(normalised(bare), bare)


def rights_holder(lines: Iterable[Line]) -> Found | None:
    """Return whose article it is by its copyright, permission or origin line."""
    reprinted: Found | None = None
    for line in lines:
        if line.kind is Kind.COPYRIGHT:
            holder = (
                _COPYRIGHT_HOLDER.search(line.text) or _PERMISSION.search(line.text) or _HOLDER_BEFORE.search(line.text)
            )
            if holder and usual_name(holder["holder"]):
                return Found(usual_name(holder["holder"]), "copyright line")
        elif line.kind in (Kind.CREDIT, Kind.SOURCE) and reprinted is None:
            origin = _REPRINTED_FROM.search(line.text)
            if origin and not origin["holder"].lower().startswith("http"):
                reprinted = Found(usual_name(origin["holder"]), "origin line")
    return reprinted


def is_reprint(lines: Iterable[Line]) -> bool:
    """Tell whether a line says that the article is printed by permission or taken from elsewhere."""
    return any(
        _BY_PERMISSION.search(line.text) or (line.kind is Kind.CREDIT and _REPRINTED_FROM.search(line.text))
        for line in lines
    )


def host_named(lines: Sequence[Line]) -> Found | None:
    """Return the site that a mailing-list line or a site line names."""
    for line in lines:
        if line.kind is Kind.FURNITURE and (found := _MAILING_LIST.search(line.text)):
            return Found(found["site"], "mailing-list line")
    for line in lines[:6]:
        if line.kind is Kind.FURNITURE and (found := _SITE_IN_LINE.search(line.text)):
            return Found(found["site"], "site line")
    for line in lines:
        if len(line.text) <= _HOST_LINE and (found := _HOSTED.search(line.text)):
            return Found(found["site"], "host line")
    return None


def people_in_byline(byline: str, publisher: str) -> str:
    """Return a byline without the agencies and the publisher that it names beside people."""
    parts = [part.strip() for part in re.split(r"\s*(?:,|\||;)\s*", byline)]
    lists = word_lists()
    others = {normalised(publisher)} if publisher else set()
    people = [p for p in parts if p and normalised(p) not in others | lists.wires.keys() | lists.publisher_names.keys()]
    return byline if not people or len(people) == len(parts) else ", ".join(people)


def wires_credited(lines: Iterable[Line], agency: str = "") -> tuple[str, ...]:
    """Return the agencies that credit lines, source lists and the dateline name, each once and in order."""
    return tuple(dict.fromkeys(found.value for found, _ in credits_of(lines, agency)))


def credits_of(lines: Iterable[Line], agency: str = "") -> Iterator[tuple[Found, Span | None]]:
    """Yield the agencies that are named with where: in the dateline, in a credit line, in a byline, in a list."""
    if agency:
        yield Found(_usual_wire(agency), "dateline"), None
    for line in lines:
        for name, how in _names_credited(line):
            at = line.text.find(name)
            usual = _usual_wire(name)
            if usual:
                yield Found(usual, how), Span(at, at + len(name)).shifted(line.span.start) if at >= 0 else None


def _names_credited(line: Line) -> Iterator[tuple[str, str]]:
    if line.kind is Kind.CREDIT:
        for pattern in (_WITH_REPORTING, _BASED_ON):
            if found := pattern.search(line.text):
                yield from ((name, "credit line") for name in _NAMES_APART.split(found["names"]) if _is_wire(name))
    elif line.kind is Kind.BYLINE:
        known = word_lists().wires
        yield from ((name, "byline line") for name in _IN_BYLINE.split(line.text) if normalised(name) in known)
    elif found := _CITED.search(line.text):
        yield found["name"], "source list"


def _is_wire(name: str) -> bool:
    words = name.split()
    if not words or name.lower() in _NO_NAME_OF_ORGANISATION:
        return False
    # people are written with two names or more; a single word or a known agency is an organisation
    return normalised(name) in word_lists().wires or len(words) == 1 or name.isupper()


def _usual_wire(name: str) -> str:
    bare = name.strip(" ()/.")
    return word_lists().wires.get(normalised(bare), bare)
