"""Times the steps of extraction from outside: each function or method that makes up a step is wrapped."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from pkgutil import resolve_name
from typing import Any
from unittest.mock import patch

OTHER = "the rest"
# what makes up each step: functions where they are called, methods in their class
STEPS = {
    "taking in the file": ("kb_app.ingest.articles.to_article",),
    "sentences and words": ("kb_app.extraction.pipeline.read", "kb_app.extraction.pipeline.read_words"),
    "first look of the rules": ("kb_app.extraction.first_look.FirstLook.look",),
    "tagger: graph": ("kb_app.extraction.encoder.Encoder.score",),
    "tagger: spans and links": ("kb_app.extraction.encoder.Encoder.decode",),
    "names and folding": (
        "kb_app.extraction.tagged_names.NameMerger.merged",
        "kb_app.extraction.coreference.Folder.fold",
        "kb_app.extraction.tagged_references.TaggedReferents.attach",
    ),
    "dates": ("kb_app.extraction.pipeline.merged_times",),
    "roles": (
        "kb_app.extraction.roles.RoleFinder.find",
        "kb_app.extraction.tagged_roles.RoleMerger.merged",
        "kb_app.extraction.roles.RoleFinder.completed",
    ),
    "statements": (
        "kb_app.extraction.speech.CueFinder.find",
        "kb_app.extraction.statements.StatementFinder.find",
        "kb_app.extraction.tagged_statements.StatementMerger.merged",
    ),
    "events": (
        "kb_app.extraction.events.EventFinder.find",
        "kb_app.extraction.tagged_events.EventMerger.merged",
    ),
    "relations": (
        "kb_app.extraction.relations.RelationFinder.find",
        "kb_app.extraction.pipeline.merged_relations",
    ),
    "disputes": ("kb_app.extraction.disputes.DisputeFinder.find",),
    "confidences": ("kb_app.extraction.pipeline.with_calibrated",),
}


class Stopwatch:
    """Adds up the time of each step; what a step spends in another step counts for that one alone."""

    def __init__(self) -> None:
        self.taken: dict[str, float] = dict.fromkeys(STEPS, 0.0)
        self._inner: list[float] = []  # seconds spent in other steps, one a step under way

    @contextmanager
    def on_all_steps(self) -> Iterator[None]:
        """Time all steps until the block ends."""
        with ExitStack() as patches:
            for step, names in STEPS.items():
                for name in names:
                    patches.enter_context(patch(name, self.timed(step, resolve_name(name))))
            yield

    def timed(self, step: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return the same work with its time added to a step."""

        @wraps(work)
        def run(*arguments: Any, **named: Any) -> Any:
            self._inner.append(0.0)
            start = time.perf_counter()
            try:
                return work(*arguments, **named)
            finally:
                seconds = time.perf_counter() - start
                self.taken[step] += seconds - self._inner.pop()
                if self._inner:
                    self._inner[-1] += seconds

        return run
