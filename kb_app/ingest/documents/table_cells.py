"""Tells tables that hold figures from those that only lay out a page."""

from __future__ import annotations

from collections.abc import Set

from lxml import etree

from kb_app.ingest.documents.written import LONGEST_CELL
from kb_app.ingest.xml_elements import local_name


def is_laid_out(cell: etree._Element, paragraphs: Set[str]) -> bool:
    """Tell whether a cell holds a stretch of a page; `paragraphs` are the local names of its format's paragraphs."""
    count = sum(1 for one in cell.iter() if local_name(one) in paragraphs)
    return count > 1 and sum(len(str(words)) for words in cell.itertext()) > LONGEST_CELL
