"""The small form for a text from the clipboard or a drop: what the text itself may not say."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from kb_app.core.entered_date import entered_date
from kb_app.ui.shared.buttons import plain_button, primary_button
from kb_app.ui.shared.dates import date_words
from kb_app.ui.sources.pasted import CLIPBOARD, Pasted

SIZE = QSize(620, 580)
TITLE_CHARACTERS = 160


@dataclass(frozen=True, slots=True)
class GivenText:
    """A text to import with what the person says about it; the date is EDTF or "", `how` is how the text came."""

    text: str
    title: str = ""
    publisher: str = ""
    published: str = ""
    address: str = ""
    host: str = ""  # who reprinted it
    byline: str = ""
    how: str = CLIPBOARD


class TextForm(QDialog):
    """Asks what a text itself may not say of where it came from. `text_given` carries the GivenText."""

    text_given = Signal(object)

    def __init__(self, found: Pasted, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Import text"))
        self.resize(SIZE)
        self._how = found.how
        self._text = QPlainTextEdit(found.text)
        self._title = QLineEdit(first_line(found.text))
        self._publisher = QLineEdit(found.publisher)
        self._published = QLineEdit()
        self._host = QLineEdit()
        self._byline = QLineEdit()
        self._address = QLineEdit(found.address)
        self._date_words = QLabel()
        self._cancel = plain_button(self.tr("Cancel"))
        self._import = primary_button(self.tr("Import"))
        self._lay_out()
        self._published.textChanged.connect(self._check)
        self._text.textChanged.connect(self._check)
        self._cancel.clicked.connect(self.reject)
        self._import.clicked.connect(self._give)
        self._check()

    def given(self) -> GivenText:
        """Return what is in the form."""
        published = entered_date(self._published.text())
        return GivenText(
            self._text.toPlainText(),
            self._title.text().strip(),
            self._publisher.text().strip(),
            published.edtf if published is not None else "",
            self._address.text().strip(),
            self._host.text().strip(),
            self._byline.text().strip(),
            self._how,
        )

    def _give(self) -> None:
        self.text_given.emit(self.given())
        self.accept()

    def _check(self) -> None:
        wanted = self._published.text().strip()
        date = entered_date(wanted)
        wrong = bool(wanted) and date is None
        words = self.tr("as the text says") if date is None else date_words(date)
        self._date_words.setText(self.tr("not a date, or two") if wrong else words)
        self._date_words.setProperty("tone", "warning" if wrong else "muted")
        self._date_words.style().polish(self._date_words)
        self._import.setEnabled(bool(self._text.toPlainText().strip()) and not wrong)

    def _lay_out(self) -> None:
        self._published.setPlaceholderText(self.tr("3 May 2024"))
        self._published.setToolTip(self.tr("Year, month or day: 2024, May 2024, 3 May 2024, 2024-05-03, about 2024"))
        for field in (self._host, self._byline):
            field.setPlaceholderText(self.tr("where the text does not say"))
        self._address.setPlaceholderText("https://…")
        date_line = QHBoxLayout()
        date_line.addWidget(self._published)
        date_line.addWidget(self._date_words)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.addRow(self.tr("&Title"), self._title)
        form.addRow(self.tr("&Publisher"), self._publisher)
        published = QLabel(self.tr("Publishe&d"))
        published.setBuddy(self._published)
        form.addRow(published, date_line)
        form.addRow(self.tr("&Reprinted by"), self._host)
        form.addRow(self.tr("&Byline"), self._byline)
        form.addRow(self.tr("&Address"), self._address)
        hint = QLabel(self.tr("The address is kept as a note of where the text came from; nothing is fetched."))
        hint.setProperty("tone", "muted")
        hint.setProperty("scale", "small")
        self._published.setAccessibleName(self.tr("Published"))
        self._text.setAccessibleName(self.tr("Text to import"))
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self._cancel)
        foot.addWidget(self._import)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.addLayout(form)
        column.addWidget(hint)
        column.addWidget(self._text, 1)
        column.addLayout(foot)


def first_line(text: str) -> str:
    """Return the first line with words in it, as a proposal for the title."""
    lines = (line.strip() for line in text.splitlines())
    return next((line[:TITLE_CHARACTERS] for line in lines if line), "")
