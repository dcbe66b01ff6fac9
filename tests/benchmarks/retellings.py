"""Invents reports and tells them again: cut, reordered, renamed, retitled; and others that only look alike.

Words and names are put together from syllables and mean nothing; words come as often as they do in a language.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from kb_app.core.article import Article, Found, Metadata
from kb_app.core.passage import Span
from kb_app.core.stated_date import parse_edtf

FIRST_DAY = date(2023, 1, 2)
_SYLLABLES = ("ba", "cor", "den", "fi", "gal", "ho", "jen", "ka", "lor", "mi", "nu", "pel", "ras", "so", "tim", "vo")
_ENDS = ("", "n", "s", "ed", "ing", "er", "tion", "ly")
_CYRILLIC = str.maketrans("abcdefghijklmnoprstuvz", "абцдефгхийклмнопрстувз")
_SMALL = tuple(
    "the of to and in a that for on with was at by from said as it has were had not be after who their an have he its "
    "will they which been this but about over more than against before into during two when would".split()
)
_WORDS = 6_000


class Kind(StrEnum):
    """How a report is told again, or what else two articles have in common."""

    RETITLED = "retitled, site text around"
    CUT_HALF = "cut to half"
    CUT_THIRD = "cut to a third"
    REORDERED = "paragraphs reordered"
    RENAMED = "names respelled"
    REWRITTEN = "8 % of the words changed"
    REWRITTEN_MORE = "16 % of the words changed"
    SENTENCES = "a third of the sentences told anew"
    MIXED = "cut to 60 %, reordered, renamed, retitled"
    SAME_EVENT = "same event, told independently"
    SAME_FRAME = "weekly notice, same frame"
    SAME_FRAME_IN_WORDS = "weekly notice, figures in words"
    SAME_FURNITURE = "same undetected site text"
    LIFTED = "a paragraph lifted"


SAME_REPORT = tuple(Kind)[:9]
OTHER_REPORT = tuple(Kind)[9:]


@dataclass(frozen=True, slots=True)
class Told:
    """A report as one article tells it."""

    title: str
    paragraphs: tuple[str, ...]
    names: tuple[str, ...]
    day: date


def report(number: int, seed: int = 1) -> Told:
    """Invent a report; each third has stock sentences that many others have too, each seventh is Cyrillic."""
    dice = random.Random(f"report/{seed}/{number}")
    names = tuple(_name(dice) for _ in range(dice.randint(4, 7)))
    paragraphs = tuple(_paragraph(dice, names) for _ in range(dice.randint(5, 12)))
    told = Told(" ".join(_word(dice).title() for _ in range(6)), paragraphs, names, _day(dice))
    if number % 3 == 2:
        told = replace(told, paragraphs=tuple(f"{p} {_stock(dice.randrange(12))}" for p in told.paragraphs))
    return _in_cyrillic(told) if number % 7 == 3 else told


def told_again(told: Told, kind: Kind, seed: int = 1) -> Told:
    """Tell a report again in this way, or invent another that has this in common with it."""
    dice = random.Random(f"again/{seed}/{kind}/{told.title}")
    later = replace(told, day=told.day + timedelta(days=dice.randint(0, 3)), title=f"{_word(dice)} {told.title}")
    return _TELLERS[kind](dice, later)


def pair(number: int, kind: Kind, seed: int = 1) -> tuple[Told, Told]:
    """Return a report and what is told again of it."""
    told = report(number, seed)
    if kind in (Kind.SAME_FRAME, Kind.SAME_FRAME_IN_WORDS):
        dice = random.Random(f"notice/{seed}/{number}")
        told = _notice(dice, number // 12 % 25, told.day, kind is Kind.SAME_FRAME_IN_WORDS)
        again = _notice(dice, number // 12 % 25, told.day + timedelta(days=7), kind is Kind.SAME_FRAME_IN_WORDS)
        return told, again
    if kind is Kind.SAME_FURNITURE:
        told = replace(told, paragraphs=(*told.paragraphs, *_furniture(number // 12 % 5)))
    return told, told_again(told, kind, seed)


def as_article(told: Told) -> Article:
    """Return the article that an import would make of it."""
    text = f"{told.title}\n\n" + "\n\n".join(told.paragraphs)
    metadata = Metadata(title=Found(told.title, "first line"), published=parse_edtf(told.day.isoformat()))
    body = Span(len(told.title) + 2, len(text))
    return Article(text=text, body=body, metadata=metadata, title_span=Span(0, len(told.title)))


def _retitled(dice: random.Random, told: Told) -> Told:
    around = (" ".join(_word(dice) for _ in range(12)), " ".join(_word(dice) for _ in range(25)))
    return replace(told, paragraphs=(around[0], *told.paragraphs, around[1]))


def _cut(part: float, told: Told) -> Told:
    words = sum(len(p.split()) for p in told.paragraphs)
    kept: list[str] = []
    for paragraph in told.paragraphs:
        if sum(len(p.split()) for p in kept) >= part * words:
            break
        kept.append(paragraph)
    return replace(told, paragraphs=tuple(kept))


def _cut_half(dice: random.Random, told: Told) -> Told:
    return _cut(0.5, told)


def _cut_third(dice: random.Random, told: Told) -> Told:
    return _cut(0.33, told)


def _reordered(dice: random.Random, told: Told) -> Told:
    return replace(told, paragraphs=tuple(dice.sample(told.paragraphs, len(told.paragraphs))))


def _renamed(dice: random.Random, told: Told) -> Told:
    names = {name: f"{name[:-2]}{dice.choice('aeiouy')}{name[-1]}k" for name in told.names}
    changed = tuple(" ".join(_respelled(word, names) for word in p.split()) for p in told.paragraphs)
    return replace(told, paragraphs=changed)


def _respelled(word: str, names: dict[str, str]) -> str:
    bare = word.strip("”“,.")
    return word.replace(bare, names[bare]) if bare in names else word


def _changed(dice: random.Random, told: Told, part: float) -> Told:
    def changed(word: str) -> str:
        return _word(dice) if dice.random() < part else word

    return replace(told, paragraphs=tuple(" ".join(changed(w) for w in p.split()) for p in told.paragraphs))


def _rewritten(dice: random.Random, told: Told) -> Told:
    return _changed(dice, told, 0.08)


def _rewritten_more(dice: random.Random, told: Told) -> Told:
    return _changed(dice, told, 0.16)


def _sentences(dice: random.Random, told: Told) -> Told:
    def anew(sentence: str) -> str:
        return _sentence(dice, told.names).rstrip(".") if dice.random() < 1 / 3 else sentence

    return replace(told, paragraphs=tuple(". ".join(anew(s) for s in p.split(". ")) for p in told.paragraphs))


def _mixed(dice: random.Random, told: Told) -> Told:
    return _renamed(dice, _reordered(dice, _cut(0.6, told)))


def _same_event(dice: random.Random, told: Told) -> Told:
    quoted = [f"“{p.split('“')[1].split('”')[0]}”" for p in told.paragraphs if "“" in p][:2]
    own = [_paragraph(dice, told.names) for _ in told.paragraphs]
    return replace(told, paragraphs=(*own, *(f"{q} said {told.names[0]}." for q in quoted)))


def _other_with_furniture(dice: random.Random, told: Told) -> Told:
    names = tuple(_name(dice) for _ in range(5))
    own = tuple(_paragraph(dice, names) for _ in range(dice.randint(4, 9)))
    return replace(told, names=names, paragraphs=(*own, *told.paragraphs[-2:]))


def _lifting(dice: random.Random, told: Told) -> Told:
    names = tuple(_name(dice) for _ in range(5))
    own = [_paragraph(dice, names) for _ in range(dice.randint(6, 9))]
    lifted = max(told.paragraphs, key=len)
    return replace(told, names=names, paragraphs=(*own[:3], lifted, *own[3:]))


_TELLERS = {
    Kind.RETITLED: _retitled,
    Kind.CUT_HALF: _cut_half,
    Kind.CUT_THIRD: _cut_third,
    Kind.REORDERED: _reordered,
    Kind.RENAMED: _renamed,
    Kind.REWRITTEN: _rewritten,
    Kind.REWRITTEN_MORE: _rewritten_more,
    Kind.SENTENCES: _sentences,
    Kind.MIXED: _mixed,
    Kind.SAME_EVENT: _same_event,
    Kind.SAME_FURNITURE: _other_with_furniture,
    Kind.LIFTED: _lifting,
}


def _notice(dice: random.Random, frame: int, day: date, in_words: bool) -> Told:
    """Fill the frame of an office's weekly notice: most of its words are always the same."""
    still = random.Random(f"frame/{frame}")
    paragraphs = []
    for _ in range(4):
        words = [_word(still) for _ in range(45)]
        for at in range(3, 45, 9):
            words[at] = _word(dice) if in_words else str(dice.randint(2, 400))
        words[20] = _name(dice)
        paragraphs.append(" ".join(words).capitalize() + ".")
    return Told(f"Weekly notice of office {frame}", tuple(paragraphs), (), day)


