from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb_app.core.watching import FolderLook
from kb_app.services.watching import FolderWatch, WatchingService
from kb_app.services.workspace import Workspace
from tests.services.driving import result_of

STORY = "River falls\n\nMayor Ilka Varany of Mirenz said on 3 March 2025 that the river had fallen.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


def looked(watch: FolderWatch, service: WatchingService) -> FolderLook:
    """Look once and take what is whole, as the window and the command line do."""
    look = watch.look([watched.path for watched in service.folders()], service.known())
    if look.whole:
        result_of(service.take(look.whole, jobs=1))
    return look


def names(look: FolderLook) -> list[str]:
    return [file.path.name for file in look.whole]


def test_a_file_is_imported_once_it_has_not_changed_between_two_looks(workspace: Workspace, folder: Path) -> None:
    watch, service = FolderWatch(), workspace.watching
    service.add(folder)
    path = folder / "story.txt"
    path.write_text(STORY[:20])
    assert looked(watch, service) == FolderLook(growing=1)
    path.write_text(STORY)
    assert looked(watch, service) == FolderLook(growing=1)
    assert names(looked(watch, service)) == ["story.txt"]
    assert [looked(watch, service) for _ in range(3)] == [FolderLook()] * 3
    (summary,) = workspace.import_log.imports()
    assert summary.total == workspace.listing.totals().articles == 1
    source = workspace.reading.article(workspace.importing.latest_report().outcomes[0].articles[0]).source
    assert source.provenance.how == "watched folder"


def test_what_is_unfinished_by_its_name_hidden_or_empty_is_left_alone(workspace: Workspace, folder: Path) -> None:
    watch, service = FolderWatch(), workspace.watching
    service.add(folder)
    for name in ("a.txt.part", "b.html.crdownload", "~$c.docx", ".d.txt", "~e.tmp", "F.PARTIAL"):
        (folder / name).write_text(STORY)
    (folder / "begun.txt").touch()
    assert [looked(watch, service) for _ in range(3)] == [FolderLook()] * 3
    (folder / "a.txt.part").rename(folder / "a.txt")
    looked(watch, service)
    assert names(looked(watch, service)) == ["a.txt"]


def test_what_came_while_the_program_was_closed_is_imported_and_nothing_twice(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "Watched.kb"
    (folder / "one.txt").write_text(STORY)
    with Workspace.open(path, create=True) as workspace:
        workspace.watching.add(folder)
        watch = FolderWatch()
        looked(watch, workspace.watching)
        looked(watch, workspace.watching)
    (folder / "deep").mkdir()
    (folder / "deep" / "two.txt").write_text(STORY.replace("fallen", "risen"))
    with Workspace.open(path) as workspace:
        watch = FolderWatch()
        looked(watch, workspace.watching)
        assert names(looked(watch, workspace.watching)) == ["two.txt"]
        assert workspace.listing.totals().articles == 2
        assert workspace.import_log.import_count() == 2


def test_the_parts_of_a_saved_page_and_links_are_left_alone(workspace: Workspace, folder: Path, tmp_path: Path) -> None:
    watch, service = FolderWatch(), workspace.watching
    service.add(folder)
    (tmp_path / "elsewhere.txt").write_text(STORY)
    (folder / "page_files").mkdir()
    (folder / "page_files" / "advert.html").write_text(f"<p>{STORY}</p>")
    (folder / "page.html").write_text(f"<html><body><p>{STORY}</p></body></html>")
    (folder / "link.txt").symlink_to(tmp_path / "elsewhere.txt")
    (folder / "round").symlink_to(folder)
    looked(watch, service)
    assert names(looked(watch, service)) == ["page.html"]


def test_a_file_that_is_changed_later_comes_again(workspace: Workspace, folder: Path) -> None:
    watch, service = FolderWatch(), workspace.watching
    service.add(folder)
    path = folder / "story.txt"
    path.write_text(STORY)
    looked(watch, service)
    looked(watch, service)
    path.write_text(STORY.replace("fallen", "risen high"))
    looked(watch, service)
    assert names(looked(watch, service)) == ["story.txt"]
    assert workspace.listing.totals().articles == 2


def test_a_file_that_cannot_be_read_is_tried_until_it_can(
    workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, service = FolderWatch(), workspace.watching
    service.add(folder)
    (folder / "story.txt").write_text(STORY)
    looked(watch, service)
    with monkeypatch.context() as patched:
        patched.setattr("kb_app.services.watching._can_be_opened", lambda path: False)
        assert looked(watch, service) == FolderLook(growing=1)
    assert names(looked(watch, service)) == ["story.txt"]


def test_an_import_that_is_stopped_leaves_its_files_for_the_next_look(workspace: Workspace, folder: Path) -> None:
    watch, service = FolderWatch(), workspace.watching
    service.add(folder)
    for number in range(5):
        (folder / f"{number}.txt").write_text(STORY.replace("fallen", f"fallen {number} metres"))
    watch.look([folder], ())
    steps = service.take(watch.look([folder], ()).whole, jobs=1)
    while not workspace.listing.totals().articles:
        next(steps)
    steps.close()
    assert service.known() == frozenset()
    assert len(looked(watch, service).whole) == 5
    assert workspace.listing.totals().articles == 5


def test_folders_are_kept_removed_and_missed(workspace: Workspace, folder: Path) -> None:
    service = workspace.watching
    gone = Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9"))  # a name that is no UTF-8
    for path in (folder, gone, folder):
        service.add(path)
    assert [watched.path for watched in service.folders()] == [folder, gone]
    assert FolderWatch().look([folder, gone], ()).missing == (gone,)
    service.remove(folder)
    assert [watched.path for watched in service.folders()] == [gone]
