"""Reads pages that are pictures through Tesseract, where the person has installed it; nothing leaves the machine."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from statistics import median
from typing import Any

from kb_app.core.errors import Failed
from kb_app.ingest.documents.pdf_page import PageText
from kb_app.ingest.documents.pieces import Box, Word, pieces_of
from kb_app.settings import TESSERACT_DATA_VARIABLE, tesseract_program

RECOGNITION_SECONDS = 540.0  # a document; its worker is given 10 minutes
_SECONDS_A_PAGE = 60.0
_DOTS_AN_INCH = 300
_POINTS_AN_INCH = 72
_MOST_DOTS = 40_000_000  # of a page's picture, which is grey: a byte each
_LANGUAGES = re.compile(r"[A-Za-z][A-Za-z_]{1,30}(?:\+[A-Za-z][A-Za-z_]{1,30}){0,9}")
_WORD_LEVEL = "5"
_LEAST_CONFIDENCE = 20.0  # of 100; below it stand specks and rules that were taken for letters
_SAME_SIZE = 0.4
_LINE_PARTS = ("block_num", "par_num", "line_num")


@dataclass(frozen=True, slots=True)
class Recogniser:
    """The program and the languages it is to expect; `seconds` is what all pages of a document may take."""

    program: Path
    languages: str  # in Tesseract's names, as "eng+rus"
    name: str  # of the document
    seconds: float = RECOGNITION_SECONDS

    def read(self, page: Any, seen: PageText) -> PageText:
        """Return the page with the words of its picture; raises Failed `recogniser` where the program failed."""
        scale, picture = _picture(page)
        words = _words(self._run(picture), 1 / scale)
        pieces = tuple(piece for line in words for piece in pieces_of(line))
        numbered = tuple(replace(piece, order=order) for order, piece in enumerate(pieces))
        return replace(seen, groups=(numbered,) if numbered else ())

    def _run(self, picture: bytes) -> str:
        command = [str(self.program), "stdin", "stdout", "-l", self.languages, "--dpi", str(_DOTS_AN_INCH), "tsv"]
        environment = {name: os.environ[name] for name in _passed_on() if name in os.environ}
        try:
            done = subprocess.run(
                command,
                input=picture,
                capture_output=True,
                timeout=_SECONDS_A_PAGE,
                env={**environment, "OMP_THREAD_LIMIT": "1"},
                check=False,
            )
        except subprocess.TimeoutExpired:
            return ""
        except OSError as error:
            raise _failed(self.name, str(error)) from error
        if done.returncode != 0:
            raise _failed(self.name, done.stderr.decode("utf-8", "replace").strip()[:300])
        return done.stdout.decode("utf-8", "replace")


def recogniser_for(languages: str, name: str) -> Recogniser:
    """Return the recogniser for languages; raises Failed `no-recogniser` where Tesseract is not installed."""
    program = tesseract_program()
    if program is None:
        raise Failed(
            "no-recogniser",
            f"The pages of “{name}” are pictures. To read them Tesseract has to be installed, which was not found.",
        )
    if not _LANGUAGES.fullmatch(languages):
        raise Failed("no-recogniser", f"{languages[:40]!r} is no list of languages that Tesseract knows.")
    return Recogniser(program, languages, name)


def _passed_on() -> tuple[str, ...]:
    return (TESSERACT_DATA_VARIABLE, "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "LC_ALL")


def _failed(name: str, why: str) -> Failed:
    return Failed("recogniser", f"Text recognition of “{name}” failed: {why or 'Tesseract gave no reason'}.")


def _picture(page: Any) -> tuple[float, bytes]:
    """Draw a page in grey; return the dots a point and the picture as PGM."""
    width, height = page.get_size()
    scale = min(_DOTS_AN_INCH / _POINTS_AN_INCH, (_MOST_DOTS / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    try:
        rows = memoryview(bitmap.buffer).cast("B")
        step = bitmap.stride
        lines = b"".join(bytes(rows[at * step : at * step + bitmap.width]) for at in range(bitmap.height))
        return scale, b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + lines
    finally:
        bitmap.close()


def _words(table: str, points: float) -> list[list[Word]]:
    """Return the words of each line; `points` is what a dot of the picture measures on the page."""
    lines: dict[tuple[str, ...], list[Word]] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        word = _word(row, points)
        if word is not None:
            lines.setdefault(tuple(row[part] for part in _LINE_PARTS), []).append(word)
    heights: dict[str, list[float]] = {}
    for place, words in lines.items():
        heights.setdefault(place[0], []).append(_around(words).height)
    return [_level(words, median(heights[place[0]])) for place, words in lines.items()]


def _word(row: dict[str, Any], points: float) -> Word | None:
    text = (row.get("text") or "").strip()
    if row.get("level") != _WORD_LEVEL or not text:
        return None
    try:
        left, top, width, height = (float(row[key]) * points for key in ("left", "top", "width", "height"))
        confidence = float(row["conf"])
    except (KeyError, TypeError, ValueError):
        return None
    if confidence < _LEAST_CONFIDENCE:
        return None
    box = Box(*(round(value, 2) for value in (left, top, left + width, top + height)))
    return Word("".join(text.split()), box, box)


def _around(words: list[Word]) -> Box:
    return reduce(Box.around, (word.box for word in words))


def _level(words: list[Word], usual: float) -> list[Word]:
    """Give the words of a line one height, that of its block: a line without tall letters is no smaller than others."""
    line = _around(words)
    height = usual if abs(line.height - usual) <= _SAME_SIZE * usual else line.height
    middle = (line.top + line.bottom) / 2
    return [
        Word(
            word.text,
            replace(word.box, top=middle - height / 2, bottom=middle + height / 2),
            replace(word.shown, top=line.top, bottom=line.bottom),
        )
        for word in words
    ]
