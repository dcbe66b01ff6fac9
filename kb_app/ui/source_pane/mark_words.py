"""The words for marks: their kinds, and what one says on hover."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from kb_app.core.reading import Mark, MarkKind
from kb_app.ui.profile.plain_words import plain

_ONE = {
    MarkKind.PERSON: QT_TRANSLATE_NOOP("source_pane", "person"),
    MarkKind.INSTITUTION: QT_TRANSLATE_NOOP("source_pane", "institution"),
    MarkKind.PLACE: QT_TRANSLATE_NOOP("source_pane", "place"),
    MarkKind.DATE: QT_TRANSLATE_NOOP("source_pane", "date"),
    MarkKind.STATEMENT: QT_TRANSLATE_NOOP("source_pane", "statement"),
    MarkKind.EVENT: QT_TRANSLATE_NOOP("source_pane", "event"),
}
_MANY = {
    MarkKind.PERSON: QT_TRANSLATE_NOOP("source_pane", "People"),
    MarkKind.INSTITUTION: QT_TRANSLATE_NOOP("source_pane", "Institutions"),
    MarkKind.PLACE: QT_TRANSLATE_NOOP("source_pane", "Places"),
    MarkKind.DATE: QT_TRANSLATE_NOOP("source_pane", "Dates"),
    MarkKind.STATEMENT: QT_TRANSLATE_NOOP("source_pane", "Statements"),
    MarkKind.EVENT: QT_TRANSLATE_NOOP("source_pane", "Events"),
}


def kind_words(kind: MarkKind) -> str:
    """Name a kind of marks, for its switch."""
    return QCoreApplication.translate("source_pane", str(_MANY[kind]))


def mark_words(mark: Mark) -> str:
    """Return a mark's name and kind as rich text in which nothing from an article has a meaning."""
    kind = QCoreApplication.translate("source_pane", str(_ONE[mark.kind]))
    label = escape(plain(mark.label, 240))
    return f"<p>{label + ' — ' if label else ''}{kind}</p>"
