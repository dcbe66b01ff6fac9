"""All commands of the window with their keys, and the menus that hold them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication

from kb_app.settings import ThemeChoice
from kb_app.ui.commands import SEPARATOR, Command, Menu
from kb_app.ui.shell.controllers import Controllers
from kb_app.ui.shell.places import Place


def tr(text: str) -> str:
    """Translate a wording of a command."""
    return QCoreApplication.translate("commands", text)


def all_commands(parts: Controllers) -> tuple[Command, ...]:
    """Build every command from what carries it out."""
    return (
        *_file_commands(parts),
        *_edit_commands(parts),
        *_source_commands(parts),
        *_go_commands(parts),
        *_view_commands(parts),
        *_help_commands(parts),
    )


def menus() -> tuple[Menu, ...]:
    """Return the menus of the menu bar."""
    themes = tuple(f"theme_{choice.value}" for choice in ThemeChoice)
    places = tuple(f"place_{place.value}" for place in Place)
    imports = ("import", "import_folder", "import_table", "import_clipboard", "watch", "report")
    sources = ("metadata", "date", "grade", "about_source", "publishers", "reencode")
    keeping = ("back_up", "restore", "check")
    return (
        Menu(
            tr("&File"),
            (
                "new",
                "open",
                "take_over",
                "open_sample",
                SEPARATOR,
                *imports,
                SEPARATOR,
                *keeping,
                SEPARATOR,
                "close_base",
                "quit",
            ),
        ),
        Menu(tr("&Edit"), ("undo", "redo", SEPARATOR, "history", SEPARATOR, *sources, SEPARATOR, "search")),
        Menu(tr("&View"), themes),
        Menu(tr("&Go"), ("back", "forward", SEPARATOR, *places, SEPARATOR, "versions")),
        Menu(tr("&Help"), ("help", "keys", SEPARATOR, "about")),
    )


def _file_commands(parts: Controllers) -> tuple[Command, ...]:
    opener, importing, upkeep, base = parts.opener, parts.importing, parts.upkeep, parts.base

    def is_open() -> bool:
        return base.is_open

    def can_write() -> bool:
        return base.can_write

    return (
        Command("new", tr("&New…"), opener.choose_new, ("Ctrl+N",), "file-add-line"),
        Command("open", tr("&Open…"), opener.choose_file, ("Ctrl+O",), "folder-open-line"),
        Command("take_over", tr("Take o&ver from somebody else…"), opener.taking_over.choose, (), "inbox-archive-line"),
        Command("open_sample", tr("Open the &sample"), opener.open_sample, (), "book-open-line"),
        Command("import", tr("&Import…"), importing.choose_files, ("Ctrl+I",), "download-line"),
        Command(
            "import_folder", tr("Import a &folder…"), importing.choose_folder, ("Ctrl+Shift+I",), "folder-add-line"
        ),
        Command("import_table", tr("Import a &table…"), importing.tables.choose_table, (), "table-line", can_write),
        Command(
            "import_clipboard",
            tr("Import text from the clip&board…"),
            importing.import_clipboard,
            ("Ctrl+Shift+V",),
            "clipboard-line",
        ),
        Command("watch", tr("&Watch a folder…"), parts.folders.show, (), "folder-received-line", can_write),
        Command("report", tr("Import re&port…"), importing.show_report, ("Ctrl+R",), "article-line", is_open),
        Command("back_up", tr("Back &up now"), upkeep.back_up, (), "save-line", can_write),
        Command("restore", tr("&Restore a backup…"), upkeep.choose_backup, (), "history-line"),
        Command("check", tr("&Check the knowledge base…"), upkeep.check, (), "shield-check-line", is_open),
        Command("close_base", tr("C&lose the knowledge base"), base.close, ("Ctrl+W",), "", is_open),
        Command("quit", tr("&Quit"), parts.quit, ("Ctrl+Q",)),
    )


def _edit_commands(parts: Controllers) -> tuple[Command, ...]:
    editing, freshness = parts.editing, parts.freshness

    def can_undo() -> bool:
        return parts.base.can_write and freshness.next_undo is not None

    def can_redo() -> bool:
        return parts.base.can_write and freshness.next_redo is not None

    def is_open() -> bool:
        return parts.base.is_open

    return (
        Command("undo", tr("&Undo"), editing.undo, ("Ctrl+Z",), "arrow-go-back-line", can_undo),
        Command("redo", tr("&Redo"), editing.redo, ("Ctrl+Shift+Z", "Ctrl+Y"), "arrow-go-forward-line", can_redo),
        Command("history", tr("&History…"), parts.upkeep.show_history, ("Ctrl+H",), "history-line", is_open),
        Command(
            "reencode",
            tr("Read again in another &encoding…"),
            parts.reencoding.begin,
            (),
            "translate-2",
            parts.reencoding.can_begin,
        ),
        Command("search", tr("&Search everything"), parts.search_box.open, ("Ctrl+K",), "search-line", is_open),
    )


def _source_commands(parts: Controllers) -> tuple[Command, ...]:
    cataloguing, base = parts.cataloguing, parts.base
    chosen = cataloguing.has_chosen

    def is_open() -> bool:
        return base.is_open

    return (
        Command(
            "metadata", tr("&Metadata of the source…"), cataloguing.correct_chosen, ("Ctrl+E",), "edit-line", chosen
        ),
        Command("date", tr("&Date of publication…"), cataloguing.date_chosen, ("Ctrl+D",), "", chosen),
        Command("grade", tr("&Grade the source…"), cataloguing.grade_chosen, ("Ctrl+G",), "", chosen),
        Command("about_source", tr("&About this source…"), cataloguing.show_chosen_source, ("Alt+Return",), "", chosen),
        Command(
            "publishers",
            tr("&Publishers and their grades…"),
            cataloguing.show_publishers,
            ("Ctrl+Shift+G",),
            "",
            is_open,
        ),
    )


def _go_commands(parts: Controllers) -> tuple[Command, ...]:
    navigator = parts.navigator

    def can_step(step: int) -> Callable[[], bool]:
        return lambda: parts.base.is_open and navigator.trail.can_go(step)

    def is_open() -> bool:
        return parts.base.is_open

    names = {
        Place.SOURCES: tr("&Sources"),
        Place.PEOPLE: tr("&People"),
        Place.INSTITUTIONS: tr("&Institutions"),
        Place.TIMELINE: tr("&Timeline"),
    }
    places = (
        Command(f"place_{place.value}", names[place], partial(parts.go_place, place), (f"Ctrl+{number}",), "", is_open)
        for number, place in enumerate(Place, 1)
    )
    showing = parts.showing

    def has_article() -> bool:
        return parts.base.is_open and showing.article is not None

    def show_versions() -> None:
        if showing.article is not None:
            parts.origins.show(showing.article.id)

    back = partial(navigator.step, -1)
    forward = partial(navigator.step, 1)
    return (
        Command("back", tr("&Back"), back, ("Alt+Left",), "arrow-left-line", can_step(-1)),
        Command("forward", tr("&Forward"), forward, ("Alt+Right",), "arrow-right-line", can_step(1)),
        *places,
        Command(
            "versions", tr("&Versions of the report…"), show_versions, ("Ctrl+Shift+R",), "file-copy-line", has_article
        ),
    )


def _view_commands(parts: Controllers) -> tuple[Command, ...]:
    names = {
        ThemeChoice.SYSTEM: tr("Colours as the &system has them"),
        ThemeChoice.LIGHT: tr("&Light colours"),
        ThemeChoice.DARK: tr("&Dark colours"),
    }

    def is_chosen(choice: ThemeChoice) -> Callable[[], bool]:
        return lambda: parts.theme.choice is choice

    return tuple(
        Command(
            f"theme_{choice.value}", names[choice], partial(parts.theme.choose, choice), is_checked=is_chosen(choice)
        )
        for choice in ThemeChoice
    )


def _help_commands(parts: Controllers) -> tuple[Command, ...]:
    return (
        Command("help", tr("&Help pages"), parts.helping.show_help, ("Shift+F1",), "question-line"),
        Command("keys", tr("&Keys"), parts.helping.show_keys, ("F1", "?"), "information-line"),
        Command("about", tr("&About Kartoteka"), parts.helping.show_about),
    )
