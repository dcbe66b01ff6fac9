"""Articles with marks for the tests; everybody in them is invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from kb_app.core.article import Article, Found, Metadata, Zone, ZoneKind
from kb_app.core.ids import ArticleId, EntityId, SourceId
from kb_app.core.judgement import ClaimKind, ClaimRef
from kb_app.core.passage import Span
from kb_app.core.reading import ArticleView, Mark, MarkKind, SourceInfo
from kb_app.core.stated_date import on_day

VELA = EntityId(1)
BREK = EntityId(2)
TITLE = "Minister Vela opens the Orla dam"
TEXT = (
    f"{TITLE}\n\nBy Our Own Correspondent\n\n"
    "Justice Minister Anna Vela opened the Orla dam on Friday \U0001f30a. Vela said: “The gates will stay shut.”\n\n"
    "Her deputy Tomas Brek praised Vela and Анна Вела in Port Lumen.\n\n"
    "Sign up for our newsletter\nMore from this site"
)


def span(words: str, text: str = TEXT, after: int = 0) -> Span:
    """Return where words stand in a text."""
    start = text.index(words, after)
    return Span(start, start + len(words))


def marks(text: str = TEXT) -> tuple[Mark, ...]:
    """Return the marks of the text: Vela five times, the first in the title."""
    body = text.index("Justice")
    second = text.index(" Vela said") + 1
    quoted = ClaimRef(ClaimKind.STATEMENT, 7)
    return (
        Mark(span("Vela"), MarkKind.PERSON, "Anna Vela", VELA),
        Mark(span("Anna Vela"), MarkKind.PERSON, "Anna Vela", VELA),
        Mark(span("Orla dam", after=body), MarkKind.PLACE, "Orla", EntityId(5)),
        Mark(span("Friday"), MarkKind.DATE, "3 May 2024"),
        Mark(Span(second, second + 4), MarkKind.PERSON, "Anna Vela", VELA),
        Mark(span("“The gates will stay shut.”"), MarkKind.STATEMENT, "Vela, direct", claim=quoted),
        Mark(span("Tomas Brek"), MarkKind.PERSON, "Tomas Brek", BREK),
        Mark(span("Vela and", after=body), MarkKind.PERSON, "Anna Vela", VELA),
        Mark(span("Анна Вела"), MarkKind.PERSON, "Anna Vela", VELA),
        Mark(span("Port Lumen"), MarkKind.PLACE, "Port Lumen", EntityId(6)),
    )


def article(text: str = TEXT, zones: Sequence[Zone] | None = None) -> Article:
    """Build an article with a title, a byline and two lines of site text."""
    metadata = Metadata(
        Found(TITLE, "headline"),
        publisher=Found("Harbour Courier", "site name"),
        host=Found("Inland Monitor", "address"),
        wires=("Meridian",),
        published=on_day(date(2024, 5, 3)),
        published_how="JSON-LD datePublished",
    )
    if zones is None:
        zones = (
            Zone(ZoneKind.METADATA, span("By Our Own Correspondent")),
            Zone(ZoneKind.BOILERPLATE, span("Sign up for our newsletter\nMore from this site")),
        )
    title = span(TITLE) if text.startswith(TITLE) else None
    return Article(text, Span(0, len(text)), metadata, title, zones=tuple(zones))


def view(made: Article | None = None, shown: Sequence[Mark] | None = None, number: int = 1) -> ArticleView:
    """Build what the pane shows of an article."""
    source = SourceInfo(
        SourceId(1), "dam.html", "/archive/dam.html", "text/html", "3f9a" * 16, 4711, datetime(2024, 5, 6, tzinfo=UTC)
    )
    return ArticleView(ArticleId(number), made or article(), source, tuple(marks() if shown is None else shown))
