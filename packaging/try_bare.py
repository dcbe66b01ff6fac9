#!/usr/bin/env python3
"""Try the two set-up commands where nothing but python3 and python3-venv is installed: a bare Debian in a folder.

A clean clone of the repository goes into the tree; there `packaging/run.py` runs twice and `packaging/test.py`
once. Needs root, git and debootstrap; where mirrors and the package index are reached by settings of this
system, --copy and --pass bring those along.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from bare_tree import BareTree, add_tree_options, bare_tree, tree_options
from environment import ROOT, say

CLONE = "/srv/kartoteka"
OUT = "/tmp/headless"


def clone_into(tree: BareTree) -> None:
    """Put a clean clone of the last commit into the tree."""
    target = tree.folder / CLONE.lstrip("/")
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(target)], check=True)


def main() -> int:
    """Run both commands in a bare tree; gives the exit code of the tests."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--picture", type=Path, default=ROOT / "dist" / "bare.png", help="where the picture goes")
    parser.add_argument("--only-run", action="store_true", help="leave packaging/test.py out")
    add_tree_options(parser)
    options = parser.parse_args()
    with bare_tree(tree_options(options)) as tree:
        tree.install(["python3", "python3-venv"])
        clone_into(tree)
        command = ["python3", f"{CLONE}/packaging/run.py", "--out", OUT]
        first = tree.timed(command)
        shutil.rmtree(tree.folder / OUT.lstrip("/"))
        done = tree.run(command)
        print(done.stdout)
        options.picture.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(tree.folder / OUT.lstrip("/") / "kartoteka.png", options.picture)
        say(f"packaging/run.py, the first time: {first:.0f} s; picture: {options.picture}")
        if options.only_run:
            return 0
        tests = tree.attempt(["python3", f"{CLONE}/packaging/test.py"])
        print(tests.stderr[-4000:], file=sys.stderr)
        print(tests.stdout[-8000:])
        return tests.returncode


if __name__ == "__main__":
    sys.exit(main())
