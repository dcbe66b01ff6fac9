from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb_app.core.article import Article
from kb_app.core.findings import Findings
from kb_app.ingest.reading import source_from_bytes
from kb_app.services import worker
from kb_app.services.codec import CodecError
from kb_app.services.documents import (
    NO_FINDINGS,
    Answer,
    Document,
    NotUnderstood,
    Order,
    ReadArticle,
    Reply,
    Understood,
)
from kb_app.services.frames import Frame
from kb_app.services.worker import framed
from kb_app.services.worker_process import believed, whole
from kb_app.services.workers import WorkerPool
from tests import builders

ODD = [sys.executable, str(Path(__file__).with_name("odd_worker.py"))]
TEXT = f"{builders.TITLE}\n\n{builders.BODY}"


@pytest.fixture
def odd_pool() -> Iterator[WorkerPool]:
    with WorkerPool(1, seconds_a_document=0.3, command=ODD) as pool:
        # the time to start is granted to a worker's first document, which so is an ordinary one
        assert isinstance(ask(pool, TEXT), Understood)
        yield pool


def ask(pool: WorkerPool, words: str, key: int = 0) -> Answer:
    pool.submit(Document(key, source_from_bytes(f"{key}.txt", words.encode())))
    return gather(pool, 1)[0]


def gather(pool: WorkerPool, count: int) -> list[Answer]:
    answers: list[Answer] = []
    while len(answers) < count:
        answers.extend(pool.poll(0.05))
    return answers


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_document_is_read_and_extracted() -> None:
    with WorkerPool(1) as pool:
        answer = ask(pool, TEXT, key=7)
    assert isinstance(answer, Understood)
    assert answer.key == 7
    assert "Anna Vela" in {entity.name for entity in answer.findings.entities}


def test_an_article_is_extracted_again() -> None:
    with WorkerPool(1) as pool:
        pool.submit(ReadArticle(3, "dam", builders.article()))
        (answer,) = gather(pool, 1)
    assert isinstance(answer, Understood)
    assert answer.article == builders.article()
    assert answer.findings.entities


def test_many_documents_are_shared_out() -> None:
    with WorkerPool(2) as pool:
        room = pool.room
        for key in range(room):
            pool.submit(Document(key, source_from_bytes("x.txt", TEXT.encode()), extract=False))
        assert pool.room == 0
        assert {answer.key for answer in gather(pool, room)} == set(range(room))
        assert not pool.is_busy


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("die at once", "worker-died"),
        ("lie about the body of this text, which is long enough", "worker-died"),
        ("hang until somebody ends it", "timeout"),
        ("hang and be stubborn about it", "timeout"),
        ("call somebody", "network"),
    ],
)
def test_a_bad_document_takes_nothing_else_with_it(odd_pool: WorkerPool, words: str, code: str) -> None:
    bad = ask(odd_pool, words, key=1)
    assert isinstance(bad, NotUnderstood)
    assert bad.code == code
    assert code == "network" or "1.txt" in bad.sentence
    assert isinstance(ask(odd_pool, TEXT, key=2), Understood)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems do not limit address space so")
def test_a_document_that_eats_memory_is_named_so(odd_pool: WorkerPool) -> None:
    bad = ask(odd_pool, "eat all there is", key=1)
    assert isinstance(bad, NotUnderstood)
    assert bad.code == "memory"


def test_the_network_is_refused(odd_pool: WorkerPool) -> None:
    answer = ask(odd_pool, "call somebody", key=1)
    assert isinstance(answer, NotUnderstood)
    assert answer.sentence == "NetworkRefused"


def test_what_a_library_prints_does_not_spoil_the_answers(odd_pool: WorkerPool) -> None:
    assert isinstance(ask(odd_pool, "chatter is all that this text is about, and no more", key=1), Understood)


def test_closing_leaves_no_process() -> None:
    pool = WorkerPool(1, command=ODD)
    ask(pool, TEXT)
    pids = pool.pids()
    pool.submit(Document(1, source_from_bytes("x.txt", b"hang and be stubborn")))
    pool.close()
    assert pids
    assert not any(map(is_running, pids))


def test_an_article_is_kept_where_extraction_stumbles(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stumbling:
        def extract(self, article: Article) -> Findings:
            raise KeyError("odd")

    monkeypatch.setattr(worker, "_extractor", Stumbling)
    order = Order("dam.txt", media_type="text/plain")
    reply = worker.answer(order, TEXT.encode())
    assert reply.article is not None
    assert reply.findings is not None
    assert reply.findings.warnings[0].startswith("extraction-failed: ")
    again = worker.answer(Order("dam.txt", article=reply.article), b"")
    assert again.code == "reader-error"


def test_a_very_long_text_crosses_as_bytes_and_is_looked_at_all_the_same() -> None:
    article = builders.article("The gates stay shut, Größe. " * 40_000)
    frame = framed(Reply(article=article, findings=NO_FINDINGS))
    assert len(frame.json) < 10_000 and whole(frame).article == article
    for blob in (b"\xff\xfe", frame.blob + b"\x00"):
        with pytest.raises(CodecError):
            believed(Document(1, builders.source()), whole(Frame(frame.json, blob)))
    short = Reply(article=builders.article(), findings=NO_FINDINGS)
    assert framed(short).blob == b"" and whole(framed(short)) == short
