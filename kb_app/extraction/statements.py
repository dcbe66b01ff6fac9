"""Who said what: direct, indirect and mixed statements with speaker, chain, date and venue."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from kb_app.core.entity import Category
from kb_app.core.findings import FoundStatement, FoundTime, Ground, LocalId
from kb_app.core.passage import Span, covering
from kb_app.core.stated_date import StatedDate
from kb_app.core.statement import StatementKind
from kb_app.extraction.interviews import find_turns
from kb_app.extraction.quotations import Quotation
from kb_app.extraction.reading import Reading, Sentence
from kb_app.extraction.references import Referents, Speaker
from kb_app.extraction.span_index import SpanIndex
from kb_app.extraction.speech import Cue

# How sure each pattern is, from the share that was right on development articles, rounded.
DIRECT_SURE, CONTINUED_SURE, INDIRECT_SURE, NOUN_SURE, TURN_SURE = 0.85, 0.65, 0.7, 0.5, 0.7
SHORTEST_QUOTATION = 4  # words; what is shorter is a quoted expression, not an utterance
CUES_NEAR = 6  # cues on either side of a quotation that may belong to it
SHORTEST_CONTENT = 2  # words
_PASSING_ON = frozenset({"report", "quote", "according to", "cite", "write", "claim"})
_PHRASE = re.compile(
    r"(?:(?:on|in|at|during|to|of|about|through|via|with|reporters|journalists|today|yesterday|further|also)\b[^,.;:]*)$"
)
_CLAUSE_END = re.compile(r"[,;]\s+(?:but|while|although|though|whereas|and\s+(?:said|added|told|called|described))\b")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|could|can|may|might|should|must|did|do|does|\w{2,}ed|\w{3,}n't"
    r"|[a-z]{3,}s|went|came|made|took|got|began|found)\b|['’](?:s|re|ll|d|ve)\b"
)
_BRIEF_END = re.compile(
    r"(?:['’]s\s+[^,.;]{0,40})?\s*(?:(?:on|in|at|during|late|early|after|by|via|to|through|earlier|yesterday|today|Monday|Tuesday"
    r"|Wednesday|Thursday|Friday|Saturday|Sunday)\b[^,.;]{0,70})?\s*(?:[,.;]|$)"
)
_DATELINE_END = re.compile(r"[^—–\n]{0,60}?(?:—|–|--| - )\s*")
_LEADING = re.compile(r"^[\s,:]*(?:that\s+)?")
_LABEL = re.compile(r"(?:^|\n)[^\S\n]*:?\s?([^\n:\"“”]{2,90}):\s*$")


class _Found(NamedTuple):
    cue: Cue | None
    speaker: Speaker
    kind: StatementKind
    content: tuple[Span, ...]
    confidence: float
    reason: str


class StatementFinder:
    """Puts cues and quotations of one article together."""

    def __init__(self, reading: Reading, referents: Referents, times: tuple[FoundTime, ...]) -> None:
        self._reading = reading
        self._referents = referents
        self._times = times

    def find(self, cues: list[Cue]) -> tuple[FoundStatement, ...]:
        """Return the statements in the order of the text."""
        cues = sorted(cues, key=_start)
        turns = find_turns(self._reading, self._referents.cast)
        found = [
            _Found(None, turn.speaker, StatementKind.DIRECT, (span,), TURN_SURE, turn.reason)
            for turn in turns
            for span in turn.content
        ]
        in_turns = [covering(turn.content) for turn in turns if turn.content]
        used: set[Span] = set()
        found += self._direct(cues, used, in_turns)
        quoted = SpanIndex([span for item in found for span in item.content] + in_turns)
        found += self._indirect([c for c in cues if c.span not in used], quoted)
        found.sort(key=lambda item: item.content[0])
        return self._finished(found)

    def _direct(self, cues: list[Cue], used: set[Span], in_turns: list[Span]) -> list[_Found]:
        found: list[_Found] = []
        before: Quotation | None = None
        for quotation in self._reading.quotations:
            if any(zone.holds(quotation.span) for zone in in_turns):
                continue
            item = self._one_direct(quotation, cues, found, before)
            if item is None:
                continue
            before = quotation
            if item.cue is not None:
                used.add(item.cue.span)
            if found and item.content[0] == found[-1].content[0]:
                found[-1] = item
            else:
                found.append(item)
        return found

    def _one_direct(
        self, quotation: Quotation, cues: list[Cue], found: list[_Found], before: Quotation | None
    ) -> _Found | None:
        text = self._reading.text
        words = len(quotation.inner.of(text).split())
        cue = self._cue_after(quotation, cues) or self._cue_before(quotation, cues)
        if cue is None or (words < SHORTEST_QUOTATION and not _is_utterance(quotation.inner.of(text))):
            return self._continued(quotation, found, before) if words >= SHORTEST_QUOTATION else None
        last = found[-1] if found else None
        if last is not None and last.cue is not None and last.cue.span == cue.span and before is not None:
            return last._replace(content=(*last.content, quotation.span))
        if last is not None and before is not None and before.is_open and last.cue is not None:
            gap = text[before.span.end : quotation.span.start]
            if not gap.strip():
                return last._replace(content=(*last.content, quotation.span))
        reason = f"quotation with “{cue.span.of(text)}”"
        return _Found(cue, cue.speaker, StatementKind.DIRECT, (quotation.span,), DIRECT_SURE, reason)

    def _cue_after(self, quotation: Quotation, cues: list[Cue]) -> Cue | None:
        """Return the cue right behind the closing mark."""
        text = self._reading.text
        at = bisect_left(cues, quotation.span.end, key=_start)
        for cue in cues[at : at + CUES_NEAR]:
            first = (
                min(cue.span.start, cue.speaker.span.start)
                if cue.speaker.span.start >= quotation.span.end
                else cue.span.start
            )
            if first < quotation.span.end:
                continue
            if cue.sentence.span.start >= quotation.span.end:
                return None
            gap = text[quotation.span.end : first]
            if cue.speaker.span.end <= quotation.span.start and gap.strip(" ,.…?!-—–"):
                return None
            if len(gap) > 60 or "\n\n" in gap:
                return None
            if re.fullmatch(r"[\s,.…?!-]*(?:[\w.]+\s+){0,5}", gap) and not re.search(r"[.?!]\s*[A-Z]", gap):
                return cue if "q" in cue.verb.frames and not re.search(r"[.?!]\s", gap) else None
            return None
        return None

    def _cue_before(self, quotation: Quotation, cues: list[Cue]) -> Cue | None:
        """Return the cue that introduces the quotation in the same sentence."""
        text = self._reading.text
        at = bisect_left(cues, quotation.span.start, key=_start)
        for cue in reversed(cues[max(0, at - CUES_NEAR) : at]):
            if cue.is_according:
                continue
            gap = text[max(cue.after, cue.span.end) : quotation.span.start] if cue.after <= quotation.span.start else ""
            if len(gap) > 90 or "\n\n" in gap.rstrip() or re.search(r"[.?!;]\s", gap):
                return None
            if "q" not in cue.verb.frames and not gap.rstrip().endswith(":"):
                return None
            plain = gap.strip(" ,:\n")
            short = not plain or gap.rstrip().endswith((":", ",")) or _PHRASE.match(plain) is not None
            utterance = _is_utterance(quotation.inner.of(text)) or len(quotation.inner.of(text).split()) > 8
            if plain and cue.has_that:
                return None
            return cue if short and utterance else None
        return None

    def _continued(self, quotation: Quotation, found: list[_Found], before: Quotation | None) -> _Found | None:
        """Read a quotation without a cue: it goes on with the last speaker, or a label before it names the speaker."""
        text = self._reading.text
        label = _LABEL.search(text, max(0, quotation.span.start - 120), quotation.span.start)
        if label is not None and (speaker := self._labelled(Span(label.start(1), label.end(1)))):
            return _Found(None, speaker, StatementKind.DIRECT, (quotation.span,), CONTINUED_SURE, "the label before it")
        if not found or before is None or found[-1].kind is not StatementKind.DIRECT:
            return None
        gap = text[before.span.end : quotation.span.start]
        starts_paragraph = not text[: quotation.span.start].rstrip(" \t").strip() or text[
            : quotation.span.start
        ].rstrip(" \t").endswith("\n")
        last = found[-1]
        if before.is_open and not gap.strip():
            return last._replace(content=(*last.content, quotation.span))
        if "\n\n" not in gap and len(gap) < 220 and last.cue is not None and last.cue.span.start >= before.span.end:
            only_cue = last.cue.span.start >= before.span.end and re.search(r"[.,]\s*$", gap) is not None
            if only_cue and len(gap) < 160:
                return last._replace(content=(*last.content, quotation.span))
        if starts_paragraph and len(gap) < 400 and _is_utterance(quotation.inner.of(text)):
            return _Found(
                None, last.speaker, StatementKind.DIRECT, (quotation.span,), CONTINUED_SURE, "goes on after a quotation"
            )
        return None

    def _labelled(self, span: Span) -> Speaker | None:
        inside = [(s, m) for s, m in self._referents.cast.within(span.start, span.end) if m.type != "place"]
        return Speaker(inside[-1][1], inside[-1][0]) if inside else None

    def _indirect(self, cues: list[Cue], quoted: SpanIndex) -> list[_Found]:
        found = []
        quotations = SpanIndex(q.span for q in self._reading.quotations if not q.is_open and len(q.span) > 3)
        for cue in cues:
            if quoted.overlapping(cue.span):
                continue
            content = self._content(cue, quoted)
            if content is not None and (closing := self._closing(cue, cues)) is not None:
                content = self._trim(content.start, min(content.end, closing), quoted)
            if content is None or len(content.of(self._reading.text).split()) < SHORTEST_CONTENT:
                continue
            kind = StatementKind.MIXED if quotations.overlapping(content) else StatementKind.INDIRECT
            is_clause = cue.has_that or cue.is_according or "t" in cue.verb.frames
            reason = f"“{cue.span.of(self._reading.text)}” with {cue.speaker.span.of(self._reading.text)!r} as subject"
            found.append(_Found(cue, cue.speaker, kind, (content,), INDIRECT_SURE if is_clause else NOUN_SURE, reason))
        return found

    def _content(self, cue: Cue, quoted: SpanIndex) -> Span | None:
        """Return what was said: the clause after the verb, or the one before "X said" at a sentence's end."""
        text, sentence = self._reading.text, cue.sentence.span
        start, end = cue.after, sentence.end
        rest = text[start:end]
        if self._ends_clause(cue, rest):
            return self._trim(self._opening(cue.sentence), cue.phrase_start, quoted)
        at_end = not rest.strip(" .,;:!?)\"”'’") or rest.lstrip().startswith((". ", '."'))
        if cue.is_according and cue.span.start <= sentence.start + 2:
            comma = text.find(",", cue.speaker.span.end, end)
            start = comma + 1 if comma >= 0 else cue.speaker.span.end
        elif at_end or cue.is_according or cue.is_inverted:
            head = min(cue.span.start, cue.phrase_start or cue.speaker.span.start)
            head = head if head > sentence.start else cue.span.start
            return self._trim(self._opening(cue.sentence), head, quoted)
        elif not cue.has_that:
            if not self._may_follow(cue, rest):
                return None
            start += len(_LEADING.match(rest).group()) if _LEADING.match(rest) else 0  # type: ignore[union-attr]
        stop = _CLAUSE_END.search(text, start, end)
        if stop is not None and stop.start() - start > 8 and "said" in text[stop.start() : end]:
            end = stop.start()
        return self._trim(start, end, quoted)

    def _opening(self, sentence: Sentence) -> int:
        """Return where a sentence's own words begin, behind a dateline."""
        dateline = self._reading.dateline
        if dateline is None or not dateline.overlaps(sentence.span):
            return sentence.span.start
        dash = _DATELINE_END.match(self._reading.text, dateline.end, sentence.span.end)
        return dash.end() if dash is not None else sentence.span.start

    def _closing(self, cue: Cue, cues: list[Cue]) -> int | None:
        """Return where a later "..., X said" of the sentence begins, which ends what this cue can report."""
        at = bisect_left(cues, cue.span.end, key=_start)
        for later in cues[at : at + CUES_NEAR]:
            if later.span.start >= cue.sentence.span.end:
                break
            rest = self._reading.text[later.after : cue.sentence.span.end]
            if later.phrase_start > cue.span.end and self._ends_clause(later, rest):
                return later.phrase_start
        return None

    def _ends_clause(self, cue: Cue, rest: str) -> bool:
        """Tell whether "..., X said on Monday" ends what was said: a comma before the speaker, no clause behind."""
        if cue.has_that or cue.is_according or cue.is_inverted or cue.phrase_start <= cue.sentence.span.start:
            return False
        before = self._reading.text[cue.sentence.span.start : cue.phrase_start].rstrip()
        return before.endswith(",") and len(before.split()) > 3 and _BRIEF_END.match(rest) is not None

    def _may_follow(self, cue: Cue, rest: str) -> bool:
        """Tell whether the words after the verb can be its content, by the frames that the verb takes."""
        words = rest.split()
        if not words:
            return False
        first = words[0].lower().strip(",;:")
        if first == "to":
            return "i" in cue.verb.frames or ("a" in cue.verb.frames and cue.addressee is not None)
        if rest.lstrip().startswith(",") and not rest.lstrip(" ,").startswith(('"', "“", "`")):
            return False
        if (
            first in ("by", "in", "on", "at", "with", "for", "from", "about", "into", "as", "out", "up")
            and "o" not in cue.verb.frames
        ):
            return cue.verb.lemma in ("say", "call") and first == "in"
        if "t" in cue.verb.frames and "o" not in cue.verb.frames:
            return _FINITE.search(rest) is not None
        return (
            "t" in cue.verb.frames or "o" in cue.verb.frames or ("a" in cue.verb.frames and cue.addressee is not None)
        )

    def _trim(self, start: int, end: int, quoted: SpanIndex) -> Span | None:
        text = self._reading.text
        while start < end and (text[start].isspace() or text[start] in ",;:"):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:."):
            end -= 1
        if end <= start or any(q.holds(Span(start, end)) for q in quoted.overlapping(Span(start, end))):
            return None
        return Span(start, end)

    def _finished(self, found: list[_Found]) -> tuple[FoundStatement, ...]:
        outer = [
            item for item in found
            if item.cue is not None and item.cue.verb.lemma in _PASSING_ON and self._is_channel(item.speaker)
        ]  # fmt: skip
        statements: list[FoundStatement] = []
        dropped: set[Span] = set()
        for item in found:
            via: tuple[LocalId, ...] = (item.cue.via,) if item.cue is not None and item.cue.via else ()
            for channel in outer:
                inside = channel is not item and item.cue is not None and channel.content[0].holds(item.cue.span)
                if inside and channel.speaker.member is not None:
                    via = (channel.speaker.member.id,)
                    dropped.add(channel.content[0])
            statements.append(self._statement(item, via))
        return tuple(s for s in statements if s.content[0] not in dropped)

    def _is_channel(self, speaker: Speaker) -> bool:
        member = speaker.member
        return member is not None and member.category in (Category.MEDIA, Category.MINISTRY, Category.GOVERNMENT)

    def _statement(self, item: _Found, via: tuple[LocalId, ...]) -> FoundStatement:
        cue = item.cue
        evidence = [self._reading.sentence_at(span.start).span for span in item.content]
        if cue is not None:
            evidence.append(cue.sentence.span)
        return FoundStatement(
            speaker=item.speaker.member.id if item.speaker.member else None,
            kind=item.kind,
            content=item.content,
            ground=Ground(covering([*evidence, *item.content]), item.confidence, item.reason),
            speaker_span=item.speaker.span,
            cue=cue.span if cue else None,
            addressee=cue.addressee if cue else None,
            date=self._date(cue, item.content) if cue else None,
            venue=cue.venue if cue else "",
            via=via,
        )

    def _date(self, cue: Cue, content: tuple[Span, ...]) -> StatedDate | None:
        """Return the day stated beside the verb, outside what was said."""
        first = bisect_left(self._times, cue.sentence.span.start, key=lambda t: t.span.start)
        for time in self._times[first:]:
            if time.span.start >= cue.sentence.span.end:
                break
            near = cue.sentence.span.holds(time.span) and abs(time.span.start - cue.span.end) < 60
            is_day = time.date is not None and time.date.is_single_day
            if near and is_day and not any(c.overlaps(time.span) for c in content):
                return time.date
        return None


def _start(cue: Cue) -> int:
    return cue.span.start


def _is_utterance(words: str) -> bool:
    """Tell whether quoted words read as an utterance rather than a quoted expression."""
    stripped = words.strip(" '‘“\"‎")
    ends = words.rstrip().endswith((".", "!", "?", ",", "…"))
    return bool(stripped) and (ends or (stripped[0].isupper() and len(stripped.split()) > 4))
