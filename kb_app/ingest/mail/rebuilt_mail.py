"""Writes a mail that lay within another one of Outlook as a mail of its own, so that it can be kept and read."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from kb_app.ingest.mail.message import MANGLED
from kb_app.ingest.mail.outlook import OutlookMail

REBUILT = "rebuilt: The mail was attached within Outlook's own storage; its headers are those that matter to it."


def rebuilt_mail(mail: OutlookMail) -> bytes:
    """Return the mail, the same bytes for the same mail; raises ValueError where its words cannot be written."""
    message = EmailMessage(policy=SMTP)
    about = mail.headers
    message["From"] = _line(f"{about.sender} <{about.address}>")
    message["Subject"] = _line(about.subject)
    if sent := _sent(about.sent):
        message["Date"] = sent
    message.set_content(mail.text.encode("utf-8", "replace").decode())
    if mail.page:
        page = mail.page.decode(mail.page_encoding or "cp1252", "replace")
        message.add_alternative(page.encode("utf-8", "replace").decode(), subtype="html")
    for one in mail.attached:
        if not one.is_embedded and one.data:
            message.add_attachment(one.data, "application", "octet-stream", filename=_line(one.name))
    # Python would draw them by chance
    digest = hashlib.sha256(repr(mail).encode("utf-8", "replace")).hexdigest()
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"part-{number}-{digest}")
    return message.as_bytes()


def _sent(stated: str) -> str:
    try:
        return format_datetime(datetime.fromisoformat(stated))
    except MANGLED:
        return ""


def _line(words: str) -> str:
    return " ".join(words.encode("utf-8", "replace").decode().split())
