"""All hostile inputs, row by row."""

from __future__ import annotations

from tests.hostile import archives, documents, feeds, mail_and_web, pages, texts
from tests.hostile.case import Case

ALL: tuple[Case, ...] = tuple(
    sorted(
        (*archives.CASES, *documents.CASES, *feeds.CASES, *mail_and_web.CASES, *pages.CASES, *texts.CASES),
        key=lambda case: case.row,
    )
)
