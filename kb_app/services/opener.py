"""A process that takes one container apart and knows nothing else: python -m kb_app.services.opener."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import sys
import traceback
from collections.abc import Callable
from typing import BinaryIO, cast

from kb_app.core.errors import Failed, Refused, UnreadableInput
from kb_app.ingest.containers import members_of
from kb_app.ingest.limits import MEGABYTE, Limits
from kb_app.ingest.members import Member, Opened, Taken
from kb_app.ingest.reading import open_regular
from kb_app.services.codec import CodecError, dumps, loads
from kb_app.services.confinement import allow_work, confine, private_streams
from kb_app.services.frames import Frame, read_frame, write_frame
from kb_app.services.opener_messages import OpenOrder, Sent

BYTES_A_SIGN_OF_LIFE = 32 * MEGABYTE


def main() -> int:
    """Send what the one container holds, member by member."""
    orders, answers = private_streams()
    confine()
    frame = read_frame(orders)
    if frame is not None:
        send_members(frame, answers)
    return 0


def send_members(frame: Frame, answers: BinaryIO) -> None:
    """Take a container apart; what is wrong with it becomes the reason of the last message."""
    order = loads(OpenOrder, frame.json)

    def live() -> None:
        allow_work()
        write_frame(answers, Frame(dumps(Sent(is_alive=True))))

    end = Sent(is_end=True)
    try:
        stream = _stream(order, frame.blob, live)
        size = stream.seek(0, os.SEEK_END)
        write_frame(answers, Frame(dumps(Sent(sha256=_digest(stream)))))
        stream = _stream(order, frame.blob, live)
        for taken in members_of(Opened(order.name, stream, size, order.media_type, order.given, order.mapping)):
            write_frame(answers, framed(taken))
            allow_work()
    except UnreadableInput as error:
        end = Sent(is_end=True, code=error.code, sentence=error.sentence, refused=isinstance(error, Refused))
    except BrokenPipeError:  # nobody wants more of it
        return
    except MemoryError:
        end = Sent(is_end=True, code="memory", sentence=f"“{order.name}” takes more memory than a container may.")
    except RecursionError:
        end = Sent(is_end=True, code="too-deep", sentence=f"“{order.name}” is nested too deeply to be taken apart.")
    except Exception as error:  # whatever trips the opener, what came before is kept
        traceback.print_exc()
        end = Sent(is_end=True, code="reader-error", sentence=_stumbled(order.name, error))
    write_frame(answers, Frame(dumps(end)))


def framed(taken: Taken) -> Frame:
    """Return the message of one member or trouble; what cannot be sent becomes a trouble."""
    if not isinstance(taken, Member):
        return Frame(dumps(Sent(taken.name, code=taken.code, sentence=taken.sentence, refused=taken.refused)))
    if len(taken.data) > Limits().any_kind:
        limit = Limits().any_kind // MEGABYTE
        sentence = f"“{taken.name}” is too large ({len(taken.data) / MEGABYTE:,.0f} MB; the limit is {limit} MB)."
        return Frame(dumps(Sent(taken.name, code="too-large", sentence=sentence, refused=True)))
    sent = Sent(taken.name, taken.media_type, taken.given, taken.provenance, taken.is_whole, taken.warnings)
    try:
        return Frame(dumps(sent), taken.data)
    except (UnicodeEncodeError, CodecError) as error:
        return Frame(dumps(Sent("?", code="reader-error", sentence=_stumbled("?", error))))


def _digest(stream: BinaryIO) -> str:
    # before any parser has seen a byte of it, so that the digest can be believed
    stream.seek(0)
    return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]


def _stumbled(name: str, error: Exception) -> str:
    kind = type(error).__name__
    return f"“{name}” could not be taken apart to its end: the reader stumbled ({kind}: {str(error)[:200]!a})."


def _stream(order: OpenOrder, blob: bytes, live: Callable[[], None]) -> BinaryIO:
    if not order.path:
        return io.BytesIO(blob)
    path = os.fsdecode(order.path.encode("latin-1"))
    try:
        handle = open_regular(path)
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise Refused("not-a-file", f"“{order.name}” is not a regular file, so it was not opened.")
    except OSError as error:
        code = "vanished" if isinstance(error, FileNotFoundError) else "unreadable"
        raise Failed(code, f"“{order.name}” could not be read: {error.strerror}.") from error
    return cast(BinaryIO, io.BufferedReader(_Lively(handle, live), 256 * 1024))


class _Lively(io.RawIOBase):
    """A file that gives a sign of life for every stretch of it that is read for the first time."""

    def __init__(self, handle: int, live: Callable[[], None]) -> None:
        self._handle = handle
        self._live = live
        self._furthest = 0

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = os.read(self._handle, len(buffer))
        buffer[: len(data)] = data
        at = os.lseek(self._handle, 0, os.SEEK_CUR)
        if at - self._furthest > BYTES_A_SIGN_OF_LIFE:
            self._furthest = at
            self._live()
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return os.lseek(self._handle, offset, whence)

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True


if __name__ == "__main__":
    sys.exit(main())
