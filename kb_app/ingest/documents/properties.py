"""What a document's own record is worth: titles and names that a program filled in are not taken."""

from __future__ import annotations

import re
from dataclasses import replace

from kb_app.core.names import normalised
from kb_app.ingest.decoding import cleaned
from kb_app.ingest.documents.written import Properties

_LONGEST = 500
_JUNK_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)\b.*|untitled.*|no title|document ?\d*|doc\d+|presentation ?\d*|title"
    r"|layout \d+.*|slide \d+|scan\w*[ _-]?\d*|https?://\S*|about:blank|\(anonymous\)|unknown|print|output|null|none)$"
    r"|\.(?:docx?|docm|odt|rtf|pdf|indd|qxd|qxp|pages|tex|dvi|txt|html?|pptx?|xlsx?|wpd|pub|eps|ps|tiff?|jpe?g|png)$",
    re.IGNORECASE,
)
_JUNK_AUTHOR = re.compile(
    r"^(?:user\d*|admin\w*|owner|unknown|anonymous|author|default|guest|root|pc|office|microsoft.*|windows user|.*@.*"
    r"|python-docx|null|none|\(anonymous\)|https?://\S*|un-named|dell|hp|lenovo|xerox.*)$",
    re.IGNORECASE,
)
_PDF_DATE = re.compile(r"^(?:D:)?\s*(\d{4})(\d\d)?(\d\d)?")


def believed(properties: Properties, name: str) -> Properties:
    """Return the properties without what a program, and not a person, wrote there; `name` is the file's."""
    title, author = _tidy(properties.title), _tidy(properties.author)
    stem = normalised(name.rpartition(".")[0] or name)
    if not any(c.isalpha() for c in title) or _JUNK_TITLE.search(title) or normalised(title) == stem:
        title = ""
    if not any(c.isalpha() for c in author) or _JUNK_AUTHOR.search(author):
        author = ""
    return replace(
        properties,
        title=title,
        author=author,
        publisher=_tidy(properties.publisher),
        published=_tidy(properties.published),
        created=_tidy(properties.created),
        address=_tidy(properties.address),
    )


def pdf_day(written: str) -> str:
    """Return the day of a date as PDF writes it ("D:20210506…"), as ISO 8601, "" where it is none."""
    found = _PDF_DATE.match(written)
    return "-".join(part for part in found.groups() if part) if found else ""


def _tidy(value: str) -> str:
    return " ".join(cleaned(value[:_LONGEST])[0].split())
