"""Hands out what is to be annotated: files, and what containers among them hold, one after another."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter, deque
from dataclasses import dataclass, field, replace
from itertools import chain, count
from pathlib import Path

from kb_app.core.article import SourceFile
from kb_app.core.errors import UnreadableInput
from kb_app.core.ids import OutcomeId
from kb_app.core.report import InputOutcome, InputState
from kb_app.ingest.containers import is_container
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.members import APART, LEFT_OUT, Member, Taken
from kb_app.ingest.reading import kind_of_file, read_source, shown_name, walk_inputs
from kb_app.services.import_items import FileBeside, files_beside, merged_given, too_deep, warnings_of
from kb_app.services.import_request import ImportRequest
from kb_app.services.opener_process import Container
from kb_app.services.outcomes import container_outcome, troubled, unreadable
from kb_app.services.unpacking import OpenBox, Unpacking

LONGEST_STEM = 100  # characters
_NO_STEM = re.compile(r"[^\w.-]+")
_ENDING = re.compile(r"\.\w{1,5}$")  # of a file; an address has dots as well


@dataclass(frozen=True, slots=True)
class Upcoming:
    """One article to be: its number, which its outcome gets, and the stem of its document."""

    number: OutcomeId
    name: str
    stem: str
    source: SourceFile
    given: GivenMetadata
    warnings: tuple[str, ...] = ()  # "code: sentence"
    box: OpenBox | None = None


@dataclass(frozen=True, slots=True)
class _Opened:
    """A container's name in the report, the stem of what it holds, and how that ended."""

    name: str
    stem: str
    counts: Counter[InputState] = field(default_factory=Counter)


class Stems:
    """The names of documents that were given out."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of_file(self, file: Path) -> str:
        """Name a file's document: its stem, its whole name where the stem is taken, with a number where that is too."""
        return self._first_free(file.stem, file.name)

    def of_member(self, container: str, name: str) -> str:
        """Name the document of what a container held after both."""
        inner = _NO_STEM.sub("_", name).strip("._")[-LONGEST_STEM:] or "part"
        return self._first_free(f"{container}-{_ENDING.sub('', inner)}", f"{container}-{inner}")

    def _first_free(self, short: str, long: str) -> str:
        names = chain((short, long), (f"{long}-{number}" for number in count(2)))
        stem = next(name for name in names if name.casefold() not in self._taken)
        self._taken.add(stem.casefold())
        return stem


def distinct_stems(files: list[Path]) -> list[str]:
    """Name the documents of files, each by a name of its own."""
    stems = Stems()
    return [stems.of_file(file) for file in files]


