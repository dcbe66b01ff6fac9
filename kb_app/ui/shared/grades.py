"""The evidence grade in words and as a small frame with its two signs."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from kb_app.core.grading import Credibility, Reliability, SourceGrade
from kb_app.ui.theme import Tokens, interface_font

_RELIABILITY = {
    Reliability.COMPLETE: QT_TRANSLATE_NOOP("grades", "completely reliable"),
    Reliability.USUAL: QT_TRANSLATE_NOOP("grades", "usually reliable"),
    Reliability.FAIR: QT_TRANSLATE_NOOP("grades", "fairly reliable"),
    Reliability.SELDOM: QT_TRANSLATE_NOOP("grades", "not usually reliable"),
    Reliability.NONE: QT_TRANSLATE_NOOP("grades", "unreliable"),
    Reliability.UNJUDGED: QT_TRANSLATE_NOOP("grades", "reliability cannot be judged"),
}
_CREDIBILITY = {
    Credibility.CONFIRMED: QT_TRANSLATE_NOOP("grades", "confirmed by other sources"),
    Credibility.PROBABLE: QT_TRANSLATE_NOOP("grades", "probably true"),
    Credibility.POSSIBLE: QT_TRANSLATE_NOOP("grades", "possibly true"),
    Credibility.DOUBTFUL: QT_TRANSLATE_NOOP("grades", "doubtful"),
    Credibility.IMPROBABLE: QT_TRANSLATE_NOOP("grades", "improbable"),
    Credibility.UNJUDGED: QT_TRANSLATE_NOOP("grades", "truth cannot be judged"),
}
GRADE_WIDTH, GRADE_HEIGHT = 28, 18


def reliability_words(reliability: Reliability) -> str:
    """Say how far a publisher can be relied on."""
    return _said(_RELIABILITY[reliability])


def credibility_words(credibility: Credibility) -> str:
    """Say how far what an article says is borne out."""
    return _said(_CREDIBILITY[credibility])


def short_grade_words(grade: SourceGrade) -> str:
    """Return the two signs of a grade, or that nobody gave one."""
    return grade.code if grade.is_given else _said("not graded")


def grade_words(grade: SourceGrade) -> str:
    """Say what a grade means, publisher and article a line each."""
    publisher = _said("Publisher {0}: {1}").format(
        grade.reliability or Reliability.UNJUDGED,
        reliability_words(grade.reliability) if grade.reliability else _said("not graded yet"),
    )
    article = _said("Article {0}: {1}").format(
        grade.credibility or Credibility.UNJUDGED,
        credibility_words(grade.credibility) if grade.credibility else _said("not graded yet"),
    )
    return f"{publisher}\n{article}"


def paint_grade(painter: QPainter, rect: QRectF, grade: SourceGrade, tokens: Tokens) -> None:
    """Paint a grade into a rectangle; a dashed frame and faint signs where nobody gave one."""
    frame = QRectF(rect.left(), rect.center().y() - GRADE_HEIGHT / 2 + 0.5, GRADE_WIDTH, GRADE_HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    style = Qt.PenStyle.SolidLine if grade.is_given else Qt.PenStyle.DashLine
    painter.setPen(QPen(QColor(tokens.line if grade.is_given else tokens.faint), 1, style))
    painter.setBrush(QColor(tokens.canvas) if grade.is_given else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(frame, 4, 4)
    painter.setFont(interface_font(weight=QFont.Weight.DemiBold if grade.is_given else QFont.Weight.Normal))
    painter.setPen(QColor(tokens.ink if grade.is_given else tokens.muted))
    painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, grade.code)
    painter.restore()


def _said(source: object) -> str:
    # the stubs do not know that a marked text is one
    return QCoreApplication.translate("grades", str(source))
