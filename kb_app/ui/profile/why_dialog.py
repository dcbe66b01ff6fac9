"""The dialog that says why a line is believed: sentence, confidence, reason, and how its date was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from kb_app.core.citation import Citation
from kb_app.core.profile import MentionLine
from kb_app.core.stated_date import StatedDate, parse_edtf
from kb_app.ui.profile.citation_tip import citation_rows
from kb_app.ui.profile.fact_line import FactLine
from kb_app.ui.profile.plain_words import plain
from kb_app.ui.profile.wording import mention_words, status_words
from kb_app.ui.shared.buttons import primary_button
from kb_app.ui.shared.dates import date_words
from kb_app.ui.theme import Tokens

SIZE = QSize(520, 380)


@dataclass(frozen=True, slots=True)
class Why:
    """What is shown of one line; `more` counts the citations that are not among those given."""

    words: str
    state: str
    citations: tuple[Citation, ...]
    more: int = 0
    date: StatedDate | None = None


def why_of_line(line: FactLine) -> Why:
    """Return why a line of a section is believed."""
    support = line.support
    state = status_words(support.status, support.disputed)
    more = max(0, support.citation_count - len(support.citations))
    return Why(line.words(), state, support.citations, more, line.date)


def why_of_mention(line: MentionLine) -> Why:
    """Return why some words are taken for a mention."""
    return Why(plain(line.citation.passage.quote, 120), mention_words(line.kind), (line.citation,))


class WhyDialog(QDialog):
    """Shows why a line is believed; Escape and Enter close it, the arrow keys scroll."""

    def __init__(self, why: Why, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Why this line?"))
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(self.windowTitle())
        self.text.setHtml("".join(why_rows(why, tokens)))
        close = primary_button(self.tr("Close"))
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(16)
        column.addWidget(self.text)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(SIZE)
        close.setFocus()


def why_rows(why: Why, tokens: Tokens) -> Iterator[str]:
    """Yield the paragraphs of rich text; everything in them that comes from an article is made harmless."""
    yield f"<p><b>{escape(plain(why.words, 300))}</b><br>{escape(why.state)}</p>"
    if why.date is not None:
        yield f"<p>{escape(dated_words(why.date))}</p>"
    for citation in why.citations:
        yield from citation_rows(citation, tokens)
    if why.more == 1:
        yield f"<p>{escape(QCoreApplication.translate('card', 'and one more citation'))}</p>"
    elif why.more:
        yield f"<p>{escape(_said('and %1 more citations', str(why.more)))}</p>"


def dated_words(date: StatedDate) -> str:
    """Say what a date is, from which words it was read, by which rule, and from which day it was counted."""
    parts = [_said("Date: %1", date_words(date))]
    if date.words:
        parts.append(_said("from the words “%1”", plain(date.words, 80)))
    if date.rule:
        parts.append(_said("by the rule “%1”", plain(date.rule, 80)))
    if date.anchor:
        anchor = parse_edtf(date.anchor)
        parts.append(_said("counted from %1", date_words(anchor) if anchor is not None else plain(date.anchor, 40)))
    return " · ".join(parts)


def _said(words: str, value: str) -> str:
    return QCoreApplication.translate("card", words).replace("%1", value)
