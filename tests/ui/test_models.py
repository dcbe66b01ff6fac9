"""The models behind the lists: sound to Qt's tester, paged, and steady while rows come and go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kb_app.core.entity import EntityType
from kb_app.core.errors import StoreError
from kb_app.core.ids import EntityId, OperationId
from kb_app.core.judgement import Status
from kb_app.core.listing import ArticleFilter, ArticleSort, EntityQuery, EntityRow, EntitySort
from kb_app.core.operation import Operation, OperationState
from kb_app.core.report import ImportReport, InputOutcome, InputState
from kb_app.core.search import HitKind, SearchHit, SearchResults
from kb_app.services.workspace import Workspace
from kb_app.ui.history.history_window import HistoryModel
from kb_app.ui.lists.entity_model import ROW_ROLE, EntityModel
from kb_app.ui.search.answers import AnswersModel, lines_of, marks_in
from kb_app.ui.sources.article_model import ArticleModel
from kb_app.ui.sources.extraction_dialog import ExtractionDialog
from kb_app.ui.theme import Theme


@pytest.fixture
def workspace(base_file: Path) -> Iterator[Workspace]:
    opened = Workspace.open(base_file)
    yield opened
    opened.close()


class ManyPeople:
    """A listing of so many people, which counts what is read of it."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.read: list[tuple[int, int]] = []

    def entities(self, query: EntityQuery, offset: int, limit: int) -> tuple[EntityRow, ...]:
        self.read.append((offset, limit))
        numbers = range(offset, min(offset + limit, self.count))
        return tuple(
            EntityRow(EntityId(n), EntityType.PERSON, f"Person {n}", "", "", n, 1, Status.SUGGESTED) for n in numbers
        )

    def entity_count(self, query: EntityQuery) -> int:
        return self.count


class Broken(ManyPeople):
    """A listing whose disk has gone."""

    def entities(self, query: EntityQuery, offset: int, limit: int) -> tuple[EntityRow, ...]:
        raise StoreError("The disk is gone.")


def test_the_list_of_people_satisfies_the_model_tester(qtbot: QtBot, workspace: Workspace) -> None:
    model = EntityModel(EntityType.PERSON)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.take_listing(workspace.listing)
    assert model.rowCount() > 10
    model.show(replace(model.query, sort=EntitySort.NAME))
    names = [model.index(row).data() for row in range(model.rowCount())]
    assert names == sorted(names, key=str.casefold)
    model.show(replace(model.query, text="korv"))
    assert 0 < model.rowCount() < len(names)
    model.refresh()
    model.take_listing(None)
    assert model.rowCount() == 0


def test_the_table_of_articles_satisfies_the_model_tester(qtbot: QtBot, workspace: Workspace) -> None:
    model = ArticleModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.take_listing(workspace.listing)
    assert model.rowCount() == 12
    model.show(replace(model.query, sort=ArticleSort.TITLE, descending=False))
    titles = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert len(titles) == 12
    model.show(replace(model.query, filter=ArticleFilter.UNDATED))
    model.refresh()


def test_only_the_pages_that_are_looked_at_are_read(qtbot: QtBot) -> None:
    people = ManyPeople(100_000)
    model = EntityModel(EntityType.PERSON)
    model.take_listing(people)
    assert model.rowCount() == 100_000
    assert model.index(50_001).data() == "Person 50001"
    assert model.index(50_002).data() == "Person 50002"
    assert len(people.read) == 1


def test_rows_that_are_added_and_taken_away_are_announced(qtbot: QtBot) -> None:
    people = ManyPeople(3)
    model = EntityModel(EntityType.PERSON)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.take_listing(people)
    people.count = 5
    with qtbot.waitSignal(model.rowsInserted):
        model.refresh()
    people.count = 1
    with qtbot.waitSignal(model.rowsRemoved):
        model.refresh()
    assert model.index(0).data(ROW_ROLE).name == "Person 0"


def test_a_page_that_cannot_be_read_is_told_and_stays_empty(qtbot: QtBot) -> None:
    model = EntityModel(EntityType.PERSON)
    model.take_listing(Broken(5))
    with qtbot.waitSignal(model.failed) as told:
        assert model.index(0).data() is None
    assert told.args[0].sentence == "The disk is gone."


def test_the_history_and_the_report_satisfy_the_model_tester(qtbot: QtBot) -> None:
    history = HistoryModel(Theme())
    QAbstractItemModelTester(history, QAbstractItemModelTester.FailureReportingMode.Fatal)
    at = datetime(2025, 3, 1, tzinfo=UTC)
    history.show([Operation(OperationId(1), "Confirm “Ann”", at, "ann", OperationState.UNDONE, "edit")])
    assert history.index(0, 1).data() == "Confirm “Ann”"
    outcomes = (InputOutcome("a.txt", InputState.IMPORTED), InputOutcome("b.bin", InputState.REFUSED, "binary", "No."))
    dialog = ExtractionDialog(Theme(), ImportReport(outcomes))
    qtbot.addWidget(dialog)
    rows = dialog.rows
    QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert rows.rowCount() == 2
    dialog.only_trouble.click()
    assert (rows.rowCount(), rows.index(0, 1).data()) == (1, "b.bin")
    dialog.copy.click()
    assert QApplication.clipboard().text() == "refused\tb.bin\tbinary\tNo.\tnothing"


def test_answers_are_grouped_and_the_arrows_skip_headings(qtbot: QtBot) -> None:
    hits = tuple(SearchHit(kind, n, f"{kind.value} {n}") for kind in reversed(HitKind) for n in range(2))
    results = SearchResults("per", hits, ((HitKind.PERSON, 40),))
    model = AnswersModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(results)
    headings = [line.heading for line in lines_of(results) if line.heading]
    assert headings == list(HitKind)
    assert lines_of(results)[0].total == 40
    assert model.next_hit(-1, 1) == 1
    assert model.next_hit(2, 1) == 4
    assert model.next_hit(4, -1) == 2
    assert model.next_hit(1, -1) is None


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("Osvina Dam", ["dam"], ["Dam"]),
        ("Madam Damir", ["dam"], ["Dam"]),
        ("Лукашэнка", ["лука"], ["Лука"]),
        ("İstanbul", ["stan"], []),
        ("nothing", [""], []),
    ],
)
def test_the_beginnings_of_words_are_marked(text: str, words: list[str], marked: list[str]) -> None:
    assert [span.of(text) for span in marks_in(text, words)] == marked
