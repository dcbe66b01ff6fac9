#!/usr/bin/env python3
"""Pass Kartoteka's tests from a checkout: make the environment with the test tools, then run pytest.

What this script does not know goes to pytest as it is:

    python3 packaging/test.py
    python3 packaging/test.py tests/storage -k journal -x
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from environment import ROOT, Environment, SetUpError, need_python, need_system_libraries, say

MOST_WORKERS = 4


def pytest_command(environment: Environment, workers: int, arguments: list[str]) -> list[str]:
    """Build pytest's command; its closing line stays the last thing printed."""
    command = [str(environment.python), "-m", "pytest"]
    if workers > 1:
        command += ["-n", str(workers), "--dist", "worksteal"]
    return [*command, *arguments]


def default_workers() -> int:
    """Give the number of processes that pass the tests side by side here."""
    return min(os.cpu_count() or 1, MOST_WORKERS)


def main() -> int:
    """Set up, run the tests and hand their exit code on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, default=default_workers(), help="test processes (default: %(default)s)")
    parser.add_argument("--wheels", type=Path, help="install from this folder of wheels, without a network")
    options, rest = parser.parse_known_args()
    try:
        need_python()
        need_system_libraries(window=False)
        environment = Environment(ROOT / ".venv-test", ROOT / "packaging" / "requirements-test.txt", options.wheels)
        environment.prepare()
    except SetUpError as error:
        print(f"[kartoteka] {error}", file=sys.stderr)
        return 1
    say("passing the tests")
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_API": "pyside6"}
    return subprocess.call(pytest_command(environment, options.workers, rest), cwd=ROOT, env=variables)


if __name__ == "__main__":
    sys.exit(main())
