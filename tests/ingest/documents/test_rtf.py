from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_app.core.article import ZoneKind
from kb_app.core.errors import Failed, Refused, UnreadableInput
from kb_app.services.distrust import check_article
from tests.ingest.pages import PARAGRAPHS, article

TITLE = "Board votes to close the old pier"
FIRST, SECOND = PARAGRAPHS[0], PARAGRAPHS[3]
HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fcharset204 Times Cyr;}}"
    r"{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\s2 Title;}}"
    r"{\info{\title Minutes}{\author Una Stell}{\creatim\yr2019\mo1\dy2\hr10}{\company Unheard of}}"
)


def rtf(body: str | bytes) -> bytes:
    return HEAD.encode() + (body.encode("cp1252") if isinstance(body, str) else body) + b"}"


def test_paragraphs_headings_and_the_record() -> None:
    body = rf"\pard\s2 {TITLE}\par\pard By Ann Lee\par {FIRST}\par\pard\s1 A long dispute\par\pard {SECOND}\par"
    found = article(rtf(body))
    assert found.text == "\n\n".join([TITLE, "By Ann Lee", FIRST, "A long dispute", SECOND])
    assert found.title == TITLE
    assert [z.span.of(found.text) for z in found.zones if z.kind is ZoneKind.SUBHEAD] == ["A long dispute"]
    assert found.metadata.published and found.metadata.published.edtf == "2019-01-02"
    assert [c.value for c in found.candidates if c.how.startswith("document")] == ["Minutes", "Una Stell", "2019-01-02"]
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (rb"{\f1 \'c2\'eb\'e0\'f1\'f2\'fc}", "Власть"),
        (rb"{\f1 " + "Власть".encode("cp1251") + b"}", "Власть"),
        (rb"\u1042?\u1083?\u1072?", "Вла"),
        (rb"\uc2\u1042ab\u1083\'41\'42 end", "Вл end"),
        (rb"\uc0\u8364 5", "€5"),
        (rb"\u-10179?\u-8704?!", "😀!"),
        (rb"caf\'e9 \ldblquote x\rdblquote\emdash y\~z\-w\_v \{b\}", "café “x”—y zw-v {b}"),
        (rb"a\line b\tab c", "a\nb\tc"),
        (rb"one{\*\unknown two {three}} four", "one four"),
        (rb"a{\pict\bin4 }\}{ b}c", "ac"),
        (rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt shown}} link", "shown link"),
        (rb"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt boxed}}{\shprslt twice}}", "boxed"),
    ],
    ids=[
        "font's",
        "raw",
        "unicode",
        "two for one",
        "none for one",
        "pair",
        "signs",
        "breaks",
        "unknown",
        "bin",
        "field",
        "box",
    ],
)
def test_characters_and_groups(body: bytes, words: str) -> None:
    assert article(rtf(FIRST.encode() + rb"\par " + body)).text == f"{FIRST}\n\n{words}"


def test_a_file_of_another_code_page() -> None:
    data = rb"{\rtf1\ansi\ansicpg1251 " + "Власти закрыли старый причал в городе.".encode("cp1251") + b"}"
    assert article(data).text == "Власти закрыли старый причал в городе."
    double = rb"{\rtf1\ansi\ansicpg932 " + "".join(rf"\'{b:02x}" for b in "日本の港".encode("cp932")).encode() + b"}"
    assert article(double).text == "日本の港"


def test_hidden_deleted_and_inserted_words() -> None:
    body = rf"{FIRST}\par It is {{\deleted not }}{{\revised surely }}closed{{\v unseen}}\v also\v0 .\par"
    found = article(rtf(body))
    assert found.text == f"{FIRST}\n\nIt is surely closed."
    assert found.warnings == (
        "tracked-changes: 1 tracked deletion left out, 1 tracked insertion kept.",
        "hidden-text: 1 hidden passage left out.",
    )


def test_tables_and_notes() -> None:
    body = (
        rf"{FIRST}{{\footnote\pard The report, page 4.\par}}\par\trowd\intbl Year\cell Boats\cell\row"
        r"\trowd\intbl 1990\par more\cell 4\cell\row\pard After it.\par"
    )
    assert article(rtf(body)).text == f"{FIRST}\n\nYear\tBoats\n1990 more\t4\n\nAfter it.\n\nThe report, page 4."


def test_a_table_that_lays_out_a_page_keeps_its_paragraphs() -> None:
    body = rf"\trowd\intbl {FIRST}\par {SECOND}\par {FIRST}\cell\row\pard"
    assert article(rtf(body)).text == "\n\n".join([FIRST, SECOND, FIRST])


def test_objects_are_counted() -> None:
    found = article(rtf(rf"{FIRST}{{\object\objemb{{\*\objdata 0105}}{{\result shown}}}}"))
    assert found.warnings == ("embedded-files: 1 embedded file left closed.",)


def test_a_file_that_ends_in_the_middle_says_so() -> None:
    assert article(rtf(FIRST)[:-1]).warnings[0].startswith("cut-short")


@pytest.mark.parametrize(
    ("data", "code"),
    [(rtf("{" * 5_000), "corrupt"), (rtf(""), "no-text"), (rtf(r"a\par " * 210_000), "too-large")],
    ids=["deep", "empty", "endless"],
)
def test_a_bad_file_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises((Refused, Failed)) as refused:
        article(data)
    assert refused.value.code == code


PIECES = st.sampled_from(
    [
        b"{",
        b"}",
        rb"\par ",
        rb"\v ",
        rb"\deleted ",
        rb"\cell ",
        rb"\row ",
        rb"\*",
        rb"\u-1 ",
        rb"\u55357 ",
        rb"\uc99999 ",
        rb"\bin9 ",
    ]
    + [
        rb"\'e9",
        rb"\'",
        rb"\f1 ",
        rb"\footnote ",
        rb"\info ",
        rb"\title ",
        rb"\shptxt ",
        b"words ",
        b"\xff",
        b"\\",
        b"\x00",
    ]
    + [
        rb"\ansicpg99999 ",
        rb"\fcharset128 ",
        rb"\fonttbl ",
        rb"\stylesheet ",
        rb"\s1 ",
        rb"\intbl ",
        rb"\creatim\yr-5\mo0\dy99 ",
    ]
)


@settings(deadline=None, max_examples=200)
@given(st.lists(PIECES | st.binary(max_size=3), max_size=40).map(b"".join))
def test_any_body_is_read_or_refused(body: bytes) -> None:
    try:
        check_article(article(HEAD.encode() + body))
    except UnreadableInput as error:
        assert error.code in {"no-text", "binary"}
