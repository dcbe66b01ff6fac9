"""Find the files of resources/ in a checkout, an install and a frozen build."""

from __future__ import annotations

import sys
from pathlib import Path

PACKAGE_FOLDER = Path(__file__).resolve().parent


def resource_path(*parts: str) -> Path:
    """Give the path of a file or folder of resources/, such as `resource_path("lexicons", "titles.txt")`.

    Raises FileNotFoundError where the installation is incomplete.
    """
    for root in resource_roots():
        path = root.joinpath(*parts)
        if path.exists():
            return path
    places = " or ".join(str(root) for root in resource_roots())
    raise FileNotFoundError(f"this installation of Kartoteka is incomplete: no {'/'.join(parts)} in {places}")


def resource_roots() -> tuple[Path, ...]:
    """Name the folders that may hold resources, the likeliest first."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return (Path(frozen) / "resources",)
    return (PACKAGE_FOLDER / "_resources", PACKAGE_FOLDER.parent / "resources")
