"""The first rows of a table or export, for a person to say which column holds what."""

from __future__ import annotations

import io
from pathlib import Path

from kb_app.core.article import SourceFile
from kb_app.core.column_mapping import TableHead
from kb_app.core.errors import Refused
from kb_app.ingest.feed_types import CSV, JSON, TSV
from kb_app.ingest.feeds.json_export import head_of_json
from kb_app.ingest.feeds.table import head_of_table
from kb_app.ingest.limits import MEGABYTE
from kb_app.ingest.media_type import SNIFFED_BYTES, media_type_of
from kb_app.ingest.reading import read_start, shown_name

_LOOKED_AT = 2 * MEGABYTE


def table_start(path: Path) -> SourceFile | None:
    """Read the first two megabytes of a table, None where a file is none; raises Failed or Refused as reading does."""
    name = shown_name(Path(path.name))
    kind = media_type_of(read_start(path, SNIFFED_BYTES), name)
    if kind not in (CSV, TSV, JSON):
        return None
    return SourceFile(name, read_start(path, _LOOKED_AT), "", kind, shown_name(path.absolute()))


def head_of(start: SourceFile, encoding: str = "") -> TableHead:
    """Return the head of a table that begins so; raises Refused `mapping` where it has no columns, and Failed."""
    data, name = start.data, start.name
    if start.media_type == JSON:
        head = head_of_json(io.BytesIO(data), name, encoding)
    else:
        whole = data[: data.rfind(b"\n") + 1] if len(data) == _LOOKED_AT else data
        head = head_of_table(io.BytesIO(whole or data), name, encoding)
    if not head.columns:
        raise Refused("mapping", f"“{name}” has no columns that could be told within its first lines.")
    return head
