from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_app.core.article import ZoneKind
from kb_app.core.errors import Failed, Refused, UnreadableInput
from kb_app.ingest.media_type import ODT, media_type_of
from kb_app.services.distrust import check_article
from tests.ingest.documents.packages import NAMESPACES, odt, zipped
from tests.ingest.pages import PARAGRAPHS, article

TITLE = "Board votes to close the old pier"
FIRST, SECOND = PARAGRAPHS[0], PARAGRAPHS[3]
STYLES = (
    '<style:style style:name="P1" style:parent-style-name="Title"/>'
    '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
)
META = (
    "<dc:title>Minutes</dc:title><meta:initial-creator>Una Stell</meta:initial-creator>"
    "<meta:creation-date>2019-01-02T10:00:00</meta:creation-date>"
)


def t_p(words: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


BODY = (
    t_p(TITLE, "P1")
    + t_p("By Ann Lee")
    + t_p(FIRST)
    + '<text:h text:outline-level="2">A long dispute</text:h>'
    + t_p(SECOND)
)


def test_paragraphs_headings_and_the_record() -> None:
    found = article(odt(BODY, STYLES, META))
    assert media_type_of(odt(BODY)) == ODT
    assert found.text == "\n\n".join([TITLE, "By Ann Lee", FIRST, "A long dispute", SECOND])
    assert found.title == TITLE
    assert [z.span.of(found.text) for z in found.zones if z.kind is ZoneKind.SUBHEAD] == ["A long dispute"]
    assert found.metadata.published and found.metadata.published.edtf == "2019-01-02"
    assert found.metadata.published_how == "document properties (when the file was made)"
    assert [c.value for c in found.candidates if c.how.startswith("document")] == ["Minutes", "Una Stell", "2019-01-02"]


def test_blanks_tabs_and_breaks_are_those_that_are_shown() -> None:
    words = 'One\n   word <text:span> and</text:span><text:s text:c="3"/>more<text:tab/>here<text:line-break/>there'
    assert article(odt(t_p(FIRST) + t_p(words))).text.endswith("\n\nOne word and   more\there\nthere")


def test_changes_notes_comments_and_hidden_text() -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>What was deleted.</text:p></text:deletion>"
        "</text:changed-region><text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>"
    )
    body = changes + t_p(
        FIRST + "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>The report.</text:p>"
        "</text:note-body>"
        "</text:note><office:annotation><text:p>Is this so?</text:p></office:annotation>"
        '<text:span text:style-name="T1">unseen</text:span>'
    )
    body += t_p('Gone<text:hidden-paragraph text:is-hidden="true"/>') + t_p("Also gone", "T1")
    body += '<text:section text:display="none"><text:p>And this.</text:p></text:section>'
    found = article(odt(body, STYLES))
    assert found.text == f"{FIRST}\n\nThe report."
    assert [warning.partition(":")[0] for warning in found.warnings] == ["tracked-changes", "hidden-text", "comments"]
    assert "1 tracked deletion left out, 1 tracked insertion kept" in found.warnings[0]
    assert "4 hidden passages" in found.warnings[1]


def test_tables_lists_and_boxes_are_text() -> None:
    table = (("Year", "Boats"), ("1990", "4"))
    cells = [[f"<table:table-cell>{t_p(cell)}</table:table-cell>" for cell in row] for row in table]
    rows = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in cells)
    body = t_p(FIRST) + f"<table:table>{rows}</table:table>"
    body += f"<text:list><text:list-item>{t_p('An item.')}</text:list-item></text:list>"
    body += t_p(f"After it.<draw:frame><draw:text-box>{t_p('In a box.')}</draw:text-box></draw:frame>")
    assert article(odt(body)).text.split("\n\n")[1:] == ["Year\tBoats\n1990\t4", "An item.", "After it.", "In a box."]


def test_a_table_that_lays_out_a_page_keeps_its_paragraphs() -> None:
    cell = f"<table:table-cell>{t_p(FIRST)}{t_p(SECOND)}{t_p(FIRST)}</table:table-cell>"
    body = f"<table:table><table:table-row>{cell}</table:table-row></table:table>"
    assert article(odt(body)).text == "\n\n".join([FIRST, SECOND, FIRST])


def test_what_lies_outside_or_could_run_is_counted() -> None:
    picture = '<draw:frame><draw:image xlink:href="http://127.0.0.1:9/x.png"/></draw:frame>'
    parts = {"Basic/Standard/Module1.xml": "<x/>", "Object 1": b"\xd0"}
    found = article(odt(BODY + t_p(picture), STYLES, parts=parts))
    assert [warning.partition(":")[0] for warning in found.warnings] == [
        "outside-parts",
        "embedded-files",
        "active-content",
    ]


LOCKED = (
    f'<manifest:manifest {NAMESPACES}><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
    "</manifest:file-entry></manifest:manifest>"
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (odt("", parts={"META-INF/manifest.xml": LOCKED}), "encrypted"),
        (odt("", parts={"content.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}), "xml-entities"),
        (odt("", parts={"content.xml": "<x/>"}), "corrupt"),
        (odt("", parts={"content.xml": b" " * 60_000_000}), "archive-ratio"),
        (odt(BODY)[:-60], "corrupt"),
        (odt("<text:p/>"), "no-text"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "corrupt"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "unsupported-type"),
    ],
    ids=["locked", "entities", "other root", "bomb", "cut", "empty", "no content", "a spreadsheet"],
)
def test_a_bad_file_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises((Refused, Failed)) as refused:
        article(data)
    assert refused.value.code == code


ELEMENTS = ("text:p", "text:h", "text:span", "text:list", "text:list-item", "text:note", "text:note-body", "text:s")
ELEMENTS += (
    "table:table",
    "table:table-row",
    "table:table-cell",
    "draw:frame",
    "draw:text-box",
    "text:section",
    "other",
)
TREES = st.recursive(
    st.sampled_from(["words", " ", "A &amp; b", "<!-- c -->", "<?p i?>", "<text:hidden-text/>"]),
    lambda inner: st.tuples(st.sampled_from(ELEMENTS), st.lists(inner, max_size=4)).map(
        lambda tree: f"<{tree[0]}>{''.join(tree[1])}</{tree[0]}>"
    ),
    max_leaves=30,
)


@settings(deadline=None, max_examples=120)
@given(TREES)
def test_any_body_is_read_or_refused(body: str) -> None:
    try:
        check_article(article(odt(body)))
    except UnreadableInput as error:
        assert error.code == "no-text"
