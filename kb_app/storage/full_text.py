"""Turns what a person types into a full-text query that is never a syntax error."""

from __future__ import annotations

import re

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
        (unwanted if negative else wanted).append(f'"{_clean(words)}"{"" if negative else prefix}')
    if not wanted:
        return ""
    expression = " AND ".join(wanted)
    if column:
        expression = f"{{{column}}} : ({expression})"
    return f"({expression}) NOT ({' OR '.join(unwanted)})" if unwanted else expression


def _clean(words: str) -> str:
    # half of a surrogate pair has no UTF-8 and would fail before SQLite sees it
    return words.replace('"', " ").encode(errors="replace").decode()
