"""Which parts of a page serve the site and not its article: menus, related links, newsletter boxes, comments."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from kb_app.ingest.html_offsets import Block, VisibleText
from kb_app.ingest.html_tags import AROUND_THE_ARTICLE

_APART = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|sidebar|footer|related|recirc|recommend\w*|promo\w*|newsletter|subscribe|subscription"
    r"|share|sharing|social|teaser\w*|most-?read|mostread|most-?viewed|trending|popular|ads?|advert\w*|sponsor\w*|banner"
    r"|paywall|widget|outbrain|taboola|tags?|taglist|more-on|also-?read|read-?more|read-?also|see-?also|lire-aussi|lesen-sie-auch"
    r"|donat\w*|offers?|(?:author|about)-(?:bio|box)|signup|sign-up|modal|popup|toolbar|pagination|skip|crumbs|print|tools)(?:$|[\s_-])"
)
_TALK = re.compile(
    r"(?:^|[\s_-])(?:comments?|comment-\w+|kommentar\w*|comentario\w*|commentaire\w*|talkbacks?|feedback|replies|disqus"
    r"|cookies?|consent|gdpr|privacy)(?:$|[\s_-])"
)
_MOST = 0.6
_MAIN = 0.8
_LONG = 140
_SEVERAL = 3
_LINKED = 0.3
_PROMOTIONS = frozenset({"aside", "nav", "form"})
_BORDERS = frozenset({"article", "main", "body"})


class Boxes:
    """Knows a page's boxes by their labels; one that holds much of the article is no box, whatever it is called.

    Sites put “has-ads”, “print” or “paywall” on the element around the whole article, and some a form.
    """

    def __init__(self, page: VisibleText, article: Iterable[int]) -> None:
        self._page = page
        count = len(page.elements)
        self._held = [0] * count  # characters of the article by element
        self._long = [0] * count  # long paragraphs by element
        self._linked = [0] * count  # characters of links by element
        self._labels: dict[str, bool] = {}
        for block in page.blocks:
            self._linked[block.element] += block.linked
        for number in article:
            self._weigh(page.blocks[number])
        # an element is numbered after the one it lies in
        for sums in (self._held, self._long, self._linked):
            for number in range(count - 1, 0, -1):
                sums[page.elements[number].parent] += sums[number]

    def block_at(self, place: int) -> Block | None:
        """Return the block that holds a character of the visible text."""
        number = bisect_right(self._page.blocks, place, key=lambda block: block.span.start) - 1
        return self._page.blocks[number] if number >= 0 else None

    def stands_apart(self, block: Block) -> bool:
        """Tell whether a block lies in a part of the page that serves the site."""
        return self._in_box(block, AROUND_THE_ARTICLE)

    def is_promotion(self, block: Block) -> bool:
        """Tell whether a block inside the article lies in a box of the site."""
        return self._in_box(block, _PROMOTIONS)

    def main_element(self) -> int:
        """Return the innermost element that holds most of the article."""
        main = 0
        for number, element in enumerate(self._page.elements):
            if element.parent == main and self._held[number] >= _MAIN * self._held[0] > 0:
                main = number
        return main

    def _in_box(self, block: Block, tags: frozenset[str]) -> bool:
        number = block.element
        while number > 0:
            tag = self._page.elements[number].tag
            if tag in _BORDERS:
                return False
            if (tag in tags or self._is_labelled(number)) and not self._is_article(number):
                return True
            number = self._page.elements[number].parent
        return False

    def _weigh(self, block: Block) -> None:
        size = len(block.span)
        self._held[block.element] += size
        self._long[block.element] += size >= _LONG and block.linked <= _LINKED * size

    def _is_labelled(self, number: int) -> bool:
        attributes = self._page.elements[number].attributes
        if not attributes:
            return False
        # teasers and comments repeat theirs
        known = self._labels.get(attributes)
        if known is None:
            label = self._page.elements[number].label
            known = self._labels[attributes] = bool(_APART.search(label) or _TALK.search(label))
        return known

    def _is_article(self, number: int) -> bool:
        if self._held[number] >= _MOST * self._held[0] > 0:
            return True
        label = self._page.elements[number].label
        if _TALK.search(label):
            return False
        return self._long[number] >= _SEVERAL or (not self._linked[number] and _only_teaser(label))


def _only_teaser(label: str) -> bool:
    # a teaser without a link is the first paragraph of the article itself
    return "teaser" in label and not _APART.search(label.replace("teaser", ""))
