from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_app.core.article import Article, ZoneKind
from kb_app.core.errors import Failed, Refused, UnreadableInput
from kb_app.ingest.media_type import DOCX, ZIP, media_type_of
from kb_app.services.distrust import check_article
from tests.ingest.documents.packages import W, core, docx, relations, w_p, zipped
from tests.ingest.pages import PARAGRAPHS, article

TITLE = "Board votes to close the old pier"
FIRST, SECOND = PARAGRAPHS[0], PARAGRAPHS[3]
BODY = (
    w_p(TITLE, "Titel") + w_p("By Ann Lee") + w_p("6 May 2021") + w_p(FIRST) + w_p("A long dispute", "H2") + w_p(SECOND)
)
NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
NOTES = (
    f'<w:footnotes {W}><w:footnote w:type="separator" w:id="1">{w_p("----")}</w:footnote>'
    f'<w:footnote w:id="2">{w_p("The report of the engineer, page 4.")}</w:footnote></w:footnotes>'
)


def codes(found: Article) -> list[str]:
    return [warning.partition(":")[0] for warning in found.warnings]


def test_paragraphs_headings_and_the_lines_about_the_article_are_told_apart() -> None:
    found = article(docx(BODY, {"docProps/core.xml": core("Minutes", "Una Stell", "2019-01-02T10:00:00Z")}))
    assert found.text == "\n\n".join([TITLE, "By Ann Lee", "6 May 2021", FIRST, "A long dispute", SECOND])
    assert found.title == TITLE
    assert found.metadata.byline and found.metadata.byline.value == "Ann Lee"
    assert found.metadata.published and found.metadata.published.edtf == "2021-05-06"
    assert found.metadata.dateline_place and found.metadata.dateline_place.value == "Harbury"
    assert [z.span.of(found.text) for z in found.zones if z.kind is ZoneKind.SUBHEAD] == ["A long dispute"]
    assert (found.language, found.encoding, found.warnings) == ("en", "", ())
    assert [c.value for c in found.candidates if c.how.startswith("document")] == ["Minutes", "Una Stell", "2019-01-02"]


def test_the_day_when_the_file_was_made_is_the_last_to_be_believed() -> None:
    found = article(docx(w_p(FIRST) + w_p(SECOND), {"docProps/core.xml": core("", "", "2019-01-02T10:00:00Z")}))
    assert found.metadata.published and found.metadata.published.edtf == "2019-01-02"
    assert found.metadata.published_how == "document properties (when the file was made)"


def test_tracked_changes_are_counted_what_was_deleted_is_left_out() -> None:
    runs = (
        '<w:del w:id="1"><w:r><w:delText>not </w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t xml:space="preserve">surely </w:t></w:r></w:ins><w:r><w:t>closed.</w:t></w:r>'
    )
    gone = "<w:del><w:p><w:r><w:t>A paragraph that is gone.</w:t></w:r></w:p></w:del>"
    found = article(docx(w_p(FIRST) + w_p("The pier is ", runs=runs) + gone))
    assert found.text.endswith("\n\nThe pier is surely closed.")
    assert found.warnings == ("tracked-changes: 2 tracked deletions left out, 1 tracked insertion kept.",)


def test_a_deleted_end_of_a_paragraph_joins_it_to_the_next() -> None:
    mark = (
        "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>One half </w:t></w:r></w:p>"
    )
    assert article(docx(w_p(FIRST) + mark + w_p("and the other."))).text.endswith("\n\nOne half and the other.")


def test_hidden_text_is_left_out_and_counted() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r>"
    shown = "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>seen</w:t></w:r>"
    found = article(docx(w_p(FIRST) + w_p("Words ", runs=hidden + shown) + w_p("A hidden paragraph.", "Unseen")))
    assert found.text == f"{FIRST}\n\nWords seen"
    assert found.warnings == ("hidden-text: 2 hidden passages left out.",)


def test_tables_notes_and_boxes_are_text() -> None:
    cells = "".join(
        f"<w:tr><w:tc>{w_p(a)}</w:tc><w:tc>{w_p(b)}</w:tc></w:tr>" for a, b in (("Year", "Boats"), ("1990", "4"))
    )
    box = f"<w:r><w:drawing><w:txbxContent>{w_p('Words in a box.')}</w:txbxContent></w:drawing></w:r>"
    body = w_p(FIRST, runs=NOTE) + f"<w:tbl>{cells}</w:tbl>" + w_p("After it.", runs=box)
    found = article(docx(body, {"word/footnotes.xml": NOTES}))
    assert found.text.split("\n\n")[1:] == [
        "Year\tBoats\n1990\t4",
        "After it.",
        "Words in a box.",
        "The report of the engineer, page 4.",
    ]


def test_a_table_that_lays_out_a_page_keeps_its_paragraphs() -> None:
    body = f"<w:tbl><w:tr><w:tc>{w_p('Menu')}</w:tc><w:tc>{w_p(FIRST)}{w_p(SECOND)}{w_p(FIRST)}</w:tc></w:tr></w:tbl>"
    assert article(docx(body)).text == "\n\n".join(["Menu", FIRST, SECOND, FIRST])


