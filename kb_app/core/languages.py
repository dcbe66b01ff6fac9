"""Which languages are read, and which warnings are only notes."""

from __future__ import annotations

from collections.abc import Iterable

READ = frozenset({"", "en"})  # ISO 639-1; what is not known is read as well
NOTE = "language"  # the code of the warning that an article's language is not read
_UNREAD = "nothing was extracted from it."


def is_read(language: str) -> bool:
    """Tell whether people, events and statements are looked for in texts of a language."""
    return language in READ


def unread_note(language: str) -> str:
    """Return the warning ("code: sentence") that nothing was looked for in a text of this language."""
    return f"{NOTE}: The text is not English (“{language}”); {_UNREAD}"


def tells_unread(sentence: str) -> bool:
    """Tell whether a sentence, of which that warning may be a part, says so."""
    return _UNREAD in sentence


def problems_of(warnings: Iterable[str]) -> tuple[str, ...]:
    """Return the warnings ("code: sentence") that tell of a problem, without those that are only notes."""
    return tuple(warning for warning in warnings if not warning.startswith(f"{NOTE}:"))
