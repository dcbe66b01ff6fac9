"""Lay out the Python libraries of the package: wheels of several Pythons side by side, without what is not used."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

# The Pythons of Debian 12, Ubuntu 24.04 and Debian 13. Compiled modules carry the Python's tag in their file
# name, so that the wheels of all of them share one folder and each Python finds its own.
PYTHONS = ("3.11", "3.12", "3.13")
PLATFORMS = ("manylinux_2_34_x86_64", "manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64")

# They tell how each wheel was built and are never asked: the first one stays.
MAY_DIFFER = frozenset({"numpy/__config__.py"})

QT_MODULES = ("QtCore", "QtDBus", "QtGui", "QtNetwork", "QtSvg", "QtWidgets")
QT_PLUGINS = (
    "iconengines/libqsvgicon.so",
    "imageformats/libqgif.so",
    "imageformats/libqico.so",
    "imageformats/libqjpeg.so",
    "imageformats/libqsvg.so",
    "imageformats/libqwebp.so",
    "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "platforminputcontexts/libibusplatforminputcontextplugin.so",
    "platforms/libqminimal.so",
    "platforms/libqoffscreen.so",
    "platforms/libqwayland.so",
    "platforms/libqxcb.so",
    "platformthemes/libqxdgdesktopportal.so",
    "wayland-decoration-client/*",
    "wayland-graphics-integration-client/*",
    "wayland-shell-integration/libxdg-shell.so",
    "xcbglintegrations/*",
)
QT_KEPT_FOLDERS = ("support",)
PRUNED = (
    "**/*.pyi",
    "**/*.pyx",
    "**/*.pxd",
    "**/*.pxi",
    "**/*.c",
    "**/*.h",
    "**/*.a",
    "**/py.typed",
    "**/tests",
    "numpy/**/*_tests.*.so",
    "pwiz.py",
    "**/__pycache__",
    "lxml/includes",
    "lxml/isoschematron",
    "numpy/_core/include",
    "numpy/f2py",
    "numpy/distutils",
    "numpy/_pyinstaller",
    # for programs in C, for makers of models, and for processors that we do not ask for
    "onnxruntime/capi/libonnxruntime*",
    "onnxruntime/backend",
    "onnxruntime/datasets",
    "onnxruntime/quantization",
    "onnxruntime/tools",
    "onnxruntime/transformers",
    # for Python 2: a package compiles all its modules when it is installed, and this one cannot be
    "olefile/olefile2.*",
    "olefile/doc",
    "olefile/*.html",
    "*.dist-info/RECORD",
    "*.dist-info/direct_url.json",
    "*.dist-info/sboms",
)


def fetch_wheels(pip: list[str], lock: Path, folder: Path, sources: list[str]) -> list[Path]:
    """Download the locked wheels for each Python, checked against their hashes; gives each file once."""
    for python in PYTHONS:
        command = [*pip, "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
        command += ["--only-binary=:all:", "--implementation", "cp", "--python-version", python]
        command += [part for platform in PLATFORMS for part in ("--platform", platform)]
        tag = f"cp{python.replace('.', '')}"
        command += ["--abi", tag, "--abi", "abi3", "--abi", "none"]
        subprocess.run([*command, *sources, "--requirement", str(lock), "--dest", str(folder)], check=True)
    return sorted(folder.glob("*.whl"))


def unpack(wheels: list[Path], target: Path) -> None:
    """Unpack wheels into one folder; exits when two of them bring different files of one name."""
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.infolist():
                first = member.filename.split("/")[0]
                if member.is_dir() or first.endswith(".data"):
                    continue
                place = target / member.filename
                content = archive.read(member)
                differs = place.exists() and place.read_bytes() != content
                if differs and member.filename not in MAY_DIFFER and not first.endswith(".dist-info"):
                    sys.exit(f"{wheel.name} brings another {member.filename} than the wheel before it")
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)


def prune(target: Path) -> None:
    """Take away what Kartoteka never opens: headers, stubs, tests, and the Qt modules it does not use."""
    for pattern in PRUNED:
        for path in sorted(target.glob(pattern), reverse=True):
            remove(path)
    prune_qt(target / "PySide6")


def prune_qt(qt: Path) -> None:
    """Keep of PySide6 the named modules and plug-ins, and the libraries those are linked with."""
    kept = {qt / "__init__.py", qt / "_config.py", qt / "_git_pyside_version.py"}
    kept |= {qt / f"{module}.abi3.so" for module in QT_MODULES}
    kept |= {plugin for pattern in QT_PLUGINS for plugin in (qt / "Qt" / "plugins").glob(pattern)}
    kept |= {path for folder in QT_KEPT_FOLDERS for path in (qt / folder).rglob("*")}
    kept |= linked_with({path for path in kept if ".so" in path.name}, [qt, qt / "Qt" / "lib"])
    for path in sorted(qt.rglob("*"), reverse=True):
        if path.is_file() and path not in kept:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def linked_with(binaries: set[Path], folders: list[Path]) -> set[Path]:
    """Follow the needed libraries of binaries through the given folders; gives those found there."""
    found: set[Path] = set()
    waiting = list(binaries)
    while waiting:
        for name in needed(waiting.pop()):
            for path in (folder / name for folder in folders):
                if path.is_file() and path not in found and path not in binaries:
                    found.add(path)
                    waiting.append(path)
    return found


def strip(target: Path) -> None:
    """Take the symbols for debuggers out of every binary but those whose paths a wheel's maker has patched."""
    # strip misaligns the segments that patchelf added to them, and the loader then refuses them
    binaries = [path for path in sorted(target.rglob("*")) if ".so" in path.name and path.is_file()]
    binaries = [path for path in binaries if not path.parent.name.endswith(".libs")]
    subprocess.run(["strip", "--strip-unneeded", *map(str, binaries)], check=True)


def needed(binary: Path) -> list[str]:
    """Read the names of the shared libraries that a binary asks for."""
    done = subprocess.run(["objdump", "-p", str(binary)], capture_output=True, text=True, check=True)
    return [line.split()[1] for line in done.stdout.splitlines() if line.strip().startswith("NEEDED")]


def remove(path: Path) -> None:
    """Remove a file or a whole folder."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
