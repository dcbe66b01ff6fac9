"""The tables of a knowledge base; rows never leave this package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from peewee import (
    BlobField,
    BooleanField,
    FloatField,
    ForeignKeyField,
    IntegerField,
    Model,
    SmallIntegerField,
    TextField,
)
from playhouse.sqlite_ext import AutoIncrementField

# "KARt" read as a big-endian number: tells our files from other SQLite files
APPLICATION_ID = 0x4B415274


class Row(Model):
    """The ground of all tables: ids count up and are never given twice, so that a stale id finds nothing."""

    id = AutoIncrementField()

    class Meta:
        legacy_table_names = False


class FileFact(Row):
    """A fact about the file itself: its own id, when it was made, its last backup."""

    key = TextField(unique=True)
    value = TextField()


class Operation(Row):
    """A step that a person took, or an import."""

    label = TextField()
    kind = TextField()
    state = TextField(index=True)
    at = TextField()
    author = TextField(default="")
    finished = BooleanField(default=True)


class OperationRow(Row):
    """What an operation did to the rows of one table, and the images that take it back or do it again."""

    operation = ForeignKeyField(Operation, on_delete="CASCADE")
    action = TextField()  # insert, update, delete
    table_name = TextField()
    first_id = IntegerField()
    last_id = IntegerField()
    images = BlobField(null=True)


class Source(Row):
    """The raw bytes of one input, compressed; the same bytes are kept once."""

    sha256 = TextField(unique=True)
    media_type = TextField()
    size = IntegerField()
    name = TextField()
    path = TextField(default="")
    imported_at = TextField()
    how = TextField(default="")
    data = BlobField()


class Origin(Row):
    """A report that one or more articles carry."""

    fingerprint = TextField(index=True)  # of the folded body of its first article


class StatedDate(Row):
    """A date as a source states it; days are proleptic ordinals, empty where open."""

    edtf = TextField()
    precision = TextField()
    earliest = IntegerField(null=True)
    ruled_out = IntegerField(null=True)
    approximate = BooleanField(default=False)
    words = TextField(default="")
    rule = TextField(default="")
    anchor = TextField(default="")
    resolution = TextField()


class Article(Row):
    """What is known about an article, fit for lists; its text is in Text."""

    source = ForeignKeyField(Source, backref="articles")
    origin = ForeignKeyField(Origin, index=False)
    title = TextField()
    title_key = TextField()
    publisher = TextField(default="", index=True)
    publisher_key = TextField(default="")
    host = TextField(default="")
    published = ForeignKeyField(StatedDate, null=True)
    published_day = IntegerField(null=True)
    people = IntegerField(default=0)
    institutions = IntegerField(default=0)
    events = IntegerField(default=0)
    reviewed = BooleanField(default=False)
    warnings = TextField(default="[]")
    has_warnings = BooleanField(default=False)
    language = TextField(default="")
    encoding = TextField(default="")
    engine = TextField(default="")
    details = TextField()  # JSON: metadata with evidence, spans and zones

    class Meta:
        indexes = (
            (("published_day", "id"), False),
            (("title_key", "id"), False),
            (("publisher_key", "id"), False),
            (("origin", "id"), False),
        )


class Text(Row):
    """The frozen text of the article with the same id."""

    title = TextField()
    text = TextField()
    sha256 = TextField()
    offset_map = TextField(default="[]")


class ParagraphHash(Row):
    """A folded long paragraph of an article, by which reprints are found."""

    article = ForeignKeyField(Article)
    hash = IntegerField(index=True)


class Entity(Row):
    """A person, institution or place; merging changes only the canonical row's number."""

    canonical = ForeignKeyField("self", null=True)
    type = TextField()
    name = TextField()
    name_key = TextField()
    category = TextField(default="")
    subcategory = TextField(default="")
    country = TextField(default="")
    named = BooleanField(default=True)
    status = TextField(default="suggested")
    confidence = FloatField(default=1.0)
    reason = TextField(default="")
    mention_count = IntegerField(default=0)
    article_count = IntegerField(default=0)
    last_day = IntegerField(default=0)  # of the newest article that names it

    class Meta:
        indexes = (
            (("type", "mention_count", "id"), False),
            (("type", "name_key", "id"), False),
            (("type", "last_day", "id"), False),
        )


class EntityName(Row):
    """One spelling of an entity's name."""

    entity = ForeignKeyField(Entity)
    text = TextField()
    normalised = TextField(index=True)
    kind = TextField(default="full")
    script = TextField(default="Latn")
    language = TextField(default="")
    mention_count = IntegerField(default=0)


class Mention(Row):
    """A stretch of an article that refers to an entity; `first` and `last` are its offsets [first, last)."""

    entity = ForeignKeyField(Entity, index=False)
    article = ForeignKeyField(Article, index=False)
    first = IntegerField()
    last = IntegerField()
    quote = TextField()
    kind = TextField()
    confidence = FloatField(default=1.0)
    reason = TextField(default="")
    status = TextField(default="suggested")

    class Meta:
        indexes = ((("entity", "article", "first"), False), (("article", "first"), False))


