"""Writes a file so that it is there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from kb_app.core.errors import KartotekaError


def write_whole(path: Path, data: bytes) -> None:
    """Write the bytes beside the file and put them in its place; raises KartotekaError, and the old file stays."""
    write_whole_by(path, lambda stream: stream.write(data))


def write_whole_by(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Let a writer fill a file beside and put it in the place; raises KartotekaError, and the old file stays."""
    beside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.new")
    try:
        try:
            with open(beside, "xb") as stream:
                write(stream)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(beside, path)
        except OSError as error:
            reason = error.strerror or str(error)
            raise KartotekaError(f"“{path}” could not be written ({reason}). What was there before is kept.") from error
    finally:
        with contextlib.suppress(OSError):  # gone already when all went well
            beside.unlink()
