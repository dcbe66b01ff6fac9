"""Which language a text is in."""

from __future__ import annotations

import math

_LETTERS_NEEDED = 40
_LETTERS_LOOKED_AT = 1500
_SURE = 0.9


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of a text's language, "" when the text is too short or the answer unsure."""
    sample = text[:_LETTERS_LOOKED_AT]
    if sum(map(str.isalpha, sample)) < _LETTERS_NEEDED:
        return ""
    # late: it brings numpy, which costs 0.2 s and 30 MB where nothing is imported
    from py3langid import rank

    try:
        scores: list[tuple[str, float]] = [(str(code), float(score)) for code, score in rank(sample)]
    except OSError:
        # the model is unpacked through a temporary file, which a full or closed disk refuses: then it is unknown
        return ""
    best = scores[0][1]
    total = sum(math.exp(score - best) for _, score in scores)
    return scores[0][0] if 1 / total >= _SURE else ""
