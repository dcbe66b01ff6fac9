"""What happened: triggers with type, date, participants, place and realis; one event a happening."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kb_app.core.entity import EntityType
from kb_app.core.event import EventType, Realis
from kb_app.core.findings import FoundEvent, FoundTime, Ground, LocalId, Participant
from kb_app.core.passage import Span
from kb_app.core.stated_date import StatedDate
from kb_app.extraction.cast import Cast, Member
from kb_app.extraction.clauses import Clause, clause_around
from kb_app.extraction.event_titles import event_title
from kb_app.extraction.lexicons import Lexicons, Trigger
from kb_app.extraction.reading import Reading, Sentence
from kb_app.extraction.references import Referents

# How sure a trigger is: the share right on development articles, rounded; "other" has the vaguest words.
SURE = {True: 0.65, False: 0.6}
VAGUE_SURE = 0.4
LONGEST_TRIGGER = 3  # tokens
CUE_REACH = 9  # tokens before the trigger that a realis cue may stand
SINCE_FAR = 120  # characters that "who has headed it since 2006, …" is farther from what follows than it stands
STEM = 5  # letters by which two triggers of one happening are alike

_DETERMINERS = frozenset(
    "the a an this that these those its his her their our my no any some each every another".split()
)
_TO_VERB = frozenset("to will would could can may might must should 'll not n't and".split())
_BE = frozenset("is are was were be been being 's 're get got gets".split())
_SUBJECT_PRONOUNS = frozenset("he she it they we i who which that".split())
_WORK_WORDS = frozenset(
    {"workers", "factory", "factories", "union", "unions", "employees", "strikers", "miners", "wages"}
)
_WEAPON_WORDS = frozenset({"airstrikes", "airstrike", "aircraft", "missile", "missiles", "forces", "drone", "drones"})
_TOLD = frozenset("said told announced added reported says promised".split())
_PLACE_WORDS = frozenset({"in", "at", "near", "to", "from", "outside", "into", "across", "of"})


class _Hit(NamedTuple):
    span: Span
    first: int
    last: int
    trigger: Trigger
    passive: bool


class EventFinder:
    """Finds events; built once from the lexicons."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._words = lexicons
        self._cues = tuple(
            (tuple(cue.split()), realis)
            for cue, realis in sorted(lexicons.realis_cues.items(), key=lambda c: -len(c[0].split()))
        )

    def find(self, reading: Reading, referents: Referents, times: tuple[FoundTime, ...]) -> tuple[FoundEvent, ...]:
        """Return the events of body and title; the title's triggers only add to an event of the body."""
        found: list[tuple[str, FoundEvent]] = []
        for sentence in sorted(reading.sentences, key=lambda s: (s.is_headline, s.number)):
            for hit in self._hits(sentence, referents.cast):
                event = self._event(reading, sentence, (referents, times), hit)
                self._merge(found, hit, event, sentence)
        return tuple(event for _, event in sorted(found, key=lambda item: item[1].trigger))

    def _hits(self, sentence: Sentence, cast: Cast) -> Iterator[_Hit]:
        tokens = sentence.tokens
        at = 0
        while at < len(tokens):
            hit = self._hit_at(sentence, at, cast)
            if hit is None:
                at += 1
                continue
            yield hit
            at = hit.last

    def _hit_at(self, sentence: Sentence, at: int, cast: Cast) -> _Hit | None:
        tokens = sentence.tokens
        for size in range(min(LONGEST_TRIGGER, len(tokens) - at), 0, -1):
            words = " ".join(t.lower for t in tokens[at : at + size])
            for trigger in self._words.triggers.get(words, ()):
                if self._reads_as(sentence, at, at + size, trigger):
                    span = Span(tokens[at].start, tokens[at + size - 1].end)
                    if self._in_name(cast, span) or (tokens[at].text[0].isupper() and at and not sentence.is_headline):
                        return None
                    before = tokens[at - 1].lower if at else ""
                    passive = trigger.is_verb and (
                        before in _BE or (at > 1 and before.endswith("ly") and tokens[at - 2].lower in _BE)
                    )
                    return _Hit(span, at, at + size, trigger, passive)
        return None

    def _reads_as(self, sentence: Sentence, at: int, end: int, trigger: Trigger) -> bool:
        """Tell whether the words around make a verb of a verb trigger, a noun of a noun trigger."""
        tokens = sentence.tokens
        before = tokens[at - 1].lower if at else ""
        after = tokens[end].lower if end < len(tokens) else "."
        word = tokens[end - 1].lower
        head = tokens[at].lower
        if not trigger.is_verb:
            return before not in ("to", "will", "would", "could", "can", "may", "he", "she", "they", "we", "i", "you")
        if head.endswith("ing"):
            return before not in _DETERMINERS and after not in ("of", "is", "was")
        if head == trigger.lemma.split()[0] and not self._same_past(trigger):
            plural = (
                before.endswith("s") and not before.endswith("ss") and before not in ("'s", "’s", "is", "was", "has")
            )
            return (
                before in _TO_VERB
                or before in ("we", "they", "i", "you", "who", "that")
                or (plural and after in _DETERMINERS)
            )
        if head.endswith("s") and not head.endswith("ed"):
            return (
                before not in _DETERMINERS
                and before not in ("of", "and", "or", "new", "two", "more", ",")
                and after not in (".", ",", "of", ")")
            )
        if before in _DETERMINERS or before in ("newly", "most", "well"):
            return False
        if trigger.lemma == "rule" and after not in ("that", "in", "against", "out", "on", "by"):
            return False
        return word != "left" or after not in (".", "wing", "side", "hand")

    def _same_past(self, trigger: Trigger) -> bool:
        return trigger.lemma in ("hit", "cut", "quit", "beat", "forecast", "put", "set", "bid")

    def _in_name(self, cast: Cast, span: Span) -> bool:
        if cast.within(span.start, span.end):
            return True
        return any(s.end > span.start and m.named and len(s) < 60 for s, m in cast.before(span.start, 4))

    def _event(
        self, reading: Reading, sentence: Sentence, found: tuple[Referents, tuple[FoundTime, ...]], hit: _Hit
    ) -> FoundEvent:
        referents, times = found
        cast = referents.cast
        clause = clause_around(sentence, hit.first, hit.last)
        time = nearest_time(times, sentence, clause, hit.span)
        place = self._place(reading, cast, sentence, hit)
        realis, why = self._realis(sentence, clause, hit)
        confidence = VAGUE_SURE if hit.trigger.type is EventType.OTHER else SURE[hit.trigger.is_verb]
        reason = f"“{hit.span.of(reading.text)}” names {hit.trigger.type.value.replace('_', ' ')}" + (
            f"; {why}" if why else ""
        )
        return FoundEvent(
            type=self._sense(reading, hit.trigger),
            title=event_title(reading.text, sentence, (hit.first, hit.last), cast),
            trigger=hit.span,
            realis=realis,
            ground=Ground(sentence.span, confidence, reason),
            date=time.date.to_the_day if time and time.date else None,
            date_span=time.span if time else None,
            participants=self._participants(referents, sentence, hit),
            place=place,
        )

    def _sense(self, reading: Reading, trigger: Trigger) -> EventType:
        """Return the type of a trigger; a strike is one of workers where the text speaks of them and not of weapons."""
        words = reading.lower_words
        if trigger.lemma in ("strike", "strikes") and words & _WORK_WORDS and not words & _WEAPON_WORDS:
            return EventType.PROTEST
        return trigger.type

    def _realis(self, sentence: Sentence, clause: Clause, hit: _Hit) -> tuple[Realis, str]:
        tokens = sentence.tokens
        words = [t.lower.replace("’", "'") for t in tokens]
        start = max(clause.first, hit.first - CUE_REACH)
        best: tuple[int, Realis, str] | None = None
        for at in range(start, hit.first):
            for cue, realis in self._cues:
                end = at + len(cue)
                if end <= hit.first and tuple(words[at:end]) == cue and (best is None or end > best[0]):
                    best = (end, realis, " ".join(cue))
                    break
        if best is None:
            return Realis.HAPPENED, ""
        if best[2] == "would" and any(word in _TOLD for word in words[: best[0]]):
            return Realis.PLANNED, "“would” in reported speech"
        far = hit.first - best[0]
        if best[2] in ("not", "never", "can", "next", "may") and far > 2:
            return Realis.HAPPENED, ""
        is_past = (
            hit.trigger.is_verb
            and words[hit.first].endswith("ed")
            and not hit.passive
            and best[2] in ("will", "would", "could")
        )
        return (Realis.HAPPENED, "") if is_past and far > 1 else (best[1], f"“{best[2]}” before it")

    def _participants(self, referents: Referents, sentence: Sentence, hit: _Hit) -> tuple[Participant, ...]:
        """Return the subject of a verb, the names up to the next comma behind it, and "by" whom."""
        cast, tokens = referents.cast, sentence.tokens
        found: dict[LocalId, str] = {}
        for span, member in self._subjects(referents, sentence, hit):
            if member.type is not EntityType.PLACE or span.end == tokens[max(0, hit.first - 1)].end:
                found[member.id] = "target" if hit.passive else "agent"
        stop = next((t.start for t in tokens[hit.last :] if t.text in (",", ";", ":")), sentence.span.end)
        after = [(s, m) for s, m in cast.within(hit.span.end, stop) if m.type is not EntityType.PLACE]
        for span, member in after[:3]:
            word = _word_before(sentence, span.start)
            if word in ("at", "in", "from", "near", "outside", "inside", "on"):
                continue
            part = "target"
            if word == "by" or (word == "and" and "agent" in found.values() and hit.passive):
                part = "agent"
            elif word in ("with", "and", "between"):
                part = "participant"
            found.setdefault(member.id, part)
        if hit.trigger.type is EventType.MEETING_VISIT:
            found = dict.fromkeys(found, "participant")
        return tuple(Participant(entity, part) for entity, part in found.items())

    def _subjects(self, referents: Referents, sentence: Sentence, hit: _Hit) -> list[tuple[Span, Member]]:
        cast = referents.cast
        speaker = referents.subject_before(sentence, hit.first) if hit.trigger.is_verb else None
        if speaker is None or speaker.member is None:
            if hit.passive or speaker is not None:
                return []
            before = cast.within(sentence.tokens[max(0, hit.first - 12)].start, hit.span.start)
            return [(s, m) for s, m in before if m.type is not EntityType.PLACE][-1:]
        found = [(speaker.span, speaker.member)]
        start = [t for t in sentence.tokens if t.end <= speaker.span.start]
        if len(start) > 1 and start[-1].lower == "and" and (partner := cast.ending_at(start[-2].end)):
            found.insert(0, partner)
        return found

    def _place(self, reading: Reading, cast: Cast, sentence: Sentence, hit: _Hit) -> LocalId | None:
        places = [(s, m) for s, m in cast.within(sentence.span.start, sentence.span.end) if m.type is EntityType.PLACE]
        fitting = [(s, m) for s, m in places if _word_before(sentence, s.start) in _PLACE_WORDS]
        after = [(s, m) for s, m in fitting if s.start >= hit.span.end]
        chosen = after or fitting
        return chosen[0][1].id if chosen else None

    def _merge(self, found: list[tuple[str, FoundEvent]], hit: _Hit, event: FoundEvent, sentence: Sentence) -> None:
        stem = _stem(hit.trigger.lemma)
        for number, (key, known) in enumerate(found):
            same = key == stem and known.type is event.type
            if not same or (_value(known.date) and _value(event.date) and _value(known.date) != _value(event.date)):
                continue
            if sentence.is_headline or _shares_actor(known, event) or not hit.trigger.is_verb:
                merged = replace(
                    known,
                    other_triggers=(*known.other_triggers, event.trigger),
                    date=known.date or event.date,
                    date_span=known.date_span or event.date_span,
                    participants=known.participants or event.participants,
                    place=known.place or event.place,
                )
                found[number] = (key, merged)
                return
        if not sentence.in_title:
            found.append((stem, event))