class Passage(Row):
    """A stretch of an article that claims rest on."""

    article = ForeignKeyField(Article, index=False)
    first = IntegerField()
    last = IntegerField()
    quote = TextField()

    class Meta:
        indexes = ((("article", "first", "last"), True),)


class Claim(Row):
    """What all claims share: a content key, how they stand and how well they are supported."""

    key = TextField(unique=True)
    date = ForeignKeyField(StatedDate, null=True)
    status = TextField(default="suggested", index=True)
    confidence = FloatField(default=1.0)
    citation_count = IntegerField(default=0)
    origin_count = IntegerField(default=0)


class Role(Claim):
    """A person's title with its institution or country."""

    person = ForeignKeyField(Entity)
    title = TextField()
    institution = ForeignKeyField(Entity, null=True)
    country = TextField(default="")
    qualifiers = TextField(default="[]")


class Event(Claim):
    """Something that happened or is said to; `starts` and `ends` are ordinals for the timeline."""

    type = TextField()
    title = TextField()
    realis = TextField()
    starts = IntegerField(null=True)
    ends = IntegerField(null=True)
    soft = BooleanField(default=False)
    place = ForeignKeyField(Entity, null=True)
    published_day = IntegerField(null=True)  # of the earliest article that tells it

    class Meta:
        indexes = ((("starts", "ends", "id"), False), (("published_day", "id"), False))


class EventParticipant(Row):
    """An entity's part in an event."""

    event = ForeignKeyField(Event)
    entity = ForeignKeyField(Entity)
    part = TextField(default="")


class Statement(Claim):
    """Something said."""

    speaker = ForeignKeyField(Entity, null=True)
    speaker_words = TextField(default="")
    content = TextField()
    kind = TextField()
    addressee = ForeignKeyField(Entity, null=True)
    venue = TextField(default="")


class StatementVia(Row):
    """A link of the chain through which a statement was reported, nearest to the reader first."""

    statement = ForeignKeyField(Statement)
    position = SmallIntegerField()
    entity = ForeignKeyField(Entity)


class StatementSubject(Row):
    """An entity that a statement is about: named in its content."""

    statement = ForeignKeyField(Statement)
    entity = ForeignKeyField(Entity)


class Relation(Claim):
    """A link between two entities that a source asserts."""

    subject = ForeignKeyField(Entity)
    object = ForeignKeyField(Entity)
    type = TextField()
    realis = TextField()


class Citation(Row):
    """A claim's link to a passage; `marks` are the spans in the text that carry the claim (JSON)."""

    kind = TextField()
    claim = IntegerField()
    article = ForeignKeyField(Article)
    passage = ForeignKeyField(Passage)
    confidence = FloatField()
    reason = TextField(default="")
    marks = TextField(default="[]")

    class Meta:
        indexes = ((("kind", "claim", "article"), False),)


class TimeExpression(Row):
    """A time expression of an article."""

    article = ForeignKeyField(Article)
    first = IntegerField()
    last = IntegerField()
    quote = TextField()
    type = TextField()
    value = TextField()
    rule = TextField(default="")
    anchor = TextField(default="")
    confidence = FloatField(default=1.0)


class Judgement(Row):
    """A person's decision about a claim."""

    kind = TextField()
    claim = IntegerField()
    status = TextField()
    author = TextField(default="")
    at = TextField()

    class Meta:
        indexes = ((("kind", "claim"), False),)


class Note(Row):
    """A person's note on an entity."""

    entity = ForeignKeyField(Entity)
    text = TextField()
    at = TextField()


class ImportOutcome(Row):
    """What became of one input of an import; kept also when the import is taken back."""

    operation = IntegerField(index=True)
    input = TextField()
    state = TextField()
    code = TextField(default="")
    sentence = TextField(default="")
    sha256 = TextField(default="")
    articles = TextField(default="[]")


CLAIM_TABLES: Mapping[str, type[Claim]] = MappingProxyType(
    {"role": Role, "event": Event, "statement": Statement, "relation": Relation}
)

# parents before children
TABLES: tuple[type[Row], ...] = (
    FileFact,
    Operation,
    OperationRow,
    Source,
    Origin,
    StatedDate,
    Article,
    Text,
    ParagraphHash,
    Entity,
    EntityName,
    Mention,
    Passage,
    Role,
    Event,
    EventParticipant,
    Statement,
    StatementVia,
    StatementSubject,
    Relation,
    Citation,
    TimeExpression,
    Judgement,
    Note,
    ImportOutcome,
)


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """A full-text index over columns of a table."""

    name: str
    table: type[Row]
    columns: tuple[str, ...]


SEARCH_INDEXES = (
    SearchIndex("text_search", Text, ("title", "text")),
    SearchIndex("name_search", EntityName, ("text",)),
    SearchIndex("event_search", Event, ("title",)),
)
