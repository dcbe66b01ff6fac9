"""Statements as the tagger marks them, completed and checked against those that the rules read."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kb_app.core.findings import FoundStatement, Ground, LocalId
from kb_app.core.passage import Span, covering
from kb_app.core.statement import StatementKind
from kb_app.extraction.cast import Member
from kb_app.extraction.encoder import Tag, Tagged
from kb_app.extraction.link_table import LinkTable
from kb_app.extraction.reading import Reading
from kb_app.extraction.references import Speaker
from kb_app.extraction.span_index import SpanIndex
from kb_app.extraction.speech import Cue
from kb_app.extraction.tagged_references import TaggedReferents

TURNS = ("answer", "speaker label")  # how the reasons of an interview's statements begin
SAME_UTTERANCE = 0.5  # confidence of a link from which on two stretches are one split statement
# how much the rules' reading, a verb's subject and the last speaker weigh beside the confidence of a link
RULED, SUBJECT, CONTINUED = 0.6, 0.5, 0.2
CUED, UNCUED = 0.5, 0.65  # confidence from which on a content counts, with and without a verb of saying
PLAIN = 0.7  # confidence of a rules' statement that is kept where the tagger sees none
SHARE = 0.5  # of the longer one's characters, from which on two contents are the same


class _Utterance(NamedTuple):
    """What one speaker says with one verb: its stretches, verb and words for the speaker."""

    parts: tuple[Tag, ...]
    cue: Span | None
    speaker: Span | None


class StatementMerger:
    """Brings the tagger's statements and the rules' of one article together."""

    def __init__(self, reading: Reading, referents: TaggedReferents, tagged: Tagged, links: LinkTable) -> None:
        self._reading = reading
        self._referents = referents
        self._tagged = tagged
        self._links = links

    def merged(self, ruled: Sequence[FoundStatement], cues: Sequence[Cue]) -> tuple[FoundStatement, ...]:
        """Return the statements in the order of the text; turns of an interview are cut by the rules."""
        self._cues = sorted(cues, key=lambda cue: cue.span)
        self._last: FoundStatement | None = None
        turns = [s for s in ruled if s.cue is None and s.ground.reason.startswith(TURNS)]
        talk = SpanIndex([c for s in turns for c in s.content])
        others = {span: s for s in ruled if s not in turns for span in s.content}
        places = SpanIndex(others)
        found: list[FoundStatement] = []
        for utterance in self._utterances():
            is_question = bool(turns) and self._asks(utterance)
            if is_question or any(talk.overlapping(part.span) for part in utterance.parts) or not _is_sure(utterance):
                continue
            content = tuple(part.span for part in utterance.parts)
            near = [others[span] for part in content for span in places.overlapping(part)]
            same = max(near, key=lambda s: shared(content, s.content), default=None)
            if same is not None and shared(content, same.content) < SHARE:
                same = None
            statement = self._statement(utterance, same)
            if statement.speaker is not None or statement.speaker_span is not None:
                self._last = statement
                found.append(statement)
        taken = SpanIndex([span for statement in found for span in statement.content])
        found += [s for s in dict.fromkeys(others.values()) if _stands_alone(s, taken)]
        return tuple(sorted([*turns, *found], key=lambda s: s.content[0]))

    def _asks(self, utterance: _Utterance) -> bool:
        """Tell whether words without a verb of saying are a question, as an interviewer's are."""
        return utterance.cue is None and utterance.parts[-1].span.of(self._reading.text).rstrip(' "”').endswith("?")

    def _utterances(self) -> Iterator[_Utterance]:
        """Yield the tagger's contents, those joined that one verb reports."""
        groups: list[_Utterance] = []
        for tag in self._tagged.contents:
            cue, speaker = self._links.best("cued_by", tag.span), self._links.best("said_by", tag.span)
            new = _Utterance((tag,), cue.target if cue else None, speaker.target if speaker else None)
            if groups and self._goes_on(groups[-1], new):
                last = groups[-1]
                groups[-1] = _Utterance((*last.parts, tag), last.cue or new.cue, last.speaker or new.speaker)
            else:
                groups.append(new)
        yield from groups

    def _goes_on(self, last: _Utterance, new: _Utterance) -> bool:
        ends = (last.parts[-1].span, new.parts[0].span)
        linked = any(
            link.target == other and link.confidence >= SAME_UTTERANCE
            for one, other in (ends, ends[::-1])
            for link in self._links.of("continues", one)
        )
        if last.cue is None or last.cue != new.cue:
            return linked
        sentences = {self._reading.sentence_at(end.start).number for end in ends}
        return len(sentences) == 1 or "indirect" not in (last.parts[-1].value("kind"), new.parts[0].value("kind"))

    def _statement(self, utterance: _Utterance, same: FoundStatement | None) -> FoundStatement:
        content = tuple(part.span for part in utterance.parts)
        confidence = min(part.confidence for part in utterance.parts)
        value = utterance.parts[0].value("kind")
        span, member = self._speaker(utterance, same)
        text = self._reading.text
        reason = f"“{utterance.cue.of(text)}” reports it" if utterance.cue is not None else "read as someone's words"
        evidence = [self._reading.sentence_at(span.start).span for span in content]
        if utterance.cue is not None:
            evidence.append(self._reading.sentence_at(utterance.cue.start).span)
        found = FoundStatement(
            speaker=member.id if member is not None else None,
            kind=StatementKind(value) if value else StatementKind.INDIRECT,
            content=content,
            ground=Ground(covering([*evidence, *content]), confidence, reason),
            speaker_span=span,
            cue=utterance.cue,
        )
        return found if same is None else self._completed(found, same)

    def _speaker(self, utterance: _Utterance, same: FoundStatement | None) -> tuple[Span | None, Member | None]:
        """Return the words for the speaker and who that is, by the weight of all that speaks for each."""
        votes: dict[LocalId | None, float] = defaultdict(float)
        spans: dict[LocalId | None, tuple[float, Span]] = {}
        for weight, span, member in self._candidates(utterance, same):
            key = member.id if member is not None else None
            votes[key] += weight
            if key not in spans or weight > spans[key][0]:
                spans[key] = (weight, span)
        if not votes:
            return None, None
        best = max(votes, key=lambda key: votes[key])
        return spans[best][1], self._referents.entity(best)

    def _candidates(
        self, utterance: _Utterance, same: FoundStatement | None
    ) -> Iterator[tuple[float, Span, Member | None]]:
        """Yield weight, words and entity of each that may be the speaker."""
        for part in utterance.parts:
            for label in ("said_by", "uttered_by"):
                link = self._links.best(label, part.span)
                if link is not None:
                    yield link.confidence, link.target, self._referents.described(link.target)
        if same is not None and same.speaker_span is not None:
            yield RULED, same.speaker_span, self._referents.entity(same.speaker)
        subject = self._subject(utterance.cue) if utterance.cue is not None else self._told_by(utterance)
        if subject is not None:
            yield SUBJECT, subject.span, subject.member
        if utterance.cue is None and self._last is not None and self._last.speaker_span is not None:
            yield CONTINUED, self._last.speaker_span, self._referents.entity(self._last.speaker)

    def _told_by(self, utterance: _Utterance) -> Speaker | None:
        """Return the subject of a verb of saying in the sentence, outside what is said."""
        sentence = self._reading.sentence_at(utterance.parts[0].span.start)
        for cue in self._cues_in(sentence.span):
            if not any(part.span.overlaps(cue.span) for part in utterance.parts):
                return cue.speaker
        return None

    def _cues_in(self, span: Span) -> list[Cue]:
        first = bisect_left(self._cues, span.start, key=lambda cue: cue.span.start)
        last = bisect_left(self._cues, span.end, key=lambda cue: cue.span.start)
        return self._cues[first:last]

    def _subject(self, span: Span) -> Speaker | None:
        """Return the subject of a verb of saying, before it or after it."""
        sentence = self._reading.sentence_at(span.start)
        near = [cue for cue in self._cues_in(sentence.span) if cue.span.overlaps(span)]
        if near:
            return near[0].speaker
        at = next((n for n, t in enumerate(sentence.tokens) if t.end > span.start), None)
        if at is None:
            return None
        return self._referents.subject(sentence, at)

    def _completed(self, found: FoundStatement, same: FoundStatement) -> FoundStatement:
        """Take from the rules' statement what the tagger does not tell."""
        return replace(
            found,
            cue=found.cue or same.cue,
            addressee=same.addressee,
            date=same.date,
            venue=same.venue,
            via=same.via,
        )


def _stands_alone(statement: FoundStatement, taken: SpanIndex) -> bool:
    """Tell whether a plain statement of the rules is one that the tagger did not see."""
    seen = any(taken.overlapping(span) for span in statement.content)
    return not seen and statement.ground.confidence >= PLAIN


def _is_sure(utterance: _Utterance) -> bool:
    least = CUED if utterance.cue is not None else UNCUED
    return min(part.confidence for part in utterance.parts) >= least


def shared(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Return the share of the longer content's characters that both have."""
    both = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    longer = max(sum(map(len, one)), sum(map(len, other)), 1)
    return both / longer
