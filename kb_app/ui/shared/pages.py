"""Rows of a long list, read a page at a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

PAGE_ROWS = 80
PAGES_KEPT = 24
R = TypeVar("R")


class Pages(Generic[R]):
    """Reads pages as they are looked at and keeps the latest ones; `read` takes offset and limit."""

    def __init__(self, read: Callable[[int, int], Sequence[R]]) -> None:
        self._read = read
        self._pages: OrderedDict[int, Sequence[R]] = OrderedDict()

    def row(self, position: int) -> R | None:
        """Return a row, or None when the list has become shorter meanwhile."""
        number, within = divmod(position, PAGE_ROWS)
        page = self._pages.get(number)
        if page is None:
            page = self._read(number * PAGE_ROWS, PAGE_ROWS)
            self._pages[number] = page
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[within] if within < len(page) else None

    def forget(self) -> None:
        """Read anew whatever is looked at from now on."""
        self._pages.clear()
