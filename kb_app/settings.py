"""What the person chose, kept in one small file between two runs."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_data_path

PROGRAM = "Kartoteka"
FILE_NAME = "settings.json"
LEXICONS_VARIABLE = "KB_APP_LEXICONS"
TESSERACT_VARIABLE = "KB_APP_TESSERACT"
TESSERACT_DATA_VARIABLE = "TESSDATA_PREFIX"  # Tesseract's own, where its languages lie elsewhere than usual
RECENT_KEPT = 10
LARGEST_FILE = 256 * 1024


class ThemeChoice(StrEnum):
    """Which colours the window wears."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices; what is "" or empty was never made."""

    theme: ThemeChoice = ThemeChoice.SYSTEM
    last_file: str = ""
    recent_files: tuple[str, ...] = ()
    place: str = ""
    geometry: str = ""  # of the window, base64 of Qt's own bytes
    splitters: tuple[tuple[str, tuple[int, ...]], ...] = ()  # name of the splitter, sizes in pixels
    hidden_marks: tuple[str, ...] = ()  # kinds of marks switched off in the source pane
    last_folder: str = ""  # where files were chosen last
    selection: str = ""  # the name whose card was open in the last file

    def with_file(self, path: Path) -> Settings:
        """Return the settings with this file as the last one opened."""
        name = str(path)
        recent = (name, *(known for known in self.recent_files if known != name))
        return replace(self, last_file=name, recent_files=recent[:RECENT_KEPT])

    def without_file(self, path: Path) -> Settings:
        """Return the settings without a file that is no longer there."""
        name = str(path)
        recent = tuple(known for known in self.recent_files if known != name)
        return replace(self, last_file="" if self.last_file == name else self.last_file, recent_files=recent)

    def with_splitter(self, name: str, sizes: tuple[int, ...]) -> Settings:
        """Return the settings with the sizes of one splitter."""
        others = tuple(entry for entry in self.splitters if entry[0] != name)
        return replace(self, splitters=(*others, (name, sizes)))

    def splitter(self, name: str) -> tuple[int, ...]:
        """Return the sizes of a splitter, empty where none were kept."""
        return dict(self.splitters).get(name, ())


def settings_path() -> Path:
    """Return where the settings lie on this system."""
    return Path(user_config_path(PROGRAM, appauthor=False)) / FILE_NAME


def data_folder() -> Path:
    """Return where the program keeps what it makes for the person, such as the sample."""
    return Path(user_data_path(PROGRAM, appauthor=False))


def lexicons_folder() -> Path | None:
    """Return the folder of the person's own word lists: the one named by KB_APP_LEXICONS, else ours if it is there."""
    named = os.environ.get(LEXICONS_VARIABLE)
    if named:
        return Path(named).absolute()
    usual = Path(user_config_path(PROGRAM, appauthor=False)) / "lexicons"
    return usual if usual.is_dir() else None


def tesseract_program() -> Path | None:
    """Return the person's program for text recognition: the one named by KB_APP_TESSERACT, else what is installed."""
    named = os.environ.get(TESSERACT_VARIABLE)
    usual = Path(os.environ.get("PROGRAMFILES", "")) / "Tesseract-OCR" / "tesseract.exe"
    found = named or shutil.which("tesseract") or (str(usual) if os.name == "nt" else "")
    return Path(found).absolute() if found and os.path.isfile(found) else None


def load_settings(path: Path) -> Settings:
    """Read the settings; a damaged file is kept aside as `<name>.damaged`, and the defaults are returned.

    A single choice that makes no sense falls back to its default.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ValueError("too large")
        content = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(content, dict):
            raise ValueError("no object")
    except OSError:
        return Settings()
    except (ValueError, RecursionError):
        with contextlib.suppress(OSError):  # what cannot be kept aside is overwritten by the next save
            os.replace(path, path.with_name(path.name + ".damaged"))
        return Settings()
    return Settings(**{f.name: _READERS[f.name](content[f.name]) for f in fields(Settings) if f.name in content})


def save_settings(settings: Settings, path: Path) -> bool:
    """Write the settings whole or not at all; tells whether it could be done."""
    beside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(asdict(settings), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        os.replace(beside, path)
    except (OSError, UnicodeEncodeError):
        with contextlib.suppress(OSError):  # it may never have come into being
            beside.unlink()
        return False
    return True


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _theme(value: Any) -> ThemeChoice:
    return ThemeChoice(value) if value in tuple(ThemeChoice) else ThemeChoice.SYSTEM


def _splitters(value: Any) -> tuple[tuple[str, tuple[int, ...]], ...]:
    entries = value if isinstance(value, list) else []
    return tuple((entry[0], tuple(entry[1])) for entry in entries if _is_splitter(entry))


def _is_splitter(entry: Any) -> bool:
    if not (isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], str) and isinstance(entry[1], list)):
        return False
    return all(type(size) is int and 0 <= size < 100_000 for size in entry[1])


_READERS: dict[str, Callable[[Any], Any]] = {
    "theme": _theme,
    "last_file": _text,
    "recent_files": _texts,
    "place": _text,
    "geometry": _text,
    "splitters": _splitters,
    "hidden_marks": _texts,
    "last_folder": _text,
    "selection": _text,
}
