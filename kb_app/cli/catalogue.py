"""The subcommands that list sources, grade them and correct their metadata."""

from __future__ import annotations

import argparse
from pathlib import Path

from kb_app.cli.arguments import TAKE_AWAY
from kb_app.cli.terminal import Terminal
from kb_app.core.changes import Changes
from kb_app.core.errors import NotFound
from kb_app.core.grading import Credibility, Reliability
from kb_app.core.ids import ArticleId
from kb_app.core.listing import ArticleFilter, ArticleQuery
from kb_app.exchange.documents import entry_document
from kb_app.exchange.plain_text import entries_text, safe
from kb_app.exchange.source_documents import publisher_document
from kb_app.services.workspace import Workspace


def list_articles(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the articles of a knowledge base with metadata, grade and provenance."""
    chosen = ArticleFilter.UNDATED if options.undated else ArticleFilter.ALL
    query = ArticleQuery(chosen, options.publisher, reliability=options.grade)
    with Workspace.open(options.kb, read_only=True) as workspace:
        views = tuple(workspace.catalogue.entries(query))
        publishers = workspace.catalogue.publishers()
    document = {
        "articles": [entry_document(view) for view in views],
        "publishers": [publisher_document(publisher) for publisher in publishers],
    }
    counted = "1 article" if len(views) == 1 else f"{len(views)} articles"
    terminal.say(document, f"{entries_text(views)}\n{counted}" if views else counted)
    return 0


def grade(options: argparse.Namespace, terminal: Terminal) -> int:
    """Grade a publisher or an article."""
    of_article = options.grade in tuple(Credibility) or (options.grade == TAKE_AWAY and options.what.isdigit())
    with Workspace.open(options.kb) as workspace:
        if of_article:
            changes = _grade_article(workspace, options)
        else:
            changes = _grade_publisher(workspace, options)
    _say(changes, options.kb, terminal)
    return 0


def correct(options: argparse.Namespace, terminal: Terminal) -> int:
    """Correct the metadata of articles, all in one step."""
    with Workspace.open(options.kb) as workspace:
        changes = workspace.catalogue.correct(tuple(map(ArticleId, options.articles)), options.told)
    _say(changes, options.kb, terminal)
    return 0


def _grade_article(workspace: Workspace, options: argparse.Namespace) -> Changes:
    if not options.what.isdigit():
        raise NotFound(f"“{options.what}” is no number of an article; publishers are graded A to F.")
    credibility = None if options.grade == TAKE_AWAY else Credibility(options.grade)
    return workspace.catalogue.grade_articles([ArticleId(int(options.what))], credibility)


def _grade_publisher(workspace: Workspace, options: argparse.Namespace) -> Changes:
    reliability = None if options.grade == TAKE_AWAY else Reliability(options.grade)
    return workspace.catalogue.grade_publishers([options.what], reliability)


def _say(changes: Changes, path: Path, terminal: Terminal) -> None:
    document = {"kb": str(path), "step": changes.label or None, "articles": sorted(changes.articles)}
    terminal.say(document, safe(changes.label) if changes else "nothing was different")
