#!/usr/bin/env python3
"""Bring up Kartoteka from a checkout: make its environment, then open the window on the bundled sample.

With no display it imports the sample into a fresh knowledge base, prints what that holds, and writes a
picture of the window. What stands after `--` goes to kb-app as it is:

    python3 packaging/run.py
    python3 packaging/run.py -- my-articles.kb
    python3 packaging/run.py --headless
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from environment import ROOT, Environment, SetUpError, need_python, need_system_libraries, say

SAMPLES = ROOT / "resources" / "samples"
ARTICLE_SUFFIXES = frozenset({".html", ".txt"})
PICTURE_SIZE = "1440x900"


def sample_articles() -> list[str]:
    """Name the articles of the bundled sample; the folder also explains itself in a file of its own."""
    return [str(path) for path in sorted(SAMPLES.iterdir()) if path.suffix in ARTICLE_SUFFIXES]


def has_display() -> bool:
    """Tell whether a window can be shown here."""
    if platform.system() in ("Windows", "Darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def kb_app(environment: Environment, arguments: list[str], headless: bool) -> int:
    """Run kb-app of this checkout in the environment; gives its exit code."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "QT_API": "pyside6"}
    if headless:
        variables["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.call([str(environment.python), "-m", "kb_app", *arguments], env=variables)


def show_without_display(environment: Environment, folder: Path) -> int:
    """Import the sample into a fresh file, print its totals and write a picture of the window."""
    knowledge_base = folder / "sample.kb"
    picture = folder / "kartoteka.png"
    say(f"no display: importing the bundled sample into {knowledge_base}")
    for arguments in (
        ["import", *sample_articles(), "--kb", str(knowledge_base)],
        ["info", "--kb", str(knowledge_base)],
        [str(knowledge_base), "--screenshot", str(picture), "--size", PICTURE_SIZE],
    ):
        code = kb_app(environment, arguments, headless=True)
        if code:
            return code
    say(f"knowledge base: {knowledge_base}")
    say(f"picture of the window: {picture}")
    return 0


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--headless", action="store_true", help="open no window even where there is a display")
    parser.add_argument("--out", type=Path, help="folder for the headless run's file and picture (default: a new one)")
    parser.add_argument("--wheels", type=Path, help="install from this folder of wheels, without a network")
    parser.add_argument("rest", nargs="*", metavar="-- ARGUMENT", help="arguments for kb-app instead of the sample")
    return parser.parse_args(arguments)


def start(options: argparse.Namespace) -> int:
    """Set up what is missing and start Kartoteka as the options ask."""
    headless = options.headless or not has_display()
    need_python()
    need_system_libraries(window=not headless)
    environment = Environment(ROOT / ".venv-run", ROOT / "packaging" / "requirements-run.txt", options.wheels)
    environment.prepare()
    if options.rest:
        return kb_app(environment, options.rest, headless)
    if headless:
        folder = options.out or Path(tempfile.mkdtemp(prefix="kartoteka-"))
        folder.mkdir(parents=True, exist_ok=True)
        return show_without_display(environment, folder)
    say("opening the window on the bundled sample")
    return kb_app(environment, ["--sample"], headless)


def main() -> int:
    """Start, or say in one sentence why not."""
    try:
        return start(parse(sys.argv[1:]))
    except SetUpError as error:
        print(f"[kartoteka] {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:  # kb-app has had it too, and has closed its file
        return 130


if __name__ == "__main__":
    sys.exit(main())
