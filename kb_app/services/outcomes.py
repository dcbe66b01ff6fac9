"""Words what became of one input."""

from __future__ import annotations

from kb_app.core.errors import Refused, UnreadableInput
from kb_app.core.ids import ArticleId
from kb_app.core.languages import problems_of
from kb_app.core.report import InputOutcome, InputState
from kb_app.services.documents import NotUnderstood


def taken(name: str, sha256: str, warnings: tuple[str, ...], articles: tuple[ArticleId, ...] = ()) -> InputOutcome:
    """Return the outcome of an input that was taken, with its warnings ("code: sentence") where there are any.

    Where they are only notes, all went well.
    """
    if not warnings:
        return InputOutcome(name, InputState.IMPORTED, sha256=sha256, articles=articles)
    code = warnings[0].partition(":")[0]
    sentence = " ".join(warning.partition(":")[2].strip() or warning for warning in warnings)
    state = InputState.WITH_WARNINGS if problems_of(warnings) else InputState.IMPORTED
    return InputOutcome(name, state, code, sentence, sha256, articles)


def unreadable(name: str, error: UnreadableInput, sha256: str = "") -> InputOutcome:
    """Return the outcome of an input that could not be read."""
    state = InputState.REFUSED if isinstance(error, Refused) else InputState.FAILED
    return InputOutcome(name, state, error.code, error.sentence, sha256)


def not_understood(name: str, answer: NotUnderstood, sha256: str = "") -> InputOutcome:
    """Return the outcome of an input of which a worker could make nothing."""
    state = InputState.REFUSED if answer.refused else InputState.FAILED
    return InputOutcome(name, state, answer.code, answer.sentence, sha256)
