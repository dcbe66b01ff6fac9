"""The web archives in a WACZ are read where they lie, and held against the list of the files."""

from __future__ import annotations

import hashlib
import json
import zipfile

import pytest

from kb_app.ingest.media_type import WACZ, media_type_of
from kb_app.ingest.members import Member
from tests.ingest.archives.containers import members, survived, taken, troubles, zipped
from tests.ingest.archives.warcs import Capture, warc

ADDRESS = "http://post.example/pier"
CRAWL = "archive/crawl.warc.gz"
PACKED = warc(Capture(ADDRESS), packed=True)


def package(**digests: str) -> tuple[str, bytes]:
    listed = [{"name": "x", "path": path, "hash": digest, "bytes": 1} for path, digest in digests.items()]
    return "datapackage.json", json.dumps({"profile": "data-package", "resources": listed}).encode()


def sha256(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def wacz(*more: tuple[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    return zipped((CRAWL, PACKED), ("pages/pages.jsonl", b"{}"), *more, method=method)


def warnings_of(data: bytes) -> list[str]:
    return [warning.partition(":")[0] for one in taken(data) if isinstance(one, Member) for warning in one.warnings]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_pages_come_out_with_the_whole_way_to_them(method: int) -> None:
    data = wacz(package(**{CRAWL: sha256(PACKED)}), method=method)
    assert media_type_of(data) == WACZ
    [page, left_out] = taken(data)
    assert isinstance(page, Member)
    assert (page.name, page.warnings, left_out.name) == (ADDRESS, (), f"box › {CRAWL}")
    assert page.provenance.container == f"box › {CRAWL} › record 2"


def test_the_list_may_come_first_and_archives_may_be_plain() -> None:
    data = zipped(package(), ("archive/a.warc", warc(Capture(ADDRESS))), ("archive/b.warc.gz", PACKED))
    assert media_type_of(data) == WACZ
    assert [one.name for one in taken(data) if isinstance(one, Member)] == [ADDRESS, ADDRESS]


def test_a_digest_that_does_not_agree_is_warned_of() -> None:
    assert warnings_of(wacz(package(**{CRAWL: sha256(b"other")}))) == ["hash-mismatch"]
    assert warnings_of(wacz(package(**{"crawl.warc.gz": sha256(b"other")}))) == ["hash-mismatch"]
    listed = package(**{CRAWL: sha256(PACKED)})
    seal = ("datapackage-digest.json", json.dumps({"path": "datapackage.json", "hash": sha256(b"other")}).encode())
    assert warnings_of(wacz(listed, seal)) == ["hash-mismatch"]


def test_a_missing_or_damaged_list_is_warned_of() -> None:
    assert warnings_of(wacz()) == ["package-missing"]
    assert warnings_of(wacz(("datapackage.json", b"{"))) == ["package-damaged"]
    assert warnings_of(wacz(("datapackage.json", b'{"resources": [1, {"path": 2}, null]}'))) == []


def test_a_file_that_lies_elsewhere_is_told_and_not_fetched() -> None:
    found = taken(wacz(package(**{"https://other.example/crawl.warc.gz": "", CRAWL: sha256(PACKED)})))
    assert troubles(found)["https://other.example/crawl.warc.gz"] == "remote-path"
    assert list(members(found)) == [ADDRESS]


def test_a_damaged_archive_inside_costs_that_archive_alone() -> None:
    broken = ("archive/b.warc.gz", b"\x1f\x8b\x08 nothing")
    found = taken(zipped(package(), broken, ("archive/c.warc", b"words"), (CRAWL, PACKED), method=zipfile.ZIP_STORED))
    assert list(members(found)) == [ADDRESS]
    assert troubles(found)["archive/b.warc.gz"] == "corrupt"
    assert troubles(found)["archive/c.warc"] == "unsupported-type"


def test_an_archive_of_one_stretch_of_zeros_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb_app.ingest.archives.expansion.RATIO_WATCHED_FROM", 2**20)
    bomb = ("archive/a.warc", b"WARC/1.0\r\n" + bytes(2**24))
    assert troubles(taken(zipped(package(), bomb)))["archive/a.warc"] == "archive-ratio"


def test_any_cut_is_survived() -> None:
    data = wacz(package())
    for end in range(0, len(data), 37):
        survived(data[:end] + data[end + 5 :], WACZ)
