"""Which blocks of a page are read as its article, and what had to be done to find them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb_app.ingest.data_body import add_data_body
from kb_app.ingest.html_body import blocks_of, dense_blocks
from kb_app.ingest.html_boxes import Boxes
from kb_app.ingest.html_offsets import VisibleText, visible_text
from kb_app.ingest.json_ld import ArticleData, article_data
from kb_app.ingest.main_text import main_text, too_much

_FEW_CHARACTERS = 250
_LITTLE = 0.35  # of what reads like paragraphs
_MOST = 0.9
_NOTICEABLY = 0.05
_TWICE = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """A page with the numbers of the blocks that were chosen, and why it was not read as others are."""

    page: VisibleText
    blocks: Sequence[int]
    data: ArticleData
    warnings: tuple[str, ...] = ()
    plainly: bool = False  # it is too much for a library


def choice_of(source: str) -> Choice:
    """Read a page and choose the blocks of its article."""
    page = visible_text(source)
    data = article_data([span.of(source) for span in page.data_scripts]) or ArticleData()
    boxes = _boxes(page)
    reason = too_much(source, page)
    if reason:
        sentence = f"read-plainly: the page was read without article extraction, because {reason}."
        return Choice(page, dense_blocks(page, boxes), data, (sentence,), plainly=True)
    paragraphs = main_text(source, page)
    found, share = blocks_of(page, paragraphs, boxes)
    if share < _MOST:
        # scripts show what is hidden at first: the extraction has read it
        whole = visible_text(source, hidden=True)
        more, all_share = blocks_of(whole, paragraphs, _boxes(whole))
        if all_share > share + _NOTICEABLY:
            page, found, boxes = whole, more, _boxes(whole)
    return _or_data(source, page, found, data) or _or_plainly(Choice(page, found, data), boxes)


def _or_data(source: str, page: VisibleText, found: Sequence[int], data: ArticleData) -> Choice | None:
    if len(data.body) < max(_FEW_CHARACTERS, _TWICE * _characters(page, found)):
        return None
    added = add_data_body(source, page, data.body)
    if not added:
        return None
    sentence = "from-data: the page shows little of the article; it was read from the data that the page carries."
    return Choice(page, added, data, (sentence,))


def _or_plainly(choice: Choice, boxes: Boxes) -> Choice:
    page, plainly = choice.page, dense_blocks(choice.page, boxes)
    got, visible = _characters(page, choice.blocks), _characters(page, plainly)
    if got < visible and (got < _LITTLE * visible or (got < _FEW_CHARACTERS and visible > _TWICE * got)):
        sentence = (
            f"extracted-little: the article extraction found {got} of {visible} characters; all paragraphs were kept."
        )
        return replace(choice, blocks=sorted({*choice.blocks, *plainly}), warnings=(sentence,))
    return choice


def _boxes(page: VisibleText) -> Boxes:
    return Boxes(page, range(len(page.blocks)))


def _characters(page: VisibleText, blocks: Sequence[int]) -> int:
    return sum(len(page.blocks[n].span) for n in blocks)
