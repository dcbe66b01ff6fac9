"""Speaks with one worker process: a question, an answer that is looked over before anything believes it."""

from __future__ import annotations

import threading
from dataclasses import replace

from kb_app.core.article import Article
from kb_app.services.child_process import ChildProcess, WorkerDied, child_command
from kb_app.services.codec import LONGEST_TEXT, CodecError, dumps, loads
from kb_app.services.distrust import bounded, check_article, check_findings
from kb_app.services.documents import Answer, Document, NotUnderstood, Order, ReadArticle, Reply, Task, Understood
from kb_app.services.frames import Frame, read_frame, write_frame
from kb_app.storage.compression import pack_source

WORKER_MODULE = "kb_app.services.worker"
WORKER_ARGUMENT = "_worker"


def worker_command() -> list[str]:
    """Return the command of a worker, in a checkout, an install and a frozen build."""
    return child_command(WORKER_MODULE, WORKER_ARGUMENT)


class WorkerProcess(ChildProcess):
    """A running worker."""

    def ask(self, task: Task) -> Answer:
        """Have a task done; raises WorkerDied."""
        try:
            write_frame(self.orders, _question(task))
            # meanwhile the bytes are compressed here: they are large at times, and nothing else waits for this thread
            archived = pack_source(task.source.data) if isinstance(task, Document) else b""
            frame = read_frame(self.answers)
            if frame is None:
                raise WorkerDied(self.last_words())
            answer = believed(task, whole(frame))
            return replace(answer, packed=archived) if isinstance(answer, Understood) else answer
        except (OSError, ValueError, CodecError) as error:
            raise WorkerDied(f"{error} {self.last_words()}") from error

    def exchange(self, question: Frame, seconds: float) -> Frame:
        """Put a question that is no task and return the answer as it came; raises WorkerDied, also when it is late."""
        clock = threading.Timer(seconds, self.kill)
        clock.daemon = True
        clock.start()
        try:
            write_frame(self.orders, question)
            frame = read_frame(self.answers)
        except (OSError, ValueError, CodecError) as error:
            raise WorkerDied(f"{error} {self.last_words()}") from error
        finally:
            clock.cancel()
        if frame is None:
            raise WorkerDied(self.last_words())
        return frame


def _question(task: Task) -> Frame:
    if isinstance(task, ReadArticle):
        return Frame(dumps(Order(task.name, article=task.article)))
    source = task.source
    order = Order(
        source.name,
        source.sha256,
        source.media_type,
        source.path,
        task.given,
        task.extract,
        task.encoding,
    )
    return Frame(dumps(order), source.data)


def whole(frame: Frame) -> Reply:
    """Return an answer with its text where that followed as bytes; raises CodecError."""
    reply = loads(Reply, frame.json)
    if not reply.text_follows:
        return reply
    if reply.article is None or len(frame.blob) > 4 * LONGEST_TEXT:
        raise CodecError("a text that belongs to no article, or is too long")
    try:
        text = frame.blob.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CodecError(f"a text that is no UTF-8: {error.reason}") from error
    if len(text) > LONGEST_TEXT:
        raise CodecError(f"a text of {len(text)} characters is too long")
    return replace(reply, article=replace(reply.article, text=text))


def believed(task: Task, reply: Reply) -> Answer:
    """Return what a worker answered once it is looked over; raises CodecError."""
    if reply.code:
        return NotUnderstood(task.key, bounded(reply.code, 40), bounded(reply.sentence, 1_000), reply.refused)
    article = _article_of(task, reply)
    if reply.findings is None:
        raise CodecError("an answer without findings")
    check_findings(reply.findings, article.text)
    return Understood(task.key, article, reply.findings)


def _article_of(task: Task, reply: Reply) -> Article:
    if isinstance(task, ReadArticle):
        return task.article
    if reply.article is None:
        raise CodecError("an answer without an article")
    check_article(reply.article)
    return reply.article
