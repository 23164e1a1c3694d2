"""Tabler icons drawn from SVG in the colour of a token: sharp at any scale, one switch of theme."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from ui.tokens import LIGHT

if TYPE_CHECKING:
    from ui.theme import Theme

_CURRENT: dict[str, Theme] = {}


def use(theme: Theme) -> None:
    """Draw every icon, even those already made, with the tokens of this theme."""
    _CURRENT["theme"] = theme


def _colour(token: str) -> str:
    theme = _CURRENT.get("theme")
    return LIGHT[token] if theme is None else theme.hex(token)


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))


class _Engine(QIconEngine):
    """Draws one icon; the token depends on the state of the control."""

    def __init__(self, name: str, token: str, on: str) -> None:
        super().__init__()
        self._name = name
        self._token = token
        self._on = on

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon in the middle of rect."""
        token = self._on if state is QIcon.State.On else self._token
        if mode is QIcon.Mode.Disabled:
            token = "texte3"
            painter.setOpacity(painter.opacity() * 0.55)
        side = min(rect.width(), rect.height())
        box = QRectF(rect.x(), 0, side, side)  # a wide box keeps room between the icon and its word
        box.moveCenter(QPointF(box.center().x(), QRectF(rect).center().y()))
        _renderer(self._name, _colour(token)).render(painter, box)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon alone, on a transparent ground."""
        image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return QPixmap.fromImage(image)

    def clone(self) -> QIconEngine:
        """Return a copy, for Qt."""
        copy = _Engine(self._name, self._token, self._on)
        _KEPT.append(copy)
        return copy


_KEPT: list[_Engine] = []


def icon(name: str, token: str = "texte2", size: int = 20, on: str | None = None) -> QIcon:  # noqa: ARG001
    """Return the icon of resources/icons of that name; on: token when the control is checked.

    Raises FileNotFoundError if there is no such icon.
    """
    _source(name)
    return QIcon(_Engine(name, token, on or token))


def draw(painter: QPainter, name: str, token: str, box: QRectF) -> None:
    """Draw an icon in a box, for delegates and painters."""
    _renderer(name, _colour(token)).render(painter, box)


def pixmap(name: str, token: str = "texte2", size: int = 20, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a square pixmap of size logical pixels, for a label."""
    side = round(size * ratio)
    image = icon(name, token).pixmap(QSize(side, side))
    image.setDevicePixelRatio(ratio)
    return image


def app_icon() -> QIcon:
    """Return the icon of the application."""
    return QIcon(str(resources.path("icons", "maillage.svg")))
