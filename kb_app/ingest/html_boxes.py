"""Which parts of a page serve the site and not its article: menus, related links, newsletter boxes, comments."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator

from kb_app.ingest.html_offsets import Block, VisibleText
from kb_app.ingest.html_tags import AROUND_THE_ARTICLE

_APART = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|sidebar|footer|related|recirc|recommend\w*|promo\w*|newsletter|subscribe|subscription"
    r"|share|sharing|social|teaser\w*|most-?read|mostread|most-?viewed|trending|popular|ads?|advert\w*|sponsor\w*|banner"
    r"|paywall|widget|outbrain|taboola|tags?|taglist|more-on|also-?read|read-?more|read-?also|see-?also|lire-aussi|lesen-sie-auch"
    r"|donat\w*|(?:author|about)-(?:bio|box)|signup|sign-up|modal|popup|toolbar|pagination|skip|crumbs|print|tools)(?:$|[\s_-])"
)
_TALK = re.compile(
    r"(?:^|[\s_-])(?:comments?|comment-\w+|kommentar\w*|comentario\w*|commentaire\w*|talkbacks?|feedback|replies|disqus"
    r"|cookies?|consent|gdpr|privacy)(?:$|[\s_-])"
)
_MOST = 0.6
_LONG = 140
_SEVERAL = 3
_LINKED = 0.3
_PROMOTIONS = frozenset({"aside", "nav", "form"})
_ARTICLES = frozenset({"article", "main"})


class Boxes:
    """Knows a page's boxes by their labels; one that holds much of the article is no box, whatever it is called.

    Sites put “has-ads”, “print” or “paywall” on the element around the whole article, and some a form.
    """

    def __init__(self, page: VisibleText, article: Iterable[int]) -> None:
        self._page = page
        self._held: Counter[int] = Counter()  # characters of the article by element
        self._long: Counter[int] = Counter()  # long paragraphs by element
        self._labels: dict[int, bool] = {}
        self._whole = 0
        for number in article:
            self._weigh(page.blocks[number])

    def block_at(self, place: int) -> Block | None:
        """Return the block that holds a character of the visible text."""
        number = bisect_right(self._page.blocks, place, key=lambda block: block.span.start) - 1
        return self._page.blocks[number] if number >= 0 else None

    def stands_apart(self, block: Block) -> bool:
        """Tell whether a block lies in a part of the page that serves the site."""
        for number in self._around(block):
            tag = self._page.elements[number].tag
            if tag in _ARTICLES:
                return False
            if (tag in AROUND_THE_ARTICLE or self._is_labelled(number)) and not self._is_article(number):
                return True
        return False

    def is_promotion(self, block: Block) -> bool:
        """Tell whether a block inside the article lies in a box of the site."""
        for number in self._around(block):
            tag = self._page.elements[number].tag
            if tag in _ARTICLES:
                return False
            if (tag in _PROMOTIONS or self._is_labelled(number)) and not self._is_article(number):
                return True
        return False

    def _around(self, block: Block) -> Iterator[int]:
        number = block.element
        while number > 0 and self._page.elements[number].tag != "body":
            yield number
            number = self._page.elements[number].parent

    def _weigh(self, block: Block) -> None:
        size = len(block.span)
        self._whole += size
        is_long = size >= _LONG and block.linked <= _LINKED * size
        for number in self._around(block):
            self._held[number] += size
            self._long[number] += is_long

    def _is_labelled(self, number: int) -> bool:
        known = self._labels.get(number)
        if known is None:
            element = self._page.elements[number]
            label = element.label if element.attributes else ""
            known = self._labels[number] = bool(label.strip() and (_APART.search(label) or _TALK.search(label)))
        return known

    def _is_article(self, number: int) -> bool:
        if self._held[number] >= _MOST * self._whole > 0:
            return True
        return self._long[number] >= _SEVERAL and not _TALK.search(self._page.elements[number].label)
