"""Where the article begins and ends among the chosen blocks: its first lines, and what a page sets behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb_app.ingest.html_boxes import Boxes
from kb_app.ingest.html_offsets import Block, VisibleText
from kb_app.ingest.html_tags import HEADINGS
from kb_app.ingest.lines import Kind, kind_of

_LEAD_LABEL = re.compile(
    r"(?:^|[\s_-])(?:standfirst|lead|lede|leadin|intro\w*|dek|deck|summary|abstract|excerpt|strap(?:line)?|sub-?(?:title|head\w*|line)"
    r"|subtitulo|bajada|entradilla|chapo|chapeau|vorspann|teaser|ingress|lid|anons)(?:$|[\s_-])"
)
_LEAD_CHARACTERS = range(40, 500)
_LEAD_BLOCKS = 10
_SENTENCE_ENDS = re.compile(r"[.!?…]['\"”’»)]*$")
_STAMP = re.compile(r"\d{1,2}[.:h]\d\d(?::\d\d)?(?:\s*(?:[ap]\.?m\.?|uhr))?(?:\s*[A-Z]{2,4})?", re.IGNORECASE)
_LINKED_LITTLE = 0.3
_LINKED_PARTLY = 0.15
_LINKED_WHOLLY = 0.8
_LINKED_ALL = 0.95
_LINK_CHARACTERS = 25
_SHORT = 300
_CARD_BLOCKS = 5
_CARD_CHARACTERS = 600
_CARD_LEVELS = 3
_TITLE_REACH = 5  # a byline stands so near below the title of another article
_ROUNDS = 3
_BRANCH_CHARACTERS = 600
_ENOUGH = 150  # fewer characters left: it was a list of links that was asked for


def lead_blocks(page: VisibleText, title: int, first: int, boxes: Boxes) -> list[int]:
    """Return the blocks between title and body that are the article's first words, set apart from the rest."""
    window = range(max(title + 1, first - _LEAD_BLOCKS), first) if title >= 0 else range(0)
    return [n for n in window if _is_lead(page, page.blocks[n], boxes)]


def _is_lead(page: VisibleText, block: Block, boxes: Boxes) -> bool:
    words = page.words(block)
    if len(words) not in _LEAD_CHARACTERS or block.linked > _LINKED_LITTLE * len(words) or boxes.is_promotion(block):
        return False
    if kind_of(words) is not Kind.WORDS or page.tag(block) in ("li", "td", "button", "label", "noscript", "option"):
        return False
    labelled = any(_LEAD_LABEL.search(e.label) for e in list(page.ancestors(block.element))[:2] if e.attributes)
    return labelled or (page.tag(block) == "p" and bool(_SENTENCE_ENDS.search(words)))


def is_stamp(page: VisibleText, block: Block) -> bool:
    """Tell whether a block is a time of day and nothing else, as above the entries of a live report."""
    return bool(_STAMP.fullmatch(page.words(block))) and page.tag(block) not in ("td", "th", "li")


def leads_elsewhere(page: VisibleText, block: Block) -> bool:
    """Tell whether a paragraph is nothing but a link, as sites set between those of an article."""
    size = len(block.span)
    return size >= _LINK_CHARACTERS and block.linked >= _LINKED_ALL * size and page.tag(block) in ("p", "div")


def article_end(page: VisibleText, body: Sequence[int], title: int, boxes: Boxes) -> int:
    """Return how many of the body's blocks are the article: behind it stand teasers, contacts, the next article."""
    end = _before_next_article(page, body, title)
    cards = _Cards(page, title)
    main = boxes.main_element()
    for _ in range(_ROUNDS):
        before = end
        while end > 1 and boxes.is_promotion(page.blocks[body[end - 1]]):
            end -= 1
        end = _before_links(page, body[:end], cards)
        end = _before_branch(page, body[:end], main)
        if end == before:
            break
    return end


