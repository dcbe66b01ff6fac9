"""Which kinds of input hold others, and what takes each apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from kb_app.core.errors import Refused
from kb_app.ingest.archives.compressed import open_compressed
from kb_app.ingest.archives.har import open_har
from kb_app.ingest.archives.tar_archive import open_tar
from kb_app.ingest.archives.warc_archive import open_warc
from kb_app.ingest.archives.zip_archive import open_zip
from kb_app.ingest.feed_types import ATOM, CSV, JSON, RSS, TSV, ZOTERO_RDF
from kb_app.ingest.feeds.json_export import open_json
from kb_app.ingest.feeds.table import open_table
from kb_app.ingest.feeds.xml_feed import open_feed
from kb_app.ingest.feeds.zotero import open_zotero
from kb_app.ingest.mail.mail_parts import open_mail, open_outlook
from kb_app.ingest.mail.mailbox_file import open_mailbox
from kb_app.ingest.mail.saved_page import open_saved_page
from kb_app.ingest.media_type import (
    BZIP2,
    GZIP,
    HAR,
    MAIL,
    MAILBOX,
    OLE_STORAGE,
    OUTLOOK_MAIL,
    TAR,
    WACZ,
    WARC,
    WEB_PAGE_ARCHIVE,
    XZ,
    ZIP,
)
from kb_app.ingest.members import Opened, Opener, Taken

OPENERS: Mapping[str, Opener] = MappingProxyType(
    {
        ZIP: open_zip,
        TAR: open_tar,
        GZIP: open_compressed,
        BZIP2: open_compressed,
        XZ: open_compressed,
        WARC: open_warc,
        WACZ: open_zip,
        HAR: open_har,
        MAIL: open_mail,
        MAILBOX: open_mailbox,
        OLE_STORAGE: open_outlook,
        OUTLOOK_MAIL: open_outlook,
        WEB_PAGE_ARCHIVE: open_saved_page,
        RSS: open_feed,
        ATOM: open_feed,
        ZOTERO_RDF: open_zotero,
        JSON: open_json,
        CSV: open_table,
        TSV: open_table,
    }
)


def is_container(media_type: str) -> bool:
    """Tell whether inputs of this kind are taken apart rather than read."""
    return media_type in OPENERS


def members_of(opened: Opened) -> Iterator[Taken]:
    """Yield what a container holds, one by one and in order; raises UnreadableInput when it cannot be opened at all."""
    opener = OPENERS.get(opened.media_type)
    if opener is None:
        raise Refused("unsupported-type", f"“{opened.name}” holds nothing that could be taken out of it.")
    yield from opener(opened)
