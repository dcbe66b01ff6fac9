"""Metadata, grades and provenance in a real window."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QMenu, QPushButton

from kb_app.core.article import MetadataField
from kb_app.core.ids import ArticleId
from kb_app.core.listing import NOT_GRADED, ArticleRow
from kb_app.ui.main_window import MainWindow
from kb_app.ui.profile.citation_tip import citation_words
from kb_app.ui.shared.grade_menu import GradeMenu
from kb_app.ui.shell.cataloguing import EXTRACT_AFFECTED
from kb_app.ui.shell.places import Place
from kb_app.ui.source_pane.about_dialog import AboutDialog
from kb_app.ui.sources.article_menu import ArticleDeed
from kb_app.ui.sources.article_model import Column
from kb_app.ui.sources.extraction_dialog import ExtractionDialog
from kb_app.ui.sources.metadata_dialog import MetadataDialog
from kb_app.ui.sources.publishers_dialog import PublishersDialog
from tests.ui.conftest import Desktop
from tests.ui.test_accessibility import name_of, reachable

T = TypeVar("T", bound=QDialog)


def go_to_sources(window: MainWindow, desktop: Desktop) -> None:
    """Show the list of sources with its first row chosen."""
    window.navigator.go_place(Place.SOURCES)
    desktop.rest(window)
    window.frame.desk.sources.table.selectRow(0)
    desktop.rest(window)


def rows(window: MainWindow) -> tuple[ArticleRow, ...]:
    """Return all rows of the list."""
    window.frame.desk.sources.table.selectAll()
    return window.frame.desk.sources.chosen()


def run(window: MainWindow, desktop: Desktop, command: str) -> None:
    """Trigger a command as its keys do."""
    action = window.commands.action(command)
    assert action.isEnabled()
    action.trigger()
    desktop.rest(window)


def dialog_of(window: MainWindow, kind: type[T]) -> T:
    """Return the dialog of a kind that is open."""
    return next(dialog for dialog in window.findChildren(kind) if dialog.isVisible())


def menu_of(window: MainWindow) -> GradeMenu:
    """Return the menu of grades that is open."""
    return next(menu for menu in window.findChildren(GradeMenu) if menu.isVisible())


def test_a_publisher_is_corrected_and_the_step_can_be_undone(window: MainWindow, desktop: Desktop) -> None:
    go_to_sources(window, desktop)
    before = window.frame.desk.sources.chosen()[0]
    run(window, desktop, "metadata")
    dialog = dialog_of(window, MetadataDialog)
    assert not dialog.save.isEnabled()
    dialog.lines[MetadataField.PUBLISHER].pick("The Quay Gazette")
    dialog.save.click()
    desktop.rest(window)
    after = window.frame.desk.sources.chosen()[0]
    assert (before.publisher != "The Quay Gazette", after.publisher) == (True, "The Quay Gazette")
    assert "The Quay Gazette" in window.frame.desk.pane.header.about.text()
    assert window.commands.action("undo").text().startswith("Undo Correct publisher of “")
    window.parts.editing.undo()
    desktop.rest(window)
    assert window.frame.desk.sources.chosen()[0].publisher == before.publisher


def test_what_was_found_is_taken_over_by_keyboard_and_shown_in_the_text(window: MainWindow, desktop: Desktop) -> None:
    go_to_sources(window, desktop)
    run(window, desktop, "metadata")
    dialog = dialog_of(window, MetadataDialog)
    title = dialog.lines[MetadataField.TITLE]
    held = title.value.text()
    title.value.setText("Another headline")
    dialog._go_to_evidence()
    candidate = dialog.evidence.chosen()
    assert candidate is not None and candidate.span is not None and candidate.value == held
    desktop.rest(window)
    assert window.frame.desk.pane.text.focused == candidate.span
    QTest.keyClick(dialog.evidence, Qt.Key.Key_Return)
    assert title.value.text() == held
    assert dialog.isVisible()
    dialog.reject()


def test_many_articles_get_only_what_has_a_tick(window: MainWindow, desktop: Desktop) -> None:
    go_to_sources(window, desktop)
    titles = [row.title for row in rows(window)]
    run(window, desktop, "date")
    dialog = dialog_of(window, MetadataDialog)
    line = dialog.lines[MetadataField.TITLE]
    assert line.state.is_mixed and line.value.placeholderText() == "(different values)" and not line.is_set
    published = dialog.lines[MetadataField.PUBLISHED]
    published.value.setFocus()
    published.value.clear()
    QTest.keyClicks(published.value, "September 2020")
    assert published.tick.isChecked()
    assert [one.field for one in dialog.corrections()] == [MetadataField.PUBLISHED]
    dialog.save.click()
    desktop.rest(window)
    found = rows(window)
    assert {row.published.edtf if row.published else "" for row in found} == {"2020-09"}
    assert sorted(row.title for row in found) == sorted(titles)
    assert window.commands.action("undo").text() == f"Undo Correct date of {len(titles)} articles"


def test_a_new_date_offers_to_extract_again(window: MainWindow, desktop: Desktop) -> None:
    go_to_sources(window, desktop)
    run(window, desktop, "date")
    dialog = dialog_of(window, MetadataDialog)
    dialog.lines[MetadataField.PUBLISHED].pick("2019-02-03")
    dialog.save.click()
    desktop.rest(window)
    notice = window.frame.notices.notice
    assert notice is not None and notice.action_id == EXTRACT_AFFECTED
    window.frame.notices.action_requested.emit(notice.action_id)
    desktop.rest(window)
    done = window.frame.notices.notice
    assert done is not None and done.sentence.startswith("1 article")
    assert "extracted again" in done.sentence
    window.frame.notices.action_requested.emit(done.action_id)
    report = dialog_of(window, ExtractionDialog)
    assert [report.rows.index(0, column).data() for column in (0, 3)] == ["imported", "1 article"]
    report.close()


def test_publishers_that_are_in_use_are_proposed(window: MainWindow, desktop: Desktop) -> None:
    go_to_sources(window, desktop)
    run(window, desktop, "metadata")
    dialog = dialog_of(window, MetadataDialog)
    completer = dialog.lines[MetadataField.PUBLISHER].value.completer()
    completer.setCompletionPrefix("telegraph")
    assert completer.currentCompletion() == "Vardovian Telegraph and Press Agency"
    dialog.reject()


def test_a_wrong_date_cannot_be_saved(window: MainWindow, desktop: Desktop) -> None:
    go_to_sources(window, desktop)
    run(window, desktop, "date")
    dialog = dialog_of(window, MetadataDialog)
    for words, is_right in (("03/04/2020", False), ("soon", False), ("about May 2020", True), ("", True)):
        dialog.lines[MetadataField.PUBLISHED].pick(words)
        assert dialog.save.isEnabled() is is_right
    dialog.reject()


def test_undated_articles_are_counted_listed_and_dated_together(window: MainWindow, desktop: Desktop) -> None:
    go_to_sources(window, desktop)
    articles = tuple(row.id for row in rows(window)[:3])
    workspace = window.base.workspace
    assert workspace is not None
    window.parts.cataloguing.correct(articles, MetadataField.PUBLISHED)
    desktop.rest(window)
    dialog = dialog_of(window, MetadataDialog)
    dialog.lines[MetadataField.PUBLISHED].pick("")
    dialog.save.click()
    desktop.rest(window)
    chips = {chip.text(): chip for chip in window.frame.desk.sources._chips.buttons()}
    chips["Undated 3"].click()
    assert {row.id for row in rows(window)} == set(articles)
    menu = window.frame.desk.sources.menu_for(window.frame.desk.sources.chosen())
    next(action for action in menu.actions() if action.data() == ArticleDeed.DATE).trigger()
    desktop.rest(window)
    again = next(d for d in window.findChildren(MetadataDialog) if d.isVisible())
    again.lines[MetadataField.PUBLISHED].pick("3 Sep 2020")
    again.save.click()
    desktop.rest(window)
    assert rows(window) == ()


def test_a_source_is_graded_by_keyboard_and_every_citation_tells_it(window: MainWindow, desktop: Desktop) -> None:
    go_to_sources(window, desktop)
    article = window.frame.desk.sources.chosen()[0].id
    window.frame.desk.focus_rows()
    for key in (Qt.Key.Key_B, Qt.Key.Key_2):
        window.commands.action("grade").trigger()
        QTest.keyClick(menu_of(window), key)
        desktop.rest(window)
    row = window.frame.desk.sources.chosen()[0]
    assert (row.id, row.grade.code) == (article, "B2")
    index = window.frame.desk.sources.model.index(0, Column.GRADE)
    assert index.data() == "B2"
    assert "usually reliable" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert window.frame.desk.pane.header.grade.text() == "B2 source grade"
    assert window.base.workspace is not None
    found = window.base.workspace.search.search("the").hits
    assert "B2" in {hit.grade.code for hit in found if hit.grade is not None}


def test_a_card_tells_the_grade_of_what_it_cites(window: MainWindow, desktop: Desktop) -> None:
    profile = window.showing.profile
    assert profile is not None
    citation = profile.mentions.lines[0].citation
    assert citation_words(citation).endswith("not graded")
    window.parts.cataloguing.grade_shown(window.rect().center())
    QTest.keyClick(menu_of(window), Qt.Key.Key_2)
    desktop.rest(window)
    fresh = window.showing.profile
    assert fresh is not None
    assert citation_words(fresh.mentions.lines[0].citation).endswith("· F2")


def test_many_articles_are_graded_in_one_step(window: MainWindow, desktop: Desktop) -> None:
    go_to_sources(window, desktop)
    chosen = rows(window)
    menu = window.frame.desk.sources.menu_for(chosen)
    next(action for action in menu.grades.actions() if action.text().startswith("&3")).trigger()
    desktop.rest(window)
    assert {row.grade.credibility for row in rows(window)} == {"3"}
    window.parts.editing.undo()
    desktop.rest(window)
    assert {row.grade.credibility for row in rows(window)} == {None}


def test_the_list_is_narrowed_and_sorted_by_grade(window: MainWindow, desktop: Desktop) -> None:
    go_to_sources(window, desktop)
    sources = window.frame.desk.sources
    all_rows = rows(window)
    workspace = window.base.workspace
    assert workspace is not None
    publisher = next(row.publisher for row in reversed(all_rows) if row.publisher)
    own = sum(1 for row in all_rows if row.publisher == publisher)
    window.base.edit("grade", lambda w: w.catalogue.grade_publishers([publisher], "A"))  # type: ignore[arg-type,list-item]
    desktop.rest(window)
    sources.table.horizontalHeader().setSortIndicator(Column.GRADE, Qt.SortOrder.AscendingOrder)
    assert rows(window)[0].grade.code == "A6"
    menu = sources._grade.menu()
    next(action for action in menu.actions() if action.data() == "A").trigger()
    assert len(rows(window)) == own
    next(action for action in menu.actions() if action.data() == NOT_GRADED).trigger()
    assert len(rows(window)) == len(all_rows) - own


def test_publishers_are_graded_by_letter_and_renamed(window: MainWindow, desktop: Desktop) -> None:
    run(window, desktop, "publishers")
    dialog = dialog_of(window, PublishersDialog)
    first = dialog.chosen()[0]
    QTest.keyClick(dialog.table, Qt.Key.Key_D)
    desktop.rest(window)
    assert dialog.chosen()[0].reliability == "D"
    dialog._rename.click()
    ask = dialog.findChild(QInputDialog)
    assert ask is not None
    ask.setTextValue(f"{first.name} Online")
    ask.accept()
    desktop.rest(window)
    names = {one.name: one.reliability for one in dialog.model._rows}
    assert names[f"{first.name} Online"] == "D" and first.name not in names
    QTest.keyClick(dialog.table, Qt.Key.Key_Delete)
    dialog.accept()


def test_a_publisher_s_articles_are_shown_in_all_its_spellings(window: MainWindow, desktop: Desktop) -> None:
    go_to_sources(window, desktop)
    sources = window.frame.desk.sources
    articles = tuple(row.id for row in rows(window)[:2])
    for article, name in zip(articles, ("Quay Gazette", "QUAY GAZETTE"), strict=True):
        window.parts.cataloguing.correct((article,), MetadataField.PUBLISHER)
        desktop.rest(window)
        dialog = dialog_of(window, MetadataDialog)
        dialog.lines[MetadataField.PUBLISHER].pick(name)
        dialog.save.click()
        desktop.rest(window)
    sources.one_line.setChecked(True)
    run(window, desktop, "publishers")
    publishers = dialog_of(window, PublishersDialog)
    publishers._filter.setText("gazette")
    QTest.keyClick(publishers._filter, Qt.Key.Key_Return)
    assert publishers.isVisible() and publishers.table.hasFocus()
    publishers.table.selectRow(0)
    publishers.articles.click()
    desktop.rest(window)
    assert not publishers.isVisible()
    assert {row.id for row in rows(window)} == set(articles)
    assert sources._publisher.text().casefold() == "quay gazette ▾"
    sources.show_publisher("")
    assert len(rows(window)) > 2


def test_the_sheet_of_a_source_verifies_and_says_where_it_came_from(window: MainWindow, desktop: Desktop) -> None:
    go_to_sources(window, desktop)
    run(window, desktop, "about_source")
    dialog = dialog_of(window, AboutDialog)
    dialog.verify.click()
    desktop.rest(window)
    assert dialog.verdict.text().startswith("✓ Verified")
    source = dialog._sheet.view.source
    told = " ".join(label.accessibleName() for label in dialog.findChildren(type(dialog.verdict)))
    for words in (source.name, source.path, source.media_type, source.tool, "English"):
        assert words in told
    dialog.accept()


def test_a_mail_and_what_came_with_it_lead_to_each_other(window: MainWindow, desktop: Desktop, tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "The gates are shut", "lena@quay.example", "desk@quay.example"
    mail.set_content("Mayor Ilka Varany said in Mirenz that the gates were shut and the water had fallen again.\n")
    enclosed = b"A report on gates\n\nThe gates of Mirenz were shut on 3 March 2025, the engineers wrote.\n"
    mail.add_attachment(enclosed, maintype="text", subtype="plain", filename="gates.txt")
    (tmp_path / "letter.eml").write_bytes(bytes(mail))
    window.parts.importing.import_paths((tmp_path / "letter.eml",))
    desktop.wait(lambda: window.frame.notices.notice is not None)
    desktop.rest(window)
    window.navigator.go_place(Place.SOURCES)
    letter = next(row.id for row in rows(window) if row.title == "The gates are shut")
    for title in ("A report on gates", "The gates are shut"):
        window.parts.cataloguing.show_source(letter)
        desktop.rest(window)
        link = next(b for b in dialog_of(window, AboutDialog).findChildren(QPushButton) if b.text() == title)
        link.click()
        desktop.rest(window)
        assert window.showing.article is not None
        assert window.showing.article.article.title == title
        letter = window.showing.article.id
    dialog_of(window, AboutDialog).accept()


def test_a_language_that_is_not_read_is_a_note(window: MainWindow, desktop: Desktop) -> None:
    go_to_sources(window, desktop)
    run(window, desktop, "metadata")
    dialog = dialog_of(window, MetadataDialog)
    dialog.lines[MetadataField.LANGUAGE].pick("Russian")
    assert dialog.corrections()[0].value == "ru"
    dialog.save.click()
    desktop.rest(window)
    header = window.frame.desk.pane.header
    assert header.note.text() == "archived and searchable, not read: Russian"
    assert window.frame.desk.sources.model.index(0, Column.STATE).data() == "not read: Russian"
    chips = [chip.text() for chip in window.frame.desk.sources._chips.buttons()]
    assert "Problems" in chips


def test_what_is_read_only_can_be_looked_at_and_not_changed(desktop: Desktop, base_file: object) -> None:
    window = desktop.window(base_file, read_only=True)  # type: ignore[arg-type]
    go_to_sources(window, desktop)
    run(window, desktop, "metadata")
    dialog = dialog_of(window, MetadataDialog)
    dialog.lines[MetadataField.HOST].pick("Hall")
    assert not dialog.save.isEnabled() and not dialog.use.isEnabled()
    dialog.reject()
    window.parts.cataloguing.grade_chosen()
    QTest.keyClick(menu_of(window), Qt.Key.Key_1)
    desktop.rest(window)
    notice = window.frame.notices.notice
    assert notice is not None and "reading only" in notice.sentence


def test_whatever_the_keyboard_reaches_in_the_dialogs_has_a_name(window: MainWindow, desktop: Desktop) -> None:
    go_to_sources(window, desktop)
    for command in ("metadata", "about_source", "publishers"):
        run(window, desktop, command)
    for kind in (MetadataDialog, AboutDialog, PublishersDialog):
        dialog = dialog_of(window, kind)
        assert [type(widget).__name__ for widget in reachable(dialog) if not name_of(widget)] == []
        dialog.close()


def test_closing_the_knowledge_base_closes_what_is_open_over_it(window: MainWindow, desktop: Desktop) -> None:
    go_to_sources(window, desktop)
    for command in ("metadata", "about_source", "publishers"):
        run(window, desktop, command)
    window.base.close()
    desktop.rest(window)
    kinds = (MetadataDialog, AboutDialog, PublishersDialog)
    assert not [dialog for kind in kinds for dialog in window.findChildren(kind) if dialog.isVisible()]


def test_menus_are_gone_when_they_were_left(window: MainWindow, desktop: Desktop) -> None:
    go_to_sources(window, desktop)
    window.commands.action("grade").trigger()
    QTest.keyClick(menu_of(window), Qt.Key.Key_Escape)
    desktop.wait(lambda: not [menu for menu in window.findChildren(QMenu) if isinstance(menu, GradeMenu)])
    assert QApplication.activePopupWidget() is None


def test_an_article_is_graded_where_its_publisher_is_not_known(window: MainWindow, desktop: Desktop) -> None:
    go_to_sources(window, desktop)
    run(window, desktop, "metadata")
    dialog = dialog_of(window, MetadataDialog)
    dialog.lines[MetadataField.PUBLISHER].pick("")
    dialog.save.click()
    desktop.rest(window)
    article = ArticleId(window.frame.desk.sources.chosen()[0].id)
    subject = window.parts.cataloguing.chosen()
    assert (subject.articles, subject.publishers) == ((article,), ())
    menu = GradeMenu(subject, window)
    assert menu.actions()[0].text() == "The publisher is not known"
    menu.deleteLater()
