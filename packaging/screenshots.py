#!/usr/bin/env python3
"""Make the README's pictures from the bundled sample, light and dark, into resources/screenshots/.

Uses the environment of packaging/run.py (making it where needed) and kb-app itself; no display is needed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from environment import ROOT, Environment, SetUpError, need_python, need_system_libraries, say
from run import kb_app, sample_articles

THEMES = ("light", "dark")
SIZE = "1600x1000"


@dataclass(frozen=True)
class Picture:
    """A state of the window worth showing: the file's stem and the options that lead there."""

    stem: str
    options: tuple[str, ...]


PICTURES = (
    Picture("window", ("--place", "people", "--select", "Gennady Korvath")),
    Picture("timeline", ("--place", "timeline")),
    Picture("sources", ("--place", "sources")),
)


def take(environment: Environment, out: Path) -> int:
    """Import the sample into a passing file and take every picture in both themes; gives the exit code."""
    with tempfile.TemporaryDirectory(prefix="kartoteka-") as folder:
        knowledge_base = Path(folder) / "sample.kb"
        code = kb_app(environment, ["import", *sample_articles(), "--kb", str(knowledge_base)], headless=True)
        for picture in PICTURES:
            for theme in THEMES:
                path = out / f"{picture.stem}-{theme}.png"
                arguments = [str(knowledge_base), "--screenshot", str(path), "--size", SIZE, "--theme", theme]
                code = code or kb_app(environment, [*arguments, *picture.options], headless=True)
                say(str(path))
    return code


def main() -> int:
    """Take the pictures, or say in one sentence why not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "screenshots", help="folder for the pictures")
    options = parser.parse_args()
    environment = Environment(ROOT / ".venv-run", ROOT / "packaging" / "requirements-run.txt")
    try:
        need_python()
        need_system_libraries(window=False)
        environment.prepare()
    except SetUpError as error:
        print(f"[kartoteka] {error}", file=sys.stderr)
        return 1
    options.out.mkdir(parents=True, exist_ok=True)
    return take(environment, options.out.absolute())


if __name__ == "__main__":
    sys.exit(main())
