"""Which part of a mail is the text to be read, and which parts come with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import Message
from itertools import count

from kb_app.ingest.mail.message import MANGLED, words_of
from kb_app.ingest.media_type import HTML, MAIL, PLAIN_TEXT, SNIFFED_BYTES, XHTML, looks_binary, media_type_of

_TAG = re.compile(
    rb"<(?:script|style)\b.{0,200000}?</(?:script|style)>|<[^<>]{0,5000}>|&#?\w{1,8};", re.IGNORECASE | re.DOTALL
)
_WORD = re.compile(rb"[A-Za-z\x80-\xff]{2,}")
_RICHER = 1.25  # a page counts for so much more than plain words: one with still fewer is a stub that points elsewhere
_FEW_WORDS = 20
_MOST_PARTS = 2_000
_TEXTS = frozenset({PLAIN_TEXT, HTML, XHTML})


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part that holds something; leaves of one group are the same content in other forms."""

    part: Message
    group: int
    kind: str
    file_name: str
    is_attached: bool
    is_embedded: bool  # a picture or the like that the text shows


@dataclass(frozen=True, slots=True)
class Text:
    """A readable part, freed of its transfer encoding."""

    leaf: Leaf
    data: bytes
    kind: str
    charset: str

    @property
    def words(self) -> int:
        """Count the words that can be seen, about."""
        return words_in(self.data, self.kind)

    @property
    def richness(self) -> float:
        """Return what is compared between the forms of one content."""
        return richness_of(self.data, self.kind)


def words_in(data: bytes, kind: str) -> int:
    """Count the words of a text or page that can be seen, about."""
    return len(_WORD.findall(_TAG.sub(b" ", data) if kind != PLAIN_TEXT else data))


def richness_of(data: bytes, kind: str) -> float:
    """Return what is compared between the forms of one content: the larger is read."""
    return words_in(data, kind) * (_RICHER if kind != PLAIN_TEXT else 1)


def leaves_of(message: Message) -> list[Leaf]:
    """Return the parts of a mail that hold something, in order, without those of mails attached to it."""
    return [leaf for leaf, _ in zip(_walk(message), range(_MOST_PARTS), strict=False)]


def _walk(message: Message) -> Iterator[Leaf]:
    numbers = count()
    waiting: list[tuple[Message, int | None]] = [(message, None)]
    while waiting:
        part, group = waiting.pop(0)
        kind = part.get_content_type()
        if kind.startswith("multipart/") and part.is_multipart():
            inner_group = next(numbers) if kind == "multipart/alternative" and group is None else group
            waiting[:0] = [(inner, inner_group) for inner in _inside(part)]
        else:
            yield _leaf(part, next(numbers) if group is None else group, kind)


def _inside(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else []


def _leaf(part: Message, group: int, kind: str) -> Leaf:
    name = _file_name(part)
    disposition = str(part.get("Content-Disposition", "")).strip().lower()
    is_attached = disposition.startswith("attachment") or bool(name) or (kind not in _TEXTS)
    shown = kind.startswith("image/") and ("Content-ID" in part or disposition.startswith("inline"))
    return Leaf(part, group, kind, name, is_attached, shown)


def _file_name(part: Message) -> str:
    try:
        return words_of(part.get_filename() or "")
    except MANGLED:
        return ""


def texts_of(leaves: Sequence[Leaf]) -> list[Text]:
    """Return the readable texts of a mail, the one to be read first; other forms of the same content are left out."""
    best: dict[int, Text] = {}
    for leaf in leaves:
        if leaf.is_attached or leaf.kind not in _TEXTS:
            continue
        text = _text(leaf)
        if text and (leaf.group not in best or text.richness > best[leaf.group].richness):
            best[leaf.group] = text
    return sorted(best.values(), key=lambda text: -text.richness)


def further_texts(texts: Sequence[Text]) -> list[Text]:
    """Return the texts beside the one to be read that say enough to be kept."""
    return [text for text in texts[1:] if text.words >= _FEW_WORDS]


def _text(leaf: Leaf) -> Text | None:
    data = content_of(leaf.part)
    if not data.strip() or looks_binary(data[:SNIFFED_BYTES]):
        return None
    kind = media_type_of(data)
    return Text(leaf, data, kind if kind in (HTML, XHTML) else leaf.kind, charset_of(leaf.part))


def charset_of(part: Message) -> str:
    """Return the encoding that a part states, "" if none."""
    try:
        return part.get_content_charset() or ""
    except MANGLED:
        return ""


def content_of(part: Message) -> bytes:
    """Return a part's bytes without their transfer encoding; an attached mail as it is."""
    if part.is_multipart():
        attached = _inside(part)[:1] if part.get_content_type() == MAIL else []
        return _written(*attached or [part])
    try:
        content = part.get_payload(decode=True)
    except MANGLED:
        return b""
    return content if isinstance(content, bytes) else b""


def _written(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except (*MANGLED, RecursionError):
        return b""
