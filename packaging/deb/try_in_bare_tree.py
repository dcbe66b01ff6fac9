#!/usr/bin/env python3
"""Try the package where nothing is installed: a bare Debian gets it by apt, a person uses it, and it is purged.

In the tree: install, import two articles, show the window under Xvfb and save a picture of it, check the
knowledge base, purge, see that nothing stays but the person's own files. Prints what it measured. Needs root
and debootstrap; where mirrors are reached by settings of this system, --copy and --pass bring those along.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # the modules of packaging/ stand one folder up

from bare_tree import PERSON, BareTree, add_tree_options, bare_tree, tree_options
from environment import ROOT, say

SAMPLES = "/usr/lib/kartoteka/kb_app/_resources/samples"
KNOWLEDGE_BASE = f"/home/{PERSON}/trial.kb"
PICTURE = f"/home/{PERSON}/window.png"
STARTS = 6


def use(tree: BareTree) -> dict[str, float]:
    """Do the main job as a person would; gives seconds by step."""
    samples = tree.folder / SAMPLES.lstrip("/")
    articles = [next(iter(sorted(samples.glob(pattern)))).name for pattern in ("*.html", "*.txt")]
    paths = [f"{SAMPLES}/{name}" for name in articles]
    seconds = {"import of two articles": tree.timed(["kb-app", "import", *paths, "--kb", KNOWLEDGE_BASE], person=True)}
    tree.install(["xvfb", "xauth"])
    starts = [start(tree) for _ in range(STARTS)]
    seconds["first start, to a usable window under Xvfb"] = starts[0]
    seconds["later starts, median"] = median(starts[1:])
    print(tree.run(["kb-app", "info", "--kb", KNOWLEDGE_BASE], person=True).stdout)
    print(tree.run(["kb-app", "check", KNOWLEDGE_BASE], person=True).stdout)
    return seconds


def start(tree: BareTree) -> float:
    """Show the window under Xvfb and save a picture of it; gives the seconds until it could be used."""
    command = ["xvfb-run", "--auto-servernum", "kb-app", KNOWLEDGE_BASE, "--measure-start", "--screenshot", PICTURE]
    said = re.search(r"usable after ([\d.]+) s", tree.run(command, person=True).stdout)
    return float(said[1]) if said else sys.exit("kb-app did not say when its window could be used")


def left_after_purge(tree: BareTree) -> list[str]:
    """Purge the package; gives what it left in the system."""
    tree.run(["apt-get", "purge", "--yes", "--quiet", "kartoteka"])
    command = ["find", "/usr", "/etc", "/var/lib/kartoteka", "/opt", "-xdev", "-iname", "*kartoteka*"]
    return tree.attempt(command).stdout.split()


def trial(tree: BareTree, package: Path, picture: Path) -> list[str]:
    """Install, use and purge the package in a tree; gives what went wrong."""
    shutil.copy(package, tree.folder / "tmp")
    tree.run(["apt-get", "update", "--quiet"])
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", f"/tmp/{package.name}"]
    seconds = {"installation with its dependencies": tree.timed(install)}
    size = tree.run(["dpkg-query", "--show", "--showformat=${Installed-Size}", "kartoteka"]).stdout
    seconds |= use(tree)
    picture.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(tree.folder / PICTURE.lstrip("/"), picture)
    left = left_after_purge(tree)
    say(f"package: {package.stat().st_size / 1e6:.1f} MB, installed: {int(size) / 1000:.0f} MB")
    for step, taken in seconds.items():
        say(f"{step}: {taken:.2f} s")
    say(f"picture of the window: {picture}")
    wrong = [f"left behind by the purge: {path}" for path in left]
    if not (tree.folder / KNOWLEDGE_BASE.lstrip("/")).is_file():
        wrong.append("the person's knowledge base is gone")
    return wrong


def main() -> int:
    """Try the package; exit 1 where something went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, nargs="?", help="the package (default: the newest in dist)")
    parser.add_argument("--picture", type=Path, default=ROOT / "dist" / "window.png", help="where the picture goes")
    add_tree_options(parser)
    options = parser.parse_args()
    package = options.package or max((ROOT / "dist").glob("kartoteka_*.deb"), key=lambda path: path.stat().st_mtime)
    with bare_tree(tree_options(options)) as tree:
        wrong = trial(tree, package, options.picture)
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
