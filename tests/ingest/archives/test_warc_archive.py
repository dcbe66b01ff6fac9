"""The pages of a web archive come out with address and time, whatever is wrong with its records."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import zlib

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

from kb_app.ingest.archives.warc_records import records_of
from kb_app.ingest.limits import Limits
from kb_app.ingest.media_type import GZIP, WARC
from kb_app.ingest.members import Member, Taken
from tests.ingest.archives.containers import members, survived, taken, troubles
from tests.ingest.archives.warcs import PAGE, Capture, warc, written

THREE = tuple(Capture(f"http://post.example/{n}", PAGE + b"%d" % n) for n in range(3))
ADDRESSES = [capture.address for capture in THREE]


def pages(found: list[Taken]) -> list[Member]:
    return [one for one in found if isinstance(one, Member)]


def codes(found: list[Taken]) -> list[str]:
    warned = [warning.partition(":")[0] for page in pages(found) for warning in page.warnings]
    return sorted([*warned, *(code for code in troubles(found).values() if code != "left-out")])


def with_length(data: bytes, which: int, length: bytes) -> bytes:
    places = list(re.finditer(rb"Content-Length: \d+", data))
    return data[: places[which].start()] + b"Content-Length: " + length + data[places[which].end() :]


@pytest.mark.parametrize("packed", [False, True])
def test_pages_come_with_address_time_and_encoding(packed: bool) -> None:
    [page, *_] = found = taken(warc(*THREE, packed=packed))
    assert isinstance(page, Member)
    assert (page.name, page.data, page.media_type) == (ADDRESSES[0], PAGE + b"0", "text/html")
    assert (page.given.source_url, page.given.encoding) == (ADDRESSES[0], "utf-8")
    assert (page.provenance.how, page.provenance.address) == ("web archive", ADDRESSES[0])
    assert (page.provenance.captured_at, page.provenance.container) == ("2024-03-09T10:20:30Z", "box › record 2")
    assert [one.name for one in pages(found)] == ADDRESSES
    assert troubles(found) == {"box": "left-out"}


def test_a_wholly_compressed_archive_is_read() -> None:
    assert list(members(taken(gzip.compress(warc(*THREE))))) == ADDRESSES


def test_what_is_no_page_is_counted_and_left_out() -> None:
    kinds = ("image/png", "application/javascript", "text/css", "application/json")
    data = warc(
        *(Capture(f"http://post.example/{kind}", b"var words = 1;", kind) for kind in kinds),
        Capture(status="404 Not Found"),
        Capture(status="301 Moved"),
        Capture("http://post.example/robots.txt", b"User-agent: *", "text/plain"),
        Capture("http://post.example/a.pdf", b"%PDF-1.7 words", "application/octet-stream"),
    )
    found = taken(data)
    assert list(members(found)) == ["http://post.example/a.pdf"]
    assert "8 records that are no pages" in found[-1].sentence  # type: ignore[union-attr]


def test_a_text_that_was_shown_as_one_is_taken_whatever_it_looks_like() -> None:
    text = b"From: una@stell.example\nTo: c\nSubject: Pier\nMIME-Version: 1.0\n\nWords."
    [page, *_] = taken(warc(Capture(body=text, kind="text/plain")))
    assert isinstance(page, Member) and (page.data, page.media_type) == (text, "text/plain")


def test_resource_and_conversion_records_are_pages_and_a_revisit_is_none() -> None:
    def write(writer: WARCWriter) -> None:
        for kind in ("resource", "conversion", "metadata"):
            address, page = f"http://post.example/{kind}", io.BytesIO(PAGE)
            writer.write_record(writer.create_warc_record(address, kind, page, warc_content_type="text/html"))
        again = writer.create_revisit_record("http://post.example/again", "sha1:X", "http://x.example", "2020")
        writer.write_record(again)

    assert list(members(taken(written(write)))) == ["http://post.example/resource", "http://post.example/conversion"]


@pytest.mark.parametrize("length", [b"5", b"9000", b"1000000000000", b"-1", b"many", b"99999999999999999999", b"180"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_wrong_length_costs_no_record(length: bytes, packed: bool) -> None:
    data = with_length(warc(*THREE), 2, length)
    found = taken(gzip.compress(data, mtime=0) if packed else data)
    assert members(found) == {capture.address: capture.body for capture in THREE}
    assert codes(found) == ["warc-length"]


def test_the_other_reader_loses_the_record_after_a_wrong_length() -> None:
    data = with_length(warc(*THREE), 2, b"1000")
    seen = [r.rec_headers.get_header("WARC-Target-URI") for r in ArchiveIterator(io.BytesIO(data))]
    assert ADDRESSES[2] not in seen


def test_a_record_too_large_to_hold_is_passed() -> None:
    data = warc(Capture(body=PAGE * 100), *THREE)
    found = list(records_of(io.BytesIO(data), Limits(any_kind=2000)))
    assert [record.flaw for record in found] == ["", "too-large", "", "", ""]


def test_garbage_between_records_is_told_and_passed() -> None:
    data = warc(*THREE)
    second = data.index(b"WARC/1.0", 400)
    found = taken(data[:second] + b"garbage\n" * 50_000 + data[second:])
    assert (list(members(found)), codes(found)) == (ADDRESSES, ["warc-length"])


@pytest.mark.parametrize("packed", [False, True])
def test_a_cut_archive_keeps_the_earlier_records(packed: bool) -> None:
    found = taken(warc(*THREE, packed=packed)[:-100])
    assert list(members(found)) == ADDRESSES[:2]
    assert "truncated" in codes(found)


def test_damage_to_one_packed_record_costs_that_record_alone() -> None:
    data = bytearray(warc(*THREE, packed=True))
    starts = [found.start() for found in re.finditer(b"\x1f\x8b\x08", data)]
    data[starts[2] + 60 : starts[2] + 70] = bytes(10)
    found = taken(bytes(data))
    assert [ADDRESSES[0], ADDRESSES[2]] == [page.name for page in pages(found) if page.name != ADDRESSES[1]]
    assert "corrupt" in codes(found)


def chunked(body: bytes) -> bytes:
    return b"5\r\n" + body[:5] + b"\r\n" + b"%x;note\r\n" % len(body[5:]) + body[5:] + b"\r\n0\r\n\r\n"


def deflated(body: bytes) -> bytes:
    machine = zlib.compressobj(wbits=-15)
    return machine.compress(body) + machine.flush()


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (chunked(PAGE), {"Transfer-Encoding": "chunked"}),
        (PAGE, {"Transfer-Encoding": "chunked"}),
        (gzip.compress(PAGE, mtime=0), {"Content-Encoding": "gzip"}),
        (chunked(gzip.compress(PAGE, mtime=0)), {"Transfer-Encoding": "chunked", "Content-Encoding": "x-gzip"}),
        (zlib.compress(PAGE), {"Content-Encoding": "deflate"}),
        (deflated(PAGE), {"Content-Encoding": "deflate"}),
        (brotli.compress(PAGE), {"Content-Encoding": "br"}),
        (PAGE, {"Content-Encoding": "br"}),
        (PAGE, {"Content-Encoding": "gzip"}),
        (brotli.compress(gzip.compress(PAGE, mtime=0)), {"Content-Encoding": "gzip, br"}),
    ],
)
def test_encodings_of_a_response_are_taken_off(body: bytes, fields: dict[str, str]) -> None:
    found = taken(warc(Capture(body=body, http=fields)))
    assert (list(members(found).values()), codes(found)) == ([PAGE], [])


@pytest.mark.parametrize(
    ("body", "encoding", "code"),
    [
        (b"(\xb5/\xfd words", "zstd", "method"),
        (gzip.compress(PAGE, mtime=0)[:-20], "gzip", "truncated"),
        (gzip.compress(PAGE, mtime=0)[:10] + b"\xff" * 30, "gzip", "corrupt"),
        (gzip.compress(b"<html><p>" + b"word " * 11 * 2**20, mtime=0), "gzip", "too-large"),
        (brotli.compress(b"<html><p>" + bytes(201 * 2**20), quality=1), "br", "too-large"),
    ],
)
def test_what_cannot_be_unpacked_is_told(body: bytes, encoding: str, code: str) -> None:
    assert codes(taken(warc(Capture(body=body, http={"Content-Encoding": encoding})))) == [code]


@pytest.mark.parametrize("field", ["WARC-Payload-Digest", "WARC-Block-Digest"])
def test_a_digest_that_does_not_agree_is_warned_of(field: str) -> None:
    data = warc(Capture())
    wrong = re.sub(rb"(%s: sha1:)\w{8}" % field.encode(), rb"\g<1>AAAAAAAA", data)
    assert (codes(taken(data)), codes(taken(wrong))) == ([], ["digest"])


def test_digests_in_hexadecimal_of_the_unpacked_page_agree() -> None:
    digest = "sha-256:" + hashlib.sha256(PAGE).hexdigest().upper()
    capture = Capture(
        body=gzip.compress(PAGE, mtime=0), http={"Content-Encoding": "gzip"}, warc={"WARC-Payload-Digest": digest}
    )
    assert codes(taken(warc(capture))) == []


def test_an_address_that_is_none_of_the_web_is_shown_and_not_used() -> None:
    [page, *_] = taken(warc(Capture("javascript:alert(1)\u202e")))
    assert isinstance(page, Member)
    assert (page.given.source_url, page.provenance.address) == ("", "javascript:alert(1)\\u202e")


@pytest.mark.parametrize("kind", [WARC, GZIP])
@settings(deadline=None, max_examples=120)
@given(changes=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=6), end=st.integers(0, 5000))
def test_any_damage_is_survived(kind: str, changes: list[tuple[int, int]], end: int) -> None:
    whole = warc(*THREE, Capture(body=chunked(PAGE), http={"Transfer-Encoding": "chunked"}), packed=kind == GZIP)
    data = bytearray(whole)
    for place, value in changes:
        data[place % len(data)] = value
    survived(bytes(data), kind)
    survived(whole[:end], kind)
