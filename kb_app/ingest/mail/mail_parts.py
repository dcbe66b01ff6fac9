"""What comes with a mail: its attachments, and what is said of parts that cannot be taken out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb_app.core.article import Provenance
from kb_app.core.errors import Refused
from kb_app.ingest.archives.member_names import name_warnings, shown
from kb_app.ingest.limits import MEGABYTE, Limits
from kb_app.ingest.mail.body import content_of, further_texts, leaves_of, texts_of
from kb_app.ingest.mail.message import parsed
from kb_app.ingest.media_type import MAIL, media_type_of
from kb_app.ingest.members import APART, Member, Opened, Taken, Trouble
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


def open_mail(opened: Opened) -> Iterator[Taken]:
    """Yield a mail and what is attached to it; raises as taken_from does."""
    data = opened.stream.read(Limits().any_kind + 1)
    if len(data) > Limits().any_kind:
        raise Refused("too-large", f"“{opened.name}” is larger than {Limits().any_kind // MEGABYTE} MB.")
    outer, _, name = opened.name.rpartition(APART)
    yield from taken_from(Received(name, data, opened.name if outer else ""))


def taken_from(mail: Received) -> Iterator[Taken]:
    """Yield a mail as a whole and then its attachments; raises Refused `mime-depth` or `header-size`, or Failed."""
    message = parsed(mail.data, mail.name)
    leaves = leaves_of(message)
    texts = texts_of(leaves)
    yield Member(
        shown(mail.name),
        mail.data,
        MAIL,
        provenance=Provenance(how=mail.how, container=mail.container),
        is_whole=True,
        warnings=tuple(dict.fromkeys(filter(None, (_UNREADABLE.get(leaf.kind, "") for leaf in leaves)))),
    )
    place = Provenance(
        how="attachment",
        container=mail.container or mail.name,
        parent_sha256=hashlib.sha256(mail.data).hexdigest(),
    )
    attached = [leaf for leaf in leaves if leaf.is_attached and not leaf.is_embedded and leaf.kind not in _UNREADABLE]
    attached += [text.leaf for text in further_texts(texts)]
    for number, leaf in enumerate(attached[:_MOST_ATTACHMENTS], 1):
        taken = attachment(leaf.file_name or f"part {number}", content_of(leaf.part), place)
        if taken:
            yield taken
    if len(attached) > _MOST_ATTACHMENTS:
        sentence = f"“{mail.name}” has {len(attached):,} attachments; only {_MOST_ATTACHMENTS:,} were taken out."
        yield Trouble(shown(mail.name), "too-many-members", sentence, refused=True)


def attachment(name: str, data: bytes, mail: Provenance) -> Taken | None:
    """Return an attachment as a source of its own, None when it holds nothing; `mail` is the place of its mail."""
    if not data.strip():
        return None
    place = replace(mail, container=f"{mail.container}{APART}{shown(name)}")
    if len(data) > limit_for(data, Limits()):
        return Trouble(shown(name), "too-large", f"The attachment “{shown(name)}” is too large.", refused=True)
    return Member(shown(name), data, media_type_of(data), provenance=place, warnings=name_warnings(name))
