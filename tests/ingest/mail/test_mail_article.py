"""The article in a mail is its text without what mails put around it."""

from __future__ import annotations

import pytest

from kb_app.core.article import Article, MetadataField, ZoneKind
from kb_app.core.errors import UnreadableInput
from kb_app.ingest.articles import decoded_source
from kb_app.ingest.mail.mail_headers import bare_subject
from kb_app.ingest.mail.message import words_of
from tests.ingest.mail.mails import PAGE, STORY, mail, read
from tests.ingest.pages import PARAGRAPHS, source

FORWARDED = """FYI, for the file.

---------- Forwarded message ---------
From: Harbury Post <news@post.example>
Date: Fri, 8 March 2024 at 07:00
Subject: Pier closed
To: Una Stell <una@stell.example>

"""
OUTLOOK = """From: Harbury Post
Sent: Friday, 8 March 2024 07:00
To: Una Stell
Subject: Pier closed

"""


def zones(article: Article, kind: ZoneKind) -> list[str]:
    return [zone.span.of(article.text) for zone in article.zones if zone.kind is kind]


def read_words(article: Article) -> str:
    return "\n".join(span.of(article.text) for span in article.read_spans())


def test_the_subject_is_the_title_and_the_date_is_the_mails() -> None:
    found = read(mail(STORY, subject="Fwd: Re: [desk] Pier closed"))
    assert found.metadata.title and (found.metadata.title.value, found.metadata.title.how) == (
        "Pier closed",
        "mail header",
    )
    assert found.metadata.published and found.metadata.published.edtf == "2024-03-09"
    assert found.metadata.published_how == "mail header"
    assert found.metadata.dateline_place and found.metadata.dateline_place.value == "Harbury"
    assert found.text.strip().startswith("HARBURY -- The harbour board")


@pytest.mark.parametrize("header", [FORWARDED, OUTLOOK])
def test_the_header_of_a_forwarded_story_is_no_part_of_it(header: str) -> None:
    found = read(mail(header + STORY, subject="Fwd: Pier closed"))
    assert read_words(found).strip() == STORY.replace("\n", "\r\n")
    [about] = zones(found, ZoneKind.METADATA)
    assert about.endswith(header.strip().splitlines()[-1])
    assert found.metadata.dateline_place and found.metadata.dateline_place.value == "Harbury"
    assert found.metadata.published and found.metadata.published.edtf == "2024-03-08"
    named = [(one.value, one.how) for one in found.candidates if one.field is MetadataField.PUBLISHER]
    assert ("Harbury Post", "forwarded header") in named and ("Una Stell", "mail header") in named


def test_a_long_answer_above_an_older_mail_stays() -> None:
    found = read(mail(STORY + "\n\n" + OUTLOOK + "Older words of another mail that nobody wants to lose."))
    assert PARAGRAPHS[0][:60] in read_words(found).replace("\r\n", " ")


@pytest.mark.parametrize(
    "end", ["-- \nUna Stell\nHarbury Post", "Sent from my telephone", "_" * 40 + "\ndesk mailing list"]
)
def test_a_signature_is_furniture(end: str) -> None:
    found = read(mail(f"{STORY}\n\n{end}\n"))
    [furniture] = zones(found, ZoneKind.BOILERPLATE)
    assert furniture.replace("\r\n", "\n") == end
    assert "telephone" not in read_words(found) and "mailing" not in read_words(found)


def test_the_richer_of_two_forms_is_read_and_is_what_offsets_refer_to() -> None:
    rich = mail("Please see the page.", PAGE)
    found = read(rich)
    assert PARAGRAPHS[1] in found.text
    original = decoded_source(source(rich.as_bytes()), found.encoding).text
    for run in found.offset_map:
        words = found.text[run.text_start : run.text_start + run.length]
        there = original[run.original_start : run.original_start + run.length]
        assert all(a == b or a.isspace() or b == "&" for a, b in zip(words, there, strict=True))
    stub = read(mail(STORY, "<html><body><p>Open in a browser.</p></body></html>"))
    assert "harbour board" in stub.text
    assert decoded_source(source(mail(STORY).as_bytes())).text == stub.text


