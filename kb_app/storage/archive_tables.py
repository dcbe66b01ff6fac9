"""The tables of what was imported and done: sources, articles and their texts, steps, outcomes."""

from __future__ import annotations

from peewee import (
    BlobField,
    BooleanField,
    FloatField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)
from playhouse.sqlite_ext import AutoIncrementField


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
    address = TextField(default="")
    captured_at = TextField(default="")
    container = TextField(default="")
    container_sha256 = TextField(default="")
    parent = ForeignKeyField("self", null=True)  # the mail that it came with
    author = TextField(default="")  # who imported it, and with which program
    tool = TextField(default="")


class SourceAddress(Row):
    """Another place where the same bytes were found."""

    source = ForeignKeyField(Source)
    name = TextField()
    path = TextField(default="")
    address = TextField(default="")
    container = TextField(default="")
    how = TextField(default="")
    seen_at = TextField()


class Origin(Row):
    """A report that one or more articles carry."""


class OriginsApart(Row):
    """Two origins that a person told apart: they are not proposed as the same report again."""

    one = ForeignKeyField(Origin)
    other = ForeignKeyField(Origin)
    author = TextField(default="")
    at = TextField()


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
    credibility = TextField(default="")  # of its information: 1 to 6 of the Admiralty scale
    characters = IntegerField(default=0)  # of its text

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
    page_map = TextField(default="[]")


class Sketch(Row):
    """The sketch of the article with the same id, by which reports told again are found; a word for each number."""

    prints = TextField()


class PublisherGrade(Row):
    """How reliable a publisher is: A to F of the Admiralty scale."""

    publisher_key = TextField(unique=True)
    publisher = TextField()
    reliability = TextField()


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


class ImportOutcome(Row):
    """What became of one input of an import; kept also when the import is taken back."""

    operation = IntegerField(index=True)
    input = TextField()
    state = TextField()
    code = TextField(default="")
    sentence = TextField(default="")
    sha256 = TextField(default="")
    articles = TextField(default="[]")
    path = BlobField(null=True)  # of the file, in the system's bytes: to go on and to try again
    parent = IntegerField(null=True, index=True)  # the outcome of the container that held it
    media_type = TextField(default="")

    class Meta:
        indexes = ((("operation", "state"), False),)


class ImportBatch(Row):
    """An import with what was asked for, so that it can go on where it was; kept also when it is taken back."""

    operation = IntegerField(unique=True)
    label = TextField()
    at = TextField()
    options = TextField()  # JSON
    state = TextField()  # listing, running, ended


class ColumnMapping(Row):
    """Which column of a table holds what, as a person chose it for tables with the same head."""

    fingerprint = TextField(unique=True)
    mapping = TextField()  # JSON


class WatchedFolder(Row):
    """A folder whose new files are imported."""

    path = BlobField(unique=True)  # in the system's bytes
    since = TextField()


class WatchedFile(Row):
    """A file of a watched folder as it was when it was imported."""

    path = BlobField(unique=True)
    size = IntegerField()
    modified = IntegerField()  # nanoseconds
