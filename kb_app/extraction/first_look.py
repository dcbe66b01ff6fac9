"""What the rules make of an article before the tagger reads it: candidate names, dates, and hints for its words."""

from __future__ import annotations

from typing import NamedTuple

from kb_app.core.findings import FoundTime
from kb_app.extraction.dates import TimeFinder
from kb_app.extraction.encoder_words import Words
from kb_app.extraction.hints import Hinter
from kb_app.extraction.lexicons import Lexicons
from kb_app.extraction.name_cutting import Name
from kb_app.extraction.names import NameFinder
from kb_app.extraction.naming import NameTyper
from kb_app.extraction.reading import Reading


class Look(NamedTuple):
    """Typed names and valued dates as the rules see them, and the words with their hints."""

    names: list[Name]
    times: tuple[FoundTime, ...]
    words: Words


class FirstLook:
    """Looks at articles by rules alone; built once from the lexicons."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.times = TimeFinder(lexicons)
        self._names = NameFinder(lexicons)
        self._typer = NameTyper(lexicons)
        self._hinter = Hinter(lexicons)

    def look(self, reading: Reading, words: Words) -> Look:
        """Find names and dates, and hint the words of the same text."""
        names = self._typer.typed(reading, self._names.find(reading))
        times = self.times.find(reading)
        return Look(names, times, self._hinter.hinted(reading.text, words, names, times))
