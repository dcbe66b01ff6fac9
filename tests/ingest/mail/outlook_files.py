"""Files of Outlook that the tests make: streams in an OLE storage ([MS-CFB])."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

SECTOR, MINI_SECTOR, CUTOFF = 512, 64, 4096
FREE, END, FAT_SECTOR, NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
Tree = Mapping[str, "bytes | Tree"]


@dataclass
class _Entry:
    name: str
    kind: int  # 1 a folder, 2 a stream, 5 the root
    data: bytes = b""
    child: int = NONE
    right: int = NONE
    start: int = END
    size: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        head = name.ljust(64, b"\0") + struct.pack("<HBB3L", len(name), self.kind, 1, NONE, self.right, self.child)
        return head + bytes(36) + struct.pack("<LQ", self.start, self.size)


@dataclass
class _Sectors:
    """Chains of sectors of one size."""

    size: int
    chains: list[int] = field(default_factory=list)
    data: bytearray = field(default_factory=bytearray)

    def add(self, content: bytes) -> int:
        if not content:
            return END
        first, count = len(self.chains), -(-len(content) // self.size)
        self.chains += [first + n + 1 for n in range(count - 1)] + [END]
        self.data += content.ljust(count * self.size, b"\0")
        return first


def storage(tree: Tree) -> bytes:
    """Return an OLE storage with these folders and streams."""
    entries = [_Entry("Root Entry", 5)]
    _add(entries, 0, tree)
    sectors, mini = _Sectors(SECTOR), _Sectors(MINI_SECTOR)
    sectors.chains.append(FAT_SECTOR)  # the table of chains itself, filled in at the end
    sectors.data += bytes(SECTOR)
    for entry in entries[1:]:
        entry.size = len(entry.data)
        entry.start = (mini if entry.size < CUTOFF else sectors).add(entry.data)
    entries[0].start, entries[0].size = sectors.add(bytes(mini.data)), len(mini.data)
    mini_table = sectors.add(struct.pack(f"<{len(mini.chains)}L", *mini.chains).ljust(SECTOR, b"\xff"))
    directory = sectors.add(b"".join(entry.packed() for entry in entries))
    assert len(sectors.chains) <= SECTOR // 4
    sectors.data[:SECTOR] = struct.pack(f"<{len(sectors.chains)}L", *sectors.chains).ljust(SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9L", 0, 1, directory, 0, CUTOFF, mini_table, 1, END, 0)
    return head + struct.pack("<109L", 0, *[FREE] * 108) + bytes(sectors.data)


def _add(entries: list[_Entry], parent: int, tree: Tree) -> None:
    previous = -1
    for name, content in tree.items():
        number = len(entries)
        is_stream = isinstance(content, bytes)
        entries.append(_Entry(name, 2 if is_stream else 1, content if isinstance(content, bytes) else b""))
        if previous < 0:
            entries[parent].child = number
        else:
            entries[previous].right = number
        previous = number
        if not isinstance(content, bytes):
            _add(entries, number, content)


def text(value: str) -> bytes:
    """Return a wide string."""
    return value.encode("utf-16-le")


def properties(head: int, **numbers: int) -> bytes:
    """Return the fixed properties, named p0039 and the like, after a head of so many bytes."""
    return bytes(head) + b"".join(
        struct.pack("<HHLQ", 0x0003, int(name[1:], 16), 6, value) for name, value in numbers.items()
    )


def ticks(moment: datetime) -> int:
    """Return a moment as Windows counts it."""
    return int((moment - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000


def outlook(streams: Tree, **numbers: int) -> bytes:
    """Return a mail with these streams and fixed properties."""
    return storage({"__properties_version1.0": properties(32, **numbers), **streams})
