"""Tells whether a row from a file that somebody else made is one that this program could have written."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from peewee import BlobField, BooleanField, Field, FloatField, IntegerField

from kb_app.core.entity import Category, EntityType, MentionKind
from kb_app.core.event import EventType, Realis
from kb_app.core.judgement import ClaimKind, Status
from kb_app.core.operation import OperationState
from kb_app.core.relation import RelationType
from kb_app.core.report import InputState
from kb_app.core.stated_date import Precision, Resolution
from kb_app.core.statement import StatementKind
from kb_app.storage import article_details as packed
from kb_app.storage.import_log import ENDED, LISTING, RUNNING
from kb_app.storage.rows import Value, columns_of
from kb_app.storage.tables import Row

LONGEST_TEXT = 64 * 1024 * 1024  # characters


class Unfit(Exception):
    """A value that this program never writes; the message says which."""


def _values(*kinds: type[StrEnum], empty: bool = False) -> frozenset[str]:
    named = {str(member) for kind in kinds for member in kind}
    return frozenset(named | {""}) if empty else frozenset(named)


_JUDGED = ("entity", "mention", "role", "event", "statement", "relation", "judgement")
_WORDS: MappingProxyType[tuple[str, str], Collection[str]] = MappingProxyType(
    {
        ("entity", "type"): _values(EntityType),
        ("entity", "category"): _values(Category, empty=True),
        ("mention", "kind"): _values(MentionKind),
        ("event", "type"): _values(EventType),
        ("event", "realis"): _values(Realis),
        ("relation", "realis"): _values(Realis),
        ("relation", "type"): _values(RelationType),
        ("statement", "kind"): _values(StatementKind),
        ("citation", "kind"): _values(ClaimKind),
        ("judgement", "kind"): _values(ClaimKind),
        ("stated_date", "precision"): _values(Precision),
        ("stated_date", "resolution"): _values(Resolution),
        ("operation", "kind"): frozenset({"edit", "import"}),
        ("operation", "state"): _values(OperationState),
        ("import_outcome", "state"): _values(InputState),
        ("import_batch", "state"): frozenset({LISTING, RUNNING, ENDED}),
        ("publisher_grade", "reliability"): frozenset("ABCDEF"),
        ("article", "credibility"): frozenset(("", *"123456")),
        **{(table, "status"): _values(Status) for table in _JUDGED},
    }
)


def _moment(value: str) -> object:
    return datetime.fromisoformat(value)


def _json(value: str) -> object:
    return json.loads(value)


def _details(value: str) -> object:
    spans = packed.unpack_spans(value)
    if "body" not in spans:
        raise ValueError("no body")
    return packed.unpack_metadata(value, None), packed.unpack_zones(value), packed.unpack_candidates(value)


_READ: MappingProxyType[tuple[str, str], Callable[[str], object]] = MappingProxyType(
    {
        ("article", "details"): _details,
        ("article", "warnings"): packed.unpack_words,
        ("text", "offset_map"): packed.unpack_offset_map,
        ("text", "page_map"): packed.unpack_page_map,
        ("role", "qualifiers"): packed.unpack_words,
        ("citation", "marks"): packed.unpack_marks,
        ("import_outcome", "articles"): packed.unpack_words,
        ("import_batch", "options"): _json,
        ("column_mapping", "mapping"): _json,
        ("import_batch", "at"): _moment,
        ("source", "imported_at"): _moment,
        ("source_address", "seen_at"): _moment,
        ("origins_apart", "at"): _moment,
        ("operation", "at"): _moment,
        ("judgement", "at"): _moment,
        ("note", "at"): _moment,
    }
)
_DAYS = frozenset({("stated_date", "earliest"), ("stated_date", "ruled_out"), ("article", "published_day")})


def check_row(table: type[Row], row: Sequence[object]) -> tuple[Value, ...]:
    """Return a row, its values in the table's order, when every one is of its column's kind; raises Unfit."""
    name = table._meta.table_name
    checked = []
    for field, value in zip(_fields(table), row, strict=True):
        checked.append(_checked(name, field, value))
    return tuple(checked)


def _fields(table: type[Row]) -> list[Field]:
    fields: list[Field] = table._meta.sorted_fields
    assert len(fields) == len(columns_of(table).names)
    return fields


def _checked(table: str, field: Field, value: object) -> Value:
    column = field.column_name
    if value is None:
        if not field.null:
            raise Unfit(f"“{column}” is empty")
        return None
    _check_kind(field, value)
    if isinstance(value, str):
        _check_text(table, column, value)
    elif column == "id" and value < 1:  # type: ignore[operator]  # its kind was looked at above
        raise Unfit(f"its number is {value}")
    elif isinstance(value, int) and (table, column) in _DAYS:
        _read(column, date.fromordinal, value)
    return value  # type: ignore[return-value]  # its kind was looked at above


def _check_kind(field: Field, value: object) -> None:
    if isinstance(field, BlobField):
        fits = type(value) is bytes
    elif isinstance(field, BooleanField):
        fits = value in (0, 1) and type(value) is int
    elif isinstance(field, FloatField):
        fits = type(value) in (int, float)
    elif _is_whole(field):
        fits = type(value) is int
    else:
        fits = type(value) is str
    if not fits:
        raise Unfit(f"“{field.column_name}” holds {type(value).__name__}")


def _is_whole(field: Field) -> bool:
    target = field.rel_field if hasattr(field, "rel_field") else field
    return isinstance(target, IntegerField) or field.name == "id"


def _check_text(table: str, column: str, value: str) -> None:
    if "\0" in value or len(value) > LONGEST_TEXT:
        raise Unfit(f"“{column}” holds a text that is never written")
    known = _WORDS.get((table, column))
    if known is not None and value not in known:
        raise Unfit(f"“{column}” is {value[:40]!r}")
    reader = _READ.get((table, column))
    if reader is not None:
        _read(column, reader, value)


def _read(column: str, reader: Callable[[Any], object], value: object) -> None:
    try:
        reader(value)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        raise Unfit(f"“{column}” cannot be read ({type(error).__name__})") from error
