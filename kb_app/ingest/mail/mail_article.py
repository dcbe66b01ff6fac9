"""A mail as an article: the text in it, with what its headers say about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kb_app.core.article import Article, Candidate, Found, Metadata, MetadataField, ZoneKind
from kb_app.core.names import normalised
from kb_app.core.passage import Span
from kb_app.core.stated_date import StatedDate
from kb_app.ingest.given import IMPORT_METADATA, GivenMetadata
from kb_app.ingest.html import article_of_page
from kb_app.ingest.mail.mail_headers import MailHeaders
from kb_app.ingest.mail.mail_text import MailText, mail_text
from kb_app.ingest.plain_text import article_of_text
from kb_app.ingest.written_dates import first_written_date, is_plausible, metadata_date

MAIL_HEADER = "mail header"
FORWARDED = "forwarded header"

_OF_SENDER = (MetadataField.BYLINE, MetadataField.PUBLISHER)
_OWN_WORDS = 60  # before what is forwarded; with more the mail says something itself
_SEEN = re.compile(r"\S")
_SENDER = re.compile(r"^[>|\s*]*\w+\*?\s?:\*?\s*\"?([^<>\[\]\"\r\n@]{2,100}?)\"?\s*(?:[<\[(].*)?$", re.MULTILINE)


def article_of_mail(text: str, mail: MailHeaders, given: GivenMetadata, name: str) -> Article:
    """Read a mail of plain text; raises Refused `no-text`."""
    known = replace(given, title=given.title or mail.subject)
    around = mail_text(text)
    article = article_of_text(_story_alone(text, around), known, name)
    return _completed(_titled(replace(article, text=text), given, mail), around, mail)


def article_of_mail_page(source: str, mail: MailHeaders, given: GivenMetadata, name: str) -> Article:
    """Read a mail that is written as a page; raises Refused `no-text`."""
    article = article_of_page(source, replace(given, title=given.title or mail.subject), name)
    return _completed(_titled(article, given, mail), mail_text(article.text), mail)


def article_of_bare_mail(mail: MailHeaders, given: GivenMetadata, name: str) -> Article:
    """Make an article without text of a mail that only brings attachments, so that they have one to belong to."""
    title = Found(given.title, IMPORT_METADATA) if given.title else Found(mail.subject or name, MAIL_HEADER)
    return _completed(Article(text="", body=Span(0, 0), metadata=Metadata(title=title)), MailText(()), mail)


def _story_alone(text: str, around: MailText) -> str:
    """Blank out what stands before a forwarded story, so that title and dateline are looked for where it begins."""
    lines_about = sum(len(zone.span.of(text).split()) for zone in around.zones if zone.span.end <= around.story)
    own_words = len(text[: around.story].split()) - lines_about
    story = text[around.story :]
    if own_words > _OWN_WORDS or not any(c.isalpha() for c in story):
        return text
    return _SEEN.sub(" ", text[: around.story]) + story


def _titled(article: Article, given: GivenMetadata, mail: MailHeaders) -> Article:
    """Let the subject be the title, unless the text itself begins with it."""
    title = article.metadata.title
    if given.title or not mail.subject:
        return article
    if title and normalised(title.value) == normalised(mail.subject):
        how = title.how if article.title_span else MAIL_HEADER
        return replace(article, metadata=replace(article.metadata, title=Found(title.value, how)))
    first = min(article.title_span.start, article.body.start) if article.title_span else article.body.start
    return replace(
        article,
        metadata=replace(article.metadata, title=Found(mail.subject, MAIL_HEADER)),
        title_span=None,
        body=Span(first, article.body.end),
        zones=tuple(zone for zone in article.zones if zone.kind is not ZoneKind.TITLE),
    )


def _completed(article: Article, around: MailText, mail: MailHeaders) -> Article:
    forwarded = [zone.span for zone in around.zones if zone.kind is ZoneKind.METADATA]
    candidates = tuple(_candidates(article.text, mail, forwarded[-1:]))
    metadata = article.metadata
    if metadata.publisher is None and mail.is_newsletter and mail.sender:
        metadata = replace(metadata, publisher=Found(mail.sender, MAIL_HEADER))
    if metadata.published is None or metadata.published_how == "htmldate":
        dates = [candidate for candidate in candidates if candidate.field is MetadataField.PUBLISHED]
        if dates:
            metadata = replace(metadata, published=metadata_date(dates[0].value), published_how=dates[0].how)
    kept = [zone for zone in article.zones if not any(zone.span.overlaps(new.span) for new in around.zones)]
    return replace(
        article,
        metadata=metadata,
        zones=tuple(sorted({*kept, *around.zones}, key=lambda zone: (zone.span, zone.kind))),
        candidates=(*article.candidates, *candidates),
    )


def _candidates(text: str, mail: MailHeaders, forwarded: list[Span]) -> Iterator[Candidate]:
    if mail.subject:
        yield Candidate(MetadataField.TITLE, mail.subject, MAIL_HEADER)
    for header in forwarded:
        if sender := _SENDER.search(header.of(text)):
            span = Span(sender.start(1), sender.end(1)).shifted(header.start)
            yield from (Candidate(field, sender[1].strip(), FORWARDED, span) for field in _OF_SENDER)
        if written := first_written_date(header.of(text)):
            yield from _date(written.date, FORWARDED, written.span.shifted(header.start))
    if mail.sender:
        yield from (Candidate(field, mail.sender, MAIL_HEADER) for field in _OF_SENDER)
    if mail.list_name:
        yield Candidate(MetadataField.PUBLISHER, mail.list_name, MAIL_HEADER)
    if sent := metadata_date(mail.sent) if mail.sent else None:
        yield from _date(sent, MAIL_HEADER, None)


def _date(stated: StatedDate, how: str, span: Span | None) -> Iterator[Candidate]:
    if is_plausible(stated):
        yield Candidate(MetadataField.PUBLISHED, stated.edtf, how, span)
