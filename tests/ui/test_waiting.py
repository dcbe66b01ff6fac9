"""The window never waits for the file: whatever may take long runs in another thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kb_app.services.importing import ImportService
from kb_app.services.profiles import ProfileService
from kb_app.services.reading import ReadingService
from kb_app.services.searching import SearchService
from kb_app.services.timelines import TimelineService
from kb_app.ui.shell.places import Place
from tests.ui.conftest import Desktop

SLOW: tuple[tuple[type, str], ...] = (
    (ImportService, "run"),
    (ProfileService, "profile"),
    (ReadingService, "article"),
    (SearchService, "search"),
    (TimelineService, "timeline"),
)


def watched(method: Callable[..., Any], name: str, seen: dict[str, set[bool]]) -> Callable[..., Any]:
    def call(*given: Any, **named: Any) -> Any:
        seen.setdefault(name, set()).add(threading.current_thread() is threading.main_thread())
        return method(*given, **named)

    return call


def test_import_cards_articles_searches_and_timelines_stay_out_of_the_windows_thread(
    desktop: Desktop, base_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, set[bool]] = {}
    for service, name in SLOW:
        monkeypatch.setattr(service, name, watched(getattr(service, name), name, seen))
    window = desktop.window(base_file)
    text = tmp_path / "river.txt"
    text.write_text("River falls\n\nMayor Ilka Varany said on 4 March 2025 that the river had fallen.", "utf-8")
    window.parts.importing.import_paths((text,))
    desktop.rest(window)
    for place in Place:
        window.navigator.go_place(place)
        desktop.rest(window)
    window.commands.action("search").trigger()
    QTest.keyClicks(window.frame.top_bar.search, "gate")
    QTest.keyClick(window.frame.top_bar.search, Qt.Key.Key_Return)
    desktop.rest(window)
    assert seen == {name: {False} for _, name in SLOW}
