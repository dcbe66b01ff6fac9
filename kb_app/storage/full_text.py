"""Turns what a person types into a full-text query that is never a syntax error."""

from __future__ import annotations

import re

_VOWEL_SIGNS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670]")
_ACCENTED = dict(zip("еαεηιουω", "ёάέήίόύώ", strict=True))
_PLAIN = {ord(accented): plain for plain, accented in _ACCENTED.items()}
_MOST_PLACES = 12
_PART = re.compile(r'(-?)"([^"]*)"|(-?)([^\s"]+)')


def match_expression(typed: str, *, column: str = "", all_prefixes: bool = False, shortest: int = 1) -> str:
    """Return the FTS5 expression for words, "phrases" and -exclusions, "" where nothing can be looked for.

    The last word counts as a beginning while it is being typed, that is until a space follows; with `all_prefixes`
    every word does. A beginning of fewer than `shortest` letters counts as a word.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    parts = list(_PART.finditer(typed.replace("\0", " ")))
    for part in parts:
        is_phrase = part[2] is not None
        words = part[2] if is_phrase else part[4]
        if not any(c.isalnum() for c in words):
            continue
        is_typed = part is parts[-1] and part.end() == len(typed)
        is_beginning = not is_phrase and (all_prefixes or is_typed) and len(words) >= shortest
        prefix = "*" if is_beginning else ""
        negative = bool(part[1] or part[3])
        (unwanted if negative else wanted).append(_term(words, "" if negative else prefix))
    if not wanted:
        return ""
    expression = " AND ".join(wanted)
    if column:
        expression = f"{{{column}}} : ({expression})"
    return f"({expression}) NOT ({' OR '.join(unwanted)})" if unwanted else expression


def _term(words: str, prefix: str) -> str:
    spellings = [f'"{_clean(spelling)}"{prefix}' for spelling in _spellings(words)]
    return spellings[0] if len(spellings) == 1 else f"({' OR '.join(spellings)})"


def _spellings(words: str) -> list[str]:
    """Return the ways to write words that SQLite takes for different ones, though readers do not.

    Russian is printed with ё or with е in its place, Greek typed with or without its accent, both at most once a word;
    the vowel signs of Arabic and Hebrew are mostly left out.
    """
    bare = _VOWEL_SIGNS.sub("", words) or words
    plain = bare.lower().translate(_PLAIN)
    places = [at for at, letter in enumerate(plain) if letter in _ACCENTED][:_MOST_PLACES]
    accented = (f"{plain[:at]}{_ACCENTED[plain[at]]}{plain[at + 1 :]}" for at in places)
    # what has no such letter is left as it was typed
    others = (plain, *accented) if places or plain != bare.lower() else ()
    return list(dict.fromkeys((words, bare, *others)))


def _clean(words: str) -> str:
    # half of a surrogate pair has no UTF-8 and would fail before SQLite sees it
    return words.replace('"', " ").encode(errors="replace").decode()
