"""Which languages text recognition can read on this machine."""

from __future__ import annotations

import subprocess

from kb_app.settings import tesseract_program

ENGLISH = "eng"
_SECONDS = 10.0
_NO_LANGUAGES = frozenset({"osd", "equ"})  # they find the way a page is turned, and formulas


def recognition_languages() -> tuple[str, ...]:
    """Return the languages, in Tesseract's names, that are installed; () where Tesseract is not."""
    program = tesseract_program()
    if program is None:
        return ()
    try:
        done = subprocess.run([str(program), "--list-langs"], capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    # the first line says where they lie
    names = done.stdout.decode("utf-8", "replace").splitlines()[1:]
    return tuple(sorted(name.strip() for name in names if name.strip() and name.strip() not in _NO_LANGUAGES))


def usual_language() -> str:
    """Return the language in which scans are read where nobody named one: English, else the first, "" for none."""
    installed = recognition_languages()
    return ENGLISH if ENGLISH in installed else next(iter(installed), "")
