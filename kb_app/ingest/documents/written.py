"""What a document holds once its format is taken off: its paragraphs in order, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from kb_app.core.article import PageRun
from kb_app.core.errors import Refused
from kb_app.core.passage import Span
from kb_app.ingest.decoding import cleaned

MOST_PARAGRAPHS = 200_000
LONGEST_CELL = 300  # characters; a table with a longer one of several paragraphs only lays out a page
MOST_CHARACTERS = 50_000_000
APART = "\n\n"


class Part(Enum):
    """What a paragraph is in its document."""

    BODY = auto()
    TITLE = auto()
    HEADING = auto()
    CAPTION = auto()
    ROW = auto()  # of a table


@dataclass(frozen=True, slots=True)
class Properties:
    """What the document's own record says; "" is not said. Days are as written there."""

    title: str = ""
    author: str = ""
    publisher: str = ""
    published: str = ""  # the day of publication, where the format has one
    created: str = ""  # the day when the file was made, which is not that of publication
    address: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A document's clean text with what is known of its parts."""

    text: str
    headings: tuple[Span, ...] = ()
    captions: tuple[Span, ...] = ()
    shown_title: str = ""  # the words of the text that the document shows as its title
    margins: tuple[str, ...] = ()  # running heads and feet, which are not in the text
    properties: Properties = field(default_factory=Properties)
    page_map: tuple[PageRun, ...] = ()
    warnings: tuple[str, ...] = ()  # "code: sentence"


class Draft:
    """A text that grows by paragraphs; raises Refused `too-large` when it grows without end."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._pieces: list[str] = []
        self._length = 0
        self._paragraphs = 0
        self._last = Part.BODY
        self._marked: list[tuple[Part, Span]] = []
        self._title = ""
        self._replaced = 0

    def add(self, words: str, part: Part = Part.BODY) -> None:
        """Append a paragraph; one of blanks alone is passed over."""
        words, replaced = cleaned(words.strip(" \t\r\n\f\v"))
        if not words:
            return
        self._replaced += replaced
        if self._paragraphs:
            self._append("\n" if part is self._last is Part.ROW else APART)
        start = self._length
        self._append(words)
        self._paragraphs += 1
        self._last = part
        self._marked.append((part, Span(start, self._length)))
        if part is Part.TITLE and not self._title:
            self._title = words.partition("\n")[0]
        if self._paragraphs > MOST_PARAGRAPHS or self._length > MOST_CHARACTERS:
            raise Refused(
                "too-large",
                f"“{self._name}” has more than {MOST_PARAGRAPHS:,} paragraphs or {MOST_CHARACTERS:,} characters, "
                "so it was not imported.",
            )

    def written(self, properties: Properties, warnings: tuple[str, ...] = ()) -> Written:
        """Return the whole."""
        if self._replaced:
            sentence = f"characters-replaced: {self._replaced} control or invalid characters were replaced."
            warnings = (*warnings, sentence)
        return Written(
            text="".join(self._pieces),
            headings=self._spans(Part.HEADING),
            captions=self._spans(Part.CAPTION),
            shown_title=self._title,
            properties=properties,
            warnings=warnings,
        )

    def _append(self, words: str) -> None:
        self._pieces.append(words)
        self._length += len(words)

    def _spans(self, part: Part) -> tuple[Span, ...]:
        return tuple(span for kind, span in self._marked if kind is part)
