"""An archived original made harmless for showing: an allow-list of tags, no addresses, nothing to load or run."""

from __future__ import annotations

import html
import re

import nh3

from kb_app.ingest.html_tags import DROPPED_WITH_CONTENT, SHOWN_AS_THEY_ARE, VOID
from kb_app.ingest.limits import MEGABYTE

_LONGEST = 5 * MEGABYTE  # characters; nh3 takes about 60 ms a megabyte
_DEEPEST = 256  # measured: nh3 takes 44 s over 100,000 nested elements
_SHOWN_PLAINLY = 5 * MEGABYTE
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]{0,20000})>")
_LONG_TAG = re.compile(r"<[a-zA-Z][^>]{5000,}+")
_QUOTED_TAG = re.compile(r"""<[a-zA-Z](?:[^>"']++|"[^"]{0,20000}+"|'[^']{0,20000}+'){1000,5000}+""")
_EMBEDDED = re.compile(r"data:[^\s\"'>]{500,}+")
_TAG_CHARACTERS = 20_000
_ATTRIBUTES_OF_A_TAG = 500
_ATTRIBUTES = {
    "*": {"dir", "lang"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
    "time": {"datetime"},
}
_IMAGE = re.compile(r"<img\b([^>]{0,200000})>", re.IGNORECASE)
_ALT = re.compile(r"\balt\s*=\s*(?:\"([^\"]{0,2000})\"|'([^']{0,2000})'|([^\s\"'>]{1,200}))", re.IGNORECASE)


def sanitised(page: str) -> str:
    """Return a page's markup with nothing in it that runs, loads, submits or leads away.

    A page that is too large or nested too deeply, and a plain text, come back as escaped text.
    """
    page = _EMBEDDED.sub("data:", page)
    if len(page) > _LONGEST or _has_endless_tag(page) or not _TAG.search(page) or _nesting(page) > _DEEPEST:
        return preformatted(page)
    with_words = _IMAGE.sub(_alternative, page)
    return nh3.clean(
        with_words,
        tags=set(SHOWN_AS_THEY_ARE),
        clean_content_tags=set(DROPPED_WITH_CONTENT),
        attributes=_ATTRIBUTES,
        link_rel=None,
        url_schemes=set(),
        strip_comments=True,
    )


def preformatted(text: str) -> str:
    """Return a text as escaped markup that keeps its lines."""
    return f"<pre>{html.escape(text[:_SHOWN_PLAINLY], quote=False)}</pre>"


def _alternative(image: re.Match[str]) -> str:
    found = _ALT.search(image[1])
    words = (found[1] or found[2] or found[3] or "").strip() if found else ""
    return f"[{words}]" if words else ""


def _has_endless_tag(page: str) -> bool:
    """Tell whether a tag holds more attributes than pages have: nh3's time grows with their square."""
    if any(len(found[0]) > _TAG_CHARACTERS for found in _LONG_TAG.finditer(page)):
        return True
    return any(found[0].count("=") > _ATTRIBUTES_OF_A_TAG for found in _QUOTED_TAG.finditer(page))


def _nesting(page: str) -> int:
    """Return how deeply elements lie in each other at most, by a linear look at the tags."""
    depth = deepest = 0
    for found in _TAG.finditer(page):
        if found[2].lower() in VOID or found[3].endswith("/"):
            continue
        depth = depth - 1 if found[1] else depth + 1
        depth = max(depth, 0)
        deepest = max(deepest, depth)
    return deepest
