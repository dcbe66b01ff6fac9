"""The country whose government or institution published an article, where its name or address tells."""

from __future__ import annotations

import re

from kb_app.core.article import Article
from kb_app.extraction.lexicons import Lexicons

# official address endings; IANA root zone database, and the second-level domains that its registries keep for the state
_ENDINGS = {
    ".gov": "United States",
    ".mil": "United States",
    ".gov.au": "Australia",
    ".gov.uk": "United Kingdom",
    ".gc.ca": "Canada",
    ".govt.nz": "New Zealand",
    ".gov.in": "India",
    ".gov.il": "Israel",
    ".gov.ie": "Ireland",
    ".gouv.fr": "France",
    ".bund.de": "Germany",
    ".gov.pl": "Poland",
    ".gov.ua": "Ukraine",
    ".gov.by": "Belarus",
    ".gov.ru": "Russia",
    ".gov.tr": "Turkey",
    ".gov.za": "South Africa",
    ".go.jp": "Japan",
    ".go.kr": "South Korea",
}
_HOST = re.compile(r"^(?:https?://)?([^/:?#]+)", re.IGNORECASE)


def home_country(article: Article, lexicons: Lexicons) -> str:
    """Return the publisher's country when it is a public body, "" otherwise."""
    about = article.metadata
    publisher = about.publisher.value if about.publisher else ""
    known = lexicons.institutions.get(publisher) or lexicons.institutions.get(publisher.removeprefix("U.S. "))
    if known is not None and known.category != "media":
        return known.country
    address = about.source_url.value if about.source_url else ""
    host = _HOST.match(address)
    if host is None:
        return ""
    fitting = [ending for ending in _ENDINGS if host[1].lower().endswith(ending)]
    return _ENDINGS[max(fitting, key=len)] if fitting else ""
