"""Events as the tagger marks and links them, with what the rules read of the same words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb_app.core.entity import EntityType
from kb_app.core.event import EventType, Realis
from kb_app.core.findings import FoundEvent, FoundTime, Ground, LocalId, Participant
from kb_app.core.passage import Span
from kb_app.core.stated_date import Resolution, StatedDate, on_day, parse_edtf
from kb_app.extraction.clauses import clause_around
from kb_app.extraction.encoder import Tag, Tagged
from kb_app.extraction.event_titles import event_title
from kb_app.extraction.events import nearest_time
from kb_app.extraction.link_table import LinkTable
from kb_app.extraction.reading import Reading
from kb_app.extraction.tagged_references import TaggedReferents

SAME_HAPPENING = 0.5  # confidence of a link from which on two triggers name one happening
LEAD_SENTENCES = 2
LONGEST_TIME = 100  # characters of a time expression
_SINCE = re.compile(r"[^,;.\n]{0,60}\bsince\s+(?:the\s+)?$")
PARTS = {"agent": "agent", "patient": "target", "participant": "participant"}


class EventMerger:
    """Puts the tagger's triggers of one article together to events."""

    def __init__(self, reading: Reading, referents: TaggedReferents, tagged: Tagged, links: LinkTable) -> None:
        self._reading = reading
        self._referents = referents
        self._tagged = tagged
        self._links = links

    def merged(self, ruled: Sequence[FoundEvent], times: Sequence[FoundTime]) -> tuple[FoundEvent, ...]:
        """Return the events in the order of their triggers."""
        by_trigger = {t: e for e in ruled for t in (e.trigger, *e.other_triggers)}
        found = [self._event(group, by_trigger, times) for group in self._groups()]
        return tuple(sorted(found, key=lambda e: e.trigger))

    def _groups(self) -> list[list[Tag]]:
        """Put triggers together that name one happening."""
        groups: list[list[Tag]] = []
        group_of: dict[Span, int] = {}
        for tag in self._tagged.triggers:
            linked = [
                group_of[link.target]
                for link in self._links.of("same_event", tag.span)
                if link.confidence >= SAME_HAPPENING and link.target in group_of
            ]
            if linked:
                groups[max(linked)].append(tag)
            else:
                groups.append([tag])
            group_of[tag.span] = max(linked) if linked else len(groups) - 1
        return groups

    def _event(self, group: list[Tag], by_trigger: dict[Span, FoundEvent], times: Sequence[FoundTime]) -> FoundEvent:
        main = max(group, key=lambda t: (t.value("rank") == "main", not self._in_title(t), t.confidence))
        same = next((by_trigger[t.span] for t in [main, *group] if t.span in by_trigger), None)
        sentence = self._reading.sentence_at(main.span.start)
        time = self._since(main, times) or self._time(group, times)
        words = main.span.of(self._reading.text)
        kind = EventType(main.value("type") or "other")
        date = time.date.to_the_day if time and time.date else (same.date if same else None)
        date = date or self._just_now(main)
        return FoundEvent(
            type=kind,
            title=event_title(self._reading.text, sentence, sentence.tokens_of(main.span), self._referents.cast),
            trigger=main.span,
            realis=self._realis(main, same),
            ground=Ground(
                self._reading.evidence_of(main.span), main.confidence, f"“{words}” names {kind.value.replace('_', ' ')}"
            ),
            date=date,
            date_span=time.span if time else (same.date_span if same else None),
            participants=tuple(self._participants(group, same)),
            place=self._place(group, same),
            other_triggers=tuple(t.span for t in group if t is not main),
        )

    def _just_now(self, tag: Tag) -> StatedDate | None:
        """Return the day of publication for what the lead tells in the present perfect ("has arrived")."""
        sentence = self._reading.sentence_at(tag.span.start)
        if sentence.in_title or self._reading.published is None or self._reading.publication_day is None:
            return None
        lead = [s.number for s in self._reading.sentences if not s.in_title][:LEAD_SENTENCES]
        before = [t.lower for t in sentence.tokens if t.end <= tag.span.start][-3:]
        if sentence.number not in lead or not {"has", "have"} & set(before):
            return None
        day = on_day(self._reading.publication_day)
        return day.resolved("", "present perfect in the lead", day.edtf, Resolution.PUBLICATION)

    def _in_title(self, tag: Tag) -> bool:
        return self._reading.sentence_at(tag.span.start).in_title

    def _realis(self, main: Tag, same: FoundEvent | None) -> Realis:
        """Return the tagger's word, but what the rules read as denied, for which its lessons have no word."""
        if same is not None and same.realis is Realis.DENIED:
            return Realis.DENIED
        return Realis(main.value("realis") or "happened")

    def _since(self, main: Tag, times: Sequence[FoundTime]) -> FoundTime | None:
        """Read "has headed it since 2006": what goes on from then, open at its end."""
        end = main.span.end
        at = bisect_left(times, end, key=lambda t: t.span.start)
        time = times[at] if at < len(times) else None
        if time is None or time.date is None or _SINCE.match(self._reading.text, end, time.span.start) is None:
            return None
        told = time.date
        opened = parse_edtf(f"{told.to_the_day.edtf}/..") if "/" not in told.edtf else None
        if opened is None:
            return None
        return replace(time, date=opened.resolved(told.words, told.rule, told.anchor, told.resolution))

    def _time(self, group: list[Tag], times: Sequence[FoundTime]) -> FoundTime | None:
        for tag in group:
            for link in self._links.of("dated", tag.span):
                first = bisect_left(times, link.target.start - LONGEST_TIME, key=lambda t: t.span.start)
                last = bisect_left(times, link.target.end, key=lambda t: t.span.start)
                for time in times[first:last]:
                    if time.span.overlaps(link.target) and time.date is not None:
                        return time
        return self._near(group, times) if not any(self._in_title(t) for t in group[:1]) else None

    def _near(self, group: list[Tag], times: Sequence[FoundTime]) -> FoundTime | None:
        for tag in group:
            sentence = self._reading.sentence_at(tag.span.start)
            clause = clause_around(sentence, *sentence.tokens_of(tag.span))
            found = nearest_time(times, sentence, clause, tag.span)
            if found is not None:
                return found
        return None

    def _participants(self, group: list[Tag], same: FoundEvent | None) -> Iterator[Participant]:
        found: dict[LocalId, str] = {}
        for tag in group:
            for label, part in PARTS.items():
                for link in self._links.of(label, tag.span):
                    member = self._referents.member(link.target)
                    if member is not None:
                        found.setdefault(member.id, part)
        if not found and same is not None:
            yield from same.participants
        for entity, part in found.items():
            yield Participant(entity, part)

    def _place(self, group: list[Tag], same: FoundEvent | None) -> LocalId | None:
        for tag in group:
            for link in self._links.of("placed", tag.span):
                member = self._referents.member(link.target)
                if member is not None and member.type is EntityType.PLACE:
                    return member.id
        return same.place if same is not None else None
