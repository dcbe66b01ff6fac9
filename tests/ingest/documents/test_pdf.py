from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_app.core.article import Article, MetadataField, PageRun
from kb_app.core.errors import Failed, Refused, UnreadableInput
from kb_app.ingest.documents import pdf as reader
from kb_app.ingest.given import GivenMetadata
from kb_app.services.distrust import check_article
from kb_app.settings import tesseract_program
from tests.ingest.documents.packages import zipped
from tests.ingest.documents.pdf_files import Extras, Page, interleaved, lines, pdf, turned, words
from tests.ingest.pages import article

TITLE = "Board votes to close the old pier"
LEFT = (
    "The harbour board of Harbury voted late on Thursday",
    "to close the old pier after an engineer of the govern-",
    "ment found that four of its beams had rotted. A self-",
    "exiled shipowner, whom the board had asked for help,",
    "did not answer its letters, the chair said.",
    "  Fishermen called the decision a quiet theft and said",
    "that their members would go to court before the end",
)
RIGHT = (
    "of the month and ask for damages. The pier was built",
    "in 1904 and has been closed twice before, when storms",
    "tore away its western end.",
    "  The work would begin in April and cost two millions,",
    "the board said in a statement on its page.",
)
BODY = (
    "The harbour board of Harbury voted late on Thursday to close the old pier after an engineer of the government"
    " found that four of its beams had rotted. A self-exiled shipowner, whom the board had asked for help, did not"
    " answer its letters, the chair said.\n\nFishermen called the decision a quiet theft and said that their members"
    " would go to court before the end of the month and ask for damages. The pier was built in 1904 and has been"
    " closed twice before, when storms tore away its western end.\n\nThe work would begin in April and cost two"
    " millions, the board said in a statement on its page."
)
HEAD = words(50, 780, TITLE, 20) + words(50, 755, "By Ann Lee") + words(50, 740, "6 May 2021")


def column(x: float, texts: tuple[str, ...], y: float = 700) -> list[bytes]:
    return [words(x + 12 * text.startswith("  "), y - 12 * n, text.strip()) for n, text in enumerate(texts)]


def check_pages(found: Article) -> None:
    check_article(found)
    for run in found.page_map:
        assert found.text[run.start : run.start + run.length].strip()
        assert run.left < run.right
        assert run.top < run.bottom
    assert all(a.start + a.length <= b.start for a, b in pairwise(found.page_map))


def run_of(found: Article, words: str) -> PageRun:
    at = found.text.index(words)
    return next(run for run in found.page_map if run.start <= at < run.start + run.length)


@pytest.mark.parametrize("mixed", [False, True], ids=["column by column", "line by line"])
def test_columns_are_read_one_after_the_other_and_words_are_joined(mixed: bool) -> None:
    left, right = column(50, LEFT), column(320, RIGHT)
    found = article(pdf(HEAD + (interleaved(left, right) if mixed else b"".join(left + right))))
    assert found.text == f"{TITLE}\n\nBy Ann Lee\n\n6 May 2021\n\n{BODY}"
    assert found.body.of(found.text) == BODY
    assert (found.metadata.byline, found.metadata.published_how) != (None, "")
    assert found.language == "en"
    check_pages(found)


def test_three_columns_below_a_heading_that_spans_them() -> None:
    texts = [tuple(f"{name} column, line {n} of the text it holds" for n in range(6)) for name in ("One", "Two", "Six")]
    columns = [column(40 + 180 * n, tuple(t[:34] for t in text)) for n, text in enumerate(texts)]
    found = article(pdf(words(40, 760, "A headline over all three of the columns", 22) + interleaved(*columns)))
    order = [found.text.index(f"{name} column, line {n}") for name in ("One", "Two", "Six") for n in range(6)]
    assert order == sorted(order)


def test_a_table_is_read_row_by_row() -> None:
    rows = [("Year", "Boats", "Catch")] + [(str(1990 + n), str(40 - n), f"{300 + n} t") for n in range(6)]
    drawing = b"".join(
        words(50 + 150 * x, 700 - 14 * y, cell) for y, row in enumerate(rows) for x, cell in enumerate(row)
    )
    found = article(pdf(words(50, 760, "The catches of Harbury", 16) + drawing))
    assert "Year\tBoats\tCatch\n1990\t40\t300 t\n1991\t39\t301 t" in found.text


def test_running_heads_and_page_numbers_are_cut_and_a_paragraph_goes_on_behind_them() -> None:
    pages = []
    for number in range(4):
        texts = (
            f"The {number + 3}th boat of the fleet came home late in the night and its crew was found to be",
            "well, the harbour master said, although the sea had been high for days and nobody had hoped that",
        )
        head = words(50, 815, "Harbury Post, 6 May 2021", 8) + words(540, 815, str(number + 11), 8)
        pages.append(head + lines(50, 740, texts))
    found = article(pdf(*pages))
    assert "Harbury Post" not in found.text
    assert found.text.count("nobody had hoped that The") == 3
    assert (found.metadata.published and found.metadata.published.edtf, found.metadata.published_how) == (
        "2021-05-06",
        "running head",
    )


