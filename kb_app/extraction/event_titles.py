"""A short name for an event: who, and the words around the trigger."""

from __future__ import annotations

import re

from kb_app.core.entity import EntityType
from kb_app.core.passage import Span
from kb_app.extraction.cast import Cast
from kb_app.extraction.reading import Sentence

_WORDS_AFTER = 9
_WORDS_BEFORE = 4  # auxiliaries of a verb, adjectives of a noun
_NEAR = 3  # tokens between an actor and the verb that is taken for its own
_POSSESSIVES = ("'s", "’s", "' ", "’ ")
_AUXILIARIES = frozenset(
    "is are was were be been being has have had will would could can may might must should to not n't never also"
    " reportedly allegedly again already still recently".split()
)
_ENDS = frozenset({",", ";", ".", ":", "—", "–", "--", "(", ")", "!", "?"})
_LOOSE = frozenset(
    "a an the of in on at to for from by with and or but as that which who his her its their after before".split()
)
_QUOTES = re.compile('["“”«»]')


def event_title(text: str, sentence: Sentence, trigger: tuple[int, int], cast: Cast) -> str:
    """Return a name for the event whose trigger is tokens [first, last) of the sentence, about a dozen words long."""
    first, last = trigger
    start, end = _phrase_start(sentence, first, cast), _phrase_end(sentence, last)
    phrase = text[sentence.tokens[start].start : sentence.tokens[end - 1].end]
    subject = _subject(sentence, start, cast)
    words = phrase
    if subject is not None:
        joint = "" if phrase.startswith(_POSSESSIVES) else " "
        words = f"{subject.of(text)}{joint}{phrase}"
    words = " ".join(_QUOTES.sub("", words).split())
    return words[:1].upper() + words[1:]


def _phrase_start(sentence: Sentence, first: int, cast: Cast) -> int:
    start = first
    while start > 0 and first - start < _WORDS_BEFORE:
        before = sentence.tokens[start - 1]
        if before.lower in _ENDS or _QUOTES.match(before.text) or cast.ending_at(before.end):
            break
        if before.lower not in _AUXILIARIES and (before.lower in _LOOSE - {"the", "a", "an"} or before.is_capitalised):
            break
        start -= 1
    # a day cut off its month ("9 vote") says nothing
    of_month = start > 0 and sentence.tokens[start - 1].is_capitalised and sentence.tokens[start].text.isdigit()
    return start + 1 if of_month and start < first else start


def _phrase_end(sentence: Sentence, last: int) -> int:
    end = last
    while end < len(sentence.tokens) and end - last < _WORDS_AFTER and sentence.tokens[end].text not in _ENDS:
        end += 1
    while end > last and sentence.tokens[end - 1].lower in _LOOSE:
        end -= 1
    return end


def _subject(sentence: Sentence, start: int, cast: Cast) -> Span | None:
    """Return the actor right before the phrase; one farther away may belong to another verb."""
    begin = sentence.tokens[start].start
    nearest = sentence.tokens[max(0, start - _NEAR)].start
    for span, member in cast.before(begin, 6):
        if span.end > begin:
            continue
        between = [t.lower for t in sentence.tokens[:start] if t.start >= span.end]
        if span.start < sentence.span.start or span.end < nearest or _ENDS.intersection(between):
            return None
        return span if member.named and member.type is not EntityType.PLACE and "and" not in between else None
    return None
