"""The hint that files can be dropped anywhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

HINT_HEIGHT = 92


class DropHint(QWidget):
    """A dashed frame with a sentence, and room around it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        frame = QFrame()
        frame.setObjectName("dropHint")
        frame.setFixedHeight(HINT_HEIGHT)
        around = QVBoxLayout(self)
        around.setContentsMargins(24, 20, 24, 12)
        around.addWidget(frame)
        inside = QVBoxLayout(frame)
        line = QLabel(self.tr("Drop files, folders, saved pages, PDFs, mail or web archives anywhere"))
        below = QLabel(self.tr("nothing leaves this computer; the originals are archived in the knowledge base"))
        below.setProperty("scale", "small")
        inside.addStretch()
        for label in (line, below):
            label.setProperty("tone", "muted")
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inside.addWidget(label)
        inside.addStretch()
