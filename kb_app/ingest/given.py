"""What the importer knows about a file and its text does not say."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from kb_app.core.errors import Failed
from kb_app.ingest.decoding import cleaned
from kb_app.ingest.reading import shown_name

IMPORT_METADATA = "import metadata"


@dataclass(frozen=True, slots=True)
class GivenMetadata:
    """Metadata handed over with a file; "" is not given; `published` is an EDTF date."""

    published: str = ""
    publisher: str = ""
    host: str = ""
    source_url: str = ""
    title: str = ""
    byline: str = ""
    encoding: str = ""
    language: str = ""
    text: str = ""  # the plain body of an item of a feed or a table
    markup: str = ""  # or its body as HTML
    recognise: str = ""  # languages, in Tesseract's names ("eng+rus"), in which to read pages that are pictures
    attachments: tuple[str, ...] = ()  # files that belong to it, by their path below the folder of the input


def load_given(path: Path) -> dict[str, GivenMetadata]:
    """Read a metadata file: a JSON object from a file's stem to what is known of it; other keys are left aside.

    Raises Failed `metadata` when it cannot be read or is of another form.
    """
    name = shown_name(path)
    try:
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise Failed(
            "metadata", f"The metadata file “{name}” could not be read: {error}. Nothing was imported."
        ) from error
    if not isinstance(content, dict):
        raise Failed(
            "metadata", f"The metadata file “{name}” is not a JSON object of file names. Nothing was imported."
        )
    return {str(stem): given_from(known) for stem, known in content.items() if isinstance(known, dict)}


def given_from(known: dict[str, object]) -> GivenMetadata:
    """Return the keys that are understood and hold text."""

    def text(key: str) -> str:
        value = known.get(key)
        return cleaned(value)[0].strip() if isinstance(value, str) else ""

    return GivenMetadata(
        published=text("published"),
        publisher=text("publisher"),
        host=text("host") or text("republisher"),
        source_url=text("source_url"),
        title=text("title"),
        byline=text("byline"),
        encoding=text("encoding"),
        language=text("language"),
        recognise=text("recognise"),
    )
