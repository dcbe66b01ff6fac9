#!/usr/bin/env python3
"""Make the locks: packaging/requirements-{run,test,build}.txt, one file a group, every wheel with its hash.

Needs the resolver `uv` (python3 -m pip install uv) and a package index that the client is set up for.
After writing, each lock is resolved once more for every Python and system that we promise, wheels only.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
GROUPS = ("run", "test", "build")
PYTHONS = ("3.11", "3.12", "3.13")
SYSTEMS = ("x86_64-manylinux_2_36", "x86_64-pc-windows-msvc", "aarch64-apple-darwin")
# onnxruntime asks for them, and imports them only in its tools for making models, which nothing here calls
NOT_NEEDED = ("flatbuffers", "protobuf")
HEADER = "# Made by packaging/lock.py from pyproject.toml: run it again rather than editing this file.\n"


def lock_path(group: str) -> Path:
    """Name the lock file of a group."""
    return HERE / f"requirements-{group}.txt"


def resolver() -> list[str]:
    """Find uv as a program or as a module of this Python; exits with the command to install it."""
    if shutil.which("uv"):
        return ["uv"]
    probe = subprocess.run([sys.executable, "-m", "uv", "--version"], capture_output=True, check=False)
    if probe.returncode:
        sys.exit("packaging/lock.py needs the resolver uv: python3 -m pip install uv")
    return [sys.executable, "-m", "uv"]


def compile_command(group: str, upgrade: bool) -> list[str]:
    """Build the resolver's command for one group: universal, wheels only, no index named in the file."""
    command = [*resolver(), "pip", "compile", "--quiet", "--universal", "--python-version", PYTHONS[0]]
    command += ["--generate-hashes", "--only-binary", ":all:", "--no-emit-index-url", "--no-header"]
    command += ["--fork-strategy", "fewest", "--output-file", str(lock_path(group))]
    command += [part for name in NOT_NEEDED for part in ("--no-emit-package", name)]
    command += ["--upgrade"] if upgrade else []
    if group == "build":
        return [*command, "--group", "build"]
    command += ["pyproject.toml"]
    if group == "test":
        command += ["--group", "test", "--constraint", str(lock_path("run").relative_to(ROOT))]
    return command


def write_lock(group: str, upgrade: bool) -> None:
    """Resolve one group and write its file."""
    subprocess.run(compile_command(group, upgrade), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    path = lock_path(group)
    body = "".join(line for line in path.read_text().splitlines(True) if not line.startswith("#"))
    path.write_text(HEADER + body.rstrip() + "\n", encoding="utf-8")
    print(f"{path.relative_to(ROOT)}: {body.count('==')} packages")


def verify_lock(group: str) -> list[str]:
    """Resolve a lock for every promised Python and system from wheels alone; gives what is missing."""
    failures = []
    for python in PYTHONS:
        for system in SYSTEMS:
            with tempfile.TemporaryDirectory() as folder:
                command = [*resolver(), "pip", "compile", "--quiet", "--no-deps", "--only-binary", ":all:"]
                command += ["--python-version", python, "--python-platform", system, "--generate-hashes"]
                command += [str(lock_path(group)), "--output-file", str(Path(folder) / "out.txt")]
                done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            if done.returncode:
                failures.append(f"{group}, Python {python}, {system}: {done.stderr.strip()}")
    return failures


def main() -> int:
    """Write the locks, then check them; exit 1 when a wheel is missing somewhere."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that pyproject.toml allows")
    parser.add_argument("--check", action="store_true", help="write nothing, only check the wheels of the locks")
    options = parser.parse_args()
    if not options.check:
        for group in GROUPS:
            write_lock(group, options.upgrade)
    failures = [failure for group in GROUPS for failure in verify_lock(group)]
    for failure in failures:
        print(failure, file=sys.stderr)
    if not failures:
        print(f"wheels for Python {', '.join(PYTHONS)} on Linux, Windows and macOS: all there")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
