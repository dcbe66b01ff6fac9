"""Metadata that comes beside the files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb_app.core.errors import Failed
from kb_app.ingest.given import GivenMetadata, load_given


def test_known_keys_are_read_and_others_left_aside(tmp_path: Path) -> None:
    file = tmp_path / "metadata.json"
    known = {"published": "2016-12-13", "published_is_import_metadata": True, "publisher": None, "story": 3}
    file.write_text(json.dumps({"one": known, "two": {"source_url": "https://a.example", "title": "T"}, "odd": 7}))
    assert load_given(file) == {
        "one": GivenMetadata(published="2016-12-13"),
        "two": GivenMetadata(source_url="https://a.example", title="T"),
    }


@pytest.mark.parametrize("content", ["", "[1]", "{", "\ud800"])
def test_a_file_of_another_form_fails_by_name(tmp_path: Path, content: str) -> None:
    file = tmp_path / "metadata.json"
    file.write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(Failed) as failed:
        load_given(file)
    assert failed.value.code == "metadata"
    assert "metadata.json" in failed.value.sentence


def test_a_missing_file_fails_by_name(tmp_path: Path) -> None:
    with pytest.raises(Failed, match=r"gone\.json"):
        load_given(tmp_path / "gone.json")
