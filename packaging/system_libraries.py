"""Know the shared libraries and fonts that Qt opens on Linux, and the packages that bring them."""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

FONT_PACKAGE = "fonts-dejavu-core"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
FONT_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".pfb"})

# What libQt6Gui and libQt6Widgets are linked with: needed with and without a display.
ALWAYS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libz.so.1": "zlib1g",
}

# What the plug-in for X11 is linked with besides: needed to open a window there.
FOR_A_WINDOW = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def wanted_libraries(window: bool) -> dict[str, str]:
    """Map each shared library that Qt opens to the Debian package that brings it."""
    return {**ALWAYS, **FOR_A_WINDOW} if window else dict(ALWAYS)


def missing_packages(window: bool) -> list[str]:
    """Name the Debian packages whose library or font is absent; empty on Windows and macOS."""
    if platform.system() != "Linux":
        return []
    missing = [package for name, package in wanted_libraries(window).items() if not _loads(name)]
    if not has_fonts():
        missing.append(FONT_PACKAGE)
    return sorted(missing)


def has_fonts() -> bool:
    """Tell whether any outline font is installed: without one Qt draws text as empty boxes."""
    for folder in FONT_FOLDERS:
        for _, _, names in os.walk(Path(folder).expanduser()):
            if any(Path(name).suffix.lower() in FONT_SUFFIXES for name in names):
                return True
    return False


def offer_packages(packages: list[str], say: Callable[[str], None]) -> str:
    """Install packages where that is possible without asking; gives the command for a person to run."""
    if not shutil.which("apt-get"):
        return _command_elsewhere(packages)
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if os.geteuid() == 0:
        say(f"installing them: {' '.join(command)}")
        if _apt(command):  # the lists of a fresh system are empty or old
            _apt(["apt-get", "update", "--quiet"])
            _apt(command)
        return " ".join(command)
    return "sudo " + " ".join(command)


def _apt(command: list[str]) -> int:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.call(command, stdout=subprocess.DEVNULL, env=environment)


def _command_elsewhere(packages: list[str]) -> str:
    by_package = {package: name for name, package in wanted_libraries(window=True).items()}
    libraries = [by_package[package] for package in packages if package in by_package]
    for installer in ("dnf", "zypper"):
        if shutil.which(installer):
            wanted = [f"'{library}()(64bit)'" for library in libraries]
            return f"sudo {installer} install {' '.join(wanted)} dejavu-sans-fonts"
    return f"your system's packages with {', '.join(libraries)} and a font such as DejaVu Sans"


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
