"""An open knowledge base, and work driven to its end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb_app.services.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "case.kb", create=True) as opened:
        yield opened
