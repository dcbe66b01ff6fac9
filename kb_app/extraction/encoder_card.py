"""What a trained tagger says of itself: its files, heads, links and calibration, read from its card."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CARD_NAME = "tagger.json"
_BLOCK = 1 << 20


class ModelDamaged(Exception):
    """A file of the model is not the one that its card names."""


@dataclass(frozen=True, slots=True)
class Head:
    """A head that cuts spans: its types, and what is added to the score of lying outside of all spans."""

    name: str
    types: tuple[str, ...]
    outside_shift: float

    @property
    def size(self) -> int:
        """Return the number of labels: outside, then begin, inside, end and single of each type."""
        return 1 + 4 * len(self.types)


@dataclass(frozen=True, slots=True)
class LinkKind:
    """A link between two spans: which heads it joins, how far it reaches in words, and from what score it holds."""

    name: str
    sources: frozenset[str]
    targets: frozenset[str]
    reach: int
    distance_scores: tuple[float, ...]
    threshold: float


@dataclass(frozen=True, slots=True)
class ModelCard:
    """The shape of the tagger's answer."""

    heads: tuple[Head, ...]
    attributes: tuple[tuple[str, tuple[str, ...]], ...]
    links: tuple[LinkKind, ...]
    link_width: int
    distance_steps: tuple[int, ...]
    layers: Mapping[str, tuple[float, float]]  # slope and offset of each kind of finding's confidence
    digests: Mapping[str, str]


def calibrated(probability: float, slope: float, offset: float) -> float:
    """Apply Platt's scaling to a probability."""
    held = min(max(probability, 1e-6), 1 - 1e-6)
    return 1 / (1 + math.exp(-(slope * math.log(held / (1 - held)) + offset)))


def read_card(folder: Path) -> ModelCard:
    """Read the card of the model in a folder."""
    card = json.loads((folder / CARD_NAME).read_text(encoding="utf-8"))
    heads = tuple(Head(h["name"], tuple(h["types"]), h["outside_shift"]) for h in card["heads"])
    links = tuple(
        LinkKind(
            name=link["name"],
            sources=frozenset(link["sources"]),
            targets=frozenset(link["targets"]),
            reach=link["reach"],
            distance_scores=tuple(link["distance_scores"]),
            threshold=link["threshold"],
        )
        for link in card["links"]
    )
    return ModelCard(
        heads=heads,
        attributes=tuple((a["name"], tuple(a["values"])) for a in card["attributes"]),
        links=links,
        link_width=card["link_width"],
        distance_steps=tuple(card["distance_steps"]),
        layers={name: (slope, offset) for name, (slope, offset) in card["layers"].items()},
        digests=card["digests"],
    )


def check_files(folder: Path, card: ModelCard) -> None:
    """Compare the SHA-256 of every file that the card names; raises ModelDamaged, or OSError where one is missing."""
    for name, digest in card.digests.items():
        running = hashlib.sha256()
        with (folder / name).open("rb") as handle:
            while block := handle.read(_BLOCK):
                running.update(block)
        if running.hexdigest() != digest:
            raise ModelDamaged(f"{name} in {folder} is damaged or of another version: its SHA-256 is not the card's")
