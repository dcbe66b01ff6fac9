"""The bar at the window's foot: what runs, how far, Cancel; totals, offline sign, saved sign."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from kb_app.core.listing import Totals
from kb_app.core.progress import Progress
from kb_app.ui.shared.buttons import link_button
from kb_app.ui.shared.elided_label import ElidedLabel
from kb_app.ui.theme import SMALL_PIXELS, interface_font

HEIGHT = 26
BAR_WIDTH = 140
LABEL_WIDTH = 420


class StatusBar(QWidget):
    """Shows the state of the work and of the knowledge base.

    `cancel_requested` and `watching_requested` carry nothing.
    """

    cancel_requested = Signal()
    watching_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._work = ElidedLabel()
        self._bar = QProgressBar()
        self._left = QLabel()
        self._cancel = link_button(self.tr("Cancel"))
        self._totals = ElidedLabel()
        self._offline = QLabel(self.tr("Offline ✓"))
        self._saved = QLabel()
        self.watching = link_button("")
        self.watching.setFont(interface_font(SMALL_PIXELS))
        self.watching.hide()
        self._lay_out()
        self._cancel.clicked.connect(self.cancel_requested)
        self.watching.clicked.connect(self.watching_requested)
        self.show_work("")

    def show_progress(self, name: str, progress: Progress) -> None:
        """Show how far a long task has come."""
        steps = f"{progress.done} / {progress.total}" if progress.total else ""
        self._work.setText("  ".join(part for part in (name, steps, progress.label) if part))
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        self._left.setText(self._time_left(progress.seconds_left))
        for widget in (self._bar, self._left, self._cancel):
            widget.show()

    def show_work(self, words: str) -> None:
        """Show what is being done in words alone, "" for nothing."""
        self._work.setText(words)
        for widget in (self._bar, self._left, self._cancel):
            widget.hide()

    def show_totals(self, totals: Totals | None) -> None:
        """Show the counts of the knowledge base, or none."""
        if totals is None:
            self._totals.setText("")
            return
        number = self.locale().toString
        parts = (
            self.tr("{0} sources").format(number(totals.sources)),
            self.tr("{0} people").format(number(totals.people)),
            self.tr("{0} institutions").format(number(totals.institutions)),
            self.tr("{0} events").format(number(totals.events)),
        )
        self._totals.setText(" · ".join(parts))

    def show_watching(self, words: str, tip: str = "") -> None:
        """Say that folders are watched, "" for none."""
        self.watching.setText(words)
        self.watching.setToolTip(tip)
        self.watching.setVisible(bool(words))

    def show_saved(self, words: str, tip: str = "") -> None:
        """Say whether everything is in the file: "Saved", "Saving…", "Read-only"."""
        self._saved.setText(words)
        self._saved.setToolTip(tip)

    def _time_left(self, seconds: float | None) -> str:
        if seconds is None:
            return ""
        if seconds < 90:
            return self.tr("{0} s left").format(max(1, round(seconds)))
        return self.tr("{0} min left").format(round(seconds / 60))

    def _lay_out(self) -> None:
        self._bar.setFixedWidth(BAR_WIDTH)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._work.setMaximumWidth(LABEL_WIDTH)
        self._offline.setToolTip(self.tr("Kartoteka never connects to a network"))
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 0, 12, 0)
        line.setSpacing(12)
        for widget in (self._work, self._bar, self._left, self._cancel):
            line.addWidget(widget)
        line.addStretch(1)
        self._totals.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for widget in (self._totals, self.watching, self._offline, self._saved):
            line.addWidget(widget)
        for label in (self._work, self._left, self._totals, self._offline, self._saved):
            label.setProperty("tone", "muted")
            label.setProperty("scale", "small")
