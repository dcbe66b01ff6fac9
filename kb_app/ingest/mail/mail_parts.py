"""What comes with a mail: its attachments, and what is said of parts that cannot be taken out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message

from kb_app.core.article import Provenance
from kb_app.core.errors import Refused, UnreadableInput
from kb_app.ingest.archives.member_names import name_warnings, shown
from kb_app.ingest.limits import Limits
from kb_app.ingest.mail.body import Leaf, content_of, further_texts, leaves_of, texts_of
from kb_app.ingest.mail.message import MANGLED, header_of, parsed
from kb_app.ingest.mail.outlook import OutlookMail, outlook_mail
from kb_app.ingest.mail.rebuilt_mail import REBUILT, rebuilt_mail
from kb_app.ingest.media_type import MAIL, OUTLOOK_MAIL, media_type_of
from kb_app.ingest.members import APART, DEEPEST_NESTING, Member, Opened, Taken, Trouble, whole_of
from kb_app.ingest.reading import limit_for

_UNREADABLE = {
    "application/pgp-signature": "",
    "application/pkcs7-signature": "",
    "application/x-pkcs7-signature": "",
    "application/pgp-encrypted": "encrypted: parts of the mail are encrypted, so they could not be read.",
    "application/pkcs7-mime": "encrypted: parts of the mail are encrypted or sealed, so they could not be read.",
    "application/x-pkcs7-mime": "encrypted: parts of the mail are encrypted or sealed, so they could not be read.",
    "application/ms-tnef": "winmail: what came with the mail is packed in Outlook's own way and was not taken out.",
    "application/vnd.ms-tnef": "winmail: what came with the mail is packed in Outlook's own way and was not taken out.",
}
_MOST_ATTACHMENTS = 1_000


@dataclass(frozen=True, slots=True)
class Received:
    """A mail's bytes, the name it goes by, and where it was found."""

    name: str
    data: bytes
    container: str
    how: str = "mail"
    parent_sha256: str = ""  # of the mail that it is attached to
    depth: int = 0  # of mails attached to mails


def open_outlook(opened: Opened) -> Iterator[Taken]:
    """Yield a mail that Outlook saved and what is attached to it.

    Raises Refused `unsupported-type` for an old Office document, which lies in the same kind of file, or Failed.
    """
    data = whole_of(opened)
    mail = outlook_mail(data, opened.name, with_attachments=True)
    name = opened.name.rpartition(APART)[2]
    yield Member(
        shown(name),
        data,
        OUTLOOK_MAIL,
        provenance=Provenance(how="mail", container=opened.name),
        is_whole=True,
    )
    place = Provenance("attachment", container=opened.name, parent_sha256=hashlib.sha256(data).hexdigest())
    for one in mail.attached:
        if one.mail is not None:
            yield from _rebuilt(one.name, one.mail, place)
        elif one.is_stored:
            sentence = f"What is embedded in “{name}” by another program was not taken out; please save it apart."
            yield Trouble(shown(one.name), "unsupported-type", sentence, refused=True)
        elif not one.is_embedded and (taken := attachment(one.name, one.data, place)):
            yield taken


def _rebuilt(name: str, mail: OutlookMail, place: Provenance) -> Iterator[Taken]:
    """Yield a mail that lay within another of Outlook, and what is attached to it."""
    try:
        data = rebuilt_mail(mail)
    except MANGLED:
        sentence = f"The mail “{shown(name)}” could not be taken out; please save it apart."
        yield Trouble(shown(name), "unsupported-type", sentence, refused=True)
        return
    for taken in _attached(f"{name}.eml", data, place, 1):
        if isinstance(taken, Member) and taken.data == data:
            yield replace(taken, warnings=(*taken.warnings, REBUILT))
        else:
            yield taken


def open_mail(opened: Opened) -> Iterator[Taken]:
    """Yield a mail and what is attached to it; raises as taken_from does."""
    data = whole_of(opened)
    yield from taken_from(Received(opened.name.rpartition(APART)[2], data, opened.name))


def taken_from(mail: Received) -> Iterator[Taken]:
    """Yield a mail as a whole and then its attachments; raises Refused `mime-depth` or `header-size`, or Failed."""
    message = parsed(mail.data, mail.name)
    leaves = leaves_of(message)
    texts = texts_of(leaves)
    yield Member(
        shown(mail.name),
        mail.data,
        MAIL,
        provenance=Provenance(how=mail.how, container=mail.container, parent_sha256=mail.parent_sha256),
        is_whole=True,
        warnings=tuple(dict.fromkeys(filter(None, (_UNREADABLE.get(leaf.kind, "") for leaf in leaves)))),
    )
    attached = [leaf for leaf in leaves if leaf.is_attached and not leaf.is_embedded and leaf.kind not in _UNREADABLE]
    attached += [text.leaf for text in further_texts(texts)]
    place = Provenance("attachment", container=mail.container, parent_sha256=hashlib.sha256(mail.data).hexdigest())
    for number, leaf in enumerate(attached[:_MOST_ATTACHMENTS], 1):
        name = leaf.file_name or _subject(leaf) or f"part {number}"
        yield from _attached(name, content_of(leaf.part), place, mail.depth + 1)
    if len(attached) > _MOST_ATTACHMENTS:
        sentence = f"“{mail.name}” has {len(attached):,} attachments; only {_MOST_ATTACHMENTS:,} were taken out."
        yield Trouble(shown(mail.name), "too-many-members", sentence, refused=True)


def _attached(name: str, data: bytes, place: Provenance, depth: int) -> Iterator[Taken]:
    """Yield an attachment; a mail is followed by its own, so that each knows the mail that it came with."""
    taken = attachment(name, data, place)
    if not isinstance(taken, Member) or taken.media_type != MAIL or depth > DEEPEST_NESTING:
        yield from [taken] if taken else []
        return
    inner = Received(taken.name, data, taken.provenance.container, "attachment", place.parent_sha256, depth)
    try:
        yield from taken_from(inner)
    except UnreadableInput as error:
        yield Trouble(taken.name, error.code, error.sentence, isinstance(error, Refused))


def _subject(leaf: Leaf) -> str:
    """Return the subject of a mail that is attached without a name."""
    inner = leaf.part.get_payload() if leaf.kind == MAIL and leaf.part.is_multipart() else None
    mail = inner[0] if isinstance(inner, list) and inner else None
    return header_of(mail, "subject") if isinstance(mail, Message) else ""


def attachment(name: str, data: bytes, mail: Provenance) -> Taken | None:
    """Return an attachment as a source of its own, None when it holds nothing; `mail` is the place of its mail."""
    if not data.strip():
        return None
    place = replace(mail, container=f"{mail.container}{APART}{shown(name)}")
    if len(data) > limit_for(data, Limits()):
        return Trouble(shown(name), "too-large", f"The attachment “{shown(name)}” is too large.", refused=True)
    return Member(shown(name), data, media_type_of(data, name), provenance=place, warnings=name_warnings(name))
