"""Who wrote an article, as metadata names them: without the site, the role, the address and the day beside them."""

from __future__ import annotations

import re

from kb_app.core.names import normalised
from kb_app.ingest.lines import byline_name
from kb_app.ingest.word_lists import word_lists

_NO_AUTHOR = re.compile(
    r"^(?:https?://|www\.|@|admin$|administrator$|editor$|webmaster$|unknown$|null$|none$|guest$|anonymous$|staff$)",
    re.IGNORECASE,
)
_APART = re.compile(r"\s*(?:[,;|/·•]|\s&\s|\band\b|\bund\b|\bet\b|\by\b(?=\s+[A-Z]))\s*")
_ROLE = re.compile(
    r"\b(?:staff|writer|reporter|correspondent|editor|contributor|columnist|bureau|chief|analyst|producer|photographer"
    r"|newsroom|desk|news|team|special to)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?<=\w)\s+(?:in|[Ff]or)\s+[A-Z][\w' ]+$")
_INITIALS = re.compile(r"[A-Z]{2,6}")
_LONGEST = 240
_LONGEST_NAME = 60
_MOST_WORDS = 6


def author_of(stated: str, site: str = "") -> str:
    """Return the names in a statement of authors, "" when it names no person."""
    value = " ".join(stated.split())
    if not value or len(value) > _LONGEST or _NO_AUTHOR.match(value):
        return ""
    parts = [_PLACE.sub("", part.strip(" .:-–—")) for part in _APART.split(byline_name(value))]
    people = [part for part in parts if part and not _is_organisation(part, site) and not _ROLE.search(part)]
    return ", ".join(dict.fromkeys(people))


def is_name_of_person(words: str) -> bool:
    """Tell whether words could be the name of somebody: a few, each with a capital."""
    parts = words.split()
    if not 1 < len(parts) <= _MOST_WORDS or len(words) > _LONGEST_NAME or any(c.isdigit() for c in words):
        return False
    return all(part[:1].isupper() or part.lower() in ("de", "van", "von", "der", "da", "al", "bin") for part in parts)


def _is_organisation(name: str, site: str) -> bool:
    bare, lists = normalised(name), word_lists()
    if site and (bare == normalised(site) or bare == normalised(site).split(" ")[0]):
        return True
    return bare in lists.wires or bare in lists.publisher_names or bool(_INITIALS.fullmatch(name))
