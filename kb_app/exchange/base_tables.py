"""A knowledge base as tables, a row a thing, that refer to each other by numbers."""

from __future__ import annotations

from collections.abc import Iterator

from kb_app.core.citation import Support
from kb_app.core.judgement import ClaimRef
from kb_app.core.profile import EntityLink, EventLine, Profile, RelationLine, RoleLine, StatementLine
from kb_app.core.reading import ArticleView
from kb_app.core.stated_date import StatedDate
from kb_app.exchange.csv_tables import Cell, csv_bytes

_SUPPORT = (
    "date",
    "date_words",
    "status",
    "confidence",
    "citations",
    "origins",
    "quote",
    "article",
    "start",
    "end",
    "grade",
)
_SOURCE = ("language", "source", "sha256", "text_sha256", "captured_at", "container", "imported_at")
_METADATA = ("title", "publisher", "host", "byline", "published", "url", "wires", "dateline", "corrected")
HEADERS = {
    "articles": ("id", *_METADATA, "grade", "reliability", "credibility", *_SOURCE),
    "entities": ("id", "type", "name", "category", "country", "status", "mentions", "articles", "other_names", "notes"),
    "roles": ("id", "person", "person_name", "title", "institution", "institution_name", "country", *_SUPPORT),
    "relations": ("id", "from", "from_name", "type", "to", "to_name", "realis", *_SUPPORT),
    "statements": ("id", "speaker", "speaker_name", "kind", "content", "addressee", "via", *_SUPPORT),
    "events": ("id", "type", "title", "realis", "participants", "participant_names", "place", *_SUPPORT),
}


class BaseTables:
    """Gathers rows; a claim that several cards show is one row."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[int, tuple[Cell, ...]]] = {name: {} for name in HEADERS}

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the name and content of each table's file."""
        for name, header in HEADERS.items():
            rows = self._rows[name]
            yield f"{name}.csv", csv_bytes(header, (rows[number] for number in sorted(rows)))

    def add_article(self, view: ArticleView) -> None:
        """Add an article."""
        metadata, source, grade = view.article.metadata, view.source, view.grade
        found = (metadata.publisher, metadata.host, metadata.byline)
        self._rows["articles"][view.id] = (
            view.id,
            view.article.title,
            *(one.value if one else "" for one in found),
            metadata.published.edtf if metadata.published else "",
            metadata.source_url.value if metadata.source_url else "",
            "; ".join(metadata.wires),
            metadata.dateline_place.value if metadata.dateline_place else "",
            " ".join(metadata.corrected),
            grade.code,
            grade.reliability or "",
            grade.credibility or "",
            view.article.language,
            source.name,
            source.sha256,
            view.text_sha256,
            source.provenance.captured_at,
            source.provenance.container,
            source.imported_at.isoformat(),
        )

    def add_profile(self, card: Profile) -> None:
        """Add an entity with its roles, relations and statements."""
        entity = card.entity
        others = dict.fromkeys(name.text for name in entity.names if name.text != entity.name)
        self._rows["entities"][entity.id] = (
            entity.id,
            entity.type.value,
            entity.name,
            entity.category.value if entity.category else "",
            entity.country,
            card.status.value,
            card.figures.mentions,
            card.figures.articles,
            "; ".join(others),
            "\n".join(note.text for note in card.notes),
        )
        own = EntityLink(entity.id, entity.name, entity.type)
        for role in card.roles.lines:
            self._add_role(role)
        for relation in card.relations.lines:
            self._add_relation(relation, own)
        for statement in (*card.statements_by.lines, *card.statements_about.lines):
            self.add_statement(statement)

    def add_event(self, event: EventLine) -> None:
        """Add an event."""
        links = [participant.entity for participant in event.participants]
        cells = (
            event.type.value,
            event.title,
            event.realis.value,
            " ".join(str(link.id) for link in links),
            "; ".join(link.name for link in links),
            event.place.name if event.place else "",
        )
        self._add("events", event.ref, cells, _support(event.date, event.support))

    def add_statement(self, statement: StatementLine) -> None:
        """Add something said."""
        speaker = _link(statement.speaker) if statement.speaker else (None, statement.speaker_words)
        addressee = statement.addressee.name if statement.addressee else ""
        via = "; ".join(link.name for link in statement.via)
        cells = (*speaker, statement.kind.value, statement.content, addressee, via)
        self._add("statements", statement.ref, cells, _support(statement.date, statement.support))

    def _add_role(self, role: RoleLine) -> None:
        title = " ".join((*role.qualifiers, role.title))
        cells = (*_link(role.person), title, *_link(role.institution), role.country)
        self._add("roles", role.ref, cells, _support(role.date, role.support))

    def _add_relation(self, relation: RelationLine, own: EntityLink) -> None:
        ends = (own, relation.other) if relation.outgoing else (relation.other, own)
        cells = (*_link(ends[0]), relation.type.value, *_link(ends[1]), relation.realis.value)
        self._add("relations", relation.ref, cells, _support(relation.date, relation.support))

    def _add(self, table: str, ref: ClaimRef, cells: tuple[Cell, ...], support: tuple[Cell, ...]) -> None:
        self._rows[table][ref.id] = (ref.id, *cells, *support)


def _link(link: EntityLink | None) -> tuple[Cell, Cell]:
    return (link.id, link.name) if link else (None, "")


def _support(date: StatedDate | None, support: Support) -> tuple[Cell, ...]:
    stated = (date.edtf, date.words) if date else ("", "")
    counts = (support.status.value, round(support.confidence, 3), support.citation_count, support.origin_count)
    if not support.citations:
        return (*stated, *counts, "", None, None, None, "")
    best = support.citations[0]
    place = (best.passage.quote, best.passage.article, best.passage.span.start, best.passage.span.end)
    return (*stated, *counts, *place, best.grade.code)
