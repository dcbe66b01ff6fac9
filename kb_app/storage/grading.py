"""The evidence grades of publishers and articles: read with citations and lists, given by a person."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from peewee import JOIN, Case, SqliteDatabase, fn

from kb_app.core.changes import Changes
from kb_app.core.errors import KartotekaError, NotFound
from kb_app.core.grading import Credibility, GradedPublisher, Reliability, SourceGrade
from kb_app.core.ids import ArticleId
from kb_app.core.listing import NOT_GRADED
from kb_app.core.names import normalised
from kb_app.storage import tables
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.operations import Edit, edit

_LETTERS: Mapping[str, Reliability] = MappingProxyType({one.value: one for one in Reliability})
_FIGURES: Mapping[str, Credibility] = MappingProxyType({one.value: one for one in Credibility})
_LAST = "~"  # behind every sign of the scale


def graded(query: Any) -> Any:
    """Join the grades of publishers to a query that holds articles."""
    grade, article = tables.PublisherGrade, tables.Article
    return query.join(grade, JOIN.LEFT_OUTER, on=(grade.publisher_key == article.publisher_key))


def grade_columns() -> tuple[Any, Any]:
    """Return the two columns that `grade_of` reads."""
    return tables.PublisherGrade.reliability, tables.Article.credibility


def grade_of(reliability: str | None, credibility: str) -> SourceGrade:
    """Return the grade that two columns hold; signs that are none of the scale's are no grade."""
    return SourceGrade(_LETTERS.get(reliability or ""), _FIGURES.get(credibility))


def grade_order() -> tuple[Any, Any]:
    """Return the columns by which the best grade comes first and what is not graded last."""
    credibility = tables.Article.credibility
    # peewee's stubs know no Case
    told: Any = Case(None, ((credibility == "", _LAST),), credibility)
    return fn.COALESCE(tables.PublisherGrade.reliability, _LAST), told


def has_reliability(article: Any, reliability: str) -> Any:
    """Return the condition that articles are of publishers with this letter; NOT_GRADED: nobody graded either."""
    grade = tables.PublisherGrade
    if reliability == NOT_GRADED:
        return article.publisher_key.not_in(grade.select(grade.publisher_key)) & (article.credibility == "")
    return article.publisher_key.in_(grade.select(grade.publisher_key).where(grade.reliability == reliability))


def article_grade(database: SqliteDatabase, article: int) -> SourceGrade:
    """Return the grade of one article."""
    query = graded(tables.Article.select(*grade_columns())).where(tables.Article.id == article)
    return grade_of(*next(iter(query.tuples().execute(database))))


def graded_publishers(kb: KnowledgeBase) -> tuple[GradedPublisher, ...]:
    """Return every publisher with its articles, spellings and grade, in order of name."""
    article, grade = tables.Article, tables.PublisherGrade
    count = fn.COUNT(article.id)
    query = article.select(article.publisher_key, article.publisher, count).where(article.publisher_key != "")
    rows = query.group_by(article.publisher_key, article.publisher).order_by(count.desc(), article.publisher)
    spelled: dict[str, list[tuple[str, int]]] = {}
    for key, name, number in rows.tuples().execute(kb.database):
        spelled.setdefault(key, []).append((name, number))
    given = {}
    for key, name, letter in (
        grade.select(grade.publisher_key, grade.publisher, grade.reliability).tuples().execute(kb.database)
    ):
        given[key] = _LETTERS.get(letter)
        spelled.setdefault(key, [(name, 0)])
    found = (
        GradedPublisher(
            names[0][0], sum(number for _, number in names), given.get(key), tuple(name for name, _ in names[1:])
        )
        for key, names in spelled.items()
    )
    return tuple(sorted(found, key=lambda publisher: publisher.name.casefold()))


def grade_publishers(kb: KnowledgeBase, names: Sequence[str], reliability: Reliability | None) -> Changes:
    """Say how reliable publishers are, None takes the grade away; one step."""
    wanted = {normalised(name): name for name in names}
    if not wanted or "" in wanted:
        raise KartotekaError("A grade of reliability needs a publisher with a name. Nothing was changed.")
    what = f"“{names[0]}”" if len(wanted) == 1 else f"{len(wanted)} publishers"
    with edit(kb, f"Grade {what} {reliability}" if reliability else f"Take the grade of {what} away") as step:
        for key, name in wanted.items():
            _grade_publisher(step, (key, name), reliability)
    return step.changes


def grade_articles(kb: KnowledgeBase, articles: Sequence[ArticleId], credibility: Credibility | None) -> Changes:
    """Say how credible articles are, None takes the grade away; one step. Raises NotFound."""
    what = "1 article" if len(articles) == 1 else f"{len(articles)} articles"
    with edit(kb, f"Grade {what} {credibility}" if credibility else f"Take the grade of {what} away") as step:
        for number in dict.fromkeys(articles):
            if not step.update(tables.Article, number, credibility=str(credibility or "")):
                _require_article(step.database, number)
    return step.changes


def hand_on_grade(step: Edit, former: Collection[str], publisher: str, count: int) -> None:
    """Let a new spelling have the grade of the one that it replaced in `count` articles.

    `former` are the keys of the publishers that they had. A grade goes over where the old name has no article left and
    the new one had neither article nor grade: then it is the same publisher by another name.
    """
    key = normalised(publisher)
    old = next(iter(former), "")
    if len(former) != 1 or "" in (key, old) or key == old:
        return
    row = _grade_row(step.database, old)
    is_new = _grade_row(step.database, key) is None and _article_count(step.database, key) == count
    if row is not None and is_new and not _article_count(step.database, old):
        step.update(tables.PublisherGrade, row, publisher_key=key, publisher=publisher)


def _grade_publisher(step: Edit, named: tuple[str, str], reliability: Reliability | None) -> None:
    key, name = named
    row = _grade_row(step.database, key)
    if row is None:
        if reliability is not None:
            step.add(tables.PublisherGrade, publisher_key=key, publisher=name, reliability=str(reliability))
            step.touched.everything = True
    elif reliability is not None:
        step.update(tables.PublisherGrade, row, reliability=str(reliability))
    else:
        step.remove(tables.PublisherGrade, [row])
        step.touched.everything = True


def _grade_row(database: SqliteDatabase, key: str) -> int | None:
    table = tables.PublisherGrade
    rows = list(table.select(table.id).where(table.publisher_key == key).tuples().execute(database))
    return int(rows[0][0]) if rows else None


def _article_count(database: SqliteDatabase, key: str) -> int:
    table = tables.Article
    query = table.select(fn.COUNT(table.id)).where(table.publisher_key == key)
    return int(next(iter(query.tuples().execute(database)))[0])


def _require_article(database: SqliteDatabase, number: int) -> None:
    table = tables.Article
    if not list(table.select(table.id).where(table.id == number).tuples().execute(database)):
        raise NotFound(f"The article {number} is no longer there.")
