"""Writes an article's time expressions."""

from __future__ import annotations

from kb_app.storage.claim_writer import Scene
from kb_app.storage.journal import Journal
from kb_app.storage.tables import TimeExpression


def write_times(journal: Journal, scene: Scene) -> None:
    """Queue all time expressions of the article."""
    for time in scene.findings.times:
        journal.add(
            TimeExpression,
            article_id=scene.article,
            first=time.span.start,
            last=time.span.end,
            quote=time.span.of(scene.text),
            type=str(time.type),
            value=time.value,
            rule=time.rule,
            anchor=time.anchor,
            confidence=time.confidence,
        )
