"""Opens knowledge bases, and knows where they lie when nobody said."""

from __future__ import annotations

import shutil
from pathlib import Path

from kb_app.core.errors import StoreError
from kb_app.resources import resource_path
from kb_app.services.importing import ImportRequest
from kb_app.services.workspace import Workspace

ENDING = ".kb"


def open_or_create(path: Path) -> Workspace:
    """Open the knowledge base for writing, making it when there is none; raises StoreError."""
    return Workspace.open(path, create=True)


def sample_files() -> tuple[Path, ...]:
    """Return the invented articles that come with the program."""
    folder = resource_path("samples")
    return tuple(sorted(file for file in folder.iterdir() if file.suffix in (".html", ".txt")))


def sample_base(folder: Path) -> Path:
    """Return a knowledge base made of the sample articles, in the folder; made once, kept afterwards.

    Raises StoreError where it cannot be made.
    """
    path = folder / f"Sample{ENDING}"
    if path.exists():
        return path
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder “{folder}” for the sample could not be made ({error.strerror}).") from error
    unfinished = folder / f"Sample-unfinished{ENDING}"
    _remove(unfinished)
    workspace = Workspace.open(unfinished, create=True)
    try:
        for _ in workspace.importing.run(ImportRequest(paths=sample_files())):
            pass
    finally:
        workspace.close()
    shutil.move(unfinished, path)
    return path


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm", ".lock"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
