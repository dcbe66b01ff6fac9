"""What a command says at a terminal: its result on standard output, everything else on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Generator
from typing import Any, TextIO, TypeVar

from kb_app.core.progress import Progress

T = TypeVar("T")
_BAR = 24
_LINE = 100


class Terminal:
    """Standard output and standard error of one command."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        for stream in (sys.stdout, sys.stderr):
            # names of files may hold what is no Unicode, and a console may know few characters
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]

    def say(self, document: dict[str, Any], text: str) -> None:
        """Print the result: one JSON document, or text for people."""
        if self._as_json:
            # plain ASCII: it reads the same in every encoding
            print(json.dumps(document, indent=1, allow_nan=False))
        else:
            print(text)

    def complain(self, sentence: str) -> None:
        """Say what went wrong."""
        print(f"kb-app: {sentence}", file=sys.stderr)

    def flush(self) -> None:
        """Hand over what was printed, so that a closed pipe is noticed here."""
        sys.stdout.flush()

    def drive(self, steps: Generator[Progress, None, T], title: str) -> T:
        """Run work to its end with a line of progress where somebody can see it; an interruption cancels it."""
        shown = sys.stderr if sys.stderr.isatty() else None
        try:
            while True:
                try:
                    progress = next(steps)
                except StopIteration as end:
                    result: T = end.value
                    return result
                if shown is not None:
                    _show(shown, title, progress)
        finally:
            steps.close()
            if shown is not None:
                print("\r\x1b[K", end="", file=shown, flush=True)


def _show(stream: TextIO, title: str, progress: Progress) -> None:
    if not progress.total:
        line = f"{title}: {progress.done or 'looking'} {progress.label}"
    else:
        filled = _BAR * progress.done // progress.total
        left = f", {_duration(progress.seconds_left)} left" if progress.seconds_left is not None else ""
        bar = "█" * filled + "░" * (_BAR - filled)
        line = f"{title} {bar} {progress.done}/{progress.total}{left}"
    printable = "".join(character if character.isprintable() else " " for character in line[:_LINE])
    print(f"\r{printable}\x1b[K", end="", file=stream, flush=True)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
