"""The front matter of a Markdown file: simple fields between two lines of dashes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kb_app.core.passage import Span

_MOST_LINES = 200
_LINE = re.compile(r"[^\n]*\n?")
_FENCE = re.compile(r"\ufeff?---[ \t]*\r?\n?\Z")
_END = re.compile(r"(?:---|\.\.\.)[ \t]*\r?\n?\Z")
_FIELD = re.compile(r"([A-Za-z_][\w .-]{0,60}?)[ \t]*:(?:[ \t]+|\r?\n|\Z)(.*)", re.DOTALL)
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields, where the text behind them begins, and where the title's words stand in the file."""

    fields: dict[str, str] = field(default_factory=dict)
    end: int = 0
    title: Span | None = None


def front_matter(source: str) -> FrontMatter:
    """Read the front matter of a file; without any, nothing, and the text begins at once.

    Understood are “key: value”, values in quotation marks, and lists in brackets or under each other.
    """
    at, name = 0, ""
    fields: dict[str, str] = {}
    title: Span | None = None
    for number in range(_MOST_LINES):
        found = _LINE.match(source, at)
        line = found[0] if found else ""
        start, at = at, at + len(line)
        if number == 0:
            if not _FENCE.match(line):
                return FrontMatter()
        elif _END.match(line):
            return FrontMatter(fields, at, title)
        elif item := _ITEM.match(line):
            if name:
                fields[name] = f"{fields[name]}, {_plain(item[1])}".strip(", ")
        elif stated := _FIELD.match(line):
            name = stated[1].strip()
            fields[name] = _plain(stated[2])
            if name.casefold() == "title" and fields[name]:
                place = start + line.index(fields[name], stated.start(2)) if fields[name] in line else -1
                title = Span(place, place + len(fields[name])) if place >= 0 else None
        elif not line:
            break
    return FrontMatter()


def _plain(value: str) -> str:
    """Return a value without quotation marks, brackets or comment."""
    value = value.strip()
    if value[:1] in ('"', "'") and value.endswith(value[:1]) and len(value) > 1:
        return value[1:-1].strip()
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(part.strip().strip("\"'") for part in value[1:-1].split(",") if part.strip())
    return "" if value in ("|", ">", "null", "~") else value
