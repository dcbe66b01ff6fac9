"""A mail comes out whole, and its attachments as sources of their own that know their mail."""

from __future__ import annotations

import hashlib
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_app.core.errors import UnreadableInput
from kb_app.ingest.articles import to_article
from kb_app.ingest.media_type import MAIL, WEB_PAGE_ARCHIVE, media_type_of
from kb_app.ingest.members import Member, Taken
from tests.ingest.archives.containers import survived, taken, troubles
from tests.ingest.mail.mails import PAGE, STORY, mail
from tests.ingest.pages import source


def with_attachments() -> EmailMessage:
    message = mail(STORY, PAGE)
    message.add_attachment(b"%PDF-1.7 words", maintype="application", subtype="pdf", filename="../Übersicht.pdf")
    message.add_attachment("Notes of Una Stell.", filename="notes.txt")
    message.add_attachment(mail("An older mail.", subject="Older"))
    return message


def members(found: list[Taken]) -> list[Member]:
    return [one for one in found if isinstance(one, Member)]


def test_the_mail_comes_first_and_then_what_is_attached() -> None:
    data = with_attachments().as_bytes()
    assert media_type_of(data) == MAIL
    whole, report, notes, older = members(taken(data))
    assert (whole.data, whole.is_whole, whole.media_type) == (data, True, MAIL)
    assert (report.name, report.data, report.media_type) == ("../Übersicht.pdf", b"%PDF-1.7 words", "application/pdf")
    assert report.warnings[0].startswith("member-name:")
    assert notes.data.strip() == b"Notes of Una Stell."
    assert (older.media_type, older.is_whole) == (MAIL, True)
    assert older.name == "Older" and b"Subject: Older" in older.data
    for one in (report, notes, older):
        assert (one.provenance.how, one.provenance.parent_sha256) == ("attachment", hashlib.sha256(data).hexdigest())
    assert notes.provenance.container == "box › notes.txt"


def test_what_is_attached_to_an_attached_mail_knows_that_mail() -> None:
    inner = mail("An older mail.", subject="Older")
    inner.add_attachment("Notes of Una Stell.", filename="notes.txt")
    outer = mail(STORY)
    outer.add_attachment(inner)
    _, older, notes = members(taken(outer.as_bytes()))
    assert notes.provenance.parent_sha256 == hashlib.sha256(older.data).hexdigest()
    assert notes.provenance.container == "box › Older › notes.txt"


def test_embedded_pictures_and_signatures_are_left_out() -> None:
    message = mail(STORY)
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", cid="<logo>", disposition="inline")
    message.add_attachment(b"x", maintype="application", subtype="pgp-signature", filename="signature.asc")
    assert [one.is_whole for one in members(taken(message.as_bytes()))] == [True]


def test_what_outlook_packed_is_told() -> None:
    message = mail(STORY)
    message.add_attachment(b'x\x9f>"', maintype="application", subtype="ms-tnef", filename="winmail.dat")
    [whole] = members(taken(message.as_bytes()))
    assert whole.warnings[0].startswith("winmail:")


def test_a_second_text_that_says_something_is_a_source_of_its_own() -> None:
    message = mail(STORY)
    message.add_attachment("A short note.", disposition="inline")
    message.add_attachment("The second text says enough to be kept. " * 5, disposition="inline")
    whole, second = members(taken(message.as_bytes()))
    assert second.data.startswith(b"The second text")


def test_a_mail_in_a_container_says_where_it_was() -> None:
    [whole] = members(taken(mail(STORY).as_bytes()))
    assert (whole.name, whole.provenance.container) == ("box", "box")


def test_a_mail_nested_too_deeply_is_refused() -> None:
    layers = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3000))
    with pytest.raises(UnreadableInput) as refused:
        taken(b"From: a@b.example\r\nTo: c\r\nMIME-Version: 1.0\r\n" + layers)
    assert refused.value.code == "mime-depth"


WHOLE = with_attachments().as_bytes()
HEADERS = st.sampled_from(
    [b"Content-Type", b"Content-Disposition", b"Content-Transfer-Encoding", b"Subject", b"From", b"Date", b"List-Id"]
)
VALUES = st.binary(max_size=60) | st.sampled_from(
    [b"multipart/mixed; boundary=", b"text/html; charset*0*=x'y'%zz; charset*1=q", b"message/rfc822", b"base64"]
    + [b"attachment; filename*=utf-8''%ff%fe", b"x-uuencode", b"=?utf-7?q?+AGE-?=", b"Tue, 99 Foo 99999 99:99:99 +9999"]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(HEADERS, VALUES), max_size=6), st.binary(max_size=200))
def test_any_header_is_survived(headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    data = b"From: a@b.example\r\nTo: c\r\n" + b"".join(b"%s: %s\r\n" % header for header in headers) + b"\r\n" + body
    for kind in (MAIL, WEB_PAGE_ARCHIVE):
        survived(data, kind)
    article_or_refusal(data)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=8), st.integers(0, len(WHOLE)))
def test_any_damage_is_survived(changes: list[tuple[int, int]], end: int) -> None:
    data = bytearray(WHOLE)
    for place, value in changes:
        data[place] = value
    for damaged in (bytes(data), WHOLE[:end]):
        survived(damaged, MAIL)
        article_or_refusal(damaged)


def article_or_refusal(data: bytes) -> None:
    try:
        found = to_article(source(data or b" "))
    except UnreadableInput as error:
        assert error.code
        return
    assert found.body.end <= len(found.text)
    assert all(zone.span.end <= len(found.text) for zone in found.zones)
    found.text.encode("utf-8")


def test_a_mail_of_the_other_kinds_is_told_by_its_content() -> None:
    assert troubles(taken(mail(STORY).as_bytes())) == {}
    assert media_type_of(b"From: the desk\nDate: today\nSubject: pier\n\nA printed text.") == "text/plain"
    assert media_type_of(b"Warning: the pier is closed.\nNote: it rains.\n") == "text/plain"
