"""The visible text of a page with the place of every character in the decoded source."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape

from kb_app.core.article import OffsetSegment
from kb_app.core.passage import Span

BLOCKS = frozenset(
    (
        "address article aside blockquote body button caption center cite-block dd details dialog dir div dl dt "
        "fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main "
        "menu nav ol option p pre section select summary table tbody td tfoot th thead tr ul head title noscript "
        "video audio iframe object svg textarea label"
    ).split()
)
_VOID = frozenset(("area base br col embed hr img input link meta param source track wbr").split())
_UNSEEN = frozenset(("script style template svg math iframe object noframes textarea select datalist canvas").split())
_RAW_TEXT = frozenset(["script", "style", "textarea", "title", "noframes", "iframe", "xmp"])
# what an opening tag closes by itself (HTML standard, optional tags)
_CLOSED_BY = {
    "li": ("li", ("ul", "ol", "menu")),
    "dt": ("dd dt", ("dl",)),
    "dd": ("dd dt", ("dl",)),
    "tr": ("td th tr", ("table",)),
    "td": ("td th", ("tr", "table")),
    "th": ("td th", ("tr", "table")),
    "option": ("option", ("select",)),
}
_ENDS_PARAGRAPH = BLOCKS - {
    "button",
    "label",
    "option",
    "noscript",
    "object",
    "video",
    "audio",
    "iframe",
    "svg",
    "select",
    "textarea",
}
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>\x00]{0,60})((?:[^>\"']|\"[^\"]{0,100000}\"|'[^']{0,100000}'){0,100000})>")
_SIMPLE_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,60})([^>]{0,4000})>")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_ATTRIBUTE = re.compile(r"""([^\s=/"'>]{1,100})(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_INVISIBLE = "\u00ad\ufeff"  # soft hyphen, byte order mark
_DEEPEST = 2000  # elements open at once; deeper ones are read without their names


@dataclass(slots=True)
class Element:
    """An open or closed element: its name, attributes as written, parent's number and where its inside begins."""

    tag: str
    attributes: str
    parent: int
    depth: int

    def attribute(self, name: str) -> str:
        """Return an attribute's value, "" when absent."""
        for found in _ATTRIBUTE.finditer(self.attributes[:20_000]):
            if found[1].lower() == name:
                return unescape(found[2] or found[3] or found[4] or "")
        return ""

    def has(self, name: str) -> bool:
        """Tell whether an attribute is there, with or without a value."""
        return any(found[1].lower() == name for found in _ATTRIBUTE.finditer(self.attributes[:20_000]))


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of visible text between two block borders; `element` is the number of the innermost block element."""

    span: Span
    element: int
    linked: int = 0  # how many of its characters are links


@dataclass(slots=True)
class VisibleText:
    """What a reader sees of a page: characters, their places in the source, blocks and elements."""

    text: str = ""
    places: array[int] = field(default_factory=lambda: array("L"))
    blocks: list[Block] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    deepest: int = 0

    def words(self, block: Block) -> str:
        """Return a block's text."""
        return block.span.of(self.text)

    def ancestors(self, element: int) -> Iterable[Element]:
        """Yield an element and those it lies in, from the inside out."""
        while element >= 0:
            yield self.elements[element]
            element = self.elements[element].parent


def visible_text(source: str) -> VisibleText:
    """Read a page's source once from front to back, without building a tree."""
    return _Reader(source).read()


class _Reader:
    """Collects characters, places and blocks while it walks over the source."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._page = VisibleText(elements=[Element("#page", "", -1, 0)])
        self._open: list[int] = [0]
        self._characters: list[str] = []
        self._start = 0
        self._linked = 0
        self._links = 0
        self._hidden: int | None = None  # how many elements were open when an unseen one began
        self._pending_break = False

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
        self._end_block()
        self._page.text = "".join(self._characters)
        return self._page

    def _markup(self, at: int) -> int:
        """Handle what begins with "<" and return where it ends."""
        source = self._source
        if source.startswith("<!--", at):
            return self._after("-->", at + 4)
        if source.startswith("<![CDATA[", at):
            closing = source.find("]]>", at)
            closing = len(source) if closing < 0 else closing
            self._text(at + 9, closing)
            return closing + 3
        if source.startswith(("<!", "<?"), at):
            return self._after(">", at + 2)
        found = _TAG.match(source, at) or _SIMPLE_TAG.match(source, at)
        if found is None:
            self._text(at, at + 1)
            return at + 1
        name = found[2].lower()
        if found[1]:
            self._close(name)
            return found.end()
        self._begin(name, found[3])
        if name in _RAW_TEXT and not found[3].endswith("/"):
            return self._raw(name, found.end())
        return found.end()

    def _after(self, mark: str, at: int) -> int:
        found = self._source.find(mark, at)
        return len(self._source) if found < 0 else found + len(mark)

    def _raw(self, name: str, at: int) -> int:
        closing = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self._source, at)
        end = closing.start() if closing else len(self._source)
        if name == "title":
            self._text(at, end)
        return end

    def _begin(self, name: str, attributes: str) -> None:
        if name in _ENDS_PARAGRAPH and self._is_open("p", ("td", "th", "button", "object")):
            self._close("p")
        if name in _CLOSED_BY:
            closed, border = _CLOSED_BY[name]
            for other in closed.split():
                if self._is_open(other, border):
                    self._close(other)
        if name == "br":
            self._break()
            return
        if name in BLOCKS:
            self._end_block()
        if name in _VOID:
            return
        if len(self._open) < _DEEPEST:
            self._push(name, attributes)

    def _push(self, name: str, attributes: str) -> None:
        element = Element(name, attributes, self._open[-1], len(self._open))
        self._page.elements.append(element)
        self._open.append(len(self._page.elements) - 1)
        self._page.deepest = max(self._page.deepest, len(self._open))
        if name == "a":
            self._links += 1
        if self._hidden is None and (name in _UNSEEN or _is_hidden(element)):
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
        del self._open[place:]
        if self._hidden is not None and len(self._open) < self._hidden:
            self._hidden = None

    def _break(self) -> None:
        # one line break is a space in a paragraph, two are a new paragraph
        if self._pending_break:
            self._end_block()
            return
        if len(self._characters) > self._start:
            self._append(" ", max(0, self._page.places[-1]))
            self._pending_break = True

    def _text(self, start: int, end: int) -> None:
        if self._hidden is not None:
            return
        source, at = self._source, start
        while at < end:
            ampersand = source.find("&", at, end)
            stop = end if ampersand < 0 else ampersand
            self._plain(at, stop)
            if ampersand < 0:
                return
            entity = _ENTITY.match(source, ampersand, end)
            decoded = unescape(entity[0]) if entity else "&"
            if entity and decoded != entity[0]:
                for character in decoded:
                    self._append(character, ampersand)
                at = entity.end()
            else:
                self._append("&", ampersand)
                at = ampersand + 1

    def _plain(self, start: int, end: int) -> None:
        for place in range(start, end):
            self._append(self._source[place], place)

    def _append(self, character: str, place: int) -> None:
        characters = self._characters
        if character.isspace() or character in _INVISIBLE:
            if character in _INVISIBLE or len(characters) == self._start or characters[-1] == " ":
                return
            character = " "
        else:
            self._pending_break = False
        characters.append(character)
        self._page.places.append(place)
        if self._links:
            self._linked += 1

    def _end_block(self) -> None:
        self._pending_break = False
        end = len(self._characters)
        if end > self._start and self._characters[-1] == " ":
            end -= 1
        if end > self._start:
            self._page.blocks.append(
                Block(Span(self._start, end), self._block_element(), min(self._linked, end - self._start))
            )
        self._start = len(self._characters)
        self._linked = 0

    def _block_element(self) -> int:
        for number in reversed(self._open):
            tag = self._page.elements[number].tag
            if tag in BLOCKS or number == 0:
                return number
        return 0


def _is_hidden(element: Element) -> bool:
    if not element.attributes:
        return False
    attributes = element.attributes.lower()
    if (
        "hidden" in attributes
        and (element.has("hidden") or element.attribute("aria-hidden") == "true")
        and element.tag != "body"
    ):
        return True
    if "display" in attributes and "none" in attributes and element.tag != "body":
        return bool(re.search(r"display\s*:\s*none", element.attribute("style").lower()))
    return False


def segments_of(pieces: Iterable[tuple[int, Span]], page: VisibleText) -> tuple[OffsetSegment, ...]:
    """Return the map from clean text to source for pieces (start in the clean text, span in the visible text)."""
    segments: list[OffsetSegment] = []
    for start, span in pieces:
        run = span.start
        for at in range(span.start + 1, span.end + 1):
            if at == span.end or page.places[at] != page.places[at - 1] + 1:
                segments.append(OffsetSegment(start + run - span.start, at - run, page.places[run]))
                run = at
    return tuple(segments)
