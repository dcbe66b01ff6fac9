"""Looks through the person's own word lists before the engine takes them, and names the line where one is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kb_app.core.entity import Category, EntityType
from kb_app.core.errors import KartotekaError
from kb_app.core.event import EventType, Realis
from kb_app.core.relation import RelationType

LARGEST_LIST = 16 * 1024 * 1024  # bytes
_SEVERAL = ("nominals.txt", 2)  # the one column that holds several words, separated by |

# What a column may hold, by list and number of the column, where not every word will do.
_CLOSED: Mapping[tuple[str, int], frozenset[str]] = MappingProxyType(
    {
        ("event_triggers.txt", 0): frozenset(EventType),
        ("event_triggers.txt", 1): frozenset({"v", "n"}),
        ("institution_heads.txt", 1): frozenset(Category),
        ("institution_heads.txt", 3): frozenset({"tail", "head", "both"}),
        ("known_institutions.txt", 1): frozenset(Category),
        ("nominals.txt", 1): frozenset(EntityType),
        ("nominals.txt", 2): frozenset(Category),
        ("place_heads.txt", 1): frozenset({"tail", "head", "event"}),
        ("realis_cues.txt", 1): frozenset(Realis),
        ("relation_verbs.txt", 0): frozenset(RelationType),
        ("relation_verbs.txt", 1): frozenset({"+", "-"}),
        ("titles.txt", 1): frozenset({"honorific", "rank", "office", "job"}),
    }
)


class OwnListWrong(KartotekaError):
    """A list of the person cannot be used; the sentence names the file and where there is one the line."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the lines of a list look, taken from ours of the same name: its sections, or how many columns are filled."""

    sections: frozenset[str]
    filled: int


def check_own_lists(ours: Path, own: Path) -> tuple[str, ...]:
    """Return the names of lists that the program knows nothing of; raises OwnListWrong at the first line amiss."""
    try:
        names = sorted(path.name for path in own.iterdir() if path.suffix == ".txt")
    except OSError as error:
        raise OwnListWrong(f"The folder of your word lists cannot be read ({error.strerror})") from error
    for name in names:
        if (ours / name).is_file():
            _check(name, _shape((ours / name).read_text(encoding="utf-8")), _text(own / name))
    return tuple(name for name in names if not (ours / name).is_file())


def _check(name: str, shape: _Shape, text: str) -> None:
    section = False
    for number, line in _entries(text):
        section = section or line.startswith(":")
        wrong = _wrong_section(shape, line, section) if shape.sections else _wrong_row(name, shape, line)
        if wrong:
            raise OwnListWrong(f"Your word list {name}, line {number}: {wrong}")


def _wrong_section(shape: _Shape, line: str, begun: bool) -> str:
    known = ", ".join(f":{section}" for section in sorted(shape.sections))
    if not begun:
        return f"a line with the section must come first, one of {known}"
    if line.startswith(":") and line[1:].strip() not in shape.sections:
        return f"“{line.strip()[:40]}” is none of the sections {known}"
    return ""


def _wrong_row(name: str, shape: _Shape, line: str) -> str:
    cells = [cell.strip() for cell in line.split("\t")]
    if not all(cells[: shape.filled]) or len(cells) < shape.filled:
        return f"it needs {shape.filled} columns that are not empty, with a tab between them"
    for column, cell in enumerate(cells):
        known = _CLOSED.get((name, column))
        words = cell.split("|") if (name, column) == _SEVERAL else [cell]
        odd = next((word for word in words if word and known is not None and word not in known), None)
        if odd is not None and known is not None:
            return f"“{odd[:40]}” is none of {', '.join(sorted(known))}"
    return ""


def _shape(text: str) -> _Shape:
    lines = [line for _, line in _entries(text)]
    sections = frozenset(line[1:].strip() for line in lines if line.startswith(":"))
    return _Shape(sections, min((_filled(line) for line in lines), default=1))


def _filled(line: str) -> int:
    cells = [cell.strip() for cell in line.split("\t")]
    return next((number for number, cell in enumerate(cells) if not cell), len(cells))


def _entries(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_LIST + 1)
    except OSError as error:
        raise OwnListWrong(f"Your word list {path.name} cannot be read ({error.strerror})") from error
    if len(data) > LARGEST_LIST:
        raise OwnListWrong(f"Your word list {path.name} is larger than {LARGEST_LIST // 1024**2} MB")
    if data.startswith(b"\xef\xbb\xbf"):
        raise OwnListWrong(f"Your word list {path.name}, line 1: please save it as UTF-8 without a byte order mark")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise OwnListWrong(f"Your word list {path.name}, line {line}: it is not UTF-8") from error
