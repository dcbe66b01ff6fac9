"""A line of a card as it is shown: runs of words, some of them links, with date, state and evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from kb_app.core.citation import Support
from kb_app.core.event import EventType, Realis
from kb_app.core.ids import EntityId, EventId
from kb_app.core.judgement import ClaimRef, Status
from kb_app.core.profile import EntityLink, EventLine, RelationLine, RoleLine, StatementLine
from kb_app.core.relation import RelationType
from kb_app.core.stated_date import StatedDate
from kb_app.core.statement import StatementKind
from kb_app.ui.profile.plain_words import isolated, plain
from kb_app.ui.profile.wording import event_type_words, realis_words, relation_words, statement_words, status_words
from kb_app.ui.shared.dates import date_words, day_words

CONTENT_CHARACTERS = 600
UNSURE = 0.5  # confidence below which a line says so
HARD_SPACE = "\u00a0"
SEPARATOR = f"{HARD_SPACE}· "  # a line of small print does not begin with the dot


class Tone(StrEnum):
    """The token that a run is written in."""

    INK = "ink"
    MUTED = "muted"
    FAINT = "faint"
    DATE = "date"
    ACCENT = "accent"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one tone; with `entity` or `event` they are a link."""

    text: str
    tone: Tone = Tone.INK
    entity: EntityId | None = None
    event: EventId | None = None
    strong: bool = False
    small: bool = False

    @property
    def is_link(self) -> bool:
        """Tell whether the run leads somewhere."""
        return self.entity is not None or self.event is not None


@dataclass(frozen=True, slots=True)
class FactLine:
    """What one line shows; `aside` stands at the right edge, `second` below in small print."""

    ref: ClaimRef
    main: tuple[Run, ...]
    support: Support
    second: tuple[Run, ...] = ()
    aside: str = ""
    quoted: bool = False
    realis: Realis | None = None
    event_type: EventType | None = None
    date: StatedDate | None = None

    def words(self) -> str:
        """Return the line as plain words."""
        parts = ["".join(run.text for run in self.main), "".join(run.text for run in self.second), self.aside]
        return SEPARATOR.join(part for part in parts if part).replace(HARD_SPACE, " ")

    def spoken(self) -> str:
        """Return the line with its state and evidence, as a screen reader says it."""
        state = status_words(self.support.status, self.support.disputed)
        return f"{self.words()}; {state}; {_cited(self.support.citation_count)}"


def name_run(link: EntityLink, strong: bool = False) -> Run:
    """Return a name as a link to its card."""
    return Run(isolated(plain(link.name, 120)), Tone.ACCENT, entity=link.id, strong=strong)


def role_lines(lines: Iterable[RoleLine]) -> tuple[FactLine, ...]:
    """Return the roles of a person: title, institution or country, span of time."""
    return tuple(_role(line, ()) for line in lines)


def holder_lines(lines: Iterable[RoleLine]) -> tuple[FactLine, ...]:
    """Return who held a role at an institution: person, title, span of time."""
    return tuple(_role(line, (name_run(line.person), Run(SEPARATOR, Tone.FAINT))) for line in lines)


def _role(line: RoleLine, who: tuple[Run, ...]) -> FactLine:
    qualifiers = " ".join(plain(q, 40) for q in line.qualifiers)
    main = [*who]
    if qualifiers:
        main.append(Run(f"{qualifiers} ", Tone.MUTED))
    main.append(Run(plain(line.title, 200)))
    if line.institution is not None and not who:
        main += [Run(", "), name_run(line.institution)]
    elif line.country:
        main.append(Run(f", {plain(line.country, 80)}", Tone.MUTED))
    return FactLine(line.ref, tuple(main), line.support, aside=_date(line.date), date=line.date)


def relation_lines(lines: Iterable[RelationLine]) -> tuple[FactLine, ...]:
    """Return the links to others, one type after the other, the best supported type first."""
    groups: dict[tuple[RelationType, bool], list[FactLine]] = {}
    for line in lines:
        outgoing = line.outgoing or line.type.is_symmetric
        groups.setdefault((line.type, outgoing), []).append(_relation(line))
    return tuple(fact for group in groups.values() for fact in group)


def _relation(line: RelationLine) -> FactLine:
    main = [Run(f"{relation_words(line.type, line.outgoing, line.realis)} "), name_run(line.other)]
    if line.realis is not Realis.HAPPENED:
        main.append(Run(f"  {realis_words(line.realis)}", Tone.MUTED, small=True))
    if _is_unsure(line.support):
        main.append(Run(f"  {_unsure()}", Tone.WARNING, small=True))
    return FactLine(line.ref, tuple(main), line.support, aside=_date(line.date), date=line.date)


