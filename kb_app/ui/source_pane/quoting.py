"""Words of an article as a person quotes them."""

from __future__ import annotations

from kb_app.core.article import Article
from kb_app.ui.profile.plain_words import plain
from kb_app.ui.shared.dates import date_words


def quotation(words: str, article: Article) -> str:
    """Return “words” — publisher, title, date."""
    metadata = article.metadata
    parts = [plain(metadata.publisher.value, 200)] if metadata.publisher else []
    parts += [plain(article.title, 300), date_words(metadata.published)]
    return f"“{' '.join(words.split()).strip('“”')}” — {', '.join(parts)}"
