"""What a card's header says below the name."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from kb_app.core.entity import Entity, EntityName
from kb_app.ui.profile.fact_line import SEPARATOR, Run, Tone
from kb_app.ui.profile.plain_words import isolated, plain
from kb_app.ui.profile.wording import category_words, entity_type_words, script_words

SPELLINGS_SHOWN = 4
NAME_CHARACTERS = 160


def header_runs(entity: Entity) -> tuple[Run, ...]:
    """Return kind, other spellings and country."""
    kind = category_words(entity.category) if entity.category else entity_type_words(entity.type)
    runs = [Run(kind, Tone.MUTED)]
    if entity.subcategory:
        runs += [Run(SEPARATOR, Tone.FAINT), Run(plain(entity.subcategory, 60), Tone.MUTED)]
    others = other_spellings(entity)
    if others:
        runs += [Run(SEPARATOR, Tone.FAINT), Run(QCoreApplication.translate("card", "also written "), Tone.MUTED)]
        runs += _spelling_runs(others)
    if entity.country:
        runs += [Run(SEPARATOR, Tone.FAINT), Run(plain(entity.country, 80), Tone.INK)]
    return tuple(runs)


def other_spellings(entity: Entity) -> tuple[EntityName, ...]:
    """Return the names besides the chosen one, those most used first."""
    others = [name for name in entity.names if name.text != entity.name]
    return tuple(sorted(others, key=lambda name: -name.mentions))


def spellings_tip(entity: Entity) -> str:
    """Return every spelling with script and count, one a line of plain text."""
    return "\n".join(_spelling_words(name) for name in other_spellings(entity)[:40])


def _spelling_runs(others: tuple[EntityName, ...]) -> list[Run]:
    runs: list[Run] = []
    for at, name in enumerate(others[:SPELLINGS_SHOWN]):
        if at:
            runs.append(Run(", ", Tone.MUTED))
        runs.append(Run(isolated(plain(name.text, NAME_CHARACTERS)), strong=at == 0))
        if name.script not in ("Latn", "Zyyy"):
            runs.append(Run(f" ({script_words(name.script)})", Tone.MUTED))
    left = len(others) - SPELLINGS_SHOWN
    if left > 0:
        runs.append(Run(QCoreApplication.translate("card", " and %1 more").replace("%1", str(left)), Tone.MUTED))
    return runs


def _spelling_words(name: EntityName) -> str:
    parts = [script_words(name.script)]
    if name.mentions:
        parts.append(QCoreApplication.translate("card", "mentions: %1").replace("%1", str(name.mentions)))
    return f"{isolated(plain(name.text, NAME_CHARACTERS))} — {SEPARATOR.join(parts)}"
