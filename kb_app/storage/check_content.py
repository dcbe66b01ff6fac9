"""Compares bytes, texts and quotes with what was imported."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kb_app.core.check_report import Problem, ProblemKind
from kb_app.core.errors import StoreError
from kb_app.storage.compression import unpacked
from kb_app.storage.row_images import unpack_rows

# columns that hold JSON
_JSON = (
    ("article", "details"),
    ("article", "warnings"),
    ("text", "offset_map"),
    ("role", "qualifiers"),
    ("citation", "marks"),
    ("import_outcome", "articles"),
)


@dataclass(slots=True)
class Findings:
    """Problems as they are found, at most so many of a kind by name, and counts of what was looked at."""

    named: int
    counts: dict[str, int] = field(default_factory=dict)
    _problems: list[Problem] = field(default_factory=list)
    _seen: Counter[ProblemKind] = field(default_factory=Counter)

    def add(self, kind: ProblemKind, sentence: str) -> None:
        """Note a problem."""
        self._seen[kind] += 1
        if self._seen[kind] <= self.named:
            self._problems.append(Problem(kind, sentence))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return the problems, and how many more there are of a kind."""
        more = ((kind, count - self.named) for kind, count in self._seen.items())
        return (
            *self._problems,
            *(Problem(kind, f"There are {count} more problems of this kind.") for kind, count in more if count > 0),
        )


@dataclass(frozen=True, slots=True)
class ContentCheck:
    """Rows to look at one by one: the query (its table is `t`), the look, and what the rows are called."""

    label: str
    table: str
    sql: str
    look: Callable[[tuple[Any, ...], Findings], None]
    batch: int = 2000


def well_formed(connection: sqlite3.Connection, found: Findings) -> None:
    """Note fields that should hold JSON and do not, and steps that could not be taken back."""
    for table, column in _JSON:
        for (number,) in connection.execute(f'SELECT id FROM "{table}" WHERE NOT json_valid("{column}")'):
            found.add(ProblemKind.RECORD, f"The field “{column}” of row {number} of “{table}” cannot be read.")
    sql = "SELECT id, operation_id, action, images FROM operation_row WHERE images IS NOT NULL"
    for number, operation, action, images in connection.execute(sql):
        try:
            json.loads(images) if action == "update" else unpack_rows(images)
        except (StoreError, ValueError):
            found.add(ProblemKind.RECORD, f"What would take back step {operation} cannot be read (row {number}).")


def _source(row: tuple[Any, ...], found: Findings) -> None:
    _, name, sha256, size, data = row
    try:
        raw = unpacked(data, size)
    except (zlib.error, TypeError):
        found.add(ProblemKind.BYTES, f"The archived original of “{name}” cannot be unpacked.")
        return
    if hashlib.sha256(raw).hexdigest() != sha256 or len(raw) != size:
        found.add(ProblemKind.BYTES, f"The archived original of “{name}” is not what was imported.")


def _text(row: tuple[Any, ...], found: Findings) -> None:
    number, title, text, sha256, article = row
    if article is None:
        found.add(ProblemKind.RECORD, f"The text {number} (“{title}”) belongs to no article.")
    if not isinstance(text, str) or hashlib.sha256(text.encode()).hexdigest() != sha256:
        found.add(ProblemKind.TEXT, f"The text of “{title}” (article {number}) is not what was imported.")


def _article(row: tuple[Any, ...], found: Findings) -> None:
    number, title, text = row
    if text is None:
        found.add(ProblemKind.TEXT, f"The text of “{title}” (article {number}) is missing.")


def _quote(what: str) -> Callable[[tuple[Any, ...], Findings], None]:
    def look(row: tuple[Any, ...], found: Findings) -> None:
        number, quote, stands, article = row
        if quote != stands:
            found.add(
                ProblemKind.QUOTE, f"The {what} {number} (“{quote[:60]}”) does not stand so in article {article}."
            )

    return look


def _citation(row: tuple[Any, ...], found: Findings) -> None:
    number, kind, claim, there, same_article = row
    if not there:
        found.add(ProblemKind.RECORD, f"The citation {number} belongs to a {kind} {claim} that is not there.")
    if not same_article:
        found.add(ProblemKind.QUOTE, f"The citation {number} names another article than its passage.")


# substr counts characters as Python does, as long as there is no NUL, which is refused
_STANDS = "substr(x.text, t.first + 1, t.last - t.first)"
_QUOTED = "SELECT t.id, t.quote, {stands}, t.article_id FROM {table} t JOIN text x ON x.id = t.article_id"
_CLAIMED = " ".join(
    f"WHEN '{kind}' THEN EXISTS (SELECT 1 FROM {kind} c WHERE c.id = t.claim)"
    for kind in ("role", "event", "statement", "relation")
)

CONTENT_CHECKS = (
    ContentCheck("sources", "source", "SELECT t.id, t.name, t.sha256, t.size, t.data FROM source t", _source, 50),
    ContentCheck(
        "articles",
        "article",
        "SELECT t.id, t.title, x.id FROM article t LEFT JOIN text x ON x.id = t.id",
        _article,
    ),
    ContentCheck(
        "texts",
        "text",
        "SELECT t.id, t.title, t.text, t.sha256, a.id FROM text t LEFT JOIN article a ON a.id = t.id",
        _text,
        200,
    ),
    ContentCheck("mentions", "mention", _QUOTED.format(stands=_STANDS, table="mention"), _quote("mention")),
    ContentCheck("passages", "passage", _QUOTED.format(stands=_STANDS, table="passage"), _quote("passage")),
    ContentCheck(
        "time expressions",
        "time_expression",
        _QUOTED.format(stands=_STANDS, table="time_expression"),
        _quote("time expression"),
    ),
    ContentCheck(
        "citations",
        "citation",
        f"SELECT t.id, t.kind, t.claim, CASE t.kind {_CLAIMED} ELSE 0 END, p.article_id = t.article_id "
        "FROM citation t JOIN passage p ON p.id = t.passage_id",
        _citation,
    ),
)
