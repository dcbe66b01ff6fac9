"""What a page's JSON-LD says of its article, also where the JSON is broken."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb_app.ingest.decoding import cleaned

_ARTICLE_TYPES = re.compile(
    r"(?:News|Reportage|Analysis|Opinion|Background|Review|AskPublic|Satirical|Advertiser|Scholarly|Tech|Social)*\w*Article$"
    r"|^(?:BlogPosting|LiveBlogPosting|Report|PressRelease|Interview)$"
)
_PAGE_TYPES = frozenset({"WebPage", "ItemPage", "AboutPage", "CreativeWork"})
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_LOOSE_VALUE = r'"{}"\s*:\s*"((?:[^"\\]|\\.){{1,2000}})"'
_LOOSE_NAME = r'"{}"\s*:\s*[\[{{]{{1,2}}[^}}\]]{{0,2000}}?"name"\s*:\s*"((?:[^"\\]|\\.){{1,300}})"'
_DEEPEST = 12

Node = dict[str, object]


@dataclass(frozen=True, slots=True)
class ArticleData:
    """The values of one article node; "" is not stated."""

    headline: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    origin: str = ""  # whom the article was taken from
    url: str = ""
    language: str = ""
    body: str = ""  # the article's words as they stand there


def article_data(scripts: Sequence[str]) -> ArticleData | None:
    """Return what the scripts say of the article, None when nothing."""
    nodes: list[Node] = []
    broken: list[str] = []
    for script in scripts:
        parsed = _parsed(script)
        if parsed is None:
            broken.append(script)
        else:
            nodes += _nodes(parsed, 0)
    named = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    for wanted in (_is_article, _is_page):
        chosen = next((node for node in nodes if wanted(node) and _says_something(node)), None)
        if chosen:
            return _data(chosen, named)
    return next((found for script in broken if (found := _loose(script))), None)


def _parsed(script: str) -> object | None:
    bare = script.strip().removeprefix("<!--").removesuffix("-->").strip()
    bare = (
        bare.removeprefix("//<![CDATA[")
        .removeprefix("<![CDATA[")
        .removesuffix("//]]>")
        .removesuffix("]]>")
        .strip(" \n\r\t;")
    )
    for attempt in (bare, _TRAILING_COMMA.sub(r"\1", bare)):
        try:
            parsed: object = json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
        return parsed
    return None


def _nodes(value: object, depth: int) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "publisher", "author", "itemListElement", "hasPart"):
            yield from _nodes(value.get(key), depth + 1)


def _types(node: Node) -> list[str]:
    kind = node.get("@type")
    return [str(k).rpartition("/")[2] for k in (kind if isinstance(kind, list) else [kind])]


def _is_article(node: Node) -> bool:
    return any(_ARTICLE_TYPES.search(kind) for kind in _types(node))


def _is_page(node: Node) -> bool:
    return any(kind in _PAGE_TYPES for kind in _types(node))


def _says_something(node: Node) -> bool:
    return any(node.get(key) for key in ("headline", "datePublished", "author", "publisher", "articleBody"))


def _data(node: Node, named: dict[str, Node]) -> ArticleData:
    authors = _names(node.get("author") or node.get("creator"), named)
    publisher = _names(node.get("publisher"), named) or _names(node.get("provider"), named)
    based_on = node.get("isBasedOn")
    origin = _names(node.get("sourceOrganization") or node.get("copyrightHolder"), named)
    if isinstance(based_on, dict):
        origin = origin or _names(based_on.get("publisher"), named)
    page = node.get("mainEntityOfPage")
    page = page.get("@id") if isinstance(page, dict) else page
    return ArticleData(
        headline=_text(node.get("headline") or node.get("name")),
        published=_text(node.get("datePublished") or node.get("dateCreated")),
        authors=tuple(authors),
        publisher=publisher[0] if publisher else "",
        origin=origin[0] if origin else "",
        url=next(
            (u for u in (_text(node.get("url")), _text(page), _text(node.get("@id"))) if u.startswith("http")), ""
        ),
        language=_text(node.get("inLanguage")),
        body=body if isinstance(body := node.get("articleBody"), str) else "",
    )


def _names(value: object, named: dict[str, Node]) -> list[str]:
    found: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            whole = named.get(str(item.get("@id")), item) if "name" not in item else item
            found += [_text(name) for name in _as_list(whole.get("name"))]
        elif isinstance(item, str):
            whole_text = named.get(item)
            found.append(_text(whole_text.get("name")) if whole_text else _text(item))
    return [name for name in dict.fromkeys(found) if name and not name.startswith("http")]


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    # escapes of JSON can spell what no text may hold, such as half a character
    return " ".join(cleaned(html.unescape(value))[0].split())[:500] if isinstance(value, str) else ""


def _loose(script: str) -> ArticleData | None:
    """Pick single values out of JSON that cannot be read as a whole."""

    def value(pattern: str, key: str) -> str:
        found = re.search(pattern.format(key), script[:200_000])
        return _text(found[1].replace('\\"', '"').replace("\\/", "/")) if found else ""

    author = value(_LOOSE_NAME, "author") or value(_LOOSE_VALUE, "author")
    data = ArticleData(
        headline=value(_LOOSE_VALUE, "headline"),
        published=value(_LOOSE_VALUE, "datePublished"),
        authors=(author,) if author else (),
        publisher=value(_LOOSE_NAME, "publisher"),
    )
    return data if data.headline or data.published else None