def _before_next_article(page: VisibleText, body: Sequence[int], title: int) -> int:
    if title < 0 or page.tag(page.blocks[title]) != "h1":
        return len(body)
    for number in range(body[0] + 1 if body else 0, body[-1] if body else 0):
        block = page.blocks[number]
        if number > title and page.tag(block) == "h1" and page.words(block) != page.words(page.blocks[title]):
            below = page.blocks[number + 1 : number + 1 + _TITLE_REACH]
            if any(kind_of(page.words(other)) is Kind.BYLINE for other in below):
                return max(1, sum(n < number for n in body))
    return len(body)


def _before_links(page: VisibleText, body: Sequence[int], cards: _Cards) -> int:
    end, links, wholly = len(body), 0, False
    while end > 1:
        block = page.blocks[body[end - 1]]
        is_whole = block.linked >= _LINKED_WHOLLY * len(block.span)
        opens = block.opens_with_link and block.linked >= _LINKED_PARTLY * len(block.span) and len(block.span) <= _SHORT
        if not (is_whole or opens or cards.holds(body[end - 1])):
            break
        links, wholly, end = links + 1, wholly or is_whole, end - 1
    left = sum(len(page.blocks[n].span) for n in body[:end])
    return end if (links > 1 or wholly) and left >= _ENOUGH else len(body)


def _before_branch(page: VisibleText, body: Sequence[int], main: int) -> int:
    """Leave out the little that follows the article's own element in another one with a heading of its own."""
    end = len(body)
    while end > 1 and main not in _chain(page, body[end - 1]):
        end -= 1
    rest = sum(len(page.blocks[n].span) for n in body[end:])
    if end == 1 or not 0 < rest <= _BRANCH_CHARACTERS:
        return len(body)
    own = _up(page, main)
    branch = next((e for e in reversed(_chain(page, body[end])) if e not in own), 0)
    first = next((n for n, block in enumerate(page.blocks) if branch in _up(page, block.element)), -1)
    headed = first >= 0 and page.tag(page.blocks[first]) in HEADINGS
    return end if branch and headed and not _is_sibling(page, branch, own) else len(body)


def _is_sibling(page: VisibleText, branch: int, own: Sequence[int]) -> bool:
    """Tell whether an element is of the same kind as the one beside it that holds the article: its next part."""
    one = page.elements[branch]
    others = (page.elements[e] for e in own if page.elements[e].parent == one.parent)
    return any((o.tag, o.attribute("class")) == (one.tag, one.attribute("class")) for o in others)


def _chain(page: VisibleText, number: int) -> list[int]:
    return _up(page, page.blocks[number].element)


def _up(page: VisibleText, element: int) -> list[int]:
    found = []
    while element >= 0:
        found.append(element)
        element = page.elements[element].parent
    return found


class _Cards:
    """Finds teasers: small elements that begin with a link, as a headline does that leads to another article."""

    def __init__(self, page: VisibleText, title: int) -> None:
        self._page, self._title = page, title
        count = len(page.elements)
        self._first, self._last = [len(page.blocks)] * count, [-1] * count
        for number, block in enumerate(page.blocks):
            self._first[block.element] = min(self._first[block.element], number)
            self._last[block.element] = number
        for number in range(count - 1, 0, -1):
            parent = page.elements[number].parent
            self._first[parent] = min(self._first[parent], self._first[number])
            self._last[parent] = max(self._last[parent], self._last[number])

    def holds(self, number: int) -> bool:
        """Tell whether a block lies in a teaser."""
        for element in _chain(self._page, number)[: _CARD_LEVELS + 1]:
            first, last = self._first[element], self._last[element]
            size = self._page.blocks[last].span.end - self._page.blocks[first].span.start
            if last - first >= _CARD_BLOCKS or size > _CARD_CHARACTERS or first <= self._title <= last:
                return False
            opening = self._page.blocks[first]
            if first != number and opening.linked >= _LINKED_WHOLLY * len(opening.span):
                return True
        return False
