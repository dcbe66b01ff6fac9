"""The notes on a card: read as Markdown, written where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QTextBrowser, QVBoxLayout, QWidget

from kb_app.core.ids import EntityId
from kb_app.core.profile import Note
from kb_app.ui.profile.note_text import linked_name, with_links
from kb_app.ui.profile.wishes import NoteAction, NoteWish, SectionKind
from kb_app.ui.shared.buttons import link_button, plain_button, primary_button
from kb_app.ui.shared.dates import day_words
from kb_app.ui.shared.section_header import SectionHeader
from kb_app.ui.theme import Theme

EDITOR_HEIGHT = 96
LONGEST_NOTE = 200_000
_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class NoteText(QTextBrowser):
    """Shows Markdown, as tall as it is, and fetches nothing. `name_requested` carries the name in a [[link]]."""

    name_requested = Signal(str)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setStyleSheet("QTextBrowser { background: transparent; padding: 0; }")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self._markdown = with_links(text[:LONGEST_NOTE])
        self.set_anew()
        self.anchorClicked.connect(self._follow)

    def set_anew(self) -> None:
        """Set the text in today's colours: links take theirs from the palette when they are made."""
        self.document().setMarkdown(self._markdown, _FEATURES)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return None

    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(round(self.document().size().height()) + 2)

    def wheelEvent(self, event: object) -> None:
        event.ignore()  # type: ignore[attr-defined]  # a QWheelEvent: the card scrolls, not the note

    def _follow(self, url: QUrl) -> None:
        name = linked_name(url)
        if name is not None:
            self.name_requested.emit(name)


class NoteEditor(QWidget):
    """Writes a note: Ctrl+Enter saves, Escape gives up. `saved` carries the text, `given_up` that there is none."""

    saved = Signal(str)
    given_up = Signal()

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QPlainTextEdit(text)
        self.field.setPlaceholderText(self.tr("Markdown, [[links]] to other cards"))
        self.field.setAccessibleName(self.tr("Note"))
        self.field.setFixedHeight(EDITOR_HEIGHT)
        self.field.setTabChangesFocus(True)
        self.save = primary_button(self.tr("Save"))
        self.save.setToolTip(self.tr("Ctrl+Enter"))
        self.cancel = plain_button(self.tr("Cancel"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addWidget(self.cancel)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.addWidget(self.field)
        column.addLayout(buttons)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.given_up)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save()
        else:
            super().keyPressEvent(event)

    def _save(self) -> None:
        self.saved.emit(self.field.toPlainText().strip())


class NoteItem(QWidget):
    """One note with what can be done to it. `wished` carries a NoteWish."""

    wished = Signal(object)  # NoteWish
    name_requested = Signal(str)

    def __init__(self, note: Note, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note = note
        self._editor: NoteEditor | None = None
        self.text = NoteText(note.text)
        self.edit = link_button(self.tr("Edit"))
        self.delete = link_button(self.tr("Delete"))
        at = note.at.astimezone()
        when = QLabel(f"{day_words(at.date())} {at:%H:%M}")
        when.setProperty("tone", "muted")
        when.setProperty("scale", "small")
        foot = QHBoxLayout()
        foot.addWidget(when)
        foot.addStretch()
        foot.addWidget(self.edit)
        foot.addWidget(self.delete)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 4)
        self._column.setSpacing(2)
        self._column.addWidget(self.text)
        self._column.addLayout(foot)
        self.text.name_requested.connect(self.name_requested)
        self.edit.clicked.connect(self.begin_edit)
        self.delete.clicked.connect(self._delete)

    def begin_edit(self) -> None:
        """Turn the note into a field."""
        if self._editor is not None:
            return
        self._editor = NoteEditor(self._note.text, self)
        self._editor.saved.connect(self._save)
        self._editor.given_up.connect(self._end_edit)
        self._column.insertWidget(0, self._editor)
        self.text.hide()
        self._editor.field.setFocus()

    def editor(self) -> NoteEditor | None:
        """Return the field while the note is being written."""
        return self._editor

    def _save(self, text: str) -> None:
        note = self._note
        self._end_edit()
        if not text:
            self._delete()
        elif text != note.text:
            self.wished.emit(NoteWish(NoteAction.EDIT, note.entity, note.id, text))

    def _end_edit(self) -> None:
        if self._editor is not None:
            self._editor.deleteLater()
            self._editor.hide()
            self._editor = None
        self.text.show()

    def _delete(self) -> None:
        self.wished.emit(NoteWish(NoteAction.DELETE, self._note.entity, self._note.id))


class NotesSection(QWidget):
    """All notes on an entity and the place to write another."""

    note_requested = Signal(object)  # NoteWish
    name_requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.kind = SectionKind.NOTES
        self._entity = EntityId(0)
        self._notes: tuple[Note, ...] = ()
        self._items: list[NoteItem] = []
        self.header = SectionHeader(theme, self.tr("Notes"))
        self.add = link_button(self.tr("Add a note… Markdown, [[links]] to other cards"))
        self.editor = NoteEditor()
        self.editor.hide()
        self._theme = theme
        theme.changed.connect(self._redress)
        self._redress()
        self._body = QWidget()
        self._list = QVBoxLayout()
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(self._list)
        inner.addWidget(self.editor)
        inner.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.header)
        column.addWidget(self._body)
        self.header.folded.connect(self._body.setHidden)
        self.add.clicked.connect(self.begin)
        self.editor.saved.connect(self._save)
        self.editor.given_up.connect(self._end)

    def show_notes(self, entity: EntityId, notes: Sequence[Note]) -> None:
        """Show the notes on an entity; a note being written to the same one stays."""
        if entity != self._entity:
            self._entity = entity
            self._end()
        self.header.show_count(len(notes))
        if tuple(notes) == self._notes:
            return
        self._notes = tuple(notes)
        for item in self._items:
            item.hide()
            item.deleteLater()
        self._items = [NoteItem(note) for note in notes]
        for item in self._items:
            item.wished.connect(self.note_requested)
            item.name_requested.connect(self.name_requested)
            self._list.addWidget(item)

    def items(self) -> tuple[NoteItem, ...]:
        """Return the notes shown."""
        return tuple(self._items)

    def begin(self) -> None:
        """Open the field for another note."""
        self.header.fold(False)
        self.add.hide()
        self.editor.show()
        self.editor.field.setFocus()

    def _redress(self) -> None:
        for item in self._items:
            item.text.set_anew()
        self.add.setStyleSheet(f"color: {self._theme.tokens.muted}; padding-left: 0")

    def _save(self, text: str) -> None:
        self._end()
        if text:
            self.note_requested.emit(NoteWish(NoteAction.ADD, self._entity, text=text))

    def _end(self) -> None:
        self.editor.field.clear()
        self.editor.hide()
        self.add.show()
