"""What can be done with chosen articles, and the menu that offers it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget

from kb_app.core.listing import ArticleRow


class ArticleDeed(StrEnum):
    """What can be wished for the chosen articles."""

    REVIEWED = "reviewed"
    UNREVIEWED = "unreviewed"
    VERSIONS = "versions"
    JOIN = "join"
    EXTRACT = "extract"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class ArticleWish:
    """A deed for some articles."""

    deed: ArticleDeed
    articles: tuple[ArticleRow, ...]


def article_menu(rows: tuple[ArticleRow, ...], parent: QWidget) -> QMenu:
    """Make the context menu of the chosen rows; its actions carry the value of an ArticleDeed."""
    menu = QMenu(parent)
    number = f" ({len(rows)})" if len(rows) > 1 else ""
    reviewed = all(row.reviewed for row in rows)
    mark = (ArticleDeed.UNREVIEWED, _tr("Mark as new")) if reviewed else (ArticleDeed.REVIEWED, _tr("Mark as reviewed"))
    report = (
        (ArticleDeed.JOIN, _tr("Join as one report")) if number else (ArticleDeed.VERSIONS, _tr("Show the versions…"))
    )
    others = ((ArticleDeed.EXTRACT, _tr("Extract again")), (ArticleDeed.COPY, _tr("Copy title")))
    for deed, text in (mark, report, *others):
        menu.addAction(text + number).setData(deed.value)
    return menu


def _tr(text: str) -> str:
    return QCoreApplication.translate("sources", text)
