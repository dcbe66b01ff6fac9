"""What a mail's headers say about the article in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from kb_app.ingest.mail.message import header_of, words_of

_MARKS = re.compile(
    r"^(?:\s*(?:re|fwd?|aw|wg|tr|rv|sv|vs|enc|r|i)\s*(?:\[\d+\])?\s*:|\s*\[[^\]]{1,40}\])+\s*", re.IGNORECASE
)
_LIST_NAME = re.compile(r"^\s*\"?([^<\"]{2,100}?)\"?\s*<")


@dataclass(frozen=True, slots=True)
class MailHeaders:
    """A mail's headers, decoded; "" where they say nothing."""

    subject: str = ""  # without marks of answers and forwarding
    sender: str = ""  # the name that is shown
    address: str = ""
    list_name: str = ""
    is_newsletter: bool = False
    sent: str = ""  # ISO 8601 with the sender's offset
    id: str = ""


def headers_of(message: Message) -> MailHeaders:
    """Read the headers that matter."""
    name, address = parseaddr(header_of(message, "from"))
    list_id = header_of(message, "list-id")
    found = _LIST_NAME.match(list_id)
    return MailHeaders(
        subject=bare_subject(header_of(message, "subject")),
        sender=words_of(name).strip(" '\""),
        address=address,
        list_name=found[1].strip() if found else "",
        is_newsletter=bool(list_id or header_of(message, "list-unsubscribe")),
        sent=moment_of(header_of(message, "date")),
        id=header_of(message, "message-id").strip("<> "),
    )


def bare_subject(subject: str) -> str:
    """Return a subject without "Re:", "Fwd:" and the names of lists before it."""
    return _MARKS.sub("", subject).strip() or subject.strip()


def moment_of(date: str) -> str:
    """Return the moment of a Date field in ISO 8601, "" when it is none."""
    try:
        return parsedate_to_datetime(date).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
