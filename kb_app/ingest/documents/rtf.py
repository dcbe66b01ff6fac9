"""An RTF document to its text: read by its groups, so that hidden and deleted words and all objects stay out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from kb_app.core.article import SourceFile
from kb_app.core.errors import Failed
from kb_app.ingest.documents.left_out import LeftOut
from kb_app.ingest.documents.rtf_words import (
    PARAGRAPH_ENDS,
    SIGNS,
    SYMBOLS,
    UNSHOWN,
    WHOLE_FILE,
    codec_of_charset,
    codec_of_page,
)
from kb_app.ingest.documents.written import LONGEST_CELL, Draft, Part, Properties, Written
from kb_app.ingest.given import GivenMetadata

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<symbol>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n\x00]+)|[\r\n\x00\\]"
)
_DEEPEST = 2_000
_MOST_NOTES = 20_000
_MOST_SKIPPED = 16
_CELL_PARAGRAPH = "\x1e"


class _Place(Enum):
    """Where the words of a group belong."""

    TEXT = auto()
    NOTE = auto()
    UNSHOWN = auto()
    FONTS = auto()
    STYLES = auto()
    INFO = auto()


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds until the group ends."""

    place: _Place = _Place.TEXT
    info: str = ""  # which piece of the record
    hidden: bool = False
    deleted: bool = False
    revised: bool = False
    font: int = -1
    style: int = 0
    level: int = -1  # of a heading, by the paragraph itself
    in_table: bool = False
    skipped: int = 1  # characters that stand for one of Unicode in old programs


@dataclass
class _Tables:
    """What the head of a file says."""

    codec: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    styles: dict[int, str] = field(default_factory=dict)
    record: dict[str, str] = field(default_factory=dict)
    day: dict[str, int] = field(default_factory=dict)


def read_rtf(source: SourceFile, given: GivenMetadata) -> Written:
    """Read an RTF document; raises Failed `corrupt`, or Refused `too-large` where it has too many paragraphs."""
    return _Reader(source.name).read(source.data)


