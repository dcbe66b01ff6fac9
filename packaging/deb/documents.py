"""Write the texts of the Debian package: control, copyright, changelog, and those filled in from files/."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.parser import HeaderParser
from email.utils import format_datetime
from pathlib import Path

from system_libraries import ALWAYS, FONT_PACKAGE, FOR_A_WINDOW

MAINTAINER = "Kartoteka developers <developers@kartoteka.invalid>"
# Ubuntu 24.04 and Debian 13 renamed the libraries whose time type grew.
RENAMED = {"libglib2.0-0": "libglib2.0-0t64 | libglib2.0-0"}
OTHER_DEPENDS = ("python3 (>= 3.11)", "python3 (<< 3.14)", "libc6 (>= 2.34)", "libgcc-s1", "libstdc++6", "libzstd1")
WAYLAND = ("libwayland-client0", "libwayland-cursor0", "libwayland-egl1")
DESCRIPTION = """\
Description: offline knowledge base built from news articles
 Kartoteka reads news articles and makes a card of every person and
 institution in them: names, roles, events, statements and relations. Every
 line of a card opens the sentence it rests on, and a timeline shows what
 happened when, as precisely as the sources say it.
 .
 Nothing leaves the workstation: the program connects to no service. The
 Python libraries it uses come with the package.
"""
SHORT_NAMES = {
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: MIT License": "Expat",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "MIT": "Expat",
    "": "Expat",
}


@dataclass(frozen=True)
class Release:
    """What is packed: the version, SQLite's application id of a knowledge base, and the moment in seconds."""

    version: str
    application_id: str
    moment: int

    @property
    def when(self) -> datetime:
        """Give the moment as a date with its time zone."""
        return datetime.fromtimestamp(self.moment, UTC)


def control(release: Release, kibibytes: int) -> str:
    """Write the control file; the size is what the package takes when it is installed."""
    libraries = sorted({**ALWAYS, **FOR_A_WINDOW}.values())
    depends = [*OTHER_DEPENDS, *(RENAMED.get(name, name) for name in libraries), f"{FONT_PACKAGE} | fonts-noto-core"]
    fields = {
        "Package": "kartoteka",
        "Version": release.version,
        "Section": "misc",
        "Priority": "optional",
        "Architecture": "amd64",
        "Maintainer": MAINTAINER,
        "Installed-Size": str(kibibytes),
        "Depends": ", ".join(depends),
        "Recommends": ", ".join(WAYLAND),
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items()) + DESCRIPTION


def documents(folder: Path, release: Release) -> dict[str, str]:
    """Fill in the texts of a folder; gives each with its place in the package's tree."""
    day = release.when.strftime("%Y-%m-%d")

    def filled(name: str) -> str:
        text = (folder / name).read_text(encoding="utf-8")
        text = text.replace("@VERSION@", release.version).replace("@DATE@", day)
        return text.replace("@APPLICATION_ID@", release.application_id)

    return {
        "usr/share/applications/kartoteka.desktop": filled("kartoteka.desktop"),
        "usr/share/mime/packages/kartoteka.xml": filled("kartoteka.mime.xml"),
        "usr/share/metainfo/org.kartoteka.Kartoteka.metainfo.xml": filled("org.kartoteka.Kartoteka.metainfo.xml"),
        "usr/share/man/man1/kb-app.1.gz": filled("kb-app.1"),
        "usr/share/lintian/overrides/kartoteka": filled("lintian-overrides"),
        "usr/share/doc/kartoteka/changelog.gz": changelog(release),
    }


def changelog(release: Release) -> str:
    """Write the package's changelog, which points to the project's own."""
    lines = f"kartoteka ({release.version}) stable; urgency=medium\n\n  * Version {release.version} of Kartoteka.\n\n"
    return f"{lines} -- {MAINTAINER}  {format_datetime(release.when)}\n"


def copyright_text(libraries: Path) -> str:
    """Write the machine-readable copyright file from what each bundled library says of itself."""
    head = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: Kartoteka\n"
    own = "\nFiles: *\nCopyright: 2026 the Kartoteka developers\nLicense: Apache-2.0\n"
    tagger = (
        "\nFiles: usr/lib/kartoteka/kb_app/_resources/models/*\n"
        "Copyright: 2026 the Kartoteka developers and those whom the README.md beside the files credits\n"
        "License: CC-BY-SA-4.0\n"
    )
    parts = [head, own, tagger]
    licences = {
        "Apache-2.0": "The text stands in /usr/share/common-licenses/Apache-2.0.",
        "CC-BY-SA-4.0": "The text stands at https://creativecommons.org/licenses/by-sa/4.0/legalcode.",
    }
    for about, folder in _bundled(libraries):
        name = _licence(about)
        parts.append(
            f"\nFiles: usr/lib/kartoteka/{_folder_of(folder)}*\n"
            f"Copyright: {about.get('Author') or about.get('Author-Email') or 'its authors'}\n"
            f"License: {name}\n"
            f"Comment: {about['Name']} {about['Version']}, bundled as published\n"
        )
        licences.setdefault(name, f"The text comes with the library, in {folder.name}.")
    parts += [f"\nLicense: {name}\n {text}\n" for name, text in sorted(licences.items())]
    return "".join(parts)


def _bundled(libraries: Path) -> Iterator[tuple[Message, Path]]:
    for folder in sorted(libraries.glob("*.dist-info")):
        if not folder.name.startswith("kartoteka-"):
            yield HeaderParser().parsestr((folder / "METADATA").read_text(encoding="utf-8")), folder


def _licence(about: Message) -> str:
    classifiers = [entry for entry in about.get_all("Classifier", []) if entry.startswith("License ::")]
    said = about.get("License-Expression") or " and ".join(classifiers) or ""
    short = SHORT_NAMES.get(said, said)
    return short.replace(" OR ", " or ").replace(" AND ", " and ")


def _folder_of(dist_info: Path) -> str:
    return dist_info.name.split("-")[0]
