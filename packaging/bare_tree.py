"""Make a bare Debian in a folder and run commands in it, to see what works where nothing is installed."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from environment import say

PLAIN_ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LANG": "C.UTF-8",
    "DEBIAN_FRONTEND": "noninteractive",
}
MOUNTS = ("proc", "sys", "dev")
PERSON = "analyst"


@dataclass(frozen=True)
class TreeOptions:
    """How to make a tree: the release, a mirror where the default one is not reached, what to bring along."""

    release: str
    mirror: str | None
    base: Path | None
    copied: tuple[Path, ...]
    passed: tuple[str, ...]


@dataclass(frozen=True)
class BareTree:
    """A Debian in a folder; commands run in it with an environment of their own."""

    folder: Path
    variables: dict[str, str]

    def run(self, command: Sequence[str], person: bool = False, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the tree, as root or as an ordinary person; prints its output and exits where it fails."""
        done = self.attempt(command, person, **variables)
        if done.returncode:
            sys.exit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
        return done

    def attempt(
        self, command: Sequence[str], person: bool = False, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in the tree and give what came of it."""
        who = ["--userspec", f"{PERSON}:{PERSON}"] if person else []
        home = f"/home/{PERSON}" if person else "/root"
        environment = {**PLAIN_ENVIRONMENT, **self.variables, "HOME": home, **variables}
        whole = ["chroot", *who, str(self.folder), *command]
        return subprocess.run(whole, env=environment, capture_output=True, text=True, check=False)

    def timed(self, command: Sequence[str], person: bool = False, **variables: str) -> float:
        """Run a command in the tree; gives the seconds it took."""
        start = time.monotonic()
        self.run(command, person, **variables)
        return time.monotonic() - start

    def install(self, packages: Sequence[str]) -> None:
        """Install Debian packages in the tree."""
        self.run(["apt-get", "update", "--quiet"])
        self.run(["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages])


def add_tree_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how to make the tree."""
    parser.add_argument("--release", default="bookworm", help="Debian release (default: %(default)s)")
    parser.add_argument("--mirror", help="Debian mirror (default: debootstrap's own)")
    parser.add_argument("--base", type=Path, help="keep the fresh tree in this folder and start from it next time")
    parser.add_argument("--copy", type=Path, action="append", default=[], help="bring a file or folder of this system")
    parser.add_argument("--pass", dest="passed", action="append", default=[], help="bring a variable of this system")


def tree_options(options: argparse.Namespace) -> TreeOptions:
    """Read the options that say how to make the tree; exits where it cannot be made."""
    if os.geteuid() != 0 or not shutil.which("debootstrap"):
        sys.exit("this needs root and debootstrap: apt-get install debootstrap")
    return TreeOptions(options.release, options.mirror, options.base, tuple(options.copy), tuple(options.passed))


@contextmanager
def bare_tree(options: TreeOptions) -> Iterator[BareTree]:
    """Give a fresh bare tree; it is unmounted and removed at the end."""
    with tempfile.TemporaryDirectory(prefix="kartoteka-tree-") as name:
        folder = Path(name) / "tree"
        base = options.base or folder
        if not (base / "etc" / "debian_version").is_file():
            say(f"making a bare Debian {options.release}")
            command = ["debootstrap", "--variant=minbase", options.release, str(base)]
            command += [options.mirror] if options.mirror else []
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        if base != folder:
            subprocess.run(["cp", "--archive", str(base), str(folder)], check=True)
        _bring(folder, options.copied)
        variables = {key: os.environ[key] for key in options.passed if key in os.environ}
        with _mounted(folder):
            tree = BareTree(folder, variables)
            tree.run(["useradd", "--create-home", "--shell", "/bin/sh", PERSON])
            yield tree


def _bring(folder: Path, copied: Sequence[Path]) -> None:
    for source in (Path("/etc/resolv.conf"), Path("/etc/hosts"), *copied):
        target = folder / source.absolute().relative_to("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True, symlinks=False)
        elif source.exists():
            target.unlink(missing_ok=True)
            shutil.copy(source, target)


@contextmanager
def _mounted(folder: Path) -> Iterator[None]:
    done = []
    try:
        for name in MOUNTS:
            command = ["mount", "--rbind", "--make-rslave", f"/{name}", str(folder / name)]
            if subprocess.run(command, capture_output=True, check=False).returncode == 0:
                done.append(name)
        yield
    finally:
        for name in reversed(done):
            subprocess.run(["umount", "--recursive", "--lazy", str(folder / name)], check=False)
