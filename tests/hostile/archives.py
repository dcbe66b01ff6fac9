"""Hostile archives: bombs, overlaps, names that climb, links, locks, damage."""

from __future__ import annotations

import io
import os
import struct
import tarfile
import warnings
import zipfile
import zlib
from pathlib import Path

from tests.hostile.case import FAILED, IMPORTED, REFUSED, TEXT, WARNED, Case, Want, case, one

GOOD = Want("good.txt", (IMPORTED, WARNED))


def _zip(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def _zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def bomb(folder: Path) -> Path:
    """One megabyte that unpacks to a gigabyte, behind a member that is sound."""
    path = folder / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("good.txt", TEXT)
        with archive.open("zeros.txt", "w", force_zip64=True) as member:
            for _ in range(1024):
                member.write(bytes(1024 * 1024))
    return path


def lying_bomb(folder: Path) -> Path:
    """A bomb whose headers promise a hundred bytes."""
    path = bomb(folder)
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 100)
    path.write_bytes(data)
    return path


def nested(folder: Path) -> Path:
    """Archives in archives, deeper than is followed."""
    inner = _zipped({"good.txt": TEXT.encode()})
    for depth in range(6):
        inner = _zipped({f"level-{depth}.zip": inner, f"at-{depth}.txt": f"{TEXT}\nLevel {depth}.".encode()})
    path = folder / "nested.zip"
    path.write_bytes(inner)
    return path


