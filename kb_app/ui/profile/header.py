"""The head of a card: monogram, name, other spellings, and what can be done with the entity."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from kb_app.core.judgement import ClaimKind, ClaimRef, Status
from kb_app.core.profile import Profile
from kb_app.ui.profile.header_words import header_runs, spellings_tip
from kb_app.ui.profile.name_field import NameField
from kb_app.ui.profile.run_label import RunLabel
from kb_app.ui.profile.state_mark import draw_state
from kb_app.ui.profile.wishes import JudgementWish, RenameWish
from kb_app.ui.profile.wording import status_words
from kb_app.ui.shared.buttons import icon_button, plain_button
from kb_app.ui.shared.icons import Icons
from kb_app.ui.shared.monogram import Monogram
from kb_app.ui.theme import Theme

MONOGRAM_PIXELS = 60
WIDE = 600


class StateSign(QWidget):
    """The mark of the entity's own state."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._status = Status.SUGGESTED
        self.setFixedSize(14, 18)
        theme.changed.connect(self.update)

    def show_status(self, status: Status) -> None:
        """Show another state."""
        self._status = status
        self.setToolTip(status_words(status))
        self.setAccessibleName(status_words(status))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_state(painter, self.rect().toRectF().center(), (self._status, False), self._theme.tokens)
        painter.end()


class CardHeader(QWidget):
    """Shows who the card is about; its buttons emit wishes."""

    judgement_requested = Signal(object)  # JudgementWish
    rename_requested = Signal(object)  # RenameWish
    note_wanted = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._profile: Profile | None = None
        self._wide: bool | None = None
        self.monogram = Monogram(theme, MONOGRAM_PIXELS)
        self.name = NameField()
        self.state = StateSign(theme)
        self.about = RunLabel(theme)
        self.confirm = plain_button(self.tr("Confirm"))
        self.reject = plain_button(self.tr("Reject"))
        self.rename = plain_button(self.tr("Rename"))
        self.more = icon_button(self.tr("More"))
        self._buttons = QWidget()
        self._grid = QGridLayout(self)
        self._dress(icons)
        self._lay_out()
        self.confirm.clicked.connect(self._confirm)
        self.reject.clicked.connect(self._reject)
        self.rename.clicked.connect(self.name.edit)
        self.name.renamed.connect(self._rename)

    def _dress(self, icons: Icons) -> None:
        icons.dress(self.confirm, "check-line", "good")
        icons.dress(self.reject, "close-line", "muted")
        icons.dress(self.more, "more-fill")
        self.rename.setToolTip(self.tr("Give another name (F2)"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        menu.addAction(self.tr("Copy name"), self._copy_name)
        menu.addAction(self.tr("Add note…"), self.note_wanted.emit)
        menu.addSeparator()
        self._back = menu.addAction(self.tr("Back to suggested"), self._suggest)
        self.more.setMenu(menu)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self.confirm, self.reject, self.rename, self.more):
            row.addWidget(button)
        row.addStretch()
        about = QHBoxLayout()
        about.setSpacing(6)
        about.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        about.addWidget(self.about, 1)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.name)
        words.addLayout(about)
        words.addStretch()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self.monogram, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(words, 0, 1)
        self._place_buttons(wide=True)

    def show_profile(self, profile: Profile) -> None:
        """Show another entity, or the same one after a change."""
        old = self._profile
        if old is not None and old.entity.id != profile.entity.id:
            self.name.leave()
        self._profile = profile
        entity, status = profile.entity, profile.status
        self.monogram.show_entity(entity.name, entity.type)
        self.name.show_name(entity.name, status is Status.REJECTED)
        self.state.show_status(status)
        self.about.show_runs(header_runs(entity))
        self.about.setToolTip(f"<pre>{_escaped(spellings_tip(entity))}</pre>" if spellings_tip(entity) else "")
        self.confirm.setText(self.tr("Confirmed") if status is Status.CONFIRMED else self.tr("Confirm"))
        self.confirm.setEnabled(status is not Status.CONFIRMED)
        self.reject.setText(self.tr("Rejected") if status is Status.REJECTED else self.tr("Reject"))
        self.reject.setEnabled(status is not Status.REJECTED)
        self._back.setEnabled(status is not Status.SUGGESTED)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_buttons(wide=event.size().width() >= WIDE)

    def _place_buttons(self, wide: bool) -> None:
        if wide == self._wide:
            return
        self._wide = wide
        self._grid.removeWidget(self._buttons)
        if wide:
            self._grid.addWidget(self._buttons, 0, 2, Qt.AlignmentFlag.AlignTop)
        else:
            self._grid.addWidget(self._buttons, 1, 0, 1, 3)

    def _judge(self, status: Status) -> None:
        if self._profile is not None:
            ref = ClaimRef(ClaimKind.ENTITY, self._profile.entity.id)
            self.judgement_requested.emit(JudgementWish((ref,), status))

    def _confirm(self) -> None:
        self._judge(Status.CONFIRMED)

    def _reject(self) -> None:
        self._judge(Status.REJECTED)

    def _suggest(self) -> None:
        self._judge(Status.SUGGESTED)

    def _rename(self, name: str) -> None:
        if self._profile is not None:
            self.rename_requested.emit(RenameWish(self._profile.entity.id, name))

    def _copy_name(self) -> None:
        if self._profile is not None:
            QGuiApplication.clipboard().setText(self._profile.entity.name)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
