"""The answers to a search as lines: a heading for each group, its hits, and how many more there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kb_app.core.passage import Span
from kb_app.core.search import HitKind, SearchHit, SearchResults
from kb_app.ui.profile.plain_words import plain
from kb_app.ui.shared.grades import grade_words
from kb_app.ui.shared.tips import plain_tip

LINE_ROLE = Qt.ItemDataRole.UserRole
SHOWN_PER_GROUP = {HitKind.ARTICLE: 8}
SHOWN_OTHERWISE = 5
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A heading (no hit), or a hit with the stretches of its title that matched."""

    heading: HitKind | None = None
    total: int = 0
    hit: SearchHit | None = None
    title_marks: tuple[Span, ...] = ()


class AnswersModel(QAbstractListModel):
    """Lines of answers; LINE_ROLE gives the AnswerLine."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[AnswerLine, ...] = ()

    def show(self, results: SearchResults | None) -> None:
        """Show other answers, or none."""
        self.beginResetModel()
        self._lines = lines_of(results) if results is not None else ()
        self.endResetModel()

    def line(self, row: int) -> AnswerLine | None:
        """Return a line."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def next_hit(self, row: int, step: int) -> int | None:
        """Return the row of the next hit from a row on, in steps of 1 or -1."""
        row += step
        while 0 <= row < len(self._lines):
            if self._lines[row].hit is not None:
                return row
            row += step
        return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature; an invalid index is a value
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.line(index.row()) if index.isValid() else None
        if line is None or line.hit is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.hit.title if line.hit else self.heading_words(line)
        if line.hit is not None and role == Qt.ItemDataRole.AccessibleTextRole:
            return self._whole_words(line.hit)
        if line.hit is not None and role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._whole_words(line.hit))
        return None

    @staticmethod
    def _whole_words(hit: SearchHit) -> str:
        """Return what an answer is of and from, and how its source is graded."""
        parts = [plain(hit.title, 300), plain(hit.subtitle, 200)]
        parts += [grade_words(hit.grade)] if hit.grade is not None else []
        return "\n".join(part for part in parts if part)

    def heading_words(self, line: AnswerLine) -> str:
        """Return a heading in words."""
        names = {
            HitKind.PERSON: self.tr("People"),
            HitKind.INSTITUTION: self.tr("Institutions"),
            HitKind.PLACE: self.tr("Places"),
            HitKind.EVENT: self.tr("Events"),
            HitKind.ARTICLE: self.tr("Articles"),
        }
        return names[line.heading] if line.heading else ""


def lines_of(results: SearchResults) -> tuple[AnswerLine, ...]:
    """Group the hits by kind, the best groups' order kept as people, institutions, places, events, articles."""
    totals = dict(results.totals)
    lines: list[AnswerLine] = []
    for kind in HitKind:
        hits = [hit for hit in results.hits if hit.kind is kind]
        if not hits:
            continue
        lines.append(AnswerLine(heading=kind, total=max(totals.get(kind, 0), len(hits))))
        shown = hits[: SHOWN_PER_GROUP.get(kind, SHOWN_OTHERWISE)]
        lines += [AnswerLine(hit=hit, title_marks=marks_in(hit.title, results.query.split())) for hit in shown]
    return tuple(lines)


def marks_in(text: str, words: Sequence[str]) -> tuple[Span, ...]:
    """Return where the beginnings of a text's words match the words that were looked for."""
    folded = text.casefold()
    if len(folded) != len(text):  # folding changed lengths: offsets would be wrong
        folded = text.lower() if len(text.lower()) == len(text) else text
    spans: list[Span] = []
    for word in (word.strip('"').casefold() for word in words):
        at = folded.find(word) if word else -1
        while at >= 0:
            if at == 0 or not folded[at - 1].isalnum():
                spans.append(Span(at, at + len(word)))
            at = folded.find(word, at + len(word))
    return tuple(sorted(set(spans)))
