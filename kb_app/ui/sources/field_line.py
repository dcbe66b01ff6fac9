"""One piece of metadata in the editor: its value, how it stands, and whether it is to be set."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QCompleter, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from kb_app.core.article import MetadataField
from kb_app.core.correction import CORRECTED, Correction, FieldState, split_wires
from kb_app.core.entered_date import entered_date
from kb_app.ui.profile.plain_words import plain
from kb_app.ui.shared.dates import date_words
from kb_app.ui.shared.languages import language_code, language_words

WORDS_CHARACTERS = 70


def field_words(field: MetadataField) -> str:
    """Name a piece of metadata."""
    names = {
        MetadataField.TITLE: _said("Title"),
        MetadataField.BYLINE: _said("Byline"),
        MetadataField.PUBLISHER: _said("Publisher"),
        MetadataField.HOST: _said("Reprinted by"),
        MetadataField.WIRE: _said("Wires"),
        MetadataField.DATELINE_PLACE: _said("Dateline"),
        MetadataField.PUBLISHED: _said("Published"),
        MetadataField.SOURCE_URL: _said("Address"),
        MetadataField.LANGUAGE: _said("Language"),
    }
    return names[field]


def how_words(how: str) -> str:
    """Say how a value was found."""
    return _said("given by a person") if how == CORRECTED else plain(how, WORDS_CHARACTERS)


class FieldLine(QWidget):
    """Edits one field; with `many`, a tick says that it is set in all the articles.

    `looked_at` says that the keyboard is in it, `edited` that its value or tick is another one.
    """

    looked_at = Signal()
    edited = Signal()

    def __init__(self, state: FieldState, many: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = state
        self._many = many
        name = field_words(state.field)
        self.tick = QCheckBox(self)
        self.tick.setObjectName("fieldTick")
        self.tick.setAccessibleName(self.tr("Set {0} in all of them").format(name))
        self.tick.setToolTip(self.tick.accessibleName())
        self.tick.setVisible(many)
        self.value = QLineEdit(_shown(state))
        self.value.setAccessibleName(name)
        self.value.setCursorPosition(0)
        self.value.installEventFilter(self)
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setProperty("scale", "small")
        self._lay_out()
        self._place_holders()
        self.value.textEdited.connect(self._take_edit)
        self.value.textChanged.connect(self._settle)
        self.tick.toggled.connect(self._settle)
        self._settle()

    @property
    def is_wrong(self) -> bool:
        """Tell whether the value cannot be taken."""
        text = self.value.text().strip()
        if not self.is_set or not text:
            return False
        if self.state.field is MetadataField.PUBLISHED:
            return entered_date(text) is None
        return self.state.field is MetadataField.LANGUAGE and not language_code(text)

    @property
    def is_set(self) -> bool:
        """Tell whether the value is to be set."""
        if self._many:
            return self.tick.isChecked()
        return self.value.text().strip() != _shown(self.state)

    def correction(self) -> Correction | None:
        """Return what is to be set, None where nothing is."""
        if not self.is_set or self.is_wrong:
            return None
        text = self.value.text().strip()
        return Correction(self.state.field, language_code(text) if self.state.field is MetadataField.LANGUAGE else text)

    def pick(self, value: str) -> None:
        """Take a value over; a wire is added to the others, or taken from them."""
        if self.state.field is MetadataField.WIRE and not self._many:
            held = split_wires(self.value.text())
            wires = tuple(wire for wire in held if wire != value) if value in held else (*held, value)
            value = ", ".join(wires)
        elif self.state.field is MetadataField.LANGUAGE:
            value = language_words(value)
        self.value.setText(value)
        self.tick.setChecked(True)
        self.edited.emit()

    def propose(self, values: tuple[str, ...]) -> None:
        """Complete what is typed from values that are in use."""
        completer = QCompleter(list(values), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._take_edit)
        self.value.setCompleter(completer)

    def focus(self) -> None:
        """Give the keyboard to the value."""
        self.value.setFocus()
        self.value.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.value and event.type() is QEvent.Type.FocusIn:
            self.looked_at.emit()
        return False

    def _take_edit(self) -> None:
        self.tick.setChecked(True)

    def _settle(self) -> None:
        self._words.setText(self._state_words())
        self._words.setProperty("tone", "warning" if self.is_wrong else "muted")
        self._words.style().polish(self._words)
        self.edited.emit()

    def _state_words(self) -> str:
        text = self.value.text().strip()
        if self.is_wrong:
            return self._wrong_words()
        if self.state.field is MetadataField.PUBLISHED and (self.is_set or not self._many):
            stated = entered_date(text) if text else None
            words = date_words(stated) if text else self.tr("not known")
            return words if self.is_set else _joined(words, self._how_words())
        if self.is_set:
            return self.tr("will be set") if text else self.tr("will be taken away")
        if self.state.is_mixed:
            return self.tr("{0} different values").format(len(self.state.values))
        return self._how_words() if text else self.tr("not known")

    def _how_words(self) -> str:
        held = next((one.how for one in self.state.candidates if one.value == self.state.value), "")
        return how_words(self.state.how or held)

    def _wrong_words(self) -> str:
        if self.state.field is MetadataField.LANGUAGE:
            return self.tr("no language that is known by this name or code")
        return self.tr("no date, or one that can be read in two ways")

    def _place_holders(self) -> None:
        if self.state.is_mixed:
            self.value.setPlaceholderText(self.tr("(different values)"))
        elif self.state.field is MetadataField.PUBLISHED:
            self.value.setPlaceholderText(self.tr("3 Sep 2020, September 2020, 2020"))
        elif self.state.field is MetadataField.WIRE:
            self.value.setPlaceholderText(self.tr("with commas between them"))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.tick)
        line.addWidget(self.value, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addLayout(line)
        column.addWidget(self._words)


def _shown(state: FieldState) -> str:
    return language_words(state.value) if state.field is MetadataField.LANGUAGE else state.value


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _said(words: str) -> str:
    return QCoreApplication.translate("metadata", words)
