"""An empty knowledge base in a temporary folder, and short ways to fill and compare it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb_app.storage.knowledge_base import KnowledgeBase


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Dam.kb"


@pytest.fixture
def kb(path: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.create(path) as base:
        yield base
