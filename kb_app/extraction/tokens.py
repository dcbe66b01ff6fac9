"""Words and marks of a text with their places."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|[A-Z]\.[A-Z]\b"  # U.S.
    r"|[^\W\d_]+(?:&[A-Z][^\W\d_]*)+"  # AT&T
    r"|['’](?:s|S|re|ve|ll|d|m|t)\b"  # clitics
    r"|\d+(?:[.,:]\d+)*(?:[^\W\d_]+)?"  # numbers, 20th, 10:30
    r"|\w+(?:(?:[.][a-z]{2,4}\b)|(?:['’](?!(?:s|S|re|ve|ll|d|m|t)\b)|[-‐‑/&])\w+)*"  # words, compounds, sites
    r"|[^\w\s]"
)
_ABBREVIATION = re.compile(
    r"^(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Lt|Capt|Sgt|Maj|Brig|Adm|Cmdr|Cpl|Sen|Rep|Gov|Rev|Hon|Jr|Sr|Inc|Corp|Co|Ltd|No"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mt|Ft|vs|etc|approx|Spc|Pfc|Pvt|Asst|Dept|Univ|[A-Z])$"
)


class Token(NamedTuple):
    """A word, number or mark; `end` is exclusive."""

    start: int
    end: int
    text: str

    @property
    def lower(self) -> str:
        """Return the word in lower case."""
        return self.text.lower()

    @property
    def is_capitalised(self) -> bool:
        """Tell whether the word begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_word(self) -> bool:
        """Tell whether the token is a word or number."""
        return self.text[0].isalnum() or len(self.text) > 1


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens of text[start:end]; the full stop of an abbreviation belongs to it."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        token = Token(match.start(), match.end(), match.group())
        if token.text == "." and found and found[-1].end == token.start and is_abbreviation(found[-1].text):
            last = found.pop()
            token = Token(last.start, token.end, last.text + ".")
        found.append(token)
    return found


def is_abbreviation(word: str) -> bool:
    """Tell whether a full stop after the word belongs to the word."""
    return bool(_ABBREVIATION.match(word))
