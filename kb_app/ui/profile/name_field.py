"""The name on a card, edited where it stands."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from kb_app.ui.profile.plain_words import plain
from kb_app.ui.theme import interface_font

LONGEST_NAME = 300
TITLE_PIXELS = 20


class NameEdit(QLineEdit):
    """A line that Escape leaves. `given_up` says so."""

    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class NameField(QWidget):
    """Shows a name as a title; `edit` turns it into a field. `renamed` carries a new, non-empty name."""

    renamed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._before: QWidget | None = None  # who had the keyboard
        self.label = QLabel(wordWrap=True)
        self.field = NameEdit()
        self._set_up()
        self.field.returnPressed.connect(self._commit)
        self.field.editingFinished.connect(self._commit)
        self.field.given_up.connect(self._leave)

    def _set_up(self) -> None:
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setFont(interface_font(TITLE_PIXELS, QFont.Weight.DemiBold))
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.field.setMaxLength(LONGEST_NAME)
        self.field.setAccessibleName(self.tr("New name"))
        self.field.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.label)
        column.addWidget(self.field)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, super().minimumSizeHint().height())

    def show_name(self, name: str, struck: bool) -> None:
        """Show a name, struck through where its entity was rejected; an edit under way goes on."""
        self._name = name
        self.label.setText(plain(name, LONGEST_NAME))
        font = self.label.font()
        font.setStrikeOut(struck)
        self.label.setFont(font)

    def edit(self) -> None:
        """Let the person write another name: Enter keeps it, Escape does not."""
        self._before = QApplication.focusWidget()
        self.field.setText(self._name)
        self.label.hide()
        self.field.show()
        self.field.selectAll()
        self.field.setFocus()

    def is_editing(self) -> bool:
        """Tell whether a new name is being written."""
        return not self.field.isHidden()

    def leave(self) -> None:
        """End an edit without a change."""
        self._leave()

    def _commit(self) -> None:
        if not self.is_editing():
            return
        name = " ".join(self.field.text().split())
        self._leave()
        if name and name != self._name:
            self.renamed.emit(name)

    def _leave(self) -> None:
        before, self._before = self._before, None
        # else hiding the field would hand the keyboard to the next button, and the next Enter would press it
        if self.field.hasFocus() and before is not None and isValid(before):
            before.setFocus()
        self.field.hide()
        self.label.show()
