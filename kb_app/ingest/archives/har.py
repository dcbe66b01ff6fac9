"""Takes the pages out of a browser's record of what it loaded (HAR)."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass

from kb_app.core.article import Provenance
from kb_app.core.errors import Failed, Refused, UnreadableInput
from kb_app.ingest.archives.captures import in_utc, is_web_address, kind_of_page, may_be_page
from kb_app.ingest.archives.expansion import left_out_of, too_many_members
from kb_app.ingest.archives.http_payload import charset_stated
from kb_app.ingest.archives.member_names import shown
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.limits import Limits
from kb_app.ingest.members import APART, MOST_MEMBERS, Member, Opened, Taken, Trouble, whole_of
from kb_app.ingest.reading import limit_for


@dataclass(frozen=True, slots=True)
class _Entry:
    """One response of the record; what it does not say, or says in another form, is empty."""

    number: int
    address: str
    moment: str
    status: int
    content_type: str
    text: str
    coding: str

    @property
    def place(self) -> str:
        return f"entry {self.number}"


def open_har(opened: Opened) -> Iterator[Taken]:
    """Yield the pages of a record, and at the end how much else was left out; raises Failed `corrupt`."""
    pages = left_out = 0
    for number, given in enumerate(_entries(opened), 1):
        entry = _entry(number, given)
        if not entry.text or not may_be_page(entry.status, entry.content_type, entry.address):
            left_out += 1
            continue
        try:
            member = _member(entry, opened.name)
        except UnreadableInput as error:
            yield Trouble(entry.place, error.code, error.sentence, isinstance(error, Refused))
            continue
        if member is None:
            left_out += 1
            continue
        if pages == MOST_MEMBERS:
            yield too_many_members(opened.name)
            return
        pages += 1
        yield member
    if left_out:
        yield left_out_of(opened.name, left_out)


def _entries(opened: Opened) -> list[object]:
    data = whole_of(opened)
    try:
        content = json.loads(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise Failed("corrupt", f"“{opened.name}” is damaged and cannot be read ({error}).") from error
    listed = _of(_of(content, "log"), "entries")
    return listed if isinstance(listed, list) else []


def _entry(number: int, given: object) -> _Entry:
    response = _of(given, "response")
    content = _of(response, "content")
    status = _of(response, "status")
    return _Entry(
        number,
        _text(_of(_of(given, "request"), "url")),
        _text(_of(given, "startedDateTime")),
        status if isinstance(status, int) else 0,
        _text(_of(content, "mimeType")),
        _text(_of(content, "text")),
        _text(_of(content, "encoding")),
    )


def _of(record: object, key: str) -> object:
    return record.get(key) if isinstance(record, dict) else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _member(entry: _Entry, record: str) -> Member | None:
    data, encoding = _content(entry)
    kind = kind_of_page(data, entry.content_type)
    if not kind:
        return None
    if len(data) > limit_for(data, Limits()):
        raise Refused("too-large", f"The page in {entry.place} is too large.")
    return Member(
        shown(entry.address) or entry.place,
        data,
        kind,
        GivenMetadata(source_url=entry.address if is_web_address(entry.address) else "", encoding=encoding),
        Provenance(
            how="browser record",
            address=shown(entry.address),
            captured_at=in_utc(entry.moment),
            container=f"{record}{APART}{entry.place}",
        ),
    )


def _content(entry: _Entry) -> tuple[bytes, str]:
    """Return a page's bytes and their encoding; text that the browser has decoded is written as UTF-8."""
    if entry.coding != "base64":
        return entry.text.encode("utf-8", "replace"), "utf-8"
    try:
        return base64.b64decode(entry.text), charset_stated(entry.content_type)
    except (binascii.Error, ValueError) as error:
        raise Failed("corrupt", f"The content of {entry.place} is damaged ({error}).") from error