def overlapping(folder: Path) -> Path:
    """Many members that share one another's bytes: the directory names the first one's data a hundred times."""
    path = _zip(folder / "overlap.zip", {"a.txt": TEXT.encode() * 50})
    data = path.read_bytes()
    start, end = data.index(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    entry = data[start:end]
    entries = b"".join(entry.replace(b"a.txt", f"{n:05d}".encode()) for n in range(100))
    tail = bytearray(data[end:])
    struct.pack_into("<HHLL", tail, 8, 100, 100, len(entries), start)
    path.write_bytes(data[:start] + entries + bytes(tail))
    return path


def climbing(folder: Path) -> Path:
    """Names that lead out of any folder."""
    names = (
        "../../outside.txt",
        "/etc/outside.txt",
        "C:\\outside.txt",
        "\\\\server\\share\\outside.txt",
        "a\\..\\outside.txt",
    )
    members = {name: f"{TEXT}\n{number}".encode() for number, name in enumerate(names)}
    return _zip(folder / "climbing.zip", members)


def linked(folder: Path) -> Path:
    """A symbolic link as a member."""
    path = folder / "linked.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("good.txt", TEXT)
        link = zipfile.ZipInfo("passwd.txt")
        link.create_system = 3
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return path


def special_tar(folder: Path) -> Path:
    """Links, a device and a pipe in a tar."""
    path = folder / "special.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, kind, target in (
            ("link.txt", tarfile.SYMTYPE, "/etc/passwd"),
            ("hard.txt", tarfile.LNKTYPE, "/etc/passwd"),
            ("pipe.txt", tarfile.FIFOTYPE, ""),
            ("device.txt", tarfile.CHRTYPE, ""),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            archive.addfile(info)
        info = tarfile.TarInfo("good.txt")
        info.size = len(TEXT.encode())
        archive.addfile(info, io.BytesIO(TEXT.encode()))
    return path


def looping_folder(folder: Path) -> Path:
    """A folder that holds a link to itself, one that leads out, and a pipe."""
    inside = folder / "loop"
    inside.mkdir()
    (inside / "good.txt").write_text(TEXT, encoding="utf-8")
    (inside / "again").symlink_to(inside, target_is_directory=True)
    (inside / "out.txt").symlink_to("/etc/hostname")
    os.mkfifo(inside / "pipe.txt")
    return inside


def odd_names(folder: Path) -> Path:
    """Names twice, in other capitals, of devices, with dots and blanks at the end, and very long."""
    path = folder / "names.zip"
    names = ("twice.txt", "twice.txt", "TWICE.TXT", "CON", "con.txt", "dot.", "blank ", "n" * 4000 + ".txt")
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as archive:
        warnings.simplefilter("ignore")  # names twice are what this is about
        for number, name in enumerate(names):
            info = zipfile.ZipInfo("x")
            info.filename = name
            archive.writestr(info, f"{TEXT}\nCopy {number}.")
    return path


def locked(folder: Path) -> Path:
    """A member that says it is encrypted, beside one that is not."""
    path = _zip(folder / "locked.zip", {"good.txt": TEXT.encode(), "secret.txt": TEXT.encode()}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(b"secret.txt", 0 if mark == b"PK\x03\x04" else data.index(b"PK\x01\x02"))
        at = data.rindex(mark, 0, at)
        data[at + flags] |= 1
    path.write_bytes(data)
    return path


def damaged_member(folder: Path) -> Path:
    """A member whose checksum does not fit, beside one that is sound."""
    path = _zip(folder / "damaged.zip", {"bad.txt": TEXT.encode(), "good.txt": TEXT.encode()}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[data.index(b"ferry")] ^= 0x20
    path.write_bytes(data)
    return path


def other_methods(folder: Path) -> Path:
    """Members packed with bzip2 and LZMA, and one by a method that nobody knows."""
    path = folder / "methods.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("bz.txt", f"{TEXT}\nbz", zipfile.ZIP_BZIP2)
        archive.writestr("lz.txt", f"{TEXT}\nlz", zipfile.ZIP_LZMA)
        archive.writestr("odd.txt", f"{TEXT}\nodd", zipfile.ZIP_STORED)
        archive.writestr("good.txt", TEXT)
    data = bytearray(path.read_bytes())
    first = data.index(b"odd.txt")
    second = data.index(b"odd.txt", first + 1)
    struct.pack_into("<H", data, data.rindex(b"PK\x03\x04", 0, first) + 8, 77)
    struct.pack_into("<H", data, data.rindex(b"PK\x01\x02", 0, second) + 10, 77)
    path.write_bytes(data)
    return path


def gzip_bomb(folder: Path) -> Path:
    """A gigabyte of zeros, packed as one gzip file."""
    path = folder / "zeros.txt.gz"
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    with path.open("wb") as file:
        for _ in range(1024):
            file.write(packer.compress(bytes(1024 * 1024)))
        file.write(packer.flush())
    return path


CASES: tuple[Case, ...] = (
    case(1, "zip bomb", bomb, GOOD, Want("zeros", (REFUSED,), ("archive-ratio", "too-large"))),
    case(1, "zip bomb with lying headers", lying_bomb, GOOD, Want("zeros", (FAILED,), ("crc",))),
    case(1, "gzip bomb", gzip_bomb, one(REFUSED, codes=("archive-ratio", "too-large"))),
    case(2, "nested archives", nested, Want("at-5", (IMPORTED, WARNED)), one(REFUSED, codes=("archive-depth",))),
    case(3, "overlapping members", overlapping, one(REFUSED, codes=("archive-overlap",))),
    case(4, "climbing names", climbing, Want("outside", (WARNED,), ("member-name",))),
    case(5, "link in a zip", linked, GOOD, Want("passwd", (REFUSED,), ("not-a-file",))),
    case(5, "links and devices in a tar", special_tar, GOOD, Want("pipe", (REFUSED,), ("not-a-file",))),
    case(
        5,
        "folder with loop, outward link and pipe",
        looping_folder,
        GOOD,
        Want("again", (REFUSED,), ("loop",)),
        Want("out.txt", (REFUSED,), ("outside-link",)),
        Want("pipe.txt", (REFUSED,), ("not-a-file",)),
    ),
    case(
        6,
        "odd names",
        odd_names,
        Want("twice", (IMPORTED, WARNED)),
        Want("TWICE", (IMPORTED, WARNED)),
        Want("con", (IMPORTED, WARNED)),
    ),
    case(7, "encrypted member", locked, GOOD, Want("secret", (REFUSED,), ("encrypted",))),
    case(7, "bad checksum", damaged_member, GOOD, Want("bad", (FAILED,), ("crc", "corrupt"))),
    case(
        7,
        "unknown method",
        other_methods,
        GOOD,
        Want("bz", (IMPORTED, WARNED)),
        Want("lz", (IMPORTED, WARNED)),
        Want("odd", (REFUSED,), ("method",)),
    ),
)
