"""Makes any number of invented wire-style articles, the same ones every time.

People, places, ministries and agencies are put together from syllables and exist nowhere. An article has some 300
to 450 words, three to six people, reported speech and relative dates; one in twenty is a reprint of another.
"""

from __future__ import annotations

import html
import json
import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

FIRST_DAY = date(2023, 1, 2)
DAYS = 730
PEOPLE = 3_000
_FIRST = (
    *("Anto", "Bela", "Cyra", "Dara", "Edvin", "Feodra", "Goran", "Halina", "Ivo", "Jorun", "Kasimir", "Lenka"),
    *("Milan", "Nadja", "Orest", "Petra", "Rado", "Selma", "Tomas", "Ulrika", "Vesna", "Wanda", "Yaro", "Zora"),
)
_BEGIN = (
    *("Bal", "Cor", "Dren", "Fal", "Gor", "Hav", "Jal", "Kor", "Lum", "Mar"),
    *("Nes", "Ost", "Pel", "Rav", "Sav", "Tel", "Ur", "Vel", "Zar"),
)
_MIDDLE = ("a", "e", "i", "o", "an", "en", "in", "ov", "ar", "el")
_SURNAME_END = ("dic", "vath", "mann", "tski", "ren", "sson", "lin", "berg", "dov", "nik", "ros", "mir")
_PLACE_END = ("mark", "grad", "stad", "port", "ford", "burg", "haven", "field")
_LAND_END = ("ia", "land", "stan", "onia")
_FIELDS = ("Interior", "Foreign", "Defence", "Justice", "Finance", "Health", "Energy", "Transport")
_AGENCIES = ("Vardpress", "Inland News Agency", "Estuary Wire", "Meridian Press", "Courier News Service")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_OFFICES = ("minister", "deputy minister", "spokesman", "spokeswoman", "ambassador", "mayor", "governor", "director")
_DEEDS = (
    "met {other} in {place} on {weekday}",
    "arrived in {place} {when} for talks with {other}",
    "was detained in {place} {when}",
    "was appointed head of the {ministry} {when}",
    "will visit {place} next week",
    "resigned {when} after protests in {place}",
    "signed an agreement with {other} in {place} on {day}",
    "accused the {ministry} of delaying the work in {place}",
)
_WORDS = (
    "We will not give up the river, whatever the council decides",
    "The agreement opens a new chapter for both countries",
    "Nobody was told about the order before it was carried out",
    "There is no plan to change the law this year",
    "The courts have to decide, not the street",
    "Everything that could be said about the dam has been said",
)
_PLAIN = (
    "The road between the two towns stayed closed for most of the day, and buses were sent around the lake.",
    "Prices of grain and fuel have risen for three months in a row, according to figures published by the bank.",
    "Shops in the old town opened late, and the market on the square was smaller than in other weeks.",
    "The report, which runs to more than two hundred pages, was handed to the committee without its annexes.",
    "Several hundred people gathered in front of the building; the police counted fewer than the organisers.",
    "Work on the second bridge is behind schedule because parts from abroad did not arrive in time.",
)


@dataclass(frozen=True, slots=True)
class Story:
    """An invented article in its parts."""

    number: int
    title: str
    agency: str
    byline: str
    place: str
    published: date
    paragraphs: tuple[str, ...]


def story(number: int, seed: int = 1) -> Story:
    """Invent the article of this number; each twentieth is another agency's reprint of an earlier one."""
    if number % 20 == 19:
        earlier = story(number - 7, seed)
        agency = _AGENCIES[(_AGENCIES.index(earlier.agency) + 1) % len(_AGENCIES)]
        return replace(earlier, number=number, agency=agency)
    dice = random.Random(f"{seed}/{number}")
    published = FIRST_DAY + timedelta(days=dice.randrange(DAYS))
    land, place = _land(dice), _place(dice)
    cast = [_person(_often(dice)) for _ in range(dice.randint(3, 5))]
    ministry = f"{dice.choice(_FIELDS)} Ministry"
    lead = cast[0]
    deed = _deed(dice, cast, ministry, published)
    office = f"{land} {dice.choice(_FIELDS)} {dice.choice(_OFFICES)}"
    paragraphs = [f"{office} {lead} {deed}, the {ministry} said in a statement."]
    paragraphs += [_paragraph(dice, cast, ministry, published) for _ in range(dice.randint(7, 11))]
    title = f"{lead.split()[-1]} {_deed(dice, cast, ministry, published)}"
    return Story(number, title, dice.choice(_AGENCIES), _person(_often(dice)), place, published, tuple(paragraphs))


