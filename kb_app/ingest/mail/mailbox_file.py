"""Takes the mails out of a mailbox file, one at a time, however large it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from kb_app.core.errors import Refused, UnreadableInput
from kb_app.ingest.limits import Limits
from kb_app.ingest.mail.mail_parts import Received, taken_from
from kb_app.ingest.members import APART, MOST_MEMBERS, Opened, Taken, Trouble

_LONGEST_LINE = 64 * 1024  # bytes that are looked at together
# "From " at a line's beginning is often a sentence: a separator ends with a time of day and a year, and a field follows
_SEPARATOR = re.compile(rb"From [^\r\n]{0,200}\d\d:\d\d(?::\d\d)?[^\r\n]{0,40}\d{4}[^\r\n]{0,12}\r?\n")
_FIELD = re.compile(rb"(?:>?[A-Za-z][\w-]{1,60}:|>From )")
_QUOTED = re.compile(rb"^>(?=>*From )", re.MULTILINE)


@dataclass
class _Mail:
    """A mail while its lines pass by."""

    number: int
    offset: int
    data: bytearray
    is_too_large: bool = False

    @property
    def place(self) -> str:
        return f"mail {self.number} at byte {self.offset}"

    def add(self, line: bytes) -> None:
        if len(self.data) + len(line) > Limits().any_kind:
            self.is_too_large = True
            self.data.clear()
        if not self.is_too_large:
            self.data += line


def open_mailbox(opened: Opened) -> Iterator[Taken]:
    """Yield the mails of a mailbox, each followed by what is attached to it."""
    for mail in _mails(opened.stream):
        if mail.number > MOST_MEMBERS:
            sentence = f"“{opened.name}” holds more than {MOST_MEMBERS:,} mails; those after them were not taken out."
            yield Trouble(opened.name, "too-many-members", sentence, refused=True)
            return
        try:
            yield from _taken(mail, opened.name)
        except UnreadableInput as error:
            yield Trouble(mail.place, error.code, error.sentence, isinstance(error, Refused))


def _taken(mail: _Mail, mailbox: str) -> Iterator[Taken]:
    if mail.is_too_large:
        raise Refused("too-large", f"The {mail.place} of “{mailbox}” is too large.")
    data = _QUOTED.sub(b"", bytes(mail.data).rstrip(b"\r\n")) + b"\n"
    if data.strip():
        yield from taken_from(Received(mail.place, data, f"{mailbox}{APART}{mail.place}", "mailbox"))


def _mails(stream: BinaryIO) -> Iterator[_Mail]:
    current: _Mail | None = None
    separator, at, number, at_start = b"", 0, 0, True
    while line := stream.readline(_LONGEST_LINE):
        if separator and _FIELD.match(line):
            if current:
                yield current
            number += 1
            current = _Mail(number, at - len(separator), bytearray())
        elif separator and current:
            current.add(separator)
        separator = line if at_start and _SEPARATOR.fullmatch(line) else b""
        if current and not separator:
            current.add(line)
        at += len(line)
        at_start = line.endswith(b"\n")
    if current:
        yield current
