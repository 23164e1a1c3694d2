"""Make resources/icons/maillage.ico from maillage.svg: one picture a size, 16 to 256 pixels.

python -m resources.build.icon
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
HEADER = struct.Struct("<HHH")
ENTRY = struct.Struct("<BBBBHHII")


def picture(svg: bytes, side: int) -> bytes:
    """Return the drawing as a PNG of side x side pixels, on a transparent ground."""
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def container(pictures: dict[int, bytes]) -> bytes:
    """Return a Windows icon file of these PNG pictures, by side; 256 is written 0 as the format wants."""
    head = HEADER.pack(0, 1, len(pictures))
    place = HEADER.size + ENTRY.size * len(pictures)
    for side, data in pictures.items():
        head += ENTRY.pack(side % 256, side % 256, 0, 0, 1, 32, len(data), place)
        place += len(data)
    return head + b"".join(pictures.values())


def make_icon() -> None:
    """Write the icon file beside the drawing."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication.instance() or QGuiApplication([])
    svg = (ICONS / "maillage.svg").read_bytes()
    data = container({side: picture(svg, side) for side in SIZES})
    (ICONS / "maillage.ico").write_bytes(data)
    app.processEvents()


if __name__ == "__main__":
    make_icon()
