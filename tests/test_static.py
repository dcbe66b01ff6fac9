"""The linter, the formatter and the type checker agree with the code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def run_tool(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *arguments], cwd=root, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("ruff", "check", "--quiet", "--output-format", "concise"),
        ("ruff", "format", "--check", "--quiet"),
        ("mypy", "--no-error-summary"),
    ],
    ids=("ruff check", "ruff format", "mypy"),
)
def test_the_code_passes(project_root: Path, arguments: tuple[str, ...]) -> None:
    done = run_tool(project_root, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
