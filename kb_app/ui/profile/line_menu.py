"""The context menu of a line: everything that the keys can do, and each of its citations."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from kb_app.core.judgement import Status
from kb_app.ui.profile.citation_tip import citation_words
from kb_app.ui.profile.fact_line import FactLine
from kb_app.ui.profile.plain_words import plain


class LineMenu(QMenu):
    """Offers a line's citations, decisions and links."""

    citation_requested = Signal(object)  # Citation
    entity_requested = Signal(object)  # EntityId
    event_requested = Signal(object)  # EventId
    judged = Signal(object)  # Status
    why_requested = Signal(object)  # FactLine

    def __init__(self, line: FactLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = line
        self._add_citations()
        self.addAction(self.tr("Why this line?"), self._ask_why).setShortcut(QKeySequence("W"))
        self.addSeparator()
        self._add_decision(self.tr("Confirm"), Status.CONFIRMED, "A")
        self._add_decision(self.tr("Reject"), Status.REJECTED, "X")
        self._add_decision(self.tr("Back to suggested"), Status.SUGGESTED, "U")
        self.addSeparator()
        self._add_links()
        self.addAction(self.tr("Copy line"), self._copy)

    def _add_citations(self) -> None:
        citations = self._line.support.citations
        if not citations:
            return
        self.addAction(self.tr("Show in the source"), partial(self.citation_requested.emit, citations[0]))
        if len(citations) < 2:
            return
        listed = self.addMenu(self.tr("All citations"))
        for citation in citations:
            words = f"{citation_words(citation)}: {plain(citation.passage.quote, 60)}"
            listed.addAction(_literal(words), partial(self.citation_requested.emit, citation))
        left = self._line.support.citation_count - len(citations)
        if left > 0:
            listed.addAction(self.tr("… and %n more", "", left)).setEnabled(False)

    def _add_decision(self, words: str, status: Status, key: str) -> None:
        action = self.addAction(words, partial(self.judged.emit, status))
        action.setShortcut(QKeySequence(key))
        action.setEnabled(self._line.support.status is not status)

    def _add_links(self) -> None:
        for run in (*self._line.main, *self._line.second):
            if run.entity is not None:
                words = self.tr("Open %1").replace("%1", run.text)
                self.addAction(_literal(words), partial(self.entity_requested.emit, run.entity))
            elif run.event is not None:
                self.addAction(self.tr("Show on the timeline"), partial(self.event_requested.emit, run.event))

    def _ask_why(self) -> None:
        self.why_requested.emit(self._line)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._line.words())


def _literal(words: str) -> str:
    return words.replace("&", "&&")