def test_a_running_head_offers_the_publisher_that_it_names() -> None:
    text = "The %dth boat of the fleet came home late in the night and its crew was found to be well."
    pages = [words(50, 815, "© 2021 Harbury Post", 8) + lines(50, 740, (text % n,)) for n in range(4)]
    offered = [one for one in article(pdf(*pages)).candidates if one.how == "running head"]
    assert [(one.field.value, one.value) for one in offered] == [("publisher", "Harbury Post")]


def test_numbers_at_the_ends_of_pages_that_do_not_count_them_stay() -> None:
    pages = [lines(50, 120 if n else 740, (f"Sum of the year {n}", str(n * 17 % 11 + 40))) for n in range(4)]
    assert all(str(n * 17 % 11 + 40) in article(pdf(*pages)).text for n in range(4))


@pytest.mark.parametrize(
    ("page", "box"),
    [
        (Page(words(100, 700, "Harbury words to find", 20)), (100, 121, 842)),
        (Page(words(100, 700, "Harbury words to find", 20), crop="50 400 595 800"), (50, 79, 400)),
        (Page(words(100, 700, "Harbury words to find", 20), rotate=180), (None, 693, 842)),
        (Page(turned("0 1 -1 0 300 200", "Harbury words to find", 20), rotate=90), (200, 281, 595)),
        (Page(turned("0 -1 1 0 300 700", "Harbury words to find", 20), rotate=270), (142, 276, 595)),
        (Page(turned("0 1 -1 0 300 200", "Harbury words to find", 20)), (281, None, 842)),
    ],
    ids=["plain", "cropped", "upside down", "quarter turn", "three quarters", "upwards on an upright page"],
)
def test_boxes_are_those_of_the_page_as_it_is_shown(page: Page, box: tuple[float | None, float | None, float]) -> None:
    found = article(pdf(page))
    run = found.page_map[0]
    assert found.text == "Harbury words to find"
    left, top, depth = box
    assert left is None or run.left == pytest.approx(left, abs=2)
    assert top is None or run.top == pytest.approx(top, abs=4)
    assert run.bottom < depth
    check_pages(found)


def test_a_sentence_is_found_on_its_page() -> None:
    found = article(pdf(HEAD + lines(50, 700, LEFT), lines(50, 700, RIGHT)))
    assert run_of(found, "did not answer").page == 0
    run = run_of(found, "tore away")
    assert (run.page, run.left) == (1, 50)
    assert run.top < 842 - 700 + 24 < run.bottom + 1


def test_words_that_run_another_way_stand_below_the_text() -> None:
    side = turned("0 1 -1 0 580 200", "Printed in Harbury")
    found = article(
        pdf(lines(50, 700, ("The board met in the night and", "voted to")) + side, lines(50, 700, ("close it.",)))
    )
    assert found.text == "The board met in the night and voted to close it.\n\nPrinted in Harbury"


def test_the_record_of_a_file_fills_gaps_only() -> None:
    info = "/Title (Minutes of May) /Author (Una Stell) /CreationDate (D:20190203101500Z)"
    shown = article(pdf(HEAD + lines(50, 700, LEFT), extras=Extras(info)))
    assert shown.title == TITLE
    assert shown.metadata.published and shown.metadata.published.edtf == "2021-05-06"
    bare = article(
        pdf(
            lines(50, 700, ("The board met. It closed the pier of Harbury, and then it went home again.",)),
            extras=Extras(info),
        )
    )
    assert bare.metadata.byline and bare.metadata.byline.value == "Una Stell"
    assert bare.metadata.published and bare.metadata.published.edtf == "2019-02-03"
    assert bare.metadata.published_how == "document properties (when the file was made)"
    assert {c.field for c in bare.candidates} >= {MetadataField.TITLE, MetadataField.BYLINE, MetadataField.PUBLISHED}


def test_a_title_that_a_program_filled_in_is_not_taken() -> None:
    info = "/Title (Microsoft Word - minutes_v3.doc) /Author (Administrator)"
    found = article(pdf(lines(50, 700, LEFT), extras=Extras(info)))
    assert found.candidates == ()


def test_a_password_is_asked_for_and_an_owners_is_not() -> None:
    with pytest.raises(Refused, match="enter the password") as refused:
        article(pdf(HEAD, extras=Extras(user=b"secret")))
    assert refused.value.code == "encrypted"
    assert article(pdf(HEAD, extras=Extras(user=b""))).title == TITLE


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 nothing",
        pdf(HEAD)[:700],
        pdf(HEAD)[:40],
        pdf(),
        pdf(HEAD).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"),
    ],
    ids=["garbage", "cut short", "the beginning", "no pages", "pages in a circle"],
)
def test_a_broken_file_fails(data: bytes) -> None:
    with pytest.raises(Failed) as failed:
        article(data)
    assert failed.value.code == "corrupt"


