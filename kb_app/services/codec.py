"""Records to JSON and back, strictly by their type hints, for what crosses the border of a process."""

from __future__ import annotations

import json
import math
import types
from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, NewType, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Json = Any
Coder = Callable[[Any], Any]

LARGEST_MESSAGE = 256 * 1024 * 1024  # bytes of JSON
LONGEST_TEXT = 64 * 1024 * 1024  # characters
MOST_ITEMS = 500_000
LARGEST_NUMBER = 2**53


class CodecError(Exception):
    """What came over the border is not the record that was expected."""


@dataclass(frozen=True, slots=True)
class _FieldCoder:
    name: str
    code: Coder
    has_default: bool
    default: Any


def dumps(record: Any) -> bytes:
    """Write a record as UTF-8 JSON; fields that hold their default are left out."""
    value = to_json(record)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def loads(kind: type[T], data: bytes) -> T:
    """Read a record of exactly this kind; raises CodecError where anything is missing, unknown, odd or too large."""
    return from_json(kind, parse(data))


def parse(data: bytes) -> Json:
    """Read JSON of bounded size; raises CodecError."""
    if len(data) > LARGEST_MESSAGE:
        raise CodecError(f"{len(data)} bytes are too many for one message")
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise CodecError(f"not JSON: {error}") from error


def to_json(record: Any) -> Json:
    """Give a record as JSON values; fields that hold their default are left out."""
    hint: Any = type(record)
    return _encoder(hint)(record)


def from_json(kind: type[T], value: Json) -> T:
    """Build a record from JSON values; raises CodecError."""
    hint: Any = kind
    return cast(T, _decoder(hint)(value))


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


@cache
def _encoder(hint: Any) -> Coder:
    hint = _plain(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _record_encoder(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _enum_value
    if isinstance(hint, type) and issubclass(hint, date):
        return _iso
    origin = get_origin(hint)
    if origin in (tuple, frozenset):
        item = _encoder(get_args(hint)[0])
        return lambda value: [item(one) for one in (sorted(value) if origin is frozenset else value)]
    if origin in (Union, types.UnionType):
        inner = _encoder(_only_alternative(hint))
        return lambda value: None if value is None else inner(value)
    if hint in (str, int, float, bool):
        return _same
    raise TypeError(f"{hint} cannot cross the border of a process")


def _record_encoder(kind: type) -> Coder:
    coders = tuple(_field_coders(kind, _encoder))

    def encode(record: Any) -> Json:
        result = {}
        for coder in coders:
            value = getattr(record, coder.name)
            if not (coder.has_default and value == coder.default):
                result[coder.name] = coder.code(value)
        return result

    return encode


def _field_coders(kind: type, coder_of: Callable[[Any], Coder]) -> list[_FieldCoder]:
    hints = get_type_hints(kind)
    return [_FieldCoder(f.name, coder_of(hints[f.name]), *_default(f)) for f in fields(cast(Any, kind)) if f.init]


def _default(field: Field[Any]) -> tuple[bool, Any]:
    if field.default is not MISSING:
        return True, field.default
    if field.default_factory is not MISSING:
        return True, field.default_factory()
    return False, None


@cache
def _decoder(hint: Any) -> Coder:
    hint = _plain(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _record_decoder(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _enum_decoder(hint)
    if isinstance(hint, type) and issubclass(hint, date):
        return _date_decoder(hint)
    origin = get_origin(hint)
    if origin in (tuple, frozenset):
        return _items_decoder(origin, _decoder(get_args(hint)[0]))
    if origin in (Union, types.UnionType):
        inner = _decoder(_only_alternative(hint))
        return lambda value: None if value is None else inner(value)
    simple: dict[Any, Coder] = {str: _text, int: _whole, float: _number, bool: _truth}
    if hint in simple:
        return simple[hint]
    raise TypeError(f"{hint} cannot cross the border of a process")


def _record_decoder(kind: type) -> Coder:
    coders = {coder.name: coder for coder in _field_coders(kind, _decoder)}
    required = frozenset(name for name, coder in coders.items() if not coder.has_default)

    def decode(value: Json) -> Any:
        if type(value) is not dict:
            raise CodecError(f"{kind.__name__}: expected an object")
        if not required <= value.keys():
            raise CodecError(f"{kind.__name__}: {', '.join(sorted(required - value.keys()))} is missing")
        try:
            return kind(**{name: coders[name].code(item) for name, item in value.items()})
        except KeyError as error:
            raise CodecError(f"{kind.__name__} has no field {error}") from error
        except ValueError as error:
            raise CodecError(f"{kind.__name__}: {error}") from error

    return decode


def _enum_decoder(kind: type[Enum]) -> Coder:
    known = {member.value: member for member in kind}

    def decode(value: Json) -> Enum:
        if type(value) is not str or value not in known:
            raise CodecError(f"{str(value)[:40]!r} is no {kind.__name__}")
        return known[value]

    return decode


def _date_decoder(kind: type[date]) -> Coder:
    def decode(value: Json) -> date:
        try:
            return kind.fromisoformat(value)
        except (ValueError, TypeError) as error:
            raise CodecError(f"{str(value)[:40]!r} is no {kind.__name__}") from error

    return decode


def _items_decoder(container: type, item: Coder) -> Coder:
    def decode(value: Json) -> Any:
        if type(value) is not list:
            raise CodecError("expected a list")
        if len(value) > MOST_ITEMS:
            raise CodecError(f"a list of {len(value)} items is too long")
        return container(map(item, value))

    return decode


def _plain(hint: Any) -> Any:
    """Return what a NewType is underneath, and check the form of tuples."""
    while isinstance(hint, NewType):
        hint = hint.__supertype__
    arguments = get_args(hint)
    if get_origin(hint) is tuple and (len(arguments) != 2 or arguments[1] is not Ellipsis):
        raise TypeError(f"{hint}: only tuples of one type can cross")
    return hint


def _only_alternative(hint: Any) -> Any:
    alternatives = [one for one in get_args(hint) if one is not types.NoneType]
    if len(alternatives) != 1:
        raise TypeError(f"{hint}: only a type or None can cross")
    return alternatives[0]


def _same(value: Any) -> Any:
    return value


def _enum_value(value: Enum) -> Any:
    return value.value


def _iso(value: date | datetime) -> str:
    return value.isoformat()


def _text(value: Json) -> str:
    if type(value) is not str:
        raise CodecError("expected text")
    if len(value) > LONGEST_TEXT:
        raise CodecError(f"a text of {len(value)} characters is too long")
    if not value.isascii():
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise CodecError(f"text with half a character: {error.reason}") from error
    return value


def _whole(value: Json) -> int:
    if type(value) is not int or not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        raise CodecError("expected a whole number")
    return value


def _number(value: Json) -> float:
    if type(value) not in (int, float) or not math.isfinite(value):
        raise CodecError("expected a number")
    return float(value)


def _truth(value: Json) -> bool:
    if type(value) is not bool:
        raise CodecError("expected true or false")
    return value
