"""The fields of a JSON object as names and texts, as a table would have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

_DEEPEST = 3
_MOST_FIELDS = 500
_PARAGRAPH = 100  # characters, from which on the texts of a list are paragraphs
_NAMES = ("literal", "name", "full_name", "title", "value")


def fields_of(item: dict[str, Any]) -> dict[str, str]:
    """Return an object's fields as texts; of objects within it as “outer.inner”, lists as one text."""
    fields: dict[str, str] = {}
    for name, value in _flat("", item, 0):
        if len(fields) >= _MOST_FIELDS:
            break
        fields.setdefault(name, value)
    return fields


def _flat(prefix: str, item: dict[str, Any], depth: int) -> Iterator[tuple[str, str]]:
    for name, value in item.items():
        path = f"{prefix}{name}"
        if isinstance(value, dict) and "date-parts" not in value and depth < _DEEPEST:
            yield from _flat(f"{path}.", value, depth + 1)
        else:
            yield path, text_of(value)


def text_of(value: Any) -> str:
    """Return a value as text: names of a list side by side, its paragraphs under each other."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dict):
        return _object(value)
    if not isinstance(value, list):
        return ""
    texts = [text for text in map(text_of, value[:10_000]) if text.strip()]
    long = any(len(text) > _PARAGRAPH for text in texts)
    return ("\n\n" if long else ", ").join(texts)


def _object(value: dict[str, Any]) -> str:
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        return _date(parts[0]) or text_of(value.get("raw") or value.get("literal"))
    person = [value.get("given"), value.get("non-dropping-particle"), value.get("family")]
    name = " ".join(part for part in person if isinstance(part, str) and part.strip())
    return name or next((value[key] for key in _NAMES if isinstance(value.get(key), str)), "")


def _date(parts: Sequence[Any]) -> str:
    """Return the date parts of a citation (year, month, day) as EDTF."""
    try:
        numbers = [int(part) for part in parts[:3]]
    except (TypeError, ValueError):
        return ""
    if not numbers or not 0 < numbers[0] <= 9999:
        return ""
    return "-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:])])
