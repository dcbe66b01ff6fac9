"""The help in the program hangs together: pages, links, commands, the sample it speaks of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb_app.cli.commands import COMMANDS as PROGRAM
from kb_app.cli.entry import WINDOW_HELP

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "resources" / "help").glob("*.md"))
MAX_WORDS = 600
COMMANDS = {
    *("import", "annotate", "card", "timeline", "origins", "search", "info", "check", "export"),
    *("watch", "report", "articles", "grade", "metadata", "take-over"),
}


def named(pages: list[Path]) -> list[str]:
    """Return the pages' names, to label the cases of a test."""
    return [page.stem for page in pages]


@pytest.mark.parametrize("page", PAGES, ids=named(PAGES))
def test_every_page_has_one_title_and_is_short(page: Path) -> None:
    prose = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    assert len(re.findall(r"^# ", prose, re.MULTILINE)) == 1
    assert prose.startswith("# ")
    assert len(prose.split()) <= MAX_WORDS


@pytest.mark.parametrize("page", PAGES, ids=named(PAGES))
def test_every_link_leads_to_a_page_of_the_help(page: Path) -> None:
    links = re.findall(r"\]\(([^)]+)\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).is_file()] == []


def test_the_first_page_leads_to_all_others() -> None:
    first = (ROOT / "resources" / "help" / "first-steps.md").read_text("utf-8")
    assert set(re.findall(r"\]\(([^)]+)\)", first)) == {page.name for page in PAGES} - {"first-steps.md"}


@pytest.mark.parametrize("document", ["resources/help/command-line.md", "README.md"])
def test_the_command_line_is_described_whole(document: str) -> None:
    rows = re.findall(r"^\| `kb-app ([a-z-]+) ", (ROOT / document).read_text("utf-8"), re.MULTILINE)
    assert set(rows) == COMMANDS


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_manual_page_and_the_main_help_name_every_command(name: str) -> None:
    manual = (ROOT / "packaging" / "deb" / "files" / "kb-app.1").read_text("utf-8")
    assert re.search(rf"^\\fB{re.escape(name)}\\fR ", manual.replace("\\-", "-"), re.MULTILINE)
    assert re.search(rf"^  {name} ", WINDOW_HELP, re.MULTILINE)


def test_every_command_that_there_is_is_described() -> None:
    assert set(PROGRAM) == COMMANDS


def test_who_the_tour_opens_is_in_the_sample() -> None:
    told = "\n".join(page.read_text("utf-8") for page in PAGES)
    sample = "\n".join(path.read_text("utf-8") for path in (ROOT / "resources" / "samples").glob("*.txt"))
    for name in ("Gennady Korvath", "Interior Ministry"):
        assert name in told
        assert name in sample
