"""What a clipboard or a drop says about the text in it: its words, and the address that it was taken from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextDocumentFragment

CLIPBOARD, DROP = "clipboard", "drop"
LONGEST_MARKUP = 5_000_000  # characters; what is longer is read as plain text alone
# formats of browsers that tell the page of a selection, and how they are encoded
_ADDRESS_FORMATS = (
    ("chromium/x-source-url", "utf-8"),
    ("text/x-moz-url-priv", "utf-16-le"),
    ('application/x-qt-windows-mime;value="HTML Format"', "utf-8"),
    ("text/html", "utf-8"),
)
_SOURCE_URL = re.compile(r"^SourceURL:(\S+)", re.MULTILINE)
_HEAD = 2000  # bytes in which a header of Windows' HTML format stands
PICTURE = "\ufffc"  # stands where a picture was
_FRAGMENT = re.compile(r"<!--StartFragment-->(.*)<!--EndFragment-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text with where it came from; `how` is CLIPBOARD or DROP."""

    text: str
    how: str = CLIPBOARD
    address: str = ""
    publisher: str = ""  # as far as the address tells it


def pasted(data: QMimeData, how: str = CLIPBOARD) -> Pasted | None:
    """Read text, or the words of a selection of a page; None where there are none."""
    text = data.text() if data.hasText() else ""
    if not text.strip() and data.hasHtml():
        text = words_of(data.html())
    if not text.strip():
        return None
    address = address_in(data)
    return Pasted(text, how, address, site_of(address))


def words_of(html: str) -> str:
    """Return the words of a piece of HTML, with an empty line between paragraphs; nothing in it is fetched."""
    if len(html) > LONGEST_MARKUP:
        return ""
    fragment = _FRAGMENT.search(html)
    lines = QTextDocumentFragment.fromHtml(fragment[1] if fragment else html).toPlainText().splitlines()
    words = (line.replace(PICTURE, "").strip() for line in lines)
    return "\n\n".join(line for line in words if line)


def address_in(data: QMimeData) -> str:
    """Return the web address that a browser gave with a selection, "" where it gave none."""
    offered = set(data.formats())
    for name, encoding in _ADDRESS_FORMATS:
        if name not in offered:
            continue
        told = bytes(data.data(name).data()[:_HEAD]).decode(encoding, "replace").strip("\0\ufeff \r\n")
        header = _SOURCE_URL.search(told)
        address = header[1] if header else told.partition("\n")[0]
        if is_address(address):
            return address
    return ""


def is_address(text: str) -> bool:
    """Tell whether a text is one address of the web."""
    return text.startswith(("http://", "https://")) and not any(char.isspace() for char in text)


def site_of(address: str) -> str:
    """Return the site of an address, as a proposal for the publisher."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:  # a bracket left open
        return ""
    return host.removeprefix("www.")
