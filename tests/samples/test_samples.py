"""The bundled sample is whole, invented and dated, as its README says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from lxml import etree, html

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
PAGES = sorted(SAMPLES.glob("*.html"))
TEXTS = sorted(SAMPLES.glob("*.txt"))
ARTICLES = PAGES + TEXTS

# The vocabulary's name, not a place to fetch anything from: JSON-LD cannot be written without it.
VOCABULARY = "schema.org"
HOST = re.compile(r"(?:https?:|(?<=[\"'(=\s]))//([\w.-]+)", re.ASCII)
NAKED_HOST = re.compile(r"\b(?:www\.|[\w.+-]+@)[\w-]+(?:\.[\w-]+)*\.([a-z]+)\b", re.ASCII)

MONTH = ["January", "February", "March", "April", "May", "June", "July"]
MONTH += ["August", "September", "October", "November", "December"]
DAY_FIRST = re.compile(rf"\b(\d\d?) ({'|'.join(MONTH)}) (\d{{4}})\b")
MONTH_FIRST = re.compile(rf"\b({'|'.join(MONTH)}) (\d\d?),? (\d{{4}})\b")
NUMERIC = re.compile(r"\b(\d\d)\.(\d\d)\.(\d{4})\b")


def decoded(path: Path) -> str:
    """Return a sample's text in the encoding that it declares, else UTF-8."""
    raw = path.read_bytes()
    return raw.decode("windows-1252" if b"charset=windows-1252" in raw else "utf-8")


def visible_text(path: Path) -> str:
    """Return what a reader of the sample sees."""
    if path.suffix == ".txt":
        return decoded(path)
    tree = html.fromstring(decoded(path))
    etree.strip_elements(tree, "script", "style", "head", with_tail=False)
    return "".join(map(str, tree.itertext()))


def dates_in(text: str) -> list[date]:
    """Return the full calendar dates written in the text, each form's in order."""
    found = [date(int(y), MONTH.index(m) + 1, int(d)) for d, m, y in DAY_FIRST.findall(text)]
    found += [date(int(y), MONTH.index(m) + 1, int(d)) for m, d, y in MONTH_FIRST.findall(text)]
    return found + [date(int(y), int(m), int(d)) for d, m, y in NUMERIC.findall(text)]


def names(paths: list[Path]) -> list[str]:
    """Return the files' names, to label the cases of a test."""
    return [path.name for path in paths]


def test_there_are_seven_pages_and_five_texts() -> None:
    assert (len(PAGES), len(TEXTS)) == (7, 5)


def test_the_readme_lists_every_article_and_no_other() -> None:
    listed = re.findall(r"^\| `([\w-]+\.(?:html|txt))`", (SAMPLES / "README.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(names(ARTICLES))


@pytest.mark.parametrize("path", ARTICLES, ids=names(ARTICLES))
def test_file_names_are_short_and_kebab(path: Path) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", path.stem)
    assert len(path.name) <= 40


@pytest.mark.parametrize("path", ARTICLES, ids=names(ARTICLES))
def test_every_address_is_on_a_reserved_domain(path: Path) -> None:
    text = decoded(path)
    hosts = [host for host in HOST.findall(text) if host != VOCABULARY]
    assert [host for host in hosts if not host.endswith(".example")] == []
    assert set(NAKED_HOST.findall(text)) <= {"example"}


@pytest.mark.parametrize("path", PAGES, ids=names(PAGES))
def test_every_page_is_a_whole_saved_page_with_one_headline(path: Path) -> None:
    tree = html.document_fromstring(decoded(path))
    (headline,) = tree.iter("h1")
    (title,) = tree.iter("title")
    assert len((headline.text or "").split()) >= 4
    assert (headline.text or "") in (title.text or "")
    assert decoded(path).rstrip().endswith("</html>")
    assert len(list(tree.iter("a"))) >= 8, "a saved page has links round its story"


@pytest.mark.parametrize("path", TEXTS, ids=names(TEXTS))
def test_every_text_starts_with_a_title_before_its_body(path: Path) -> None:
    head = [block for block in decoded(path).split("\n\n") if block][:3]
    titles = [block for block in head if 5 <= len(block.split()) <= 14 and not block.endswith(".")]
    assert titles


@pytest.mark.parametrize("path", ARTICLES, ids=names(ARTICLES))
def test_every_article_states_a_date_within_the_two_weeks(path: Path) -> None:
    first = dates_in(visible_text(path))[0]
    assert date(2025, 3, 3) <= first <= date(2025, 3, 16)


@pytest.mark.parametrize("path", ARTICLES, ids=names(ARTICLES))
def test_every_article_has_the_length_of_a_news_story(path: Path) -> None:
    assert 250 <= len(visible_text(path).split()) <= 700


def test_the_story_spans_two_weeks() -> None:
    published = {dates_in(visible_text(path))[0] for path in ARTICLES}
    assert (min(published), max(published)) == (date(2025, 3, 3), date(2025, 3, 16))


def test_the_reprints_carry_the_sentences_of_their_original() -> None:
    original = visible_text(SAMPLES / "radio-estuary-minister-dismissed.html")
    sentence = "The ministry’s figure is not a mistake. It is a choice."
    assert sentence in original
    assert sentence in visible_text(SAMPLES / "lutarka-herald-korvath-dismissed.html")
    assert sentence.replace("’", "'") in visible_text(SAMPLES / "inland-monitor-reprint.txt")


def test_the_sample_holds_two_spellings_two_namesakes_and_two_counts() -> None:
    everything = "\n".join(map(visible_text, ARTICLES))
    for wanted in ("Gennady Korvath", "Hennadiy Korvat (Геннадий Корват)", "Taras Orlenko", "Nina Orlenko"):
        assert wanted in everything
    assert "43 people" in everything
    assert "117 people" in everything