def test_a_newsletter_names_its_publisher() -> None:
    letter = mail(page=PAGE, sender="Harbury Post Morning <n@post.example>", List_Id="Morning Letter <m.post.example>")
    found = read(letter)
    assert found.metadata.publisher and found.metadata.publisher.value == "Harbury Post Morning"
    assert found.metadata.publisher.how == "mail header"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("=?utf-8?Q?Br=C3=BCcke_zu?=", "Brücke zu"),
        ("=?utf-8?B?QnLDvGNrZQ==?= =?utf-8?Q?_zu?=", "Brücke zu"),
        ("=?utf-8?Q?Br=C3?= =?utf-8?Q?=BCcke?=", "Brücke"),
        ("=?klingon?Q?pier?= closed", "pier closed"),
        ("=?utf-8?B?!!!?= closed", "closed"),
        ("=?utf-8?Q?unended", "=?utf-8?Q?unended"),
        ("two\r\n  lines", "two lines"),
        ("Br\udcc3\udcbccke", "Brücke"),
        ("Br\udcfccke", "Brücke"),
    ],
)
def test_header_words_are_read_whatever_was_done_to_them(raw: str, words: str) -> None:
    assert words_of(raw) == words


def test_marks_before_a_subject_go() -> None:
    assert [bare_subject(s) for s in ("AW: WG: Pier", "Re[2]: Pier", "Rebuilding the pier", "Fwd:")] == [
        "Pier",
        "Pier",
        "Rebuilding the pier",
        "Fwd:",
    ]


def test_defects_are_told() -> None:
    data = (
        b"From: a@b.example\r\nTo: c\r\nSubject: Pier\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\nVGhlIHBpZXIgb2YgSGFyYnVyeSBpcyBjbG9zZWQ!\r\n"
    )
    found = read(data)
    assert "pier of Harbury" in found.text
    assert [w for w in found.warnings if w.startswith("mail-defects:") and "Boundary" in w and "Base64" in w]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"Content-Type: application/pkcs7-mime\r\n\r\nabc", "encrypted"),
        (b'Content-Type: image/png; name="a.png"\r\n\r\nabc', "no-text"),
        (b"Subject: " + b"x" * 300_000 + b"\r\n\r\nwords", "header-size"),
    ],
)
def test_a_mail_without_readable_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableInput) as refused:
        read(b"From: a@b.example\r\nTo: c\r\nMIME-Version: 1.0\r\n" + data)
    assert refused.value.code == code


@pytest.mark.parametrize("words", ["", "\n-- \n"])
def test_a_mail_that_only_brings_attachments_is_kept_for_them(words: str) -> None:
    letter = mail(subject="Fwd: Pier closed")
    letter.set_content(words)
    letter.add_attachment(STORY.encode(), maintype="text", subtype="plain", filename="story.txt")
    found = read(letter)
    assert (found.text, found.title) == ("", "Pier closed")
    assert found.metadata.published and found.metadata.published.edtf == "2024-03-09"
    assert [warning.partition(":")[0] for warning in found.warnings] == ["no-mail-text"]


def nested(depth: int) -> bytes:
    layers = (b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(depth))
    return b"From: a@b.example\r\nTo: c\r\nMIME-Version: 1.0\r\n" + b"".join(layers) + b"\r\nThe pier is closed."


def mails_in_mails(depth: int) -> bytes:
    return b"From: a@b.example\r\nTo: c\r\nMIME-Version: 1.0\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * depth


@pytest.mark.parametrize("data", [nested(3000), mails_in_mails(3000), nested(60)])
def test_parts_within_parts_are_not_followed_to_the_end(data: bytes) -> None:
    with pytest.raises(UnreadableInput) as refused:
        read(data)
    assert refused.value.code == "mime-depth"


def test_many_parts_beside_each_other_are_no_depth() -> None:
    digest = mail(STORY)
    for _ in range(80):
        digest.add_attachment(mail("Words.", "<p>Words.</p>"))
    assert "harbour board" in read(digest).text


def test_twenty_thousand_receivers_take_no_time() -> None:
    many = ", ".join(f"a{n}@b.example" for n in range(15_000))
    assert (
        "harbour"
        in read(
            b"From: a@b.example\r\nTo: " + many.encode()[:200_000] + b"\r\nSubject: P\r\n\r\n" + STORY.encode()
        ).text
    )
