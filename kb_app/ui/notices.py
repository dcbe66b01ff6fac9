"""Non-modal notices: what went wrong, with which file, what was kept; or what was done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from kb_app.ui.shared.buttons import icon_button, link_button
from kb_app.ui.shared.icons import Icons
from kb_app.ui.tasks import Failure

DETAILS_HEIGHT = 140


class Tone(StrEnum):
    """How a notice is meant."""

    WARNING = "warning"
    GOOD = "good"
    PLAIN = "plain"


TONE_ICONS = {Tone.WARNING: "error-warning-line", Tone.GOOD: "checkbox-circle-line", Tone.PLAIN: "information-line"}
TONE_COLOURS = {Tone.WARNING: "warning", Tone.GOOD: "good", Tone.PLAIN: "accent"}


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the person; `action` is the wording of a button, `action_id` what it asks for."""

    sentence: str
    tone: Tone = Tone.WARNING
    details: str = ""
    action: str = ""
    action_id: str = ""


class NoticeBar(QWidget):
    """Shows the latest notice above the workbench until it is closed. `action_requested` carries the action's id."""

    action_requested = Signal(str)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._notice: Notice | None = None
        self._frame = QFrame()
        self._sign = icon_button("")
        self._sentence = QLabel(wordWrap=True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._action = link_button("")
        self._more = link_button(self.tr("Details"))
        self._copy = link_button(self.tr("Copy"))
        self._close = icon_button(self.tr("Close this notice"))
        self._details = QPlainTextEdit(readOnly=True)
        self._lay_out()
        self._action.clicked.connect(self._request_action)
        self._more.clicked.connect(self._toggle_details)
        self._copy.clicked.connect(self._copy_details)
        self._close.clicked.connect(self.clear)
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """Return the notice that is shown."""
        return self._notice

    def show_notice(self, notice: Notice) -> None:
        """Show a notice in place of the one before."""
        self._notice = notice
        self._sentence.setText(notice.sentence)
        self._sentence.setAccessibleName(notice.sentence)
        self._details.setPlainText(notice.details)
        self._details.hide()
        self._more.setVisible(bool(notice.details))
        self._copy.hide()
        self._action.setText(notice.action)
        self._action.setVisible(bool(notice.action))
        self._icons.dress(self._sign, TONE_ICONS[notice.tone], TONE_COLOURS[notice.tone])
        self._frame.setProperty("tone", notice.tone.value)
        self._frame.style().polish(self._frame)
        self.show()

    def show_failure(self, failure: Failure) -> None:
        """Show why a piece of work came to nothing."""
        if failure.error is None:
            sentence = self.tr("Something went wrong inside Kartoteka ({0}). What was saved before is kept.")
            self.show_notice(Notice(sentence.format(failure.sentence), Tone.WARNING, failure.details))
        else:
            self.show_notice(Notice(failure.sentence, Tone.WARNING, failure.details))

    def clear(self) -> None:
        """Take the notice away."""
        self._notice = None
        self.hide()

    def _request_action(self) -> None:
        if self._notice is not None:
            wish = self._notice.action_id
            self.clear()
            self.action_requested.emit(wish)

    def _toggle_details(self) -> None:
        self._details.setVisible(not self._details.isVisible())
        self._copy.setVisible(self._details.isVisible())

    def _copy_details(self) -> None:
        QApplication.clipboard().setText(f"{self._sentence.text()}\n\n{self._details.toPlainText()}")

    def _lay_out(self) -> None:
        self._frame.setObjectName("notice")
        self._details.setFixedHeight(DETAILS_HEIGHT)
        self._details.setAccessibleName(self.tr("Details"))
        self._icons.dress(self._close, "close-line", "muted")
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._sign)
        line.addWidget(self._sentence, 1)
        for button in (self._action, self._more, self._copy, self._close):
            line.addWidget(button)
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(12, 5, 8, 5)
        inside.addLayout(line)
        inside.addWidget(self._details)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._frame)