def nearest_time(times: Sequence[FoundTime], sentence: Sentence, clause: Clause, trigger: Span) -> FoundTime | None:
    """Return the calendar expression nearest to the trigger, those of its clause first."""
    best: tuple[int, FoundTime] | None = None
    start, end = sentence.tokens[clause.first].start, sentence.tokens[clause.last - 1].end
    for time in times[bisect_left(times, sentence.span.start, key=lambda t: t.span.start) :]:
        if time.span.start >= sentence.span.end:
            break
        if time.span.start < sentence.span.start or time.date is None:
            continue
        distance = max(time.span.start - trigger.end, trigger.start - time.span.end)
        outside = not start <= time.span.start < end
        said = any(
            t.end <= time.span.start and time.span.start - t.end < 5 and t.lower in _TOLD for t in sentence.tokens
        )
        score = distance + (150 if outside else 0) + (100 if said else 0)
        if time.span.end <= trigger.start and _word_before(sentence, time.span.start) == "since":
            score += SINCE_FAR
        if (best is None or score < best[0]) and score < 400:
            best = (score, time)
    return best[1] if best else None


def _word_before(sentence: Sentence, offset: int) -> str:
    before = [t for t in sentence.tokens if t.end <= offset]
    if before and before[-1].lower in ("the", "a", "an", "northern", "southern", "eastern", "western", "central"):
        before.pop()
    return before[-1].lower if before else ""


def _stem(lemma: str) -> str:
    return " ".join(word[:STEM] for word in lemma.split())


def _value(date: StatedDate | None) -> str:
    return date.edtf if date else ""


def _shares_actor(one: FoundEvent, other: FoundEvent) -> bool:
    a, b = {p.entity for p in one.participants}, {p.entity for p in other.participants}
    return not a or not b or bool(a & b)
