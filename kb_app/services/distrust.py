"""Checks what a worker answered before anything believes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb_app.core.article import LONGEST_VALUE, Article
from kb_app.core.column_mapping import TableHead, fingerprint_of
from kb_app.core.findings import Findings, FoundDispute, FoundEntity, Ground, LocalId
from kb_app.core.passage import Span
from kb_app.core.shingles import MOST_KEPT, SKETCH_BITS
from kb_app.services.codec import CodecError

LONGEST_NAME = 1_000
LONGEST_TOPIC = 1_000
FEWEST_POSITIONS = 2
LONGEST_ID = 200
WITHOUT_TEXT = ("no-text-layer:", "no-mail-text:")  # warnings with which an article may have none
MOST_NOTES = 1_000
LONGEST_SIGN = 40
MOST_COLUMNS = 20_000
MOST_ROWS = 100
LONGEST_CELL = 4 * 1024 * 1024  # characters


def bounded(words: str, length: int) -> str:
    """Return words on one line, without what a terminal would obey, and no longer than so many characters."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in words[:length])[:length]


def check_article(article: Article) -> None:
    """Raise CodecError unless the article's text is fit to be stored and every span lies inside it."""
    text = article.text
    if "\x00" in text:
        raise CodecError("the text holds NUL")
    if not text.strip() and not _needs_no_text(article):
        raise CodecError("the text is empty")
    spans = [article.body, article.title_span, article.dateline_span, article.published_span]
    _check_inside((span for span in spans if span is not None), len(text))
    _check_inside((zone.span for zone in article.zones), len(text))
    at = 0
    for segment in article.offset_map:
        if segment.text_start < at or segment.length < 0 or segment.original_start < 0:
            raise CodecError("the map of offsets runs backwards")
        at = segment.text_start + segment.length
    if at > len(text):
        raise CodecError("the map of offsets leads out of the text")
    if len(article.sketch) > MOST_KEPT or any(not 0 <= number < 1 << SKETCH_BITS for number in article.sketch):
        raise CodecError("the sketch of the text is none")
    _check_pages(article)
    _check_words(article)


def _check_words(article: Article) -> None:
    """Raise CodecError where what is said about the article is longer than its readers make it."""
    metadata = article.metadata
    found = (metadata.title, metadata.byline, metadata.publisher, metadata.host, metadata.dateline_place)
    values = [one.value for one in (*found, metadata.source_url, *article.candidates) if one is not None]
    more = (*metadata.wires, metadata.published_how, metadata.source_url_as_printed, *article.warnings)
    if any(len(value) > LONGEST_VALUE for value in values) or any(len(words) > LONGEST_VALUE for words in more):
        raise CodecError("a piece of metadata is too long")
    if max(len(metadata.wires), len(article.warnings), len(article.candidates)) > MOST_NOTES:
        raise CodecError("too much is noted of the article")
    if max(len(article.language), len(article.encoding)) > LONGEST_SIGN:
        raise CodecError("the language or the encoding is none")


def _needs_no_text(article: Article) -> bool:
    # scanned pages are kept for what they show, and a mail without words for what came with it; both say so
    return any(warning.startswith(WITHOUT_TEXT) for warning in article.warnings)


def _check_pages(article: Article) -> None:
    at = 0
    for run in article.page_map:
        if run.start < at or run.length <= 0 or run.page < 0:
            raise CodecError("the map of pages runs backwards")
        at = run.start + run.length
    if at > len(article.text):
        raise CodecError("the map of pages leads out of the text")
    _check_inside((found.span for found in article.candidates if found.span is not None), len(article.text))


def check_head(head: TableHead, name: str) -> None:
    """Raise CodecError unless it is the bounded head of the table of this name, and its guess is of its columns."""
    words = (*head.columns, *(cell for row in head.rows for cell in row))
    if head.name != name or len(head.columns) > MOST_COLUMNS or len(head.rows) > MOST_ROWS:
        raise CodecError("the head of another table, or one too large")
    if any(len(row) > MOST_COLUMNS for row in head.rows) or any(len(word) > LONGEST_CELL for word in words):
        raise CodecError("a row or a cell is too long")
    guessed = set(head.guess.columns().values())
    if not guessed <= set(head.columns) or head.guess.fingerprint != fingerprint_of(head.columns):
        raise CodecError("the guess is of other columns")


def check_findings(findings: Findings, text: str) -> None:
    """Raise CodecError unless all spans lie in the text, all confidences in 0..1 and all ids are known."""
    _check_inside(findings.sentences, len(text))
    _check_inside(_spans(findings), len(text))
    _check_entities(findings.entities)
    _check_disputes(findings.disputes)
    known = {entity.id for entity in findings.entities}
    unknown = {found for found in _references(findings) if found not in known}
    if unknown:
        raise CodecError(f"a finding names {sorted(unknown)[0][:40]!r}, which is no entity of the article")
    for ground in _grounds(findings):
        if not 0 <= ground.confidence <= 1:
            raise CodecError(f"a confidence of {ground.confidence}")


def _check_entities(entities: tuple[FoundEntity, ...]) -> None:
    if len({entity.id for entity in entities}) < len(entities):
        raise CodecError("two entities share an id")
    for entity in entities:
        if not entity.name.strip() or len(entity.name) > LONGEST_NAME or len(entity.id) > LONGEST_ID:
            raise CodecError("an entity has no name, or one too long")
        if any(not mention.span for mention in entity.mentions):
            raise CodecError("a mention of no words")


def _check_disputes(disputes: tuple[FoundDispute, ...]) -> None:
    for dispute in disputes:
        if not dispute.topic.strip() or len(dispute.topic) > LONGEST_TOPIC:
            raise CodecError("a dispute has no topic, or one too long")
        if len(dispute.positions) < FEWEST_POSITIONS or any(not position.span for position in dispute.positions):
            raise CodecError("a dispute of fewer than two positions, or of no words")


def _check_inside(spans: Iterable[Span], length: int) -> None:
    for span in spans:
        if span.end > length:
            raise CodecError(f"a span ends at {span.end}, the text at {length}")


def _spans(findings: Findings) -> Iterator[Span]:
    for entity in findings.entities:
        yield from (mention.span for mention in entity.mentions)
    yield from (role.title_span for role in findings.roles)
    yield from (found.span for found in findings.times)
    for event in findings.events:
        yield from (event.trigger, *event.other_triggers, *_given(event.date_span))
    for statement in findings.statements:
        yield from (*statement.content, *_given(statement.speaker_span), *_given(statement.cue))
    for dispute in findings.disputes:
        for position in dispute.positions:
            yield from (position.span, *_given(position.holder_span))
    yield from (ground.evidence for ground in _grounds(findings))


def _given(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)


def _grounds(findings: Findings) -> Iterator[Ground]:
    claims = (findings.roles, findings.events, findings.statements, findings.relations)
    for group in (findings.entities, *claims, findings.disputes):
        yield from (one.ground for one in group)


def _references(findings: Findings) -> Iterator[LocalId]:
    for role in findings.roles:
        yield from (role.person, *_named(role.institution))
    for event in findings.events:
        yield from (participant.entity for participant in event.participants)
        yield from _named(event.place)
    for statement in findings.statements:
        yield from (*_named(statement.speaker), *_named(statement.addressee), *statement.via)
    for relation in findings.relations:
        yield from (relation.source, relation.target)
    for dispute in findings.disputes:
        for position in dispute.positions:
            yield from _named(position.holder)


def _named(id: LocalId | None) -> tuple[LocalId, ...]:
    return () if id is None else (id,)
