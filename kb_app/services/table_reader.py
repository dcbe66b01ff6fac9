"""Has the heads of tables read by a worker, and believes of them what can be believed."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from kb_app.core.article import SourceFile
from kb_app.core.column_mapping import TableHead
from kb_app.core.errors import Failed, Refused
from kb_app.ingest.feeds.table_head import table_start
from kb_app.services.child_process import WorkerDied
from kb_app.services.codec import CodecError, dumps, loads
from kb_app.services.distrust import bounded, check_head
from kb_app.services.documents import Order, Reply
from kb_app.services.frames import Frame
from kb_app.services.worker_process import WorkerProcess, worker_command

SECONDS_A_TABLE = 30.0


class TableReader:
    """A worker that is started with the first table and ends with the block."""

    def __init__(self, command: list[str] | None = None, seconds: float = SECONDS_A_TABLE) -> None:
        self._command = command or worker_command()
        self._seconds = seconds
        self._process: WorkerProcess | None = None

    def head(self, path: Path, encoding: str = "") -> TableHead | None:
        """Return the head of a table, None where a file is none.

        Raises Refused `mapping` where it has no columns, Failed `worker-died` where the worker did not live to tell,
        and Failed or Refused as reading a file does.
        """
        start = table_start(path)
        if start is None:
            return None
        try:
            return self._believed(start, encoding)
        except (WorkerDied, CodecError, OSError) as error:
            self._let_go()
            sentence = f"“{start.name}” could not be looked into: the process that reads it ended or took too long."
            raise Failed("worker-died", sentence) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._let_go()

    def _believed(self, start: SourceFile, encoding: str) -> TableHead:
        order = Order(start.name, media_type=start.media_type, encoding=encoding, is_table=True)
        self._process = self._process or WorkerProcess(self._command)
        frame = self._process.exchange(Frame(dumps(order), start.data), self._seconds)
        reply = loads(Reply, frame.json)
        if reply.code:
            kind = Refused if reply.refused else Failed
            raise kind(bounded(reply.code, 40), bounded(reply.sentence, 1_000))
        if reply.head is None:
            raise CodecError("an answer without a head")
        check_head(reply.head, start.name)
        return reply.head

    def _let_go(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.close()