def statement_lines(lines: Iterable[StatementLine], by_subject: bool) -> tuple[FactLine, ...]:
    """Return statements with how, via whom, when and where; with the speaker unless the card's entity is it."""
    return tuple(_statement(line, by_subject) for line in lines)


def _statement(line: StatementLine, by_subject: bool) -> FactLine:
    content = plain(line.content, CONTENT_CHARACTERS)
    main = [Run(_quoted(content) if line.kind is StatementKind.DIRECT else content)]
    if not by_subject:
        main = [*_speaker(line), *main]
    pieces: list[tuple[Run, ...]] = [(Run(statement_words(line.kind), Tone.MUTED),)]
    if line.via:
        pieces.append(_listed(QCoreApplication.translate("card", "reported by "), line.via))
    if line.addressee is not None:
        pieces.append(_listed(QCoreApplication.translate("card", "to "), (line.addressee,)))
    if line.venue:
        pieces.append((Run(plain(line.venue, 80), Tone.MUTED),))
    pieces.append((Run(_date(line.date) or _undated(line.support), Tone.MUTED),))
    return FactLine(line.ref, tuple(main), line.support, second=_joined(pieces), quoted=True, date=line.date)


def _quoted(words: str) -> str:
    bare = words.strip('“”"')
    return f"“{bare}”"


def _undated(support: Support) -> str:
    published = [
        c.published.last for c in support.citations if c.published is not None and c.published.last is not None
    ]
    if not published:
        return QCoreApplication.translate("card", "undated")
    words = QCoreApplication.translate("card", "undated, by %1")
    return words.replace("%1", day_words(min(published)).replace(" ", HARD_SPACE))


def _speaker(line: StatementLine) -> list[Run]:
    if line.speaker is not None:
        return [name_run(line.speaker), Run(": ")]
    words = plain(line.speaker_words, 80)
    return [Run(f"{words}: ", Tone.MUTED)] if words else []


def event_lines(lines: Iterable[EventLine], subject: EntityId) -> tuple[FactLine, ...]:
    """Return events with how real they are and who else takes part."""
    return tuple(_event(line, subject) for line in lines)


def _event(line: EventLine, subject: EntityId) -> FactLine:
    title = plain(line.title, 300) or event_type_words(line.type)
    main = (Run(title, event=EventId(line.ref.id)),)
    pieces: list[tuple[Run, ...]] = [(Run(event_type_words(line.type), Tone.MUTED),)]
    if line.realis is not Realis.HAPPENED:
        pieces.insert(0, (Run(realis_words(line.realis), Tone.WARNING),))
    if _is_unsure(line.support):
        pieces.insert(0, (Run(_unsure(), Tone.WARNING),))
    others = tuple(p.entity for p in line.participants if p.entity.id != subject)
    if others:
        pieces.append(_listed(QCoreApplication.translate("card", "with "), others))
    if line.place is not None:
        pieces.append(_listed(QCoreApplication.translate("card", "in "), (line.place,)))
    aside = _date(line.date) or QCoreApplication.translate("card", "no date")
    return FactLine(
        line.ref,
        main,
        line.support,
        second=_joined(pieces),
        aside=aside,
        realis=line.realis,
        event_type=line.type,
        date=line.date,
    )


def _is_unsure(support: Support) -> bool:
    """Tell whether nobody has decided yet on what is more likely wrong than right."""
    return support.status is Status.SUGGESTED and support.confidence < UNSURE


def _unsure() -> str:
    return QCoreApplication.translate("card", "unsure")


def _cited(count: int) -> str:
    if count == 1:
        return QCoreApplication.translate("card", "one citation")
    return QCoreApplication.translate("card", "%1 citations").replace("%1", str(count))


def _date(stated: StatedDate | None) -> str:
    return "" if stated is None else date_words(stated).replace(" ", HARD_SPACE)


def _listed(lead: str, links: Iterable[EntityLink]) -> tuple[Run, ...]:
    runs = [Run(lead, Tone.MUTED)]
    for at, link in enumerate(links):
        if at:
            runs.append(Run(", ", Tone.MUTED))
        runs.append(name_run(link))
    return tuple(runs)


def _joined(pieces: Iterable[tuple[Run, ...]]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for piece in pieces:
        if runs:
            runs.append(Run(SEPARATOR, Tone.FAINT))
        runs += piece
    return tuple(runs)
