"""The part of a mail or of a page saved as one that is read, shown, and referred to by offsets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message

from kb_app.core.article import SourceFile
from kb_app.core.errors import Refused
from kb_app.ingest.mail.body import Leaf, charset_of, content_of, leaves_of, richness_of, texts_of
from kb_app.ingest.mail.mail_headers import MailHeaders, headers_of
from kb_app.ingest.mail.message import MANGLED, header_of, parsed
from kb_app.ingest.mail.outlook import outlook_mail
from kb_app.ingest.media_type import HTML, MAIL, OUTLOOK_MAIL, PLAIN_TEXT, WEB_PAGE_ARCHIVE, media_type_of

WRAPPED = frozenset({MAIL, WEB_PAGE_ARCHIVE, OUTLOOK_MAIL})
_ENCRYPTED = frozenset({"application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_SEALS = _ENCRYPTED | {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
_NO_WORDS = ("image/", "audio/", "video/")
_ONLY_ATTACHMENTS = "no-mail-text: The mail has no words of its own; what came with it was imported apart."
_PAGES = frozenset({HTML, "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class ReadablePart:
    """The bytes that are read of a source, their kind, and what encoding their own header states.

    There are none of a mail that only brings attachments.
    """

    data: bytes
    kind: str
    encoding: str = ""
    mail: MailHeaders | None = None
    address: str = ""  # where a saved page was found
    warnings: tuple[str, ...] = ()


def readable_part(source: SourceFile) -> ReadablePart:
    """Return the part of a source that is read: for most kinds all of it.

    Raises Refused `no-text`, `encrypted`, `mime-depth` or `header-size`, or Failed `corrupt`.
    """
    if source.media_type not in WRAPPED:
        return ReadablePart(source.data, source.media_type)
    if source.media_type == OUTLOOK_MAIL:
        return _outlook(source)
    message = parsed(source.data, source.name)
    leaves = leaves_of(message)
    if source.media_type == WEB_PAGE_ARCHIVE:
        return _page(message, leaves, source.name)
    texts = texts_of(leaves)
    if not any(text.words for text in texts) and _brings_something(leaves):
        return _bare(headers_of(message), _defects(message, leaves))
    if not texts:
        raise _nothing_to_read(leaves, source.name)
    return ReadablePart(
        texts[0].data, texts[0].kind, texts[0].charset, headers_of(message), warnings=_defects(message, leaves)
    )


def _outlook(source: SourceFile) -> ReadablePart:
    mail = outlook_mail(source.data, source.name)
    text = mail.text.encode("utf-8", "replace")
    if richness_of(mail.page, HTML) > richness_of(text, PLAIN_TEXT):
        return ReadablePart(mail.page, HTML, mail.page_encoding, mail.headers)
    if text.strip():
        return ReadablePart(text, PLAIN_TEXT, "utf-8", mail.headers)
    if outlook_mail(source.data, source.name, with_attachments=True).attached:
        return _bare(mail.headers)
    raise _nothing_to_read([], source.name)


def _bare(mail: MailHeaders, warnings: tuple[str, ...] = ()) -> ReadablePart:
    """Return a mail without words of its own, which is kept for what came with it."""
    return ReadablePart(b"", PLAIN_TEXT, "utf-8", mail, warnings=(_ONLY_ATTACHMENTS, *warnings))


def _brings_something(leaves: list[Leaf]) -> bool:
    """Tell whether something that may be read is attached."""
    attached = (leaf for leaf in leaves if leaf.is_attached and leaf.kind not in _SEALS)
    readable = (leaf for leaf in attached if not leaf.kind.startswith(_NO_WORDS))
    return any(content_of(leaf.part).strip() for leaf in readable)


def saved_page_address(message: Message) -> str:
    """Return where a saved page says it was found, "" when it does not."""
    return header_of(message, "snapshot-content-location") or header_of(message, "content-location")


def _page(message: Message, leaves: list[Leaf], name: str) -> ReadablePart:
    root = _root(message, leaves)
    data = content_of(root.part) if root else b""
    if root is None or not data.strip():
        raise Refused("no-text", f"“{name}” holds no page, so there is nothing to import.")
    address = saved_page_address(message) or header_of(root.part, "content-location")
    kind = media_type_of(data)
    kind = HTML if kind == PLAIN_TEXT or kind not in _PAGES else kind
    return ReadablePart(data, kind, charset_of(root.part), None, address, _defects(message, leaves))


def _root(message: Message, leaves: list[Leaf]) -> Leaf | None:
    """Return the part that the header names as the first to be shown, or else the first page."""
    pages = [leaf for leaf in leaves if leaf.kind in _PAGES]
    try:
        start = str(message.get_param("start") or "").strip("<> ")
    except MANGLED:
        start = ""
    named = (leaf for leaf in pages if start and header_of(leaf.part, "content-id").strip("<> ") == start)
    return next(named, pages[0] if pages else None)


def _nothing_to_read(leaves: list[Leaf], name: str) -> Refused:
    if any(leaf.kind in _ENCRYPTED for leaf in leaves):
        return Refused("encrypted", f"The mail “{name}” is encrypted or sealed, so it could not be read.")
    return Refused("no-text", f"The mail “{name}” holds no text of its own; what is attached to it is imported apart.")


def _defects(message: Message, leaves: Iterable[Leaf]) -> tuple[str, ...]:
    found = [defect for part in (message, *(leaf.part for leaf in leaves)) for defect in part.defects]
    names = sorted({type(defect).__name__.removesuffix("Defect") for defect in found})
    return (f"mail-defects: the mail is not well formed ({', '.join(names)}).",) if names else ()
