"""The menu that grades publishers and articles, by mouse or by the scale's own letters and figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from kb_app.core.grading import Credibility, Reliability, SourceGrade
from kb_app.core.ids import ArticleId
from kb_app.ui.profile.plain_words import plain
from kb_app.ui.shared.grades import credibility_words, reliability_words

NAME_CHARACTERS = 50


@dataclass(frozen=True, slots=True)
class ReliabilityWish:
    """A grade for publishers; None takes it away."""

    publishers: tuple[str, ...]
    reliability: Reliability | None


@dataclass(frozen=True, slots=True)
class CredibilityWish:
    """A grade for articles; None takes it away."""

    articles: tuple[ArticleId, ...]
    credibility: Credibility | None


GradeWish = ReliabilityWish | CredibilityWish


@dataclass(frozen=True, slots=True)
class GradeSubject:
    """What is to be graded: articles with their publishers and the grades that they have."""

    articles: tuple[ArticleId, ...]
    publishers: tuple[str, ...]
    grades: tuple[SourceGrade, ...]


def subject_of(graded: Iterable[tuple[ArticleId, str, SourceGrade]]) -> GradeSubject:
    """Gather articles, each with publisher and grade; "" is no publisher."""
    rows = tuple(graded)
    publishers = tuple(dict.fromkeys(publisher for _, publisher, _ in rows if publisher))
    return GradeSubject(tuple(article for article, _, _ in rows), publishers, tuple(grade for _, _, grade in rows))


class GradeMenu(QMenu):
    """Offers the scale. `grade_requested` carries a GradeWish, `publishers_requested` nothing."""

    grade_requested = Signal(object)
    publishers_requested = Signal()

    def __init__(self, subject: GradeSubject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._subject = subject
        self.setTitle(self.tr("&Grade"))
        self.setToolTipsVisible(True)
        self._add_reliability()
        self.addSeparator()
        self._add_credibility()
        self.addSeparator()
        self.addAction(self.tr("&Publishers and their grades…"), self.publishers_requested.emit)

    def _add_reliability(self) -> None:
        publishers = self._subject.publishers
        if not publishers:
            self._add_heading(self.tr("The publisher is not known"))
            return
        name = plain(publishers[0], NAME_CHARACTERS)
        words = name if len(publishers) == 1 else self.tr("{0} publishers").format(len(publishers))
        self._add_heading(self.tr("Publisher: {0}").format(words))
        held = {grade.reliability for grade in self._subject.grades}
        for one in Reliability:
            self._add(f"&{one}   {reliability_words(one)}", ReliabilityWish(publishers, one), held == {one})
        self._add(self.tr("Publisher not graded"), ReliabilityWish(publishers, None), held == {None})

    def _add_credibility(self) -> None:
        articles = self._subject.articles
        if len(articles) == 1:
            self._add_heading(self.tr("What this article says"))
        else:
            self._add_heading(self.tr("What these {0} articles say").format(len(articles)))
        held = {grade.credibility for grade in self._subject.grades}
        for one in Credibility:
            self._add(f"&{one}   {credibility_words(one)}", CredibilityWish(articles, one), held == {one})
        self._add(self.tr("Article not graded"), CredibilityWish(articles, None), held == {None})

    def _add_heading(self, words: str) -> None:
        self.addAction(words.replace("&", "&&")).setEnabled(False)

    def _add(self, words: str, wish: GradeWish, is_held: bool) -> None:
        action = self.addAction(words, partial(self.grade_requested.emit, wish))
        action.setCheckable(True)
        action.setChecked(is_held)
