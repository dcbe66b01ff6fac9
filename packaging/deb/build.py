#!/usr/bin/env python3
"""Build dist/kartoteka_<version>_amd64.deb: Kartoteka with its Python libraries, for Debian 12 and Ubuntu 24.04 on.

Needs dpkg-deb and objdump (Debian: dpkg, binutils) and a package index that pip is set up for. The Python
libraries are those of packaging/requirements-run.txt; the system's are named as dependencies.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))  # the modules of packaging/ stand one folder up

from documents import Release, control, copyright_text, documents  # noqa: E402
from environment import ROOT, Environment, SetUpError, say  # noqa: E402
from payload import QT_MODULES, fetch_wheels, prune, strip, unpack  # noqa: E402

LIBRARY_FOLDER = Path("usr/lib/kartoteka")
ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256)
LARGEST_BYTES = 150 * 1000 * 1000


def read_release() -> Release:
    """Read the version, the application id of a knowledge base and the date of the last commit."""
    version = re.search(r'__version__ = "([^"]+)"', (ROOT / "kb_app" / "__init__.py").read_text())
    tables = (ROOT / "kb_app" / "storage" / "tables.py").read_text()
    application_id = re.search(r"APPLICATION_ID = (0x[0-9A-Fa-f]+)", tables)
    if version is None or application_id is None:
        sys.exit("the version or the application id of a knowledge base was not found in kb_app")
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    moment = int(os.environ.get("SOURCE_DATE_EPOCH") or done.stdout.strip() or 0)
    return Release(version[1], application_id[1], moment)


def build_wheel(environment: Environment, folder: Path) -> Path:
    """Build Kartoteka's own wheel with the locked build tools."""
    command = [str(environment.python), "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, stdout=subprocess.DEVNULL)
    return next(folder.glob("kartoteka-*.whl"))


def check_qt_modules(libraries: Path) -> None:
    """Exit when Kartoteka imports a Qt module that the package would not hold."""
    imported = {
        name
        for path in (libraries / "kb_app").rglob("*.py")
        for name in re.findall(r"^\s*from PySide6\.(\w+) import", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    lacking = imported - set(QT_MODULES)
    if lacking:
        sys.exit(f"kb_app imports {', '.join(sorted(lacking))}: add them to QT_MODULES in payload.py")


def place(source: Path, target: Path, mode: int = 0o644) -> None:
    """Copy a file to its place in the package's tree."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(mode)


def write(target: Path, text: str, mode: int = 0o644) -> None:
    """Write a text to its place in the package's tree, compressed where its name ends in .gz."""
    target.parent.mkdir(parents=True, exist_ok=True)
    content = text.encode()
    target.write_bytes(gzip.compress(content, 9, mtime=0) if target.suffix == ".gz" else content)
    target.chmod(mode)


def place_icons(tree: Path) -> None:
    """Put the program's and the file type's icons where desktops look."""
    icons = ROOT / "resources" / "icons"
    hicolor = tree / "usr/share/icons/hicolor"
    for name, kind, as_name in (
        ("kartoteka", "apps", "kartoteka"),
        ("kartoteka-kb", "mimetypes", "application-x-kartoteka-kb"),
    ):
        for size in ICON_SIZES:
            place(icons / f"{name}-{size}.png", hicolor / f"{size}x{size}" / kind / f"{as_name}.png")
        place(icons / f"{name}.svg", hicolor / "scalable" / kind / f"{as_name}.svg")


def lay_out(tree: Path, wheels: list[Path], release: Release) -> None:
    """Fill the package's tree with libraries, launcher, icons and documents."""
    libraries = tree / LIBRARY_FOLDER
    unpack(wheels, libraries)
    prune(libraries)
    strip(libraries)
    check_qt_modules(libraries)
    place(HERE / "files" / "kb-app", tree / "usr/bin/kb-app", 0o755)
    place_icons(tree)
    write(tree / "usr/share/doc/kartoteka/copyright", copyright_text(libraries))
    for target, text in documents(HERE / "files", release).items():
        write(tree / target, text)


def write_control(tree: Path, release: Release) -> None:
    """Write the package's metadata, its checksums and its scripts."""
    files = sorted(path for path in tree.rglob("*") if path.is_file())
    kibibytes = sum(path.stat().st_size for path in files) // 1024
    folder = tree / "DEBIAN"
    write(folder / "control", control(release, kibibytes))
    sums = subprocess.run(
        ["md5sum", *(str(path.relative_to(tree)) for path in files)],
        cwd=tree,
        capture_output=True,
        text=True,
        check=True,
    )
    write(folder / "md5sums", sums.stdout)
    for script in ("postinst", "prerm"):
        place(HERE / "files" / script, folder / script, 0o755)


def settle(tree: Path, moment: int) -> None:
    """Give every file the mode and the time that do not depend on who builds."""
    for path in sorted(tree.rglob("*"), reverse=True):
        executable = path.is_dir() or path.stat().st_mode & 0o100 and path.parent.name in ("bin", "DEBIAN")
        path.chmod(0o755 if executable else 0o644)
        os.utime(path, (moment, moment))


def build(out: Path, wheels_folder: Path | None) -> Path:
    """Build the package; gives its path."""
    release = read_release()
    tools = Environment(ROOT / ".venv-build", ROOT / "packaging" / "requirements-build.txt", wheels_folder)
    tools.prepare()
    with tempfile.TemporaryDirectory(prefix="kartoteka-deb-") as name:
        work = Path(name)
        say("building Kartoteka's wheel")
        own = build_wheel(tools, work)
        say("fetching the libraries of the run lock for three Pythons")
        pip = [str(tools.python), "-m", "pip"]
        offline = ["--no-index", "--find-links", str(wheels_folder)] if wheels_folder else []
        wheels = fetch_wheels(pip, ROOT / "packaging" / "requirements-run.txt", work / "wheels", offline)
        tree = work / "tree"
        say("laying out the package")
        lay_out(tree, [own, *wheels], release)
        write_control(tree, release)
        settle(tree, release.moment)
        out.mkdir(parents=True, exist_ok=True)
        package = out / f"kartoteka_{release.version}_amd64.deb"
        say("packing it")
        command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(package)]
        subprocess.run(
            command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "SOURCE_DATE_EPOCH": str(release.moment)}
        )
    return package


def main() -> int:
    """Build, and say what came of it; exit 1 where the package is larger than promised."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="folder for the package (default: dist)")
    parser.add_argument("--wheels", type=Path, help="take the libraries from this folder of wheels, without a network")
    options = parser.parse_args()
    lacking = [tool for tool in ("dpkg-deb", "objdump", "strip", "md5sum") if not shutil.which(tool)]
    if lacking:
        print(f"[kartoteka] needs {', '.join(lacking)}: apt-get install dpkg binutils", file=sys.stderr)
        return 1
    try:
        package = build(options.out, options.wheels)
    except SetUpError as error:
        print(f"[kartoteka] {error}", file=sys.stderr)
        return 1
    size = package.stat().st_size
    say(f"{package}: {size / 1e6:.1f} MB")
    return 0 if size <= LARGEST_BYTES else 1


if __name__ == "__main__":
    sys.exit(main())
