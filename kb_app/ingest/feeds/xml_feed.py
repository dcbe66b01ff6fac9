"""Takes RSS 0.9 to 2.0 and Atom apart: one article an item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from kb_app.core.errors import Failed
from kb_app.ingest.archives.member_names import shown
from kb_app.ingest.feeds.item import Item, given_from_fields, line_of, member_of
from kb_app.ingest.feeds.xml_item import xml_fields, xml_mapping
from kb_app.ingest.feeds.xml_safety import elements, let_go
from kb_app.ingest.media_type import ITEM_XML
from kb_app.ingest.members import Opened, Taken, Trouble
from kb_app.ingest.xml_elements import local_name

_ITEMS = frozenset({"item", "entry"})
_CHANNELS = frozenset({"channel", "feed"})
_REPAIRED = "xml-repaired: The feed is no well-formed XML; what could be read of this item was imported."


@dataclass(slots=True)
class _Channel:
    """What the feed says of itself as far as it was read."""

    title: str = ""
    language: str = ""


def open_feed(opened: Opened) -> Iterator[Taken]:
    """Yield one member an item; raises Refused `xml-entities`, and Failed `corrupt` where there is none."""
    name = shown(opened.name)
    channel, number = _Channel(), 0
    found = elements(opened.stream, name, _ITEMS | {"title", "language"})
    while True:
        try:
            element, broken = next(found)
        except StopIteration:
            break
        except Failed as error:
            if not number:
                raise
            yield Trouble(f"item {number + 1}", error.code, f"{error.sentence} What stood before it was imported.")
            return
        if local_name(element) in _ITEMS:
            number += 1
            yield _member(opened, element, channel, (number, broken))
            let_go(element)
        elif local_name(element.getparent()) in _CHANNELS if element.getparent() is not None else False:
            _note(channel, element)
    if not number:
        raise Failed("no-articles", f"“{name}” is a feed without items, so there is no article in it.")


def _note(channel: _Channel, element: Any) -> None:
    words = line_of("".join(element.itertext()))
    if local_name(element) == "title":
        channel.title = channel.title or words
    else:
        channel.language = channel.language or words


def _member(opened: Opened, element: Any, channel: _Channel, place: tuple[int, bool]) -> Taken:
    number, broken = place
    fields = xml_fields(element)
    given, summary = given_from_fields(fields, xml_mapping(fields))
    if given.publisher and channel.title and given.publisher != channel.title:
        given = replace(given, host=channel.title)
    else:
        given = replace(given, publisher=channel.title)
    given = replace(given, language=given.language or channel.language[:20])
    data = etree.tostring(element, encoding="utf-8", with_tail=False, xml_declaration=False)
    warnings = (_REPAIRED,) if broken else ()
    return member_of(opened, Item(number, data, given, summary, ITEM_XML, warnings), "feed")
