"""The tables of what is known: entities, claims, citations, and what a person decided and noted."""

from __future__ import annotations

from peewee import (
    BooleanField,
    FloatField,
    ForeignKeyField,
    IntegerField,
    SmallIntegerField,
    TextField,
)

from kb_app.storage.archive_tables import Article, Row, StatedDate


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
