"""The ways in which inputs that came to nothing can be tried again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from kb_app.core.encodings import ENCODINGS
from kb_app.core.ids import OutcomeId
from kb_app.core.original import PAGED
from kb_app.core.report import InputOutcome, InputState

UNCLEAR_COLUMNS = "mapping"  # the reason code of a table of which nobody could tell which column holds what


@dataclass(frozen=True, slots=True)
class RetryWish:
    """Inputs that are to be imported once more, and how: in an encoding, or by recognising letters on pages."""

    outcomes: tuple[OutcomeId, ...]
    encoding: str = ""
    ocr: bool = False


class RetryMenu(QMenu):
    """Offers to try inputs again.

    `chosen` carries the RetryWish, `columns_requested` the InputOutcome of a table whose columns are to be chosen.
    """

    chosen = Signal(object)
    columns_requested = Signal(object)

    def __init__(self, outcomes: Sequence[InputOutcome], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outcomes = tuple(outcome for outcome in outcomes if self.can_be_tried(outcome))
        self.add_ways(self)

    @staticmethod
    def can_be_tried(outcome: InputOutcome) -> bool:
        """Tell whether another try could bring more than is there."""
        return outcome.state in (InputState.REFUSED, InputState.FAILED, InputState.WITH_WARNINGS)

    def add_ways(self, menu: QMenu) -> None:
        """Add the ways that fit to a menu."""
        number = f" ({len(self._outcomes)})" if len(self._outcomes) > 1 else ""
        menu.addAction(self.tr("Try again") + number, partial(self._choose, "", False))
        if any(outcome.code.startswith("encoding") for outcome in self._outcomes):
            encodings = menu.addMenu(self.tr("Choose encoding…"))
            for name in ENCODINGS:
                encodings.addAction(name, partial(self._choose, name, False))
        tables = [outcome for outcome in self._outcomes if outcome.code == UNCLEAR_COLUMNS]
        if len(tables) == 1:
            menu.addAction(self.tr("Choose columns…"), partial(self.columns_requested.emit, tables[0]))
        if any(outcome.media_type == PAGED for outcome in self._outcomes):
            menu.addAction(self.tr("Recognise text on the pages (OCR)"), partial(self._choose, "", True))

    def _choose(self, encoding: str, ocr: bool) -> None:
        self.chosen.emit(RetryWish(tuple(outcome.id for outcome in self._outcomes), encoding, ocr))