def _furniture(site: int) -> tuple[str, str]:
    still = random.Random(f"furniture/{site}")
    return (" ".join(_word(still) for _ in range(40)), " ".join(_word(still) for _ in range(30)))


def _stock(number: int) -> str:
    still = random.Random(f"stock/{number}")
    return " ".join(_word(still) for _ in range(16)).capitalize() + "."


def _paragraph(dice: random.Random, names: tuple[str, ...]) -> str:
    return " ".join(_sentence(dice, names) for _ in range(dice.randint(2, 3)))


def _sentence(dice: random.Random, names: tuple[str, ...]) -> str:
    words = [_word(dice) for _ in range(dice.randint(12, 22))]
    words[dice.randrange(3, 10)] = dice.choice(names)
    if dice.random() < 0.4:
        words[dice.randrange(1, 10)] = str(dice.randint(2, 2000))
    if dice.random() < 0.15:
        return f"“{' '.join(words).capitalize()},” said {dice.choice(names)}."
    return f"{' '.join(words).capitalize()}."


def _word(dice: random.Random) -> str:
    if dice.random() < 0.45:
        return _SMALL[min(int(len(_SMALL) ** dice.random()) - 1, len(_SMALL) - 1)]
    rank = int(_WORDS ** dice.random())
    made = random.Random(rank)
    return "".join(made.choice(_SYLLABLES) for _ in range(made.randint(1, 3))) + made.choice(_ENDS)


def _name(dice: random.Random) -> str:
    return "".join(dice.choice(_SYLLABLES) for _ in range(3)).capitalize() + dice.choice(("vath", "mir", "ren", "dov"))


def _day(dice: random.Random) -> date:
    return FIRST_DAY + timedelta(days=dice.randrange(700))


def _in_cyrillic(told: Told) -> Told:
    title, names = told.title.lower().translate(_CYRILLIC), tuple(n.lower().translate(_CYRILLIC) for n in told.names)
    return replace(
        told, title=title, names=names, paragraphs=tuple(p.lower().translate(_CYRILLIC) for p in told.paragraphs)
    )
