"""Takes JSON apart: JSON Feed, arrays and lines of articles, citations of CSL, documents of FollowTheMoney."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any, BinaryIO

from kb_app.core.column_mapping import ColumnMapping, TableHead, chosen_mapping, mappings_from_json
from kb_app.core.errors import Refused
from kb_app.ingest.archives.member_names import shown
from kb_app.ingest.feeds.column_guess import by_name, guessed_mapping, is_markup
from kb_app.ingest.feeds.ftm import DOCUMENTS, LoosePages, entity_mapping, is_entity
from kb_app.ingest.feeds.item import Item, given_from_fields, line_of, member_of
from kb_app.ingest.feeds.json_fields import fields_of
from kb_app.ingest.feeds.json_stream import JsonValue, json_values
from kb_app.ingest.feeds.unclear import unclear
from kb_app.ingest.members import Opened, Taken, Trouble

_LOOKED_AT = 20  # objects, by which it is told whether they hold articles
ROWS_SHOWN = 8
_DEEPEST_LIST = 3  # objects within objects, in which the list of articles is looked for


@dataclass(slots=True)
class _Reading:
    """How the objects of one file are read."""

    opened: Opened
    chosen: ColumnMapping | None = None
    publisher: str = ""  # of a JSON Feed, which names itself
    how: str = "export"
    number: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    loose: LoosePages = field(default_factory=LoosePages)


def open_json(opened: Opened) -> Iterator[Taken]:
    """Yield one member an article; raises Refused `mapping` where no field can be told to hold its words."""
    reading = _Reading(opened)
    first, found = _values(opened.stream, shown(opened.name), opened.given.encoding, reading)
    reading.chosen = chosen_mapping(mappings_from_json(opened.mapping), columns_of(first))
    if reading.chosen is None:
        _refuse_strange(first, opened)
    for value in found:
        reading.number += 1
        yield from _taken(value, reading)
    for number, joined in reading.loose.joined():
        reading.number = number
        yield _member(JsonValue(joined, ""), joined, reading)
    yield from _told(reading)


def head_of_json(stream: BinaryIO, name: str, encoding: str = "") -> TableHead:
    """Return the fields and first objects of a JSON file as a table; raises Failed `encoding`, Refused `too-large`."""
    first, _ = _values(stream, name, encoding, None)
    columns = columns_of(first)
    objects = [fields_of(one.value) for one in first if isinstance(one.value, dict)]
    rows = tuple(tuple(fields.get(column, "") for column in columns) for fields in objects)
    return TableHead(name, columns, rows[:ROWS_SHOWN], guessed_mapping(columns, rows))


def columns_of(values: list[JsonValue]) -> tuple[str, ...]:
    """Return the fields of the first objects of a file, in the order in which they come."""
    objects = [one.value for one in values[:_LOOKED_AT] if isinstance(one.value, dict)]
    return tuple(dict.fromkeys(field for one in objects for field in fields_of(one)))


def _values(
    stream: BinaryIO, name: str, encoding: str, reading: _Reading | None
) -> tuple[list[JsonValue], Iterator[JsonValue]]:
    """Return the first values of a file that can be articles, and all of them."""
    values = json_values(stream, name, encoding)
    first = list(islice(values, _LOOKED_AT))
    if len(first) == 1 and not first[0].problem and isinstance(first[0].value, dict):
        whole = first[0].value
        listed = _listed(whole)
        if reading is not None:
            reading.publisher = _publisher(whole)
            reading.how = "feed" if _is_feed(whole) else "export"
        if listed is not None:
            return [JsonValue(one, "") for one in listed[:_LOOKED_AT]], (JsonValue(one, "") for one in listed)
    return first, chain(first, values)


def _taken(found: JsonValue, reading: _Reading) -> Iterator[Taken]:
    value, name = found.value, shown(reading.opened.name)
    if found.problem:
        sentence = f"Item {reading.number} of “{name}” is no JSON ({found.problem}), so it was left out."
        yield Trouble(f"item {reading.number}", "corrupt", sentence)
    elif not isinstance(value, dict):
        reading.left_out["values that are no objects"] += 1
    elif is_entity(value) and value["schema"] == "Page" and reading.loose.add(value):
        return
    elif is_entity(value) and value["schema"] not in DOCUMENTS:
        reading.left_out[f"entities of the kind {shown(value['schema'])}"] += 1
    elif not is_entity(value) or not reading.loose.waits(reading.number, value):
        yield _member(found, value, reading)


def _member(found: JsonValue, value: dict[str, Any], reading: _Reading) -> Taken:
    given, summary = given_from_fields(*mapped_fields(value, reading.chosen))
    if reading.publisher and not given.publisher:
        given = replace(given, publisher=reading.publisher)
    data = (found.text or _written(value)).encode("utf-8", "replace")
    return member_of(reading.opened, Item(reading.number, data, given, summary), reading.how)


def mapped_fields(value: dict[str, Any], chosen: ColumnMapping | None = None) -> tuple[dict[str, str], ColumnMapping]:
    """Return an object's fields and which of them holds what."""
    fields = fields_of(value)
    if is_entity(value):
        return fields, entity_mapping(fields)
    filled = [name for name, text in fields.items() if text.strip()]
    mapping = chosen or by_name(filled)
    if mapping.text and not mapping.html and chosen is None and is_markup(fields.get(mapping.text, "")):
        mapping = replace(mapping, html=mapping.text, text="")
    return fields, mapping


def _written(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _publisher(whole: dict[str, Any]) -> str:
    """Return the title of a JSON Feed, which names the publisher of its items."""
    title = whole.get("title")
    return line_of(title) if _is_feed(whole) and isinstance(title, str) else ""


def _is_feed(whole: dict[str, Any]) -> bool:
    version = whole.get("version")
    return isinstance(version, str) and "jsonfeed.org" in version


def _listed(whole: dict[str, Any], depth: int = 0) -> list[Any] | None:
    """Return the longest list of objects within an object that is no article itself."""
    if _is_article(whole) and not isinstance(whole.get("items"), list):
        return None
    lists = [v for v in whole.values() if isinstance(v, list) and any(map(_is_article, v[:_LOOKED_AT]))]
    if lists:
        return max(lists, key=len)
    inner = [v for v in whole.values() if isinstance(v, dict)] if depth < _DEEPEST_LIST else []
    return next((found for one in inner if (found := _listed(one, depth + 1)) is not None), None)


def _is_article(value: Any) -> bool:
    """Tell whether an object says enough to be an article."""
    if not isinstance(value, dict):
        return False
    mapping = mapped_fields(value)[1]
    return bool(mapping.is_clear or mapping.summary or (mapping.title and (mapping.url or mapping.published)))


def _refuse_strange(first: list[JsonValue], opened: Opened) -> None:
    objects = [found.value for found in first if isinstance(found.value, dict)]
    if any(is_entity(one) for one in objects) or (first and all(found.problem for found in first)):
        return
    if any(map(_is_article, objects)):
        return
    name = shown(opened.name)
    if not objects:
        raise Refused("no-articles", f"“{name}” holds no objects, so there is no article in it.")
    raise unclear(name, columns_of(first), "field")


def _told(reading: _Reading) -> Iterator[Taken]:
    if reading.left_out:
        listed = ", ".join(f"{count} {what}" for what, count in sorted(reading.left_out.items()))
        sentence = f"Of “{shown(reading.opened.name)}” there were left out: {listed[:1000]}."
        yield Trouble("others", "not-articles", sentence, refused=True)
