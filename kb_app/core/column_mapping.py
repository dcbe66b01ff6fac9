"""Which column of a table, or field of an export, holds what of an article."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

from kb_app.core.errors import Refused

_APART = "\x1f"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The names of the columns; "" is: no column holds it. `fingerprint` names the head it is for, "" any."""

    fingerprint: str = ""
    title: str = ""
    text: str = ""
    html: str = ""
    summary: str = ""
    published: str = ""
    publisher: str = ""
    byline: str = ""
    url: str = ""
    language: str = ""

    @property
    def is_clear(self) -> bool:
        """Tell whether it says where the words of an article are."""
        return bool(self.text or self.html)

    def columns(self) -> dict[str, str]:
        """Return the column of each role that has one."""
        return {role: getattr(self, role) for role in ROLES if getattr(self, role)}


ROLES: tuple[str, ...] = tuple(field.name for field in fields(ColumnMapping) if field.name != "fingerprint")


@dataclass(frozen=True, slots=True)
class TableHead:
    """The first rows of a table: its columns, their cells, and what they seem to hold."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    guess: ColumnMapping

    @property
    def fingerprint(self) -> str:
        """Return what tables with the same columns share."""
        return self.guess.fingerprint


def fingerprint_of(columns: Sequence[str]) -> str:
    """Return what the heads of tables with the same columns share, whatever their order and case."""
    folded = sorted(column.strip().casefold() for column in columns)
    return hashlib.sha256(_APART.join(folded).encode("utf-8", "surrogatepass")).hexdigest()


def mappings_to_json(mappings: Iterable[ColumnMapping]) -> str:
    """Write mappings as a JSON list of objects from role to column; "" for none."""
    written = [{**_known(mapping), **mapping.columns()} for mapping in mappings]
    return json.dumps(written, ensure_ascii=False) if written else ""


def mappings_from_json(text: str) -> tuple[ColumnMapping, ...]:
    """Read one mapping or a list of them; raises Refused `mapping` where the text is none."""
    try:
        content = json.loads(text) if text else []
    except (ValueError, RecursionError) as error:
        raise Refused("mapping", f"The column mapping is no JSON: {error}. Nothing was imported.") from error
    listed = content if isinstance(content, list) else [content]
    if not all(isinstance(one, dict) and all(isinstance(value, str) for value in one.values()) for one in listed):
        raise Refused("mapping", "The column mapping is no JSON object of column names. Nothing was imported.")
    return tuple(map(_with_roles, listed))


def chosen_mapping(mappings: Iterable[ColumnMapping], columns: Sequence[str]) -> ColumnMapping | None:
    """Return the mapping that is for a table of these columns, else one that is for any, else None."""
    known = {mapping.fingerprint: mapping for mapping in mappings}
    return known.get(fingerprint_of(columns)) or known.get("")


def mapping_from_words(words: str) -> ColumnMapping:
    """Read a mapping written as “text=body,title=headline”; raises Refused `mapping`."""
    pairs: dict[str, str] = {}
    for part in words.split(","):
        role, sign, column = part.partition("=")
        if not sign or not column.strip():
            raise Refused("mapping", f"“{part.strip()}” is no column mapping; write it like text=body,title=headline.")
        pairs[role.strip().casefold()] = column.strip()
    return _with_roles(pairs)


def _known(mapping: ColumnMapping) -> dict[str, str]:
    return {"fingerprint": mapping.fingerprint} if mapping.fingerprint else {}


def _with_roles(pairs: dict[str, str]) -> ColumnMapping:
    strange = sorted(pairs.keys() - {*ROLES, "fingerprint"})
    if strange:
        raise Refused("mapping", f"A column cannot hold “{strange[0]}”; it can hold {', '.join(ROLES)}.")
    return replace(ColumnMapping(), **pairs)
