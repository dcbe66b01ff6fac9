"""The lines of a mail that are not its article: headers of forwarded mails, attributions, signatures, list footers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb_app.core.article import Zone, ZoneKind
from kb_app.core.passage import Span

_LINE = re.compile(r"[^\r\n]+")
_FROM = r"from|von|de|da|van|от|від|od|fra|från"
_OTHER = (
    r"sent|date|to|cc|bcc|subject|reply-to|gesendet|datum|an|betreff|envoyé|à|objet|enviado(?: el)?|fecha|para|asunto"
    r"|inviato|data|a|oggetto|verzonden|aan|onderwerp|дата|отправлено|кому|копия|тема|надіслано|wysłano|do|temat"
)
_QUOTE = r"^[>|\s*]{0,12}"
_FIELD = re.compile(rf"{_QUOTE}(?:{_FROM}|{_OTHER})\*?\s?:\*?(?:\s|$)", re.IGNORECASE)
_FROM_FIELD = re.compile(rf"{_QUOTE}(?:{_FROM})\*?\s?:", re.IGNORECASE)
_MARKER = re.compile(
    _QUOTE
    + r"(?:-{2,}\s?[^\W\d_][^-\r\n]{3,50}\s?-{2,}|begin forwarded message:?|anfang der weitergeleiteten nachricht:?"
    r"|début du message (?:réexpédié|transféré)\s?:?|_{20,})\s*$",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    rf"{_QUOTE}(?:on|am|le|el|op)\s[^\r\n]{{5,150}}\b(?:wrote|schrieb|a écrit|escribió|schreef)\b[^\r\n]{{0,60}}:\s*$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"--\s?$|(?:sent|get outlook) (?:from|for) (?:my |an? )?\w[^\r\n]{0,40}$|_{20,}\s*$", re.IGNORECASE
)
_LIST_LINE = re.compile(
    r"\b(?:unsubscribe|mailing list|manage (?:your )?(?:subscription|preferences)|view (?:this (?:email|mail) )?in "
    r"(?:your )?browser|abbestellen|se désinscrire|darse de baja|you (?:are receiving|received) this)\b",
    re.IGNORECASE,
)
_LONGEST_HEADER = 14  # lines
_LONGEST_SIGNATURE = 15
_SHORT_LINE = 200


@dataclass(frozen=True, slots=True)
class MailText:
    """The zones of a mail's text, and where what was forwarded begins (0: nothing was)."""

    zones: tuple[Zone, ...]
    story: int = 0


def mail_text(text: str) -> MailText:
    """Find the lines that stand around the article of a mail."""
    lines = [Span(found.start(), found.end()) for found in _LINE.finditer(text) if found[0].strip()]
    words = [span.of(text) for span in lines]
    zones, story, number = [], 0, 0
    while number < len(lines):
        size = _header_length(words, number)
        if size:
            zones.append(Zone(ZoneKind.METADATA, Span(lines[number].start, lines[number + size - 1].end)))
            story = lines[number + size - 1].end
        elif _ATTRIBUTION.match(words[number]):
            zones.append(Zone(ZoneKind.METADATA, lines[number]))
        number += max(1, size)
    zones += _endings(lines, words)
    return MailText(tuple(zones), story)


def _header_length(words: Sequence[str], first: int) -> int:
    """Return how many lines a forwarded mail's header takes from a line on, 0 when none begins there."""
    marked = bool(_MARKER.match(words[first]))
    at = first + marked
    fields = [n for n in range(at, min(at + _LONGEST_HEADER, len(words))) if _FIELD.match(words[n])]
    run: list[int] = []
    for number in fields:
        # a long field goes on in the next line
        if number - (run[-1] if run else at - 1) > 2:
            break
        run.append(number)
    if not run or run[0] > at or not any(_FROM_FIELD.match(words[n]) for n in run):
        return 0
    return run[-1] - first + 1 if len(run) >= (2 if marked else 3) else 0


def _endings(lines: Sequence[Span], words: Sequence[str]) -> Iterator[Zone]:
    for number in range(max(0, len(lines) - _LONGEST_SIGNATURE), len(lines)):
        if _SIGNATURE.match(words[number].strip()):
            yield Zone(ZoneKind.BOILERPLATE, Span(lines[number].start, lines[-1].end))
            return
        if len(words[number]) <= _SHORT_LINE and _LIST_LINE.search(words[number]):
            yield Zone(ZoneKind.BOILERPLATE, lines[number])
