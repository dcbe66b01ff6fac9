"""One import under way: reads, takes containers apart, has workers read, and writes articles with their outcomes."""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kb_app.core.article import Provenance
from kb_app.core.errors import KartotekaError, StoreError, UnreadableInput
from kb_app.core.ids import ArticleId, OperationId, OutcomeId, SourceId
from kb_app.core.progress import Progress
from kb_app.core.report import InputOutcome, InputState
from kb_app.ingest.containers import is_container
from kb_app.ingest.members import APART, LEFT_OUT, Member, Taken, Trouble
from kb_app.ingest.reading import shown_name
from kb_app.resolution.entities import names_to_look_up, resolve
from kb_app.services.documents import Answer, Document, NotUnderstood, Understood
from kb_app.services.import_items import FileBeside, Item, Settled, files_beside, item_of, too_deep, with_reason
from kb_app.services.import_request import ImportRequest
from kb_app.services.listed_inputs import ListedInputs
from kb_app.services.opener_process import Container
from kb_app.services.outcomes import (
    container_outcome,
    duplicate,
    not_saved,
    not_understood,
    taken,
    troubled,
    unreadable,
)
from kb_app.services.pace import Pace
from kb_app.services.reading_ahead import ReadInput
from kb_app.services.unpacking import OpenBox, Unpacking
from kb_app.services.workers import WorkerPool
from kb_app.storage.import_log import outcomes_within
from kb_app.storage.importing import ImportStep, find_source, import_step, known_names
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.seen_prints import SeenPrints

LOG = logging.getLogger(__name__)
STEP_SECONDS = 0.05
FEEDING_SECONDS = 0.02
WRITING_SECONDS = 0.03  # then the articles at hand are committed
GATHERING_SECONDS = 0.02
BYTES_UNDER_WAY = 64 * 1024 * 1024
WORTH_ANOTHER_TRY = frozenset({"timeout", "memory", "worker-died"})


