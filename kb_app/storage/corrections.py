"""Corrects the metadata of articles: each time one step that can be taken back, the former value kept beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from kb_app.core.article import Article, Candidate, Found, Metadata, MetadataField
from kb_app.core.changes import Changes
from kb_app.core.correction import (
    CORRECTED,
    Correction,
    FieldState,
    MetadataSheet,
    candidates_for,
    former_candidates,
    how_found,
    split_wires,
    value_of,
)
from kb_app.core.entered_date import entered_date
from kb_app.core.errors import KartotekaError
from kb_app.core.ids import ArticleId
from kb_app.core.languages import NOTE, problems_of
from kb_app.core.names import normalised
from kb_app.core.stated_date import StatedDate
from kb_app.storage import tables
from kb_app.storage.article_details import pack_details, pack_words
from kb_app.storage.counts import recount
from kb_app.storage.dates import add_date, first_day
from kb_app.storage.grading import hand_on_grade
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.operations import Edit, edit
from kb_app.storage.reading import stored_article
from kb_app.storage.rows import Value

_LANGUAGE = re.compile(r"^[a-z]{2,3}$")
_TITLE_SHOWN = 50
_NAMED: Mapping[MetadataField, str] = {
    MetadataField.WIRE: "wires",
    MetadataField.DATELINE_PLACE: "dateline place",
    MetadataField.PUBLISHED: "date",
    MetadataField.SOURCE_URL: "address",
}
# what a date or a language in doubt was told by, until a person says which it is
_SETTLED = {
    MetadataField.PUBLISHED: ("implausible-date:", "ambiguous-date:"),
    MetadataField.LANGUAGE: (f"{NOTE}:",),
}


def metadata_sheet(kb: KnowledgeBase, articles: Sequence[ArticleId]) -> MetadataSheet:
    """Return how each piece of metadata stands in some articles, at least one; raises NotFound."""
    read = [stored_article(kb, number) for number in articles]
    only = read[0] if len(read) == 1 else None
    return MetadataSheet(tuple(articles), read[0].title, tuple(_state(field, read, only) for field in MetadataField))


def correct(kb: KnowledgeBase, articles: Sequence[ArticleId], corrections: Sequence[Correction]) -> Changes:
    """Set pieces of metadata of all these articles, as one step; the former values stay among the candidates.

    Raises KartotekaError where a value is no date or no language, and NotFound; then nothing was changed.
    """
    wanted = tuple(replace(correction, value=_storable(correction.value)) for correction in corrections)
    dates = {c.value: _date(c.value) for c in wanted if c.field is MetadataField.PUBLISHED}
    for correction in wanted:
        _refuse_unfit(correction)
    with edit(kb, _label(kb, articles, wanted)) as step:
        changed = 0
        publishers: set[str] = set()
        for number in dict.fromkeys(articles):
            before = stored_article(kb, number)
            after = _corrected(before, wanted, dates)
            if after != before:
                changed += 1
                publishers.add(normalised(value_of(before, MetadataField.PUBLISHER)))
                _write(step, number, (before, after))
        step.flush()
        for correction in wanted:
            if correction.field is MetadataField.PUBLISHER:
                hand_on_grade(step, publishers, correction.value, changed)
        recount(step.database.connection(), step.touched)
    return step.changes


def articles_of_publisher(kb: KnowledgeBase, name: str) -> tuple[ArticleId, ...]:
    """Return the articles of a publisher in every spelling of its name."""
    table = tables.Article
    query = table.select(table.id).where(table.publisher_key == normalised(name)).order_by(table.id)
    return tuple(ArticleId(number) for (number,) in query.tuples().execute(kb.database))


def _state(field: MetadataField, articles: Sequence[Article], only: Article | None) -> FieldState:
    counted = Counter(value_of(article, field) for article in articles)
    return FieldState(
        field,
        tuple(counted.most_common()),
        candidates_for(only, field) if only is not None else (),
        how_found(only, field) if only is not None else "",
        all(field in article.metadata.corrected for article in articles),
    )


def _corrected(article: Article, wanted: Iterable[Correction], dates: Mapping[str, StatedDate | None]) -> Article:
    for correction in wanted:
        article = _with(article, correction, dates)
    return article


def _with(article: Article, correction: Correction, dates: Mapping[str, StatedDate | None]) -> Article:
    field, value = correction.field, correction.value
    if field is MetadataField.PUBLISHED:
        stated = dates[value]
        value = stated.edtf if stated is not None else ""
    if value == value_of(article, field):
        return article
    metadata = _set(article.metadata, Correction(field, value), dates.get(correction.value))
    marked = tuple(dict.fromkeys((*metadata.corrected, field)))
    settled = _SETTLED.get(field, ())
    return replace(
        article,
        metadata=replace(metadata, corrected=marked),
        candidates=_with_former(article, field),
        language=value if field is MetadataField.LANGUAGE else article.language,
        warnings=tuple(warning for warning in article.warnings if not warning.startswith(settled or ("\0",))),
    )


def _set(metadata: Metadata, correction: Correction, date: StatedDate | None) -> Metadata:
    field, value = correction.field, correction.value
    if field is MetadataField.LANGUAGE:
        return metadata
    if field is MetadataField.WIRE:
        return replace(metadata, wires=split_wires(value))
    if field is MetadataField.PUBLISHED:
        return replace(metadata, published=date, published_how=CORRECTED)
    found = Found(value, CORRECTED) if value else None
    return replace(metadata, **cast(Any, {field.value: found}))


def _with_former(article: Article, field: MetadataField) -> tuple[Candidate, ...]:
    former = former_candidates(article, field)
    others = article.candidates
    at = next((place for place, candidate in enumerate(others) if candidate.field is field), len(others))
    return (*others[:at], *former, *others[at:])


def _write(step: Edit, number: ArticleId, change: tuple[Article, Article]) -> None:
    before, after = change
    publisher = value_of(after, MetadataField.PUBLISHER)
    columns: dict[str, Value] = {
        "title": after.title,
        "title_key": normalised(after.title),
        "publisher": publisher,
        "publisher_key": normalised(publisher),
        "host": value_of(after, MetadataField.HOST),
        "language": after.language,
        "warnings": pack_words(after.warnings),
        "has_warnings": int(bool(problems_of(after.warnings))),
        "details": pack_details(after),
    }
    if after.metadata.published != before.metadata.published:
        columns["published_id"] = add_date(step, after.metadata.published)
        columns["published_day"] = first_day(after.metadata.published)
    step.update(tables.Article, number, **columns)
    step.update(tables.Text, number, title=after.title)


def _label(kb: KnowledgeBase, articles: Sequence[ArticleId], wanted: Sequence[Correction]) -> str:
    fields = ", ".join(_NAMED.get(correction.field, correction.field.value) for correction in wanted)
    if len(articles) != 1:
        return f"Correct {fields} of {len(articles)} articles"
    title = stored_article(kb, articles[0]).title
    return f"Correct {fields} of “{title if len(title) <= _TITLE_SHOWN else f'{title[: _TITLE_SHOWN - 1]}…'}”"


def _date(words: str) -> StatedDate | None:
    if not words:
        return None
    stated = entered_date(words)
    if stated is None:
        raise KartotekaError(
            f"“{words}” is no date that can be read in one way. Write 3 Sep 2020, September 2020, 2020 or 2020-09-03; "
            "leave it empty where the date is not known. Nothing was changed."
        )
    return stated


def _refuse_unfit(correction: Correction) -> None:
    if correction.field is MetadataField.LANGUAGE and correction.value and not _LANGUAGE.match(correction.value):
        raise KartotekaError(
            f"“{correction.value}” is no code of a language (ISO 639-1, as “en” or “ru”). Nothing was changed."
        )


def _storable(value: str) -> str:
    return " ".join(value.replace("\0", " ").split()).encode(errors="replace").decode()
