"""The sentence behind a line, as a tool tip shows it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication

from kb_app.core.citation import Citation, Support
from kb_app.ui.profile.plain_words import plain
from kb_app.ui.shared.dates import date_words
from kb_app.ui.shared.grades import grade_words, short_grade_words
from kb_app.ui.theme import Tokens, blend

QUOTE_CHARACTERS = 500
WIDTH = 380


def citation_words(citation: Citation) -> str:
    """Return article, publisher, date and evidence grade of a citation in plain words."""
    parts = [plain(citation.article_title, 120), plain(citation.publisher, 60)]
    if citation.published is not None:
        parts.append(date_words(citation.published))
    parts.append(short_grade_words(citation.grade))
    return " · ".join(part for part in parts if part)


def spoken_citation(citation: Citation) -> str:
    """Return a citation's sentence and where it stands in plain words."""
    passage = citation.passage
    sentence = plain(f"{passage.before}{passage.quote}{passage.after}", QUOTE_CHARACTERS)
    return f"{sentence} — {citation_words(citation)}"


def citation_tip(citation: Citation, support: Support, tokens: Tokens) -> str:
    """Return rich text with the sentence, its quote marked, where it stands and why the machine took it so."""
    rows = citation_rows(citation, tokens)
    more = support.citation_count - 1
    if more > 0:
        rows.append(_muted(escape(_more_words(support)), tokens))
    return f'<table width="{WIDTH}"><tr><td>{"".join(rows)}</td></tr></table>'


def citation_rows(citation: Citation, tokens: Tokens) -> list[str]:
    """Return paragraphs of rich text: the sentence with its quote marked, where it stands, its grade, confidence."""
    passage = citation.passage
    ground = blend(tokens.focus_mark, tokens.panel, 0.3)
    quote = escape(plain(passage.quote, QUOTE_CHARACTERS))
    sentence = (
        f"{_context(passage.before, before=True)}"
        f'<span style="background-color:{ground}">{quote}</span>{_context(passage.after, before=False)}'
    )
    grade = (
        [_muted(escape(grade_words(citation.grade)).replace("\n", "<br>"), tokens)] if citation.grade.is_given else []
    )
    where = _muted(escape(citation_words(citation)), tokens)
    return [f"<p>{sentence}</p>", where, *grade, _muted(_why(citation), tokens)]


def _context(text: str, before: bool) -> str:
    words = escape(plain(text, 200))
    if not words:
        return ""
    space = " " if text[-1:].isspace() or text[:1].isspace() else ""
    return f"…{words}{space}" if before else f"{space}{words}…"


def _why(citation: Citation) -> str:
    words = QCoreApplication.translate("card", "Machine's confidence %1 %")
    sure = words.replace("%1", str(round(citation.confidence * 100)))
    reason = plain(citation.reason, 160)
    return escape(f"{sure} · {reason}" if reason else sure)


def _more_words(support: Support) -> str:
    if support.origin_count == 1:
        words = QCoreApplication.translate("card", "%1 citations · 1 origin; click again for the next")
    else:
        words = QCoreApplication.translate("card", "%1 citations · %2 origins; click again for the next")
    return words.replace("%1", str(support.citation_count)).replace("%2", str(support.origin_count))


def _muted(words: str, tokens: Tokens) -> str:
    return f'<p style="color:{tokens.muted};margin-top:4px;margin-bottom:0">{words}</p>'
