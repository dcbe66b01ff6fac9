"""How names are compared, sorted and abbreviated."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_NOT_NAME = re.compile(r"[^\w\s]|_")
_PARTICLES = frozenset(
    [
        "al",
        "ben",
        "bin",
        "da",
        "de",
        "del",
        "della",
        "der",
        "di",
        "dos",
        "du",
        "el",
        "ibn",
        "la",
        "le",
        "van",
        "von",
        "zu",
    ]
)


def normalised(name: str) -> str:
    """Return the form in which two spellings of one name are equal: case, accents, hyphens and dots folded."""
    bare = name.casefold()
    if not bare.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    return _SPACE.sub(" ", _NOT_NAME.sub(" ", bare.replace("'", "").replace("’", ""))).strip()


def initials(name: str) -> str:
    """Return one or two letters for a monogram."""
    words = [w for w in re.findall(r"\w+", name) if w.casefold() not in _PARTICLES]
    if not words:
        return "?"
    chosen = words[:1] if len(words) == 1 else [words[0], words[-1]]
    return "".join(w[0] for w in chosen).upper()


def surname(name: str) -> str:
    """Return the last name with its particles ("Ursula von der Leyen" gives "von der Leyen")."""
    words = name.split()
    at = len(words) - 1
    while at > 1 and words[at - 1].casefold() in _PARTICLES:
        at -= 1
    return " ".join(words[at:]) if words else ""


def script_of(text: str) -> str:
    """Return the ISO 15924 code of the script most letters belong to, "Zyyy" where there are none."""
    counts: dict[str, int] = {}
    for char in text:
        if char.isalpha():
            word = unicodedata.name(char, "").partition(" ")[0]
            code = _SCRIPTS.get(word, "Zzzz")
            counts[code] = counts.get(code, 0) + 1
    return max(counts, key=lambda code: counts[code]) if counts else "Zyyy"


_SCRIPTS = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "ARABIC": "Arab",
    "GREEK": "Grek",
    "HEBREW": "Hebr",
    "CJK": "Hani",
    "HANGUL": "Hang",
    "HIRAGANA": "Hira",
    "KATAKANA": "Kana",
    "GEORGIAN": "Geor",
    "ARMENIAN": "Armn",
    "DEVANAGARI": "Deva",
}
