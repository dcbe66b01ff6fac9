"""Turns wishes of the views into edits of the knowledge base, each undoable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QWidget

from kb_app.core.changes import Changes
from kb_app.core.ids import ArticleId
from kb_app.core.judgement import ClaimKind, ClaimRef, Status
from kb_app.core.listing import EntityRow
from kb_app.services.workspace import Workspace
from kb_app.ui.lists.entity_list import ListDeed, ListWish
from kb_app.ui.profile.wishes import JudgementWish, NoteAction, NoteWish, RenameWish
from kb_app.ui.shell.open_base import OpenBase

STATUSES = {
    ListDeed.CONFIRM: Status.CONFIRMED,
    ListDeed.REJECT: Status.REJECTED,
    ListDeed.UNDECIDE: Status.SUGGESTED,
}


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Marks articles as reviewed or new."""

    articles: tuple[ArticleId, ...]
    reviewed: bool

    def write(self, workspace: Workspace) -> Changes | None:
        """Write it; raises StoreError."""
        return workspace.review.mark_reviewed(self.articles, self.reviewed)


class Editing(QObject):
    """Sends edits to the writing thread. `undone` and `redone` carry the wording of the step, `refused` nothing.

    `refused` says that an edit was wished for while the knowledge base is open for reading only.
    """

    undone = Signal(str)
    redone = Signal(str)
    refused = Signal()

    def __init__(self, base: OpenBase, window: QWidget) -> None:
        super().__init__(window)
        self._base = base
        self._window = window

    def judge(self, wish: JudgementWish) -> None:
        """Confirm, reject or leave undecided."""
        self._edit("judge", partial(_judge, wish))

    def rename(self, wish: RenameWish) -> None:
        """Give an entity another name."""
        self._edit("rename", partial(_rename, wish))

    def note(self, wish: NoteWish) -> None:
        """Add, change or delete a note."""
        self._edit("note", partial(_note, wish))

    def take_list_wish(self, wish: ListWish) -> None:
        """Do what was chosen in a list's menu."""
        if wish.deed in STATUSES:
            refs = tuple(ClaimRef(ClaimKind.ENTITY, row.id) for row in wish.entities)
            self.judge(JudgementWish(refs, STATUSES[wish.deed]))
        elif wish.deed is ListDeed.RENAME and wish.entities:
            self._ask_name(wish.entities[0])

    def mark_reviewed(self, articles: tuple[ArticleId, ...], reviewed: bool) -> None:
        """Mark articles as reviewed, or as new again."""
        self._edit("review", Reviewing(articles, reviewed).write)

    def undo(self) -> None:
        """Take the last step back."""
        if self._base.can_write:
            self._base.do("undo", _undo, self._take_undo)

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        if self._base.can_write:
            self._base.do("redo", _redo, self._take_redo)

    def _edit(self, name: str, work: Callable[[Workspace], Changes | None]) -> None:
        if self._base.can_write:
            self._base.edit(name, work)
        else:
            self.refused.emit()

    def _take_undo(self, changes: Changes | None) -> None:
        if changes is not None:
            self._base.changed.emit(changes)
            self.undone.emit(changes.label)

    def _take_redo(self, changes: Changes | None) -> None:
        if changes is not None:
            self._base.changed.emit(changes)
            self.redone.emit(changes.label)

    def _ask_name(self, row: EntityRow) -> None:
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(self.tr("Rename"))
        dialog.setLabelText(self.tr("The name that “{0}” goes by from now on:").format(row.name))
        dialog.setTextValue(row.name)
        dialog.textValueSelected.connect(partial(self._take_name, row))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_name(self, row: EntityRow, name: str) -> None:
        if name.strip() and name.strip() != row.name:
            self.rename(RenameWish(row.id, name.strip()))


def _judge(wish: JudgementWish, workspace: Workspace) -> Changes | None:
    return workspace.review.judge(wish.refs, wish.status)


def _rename(wish: RenameWish, workspace: Workspace) -> Changes | None:
    return workspace.editing.rename(wish.entity, wish.name)


def _note(wish: NoteWish, workspace: Workspace) -> Changes | None:
    editing = workspace.editing
    if wish.action is NoteAction.ADD or wish.note is None:
        return editing.add_note(wish.entity, wish.text)
    if wish.action is NoteAction.EDIT:
        return editing.edit_note(wish.note, wish.text)
    return editing.delete_note(wish.note)


def _undo(workspace: Workspace) -> Changes | None:
    return workspace.undo.undo()


def _redo(workspace: Workspace) -> Changes | None:
    return workspace.undo.redo()