class ImportRun:
    """Works an import's waiting inputs off."""

    def __init__(self, kb: KnowledgeBase, operation: OperationId, request: ImportRequest, pool: WorkerPool) -> None:
        self._kb = kb
        self._operation = operation
        self._request = request
        self._pool = pool
        self._listed = ListedInputs(kb, operation, request.texts)
        self._unpacking = Unpacking()
        self._keys = self._bytes = self._done = self._count = 0
        self._under_way: dict[int, Item] = {}
        self._twins: dict[str, list[Item]] = {}  # inputs with the same bytes as one under way
        self._behind: dict[str, list[Item]] = {}  # attachments of a mail that is under way
        self._attached: dict[bytes, Provenance] = {}  # files that items of libraries brought along, by their real path
        self._answers: deque[Answer] = deque()
        self._ready: deque[Settled] = deque()
        self._over: deque[OpenBox] = deque()
        self._seen = SeenPrints()

    def steps(self, count: int) -> Iterator[Progress]:
        """Work off so many listed inputs, and whatever comes out of them."""
        pace, self._count = Pace(count), count
        while not self._is_done():
            with import_step(self._kb, self._operation, self._seen) as step:
                self._feed(step)
                label = self._write(step)
            pace.total = self._count
            yield pace.progress(self._done, label)
            self._wait()

    def close(self) -> None:
        """Let go of what is open."""
        self._listed.close()
        self._unpacking.end_all()

    def _is_done(self) -> bool:
        busy = self._under_way or self._answers or self._ready or self._over or self._unpacking.innermost
        return self._listed.is_over and not busy

    def _wait(self) -> None:
        """Wait for what comes next, and a little longer for more of it: what is at hand is written in one go."""
        if self._ready or self._over:
            return
        if self._under_way:
            until = time.monotonic() + GATHERING_SECONDS
            while len(self._answers) * 2 < len(self._under_way) and (left := until - time.monotonic()) > 0:
                self._answers.extend(self._pool.poll(left))
        elif (box := self._unpacking.innermost) is not None:
            box.opener.wait(STEP_SECONDS)
        else:
            self._listed.wait(STEP_SECONDS)

    def _feed(self, step: ImportStep) -> None:
        """Begin with the next inputs while workers have room, for no longer than a step."""
        until = time.monotonic() + FEEDING_SECONDS
        while self._pool.room > 0 and self._bytes <= BYTES_UNDER_WAY and time.monotonic() < until:
            if not self._next(step):
                return

    def _next(self, step: ImportStep) -> bool:
        box = self._unpacking.innermost
        if box is not None:
            return self._next_member(step, box)
        read = self._listed.take()
        if read is None:
            return False
        if isinstance(read.item, FileBeside):
            self._begin_beside(step, read, read.item)
        else:
            self._begin_listed(read)
        return True

    def _begin_listed(self, read: ReadInput) -> None:
        item = read.item
        path = Path(os.fsdecode(item.path or b""))
        if read.container_type:
            container = Container(
                shown_name(Path(path.name)),
                read.container_type,
                path,
                given=self._request.known_of(path.name),
                mapping=self._request.mapping,
            )
            self._open(item.id, container)
        elif read.source is not None:
            usual = "clipboard" if item.path is None else "file"
            # what was chosen together with the library that names it belongs to it none the less
            attached = self._attached and self._attached.get(os.fsencode(os.path.realpath(path)))
            source = replace(read.source, provenance=attached or Provenance(how=self._request.how or usual))
            self._begin(Item(item.name, source, self._request.known_of(source.name), item.id, item.path))
        elif read.error is not None:
            outcome = unreadable(item.name, read.error)
            self._ready.append(Settled(replace(outcome, id=item.id, path=item.path)))

    def _open(self, row: OutcomeId, container: Container, within: OpenBox | None = None) -> OpenBox:
        box = self._unpacking.open(row, container, within)
        box.remember(outcomes_within(self._kb, row))
        return box

    def _next_member(self, step: ImportStep, box: OpenBox) -> bool:
        found = box.opener.take()
        if found is not None:
            self._take_out(step, box, found)
            return True
        if not box.opener.is_over:
            return False
        self._end([self._unpacking.end_innermost()])
        return True

    def _end(self, boxes: list[OpenBox]) -> None:
        self._over.extend(box for box in boxes if not box.pending)

    def _take_out(self, step: ImportStep, box: OpenBox, found: Taken) -> None:
        too_much = box.allowance.take(found)
        if too_much is not None:
            self._end(self._unpacking.end_all(too_much))
        elif isinstance(found, Trouble) and found.code == LEFT_OUT:
            box.left_out = f"{box.left_out} {found.sentence}".strip()
        elif isinstance(found, Trouble):
            if not box.knows(found.name, ""):
                self._count += 1
                box.pending += 1
                self._ready.append(Settled(replace(troubled(found), parent=box.row), box))
        else:
            self._take_member(step, box, found)

    def _take_member(self, step: ImportStep, box: OpenBox, member: Member) -> None:
        sha256 = hashlib.sha256(member.data).hexdigest()
        for beside in files_beside(member, sha256, box):
            self._count += 1
            box.pending += 1
            self._attached[beside.path or b""] = beside.provenance
            self._listed.want(beside)
        if box.knows(member.name, sha256):
            return
        self._count += 1
        box.pending += 1
        item = item_of(member, sha256, box, self._request.known_of(member.name))
        if is_container(member.media_type) and not member.is_whole:
            self._open_within(step, box, item)
        else:
            self._begin(item)

    def _begin_beside(self, step: ImportStep, read: ReadInput, beside: FileBeside) -> None:
        """Begin with a file that belongs to what came out of a container; its container may be over by now."""
        box, source = beside.box, read.source
        if beside.is_settled(source):
            self._count -= 1
            self._settled_in(box)
        elif read.error is not None:
            self._ready.append(Settled(replace(unreadable(beside.name, read.error), parent=box.row), box))
        elif source is None:
            self._open_beside(step, beside, read.container_type)
        else:
            source = replace(source, provenance=beside.provenance)
            self._begin(Item(beside.name, source, self._request.known_of(source.name), box=box))

    def _open_beside(self, step: ImportStep, beside: FileBeside, kind: str) -> None:
        box, path = beside.box, Path(os.fsdecode(beside.path or b""))
        waits = InputOutcome(beside.name, InputState.WAITING, parent=box.row, media_type=kind)
        row = box.nested.get(beside.name) or step.settle(waits)
        container = Container(beside.provenance.container, kind, path, mapping=self._request.mapping)
        opened = self._open(row, container, box)
        opened.parent_sha256 = beside.provenance.parent_sha256

    def _open_within(self, step: ImportStep, box: OpenBox, item: Item) -> None:
        if self._unpacking.is_full:
            self._ready.append(Settled(item.completed(too_deep(item.name)), box))
            return
        row = box.nested.get(item.name)
        if row is None:
            waits = InputOutcome(item.name, InputState.WAITING, sha256=item.source.sha256)
            row = step.settle(item.completed(waits))
        name = f"{box.container.name}{APART}{item.name}"
        source, mapping = item.source, self._request.mapping
        self._open(row, Container(name, source.media_type, data=source.data, given=item.given, mapping=mapping))

    def _begin(self, item: Item) -> None:
        """Have an input read, unless its bytes are there or are being read already."""
        sha256, parent = item.source.sha256, item.source.provenance.parent_sha256
        item.size, again = len(item.source.data), self._request.reads_again(item.source.media_type)
        self._bytes += item.size
        if parent in self._twins and parent != sha256:
            # its mail has to be there first, to be named as where it came from
            self._behind.setdefault(parent, []).append(item)
        elif sha256 in self._twins:
            item.source = replace(item.source, data=b"")
            self._twins[sha256].append(item)
        elif (known := find_source(self._kb, sha256)) and known[1] and not again:
            self._settle_duplicate(item, *known)
        else:
            self._twins[sha256] = []
            self._submit(item)

    def _settle_duplicate(self, item: Item, source: SourceId, articles: tuple[ArticleId, ...]) -> None:
        outcome = item.completed(duplicate(item.name, item.source.sha256, articles))
        self._ready.append(Settled(outcome, item.box, item.source, source, item.size))

    def _submit(self, item: Item) -> None:
        self._keys += 1
        self._under_way[self._keys] = item
        request = self._request
        extract = request.extract and not item.gave_up
        given = request.given_for(item.given)
        self._pool.submit(Document(self._keys, item.source, given, extract, request.encoding))

    def _write(self, step: ImportStep) -> str:
        """Write what is at hand, for no longer than a step; return the name of the last input."""
        until = time.monotonic() + WRITING_SECONDS
        label = ""
        while (self._ready or self._answers or self._over) and time.monotonic() < until:
            if self._ready:
                self._settle(step, self._ready.popleft())
            elif self._answers:
                label = self._take(step, self._answers.popleft())
            else:
                self._finish_box(step, self._over.popleft())
        return label

    def _take(self, step: ImportStep, answer: Answer) -> str:
        item = self._under_way.pop(answer.key)
        if isinstance(answer, NotUnderstood):
            if answer.code in WORTH_ANOTHER_TRY and self._request.extract and not item.gave_up:
                # the text may be sound and only too much for extraction: it is kept, and can be extracted from later
                item.gave_up = answer.code
                self._submit(item)
                return item.source.name
            outcome = not_understood(item.name, answer, item.source.sha256)
        else:
            outcome = self._save(step, item, with_reason(answer, item))
        settled = Settled(item.completed(outcome), item.box, size=item.size)
        self._settle(step, settled)
        self._release(item, outcome)
        return item.source.name

    def _release(self, item: Item, outcome: InputOutcome) -> None:
        """Settle the inputs with the same bytes, and begin with what waited for this one."""
        sha256 = item.source.sha256
        for twin in self._twins.pop(sha256):
            known = find_source(self._kb, sha256) if outcome.articles else None
            if known:
                self._settle_duplicate(twin, *known)
            else:
                again = InputOutcome(twin.name, outcome.state, outcome.code, outcome.sentence, sha256)
                self._ready.append(Settled(twin.completed(again), twin.box, size=twin.size))
        for attachment in self._behind.pop(sha256, ()):
            self._bytes -= attachment.size
            self._begin(attachment)

    def _save(self, step: ImportStep, item: Item, understood: Understood) -> InputOutcome:
        findings, source = understood.findings, item.source
        warnings = (*item.warnings, *understood.article.warnings, *findings.warnings)
        # what extraction could not do is kept with the article, where the list of problems looks for it
        article = replace(understood.article, warnings=warnings)
        again = self._request.reads_again(source.media_type)
        if again and (known := step.article_with_text(source.sha256, article.text)):
            return duplicate(item.name, source.sha256, known)
        try:
            names = known_names(self._kb, names_to_look_up(findings, article.text))
            resolution = resolve(findings, names, article.text)
            saved = step.save(source, article, findings, resolution, packed=understood.packed)
        except StoreError:
            raise  # the file takes no more: the next article would fare no better
        except UnreadableInput as error:
            return unreadable(item.name, error, source.sha256)
        except Exception as error:  # one article that does not fit must not end the import of the others
            LOG.exception("%s was not saved", item.name)
            sentence = error.sentence if isinstance(error, KartotekaError) else ""
            return not_saved(item.name, source.sha256, sentence or type(error).__name__)
        return taken(item.name, source.sha256, warnings, (saved,))

    def _settle(self, step: ImportStep, settled: Settled) -> None:
        step.settle(settled.outcome)
        if settled.found is not None and settled.known is not None:
            step.add_address(settled.known, settled.found)
        self._done += 1
        self._bytes -= settled.size
        if settled.box is not None:
            self._settled_in(settled.box)

    def _settled_in(self, box: OpenBox) -> None:
        box.pending -= 1
        if box.is_over and not box.pending:
            self._over.append(box)

    def _finish_box(self, step: ImportStep, box: OpenBox) -> None:
        outcome = container_outcome(box.container.name, step.counts_within(box.row), box.trouble, box.left_out)
        step.settle(replace(outcome, id=box.row, sha256=box.sha256, media_type=box.container.media_type))
        self._done += 1
        if box.outer is not None:
            self._settled_in(box.outer)
