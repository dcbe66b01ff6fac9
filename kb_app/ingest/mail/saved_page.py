"""A page that a browser saved as one file (MHTML): one article, with its address and the time of saving."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from kb_app.core.article import Provenance
from kb_app.core.errors import Refused
from kb_app.ingest.archives.member_names import shown
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.limits import MEGABYTE, Limits
from kb_app.ingest.mail.mail_headers import moment_of
from kb_app.ingest.mail.message import header_of, parsed
from kb_app.ingest.mail.readable_part import saved_page_address
from kb_app.ingest.media_type import WEB_PAGE_ARCHIVE
from kb_app.ingest.members import APART, Member, Opened, Taken


def open_saved_page(opened: Opened) -> Iterator[Taken]:
    """Yield the one page; its pictures and styles stay inside. Raises Refused or Failed as a mail does."""
    data = opened.stream.read(Limits().any_kind + 1)
    if len(data) > Limits().any_kind:
        raise Refused("too-large", f"“{opened.name}” is larger than {Limits().any_kind // MEGABYTE} MB.")
    message = parsed(data, opened.name)
    outer, _, name = opened.name.rpartition(APART)
    address = saved_page_address(message)
    yield Member(
        shown(name),
        data,
        WEB_PAGE_ARCHIVE,
        opened.given if opened.given.source_url else GivenMetadata(source_url=address),
        Provenance(
            how="saved page",
            address=shown(address),
            captured_at=_in_utc(moment_of(header_of(message, "date"))),
            container=opened.name if outer else "",
        ),
        is_whole=True,
    )


def _in_utc(moment: str) -> str:
    if not moment:
        return ""
    stated = datetime.fromisoformat(moment)
    # a date whose zone is not known is given in UTC
    aware = stated if stated.tzinfo else stated.replace(tzinfo=UTC)
    try:
        return f"{aware.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    except (OverflowError, ValueError):  # a day beyond the calendar's ends
        return ""
