"""Takes the pages out of a web archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb_app.core.article import Provenance
from kb_app.core.errors import Failed, Refused, UnreadableInput
from kb_app.ingest.archives.captures import in_utc, is_web_address, kind_of_page, may_be_page
from kb_app.ingest.archives.digests import agrees
from kb_app.ingest.archives.expansion import left_out_of, too_many_members
from kb_app.ingest.archives.http_payload import Payload, charset_stated, kind_stated, payload_of, response_of
from kb_app.ingest.archives.member_names import shown
from kb_app.ingest.archives.warc_records import Readable, Record, records_of
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.limits import MEGABYTE, Limits
from kb_app.ingest.members import APART, MOST_MEMBERS, Member, Opened, Taken, Trouble
from kb_app.ingest.reading import limit_for

_HOLDS_PAGES = frozenset({"response", "resource", "conversion"})
_STATED = {  # what is wrong with a record, said after its name
    "warc-length": "states a length that is not its own; reading went on with the next record",
    "truncated": "has no end",
    "too-large": f"is larger than {Limits().any_kind // MEGABYTE} MB",
}


@dataclass(frozen=True, slots=True)
class _Content:
    """What a record carries, with what was said of it."""

    data: bytes
    kind: str
    encoding: str
    warnings: tuple[str, ...]


def open_warc(opened: Opened) -> Iterator[Taken]:
    """Yield the pages of an unpacked web archive, as pages_of does."""
    yield from pages_of(opened.stream, opened.name)


def pages_of(stream: Readable, name: str) -> Iterator[Taken]:
    """Yield the pages, texts and PDF documents among an archive's records, and at the end how many were left out."""
    pages = left_out = 0
    for record in records_of(stream):
        try:
            member = _page(record, name)
        except UnreadableInput as error:
            yield Trouble(f"record {record.number}", error.code, error.sentence, isinstance(error, Refused))
            continue
        if member is None:
            left_out += 1
            continue
        if pages == MOST_MEMBERS:
            yield too_many_members(name)
            return
        pages += 1
        yield member
    if left_out:
        yield left_out_of(name, left_out)


def _page(record: Record, archive: str) -> Member | None:
    """Return a record's page, None when it holds none; raises UnreadableInput."""
    content = _content(record)
    if content is None:
        if record.flaw:
            raise _flawed(record)
        return None
    if len(content.data) > limit_for(content.data, Limits()):
        raise Refused("too-large", f"The page in record {record.number} is too large.")
    address = record.fields.get("warc-target-uri", "").strip("<>")
    return Member(
        shown(address) or f"record {record.number}",
        content.data,
        content.kind,
        GivenMetadata(source_url=address if is_web_address(address) else "", encoding=content.encoding),
        Provenance(
            how="web archive",
            address=shown(address),
            captured_at=in_utc(record.fields.get("warc-date", "")),
            container=f"{archive}{APART}record {record.number}",
        ),
        warnings=(*_warnings(record), *content.warnings),
    )


def _content(record: Record) -> _Content | None:
    kind = record.fields.get("warc-type", "").lower()
    if kind not in _HOLDS_PAGES or not record.block:
        return None
    if "warc-segment-number" in record.fields:
        return None
    stated = record.fields.get("content-type", "")
    if kind_stated(stated) != "application/http":
        return _sorted_out(Payload(record.block), stated, _digest_warnings(record, record.block))
    response = response_of(record.block)
    content_type = response.fields.get("content-type", "") if response else ""
    address = record.fields.get("warc-target-uri", "").strip("<>")
    if response is None or not may_be_page(response.status, content_type, address):
        return None
    try:
        payload = payload_of(response, Limits().any_kind)
    except UnreadableInput as error:
        raise type(error)(error.code, f"Record {record.number}: {error.sentence}") from error
    warnings = _digest_warnings(record, response.body, payload.data)
    return _sorted_out(payload, content_type, warnings)


def _sorted_out(payload: Payload, content_type: str, warnings: tuple[str, ...]) -> _Content | None:
    kind = kind_of_page(payload.data, content_type)
    if not kind:
        return None
    return _Content(payload.data, kind, charset_stated(content_type), (*payload.warnings, *warnings))


def _digest_warnings(record: Record, *payloads: bytes) -> tuple[str, ...]:
    agreeing = (
        agrees(record.fields.get("warc-block-digest", ""), record.block),
        # archives disagree whether the payload is what was sent or what it becomes
        agrees(record.fields.get("warc-payload-digest", ""), *payloads),
    )
    if False not in agreeing:
        return ()
    return ("digest: the content is not what the archive's own digest says; it was changed or damaged.",)


def _warnings(record: Record) -> Iterator[str]:
    if record.flaw:
        yield f"{record.flaw}: record {record.number} {_STATED[record.flaw]}."
    if "warc-truncated" in record.fields:
        yield "truncated: the archive says that this capture is not whole."


def _flawed(record: Record) -> UnreadableInput:
    sentence = f"Record {record.number} at byte {record.offset:,} {_STATED[record.flaw]}."
    return Refused(record.flaw, sentence) if record.flaw == "too-large" else Failed(record.flaw, sentence)
