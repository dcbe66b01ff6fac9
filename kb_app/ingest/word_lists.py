"""The word lists that tell site furniture, credits, agencies and publishers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kb_app.core.names import normalised
from kb_app.resources import resource_path


@dataclass(frozen=True, slots=True)
class WordLists:
    """Everything that ingest looks up; phrases are in lower case with plain apostrophes."""

    whole: frozenset[str]
    starts: tuple[str, ...]
    anywhere: tuple[str, ...]
    footer_headings: frozenset[str]
    credits: tuple[str, ...]
    wires: Mapping[str, str]  # normalised name to the usual one
    publishers: Mapping[str, str]  # domain to publisher
    publisher_names: Mapping[str, str]  # normalised name to the usual one
    months: Mapping[str, int]  # name in another language than English to its number


@cache
def word_lists() -> WordLists:
    """Read the word lists, once a process."""
    furniture = [(row[0], row[1]) for row in _rows("boilerplate.txt")]
    wires = {normalised(name): row[0] for row in _rows("wires.txt") for name in _names(row, 0)}
    publishers = {row[0]: row[1] for row in _rows("publishers.txt")}
    names = {normalised(name): row[1] for row in _rows("publishers.txt") for name in _names(row, 1)}
    return WordLists(
        whole=frozenset(phrase for where, phrase in furniture if where == "whole"),
        starts=tuple(phrase for where, phrase in furniture if where == "start"),
        anywhere=tuple(phrase for where, phrase in furniture if where == "any"),
        footer_headings=frozenset(row[0] for row in _rows("footer_headings.txt")),
        credits=tuple(row[0] for row in _rows("credits.txt")),
        wires=MappingProxyType(wires),
        publishers=MappingProxyType(publishers),
        publisher_names=MappingProxyType(names),
        months=MappingProxyType({name: int(row[0]) for row in _rows("months.txt") for name in row[1].split("|")}),
    )


def _names(row: list[str], at: int) -> list[str]:
    others = row[at + 1].split("|") if len(row) > at + 1 else []
    return [name for name in (row[at], *others) if name]


def _rows(name: str) -> Iterator[list[str]]:
    for line in resource_path("lexicons", "ingest", name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")
