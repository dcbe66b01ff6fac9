"""What is said where the text of a table's articles cannot be told."""

from __future__ import annotations

from collections.abc import Sequence

from kb_app.core.errors import Refused
from kb_app.ingest.archives.member_names import shown

_NAMED = 30


def unclear(name: str, columns: Sequence[str], what: str = "column") -> Refused:
    """Return the refusal `mapping`, with the columns that there are and what to do."""
    listed = ", ".join(f"“{shown(column)}”" for column in columns[:_NAMED]) + (", …" if len(columns) > _NAMED else "")
    return Refused(
        "mapping",
        f"Which {what} of “{name}” holds the text of the articles could not be told; it has {listed or 'none'}. "
        "Please choose the columns (File menu, “Import table…”, or --mapping text=…).",
    )