def test_of_two_forms_of_a_thing_one_is_read() -> None:
    forms = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:Choice><w:r><w:t>new form</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>old form</w:t></w:r></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    assert article(docx(w_p(FIRST) + w_p("The ", runs=forms))).text.endswith("The new form")


def test_what_lies_outside_or_could_run_is_counted_and_left_alone() -> None:
    parts = {
        "word/_rels/document.xml.rels": relations(
            ("image", "http://127.0.0.1:9/x.png", "External"), ("hyperlink", "https://post.example/", "External")
        ),
        "word/_rels/settings.xml.rels": relations(("attachedTemplate", "file:///etc/passwd", "External")),
        "word/vbaProject.bin": b"\xd0\xcf",
        "word/embeddings/oleObject1.bin": b"\xd0\xcf",
        "word/comments.xml": f"<w:comments {W}><w:comment>{w_p('Is this so?')}</w:comment></w:comments>",
    }
    main = "application/vnd.ms-word.document.macroEnabled.main+xml"
    found = article(docx(BODY + '<w:altChunk xmlns:r="r" r:id="r9"/>', parts, main))
    assert codes(found) == ["comments", "outside-parts", "embedded-files", "other-parts", "active-content"]
    assert "2 parts outside" in found.warnings[1]
    assert "Is this so" not in found.text


BOMB = "<!DOCTYPE w:document [<!ENTITY a 'aaaa'>]>"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (
            docx("", {"word/document.xml": f"{BOMB}<w:document {W}><w:body>{w_p('&a;')}</w:body></w:document>"}),
            "xml-entities",
        ),
        (
            docx("", {"word/document.xml": f"<!DOCTYPE x SYSTEM 'file:///etc/passwd'><w:document {W}/>"}),
            "xml-entities",
        ),
        (docx("", {"word/document.xml": f"<w:document {W}><w:body>{'<w:ins>' * 3000}"}), "corrupt"),
        (docx("", {"word/document.xml": f"<w:document {W} a='{'x' * 11_000_000}'><w:body/></w:document>"}), "corrupt"),
        (docx("", {"word/document.xml": b"\x00" * 60_000_000}), "archive-ratio"),
        (docx(BODY, main="text/plain"), "corrupt"),
        (docx("", {"word/document.xml": "<other/>"}), "corrupt"),
        (docx(w_p("a") * 210_000), "too-large"),
        (docx(BODY)[:-60], "corrupt"),
        (docx(w_p("")), "no-text"),
    ],
    ids=[
        "entities",
        "external DTD",
        "deep",
        "long attribute",
        "bomb",
        "wrong type",
        "wrong root",
        "endless",
        "cut",
        "empty",
    ],
)
def test_a_bad_file_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises((Refused, Failed)) as refused:
        article(data)
    assert refused.value.code == code


def test_a_missing_part_is_named() -> None:
    whole = {"[Content_Types].xml": "<Types/>", "word/other.xml": "<x/>"}
    with pytest.raises(Failed, match="does not say that it is a Word document"):
        article(zipped(whole))


def test_an_archive_that_holds_a_document_is_no_document() -> None:
    assert media_type_of(docx(BODY)) == DOCX
    assert media_type_of(zipped({"a.docx": docx(BODY), "word/list.txt": "x"})) == ZIP
    assert media_type_of(zipped({"password/list.txt": "x"})) == ZIP


VALID = docx(
    BODY + w_p("x", runs=NOTE), {"word/footnotes.xml": NOTES, "docProps/core.xml": core("A", "B", "2020-01-01")}
)
ELEMENTS = (
    "p",
    "r",
    "tbl",
    "tr",
    "tc",
    "del",
    "ins",
    "sdt",
    "sdtContent",
    "txbxContent",
    "drawing",
    "hyperlink",
    "pPr",
    "rPr",
)
LEAVES = [
    "<w:t>words</w:t>",
    "<w:br/>",
    "<w:altChunk/>",
    "<w:vanish/>",
    "<w:pStyle w:val='H'/>",
    "<!-- c -->",
    "<?pi x?>",
]
LEAVES += ["<w:outlineLvl w:val='1'/>", "<w:footnoteReference/>", "<w:trPr><w:del/></w:trPr>", "<x>&#65;</x>"]
TREES = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.tuples(st.sampled_from(ELEMENTS), st.lists(inner, max_size=4)).map(
        lambda tree: f"<w:{tree[0]}>{''.join(tree[1])}</w:{tree[0]}>"
    ),
    max_leaves=30,
)


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.tuples(st.integers(0, len(VALID) - 1), st.binary(max_size=4)), max_size=6), st.integers(30, len(VALID))
)
def test_a_damaged_file_is_read_or_refused(changes: list[tuple[int, bytes]], end: int) -> None:
    data = bytearray(VALID)
    for at, new in changes:
        data[at : at + len(new)] = new
    try:
        check_article(article(bytes(data[:end])))
    except UnreadableInput as error:
        assert error.code


@settings(deadline=None, max_examples=100)
@given(TREES)
def test_any_body_is_read_or_refused(body: str) -> None:
    try:
        check_article(article(docx(body)))
    except UnreadableInput as error:
        assert error.code == "no-text"