class AnnotationInputs:
    """The inputs of one annotation; what needs no reading is settled here, with all outcomes in the end."""

    def __init__(self, request: ImportRequest) -> None:
        self._request = request
        self._stems = Stems()
        self._files = deque((file, self._stems.of_file(file)) for file in walk_inputs(request.paths))
        self._chosen = {os.path.realpath(file) for file, _ in self._files}
        self._beside: deque[FileBeside] = deque()
        self._unpacking = Unpacking()
        self._opened: dict[OutcomeId, _Opened] = {}
        self.outcomes: dict[OutcomeId, InputOutcome] = {}
        self._numbers = count(1)
        self.total = len(self._files)

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more will come."""
        return not self._files and not self._beside and self._unpacking.innermost is None

    def report(self) -> tuple[InputOutcome, ...]:
        """Return what became of each input, in order."""
        return tuple(self.outcomes[number] for number in sorted(self.outcomes))

    def close(self) -> None:
        """Let go of what is open."""
        self._unpacking.end_all()

    def take(self) -> Upcoming | None:
        """Return the next article to be, None where there is none yet."""
        box = self._unpacking.innermost
        if box is None:
            return self._next_file()
        found = box.opener.take()
        if found is not None:
            return self._taken(box, found)
        if box.opener.is_over:
            self._finish(self._unpacking.end_innermost())
        return None

    def wait(self, seconds: float) -> None:
        """Wait for what an open container holds next, but no longer than so many seconds."""
        if (box := self._unpacking.innermost) is not None:
            box.opener.wait(seconds)

    def settle(self, outcome: InputOutcome, box: OpenBox | None) -> None:
        """Note what became of an input, and of its container where that was the last of it."""
        self.outcomes[outcome.id] = replace(outcome, parent=box.row if box else None)
        if box is not None:
            self._opened[box.row].counts[outcome.state] += 1
            box.pending -= 1
            self._finish(box)

    def _number(self) -> OutcomeId:
        return OutcomeId(next(self._numbers))

    def _next_file(self) -> Upcoming | None:
        if self._beside:
            beside = self._beside.popleft()
            path = Path(os.fsdecode(beside.path or b""))
            stem = self._stems.of_member(self._opened[beside.box.row].stem, beside.name)
            return self._file(path, stem, (beside.name, beside.box))
        if not self._files:
            return None
        path, stem = self._files.popleft()
        return self._file(path, stem, (shown_name(path), None))

    def _file(self, path: Path, stem: str, place: tuple[str, OpenBox | None]) -> Upcoming | None:
        name, box = place
        number, kind = self._number(), kind_of_file(path)
        if is_container(kind):
            mapping, given = self._request.mapping, self._request.known_of(path.name)
            container = Container(shown_name(Path(path.name)), kind, path, given=given, mapping=mapping)
            self._open(number, _Opened(name, stem), (container, box))
            return None
        try:
            source = read_source(path)
        except UnreadableInput as error:
            self.settle(replace(unreadable(name, error), id=number), box)
            return None
        return Upcoming(number, name, stem, source, self._request.known_of(path.name), box=box)

    def _open(self, number: OutcomeId, opened: _Opened, what: tuple[Container, OpenBox | None]) -> None:
        container, within = what
        self._unpacking.open(number, container, within)
        self._opened[number] = opened

    def _taken(self, box: OpenBox, found: Taken) -> Upcoming | None:
        too_much = box.allowance.take(found)
        if too_much is not None:
            for ended in self._unpacking.end_all(too_much):
                self._finish(ended)
        elif isinstance(found, Member):
            return self._member(box, found)
        elif found.code == LEFT_OUT:
            box.left_out = f"{box.left_out} {found.sentence}".strip()
        else:
            box.pending += 1
            self.total += 1
            self.settle(replace(troubled(found), id=self._number()), box)
        return None

    def _member(self, box: OpenBox, member: Member) -> Upcoming | None:
        sha256, number, root = hashlib.sha256(member.data).hexdigest(), self._number(), self._opened[box.row].stem
        # what was chosen by itself gets its document anyway
        beside = [one for one in files_beside(member, sha256, box) if os.fsdecode(one.path or b"") not in self._chosen]
        self._beside.extend(beside)
        box.pending += 1 + len(beside)
        self.total += 1 + len(beside)
        given = merged_given(self._request.known_of(member.name), member.given)
        is_itself = member.is_whole and member.name == box.container.name.rpartition(APART)[2]
        stem = root if is_itself else self._stems.of_member(root, member.name)
        if not is_container(member.media_type) or member.is_whole:
            source = SourceFile(member.name, member.data, sha256, member.media_type, box.path, member.provenance)
            return Upcoming(number, member.name, stem, source, given, warnings_of(member, box), box)
        if self._unpacking.is_full:
            self.settle(replace(too_deep(member.name), id=number), box)
            return None
        name, mapping = f"{box.container.name}{APART}{member.name}", self._request.mapping
        container = Container(name, member.media_type, data=member.data, given=given, mapping=mapping)
        self._open(number, _Opened(member.name, stem), (container, None))
        return None

    def _finish(self, box: OpenBox) -> None:
        if not box.is_over or box.pending:
            return
        opened, kind = self._opened.pop(box.row), box.container.media_type
        outcome = container_outcome(box.container.name, opened.counts, box.trouble, box.left_out)
        self.settle(replace(outcome, input=opened.name, id=box.row, sha256=box.sha256, media_type=kind), box.outer)
