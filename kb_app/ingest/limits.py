"""How large an input may be before it is refused or treated more plainly."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes; `text` for text and HTML, `any_kind` for everything."""

    text: int = 50 * MEGABYTE
    any_kind: int = 200 * MEGABYTE


# trafilatura takes about 2 s a megabyte of markup, more where it is nested: beyond these a page is read plainly
MARKUP_CHARACTERS_FOR_ARTICLE_EXTRACTION = 4_000_000
# lxml silently cuts what is nested deeper than 256 elements
NESTING_FOR_ARTICLE_EXTRACTION = 200
ELEMENTS_FOR_ARTICLE_EXTRACTION = 60_000
# libxml2 compares every attribute of a tag with every other
ATTRIBUTES_FOR_ARTICLE_EXTRACTION = 1_000
