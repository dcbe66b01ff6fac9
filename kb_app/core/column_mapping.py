"""Which column of a table, or field of an export, holds what of an article."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
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


def mapping_to_json(mapping: ColumnMapping) -> str:
    """Write a mapping as a JSON object of the roles that have a column."""
    known = {"fingerprint": mapping.fingerprint} if mapping.fingerprint else {}
    return json.dumps({**known, **mapping.columns()}, ensure_ascii=False)


def mapping_from_json(text: str) -> ColumnMapping:
    """Read a mapping; raises Refused `mapping` where the text is none."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused("mapping", f"The column mapping is no JSON: {error}. Nothing was imported.") from error
    if not isinstance(content, dict) or not all(isinstance(value, str) for value in content.values()):
        raise Refused("mapping", "The column mapping is no JSON object of column names. Nothing was imported.")
    return _with_roles(content)


def mapping_from_words(words: str) -> ColumnMapping:
    """Read a mapping written as “text=body,title=headline”; raises Refused `mapping`."""
    pairs: dict[str, str] = {}
    for part in words.split(","):
        role, sign, column = part.partition("=")
        if not sign or not column.strip():
            raise Refused("mapping", f"“{part.strip()}” is no column mapping; write it like text=body,title=headline.")
        pairs[role.strip().casefold()] = column.strip()
    return _with_roles(pairs)


def _with_roles(pairs: dict[str, str]) -> ColumnMapping:
    strange = sorted(pairs.keys() - {*ROLES, "fingerprint"})
    if strange:
        raise Refused("mapping", f"A column cannot hold “{strange[0]}”; it can hold {', '.join(ROLES)}.")
    return replace(ColumnMapping(), **pairs)
