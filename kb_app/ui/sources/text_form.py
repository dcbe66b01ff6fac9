"""The small form for a text from the clipboard or a drop: what the text itself may not say."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from kb_app.core.stated_date import StatedDate, parse_edtf
from kb_app.ui.shared.buttons import plain_button, primary_button
from kb_app.ui.shared.dates import date_words

SIZE = QSize(620, 520)
TITLE_CHARACTERS = 160


@dataclass(frozen=True, slots=True)
class GivenText:
    """A text to import with what the person says about it; the date is EDTF or ""."""

    text: str
    title: str = ""
    publisher: str = ""
    published: str = ""
    address: str = ""


class TextForm(QDialog):
    """Asks for title, publisher, date and address of a text. `text_given` carries the GivenText."""

    text_given = Signal(object)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Import text"))
        self.resize(SIZE)
        self._text = QPlainTextEdit(text)
        self._title = QLineEdit(first_line(text))
        self._publisher = QLineEdit()
        self._published = QLineEdit()
        self._address = QLineEdit()
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
        return GivenText(
            self._text.toPlainText(),
            self._title.text().strip(),
            self._publisher.text().strip(),
            self._published.text().strip(),
            self._address.text().strip(),
        )

    def _give(self) -> None:
        self.text_given.emit(self.given())
        self.accept()

    def _check(self) -> None:
        wanted = self._published.text().strip()
        date: StatedDate | None = parse_edtf(wanted) if wanted else None
        wrong = bool(wanted) and date is None
        self._date_words.setText(self.tr("not a date") if wrong else date_words(date))
        self._date_words.setProperty("tone", "warning" if wrong else "muted")
        self._date_words.style().polish(self._date_words)
        self._import.setEnabled(bool(self._text.toPlainText().strip()) and not wrong)

    def _lay_out(self) -> None:
        self._published.setPlaceholderText("2024-05-03")
        self._published.setToolTip(self.tr("Year, month or day: 2024, 2024-05, 2024-05-03"))
        self._address.setPlaceholderText("https://…")
        date_line = QHBoxLayout()
        date_line.addWidget(self._published)
        date_line.addWidget(self._date_words)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.addRow(self.tr("&Title"), self._title)
        form.addRow(self.tr("&Publisher"), self._publisher)
        form.addRow(self.tr("Published"), date_line)
        form.addRow(self.tr("&Address"), self._address)
        hint = QLabel(self.tr("The address is kept as a note of where the text came from; nothing is fetched."))
        hint.setProperty("tone", "muted")
        hint.setProperty("scale", "small")
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
