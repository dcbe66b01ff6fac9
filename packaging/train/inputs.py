#!/usr/bin/env python3
"""Check that every file that training reads is the one it was made with, or write the list anew."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

LIST = Path(__file__).resolve().parent / "inputs.sha256"
PATTERNS = (
    "gold/train/*.json",
    "gold/gold/*.json",
    "gold/articles/*.txt",
    "corpora/ner/redocred-*.iob",
    "corpora/ner/wikigold.iob",
    "corpora/ner/crossner-politics-*.iob",
    "corpora/ner/uner-ewt-dev.iob",
    "corpora/syntax/en_ewt-ud-*.conllu",
    "corpora/time/wikiwars/trainingset/tml/*.tml",
)
BASE_FILES = ("model.safetensors", "vocab.txt")


def digests(shared: Path, base: Path) -> Iterator[str]:
    """Give a line a file in the form of sha256sum."""
    files = [(path, path.relative_to(shared)) for pattern in PATTERNS for path in sorted(shared.glob(pattern))]
    files += [(base / name, Path("base") / name) for name in BASE_FILES]
    for path, name in files:
        yield f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name.as_posix()}"


def main() -> None:
    """Compare the files with the list; exits with 1 where one differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with gold/ and corpora/")
    parser.add_argument("--base", type=Path, required=True, help="folder with model.safetensors and vocab.txt")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    now = list(digests(options.shared, options.base))
    if options.write:
        LIST.write_text("\n".join(now) + "\n", encoding="utf-8")
    differing = sorted(set(now) ^ set(LIST.read_text(encoding="utf-8").splitlines()))
    if differing:
        sys.exit("these inputs are not those of the list:\n" + "\n".join(differing))
    print(f"{len(now)} inputs as listed")


if __name__ == "__main__":
    main()
