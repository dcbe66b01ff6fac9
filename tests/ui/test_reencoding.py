"""Reading an original again in the window: a list with a preview, a new article beside the first."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint

from kb_app.core.encodings import ENCODINGS
from kb_app.core.ids import ArticleId
from kb_app.ingest.given import GivenMetadata
from kb_app.services.importing import ImportRequest, PastedText
from kb_app.services.workspace import Workspace
from kb_app.ui.main_window import MainWindow
from kb_app.ui.sources.encoding_dialog import EncodingDialog
from tests.ui.conftest import Desktop

WORDS = "Мост через реку закрыт\n\nМэр Мирнограда Илья Варан сказал в четверг, что мост закрыт до весны.\n\n" * 3


@pytest.fixture
def bridge(tmp_path: Path) -> Path:
    """Give a knowledge base of one article that was read in the wrong encoding."""
    path = tmp_path / "bridge.kb"
    with Workspace.open(path, create=True) as workspace:
        text = PastedText("bridge.txt", WORDS.encode("cp1251"))
        wrong = {"bridge": GivenMetadata(encoding="cp866")}
        for _ in workspace.importing.run(ImportRequest(texts=(text,), given=wrong, jobs=1, extract=False)):
            pass
    return path


def asked(window: MainWindow, desktop: Desktop) -> EncodingDialog:
    window.navigator.open_article(ArticleId(1))
    desktop.rest(window)
    window.commands.action("reencode").trigger()
    desktop.rest(window)
    dialog = window.parts.reencoding.dialog
    assert dialog is not None
    return dialog


def choose(dialog: EncodingDialog, encoding: str) -> None:
    dialog.list.setCurrentRow(ENCODINGS.index(encoding))


def test_the_chosen_encoding_makes_a_new_article_that_is_shown(desktop: Desktop, bridge: Path) -> None:
    window = desktop.window(bridge)
    dialog = asked(window, desktop)
    choose(dialog, "koi8-r")
    desktop.rest(window)
    assert "лНЯР" in dialog.preview.toPlainText()
    choose(dialog, "windows-1251")
    desktop.rest(window)
    assert dialog.preview.toPlainText().startswith("Мост через реку закрыт")
    dialog.accept_button.click()
    desktop.rest(window)
    assert window.showing.article is not None
    assert window.showing.article.article.text == WORDS
    assert window.showing.article.id != ArticleId(1)


def test_the_present_encoding_cannot_be_chosen(desktop: Desktop, bridge: Path) -> None:
    window = desktop.window(bridge)
    dialog = asked(window, desktop)
    assert not dialog.accept_button.isEnabled()
    choose(dialog, "utf-8")
    desktop.rest(window)
    assert dialog.accept_button.isEnabled()
    dialog.reject()


def test_the_pane_offers_it_and_without_an_article_nothing_does(window: MainWindow, desktop: Desktop) -> None:
    window.showing.clear()
    window.commands.refresh()
    assert not window.commands.action("reencode").isEnabled()
    window.parts.reencoding.begin()
    assert window.parts.reencoding.dialog is None
    menu = window.frame.desk.pane.text_menu(QPoint(1, 1))
    assert any("another encoding" in action.text() for action in menu.actions())
    menu.deleteLater()
