"""Pages in the styles of different sites, invented for the tests."""

from __future__ import annotations

from kb_app.core.article import Article, SourceFile
from kb_app.ingest.articles import to_article
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.reading import source_from_bytes

PARAGRAPHS = (
    "HARBURY -- The harbour board of Harbury voted on Thursday to close the old pier after an engineer found that four"
    " of its beams had rotted through, officials said.",
    "“We cannot let another winter pass,” said Ilse Marrow, who chairs the board. She added that the work would cost"
    " about 2 million crowns and would begin in April.",
    "Fishermen’s leader Tomas Varn called the decision “a quiet theft” and said that his members would go to court &"
    " ask for damages before the end of the month.",
    "The pier was built in 1904 and has been closed twice before, in 1956 and in 1987, when storms tore away its"
    " western end.",
)


def source(text: str | bytes, name: str = "page") -> SourceFile:
    """Return a source of text or bytes."""
    return source_from_bytes(name, text.encode() if isinstance(text, str) else text)


def article(text: str | bytes, given: GivenMetadata | None = None) -> Article:
    """Return the article of a text or page."""
    return to_article(source(text), given)


def paragraphs(*words: str) -> str:
    """Return paragraphs as markup."""
    return "\n".join(f"<p>{w.replace('&', '&amp;')}</p>" for w in words or PARAGRAPHS)


def modern_page(head: str = "", before: str = "", inside: str = "") -> str:
    """Return a page with an article element, navigation, teasers and a footer."""
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Pier Closed | Harbury Post</title>{head}</head>
<body><header><nav><a href="/">Home</a><a href="/sea">Sea</a></nav></header>
<main><article><h1>Pier Closed</h1>{before}<div class="text">{paragraphs()}{inside}</div></article>
<section class="related"><h2>Read next</h2>
<a href="/1">Herring prices rise for the third week in a row in Harbury</a></section></main>
<footer><p>© 2024 Harbury Post, 1 Quay Street. All rights reserved.</p></footer>
<script>var x = "unseen words";</script></body></html>"""
