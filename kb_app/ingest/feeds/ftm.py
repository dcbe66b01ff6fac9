"""Documents among the entities of FollowTheMoney, which are JSON objects of id, schema and properties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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

MOST_JOINED = 64 * 1024 * 1024  # characters of pages that are held until their documents are known


@dataclass(slots=True)
class LoosePages:
    """The pages of documents, which are entities of their own and may come before or after their document."""

    texts: dict[str, dict[int, str]] = field(default_factory=dict)  # by the document, then by the number of the page
    documents: list[tuple[int, dict[str, Any]]] = field(default_factory=list)  # those without words, with their number
    characters: int = 0

    def add(self, page: dict[str, Any]) -> bool:
        """Keep a page; False where it names no document or too much is held."""
        document, text = _first(page, "document"), _first(page, "bodyText")
        self.characters += len(text)
        if not document or self.characters > MOST_JOINED:
            return False
        pages = self.texts.setdefault(document, {})
        number = _first(page, "index")
        pages[int(number) if number.isdecimal() and len(number) < 10 else len(pages)] = text
        return True

    def waits(self, number: int, document: dict[str, Any]) -> bool:
        """Keep a document of pages whose words are only in them; False where it has its own."""
        if document["schema"] != "Pages" or _first(document, "bodyText").strip():
            return False
        self.documents.append((number, document))
        return True

    def joined(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield the documents that were kept, each with the words of its pages in order."""
        for number, document in self.documents:
            pages = self.texts.pop(str(document.get("id")), {})
            words = [pages[index] for index in sorted(pages)]
            yield number, {**document, "properties": {**document["properties"], "bodyText": words}}


def _first(entity: dict[str, Any], name: str) -> str:
    """Return the text of a property, the id of an entity that it refers to; of several the first."""
    values = entity["properties"].get(name)
    value = values[0] if isinstance(values, list) and values else values
    if isinstance(value, dict):
        value = value.get("id")
    return str(value) if isinstance(value, str | int) else ""


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
