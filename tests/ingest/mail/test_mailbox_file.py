"""A mailbox is read mail by mail, however large it is and whatever its lines begin with."""

from __future__ import annotations

import gzip
import io
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_app.ingest.containers import members_of
from kb_app.ingest.limits import Limits
from kb_app.ingest.mail import mailbox_file
from kb_app.ingest.media_type import MAIL, MAILBOX, media_type_of
from kb_app.ingest.members import Member, Opened
from tests.ingest.archives.containers import survived, taken, troubles, zipped
from tests.ingest.mail.mails import STORY, mail

SEPARATOR = b"From una@stell.example Sat Mar  9 10:20:30 2024\n"


def mailbox(*texts: str, end: bytes = b"\n") -> bytes:
    mails = (mail(text, subject=f"Mail {n}").as_bytes().replace(b"\r\n", b"\n") for n, text in enumerate(texts, 1))
    return b"".join(SEPARATOR + one + b"\n" for one in mails).replace(b"\n", end)


def whole_mails(data: bytes) -> list[Member]:
    return [one for one in taken(data) if isinstance(one, Member)]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_mails_come_in_order_with_their_place(end: bytes) -> None:
    data = mailbox("First words.", "Second words.", end=end)
    assert media_type_of(data) == MAILBOX
    first, second = whole_mails(data)
    place = data.rindex(b"From una@")
    assert (first.name, second.name) == ("mail 1 at byte 0", f"mail 2 at byte {place}")
    assert (second.media_type, second.is_whole) == (MAIL, True)
    assert (second.provenance.how, second.provenance.container) == ("mailbox", f"box › mail 2 at byte {place}")
    assert b"Subject: Mail 2" in second.data and b"Second words." in second.data
    assert data[place + len(SEPARATOR.replace(b"\n", end)) :].startswith(second.data[:40])


def test_a_mailbox_too_large_to_hold_is_read_inside_its_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    data = mailbox(STORY, STORY, STORY)
    monkeypatch.setattr("kb_app.ingest.archives.zip_archive.Limits", lambda: Limits(any_kind=1_000))
    found = [one for one in taken(zipped(("Mail/all.mbox", data))) if isinstance(one, Member)]
    places = [one.provenance.container.partition(" at byte ")[0] for one in found]
    assert places == [f"box › Mail/all.mbox › mail {n}" for n in (1, 2, 3)]
    assert len(whole_mails(gzip.compress(data))) == 3


def test_line_ends_may_be_mixed() -> None:
    assert len(whole_mails(mailbox("First.") + mailbox("Second.", end=b"\r\n"))) == 2


@pytest.mark.parametrize(
    "line",
    [
        "From here the pier leads into the sea.",
        "From Monday 10:20:30 on, in 2024, the pier is closed.",
        "From una@stell.example Sat Mar  9 10:20:30 2024\nas the log says.",
    ],
)
def test_a_sentence_that_begins_with_from_is_no_separator(line: str) -> None:
    [first, second] = whole_mails(mailbox(f"Words.\n\n{line}\n\nMore words.", "Second."))
    assert line.splitlines()[0].encode() in first.data and b"More words." in first.data


def test_a_quoted_from_is_given_back() -> None:
    [one] = whole_mails(mailbox("Words.\n>From here on.\n>>From there.\n"))
    assert b"\nFrom here on.\n>From there." in one.data


def test_a_bad_mail_costs_that_mail_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(60))
    data = mailbox("First.") + SEPARATOR + b"From: a@b.example\n" + deep + mailbox("Third.")
    assert len(whole_mails(data)) == 2
    assert list(troubles(taken(data)).values()) == ["mime-depth"]
    monkeypatch.setattr(mailbox_file, "MOST_MEMBERS", 1)
    assert troubles(taken(mailbox("First.", "Second."))) == {"box": "too-many-members"}


class Endless(io.RawIOBase):
    """The same mail again and again, as many times as were asked for."""

    def __init__(self, one: bytes, times: int) -> None:
        self._one, self._left, self._rest = one, times, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while len(self._rest) < len(buffer) and self._left:
            self._rest += self._one
            self._left -= 1
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def test_a_large_mailbox_is_never_held_in_memory() -> None:
    one = mailbox(STORY * 20)
    times = 400
    stream = io.BufferedReader(Endless(one, times))
    tracemalloc.start()
    mails = sum(1 for _ in members_of(Opened("large.mbox", stream, len(one) * times, MAILBOX)))  # type: ignore[arg-type]
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert mails == times
    assert len(one) * times > 5 * 2**20 and highest < 2**20


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 1200), st.integers(0, 255)), max_size=8), st.integers(0, 1200))
def test_any_damage_is_survived(changes: list[tuple[int, int]], end: int) -> None:
    data = bytearray(mailbox("First.", "Second."))
    for place, value in changes:
        data[place % len(data)] = value
    survived(bytes(data), MAILBOX)
    survived(bytes(data[:end]), MAILBOX)
