"""The rows that are no file to import, and what is the same for all: nothing is fetched, every row has its test."""

from __future__ import annotations

import io
import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

import pytest

from kb_app.core.errors import UnreadableInput
from kb_app.core.findings import Findings
from kb_app.ingest.articles import to_article
from kb_app.ingest.containers import is_container, members_of
from kb_app.ingest.members import Member, Opened
from kb_app.ingest.reading import read_source
from kb_app.ingest.sanitising import sanitised
from kb_app.services.workspace import Workspace
from kb_app.storage.knowledge_base import KnowledgeBase
from tests import builders
from tests.hostile.case import CANARY, TEXT, Case
from tests.hostile.cases import ALL
from tests.storage.filling import save

PATIENCE = 60.0  # seconds
TESTS = Path(__file__).resolve().parent.parent
FETCHING_ROWS = frozenset({8, 9, 24, 25, 26, 27, 29, 33, 39, 42, 61})
# where a row that is no input is tested, and why one is not
ELSEWHERE = MappingProxyType(
    {
        46: "test_a_missing_file_fails_by_name",
        48: "test_an_import_of_a_file_on_a_drive_that_hangs_is_cancelled_at_once",
        49: "test_in_a_folder_that_cannot_be_written_it_opens_for_reading",
        50: "test_a_disk_that_is_really_full",
        51: "test_a_killed_import_loses_nothing_that_was_acknowledged",
        52: "test_a_second_writer_is_refused_and_told_who_writes",
        53: "test_without_shared_memory_there_is_no_log",
        54: "test_a_clock_put_back_does_not_stop_backups",
        55: "test_a_newer_file_is_refused_and_stays_byte_identical",
        56: "test_a_step_that_fails_leaves_the_version_before",
        57: "test_a_log_left_behind_is_not_played_into_the_restored_file",
        58: "test_an_index_that_does_not_fit_is_made_anew_from_the_texts",
        59: "test_a_file_that_declares_anything_else_is_refused",
        60: "test_no_cell_becomes_a_formula",
        62: "test_no_query_is_an_error",
        63: "not there: this version keeps its knowledge in a file and speaks to no server",
        64: "not there: this version works on one machine",
        65: "test_a_document_that_eats_memory_is_named_so",
    }
)


class _Canary:
    """Listens on loopback and counts who knocks."""

    def __init__(self) -> None:
        self._knocks = 0
        self._socket = _listening()
        self._thread = threading.Thread(target=self._listen, name="canary")
        self._thread.start()

    def _listen(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            with connection:
                if connection.recv(4) == b"end!":
                    return
            self._knocks += 1

    def knocks(self) -> int:
        """Stop listening and return how many knocked; who knocked before is heard before."""
        with socket.create_connection(CANARY) as last:
            last.sendall(b"end!")
        self._thread.join()
        return self._knocks

    def close(self) -> None:
        if self._thread.is_alive():
            self.knocks()
        self._socket.close()


def _listening() -> socket.socket:
    """Return a socket at the canary's place, waited for: a test in another process may have it, and hear its knocks."""
    until = time.monotonic() + PATIENCE
    while True:
        place = socket.socket()
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows
            place.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # in spite of connections that linger
        try:
            place.bind(CANARY)
            place.listen()  # of two that are bound, only one may
        except OSError:
            place.close()
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return place


@pytest.fixture
def canary() -> Iterator[_Canary]:
    bird = _Canary()
    yield bird
    bird.close()


def _read_all(path: Path) -> None:
    """Read an input in this process, which may reach loopback, as a worker does, and show its original."""
    try:
        source = read_source(path)
        if is_container(source.media_type):
            opened = Opened(source.name, io.BytesIO(source.data), len(source.data), source.media_type)
            for member in members_of(opened):
                if isinstance(member, Member) and not is_container(member.media_type):
                    to_article(builders.source(member.name, member.data, member.media_type), member.given)
            return
        to_article(source)
        sanitised(source.data.decode("utf-8", "replace"))
    except UnreadableInput:
        return


def test_the_canary_hears_who_knocks(canary: _Canary) -> None:
    with socket.create_connection(CANARY) as knocking:
        knocking.sendall(b"GET ")
        knocking.recv(1)
    assert canary.knocks() == 1


@pytest.mark.parametrize("case", [c for c in ALL if c.row in FETCHING_ROWS], ids=lambda case: f"{case.row}-{case.name}")
def test_nothing_is_fetched(case: Case, tmp_path: Path, canary: _Canary) -> None:
    _read_all(case.make(tmp_path))
    assert canary.knocks() == 0


def test_what_fetches_is_taken_out_of_the_original(tmp_path: Path) -> None:
    for case in ALL:
        if case.row in (24, 25, 26):
            shown = sanitised(case.make(tmp_path).read_bytes().decode())
            assert not re.search(r"127\.0\.0\.1|https?:|javascript:|\son\w+\s*=|<script|<iframe|data:", shown), (
                case.name
            )


def test_look_alike_names_are_two_people(tmp_path: Path) -> None:
    latin, mixed = "Pavel Dorn", "P\u0430vel Dorn"
    with Workspace.open(tmp_path / "case.kb", create=True) as workspace:
        for name in (latin, mixed):
            article = builders.article(f"{name} spoke in Port Lumen. {name} left at noon.")
            findings = Findings(engine="builder", entities=(builders.entity(article.text, name),))
            save(workspace.kb, article, findings, f"{len(name.encode())}.txt")
        assert workspace.listing.totals().people == 2


def test_composed_and_decomposed_words_are_found_alike(tmp_path: Path) -> None:
    with KnowledgeBase.create(tmp_path / "case.kb") as kb:
        save(kb, builders.article("The Cafe\u0301 Lumen closed."), Findings(engine="builder"))
    with Workspace.open(tmp_path / "case.kb", read_only=True) as workspace:
        for typed in ("Caf\u00e9", "Cafe\u0301", "cafe"):
            assert workspace.search.search(typed, 5).hits, typed


def test_every_row_has_a_test_or_a_reason() -> None:
    known = {case.row for case in ALL} | ELSEWHERE.keys()
    assert known == set(range(1, 66))
    written = "\n".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py") if path != Path(__file__))
    missing = [name for name in ELSEWHERE.values() if name.startswith("test_") and f"def {name}" not in written]
    assert missing == []


def test_the_sound_article_of_these_tests_is_sound() -> None:
    assert to_article(builders.source("sound.txt", TEXT.encode())).warnings == ()
