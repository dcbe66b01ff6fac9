"""Takes over a knowledge base that somebody else made: a checked copy of what it holds, in a file of one's own."""

from __future__ import annotations

from pathlib import Path

from kb_app.storage.taking_over import TakenOver, take_over

__all__ = ["TakenOver", "own_name", "take_over"]


def own_name(path: Path, folder: Path) -> Path:
    """Return a free name in the folder for the copy of a file."""
    number = 1
    while True:
        extra = f" {number}" if number > 1 else ""
        target = folder / f"{path.stem} (checked{extra}).kb"
        if not target.exists():
            return target
        number += 1