class _Reader:
    """Walks over the tokens once and keeps the groups that are open."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._draft = Draft(name)
        self._left_out = LeftOut()
        self._tables = _Tables()
        self._group = _Group()
        self._open: list[_Group] = []
        self._bytes = bytearray()  # of one encoding, still to be decoded
        self._words: list[str] = []
        self._cells: list[tuple[str, ...]] = []  # the paragraphs of each
        self._note: list[str] = []
        self._notes: list[str] = []
        self._to_skip = 0
        self._half = 0  # the first of two halves of a character
        self._was_left_out = ""

    def read(self, data: bytes) -> Written:
        at = 0
        while found := _TOKEN.match(data, at):
            at = found.end() + self._token(found)
        self._flush()
        is_cut = bool(self._open)
        self._end_row()
        self._end_paragraph()
        for note in self._notes:
            self._draft.add(note)
        cut = ("cut-short: The file ends in the middle; what stands before was read.",) if is_cut else ()
        return self._draft.written(self._properties(), (*cut, *self._left_out.warnings()))

    def _token(self, found: re.Match[bytes]) -> int:
        """Take a token; return how many raw bytes follow that are none."""
        kind = found.lastgroup
        if kind == "text":
            self._raw(found["text"])
        elif kind == "hex":
            self._raw(bytes((int(found["hex"], 16),)))
        elif kind == "brace":
            self._brace(found["brace"] == b"{")
        elif kind == "symbol":
            self._symbol(found["symbol"])
        elif found["word"]:
            number = int(found["number"]) if found["number"] else None
            return self._control(found["word"].decode("ascii"), number)
        return 0

    def _raw(self, data: bytes) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(data))
            self._to_skip -= skipped
            data = data[skipped:]
        if self._group.place is not _Place.UNSHOWN:
            self._bytes += data

    def _symbol(self, sign: bytes) -> None:
        if sign == b"*":
            # unless the word that follows is one we know, the group is not shown
            self._set(place=_Place.UNSHOWN)
        elif sign in b"\r\n":
            self._control("par", None)
        elif sign in SYMBOLS:
            if self._to_skip:
                self._to_skip -= 1
            else:
                self._add(SYMBOLS[sign])

    def _brace(self, opens: bool) -> None:
        self._flush()
        self._to_skip = 0
        if opens:
            if len(self._open) >= _DEEPEST:
                raise Failed("corrupt", f"“{self._name}” is nested too deeply to be read. It was left as it is.")
            self._open.append(self._group)
        elif self._open:
            ended, self._group = self._group, self._open.pop()
            if ended.place is _Place.NOTE and self._group.place is not _Place.NOTE:
                self._end_note()

    def _set(self, **changes: object) -> None:
        self._flush()
        self._group = replace(self._group, **changes)  # type: ignore[arg-type]  # fields by name

    def _control(self, word: str, number: int | None) -> int:
        on = number != 0
        if word == "bin":
            return max(0, number or 0)
        if word == "u" and number is not None:
            self._unicode(number)
        elif word in SIGNS:
            self._add(SIGNS[word])
        elif word in PARAGRAPH_ENDS:
            self._paragraph_ends()
        elif word in ("cell", "nestcell", "row", "nestrow"):
            self._table(word)
        elif word in ("v", "deleted", "revised"):
            self._set(**{"hidden" if word == "v" else word: on})
        elif word == "plain":
            self._set(hidden=False, deleted=False, revised=False, font=-1)
        elif word == "pard":
            self._set(style=0, level=-1, in_table=False)
        elif word == "uc":
            self._set(skipped=min(max(0, number if number is not None else 1), _MOST_SKIPPED))
        else:
            self._rare(word, number)
        return 0

    def _rare(self, word: str, number: int | None) -> None:
        value = number or 0
        if word == "f":
            self._set(font=value)
        elif word == "s":
            self._set(style=value)
        elif word == "outlinelevel":
            self._set(level=value)
        elif word == "intbl":
            self._set(in_table=True)
        elif word == "fcharset" and self._group.place is _Place.FONTS:
            self._tables.fonts[self._group.font] = codec_of_charset(value)
        elif word == "ansicpg":
            self._tables.codec = codec_of_page(value) or self._tables.codec
        elif word in WHOLE_FILE:
            self._tables.codec = WHOLE_FILE[word]
        elif word in ("yr", "mo", "dy") and self._group.info == "creatim":
            self._tables.day[word] = value
        else:
            self._destination(word)

    def _destination(self, word: str) -> None:
        if word == "object":
            self._left_out.embedded += 1
        elif word == "annotation":
            self._left_out.comments += 1
        if word in UNSHOWN:
            self._set(place=_Place.UNSHOWN)
        elif word == "fonttbl":
            self._set(place=_Place.FONTS)
        elif word == "stylesheet":
            self._set(place=_Place.STYLES)
        elif word == "info":
            self._set(place=_Place.INFO, info="")
        elif self._group.place is _Place.INFO and word in ("title", "author", "creatim"):
            self._set(info=word)
        elif word == "footnote" and self._group.place is _Place.TEXT:
            self._set(place=_Place.NOTE)
        elif word == "shptxt":
            self._set(place=_Place.TEXT)

    def _unicode(self, number: int) -> None:
        self._flush()
        self._to_skip = self._group.skipped
        code = number + 0x10000 if number < 0 else number
        if 0xD800 <= code < 0xDC00:
            self._half = code
        elif 0xDC00 <= code < 0xE000 and self._half:
            self._add(chr(0x10000 + ((self._half - 0xD800) << 10) + code - 0xDC00))
            self._half = 0
        elif 0 < code < 0xD800 or 0xE000 <= code < 0x110000:
            self._add(chr(code))

    def _flush(self) -> None:
        if self._bytes:
            data = bytes(self._bytes)
            self._bytes.clear()
            codec = self._tables.fonts.get(self._group.font) or self._tables.codec
            self._take(data.decode(codec, "replace"))

    def _add(self, words: str) -> None:
        self._flush()
        self._take(words)

    def _take(self, words: str) -> None:
        group = self._group
        if group.place is _Place.INFO and group.info:
            self._tables.record[group.info] = self._tables.record.get(group.info, "") + words
        elif group.place is _Place.STYLES:
            self._tables.styles[group.style] = self._tables.styles.get(group.style, "") + words
        elif group.place in (_Place.TEXT, _Place.NOTE) and not self._is_left_out():
            (self._note if group.place is _Place.NOTE else self._words).append(words)

    def _is_left_out(self) -> bool:
        """Tell whether words are hidden or deleted, and count where such a passage begins."""
        group = self._group
        state = "deleted" if group.deleted else "hidden" if group.hidden else "revised" if group.revised else ""
        if state != self._was_left_out:
            self._left_out.deletions += state == "deleted"
            self._left_out.hidden += state == "hidden"
            self._left_out.insertions += state == "revised"
            self._was_left_out = state
        return state in ("deleted", "hidden")

    def _paragraph_ends(self) -> None:
        self._flush()
        group = self._group
        if group.place is _Place.NOTE:
            self._note.append("\n")
        elif group.place is not _Place.TEXT or group.deleted:
            return
        elif group.in_table:
            self._words.append(_CELL_PARAGRAPH)
        else:
            self._end_row()
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        words = "".join(self._words).replace(_CELL_PARAGRAPH, "\n")
        self._words = []
        name = self._tables.styles.get(self._group.style, "").casefold().strip().rstrip(";").strip()
        part = Part.BODY
        if name == "title":
            part = Part.TITLE
        elif name.startswith("heading") or 0 <= self._group.level <= 8:
            part = Part.HEADING
        elif name == "caption":
            part = Part.CAPTION
        self._draft.add(words, part)

    def _end_note(self) -> None:
        words = " ".join("".join(self._note).split())
        self._note = []
        if words and len(self._notes) < _MOST_NOTES:
            self._notes.append(words)

    def _table(self, word: str) -> None:
        self._flush()
        if self._group.place is not _Place.TEXT:
            return
        if word == "cell":
            paragraphs = (" ".join(words.split()) for words in "".join(self._words).split(_CELL_PARAGRAPH))
            self._cells.append(tuple(words for words in paragraphs if words))
            self._words = []
        elif word == "row":
            self._end_row()
        else:
            self._words.append(_CELL_PARAGRAPH)

    def _end_row(self) -> None:
        cells, self._cells = self._cells, []
        if any(len(cell) > 1 and sum(map(len, cell)) > LONGEST_CELL for cell in cells):
            for words in (words for cell in cells for words in cell):
                self._draft.add(words)
        else:
            self._draft.add("\t".join(" ".join(cell) for cell in cells), Part.ROW)

    def _properties(self) -> Properties:
        day = self._tables.day
        made = f"{day['yr']:04}-{day['mo']:02}-{day['dy']:02}" if day.keys() >= {"yr", "mo", "dy"} else ""
        record = self._tables.record
        return Properties(title=record.get("title", ""), author=record.get("author", ""), created=made)
