"""Documents among the entities of FollowTheMoney, which are JSON objects of id, schema and properties."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from kb_app.core.column_mapping import ColumnMapping

# https://followthemoney.tech/explorer/#schemata: those that hold the words of an article or a message
DOCUMENTS = frozenset({"Document", "Article", "Pages", "PlainText", "HyperText", "Email", "Message"})
_PROPERTIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "title": ("title", "subject", "name", "fileName"),
        "text": ("bodyText",),
        "html": ("bodyHtml",),
        "summary": ("summary", "description"),
        "published": ("publishedAt", "date", "authoredAt", "modifiedAt"),
        "publisher": ("publisher",),
        "byline": ("author", "from"),
        "url": ("sourceUrl", "publisherUrl"),
        "language": ("language",),
    }
)


def is_entity(value: Any) -> bool:
    """Tell whether a JSON value is an entity of FollowTheMoney."""
    return (
        isinstance(value, dict) and isinstance(value.get("schema"), str) and isinstance(value.get("properties"), dict)
    )


def entity_mapping(fields: Mapping[str, str]) -> ColumnMapping:
    """Return which of an entity's flattened fields holds what."""

    def first(names: tuple[str, ...]) -> str:
        columns = (f"properties.{name}" for name in names)
        return next((column for column in columns if fields.get(column, "").strip()), "")

    return ColumnMapping(**{role: first(names) for role, names in _PROPERTIES.items()})
