"""Reads the objects of a JSON file one after another, each with its own characters, in bounded memory."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from kb_app.core.errors import Failed, Refused
from kb_app.ingest.decoding import decoded
from kb_app.ingest.limits import MEGABYTE

LARGEST_VALUE = 64 * MEGABYTE  # characters
_PIECE = MEGABYTE
_BLANK = re.compile(r"[\s\ufeff\x1e]*")  # a record separator stands before each text of RFC 7464
_BETWEEN = re.compile(r"[\s,]*")
_END_OF_LINE = re.compile(r"\n")


@dataclass(frozen=True, slots=True)
class JsonValue:
    """A value of the file with the characters it is written in; `value` is None where `problem` says why."""

    value: Any
    text: str
    problem: str = ""


def json_values(stream: BinaryIO, name: str, encoding: str = "") -> Iterator[JsonValue]:
    """Yield the values of an array, or those that stand under or behind each other.

    A line that cannot be read is told and passed over. Raises Failed `encoding` or `corrupt`, Refused `too-large`.
    """
    source = _Source(stream, name, encoding)
    source.skip(_BLANK)
    inside = source.peek() == "["
    if inside:
        source.at += 1
    while True:
        source.skip(_BETWEEN if inside else _BLANK)
        first = source.peek()
        if not first or (inside and first == "]"):
            return
        found = source.value()
        yield found
        if found.problem and inside:
            # what stands behind a broken value of an array cannot be told from what stands in it
            return


class _Source:
    """The text of a stream, of which only a window is held."""

    def __init__(self, stream: BinaryIO, name: str, encoding: str) -> None:
        self._stream = stream
        self._name = name
        start = stream.read(_PIECE)
        self._decoder = _decoder_of(_encoding_of(start, name, encoding), name)
        self._text = self._decoder.decode(start)
        self._ended = not start
        self.at = 0

    def skip(self, pattern: re.Pattern[str]) -> None:
        """Pass over what a pattern matches, however long."""
        while True:
            found = pattern.match(self._text, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self._text) or not self._more():
                return

    def peek(self) -> str:
        """Return the next character, "" at the end."""
        return self._text[self.at : self.at + 1]

    def value(self) -> JsonValue:
        """Return the value that begins here; one that cannot be read ends with its line."""
        decoder = json.JSONDecoder()
        while True:
            try:
                value, end = decoder.raw_decode(self._text, self.at)
            except RecursionError:
                return self._broken("it is nested too deeply")
            except ValueError as error:
                problem, place = str(error), getattr(error, "pos", self.at)
            else:
                # a number at the end of what was read may go on
                if end < len(self._text) or not self._more():
                    return self._taken(value, end)
                continue
            if self._is_broken_line(place):
                return self._broken(problem)
            if len(self._text) - self.at > LARGEST_VALUE:
                raise Refused("too-large", f"A value of “{self._name}” is too large to be read.")
            if not self._more():
                return self._broken(problem)

    def _is_broken_line(self, place: int) -> bool:
        """Tell whether what is wrong at a place is wrong with this line, rather than that its value goes on below."""
        line = _END_OF_LINE.search(self._text, self.at)
        if line is None:
            return False
        following = _BLANK.match(self._text, line.end())
        after = following.end() if following else line.end()
        return place <= after and after + 1 < len(self._text)

    def _taken(self, value: Any, end: int) -> JsonValue:
        text = self._text[self.at : end]
        self.at = end
        return JsonValue(value, text)

    def _broken(self, problem: str) -> JsonValue:
        line = _END_OF_LINE.search(self._text, self.at)
        end = line.end() if line else len(self._text)
        text = self._text[self.at : end]
        self.at = end
        return JsonValue(None, text, problem)

    def _more(self) -> bool:
        """Read on, twice as much where much is held already, and let go of what was passed; False at the end."""
        if self._ended:
            return False
        held = len(self._text) - self.at
        piece = self._stream.read(max(_PIECE, held))
        self._ended = not piece
        self._text = self._text[self.at :] + self._decoder.decode(piece, final=self._ended)
        self.at = 0
        return True


def _decoder_of(encoding: str, name: str) -> codecs.IncrementalDecoder:
    try:
        return codecs.getincrementaldecoder(encoding)("replace")
    except LookupError as error:
        raise Failed("encoding", f"The encoding {encoding!r} is unknown, so “{name}” was not read.") from error


def _encoding_of(start: bytes, name: str, chosen: str) -> str:
    """Return in which encoding a file is written: Unicode, as RFC 8259 and its signatures tell, or else the chosen."""
    # a piece may end within a character, which must not make another encoding of it
    sample = start[: len(start) // 4 * 4]
    for cut in range(4 if b"\0" not in start[:4] else 0):
        try:
            sample[: len(sample) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return "utf-8"
    if not sample:
        return "utf-8"
    encoding = decoded(sample, chosen, name).encoding
    if chosen:
        return encoding
    if not encoding.startswith("utf"):
        raise Failed("encoding", f"“{name}” is not written in Unicode as JSON must be. Please choose its encoding.")
    return encoding
