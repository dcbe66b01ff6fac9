"""Knows what can be opened when nobody said what."""

from __future__ import annotations

from pathlib import Path

from kb_app.resources import resource_path

_ARTICLE_ENDINGS = (".html", ".txt")


def sample_files() -> tuple[Path, ...]:
    """Return the invented articles that come with the program."""
    folder = resource_path("samples")
    return tuple(sorted(file for file in folder.iterdir() if file.suffix in _ARTICLE_ENDINGS))
