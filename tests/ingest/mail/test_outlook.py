"""A mail that Outlook saved is read like any other, and other files of that kind stay refused."""

from __future__ import annotations

import hashlib
import random
from datetime import UTC, datetime

import pytest

from kb_app.core.article import SourceFile
from kb_app.core.errors import UnreadableInput
from kb_app.ingest.articles import decoded_source, to_article
from kb_app.ingest.media_type import MAIL, OLE_STORAGE, OUTLOOK_MAIL, media_type_of
from kb_app.ingest.members import Member
from tests.ingest.archives.containers import survived, taken, troubles
from tests.ingest.mail.mails import PAGE, STORY
from tests.ingest.mail.outlook_files import Tree, outlook, properties, storage, text, ticks
from tests.ingest.pages import PARAGRAPHS

SENT = ticks(datetime(2024, 3, 9, 9, 20, 30, tzinfo=UTC))
PDF = b"%PDF-1.7 " + b"words " * 1000
ATTACHED: Tree = {
    "__attach_version1.0_#00000000": {
        "__properties_version1.0": properties(8),
        "__substg1.0_3707001F": text("report.pdf"),
        "__substg1.0_37010102": PDF,
    },
    "__attach_version1.0_#00000001": {
        "__properties_version1.0": properties(8),
        "__substg1.0_3704001F": text("older"),
        "__substg1.0_3701000D": {
            "__properties_version1.0": properties(24, p0039=ticks(datetime(2024, 2, 1, 8, 0, tzinfo=UTC))),
            "__substg1.0_0037001F": text("Older"),
            "__substg1.0_1000001F": text(f"An older story.\r\n\r\n{STORY}"),
            "__substg1.0_0C1A001F": text("Jan Bürk"),
            "__attach_version1.0_#00000000": {
                "__properties_version1.0": properties(8),
                "__substg1.0_3707001F": text("map.txt"),
                "__substg1.0_37010102": b"The map of the harbour.",
            },
        },
    },
    "__attach_version1.0_#00000002": {
        "__properties_version1.0": properties(8, p7FFE=1),
        "__substg1.0_3712001F": text("logo"),
        "__substg1.0_37010102": b"\x89PNG",
    },
    "__attach_version1.0_#00000003": {
        "__properties_version1.0": properties(8),
        "__substg1.0_3704001F": text("sheet"),
        "__substg1.0_3701000D": {"Workbook": b"cells"},
    },
}
WORDS: Tree = {
    "__substg1.0_0037001F": text("FW: Pier closed"),
    "__substg1.0_1000001F": text(STORY),
    "__substg1.0_0C1A001F": text("Una Stell"),
}
WHOLE = outlook({**WORDS, **ATTACHED}, p0039=SENT)


def read(data: bytes) -> SourceFile:
    return SourceFile("a.msg", data, "", OUTLOOK_MAIL)


def test_the_text_is_read_with_what_the_properties_say() -> None:
    assert media_type_of(WHOLE) == OLE_STORAGE
    found = to_article(read(WHOLE))
    assert found.text == STORY == decoded_source(read(WHOLE)).text
    assert (found.title, found.metadata.published_how) == ("Pier closed", "mail header")
    assert found.metadata.published and found.metadata.published.edtf == "2024-03-09"
    assert [one.value for one in found.candidates if one.field == "byline"] == ["Una Stell"]


def test_the_headers_as_they_were_received_go_first() -> None:
    headers = (
        "Microsoft Mail Internet Headers Version 2.0\r\nDate: Fri, 8 Mar 2024 07:00:00 +0100\r\n"
        "From: =?utf-8?Q?Jan_B=C3=BCrk?= <j@b.example>\r\n"
    )
    found = to_article(read(outlook({**WORDS, "__substg1.0_007D001F": text(headers)}, p0039=SENT)))
    assert found.metadata.published and found.metadata.published.edtf == "2024-03-08"
    assert [one.value for one in found.candidates if one.field == "byline"] == ["Jan Bürk"]


def test_a_page_is_read_in_its_code_page() -> None:
    page = PAGE.replace("Ilse", "Жанна").encode("cp1251")
    found = to_article(read(outlook({"__substg1.0_10130102": page}, p3FDE=1251)))
    assert "Жанна Marrow" in found.text and PARAGRAPHS[1][-30:] in found.text


def test_narrow_strings_are_read_in_their_code_page() -> None:
    data = outlook({"__substg1.0_1000001E": "Мост в Харбури закрыт.".encode("cp1251")}, p3FFD=1251)
    assert to_article(read(data)).text == "Мост в Харбури закрыт."


def test_what_is_attached_comes_out_also_a_mail_with_what_is_attached_to_it() -> None:
    found = taken(WHOLE)
    whole, report, older, map_ = [one for one in found if isinstance(one, Member)]
    assert (whole.media_type, whole.is_whole, whole.data) == (OUTLOOK_MAIL, True, WHOLE)
    assert (report.name, report.data, report.provenance.how) == ("report.pdf", PDF, "attachment")
    assert (older.name, older.media_type, older.is_whole) == ("older.eml", MAIL, True)
    assert older.provenance.parent_sha256 == report.provenance.parent_sha256
    assert (map_.name, map_.data) == ("map.txt", b"The map of the harbour.")
    assert map_.provenance.parent_sha256 == hashlib.sha256(older.data).hexdigest()
    assert [warning.partition(":")[0] for warning in older.warnings] == ["rebuilt"]
    assert troubles(found) == {"sheet": "unsupported-type"}


def test_an_attached_mail_is_rebuilt_to_the_same_bytes_and_reads_like_any() -> None:
    first, second = ([one for one in taken(WHOLE) if isinstance(one, Member)][2] for _ in range(2))
    assert first.data == second.data
    found = to_article(SourceFile(first.name, first.data, "", MAIL))
    assert found.title == "Older" and "harbour board" in found.text
    assert found.metadata.published and found.metadata.published.edtf == "2024-02-01"
    assert [one.value for one in found.candidates if one.field == "byline"] == ["Jan Bürk"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (storage({"WordDocument": b"words" * 2000}), "unsupported-type"),
        (WHOLE[:700], "corrupt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "corrupt"),
    ],
)
def test_other_files_of_the_kind_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableInput) as refused:
        taken(data)
    assert refused.value.code == code


def test_a_mail_without_text_is_refused() -> None:
    with pytest.raises(UnreadableInput) as refused:
        to_article(read(outlook({"__substg1.0_0037001F": text("Pier")})))
    assert refused.value.code == "no-text"


def test_a_mail_that_only_brings_attachments_is_kept_for_them() -> None:
    found = to_article(read(outlook({"__substg1.0_0037001F": text("Pier"), **ATTACHED})))
    assert (found.text, found.title, found.warnings[0].partition(":")[0]) == ("", "Pier", "no-mail-text")


def test_any_damage_is_survived() -> None:
    chance = random.Random(4)
    for _ in range(150):
        data = bytearray(WHOLE)
        for _ in range(chance.randint(1, 12)):
            # most of what can go wrong lies in the header, the table of chains and the directory
            place = chance.randrange(len(data)) if chance.random() < 0.5 else chance.randrange(1024)
            data[place] = chance.randrange(256)
        survived(bytes(data), OLE_STORAGE)
        try:
            to_article(read(bytes(data)))
        except UnreadableInput as error:
            assert error.code
