from __future__ import annotations

from pathlib import Path

from kb_app.services.opening import open_or_create, sample_base, sample_files
from kb_app.services.workspace import Workspace


def test_a_base_is_made_where_there_is_none_and_opened_where_there_is(tmp_path: Path) -> None:
    for _ in range(2):
        with open_or_create(tmp_path / "case.kb") as workspace:
            assert not workspace.is_read_only
            assert workspace.path.exists()


def test_the_sample_is_made_once_and_holds_all_its_articles(tmp_path: Path) -> None:
    path = sample_base(tmp_path / "data")
    made = path.stat().st_mtime_ns
    assert sample_base(tmp_path / "data") == path
    assert path.stat().st_mtime_ns == made
    with Workspace.open(path, read_only=True) as workspace:
        assert workspace.listing.totals().articles == len(sample_files())
    assert not list(path.parent.glob("*unfinished*"))
