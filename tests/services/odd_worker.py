"""A worker that does what documents should never make one do; started by the tests of the pool."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from dataclasses import replace
from pathlib import Path

from kb_app.core.article import Article
from kb_app.core.findings import Findings
from kb_app.core.passage import Span
from kb_app.services import worker
from kb_app.services.documents import Order, Reply

honest = worker.answer


def odd_answer(order: Order, data: bytes) -> Reply:
    words = data.decode()
    if words.startswith("die") and order.extract:
        os._exit(3)
    if words.startswith("hang"):
        if "stubborn" in words:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        threading.Event().wait()
    if words.startswith("chatter"):
        print("what a library prints must not reach the answers", flush=True)
        os.write(1, b"nor what it writes to the descriptor\n")
    if words.startswith("eat"):
        return worker_out_of_memory(order, data)
    if words.startswith("call"):
        return Reply(code="network", sentence=called())
    reply = honest(order, data)
    if words.startswith("lie") and reply.head is not None:
        return replace(reply, head=replace(reply.head, columns=("another", "note")))
    if words.startswith("lie") and reply.article is not None:
        return replace(reply, article=replace(reply.article, body=Span(0, len(reply.article.text) + 1)))
    return reply


def worker_out_of_memory(order: Order, data: bytes) -> Reply:
    worker.to_article = lambda source, given, encoding: bytearray(64 * 1024**3)  # type: ignore[assignment,return-value,misc]
    return honest(order, data)


def called() -> str:
    try:
        socket.create_connection(("127.0.0.1", 9), timeout=1)
    except OSError as error:
        return type(error).__name__
    return "connected"


class Stumbling:
    def extract(self, article: Article) -> Findings:
        raise KeyError("odd")


if __name__ == "__main__":
    if sys.argv[1:] == ["stumbling"]:
        worker._extractor = Stumbling  # type: ignore[assignment]
    elif sys.argv[1:2] == ["resources"]:
        worker.resource_path = Path(sys.argv[2]).joinpath
    worker.answer = odd_answer
    sys.exit(worker.main())
