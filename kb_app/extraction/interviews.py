"""Turns of an interview: lines with speaker labels, or questions each followed by an answer."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from kb_app.core.entity import EntityType
from kb_app.core.passage import Span
from kb_app.extraction.cast import Cast, Member
from kb_app.extraction.reading import Reading, Sentence
from kb_app.extraction.references import Speaker

FEWEST_QUESTIONS = 4  # paragraphs that end in a question mark, from which on a text is an interview
FEWEST_TOLD = 2  # of them, where the text calls itself an interview
LONGEST_CHUNK = 330  # characters of an answer that make one statement
_LABEL = re.compile(
    r"^\s*(?:\(\()?((?:[A-Z][\w./’'-]*|[A-Z]{2,}|of|the)(?:\s+(?:[A-Z][\w./’'-]*|of|the)){0,5})(?:\)\))?\s*:\s+(?=\S)"
)
_TALK = re.compile(
    r"\b(?:interview\w*|Q&A|talks? (?:to|with|about)|tells|sat down with|discuss(?:es)? (?:\w+ ){1,4}with"
    r"|spoke (?:to|with))\b"
)
_ASKED = re.compile(
    r"\b(?:interviewee|interview(?:ed|s)?\s+(?:with\s+)?|talk(?:s|ed)?\s+(?:to|with)|s(?:poke|peaks|at\s+down)\s+(?:to|with))"
    r"\s*(?:[\w'’,.-]+\s+){0,5}$",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I’m|we|my|our|We|My|me|us)\b")
_ASKING = frozenset({"question", "q", "wn", "interviewer", "reporter", "moderator"})
_ANSWERING = frozenset({"answer", "a"})


class Turn(NamedTuple):
    """What one side says, in pieces of a few sentences."""

    speaker: Speaker
    content: tuple[Span, ...]
    reason: str


class _Paragraph(NamedTuple):
    span: Span
    sentences: tuple[Sentence, ...]


def find_turns(reading: Reading, cast: Cast) -> list[Turn]:
    """Return the answers of an interview and its labelled turns; nothing for other texts."""
    paragraphs = _paragraphs(reading)
    labelled = _labelled(reading, cast, paragraphs)
    return labelled or _answers(reading, cast, paragraphs)


def _paragraphs(reading: Reading) -> list[_Paragraph]:
    found: list[_Paragraph] = []
    group: list[Sentence] = []
    for sentence in reading.sentences:
        if sentence.in_title:
            continue
        if group and "\n\n" in reading.text[group[-1].span.end : sentence.span.start].replace("\r", "").replace(
            " ", ""
        ):
            found.append(_Paragraph(Span(group[0].span.start, group[-1].span.end), tuple(group)))
            group = []
        group.append(sentence)
    if group:
        found.append(_Paragraph(Span(group[0].span.start, group[-1].span.end), tuple(group)))
    return found


def _labelled(reading: Reading, cast: Cast, paragraphs: list[_Paragraph]) -> list[Turn]:
    labels: list[tuple[int, str, Span]] = []
    for number, paragraph in enumerate(paragraphs):
        match = _LABEL.match(paragraph.span.of(reading.text)[:120])
        if match is not None:
            start = paragraph.span.start
            labels.append((number, match[1], Span(start + match.start(1), start + match.end())))
    counts = Counter(label.lower() for _, label, _ in labels)
    known = _ASKING | _ANSWERING
    if len(labels) < 2 or not (max(counts.values()) > 1 or any(word in known for word in counts)):
        return []
    turns = []
    for (number, label, place), following in zip(
        labels, [*[n for n, _, _ in labels[1:]], len(paragraphs)], strict=True
    ):
        if label.lower() in _ASKING:
            continue
        speaker = _speaker(reading, cast, label, place)
        spans = []
        for at in range(number, following):
            spans += _chunks(reading, paragraphs[at], place.end if at == number else 0)
        if spans:
            turns.append(Turn(speaker, tuple(spans), f"speaker label “{label}:”"))
    return turns


def _speaker(reading: Reading, cast: Cast, label: str, place: Span) -> Speaker:
    span = Span(place.start, place.start + len(label))
    if label.lower() in _ANSWERING:
        return Speaker(_interviewee(reading, cast), span)
    inside = [m for _, m in cast.within(place.start, place.end) if m.type is not EntityType.PLACE]
    if inside:
        return Speaker(inside[-1], span)
    last = label.split()[-1].lower()
    for member in cast.members:
        if last in (w.lower() for w in member.name.split()) and member.type is EntityType.PERSON:
            return Speaker(member, span)
    return Speaker(None, span)


def _answers(reading: Reading, cast: Cast, paragraphs: list[_Paragraph]) -> list[Turn]:
    """Read paragraphs between questions as answers, where most of them are in the first person or in plain speech."""
    asks = [p.span.of(reading.text).rstrip(' "”').endswith("?") and len(p.sentences) <= 5 for p in paragraphs]
    if sum(asks) < (FEWEST_TOLD if _says_interview(reading, paragraphs) else FEWEST_QUESTIONS):
        return []
    first = asks.index(True)
    answers = [p for p, ask in list(zip(paragraphs, asks, strict=True))[first:] if not ask]
    personal = sum(bool(_FIRST_PERSON.search(p.span.of(reading.text))) for p in answers)
    if not answers or personal < len(answers) / 3:
        return []
    member = _interviewee(reading, cast)
    turns = []
    for paragraph in answers:
        spans = tuple(_chunks(reading, paragraph, 0))
        if len(paragraph.span) > 20 and spans:
            mention = member.mentions[0].span if member and member.mentions else paragraph.span
            turns.append(Turn(Speaker(member, mention), spans, "answer in an interview"))
    return turns


def _says_interview(reading: Reading, paragraphs: list[_Paragraph]) -> bool:
    head = " ".join(s.span.of(reading.text) for s in reading.sentences if s.in_title)
    head += " ".join(p.span.of(reading.text) for p in paragraphs[:8])
    return _TALK.search(head) is not None


def _chunks(reading: Reading, paragraph: _Paragraph, start: int) -> list[Span]:
    found: list[Span] = []
    for sentence in paragraph.sentences:
        if sentence.span.end <= start:
            continue
        span = Span(max(start, sentence.span.start), sentence.span.end)
        if found and span.end - found[-1].start <= LONGEST_CHUNK:
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return [span for span in found if span.of(reading.text).strip()]


def _is_asked(reading: Reading, span: Span) -> bool:
    """Tell whether the words before a name say that this is who is interviewed."""
    return _ASKED.search(reading.text, max(0, span.start - 60), span.start) is not None


def _interviewee(reading: Reading, cast: Cast) -> Member | None:
    """Return the person of the title, else the one named most often."""
    people = [m for m in cast.members if m.type is EntityType.PERSON and m.named]
    asked = [m for m in people if any(_is_asked(reading, mention.span) for mention in m.mentions)]
    people = asked or people
    for sentence in reading.sentences:
        if sentence.in_title:
            titled = [m for _, m in cast.within(sentence.span.start, sentence.span.end) if m in people]
            if titled:
                return titled[0]
    return max(people, key=lambda m: len(m.mentions), default=None)
