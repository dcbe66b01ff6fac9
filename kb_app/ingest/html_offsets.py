"""The visible text of a page with the place of every character in the decoded source."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise

from kb_app.core.article import OffsetSegment
from kb_app.core.passage import Span
from kb_app.ingest.html_tags import BLOCKS, CLOSED_BY, ENDS_PARAGRAPH, RAW_TEXT, UNSEEN, VOID

# possessive repeats cannot go back over what they took, so that broken markup costs no time
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]{0,60}+)((?:[^>"']++|"[^"]{0,200000}+"|'[^']{0,200000}+'){0,2000}+)>""")
_TAG_NAME = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,60}+)")
_ENTITY = r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});|&#[0-9]{1,8}|&"
_ATTRIBUTE = re.compile(r"""([^\s=/"'>]{1,100})(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_ATTRIBUTE_CHARACTERS = 20_000
_INVISIBLE = "\u00ad\ufeff"  # soft hyphen, byte order mark
# words with single blanks between them are one run: nothing in them changes
_RUN = re.compile(rf"[^\s{_INVISIBLE}&]++(?: [^\s{_INVISIBLE}&]++)*+|[\s{_INVISIBLE}]+|{_ENTITY}")
_DEEPEST = 2000  # elements open at once; deeper ones are read without their names
_MANY = 2000  # characters of attributes from which on they are counted
_BROKEN_TAGS = 100  # after so many that never end properly, quotes are no longer looked at
_MARKED = re.compile(r"itemprop|author|byline|date|time|publish|rel\s*=", re.IGNORECASE)


@dataclass(slots=True)
class Element:
    """An element: its name, attributes as written, and the number of the one it lies in."""

    tag: str
    attributes: str
    parent: int
    depth: int
    _label: str | None = None

    def attribute(self, name: str) -> str:
        """Return an attribute's value, "" when absent."""
        for found in _ATTRIBUTE.finditer(self.attributes[:_ATTRIBUTE_CHARACTERS]):
            if found[1].lower() == name:
                return unescape(found[2] or found[3] or found[4] or "").strip()
        return ""

    def has(self, name: str) -> bool:
        """Tell whether an attribute is there, with or without a value."""
        return any(found[1].lower() == name for found in _ATTRIBUTE.finditer(self.attributes[:_ATTRIBUTE_CHARACTERS]))

    @property
    def label(self) -> str:
        """Return class and id in lower case."""
        if self._label is None:
            self._label = f"{self.attribute('class')} {self.attribute('id')}".lower() if self.attributes else ""
        return self._label


@dataclass(frozen=True, slots=True)
class Block:
    """Visible text between two block borders; `element` is the innermost block element's number."""

    span: Span
    element: int
    linked: int = 0  # how many of its characters are links
    opens_with_link: bool = False


@dataclass(slots=True)
class VisibleText:
    """What a reader sees of a page: characters, their places in the source, blocks, elements, and what is unseen."""

    text: str = ""
    places: array[int] = field(default_factory=lambda: array("I"))
    jumps: list[int] = field(default_factory=list)  # characters that do not stand right behind the one before
    blocks: list[Block] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    heads: list[Element] = field(default_factory=list)  # meta and link elements
    data_scripts: list[Span] = field(default_factory=list)  # JSON-LD in the source
    unread: list[Span] = field(default_factory=list)  # other scripts, styles and comments in the source
    marked: list[tuple[int, Span]] = field(default_factory=list)  # elements whose attributes speak of the article
    deepest: int = 0
    most_attributes: int = 0  # in one tag, counted where there may be very many

    def words(self, block: Block) -> str:
        """Return a block's text."""
        return block.span.of(self.text)

    def tag(self, block: Block) -> str:
        """Return the name of a block's element."""
        return self.elements[block.element].tag

    def ancestors(self, element: int) -> Iterable[Element]:
        """Yield an element and those it lies in, from the inside out."""
        while element >= 0:
            yield self.elements[element]
            element = self.elements[element].parent


def visible_text(source: str, hidden: bool = False) -> VisibleText:
    """Read a page's source once from front to back, without building a tree; `hidden` reads what is hidden at first."""
    return _Reader(source, hidden).read()


class _Reader:
    """Collects characters, places and blocks while it walks over the source."""

    def __init__(self, source: str, hidden: bool) -> None:
        self._source = source
        self._reads_hidden = hidden
        self._page = VisibleText(elements=[Element("#page", "", -1, 0)])
        self._open: list[int] = [0]
        self._marks: dict[int, int] = {}
        self._pieces: list[str] = []
        self._length = 0
        self._start = 0
        self._ends_blank = True
        self._linked = 0
        self._links = 0
        self._opens = False
        self._hidden: int | None = None  # how many elements were open when an unseen one began
        self._after_break = False
        self._broken = 0
        self._last_end = source.rfind(">")

    def read(self) -> VisibleText:
        source, at, end = self._source, 0, len(self._source)
        while at < end:
            opening = source.find("<", at)
            if opening < 0:
                self._text(at, end)
                break
            if opening > at:
                self._text(at, opening)
            at = self._markup(opening)
        self._pop_to(1)
        self._end_block()
        self._page.text = "".join(self._pieces)
        return self._page

    def _markup(self, at: int) -> int:
        """Handle what begins with "<" and return where it ends."""
        source = self._source
        if source.startswith("<!--", at):
            return self._unread(at, self._after("-->", at + 4))
        if source.startswith("<![CDATA[", at):
            closing = self._after("]]>", at)
            self._text(at + 9, max(at + 9, closing - 3))
            return closing
        if source.startswith(("<!", "<?"), at):
            return self._after(">", at + 2)
        name, closes, attributes, end = self._tag_at(at)
        if not name:
            self._text(at, at + 1)
            return at + 1
        if closes:
            self._close(name)
            return end
        if len(attributes) > _MANY:
            self._page.most_attributes = max(
                self._page.most_attributes, attributes.count("="), attributes.count('"') // 2
            )
        self._begin(name, attributes)
        return self._raw(name, attributes, end) if name in RAW_TEXT and not attributes.endswith("/") else end

    def _tag_at(self, at: int) -> tuple[str, bool, str, int]:
        whole = at < self._last_end and self._broken < _BROKEN_TAGS
        found = _TAG.match(self._source, at) if whole else None
        if found:
            return found[2].lower(), bool(found[1]), found[3], found.end()
        start = _TAG_NAME.match(self._source, at)
        if start is None or start.end() > self._last_end:
            return "", False, "", at
        self._broken += 1
        end = self._source.find(">", start.end())
        return start[2].lower(), bool(start[1]), self._source[start.end() : end], end + 1

    def _after(self, mark: str, at: int) -> int:
        found = self._source.find(mark, at)
        return len(self._source) if found < 0 else found + len(mark)

    def _unread(self, start: int, end: int) -> int:
        self._page.unread.append(Span(start, end))
        return end

    def _raw(self, name: str, attributes: str, at: int) -> int:
        closing = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self._source, at)
        end = closing.start() if closing else len(self._source)
        if name == "title":
            self._text(at, end)
        elif name == "script" and "ld+json" in attributes.lower():
            self._page.data_scripts.append(Span(at, end))
        else:
            self._unread(at, end)
        return end

    def _begin(self, name: str, attributes: str) -> None:
        if name in ENDS_PARAGRAPH and self._is_open("p", ("td", "th", "button", "object")):
            self._close("p")
        closed, border = CLOSED_BY.get(name, ((), ()))
        for other in closed:
            if self._is_open(other, border):
                self._close(other)
        if name == "br":
            self._break()
            return
        if name in BLOCKS:
            self._end_block()
        if name in ("meta", "link") or (name == "img" and "itemprop" in attributes):
            self._page.heads.append(Element(name, attributes, self._open[-1], len(self._open)))
        elif name not in VOID and len(self._open) < _DEEPEST:
            self._push(name, attributes)

    def _push(self, name: str, attributes: str) -> None:
        element = Element(name, attributes, self._open[-1], len(self._open))
        self._page.elements.append(element)
        number = len(self._page.elements) - 1
        self._open.append(number)
        self._page.deepest = max(self._page.deepest, len(self._open))
        if name == "a":
            self._links += 1
        if name == "time" or (attributes and _MARKED.search(attributes)):
            self._marks[number] = self._length
        if self._hidden is None and (name in UNSEEN or (not self._reads_hidden and _is_hidden(element))):
            self._hidden = len(self._open)

    def _is_open(self, name: str, border: tuple[str, ...]) -> bool:
        for number in reversed(self._open[-12:]):
            tag = self._page.elements[number].tag
            if tag == name:
                return True
            if tag in border:
                return False
        return False

    def _close(self, name: str) -> None:
        if name in BLOCKS:
            self._end_block()
        for place in range(len(self._open) - 1, max(0, len(self._open) - 400), -1):
            if self._page.elements[self._open[place]].tag == name:
                self._pop_to(place)
                return

    def _pop_to(self, place: int) -> None:
        for number in self._open[place:]:
            if self._page.elements[number].tag == "a":
                self._links -= 1
            if number in self._marks:
                self._page.marked.append((number, Span(self._marks.pop(number), self._length)))
        del self._open[place:]
        if self._hidden is not None and len(self._open) < self._hidden:
            self._hidden = None

    def _break(self) -> None:
        # one line break is a blank in a paragraph, two are a new paragraph
        if self._after_break:
            self._end_block()
        elif self._length > self._start and not self._ends_blank:
            self._add(" ", (self._page.places[-1],))
            self._ends_blank = self._after_break = True

    def _text(self, start: int, end: int) -> None:
        if self._hidden is not None:
            return
        for run in _RUN.finditer(self._source, start, end):
            words = run[0]
            if words[0] == "&":
                self._entity(words, run.start())
            elif words[0].isspace() or words[0] in _INVISIBLE:
                self._blank(words, run.start())
            else:
                self._words(words, range(run.start(), run.end()))

    def _words(self, words: str, places: Sequence[int]) -> None:
        self._add(words, places)
        self._ends_blank = self._after_break = False

    def _blank(self, words: str, at: int) -> None:
        if not self._ends_blank and any(character not in _INVISIBLE for character in words):
            self._add(" ", (at,))
            self._ends_blank = True

    def _entity(self, written: str, at: int) -> None:
        decoded = unescape(written)
        if decoded == written or len(decoded) > 2:
            # no entity ("AT&T"), or one without its semicolon and words behind it
            self._words(written, range(at, at + len(written)))
            return
        for character in decoded:
            if character.isspace() or character in _INVISIBLE:
                self._blank(character, at)
            else:
                self._words(character, (at,))

    def _add(self, words: str, places: Sequence[int]) -> None:
        if not self._page.places or self._page.places[-1] + 1 != places[0]:
            self._page.jumps.append(self._length)
        if self._length == self._start:
            self._opens = self._links > 0
        self._pieces.append(words)
        self._page.places.extend(places)
        self._length += len(words)
        if self._links > 0:
            self._linked += len(words)

    def _end_block(self) -> None:
        self._after_break = False
        end = self._length - 1 if self._ends_blank and self._length > self._start else self._length
        if end > self._start:
            linked = min(self._linked, end - self._start)
            self._page.blocks.append(Block(Span(self._start, end), self._block_element(), linked, self._opens))
        self._start = self._length
        self._linked = 0
        self._ends_blank = True

    def _block_element(self) -> int:
        for number in reversed(self._open):
            if number == 0 or self._page.elements[number].tag in BLOCKS:
                return number
        return 0


def _is_hidden(element: Element) -> bool:
    if not element.attributes or element.tag in ("body", "html"):
        return False
    attributes = element.attributes.lower()
    if "hidden" in attributes and (element.has("hidden") or element.attribute("aria-hidden") == "true"):
        return True
    if "display" in attributes and "none" in attributes:
        return bool(re.search(r"display\s*:\s*none", element.attribute("style").lower()))
    return False


def segments_of(pieces: Iterable[tuple[int, Span]], page: VisibleText) -> tuple[OffsetSegment, ...]:
    """Return the map from clean text to source for pieces (start in the clean text, span in the visible text)."""
    segments: list[OffsetSegment] = []
    for start, span in pieces:
        inside = page.jumps[bisect_right(page.jumps, span.start) : bisect_left(page.jumps, span.end)]
        borders = [span.start, *inside, span.end]
        for run, end in pairwise(borders):
            if run < end:
                segments.append(OffsetSegment(start + run - span.start, end - run, page.places[run]))
    return tuple(segments)
