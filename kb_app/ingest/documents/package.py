"""A zip file that is one document: its parts are read into memory, counted, and never written anywhere."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from lxml import etree

from kb_app.core.errors import Failed, Refused
from kb_app.ingest.limits import MEGABYTE
from kb_app.ingest.members import HIGHEST_RATIO
from kb_app.ingest.xml_elements import local_name

LARGEST_PART = 48 * MEGABYTE
LARGEST_WHOLE = 200 * MEGABYTE  # of all parts that are read
_CHUNK = MEGABYTE
_ENCRYPTED = 0x1


def _mark(words: str) -> re.Pattern[bytes]:
    return re.compile(b"|".join(re.escape(words.encode(code)) for code in ("ascii", "utf-16-le", "utf-16-be")), re.I)


# entities are declared nowhere but in a DOCTYPE, and no office program writes one
_DOCTYPE = _mark("<!DOCTYPE")
_ENTITY = _mark("<!ENTITY")


class Package:
    """The parts of one document.

    Every reader raises Failed `corrupt`, or Refused `encrypted`, `archive-ratio`, `too-large` or `xml-entities`.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self._read = 0
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
            raise self.corrupt("it is no whole zip file") from error
        self.names = tuple(dict.fromkeys(self._archive.namelist()))

    def corrupt(self, why: str) -> Failed:
        """Return the failure that says what is wrong with the file."""
        return Failed("corrupt", f"“{self._name}” is damaged: {why}. The file was left as it is.")

    def part(self, name: str) -> bytes:
        """Return a part's bytes."""
        try:
            member = self._archive.getinfo(name)
        except KeyError as error:
            raise self.corrupt(f"its part {name[:80]!r} is missing") from error
        if member.flag_bits & _ENCRYPTED:
            raise Refused("encrypted", f"“{self._name}” is protected by a password, so it could not be read.")
        try:
            return self._counted(member)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise self.corrupt(f"its part {name[:80]!r} cannot be unpacked") from error

    def xml(self, name: str) -> etree._Element:
        """Return a part's root element; no entity is resolved and nothing is fetched."""
        data = self.part(name)
        if _DOCTYPE.search(data):
            raise self._entities()
        return self.parsed(data, name)

    def parsed(self, data: bytes, name: str) -> etree._Element:
        """Parse XML that may have a DOCTYPE, as long as it declares no entities."""
        if _ENTITY.search(data):
            raise self._entities()
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError, LookupError) as error:
            raise self.corrupt(f"its part {name[:80]!r} is not well formed") from error

    def _entities(self) -> Refused:
        return Refused("xml-entities", f"“{self._name}” declares entities of its own, as no sound document does.")

    def _counted(self, member: zipfile.ZipInfo) -> bytes:
        """Unpack a part while counting what really comes out, whatever the header promises."""
        pieces: list[bytes] = []
        size = 0
        with self._archive.open(member) as stream:
            while piece := stream.read(_CHUNK):
                pieces.append(piece)
                size += len(piece)
                self._read += len(piece)
                if size > LARGEST_PART or self._read > LARGEST_WHOLE:
                    raise self._too_much(size, member.compress_size)
        return b"".join(pieces)

    def _too_much(self, size: int, packed: int) -> Refused:
        if size > HIGHEST_RATIO * max(packed, 1):
            return Refused("archive-ratio", f"“{self._name}” unpacks to far more than it holds, so it was not opened.")
        limit = LARGEST_PART // MEGABYTE
        return Refused("too-large", f"“{self._name}” holds more text than {limit} MB, so it was not imported.")


def attribute(element: etree._Element, name: str) -> str:
    """Return an attribute by its name without namespace, "" when absent."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def words_in(root: etree._Element, name: str) -> str:
    """Return the text of the first element of a name without namespace."""
    for element in root.iter():
        if local_name(element) == name:
            return " ".join("".join(str(text) for text in element.itertext()).split())
    return ""
