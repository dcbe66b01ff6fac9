"""Reports with their versions and the passages shared between them, as a document and as text."""

from __future__ import annotations

from collections.abc import Sequence

from kb_app.core.origin import Origin, ReusedPassage, Version
from kb_app.exchange.documents import Document, date_document
from kb_app.exchange.plain_text import date_text, safe, wrapped


def origins_document(origins: Sequence[Origin], passages: Sequence[ReusedPassage]) -> Document:
    """Give reports told by several articles, and each passage that two reports share."""
    return {
        "origins": [_origin(origin) for origin in origins],
        "passages": [_passage(passage) for passage in passages],
        "totals": {
            "origins": len(origins),
            "articles": sum(len(origin.versions) for origin in origins),
            "passages": len(passages),
        },
    }


def origins_text(origins: Sequence[Origin], passages: Sequence[ReusedPassage]) -> str:
    """Return reports and passages as text to read."""
    lines: list[str] = []
    for origin in origins:
        lines.append(f"{len(origin.versions)} articles, 1 origin: {safe(origin.earliest.title)}")
        lines += [f"  {_version_text(version)}" for version in origin.versions]
        lines.append("")
    for passage in passages:
        reuse = passage.reuse
        where = f"{passage.other.title} ({teller(passage.other)})"
        lines.append(f"article {reuse.article} shares {reuse.words} words with article {reuse.other}, {safe(where)}:")
        lines += [wrapped("  ", safe(passage.quote)), ""]
    told = sum(len(origin.versions) for origin in origins)
    lines.append(f"{told} articles tell {len(origins)} reports more than once; {len(passages)} passages are shared")
    return "\n".join(lines)


def teller(version: Version) -> str:
    """Name who tells a version."""
    return version.host or version.publisher or "unknown publisher"


def _version_text(version: Version) -> str:
    badges = [name for name, has in (("earliest", version.is_earliest), ("fullest", version.is_fullest)) if has]
    parts = (
        f"article {version.article}",
        safe(teller(version)),
        date_text(version.published),
        f"{version.characters:,} characters",
        f"{version.likeness:.0%} shared",
        *badges,
    )
    return " · ".join(parts)


def _origin(origin: Origin) -> Document:
    return {
        "origin": origin.id,
        "earliest": origin.earliest.article,
        "fullest": origin.fullest.article,
        "versions": [_version(version) for version in origin.versions],
    }


def _version(version: Version) -> Document:
    return {
        "article": version.article,
        "title": version.title,
        "publisher": version.publisher or None,
        "host": version.host or None,
        "published": date_document(version.published),
        "characters": version.characters,
        "shared": round(version.likeness, 3),
    }


def _passage(passage: ReusedPassage) -> Document:
    reuse = passage.reuse
    return {
        "article": reuse.article,
        "other": reuse.other,
        "words": reuse.words,
        "start": reuse.span.start,
        "end": reuse.span.end,
        "other_start": reuse.other_span.start,
        "other_end": reuse.other_span.end,
        "quote": passage.quote,
        "other_quote": passage.other_quote,
    }
