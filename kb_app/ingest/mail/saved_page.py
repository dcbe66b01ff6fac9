"""A page that a browser saved as one file (MHTML): one article, with its address and the time of saving."""

from __future__ import annotations

from collections.abc import Iterator

from kb_app.core.article import Provenance
from kb_app.ingest.archives.captures import in_utc
from kb_app.ingest.archives.member_names import shown
from kb_app.ingest.given import GivenMetadata
from kb_app.ingest.mail.mail_headers import moment_of
from kb_app.ingest.mail.message import header_of, parsed
from kb_app.ingest.mail.readable_part import saved_page_address
from kb_app.ingest.media_type import WEB_PAGE_ARCHIVE
from kb_app.ingest.members import APART, Member, Opened, Taken, whole_of


def open_saved_page(opened: Opened) -> Iterator[Taken]:
    """Yield the one page; its pictures and styles stay inside. Raises Refused or Failed as a mail does."""
    data = whole_of(opened)
    message = parsed(data, opened.name)
    name = opened.name.rpartition(APART)[2]
    address = saved_page_address(message)
    yield Member(
        shown(name),
        data,
        WEB_PAGE_ARCHIVE,
        opened.given if opened.given.source_url else GivenMetadata(source_url=address),
        Provenance(
            how="saved page",
            address=shown(address),
            captured_at=in_utc(moment_of(header_of(message, "date"))),
            container=opened.name,
        ),
        is_whole=True,
    )
