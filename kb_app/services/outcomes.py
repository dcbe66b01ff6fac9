"""Words what became of one input."""

from __future__ import annotations

from collections.abc import Mapping

from kb_app.core.errors import Failed, Refused, UnreadableInput
from kb_app.core.ids import ArticleId
from kb_app.core.languages import problems_of
from kb_app.core.report import TAKEN_STATES, TROUBLE_STATES, InputOutcome, InputState
from kb_app.ingest.members import Trouble
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


def troubled(trouble: Trouble) -> InputOutcome:
    """Return the outcome of what could not be taken out of a container."""
    state = InputState.REFUSED if trouble.refused else InputState.FAILED
    return InputOutcome(trouble.name, state, trouble.code, trouble.sentence)


def duplicate(name: str, sha256: str, articles: tuple[ArticleId, ...]) -> InputOutcome:
    """Return the outcome of an input whose bytes are there already."""
    sentence = f"“{name}” is in the knowledge base already, byte for byte, and was not imported again."
    return InputOutcome(name, InputState.DUPLICATE, "duplicate", sentence, sha256, articles)


def not_saved(name: str, sha256: str, why: str) -> InputOutcome:
    """Return the outcome of an input that was read and does not fit into the knowledge base."""
    sentence = f"“{name}” was read, but could not be saved ({why}). Nothing of it was kept."
    return InputOutcome(name, InputState.FAILED, "not-saved", sentence, sha256)


def not_kept(name: str) -> Failed:
    """Return what is wrong with a pasted text whose import was interrupted before it was read."""
    sentence = f"“{name}” was pasted, and the import was interrupted before its turn came. Please paste it once more."
    return Failed("not-kept", sentence)


def container_outcome(
    name: str, counts: Mapping[InputState, int], trouble: Trouble | None, left_out: str = ""
) -> InputOutcome:
    """Return the outcome of a container: what was taken out of it, what was there already, what could not be taken.

    `left_out` says what it also held and was not meant to be taken.
    """
    good = sum(counts.get(state, 0) for state in TAKEN_STATES)
    known = counts.get(InputState.DUPLICATE, 0)
    bad = sum(counts.get(state, 0) for state in TROUBLE_STATES)
    said = f"{_counted(name, (good, known, bad))} {left_out}".strip()
    if trouble is not None:
        said = f"{trouble.sentence} {said}" if good or known or bad else trouble.sentence
    if good or known:
        fine = trouble is None and not bad
        state = InputState.IMPORTED if fine else InputState.WITH_WARNINGS
        code = "" if fine else trouble.code if trouble else "members"
        return InputOutcome(name, state, code, said)
    if trouble is not None:
        state = InputState.REFUSED if trouble.refused else InputState.FAILED
        return InputOutcome(name, state, trouble.code, said)
    if bad:
        return InputOutcome(name, InputState.FAILED, "members", said)
    nothing = f"“{name}” holds nothing that could be imported."
    return InputOutcome(name, InputState.REFUSED, "empty", f"{nothing} {left_out}".strip())


def _counted(name: str, counts: tuple[int, int, int]) -> str:
    words = ("{} taken", "{} already there", "{} could not be taken")
    parts = [said.format(count) for said, count in zip(words, counts, strict=True) if count]
    return f"“{name}” was taken apart: {', '.join(parts) or 'it held nothing'}."
