"""Grades and provenance as plain JSON documents."""

from __future__ import annotations

from typing import Any

from kb_app.core.grading import GradedPublisher, SourceGrade
from kb_app.core.reading import SourceInfo


def grade_document(grade: SourceGrade) -> dict[str, Any]:
    """Give an evidence grade; what nobody graded is null beside the code F and 6."""
    return {
        "code": grade.code,
        "reliability": grade.reliability.value if grade.reliability else None,
        "credibility": grade.credibility.value if grade.credibility else None,
    }


def publisher_document(publisher: GradedPublisher) -> dict[str, Any]:
    """Give a publisher with its grade."""
    return {
        "name": publisher.name,
        "other_spellings": list(publisher.spellings),
        "articles": publisher.articles,
        "reliability": publisher.reliability.value if publisher.reliability else None,
    }


def source_document(source: SourceInfo) -> dict[str, Any]:
    """Give where bytes came from, how, when and by whom."""
    known = source.provenance
    return {
        "id": source.id,
        "name": source.name,
        "path": source.path,
        "media_type": source.media_type,
        "sha256": source.sha256,
        "size": source.size,
        "imported_at": source.imported_at.isoformat(),
        "imported_by": source.author or None,
        "imported_with": source.tool or None,
        "how": known.how or None,
        "address": known.address or None,
        "captured_at": known.captured_at or None,
        "container": known.container or None,
        "container_sha256": known.container_sha256 or None,
        "parent_sha256": known.parent_sha256 or None,
    }