def as_text(told: Story) -> str:
    """Give the article as an agency would send it."""
    day = f"{told.published:%B} {told.published.day}"
    head = f"{told.title}\n\nBy {told.byline}\n{day}, {told.published.year}\n\n"
    body = "\n\n".join(told.paragraphs)
    return f"{head}{told.place.upper()}, {day} ({told.agency}) - {body}\n\nReport no. {told.number}\n"


def as_page(told: Story) -> str:
    """Give the article as a site would show it: with menus, teasers and metadata around it, some 20 kB."""
    known = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": told.title,
        "datePublished": f"{told.published}T08:30:00Z",
        "author": {"@type": "Person", "name": told.byline},
        "publisher": {"@type": "Organization", "name": told.agency},
    }
    menu = "".join(
        f'<li><a href="/section/{n}" class="menu-item menu-item-{n}">Section {n}</a></li>' for n in range(30)
    )
    teasers = "".join(_teaser(told, n) for n in range(40))
    body = "".join(f'<p class="article-paragraph">{html.escape(words)}</p>\n' for words in told.paragraphs)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{html.escape(told.title)}</title>\n'
        f'<script type="application/ld+json">{json.dumps(known)}</script></head>\n<body><nav><ul>{menu}</ul></nav>\n'
        f"<main><article><h1>{html.escape(told.title)}</h1><p class=byline>By {told.byline}</p>\n"
        f"{body}</article></main>\n"
        f"<aside>{teasers}</aside><footer>Report no. {told.number}. All rights reserved.</footer></body></html>\n"
    )


def write_articles(folder: Path, count: int, kind: str = "text", seed: int = 1) -> None:
    """Write articles as files, 1,000 a folder; `kind` is text or html."""
    for number in range(count):
        inner = folder / f"{number // 1000:03}"
        inner.mkdir(parents=True, exist_ok=True)
        told = story(number, seed)
        if kind == "html":
            (inner / f"{number:06}.html").write_text(as_page(told), encoding="utf-8")
        else:
            (inner / f"{number:06}.txt").write_text(as_text(told), encoding="utf-8")


def _often(dice: random.Random) -> int:
    # a few people are in the news every day and most of them once: about as 1/rank
    return min(int(PEOPLE ** dice.random()) - 1, PEOPLE - 1)


def _person(rank: int) -> str:
    dice = random.Random(f"person/{rank}")
    return f"{dice.choice(_FIRST)} {dice.choice(_BEGIN)}{dice.choice(_MIDDLE)}{dice.choice(_SURNAME_END)}"


def _place(dice: random.Random) -> str:
    return f"{dice.choice(_BEGIN)}{dice.choice(_MIDDLE)}{dice.choice(_PLACE_END)}"


def _land(dice: random.Random) -> str:
    return f"{dice.choice(_BEGIN)}{dice.choice(_MIDDLE)}{dice.choice(_LAND_END)}"


def _deed(dice: random.Random, cast: list[str], ministry: str, published: date) -> str:
    day = published - timedelta(days=dice.randint(1, 20))
    return dice.choice(_DEEDS).format(
        other=dice.choice(cast[1:]),
        place=_place(dice),
        weekday=dice.choice(_WEEKDAYS),
        when=dice.choice(("yesterday", "last week", "on Friday", "two days ago", "in early March")),
        ministry=ministry,
        day=f"{day.day} {day:%B}",
    )


def _paragraph(dice: random.Random, cast: list[str], ministry: str, published: date) -> str:
    who = dice.choice(cast)
    short = who.split()[-1]
    sentences = [dice.choice(_PLAIN)]
    match dice.randrange(4):
        case 0:
            sentences.append(
                f"“{dice.choice(_WORDS)},” {who} told {dice.choice(_AGENCIES)} on {dice.choice(_WEEKDAYS)}."
            )
        case 1:
            sentences.append(f"{short} said that the {ministry} had known about it since {published:%B}.")
        case 2:
            sentences.append(f"{who} {_deed(dice, cast, ministry, published)}.")
        case _:
            sentences.append(f"According to {short}, the talks in {_place(dice)} will go on until next Thursday.")
    sentences.append(dice.choice(_PLAIN))
    return " ".join(sentences)


def _teaser(told: Story, number: int) -> str:
    other = story_title(told.number * 41 + number)
    return (
        f'<div class="teaser teaser-{number}"><a href="/article/{number}"><img src="/pictures/{number}.jpg" alt="">'
        f'<h3 class="teaser-title">{html.escape(other)}</h3></a><p class="teaser-text">Read more in our section '
        f"about the region, with pictures and comments of our readers.</p></div>\n"
    )


def story_title(number: int) -> str:
    """Invent a headline alone."""
    dice = random.Random(f"title/{number}")
    return f"{_person(_often(dice))} travels to {_place(dice)}"
