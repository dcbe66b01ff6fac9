"""A window that opens a knowledge base in a synchronised folder says so."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.ui.conftest import Desktop


def test_a_knowledge_base_in_a_synchronised_folder_comes_with_a_notice(
    desktop: Desktop, base_file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    window = desktop.window(Path(shutil.copy(base_file, folder / "case.kb")))
    desktop.wait(lambda: window.frame.notices.notice is not None)
    notice = window.frame.notices.notice
    assert notice is not None and "Dropbox synchronises" in notice.sentence
