"""The editor of the metadata of one article or of many, with the evidence for each value."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kb_app.core.article import Candidate, MetadataField
from kb_app.core.correction import Correction, MetadataSheet
from kb_app.core.ids import ArticleId
from kb_app.core.passage import Span
from kb_app.ui.profile.plain_words import plain
from kb_app.ui.shared.buttons import plain_button, primary_button
from kb_app.ui.sources.evidence_list import EvidenceList
from kb_app.ui.sources.field_line import FieldLine, field_words

SIZE = QSize(940, 600)
FIELDS = (
    MetadataField.TITLE,
    MetadataField.PUBLISHED,
    MetadataField.PUBLISHER,
    MetadataField.HOST,
    MetadataField.BYLINE,
    MetadataField.WIRE,
    MetadataField.DATELINE_PLACE,
    MetadataField.SOURCE_URL,
    MetadataField.LANGUAGE,
)


@dataclass(frozen=True, slots=True)
class CorrectionWish:
    """What a person says of some articles."""

    articles: tuple[ArticleId, ...]
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class PlaceWish:
    """A place in an article's text that is to be shown."""

    article: ArticleId
    span: Span


class MetadataDialog(QDialog):
    """Edits metadata beside the window, which can be read meanwhile.

    `correction_requested` carries a CorrectionWish, `place_requested` a PlaceWish.
    """

    correction_requested = Signal(object)
    place_requested = Signal(object)

    def __init__(self, sheet: MetadataSheet, can_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._sheet = sheet
        self._can_write = can_write
        many = len(sheet.articles) > 1
        self.setWindowTitle(
            self.tr("Metadata of {0} articles").format(len(sheet.articles)) if many else self.tr("Metadata")
        )
        self.resize(SIZE)
        self.lines = {field: FieldLine(sheet.state(field), many) for field in FIELDS}
        for field in (MetadataField.PUBLISHER, MetadataField.HOST):
            self.lines[field].propose(sheet.publishers)
        self._at = FIELDS[0]
        self.evidence = EvidenceList()
        self._evidence_of = QLabel()
        self._evidence_of.setTextFormat(Qt.TextFormat.PlainText)
        self.use = plain_button(self.tr("Use this value"))
        self.save = primary_button(self.tr("Save"))
        self._cancel = plain_button(self.tr("Cancel"))
        self._lay_out()
        self._connect()
        self._look_at(self._at)
        self._settle()

    def begin(self, field: MetadataField) -> None:
        """Show the editor with the keyboard in a field."""
        self.show()
        self.lines[field].focus()
        self._look_at(field)

    def corrections(self) -> tuple[Correction, ...]:
        """Return what is to be set."""
        told = (line.correction() for line in self.lines.values())
        return tuple(correction for correction in told if correction is not None)

    def _connect(self) -> None:
        for line in self.lines.values():
            line.looked_at.connect(self._take_look)
            line.edited.connect(self._settle)
        self.evidence.picked.connect(self._pick)
        self.evidence.pointed.connect(self._point)
        self.evidence.currentItemChanged.connect(self._settle)
        self.use.clicked.connect(self.evidence.pick)
        self.save.clicked.connect(self._wish)
        self._cancel.clicked.connect(self.reject)
        QShortcut(QKeySequence("Alt+Down"), self).activated.connect(self._go_to_evidence)

    def _take_look(self) -> None:
        line = self.sender()
        field = next((field for field, one in self.lines.items() if one is line), None)
        if field is not None and field is not self._at:
            self._look_at(field)

    def _look_at(self, field: MetadataField) -> None:
        self._at = field
        self._evidence_of.setText(self.tr("Found for: {0}").format(field_words(field)))
        self.evidence.show_state(self._sheet.state(field))
        self._settle()

    def _go_to_evidence(self) -> None:
        self.evidence.setFocus()
        first = self.evidence.topLevelItem(0)
        if self.evidence.chosen() is None and first is not None:
            self.evidence.setCurrentItem(first)

    def _pick(self, value: str) -> None:
        self.lines[self._at].pick(value)
        self.lines[self._at].focus()

    def _point(self, candidate: Candidate) -> None:
        if candidate.span is not None:
            self.place_requested.emit(PlaceWish(self._sheet.articles[0], candidate.span))

    def _settle(self) -> None:
        wrong = any(line.is_wrong for line in self.lines.values())
        self.save.setEnabled(self._can_write and not wrong and bool(self.corrections()))
        self.use.setEnabled(self._can_write and self.evidence.chosen() is not None)

    def _wish(self) -> None:
        self.correction_requested.emit(CorrectionWish(self._sheet.articles, self.corrections()))
        self.accept()

    def _head(self) -> QLabel:
        count = len(self._sheet.articles)
        if not self._can_write:
            words = self.tr("This knowledge base is open for reading only.")
        elif count > 1:
            words = self.tr("Only the fields with a tick are set, in all {0} articles, as one step.").format(count)
        else:
            words = plain(self._sheet.title, 200)
        label = QLabel(words, wordWrap=True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("scale", "heading" if count == 1 else "")
        return label

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.setVerticalSpacing(7)
        for field, line in self.lines.items():
            label = QLabel(field_words(field))
            label.setBuddy(line.value)
            form.addRow(label, line)
        side = QVBoxLayout()
        self._evidence_of.setProperty("tone", "muted")
        side.addWidget(self._evidence_of)
        side.addWidget(self.evidence, 1)
        hint = QLabel(self.tr("Alt+Down goes to this list, Enter takes the value over."), wordWrap=True)
        hint.setProperty("tone", "muted")
        hint.setProperty("scale", "small")
        side.addWidget(hint)
        side.addWidget(self.use, 0, Qt.AlignmentFlag.AlignLeft)
        middle = QHBoxLayout()
        middle.setSpacing(18)
        middle.addLayout(form, 5)
        middle.addLayout(side, 4)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self._cancel)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(12)
        column.addWidget(self._head())
        column.addLayout(middle, 1)
        column.addLayout(foot)
