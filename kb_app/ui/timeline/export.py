"""The timeline as a picture in a file: PNG, SVG or PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSaveFile, QSize, QSizeF
from PySide6.QtGui import QImage, QImageWriter, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from kb_app.core.errors import KartotekaError
from kb_app.ui.timeline.picture import TimelinePicture

FORMATS = ("png", "svg", "pdf")
_SHARP = 2  # device pixels a pixel in a PNG
_PDF_RESOLUTION = 96


def export_picture(picture: TimelinePicture, size: QSize, path: Path) -> None:
    """Write the picture, its format by the ending; the file appears whole or not at all.

    Raises KartotekaError when the ending is unknown or the file cannot be written.
    """
    kind = path.suffix.lower().lstrip(".")
    if kind not in FORMATS:
        raise KartotekaError(f"“{path.name}” was not written: a timeline is saved as .png, .svg or .pdf.")
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    _DRAW[kind](picture, size, buffer)
    file = QSaveFile(str(path))
    written = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(buffer.data()) >= 0 and file.commit()
    if not written:
        raise KartotekaError(f"“{path.name}” was not written: {file.errorString()}.")


def _png(picture: TimelinePicture, size: QSize, buffer: QBuffer) -> None:
    image = QImage(size * _SHARP, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(_SHARP)
    painter = QPainter(image)
    picture.paint(painter, QRectF(0, 0, size.width(), size.height()), 0)
    painter.end()
    QImageWriter(buffer, b"png").write(image)


def _svg(picture: TimelinePicture, size: QSize, buffer: QBuffer) -> None:
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    painter = QPainter(generator)
    picture.paint(painter, QRectF(0, 0, size.width(), size.height()), 0)
    painter.end()


def _pdf(picture: TimelinePicture, size: QSize, buffer: QBuffer) -> None:
    writer = QPdfWriter(buffer)
    writer.setResolution(_PDF_RESOLUTION)
    points = QSizeF(size.width() * 72 / _PDF_RESOLUTION, size.height() * 72 / _PDF_RESOLUTION)
    writer.setPageSize(QPageSize(points, QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(writer)
    picture.paint(painter, QRectF(0, 0, size.width(), size.height()), 0)
    painter.end()


_DRAW = {"png": _png, "svg": _svg, "pdf": _pdf}
