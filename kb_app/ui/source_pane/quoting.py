"""Words of an article as a person quotes them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from kb_app.core.article import Article
from kb_app.ui.profile.plain_words import plain
from kb_app.ui.shared.dates import date_words


def quotation(words: str, article: Article, pages: tuple[int, ...] = ()) -> str:
    """Return “words” — publisher, title, date, and the pages (from 0) of an original that has them."""
    metadata = article.metadata
    parts = [plain(metadata.publisher.value, 200)] if metadata.publisher else []
    parts += [plain(article.title, 300), date_words(metadata.published)]
    if pages:
        parts.append(pages_words(pages))
    return f"“{' '.join(words.split()).strip('“”')}” — {', '.join(parts)}"


def pages_words(pages: tuple[int, ...]) -> str:
    """Name pages, which count from 0, as they are cited."""
    first, last = pages[0] + 1, pages[-1] + 1
    one = QCoreApplication.translate("quoting", "p. %1")
    many = QCoreApplication.translate("quoting", "pp. %1–%2")
    return (one if first == last else many).replace("%1", str(first)).replace("%2", str(last))
