"""What is wrong in each article, one error a line, with what the next person needs to mend it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tests.quality.annotated import Json
from tests.quality.fitting import Fitter, Named

AROUND = 45  # characters shown on each side of a mention
LONGEST = 220  # characters shown of a sentence
NOTHING = "nothing"
KINDS = (
    *("mentions missed", "mentions spurious", "mentions of the wrong type", "mentions cut wrongly"),
    *("times missed", "times spurious", "times of the wrong value"),
    *("roles missed", "roles spurious", "roles of the wrong institution or country"),
    *("events missed", "events spurious", "events of the wrong date", "events without their date"),
    *("statements missed", "statements spurious", "statements of the wrong speaker"),
    *("relations missed", "relations not annotated"),
)


class Error(NamedTuple):
    """One error: its kind, the article, and a line about it."""

    kind: str
    article: str
    line: str


class Confusion(NamedTuple):
    """One pair of labels for the same words: the table it belongs to, what is asked, what was found."""

    table: str
    asked: str
    found: str


def errors(fitter: Fitter) -> Iterator[Error]:
    """Yield all errors in an article, layer by layer."""
    for layer in (_mentions, _times, _roles, _events, _statements, _relations):
        for kind, line in layer(fitter):
            yield Error(kind, fitter.outcome.name, line)


def confusions(fitter: Fitter) -> Iterator[Confusion]:
    """Yield the labels of everything that was fitted by its place alone, and of what has no partner."""
    names = fitter.mentions(typed=False)
    for one, other in names.matched:
        yield Confusion("mention types", one.type, other.type)
    yield from (Confusion("mention types", one.type, NOTHING) for one in names.missed)
    yield from (Confusion("mention types", NOTHING, one.type) for one in names.spurious)
    events = fitter.events()
    for table, field in (("event types", "type"), ("realis", "realis")):
        for one, other in events.matched:
            yield Confusion(table, one[field], other[field])
        yield from (Confusion(table, one[field], NOTHING) for one in events.missed)
        yield from (Confusion(table, NOTHING, one[field]) for one in events.spurious)


def told_errors(found: Iterable[Error]) -> Iterator[str]:
    """Yield the lines of the listing, gathered by kind, each kind with its count."""
    kinds: dict[str, list[Error]] = {kind: [] for kind in KINDS}
    for error in found:
        kinds[error.kind].append(error)
    for kind, listed in kinds.items():
        yield f"\n== {kind} ({len(listed)})"
        yield from (f"{error.article[:28]:28}  {error.line}" for error in listed)


def told_confusions(found: Iterable[Confusion]) -> Iterator[str]:
    """Yield a table a kind of label: what is asked down the side, what was found across."""
    tables: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for one in found:
        tables[one.table][one.asked, one.found] += 1
    for name, counts in tables.items():
        labels = sorted({label for pair in counts for label in pair}, key=lambda label: (label == NOTHING, label))
        width = max(map(len, labels))
        yield f"\n== {name}: asked (down) and found (across)"
        yield " " * width + "".join(f" {label[:8]:>8}" for label in labels)
        for asked in labels:
            cells = (counts[asked, label] for label in labels)
            yield f"{asked:{width}}" + "".join(f" {cell or '·':>8}" for cell in cells)


def _mentions(fitter: Fitter) -> Iterator[tuple[str, str]]:
    typed, loose = fitter.mentions(), fitter.mentions(typed=False)
    asked_right, found_right = {i for i, _ in typed.pairs}, {j for _, j in typed.pairs}
    swapped = [(i, j) for i, j in loose.pairs if i not in asked_right and j not in found_right]
    asked_swapped = {id(typed.asked[i]) for i, _ in swapped}
    found_swapped = {id(loose.found[j].mention) for _, j in swapped}
    for one in typed.missed:
        if id(one) not in asked_swapped:
            yield "mentions missed", f"{one.type}: {_around(fitter, one)}"
    for other in typed.spurious:
        if id(other.mention) not in found_swapped:
            yield "mentions spurious", f"{other.type} {_sure(other.mention)}: {_around(fitter, other)}"
    for i, j in swapped:
        one, other = typed.asked[i], loose.found[j]
        how = f"{one.type}, ours {other.type} {_sure(other.mention)}"
        yield "mentions of the wrong type", f"{how}: {_around(fitter, other)}"
    for one, other in typed.matched:
        if one.span != other.span:
            words = one.mention["text"]
            yield "mentions cut wrongly", f"{one.type} {words!r}, ours: {_around(fitter, other)}"


def _times(fitter: Fitter) -> Iterator[tuple[str, str]]:
    fit = fitter.times()
    for one in fit.missed:
        yield "times missed", f"{one['type']} {one['value']}: {_window(fitter, (one['start'], one['end']))}"
    for other in fit.spurious:
        spot = (other["start"], other["end"])
        yield "times spurious", f"{other['value']} by “{other['rule']}” {_sure(other)}: {_window(fitter, spot)}"
    day = fitter.outcome.truth["article"]["published"]
    for one, other in fit.matched:
        if not fitter.is_time_right(one, other):
            values = " or ".join(str(value) for value in [one["value"], *one.get("alt_values", ())])
            window = _window(fitter, (other["start"], other["end"]))
            ours = f"ours {other['value']} by “{other['rule']}” from {other.get('anchor') or 'nothing'}"
            yield "times of the wrong value", f"{values}, {ours}; published {day}: {window}"


def _roles(fitter: Fitter) -> Iterator[tuple[str, str]]:
    fit = fitter.roles()
    for one in fit.missed:
        yield "roles missed", f"{_asked_role(fitter, one)}: {_evidence(one)}"
    for other in fit.spurious:
        yield "roles spurious", f"{_found_role(fitter, other)} ({other['reason']}): {_evidence(other)}"
    for one, other in fit.matched:
        if not fitter.is_place_right(one, other):
            both = f"{_asked_role(fitter, one)}, ours {_found_role(fitter, other)}"
            yield "roles of the wrong institution or country", f"{both}: {_evidence(one)}"


def _events(fitter: Fitter) -> Iterator[tuple[str, str]]:
    fit = fitter.events()
    for one in fit.missed:
        yield "events missed", f"{one['type']} “{one['trigger']['text']}” {_date(one)}: {_evidence(one)}"
    for other in fit.spurious:
        words = other["trigger"]["text"]
        yield "events spurious", f"{other['type']} “{words}” {_sure(other)}: {_evidence(other)}"
    for one, other in fit.matched:
        if not fitter.is_date_right(one, other):
            kind = "events without their date" if _value(other) is None else "events of the wrong date"
            dates = f"{_date(one)}, ours {_date(other)}"
            yield kind, f"“{one['trigger']['text']}” {dates}: {_evidence(one)}"


def _statements(fitter: Fitter) -> Iterator[tuple[str, str]]:
    fit = fitter.statements(spoken=False)
    for one in fit.missed:
        best = max(fitter.outcome.found["statements"], key=lambda other: fitter.shared(one, other), default=None)
        share = fitter.shared(one, best) if best else 0.0
        near = f"; nearest {share:.2f}: {_content(best)}" if best and share > 0 else ""
        yield "statements missed", f"{_speaker(fitter.outcome.truth, one)} {_cue(one)}: {_content(one)}{near}"
    for other in fit.spurious:
        words = f"{_speaker(fitter.outcome.found, other)} {_cue(other)} {_sure(other)}"
        yield "statements spurious", f"{words} ({other['reason']}): {_content(other)}"
    for one, other in fit.matched:
        if not fitter.is_speaker_right(one, other):
            both = f"{_speaker(fitter.outcome.truth, one)}, ours {_speaker(fitter.outcome.found, other)}"
            yield "statements of the wrong speaker", f"{both} {_cue(other)} ({other['reason']}): {_content(one)}"


def _relations(fitter: Fitter) -> Iterator[tuple[str, str]]:
    fit = fitter.relations()
    for one in fit.missed:
        others = [
            other["type"]
            for other in fit.spurious
            if {fitter.person(other["from"]), fitter.person(other["to"])} == {one["from"], one["to"]}
        ]
        instead = f", ours {' and '.join(sorted(others))}" if others else ""
        yield "relations missed", f"{_relation(fitter.outcome.truth, one)}{instead}: {_evidence(one)}"
    for other in fit.spurious:
        words = f"{_relation(fitter.outcome.found, other)} {_sure(other)}"
        yield "relations not annotated", f"{words} ({other['reason']}): {_evidence(other)}"


def _around(fitter: Fitter, named: Named) -> str:
    return _window(fitter, named.span)


def _window(fitter: Fitter, spot: tuple[int, int]) -> str:
    text, (start, end) = fitter.outcome.article.text, spot
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return _line(f"{before}«{text[start:end]}»{after}")


def _line(words: str) -> str:
    return " ".join(words.split())


def _short(words: str) -> str:
    line = _line(words)
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _evidence(one: Json) -> str:
    return _short(one["evidence"]["text"])


def _sure(one: Json) -> str:
    return f"{one['confidence']:.2f}"


def _name(document: Json, entity: str | None) -> str:
    return next((one["canonical_name"] for one in document["entities"] if one["id"] == entity), "nobody")


def _asked_role(fitter: Fitter, role: Json) -> str:
    return _role(fitter.outcome.truth, role)


def _found_role(fitter: Fitter, role: Json) -> str:
    return f"{_role(fitter.outcome.found, role)} {_sure(role)}"


def _role(document: Json, role: Json) -> str:
    body = _name(document, role["institution"]) if role["institution"] else "no institution"
    return f"{_name(document, role['person'])}, {role['title']} ({body}, {role['country'] or 'no country'})"


def _value(event: Json) -> str | None:
    value: str | None = (event.get("date") or {}).get("value")
    return value


def _date(event: Json) -> str:
    date = event.get("date") or {}
    if date.get("value") is None:
        return "no date"
    words = f" “{date['expression']['text']}”" if date.get("expression") else ""
    return f"{date['value']}{words} {date['resolved']}"


def _speaker(document: Json, statement: Json) -> str:
    if statement.get("speaker"):
        return _name(document, statement["speaker"])
    span = statement.get("speaker_span")
    return f"“{span['text']}”" if span else "nobody"


def _cue(statement: Json) -> str:
    return f"“{statement['cue']['text']}”" if statement.get("cue") else "without a verb"


def _content(statement: Json) -> str:
    return _short(" … ".join(part["text"] for part in statement["content"]))


def _relation(document: Json, relation: Json) -> str:
    return f"{_name(document, relation['from'])} {relation['type']} {_name(document, relation['to'])}"
