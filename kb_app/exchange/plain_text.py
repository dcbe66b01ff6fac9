"""Records as text to read at a terminal; control characters of foreign text never reach it."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from kb_app.core.citation import Support
from kb_app.core.grading import SourceGrade
from kb_app.core.judgement import Status
from kb_app.core.languages import is_read, tells_unread
from kb_app.core.profile import EntityLink, EventLine, Profile, RelationLine, RoleLine, StatementLine
from kb_app.core.reading import ArticleView
from kb_app.core.report import ImportReport, InputState
from kb_app.core.search import SearchResults
from kb_app.core.stated_date import StatedDate

WIDTH = 100
_SIGNS = {Status.CONFIRMED: "✓", Status.REJECTED: "✗", Status.SUGGESTED: "·"}
_DATE_WIDTH = 22


def safe(text: str) -> str:
    """Return text on one line without what could steer a terminal or turn its direction."""
    return " ".join("".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text).split())


def date_text(date: StatedDate | None) -> str:
    """Return a date as EDTF, marked where it is approximate."""
    if date is None:
        return "no date"
    return f"{date.edtf}~" if date.approximate and not date.edtf.endswith("~") else date.edtf


def grade_text(grade: SourceGrade) -> str:
    """Return an evidence grade as its two signs, or that nobody gave one."""
    return grade.code if grade.is_given else "not graded"


def profile_text(profile: Profile) -> str:
    """Return a card section by section, each line with its best passage below."""
    entity, figures = profile.entity, profile.figures
    kind = " · ".join(part for part in (entity.type.value, entity.category or "", entity.country) if part)
    span = f", {figures.first} to {figures.last}" if figures.first and figures.last else ""
    also = [name.text for name in entity.names if name.text != entity.name]
    where = f"{_count(figures.articles, 'article')} of {_count(figures.origins, 'origin')}"
    head = [
        safe(entity.name),
        "=" * min(len(entity.name), WIDTH),
        safe(kind),
        f"{_count(figures.mentions, 'mention')} in {where}{span}",
    ]
    if also:
        head.append(wrapped("also: ", ", ".join(dict.fromkeys(map(safe, also)))))
    sections = (
        _section("Roles", profile.roles.total, map(_role, profile.roles.lines)),
        _section("Held by", profile.holders.total, map(_holder, profile.holders.lines)),
        _section("Links", profile.relations.total, map(_relation, profile.relations.lines)),
        _section("Events", profile.events.total, map(_event, profile.events.lines)),
        _section("Statements by", profile.statements_by.total, map(_statement, profile.statements_by.lines)),
        _section("Statements about", profile.statements_about.total, map(_statement, profile.statements_about.lines)),
        _section("Notes", len(profile.notes), (f"  {safe(note.text)}" for note in profile.notes)),
    )
    return "\n".join([*head, *(line for section in sections for line in section)])


def event_text(event: EventLine) -> str:
    """Return an event with its date, how real it is and its best passage."""
    return _event(event)


def search_text(results: SearchResults) -> str:
    """Return the answers to a query, best first."""
    lines = []
    for hit in results.hits:
        parts = [safe(hit.subtitle)] if hit.subtitle else []
        parts += [grade_text(hit.grade)] if hit.grade is not None else []
        subtitle = f" — {' · '.join(parts)}" if parts else ""
        lines.append(f"{hit.kind.value:<12} {safe(hit.title)}{subtitle}")
        if hit.snippet:
            lines.append(wrapped(" " * 13, safe(hit.snippet)))
    totals = ", ".join(f"{kind.value} {total}" for kind, total in results.totals if total) or "nothing found"
    lines.append(f"{totals} ({results.milliseconds:.1f} ms)")
    return "\n".join(lines)


def entries_text(views: Iterable[ArticleView]) -> str:
    """Return articles as a catalogue: number, date, grade and title, below it who published and archived it."""
    return "\n".join(_entry(view) for view in views)


def _entry(view: ArticleView) -> str:
    metadata = view.article.metadata
    lead = f"{view.id:>6}  {date_text(metadata.published):<{_DATE_WIDTH}} {grade_text(view.grade):<11}"
    parts = [metadata.publisher.value if metadata.publisher else "unknown publisher"]
    parts += [f"reprinted by {metadata.host.value}"] if metadata.host else []
    parts += [f"wires {', '.join(metadata.wires)}"] if metadata.wires else []
    parts += [] if is_read(view.article.language) else [f"not read: {view.article.language}"]
    parts += [view.source.provenance.container or view.source.path or view.source.name]
    parts.append(f"sha256 {view.source.sha256[:12]}")
    below = wrapped(" " * 8, safe(" · ".join(parts)))
    return f"{wrapped(lead, safe(view.article.title))}\n{below}"


def report_text(report: ImportReport) -> str:
    """Return how many inputs ended how."""
    counts = ((state, report.count(state)) for state in InputState)
    said = ", ".join(f"{count} {state.value}" for state, count in counts if count)
    unread = sum(1 for outcome in report.outcomes if tells_unread(outcome.sentence))
    kept = f"; {_count(unread, 'article')} in a language that is not read: kept and searchable" if unread else ""
    took = f" ({report.seconds:.1f} s)" if report.seconds else ""
    return f"{_count(len(report.outcomes), 'input')}: {said or 'nothing to do'}{kept}{took}"


def outcomes_text(report: ImportReport) -> str:
    """Return what became of each input, with the reason below it; what a container held stands further in."""
    lines = []
    for outcome in report.outcomes:
        inset = "" if outcome.parent is None else "  "
        numbers = " ".join(str(article) for article in outcome.articles)
        place = f" (article {numbers})" if numbers else ""
        lines.append(f"{outcome.state.value:<22} {inset}{safe(outcome.input)}{place}")
        if outcome.sentence:
            lines.append(
                wrapped(
                    " " * 23 + inset, safe(f"{outcome.code}: {outcome.sentence}" if outcome.code else outcome.sentence)
                )
            )
    return "".join(f"{line}\n" for line in lines)


def table_text(rows: Sequence[tuple[str, str]]) -> str:
    """Return names and values in two columns."""
    width = max((len(name) for name, _ in rows), default=0)
    return "\n".join(f"{name:<{width}}  {value}" for name, value in rows)


def _section(title: str, total: int, lines: Iterable[str]) -> Iterator[str]:
    shown = list(lines)
    if not shown:
        return
    more = f" ({len(shown)} of {total})" if total > len(shown) else f" ({total})"
    yield ""
    yield title + more
    yield "-" * len(title + more)
    yield from shown


def _role(role: RoleLine) -> str:
    return _claim(_title(role), role.support, role.date)


def _holder(role: RoleLine) -> str:
    return _claim(f"{role.person.name}: {_title(role)}", role.support, role.date)


def _title(role: RoleLine) -> str:
    where = role.institution.name if role.institution else role.country
    words = " ".join((*role.qualifiers, role.title))
    return f"{words}, {where}" if where else words


def _relation(relation: RelationLine) -> str:
    words = relation.type.value.replace("_", " ")
    arrow = "↔" if relation.type.is_symmetric else "→" if relation.outgoing else "←"
    return _claim(f"{arrow} {words}: {relation.other.name}", relation.support, relation.date)


def _event(event: EventLine) -> str:
    realis = "" if event.realis.value == "happened" else f" [{event.realis.value}]"
    who = _names([participant.entity for participant in event.participants])
    return _claim(f"{event.title}{realis}{f' — {who}' if who else ''}", event.support, event.date)


def _statement(statement: StatementLine) -> str:
    speaker = statement.speaker.name if statement.speaker else statement.speaker_words or "someone"
    via = f" (via {_names(statement.via)})" if statement.via else ""
    return _claim(f"{speaker}{via}: {statement.content}", statement.support, statement.date)


def _names(links: Sequence[EntityLink]) -> str:
    return ", ".join(link.name for link in links)


def _claim(words: str, support: Support, date: StatedDate | None) -> str:
    sign = _SIGNS[support.status]
    first = wrapped(f"{sign} {date_text(date):<{_DATE_WIDTH}} ", safe(words))
    if not support.citations:
        return first
    best = support.citations[0]
    more = f", and {support.citation_count - 1} more" if support.citation_count > 1 else ""
    where = f"{safe(best.publisher or best.article_title)}, {grade_text(best.grade)}"
    offsets = f"article {best.article}, {best.passage.span.start}–{best.passage.span.end}"
    return f"{first}\n" + wrapped(" " * (_DATE_WIDTH + 3), f"“{safe(best.passage.quote)}” [{where}; {offsets}{more}]")


def wrapped(lead: str, text: str) -> str:
    """Return text in lines of the usual width, the first one begun by `lead`, the others as far in."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
