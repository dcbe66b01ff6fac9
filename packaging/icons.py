#!/usr/bin/env python3
"""Render resources/icons/*.svg to PNG in the sizes that desktops ask for; run it after a drawing has changed.

Needs PySide6: .venv-run/bin/python packaging/icons.py
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
DRAWINGS = ("kartoteka", "kartoteka-kb")
SIZES = (16, 22, 24, 32, 48, 64, 128, 256)


def render(drawing: Path, size: int) -> QImage:
    """Paint a drawing on a clear square of the given number of pixels a side."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    return image


def main() -> int:
    """Write every drawing in every size."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    QGuiApplication(sys.argv[:1])
    for name in DRAWINGS:
        for size in SIZES:
            target = ICONS / f"{name}-{size}.png"
            if not render(ICONS / f"{name}.svg", size).save(str(target)):
                print(f"{target} could not be written", file=sys.stderr)
                return 1
        print(f"{name}: {', '.join(str(size) for size in SIZES)} pixels")
    return 0


if __name__ == "__main__":
    sys.exit(main())