def test_pages_that_are_pictures_are_named() -> None:
    scan = Page(b"", picture=(2, 2, b"\x00\xff\xff\x00"))
    found = article(pdf(HEAD + lines(50, 700, LEFT), scan, b"", scan, scan))
    assert [w.partition(", only")[0] for w in found.warnings] == [
        "no-text-layer: There is no text on pages 2, 4–5 of 5"
    ]


def test_a_scan_is_kept_with_a_warning_and_no_words() -> None:
    found = article(pdf(Page(b"", picture=(2, 2, b"\x00\xff\xff\x00"))))
    assert (found.text, found.title, found.read_spans()) == ("", "page", ())
    assert found.warnings[0].startswith("no-text-layer: There is no text on page 1 of 1,")
    check_article(found)


def test_words_beyond_the_edge_of_the_page_are_counted() -> None:
    found = article(pdf(Page(HEAD + words(600, 500, "Printer's mark") + lines(50, 700, LEFT))))
    assert "Printer" not in found.text
    assert found.warnings == ("outside-page: 2 words beyond the edge of the page left out.",)


def test_an_empty_page_has_no_words() -> None:
    with pytest.raises(Refused) as refused:
        article(pdf(b""))
    assert refused.value.code == "no-text"


def test_what_is_inside_is_counted_and_left_alone() -> None:
    script = b"<< /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1:9/'\\)) >>"
    names = (
        "/Names << /JavaScript << /Names [(a) 4 0 R] >> /EmbeddedFiles << /Names [(f) 5 0 R] >> >> /OpenAction 4 0 R"
    )
    stored = b"<< /Type /Filespec /F (f.txt) /EF << /F 6 0 R >> >>"
    extras = Extras(catalogue=names, objects=(script, stored, b"<< /Length 2 >>\nstream\nhi\nendstream"))
    found = article(pdf(HEAD, extras=extras))
    assert {w.partition(":")[0] for w in found.warnings} == {"embedded-files", "active-content"}


def test_a_file_that_is_an_archive_too_says_so() -> None:
    found = article(pdf(HEAD) + zipped({"a.txt": "words"}))
    assert (found.title, [w.partition(":")[0] for w in found.warnings]) == (TITLE, ["two-formats"])


def test_a_form_that_a_program_fills_says_so() -> None:
    extras = Extras(
        catalogue="/AcroForm << /Fields [] /XFA 4 0 R >>", objects=(b"<< /Length 6 >>\nstream\n<xdp/>\nendstream",)
    )
    assert [w.partition(":")[0] for w in article(pdf(HEAD, extras=extras)).warnings] == ["dynamic-form"]


def test_reading_stops_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_PAGES", 2)
    found = article(pdf(HEAD, *(lines(50, 700, LEFT) for _ in range(4))))
    assert found.warnings[-1] == "cut-short: it has 5 pages, of which only the first 2 were read."


VALID = pdf(HEAD + lines(50, 700, LEFT), lines(50, 700, RIGHT), extras=Extras("/Title (A)"))


@settings(deadline=None, max_examples=120)
@given(
    st.lists(st.tuples(st.integers(9, len(VALID) - 1), st.binary(max_size=6)), max_size=8), st.integers(9, len(VALID))
)
def test_a_damaged_file_is_read_or_fails(changes: list[tuple[int, bytes]], end: int) -> None:
    data = bytearray(VALID)
    for at, new in changes:
        data[at : at + len(new)] = new
    try:
        check_pages(article(bytes(data[:end])))
    except UnreadableInput as error:
        assert error.code


def needs_tesseract() -> None:
    if tesseract_program() is None:
        pytest.skip("needs Tesseract, which is not installed")


def scanned(drawing: bytes) -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf(drawing))
    bitmap = document[0].render(scale=3, grayscale=True)
    rows = b"".join(
        bytes(bitmap.buffer)[at * bitmap.stride : at * bitmap.stride + bitmap.width] for at in range(bitmap.height)
    )
    picture = (bitmap.width, bitmap.height, rows)
    bitmap.close()
    document.close()
    return pdf(Page(b"", picture=picture))


def test_a_scan_is_read_by_text_recognition() -> None:
    needs_tesseract()
    found = article(scanned(HEAD + lines(50, 700, LEFT)), GivenMetadata(recognise="eng"))
    assert found.title == TITLE
    assert "to close the old pier after an engineer of the government found" in found.text
    assert "text-recognised" in found.warnings[0]
    run = run_of(found, "Fishermen called")
    assert run.left == pytest.approx(62, abs=3)
    assert run.top < 842 - 640 < run.bottom + 2
    check_pages(found)


def test_recognition_in_an_unknown_language_says_so() -> None:
    needs_tesseract()
    with pytest.raises(Failed) as failed:
        article(scanned(HEAD), GivenMetadata(recognise="qqq"))
    assert failed.value.code == "recogniser"


def test_recognition_without_tesseract_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("KB_APP_TESSERACT", raising=False)
    with pytest.raises(Failed, match="Tesseract has to be installed") as failed:
        article(pdf(HEAD), GivenMetadata(recognise="eng"))
    assert failed.value.code == "no-recogniser"
