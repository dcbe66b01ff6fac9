"""What a clipboard or a drop tells of the text in it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kb_app.app import request_of
from kb_app.ui.main_window import MainWindow
from kb_app.ui.sources.pasted import CLIPBOARD, DROP, Pasted, pasted, site_of
from kb_app.ui.sources.text_form import TextForm
from tests.ui.conftest import Desktop

PAGE = "https://www.quay.example/dam/12"
MARKUP = f"""Version:0.9
StartHTML:00000097
SourceURL:{PAGE}
<html><body><nav>Menu</nav><!--StartFragment--><h1>The dam is open</h1><p>By Lena Orsk</p><p>It <b>rained</b>.</p>
<img src="https://quay.example/pixel.png"><!--EndFragment--></body></html>"""


def data_of(**formats: bytes | str) -> QMimeData:
    """Make what a program puts on the clipboard, formats by name with "_" for "/"."""
    data = QMimeData()
    for name, content in formats.items():
        raw = content.encode() if isinstance(content, str) else content
        data.setData(name.replace("_", "/", 1).replace("_", "-"), QByteArray(raw))
    return data


def test_a_selection_of_a_page_gives_its_words_and_its_address(qtbot: QtBot) -> None:
    found = pasted(data_of(text_html=MARKUP))
    assert found is not None
    assert found.text == "The dam is open\n\nBy Lena Orsk\n\nIt rained."
    assert (found.address, found.publisher, found.how) == (PAGE, "quay.example", CLIPBOARD)


def test_plain_text_of_the_program_is_taken_before_ours(qtbot: QtBot) -> None:
    data = data_of(text_html=MARKUP)
    data.setText("Words as the browser gives them")
    found = pasted(data, DROP)
    assert found == Pasted("Words as the browser gives them", DROP, PAGE, "quay.example")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("chromium/x-source-url", PAGE.encode()),
        ("text/x-moz-url-priv", PAGE.encode("utf-16-le")),
        ('application/x-qt-windows-mime;value="HTML Format"', f"Version:0.9\r\nSourceURL:{PAGE}\r\n".encode()),
    ],
)
def test_browsers_tell_the_address_in_their_own_ways(qtbot: QtBot, name: str, told: bytes) -> None:
    data = QMimeData()
    data.setText("Words")
    data.setData(name, QByteArray(told))
    found = pasted(data)
    assert found is not None and found.address == PAGE


@pytest.mark.parametrize("told", [b"file:///x", b"javascript:alert(1)", b"https://a b", b"\xff\xfe\x00", b""])
def test_what_is_no_web_address_is_left_out(qtbot: QtBot, told: bytes) -> None:
    data = QMimeData()
    data.setText("Words")
    data.setData("chromium/x-source-url", QByteArray(told))
    found = pasted(data)
    assert found is not None and found.address == ""


def test_a_clipboard_without_words_is_nothing(qtbot: QtBot) -> None:
    assert pasted(QMimeData()) is None
    assert pasted(data_of(text_html='<img src="x.png">')) is None
    assert site_of("https://[broken") == ""


def test_the_form_takes_plain_dates_and_tells_how_the_text_came(qtbot: QtBot) -> None:
    form = TextForm(Pasted("The dam is open\n\nIt rained.", DROP, PAGE, "quay.example"))
    qtbot.addWidget(form)
    form._published.setText("3 Sep 2020")
    form._host.setText("Reprint Hall")
    form._byline.setText("Lena Orsk")
    given = form.given()
    request = request_of(given)
    known = request.given["The dam is open"]
    assert (request.how, known.published, known.host, known.byline) == (DROP, "2020-09-03", "Reprint Hall", "Lena Orsk")
    assert (known.publisher, known.source_url) == ("quay.example", PAGE)
    form._published.setText("03/04/2020")
    assert not form._import.isEnabled()


def test_the_clipboard_is_known_as_such(window: MainWindow, desktop: Desktop) -> None:
    QApplication.clipboard().setText("Words from elsewhere")
    window.commands.action("import_clipboard").trigger()
    form = window.findChildren(TextForm)[0]
    assert form.given().how == CLIPBOARD
    form.reject()


def test_a_dropped_selection_becomes_an_article_with_its_address(window: MainWindow, desktop: Desktop) -> None:
    assert window.parts.importing.take(data_of(text_html=MARKUP))
    form = window.findChildren(TextForm)[0]
    form._published.setText("September 2020")
    form._import.click()
    desktop.wait(lambda: window.frame.notices.notice is not None)
    desktop.rest(window)
    workspace = window.base.workspace
    assert workspace is not None
    newest = max(workspace.catalogue.entries(window.frame.desk.sources.model.query), key=lambda view: view.id)
    metadata = newest.article.metadata
    assert metadata.source_url is not None and metadata.source_url.value == PAGE
    assert metadata.published is not None and metadata.published.edtf == "2020-09"
    assert newest.article.title == "The dam is open"
    assert newest.source.provenance.how == DROP
