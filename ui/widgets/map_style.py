"""Colours and textures of the map on the screen, by day and by night."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QPixmap

from app.domain.indicator import ValueState
from maps.choropleth import Mark
from ui.tokens import DARK, LIGHT

if TYPE_CHECKING:
    from maps.choropleth import Choropleth

TILE = 8
SEE_THROUGH = "#73"
"""45 % of opacity, before the six digits of a colour."""


@dataclass(frozen=True, slots=True)
class MapStyle:
    """Colours of all that is not data; hexadecimal with # (opacity first where there are eight digits)."""

    ground: str
    water: str
    blank: str
    """White zones: no service, known."""
    flag: str
    neighbour_line: str
    neighbour_text: str
    commune_line: str
    epci_line: str
    departement_line: str
    selection: str
    selection_halo: str
    no_class: str
    absent_ground: str
    absent_ink: str
    symbol: str
    symbol_line: str
    text: str


def _made_of(token: Mapping[str, str], symbol: str, symbol_line: str) -> MapStyle:
    return MapStyle(
        ground=token["carte_fond"],
        water=token["carte_eau"],
        blank=token["surface"],
        flag=token["ocre"],
        neighbour_line=token["carte_voisin"],
        neighbour_text=token["texte3"],
        commune_line=SEE_THROUGH + token["carte_epci"].removeprefix("#"),
        epci_line=token["carte_epci"],
        departement_line=token["carte_departement"],
        selection=token["carte_selection"],
        selection_halo=token["carte_halo"],
        no_class=token["trait"],
        absent_ground=token["hachure_fond"],
        absent_ink=token["hachure"],
        symbol=token[symbol],
        symbol_line=token[symbol_line],
        text=token["texte"],
    )


DAY = _made_of(LIGHT, "surface", "carte_selection")
NIGHT = _made_of(DARK, "carte_selection", "carte_halo")


def style(dark: bool) -> MapStyle:
    """The colours of the theme."""
    return NIGHT if dark else DAY


@dataclass(frozen=True, slots=True)
class Colours:
    """Colour of each territory: palette, low to high; numbers, class of each, shape (n,), -1 for none."""

    palette: tuple[str, ...]
    numbers: NDArray[np.int16]
    empty: str
    """Colour where there is no class."""

    def __getitem__(self, place: int) -> str:
        number = int(self.numbers[place])
        return self.palette[number] if 0 <= number < len(self.palette) else self.empty

    def table(self) -> NDArray[np.uint32]:
        """ARGB of each territory, shape (n,)."""
        shades = np.array([argb(colour) for colour in (*self.palette, self.empty)], dtype=np.uint32)
        last = len(self.palette)
        known = (self.numbers >= 0) & (self.numbers < last)
        return shades[np.where(known, self.numbers, last)]


def colours_of(choropleth: Choropleth, palette: tuple[str, ...], look: MapStyle) -> Colours:
    """Colour of each area of a map; none under circles, one more where zero is a white zone."""
    if choropleth.mark is not Mark.AREA:
        return Colours((), choropleth.class_of, look.no_class)
    if not choropleth.blank_zero:
        return Colours(palette, choropleth.class_of, look.no_class)
    numbers = np.where(choropleth.states == ValueState.ZERO, len(palette), choropleth.class_of)
    return Colours((*palette, look.blank), numbers.astype(np.int16), look.no_class)


def argb(colour: str) -> int:
    """Premultiplied ARGB of an opaque colour."""
    return QColor(colour).rgba()


def _diagonal(painter: QPainter) -> None:
    for offset in (-TILE, 0, TILE):
        painter.drawLine(QPointF(offset, TILE), QPointF(offset + TILE, 0))


def _dots(painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for x, y in ((2.0, 2.0), (6.0, 6.0)):
        painter.drawEllipse(QPointF(x, y), 1.0, 1.0)


def _crossed(painter: QPainter) -> None:
    _diagonal(painter)
    for offset in (-TILE, 0, TILE):
        painter.drawLine(QPointF(offset, 0), QPointF(offset + TILE, TILE))


_DRAWN = {
    ValueState.NO_DATA: _diagonal,
    ValueState.NOT_PUBLISHED: _dots,
    ValueState.MASKED: _crossed,
}
TEXTURED = tuple(_DRAWN)


@lru_cache(maxsize=16)
def texture(state: ValueState, dark: bool) -> QImage:
    """Tile of 8 device pixels that says an absence; it repeats without seam."""
    look = style(dark)
    image = QImage(TILE, TILE, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(look.absent_ground))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(look.absent_ink), 1.1))
    painter.setBrush(QColor(look.absent_ink))
    _DRAWN[state](painter)
    painter.end()
    return image


def texture_array(state: ValueState, dark: bool) -> NDArray[np.uint32]:
    """The same tile as numbers, shape (8, 8)."""
    image = texture(state, dark)
    return np.frombuffer(image.constBits(), dtype=np.uint32).reshape(TILE, TILE).copy()


def texture_brush(state: ValueState, dark: bool) -> QBrush:
    """The same tile as a brush; the painter must not scale."""
    return QBrush(QPixmap.fromImage(texture(state, dark)))
