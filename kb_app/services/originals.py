"""Shows archived originals: a worker without network draws the pages and cleans the markup, and is believed nothing."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from types import TracebackType
from typing import Self

from kb_app.core.article import OffsetSegment
from kb_app.core.errors import Failed, Refused, UnreadableInput
from kb_app.core.original import Markup, Original, PagePicture, PictureSize
from kb_app.services.child_process import WorkerDied
from kb_app.services.codec import CodecError, dumps, loads
from kb_app.services.distrust import bounded
from kb_app.services.documents import Order, Reply, Showing
from kb_app.services.frames import Frame
from kb_app.services.worker_process import WorkerProcess, worker_command

SECONDS_TO_SHOW = 20.0
WIDEST = 8_000  # pixels that can be asked for
LARGEST_PICTURE = 128 * 1024 * 1024  # bytes
MOST_PAGES = 1_000_000
PICTURES_KEPT = 6
LARGEST_KEPT = 200 * 1024 * 1024  # bytes of all pictures kept
_BYTES_A_PIXEL = 4


class OriginalReader:
    """Gives what is shown of originals. It may be called from any thread but the window's: each call waits."""

    def __init__(self, command: list[str] | None = None, seconds: float = SECONDS_TO_SHOW) -> None:
        self._command = command or worker_command()
        self._seconds = seconds
        self._turn = threading.Lock()  # one original at a time
        self._guard = threading.Lock()
        self._process: WorkerProcess | None = None
        self._is_closed = False
        self._pictures: OrderedDict[tuple[str, int, int], PagePicture] = OrderedDict()

    def markup(self, original: Original) -> Markup:
        """Return a page or text as markup that does nothing; raises Refused or Failed."""
        reply, _ = self._ask(original, Showing(original.encoding, original.segments, original.characters))
        if reply.markup is None or not _are_sound(reply.markup.runs, original.characters):
            raise Failed("reader-error", f"What was made of “{original.name}” for showing does not hold together.")
        return reply.markup

    def picture(self, original: Original, page: int, width: int) -> PagePicture:
        """Return a page as a picture about so many pixels wide; raises Refused or Failed."""
        width = min(max(width, 1), WIDEST)
        key = (original.sha256, page, width)
        with self._turn:
            known = self._pictures.get(key)
            if known is not None:
                self._pictures.move_to_end(key)
                return known
        reply, pixels = self._ask(original, Showing(page=page, width=width))
        picture = _believed(original, page, reply, pixels)
        with self._turn:
            self._keep(key, picture)
        return picture

    def close(self) -> None:
        """End the worker, whatever it is at; who waits for it is told that it ended."""
        with self._guard:
            self._is_closed = True
            if self._process is not None:
                self._process.kill()
        with self._turn:
            self._let_go()
            self._pictures.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, original: Original, showing: Showing) -> tuple[Reply, bytes]:
        order = Order(original.name, original.sha256, original.media_type, showing=showing)
        with self._turn:
            try:
                frame = self._started().exchange(Frame(dumps(order), original.data), self._seconds)
                reply = loads(Reply, frame.json)
            except (WorkerDied, CodecError, OSError) as error:
                self._let_go()
                sentence = f"“{original.name}” could not be shown: the process that reads it ended or took too long."
                raise Failed("worker-died", sentence) from error
        if reply.code:
            kind: type[UnreadableInput] = Refused if reply.refused else Failed
            raise kind(bounded(reply.code, 40), bounded(reply.sentence, 1_000))
        return reply, frame.blob

    def _started(self) -> WorkerProcess:
        with self._guard:
            if self._is_closed:
                raise WorkerDied("closed")
            process = self._process or WorkerProcess(self._command)
            self._process = process
            return process

    def _let_go(self) -> None:
        with self._guard:
            process, self._process = self._process, None
        if process is not None:
            process.close()

    def _keep(self, key: tuple[str, int, int], picture: PagePicture) -> None:
        self._pictures[key] = picture
        while len(self._pictures) > PICTURES_KEPT or self._bytes_kept() > LARGEST_KEPT:
            self._pictures.popitem(last=False)

    def _bytes_kept(self) -> int:
        return sum(len(picture.pixels) for picture in self._pictures.values())


def _believed(original: Original, page: int, reply: Reply, pixels: bytes) -> PagePicture:
    if reply.picture is None or not _is_sound(reply.picture, page, len(pixels)):
        raise Failed("reader-error", f"What was drawn of “{original.name}” is no picture of its page {page + 1}.")
    return PagePicture(reply.picture, pixels)


def _are_sound(runs: Iterable[OffsetSegment], characters: int) -> bool:
    return all(
        0 <= run.text_start < run.text_start + run.length <= characters and run.original_start >= 0 for run in runs
    )


def _is_sound(size: PictureSize, page: int, length: int) -> bool:
    sides = min(size.width, size.height) > 0 and size.width * size.height * _BYTES_A_PIXEL == length <= LARGEST_PICTURE
    points = 0 < size.points_wide < float("inf") and 0 < size.points_high < float("inf")
    return sides and points and size.page == page and page < size.pages <= MOST_PAGES
