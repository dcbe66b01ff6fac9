"""Keeps the containers that are open in an import: one within another, each counted, none too deep or too large."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kb_app.core.ids import OutcomeId
from kb_app.core.report import InputOutcome, InputState
from kb_app.ingest.limits import MEGABYTE
from kb_app.ingest.members import DEEPEST_NESTING, MOST_EXPANDED, MOST_MEMBERS, Member, Taken, Trouble
from kb_app.ingest.reading import shown_name
from kb_app.services.opener_process import Container, OpenerProcess

OpenerOf = Callable[[Container], OpenerProcess]


@dataclass(slots=True)
class Allowance:
    """What may still come out of one outermost container, across all that is nested in it."""

    members: int = MOST_MEMBERS
    expanded: int = MOST_EXPANDED

    def take(self, taken: Taken) -> Trouble | None:
        """Count what came out; return what is wrong when it is too much."""
        self.members -= 1
        self.expanded -= len(taken.data) if isinstance(taken, Member) else 0
        if self.members < 0:
            sentence = f"More than {MOST_MEMBERS:,} things came out; “{taken.name}” and all after it were left out."
            return Trouble(taken.name, "too-many-members", sentence, refused=True)
        if self.expanded < 0:
            most = MOST_EXPANDED // MEGABYTE
            sentence = f"More than {most:,} MB came out; “{taken.name}” and all after it were left out."
            return Trouble(taken.name, "archive-size", sentence, refused=True)
        return None


@dataclass(slots=True)
class OpenBox:
    """A container under way: the row of its outcome, what came out before it was interrupted, what is still to settle.

    `settled` counts the rows of its members that are there from an earlier start by name and digest; `nested` are the
    rows of containers within it that were not finished then.
    """

    row: OutcomeId
    container: Container
    opener: OpenerProcess
    outer: OpenBox | None = None
    allowance: Allowance = field(default_factory=Allowance)
    settled: Counter[tuple[str, str]] = field(default_factory=Counter)
    nested: dict[str, OutcomeId] = field(default_factory=dict)
    pending: int = 0
    is_over: bool = False
    trouble: Trouble | None = None
    left_out: str = ""  # what is said of the things in it that were not meant to be taken
    sha256: str = ""
    beside: set[Path] = field(default_factory=set)  # files on the disk that what came out of it brought along
    parent_sha256: str = ""  # of the item that it is attached to

    @property
    def file(self) -> OpenBox:
        """Return the container that is a file on the disk: itself, or one that it lies in."""
        box: OpenBox = self
        while box.container.path is None and box.outer is not None:
            box = box.outer
        return box

    @property
    def path(self) -> str:
        """Return where the file lies that holds all this."""
        path = self.file.container.path
        return "" if path is None else shown_name(path.absolute())

    def remember(self, rows: tuple[InputOutcome, ...]) -> None:
        """Take note of what came out of it before an interruption."""
        for row in rows:
            if row.state is InputState.WAITING:
                self.nested[row.input] = row.id
            else:
                self.settled[(row.input, row.sha256)] += 1

    def knows(self, name: str, sha256: str) -> bool:
        """Tell whether this member was settled before an interruption; each row answers once."""
        if self.settled[(name, sha256)] <= 0:
            return False
        self.settled[(name, sha256)] -= 1
        return True

    def knows_some(self, name: str) -> bool:
        """Tell whether a member of this name was settled before an interruption, whatever its bytes."""
        return any(known == name and left > 0 for (known, _), left in self.settled.items())


class Unpacking:
    """The stack of open containers; what comes next comes out of the innermost."""

    def __init__(self, opener_of: OpenerOf = OpenerProcess) -> None:
        self._opener_of = opener_of
        self._open: list[OpenBox] = []

    @property
    def innermost(self) -> OpenBox | None:
        """Return the container that is taken apart now."""
        return self._open[-1] if self._open else None

    @property
    def is_full(self) -> bool:
        """Tell whether one more container would be nested too deeply."""
        return len(self._open) > DEEPEST_NESTING

    def open(self, row: OutcomeId, container: Container, within: OpenBox | None = None) -> OpenBox:
        """Begin to take a container apart, within the one that is open, or within one that is over and named so."""
        outer = self.innermost or within
        box = OpenBox(row, container, self._opener_of(container), outer, outer.allowance if outer else Allowance())
        self._open.append(box)
        return box

    def end_innermost(self) -> OpenBox:
        """Close the innermost container, which has nothing more."""
        box = self._open.pop()
        box.is_over, box.trouble, box.sha256 = True, box.trouble or box.opener.trouble, box.opener.sha256
        box.opener.close()
        return box

    def end_all(self, trouble: Trouble | None = None) -> list[OpenBox]:
        """Close all, innermost first: too much came out, or nothing more is wanted."""
        ended = []
        while self._open:
            self._open[-1].trouble = trouble
            ended.append(self.end_innermost())
        return ended
