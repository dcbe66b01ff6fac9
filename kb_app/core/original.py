"""An archived original and what is shown of it: markup that does nothing, or the picture of a page."""

from __future__ import annotations

from dataclasses import dataclass

from kb_app.core.article import OffsetSegment
from kb_app.core.ids import ArticleId

PAGED = "application/pdf"


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes of an article's source as they were imported, with what it takes to find the clean text in them."""

    article: ArticleId
    name: str
    media_type: str
    sha256: str
    data: bytes
    encoding: str = ""
    segments: tuple[OffsetSegment, ...] = ()
    characters: int = 0  # of the clean text

    @property
    def has_pages(self) -> bool:
        """Tell whether it is shown page by page."""
        return self.media_type == PAGED


@dataclass(frozen=True, slots=True)
class Markup:
    """An original as markup that does nothing, and where runs of the clean text begin in what is seen of it.

    `original_start` of a run counts the characters before it that are seen, blanks left out: how many blanks a
    browser keeps is its own affair.
    """

    html: str = ""
    runs: tuple[OffsetSegment, ...] = ()


@dataclass(frozen=True, slots=True)
class PictureSize:
    """How large the picture of a page is, in pixels, and the page itself, in points; pages count from 0."""

    page: int
    pages: int  # of the whole document
    width: int
    height: int
    points_wide: float
    points_high: float


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as a picture: rows of blue, green, red and an unused byte, from the top."""

    size: PictureSize
    pixels: bytes
