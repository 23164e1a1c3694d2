"""Names and values to write on the map, chosen without overlap, and circles of stocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from app.domain.indicator import ValueState
from maps.choropleth import Mark
from maps.palettes import ink_on, palette
from ui.widgets.map_style import Colours, MapStyle
from ui.widgets.map_words import figure, short_name, told, two_lines

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maps.choropleth import Choropleth
    from ui.widgets.map_frame import Frame
    from ui.widgets.map_overlay import Spot

Holds = Callable[[QRectF], bool]

MOVES = (
    (0.0, 0.0), (0.0, 0.5), (0.0, -0.5), (0.0, 1.0), (0.0, -1.0), (0.5, 0.0), (-0.5, 0.0), (0.5, 0.6),
    (-0.5, 0.6), (0.5, -0.6), (-0.5, -0.6), (0.0, 1.5), (0.0, -1.5), (0.8, 1.2), (-0.8, 1.2),
    (0.8, -1.2), (-0.8, -1.2),
)  # fmt: skip
"""Moves of a label that leaves signs, in widths and heights of its box."""
GAP = 2.0
LARGEST_CIRCLE = 26.0
OVER_AREAS = 0.7
"""Circles over coloured areas are smaller, so that colours are seen around them."""
SIGNS = palette("ecart", 2)[::-1]
"""Fill of a rise, of a fall."""
"""Radius of the largest circle, logical pixels, never more than a share of the smaller side."""
SMALLEST_CIRCLE = 2.5
NAMED_CIRCLE = 5.0
"""Radius from which a circle among many has a label."""
MOST_LABELS = 160
FEW = 40
LOOSE, CLOSE = 1.15, 0.8
"""Share of the box of a polygon that its label may take: less where polygons are many."""


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text centred on a pixel; halo is the colour behind."""

    name: tuple[str, ...]
    value: str
    x: float
    y: float
    colour: str
    halo: str


@dataclass(frozen=True, slots=True)
class LabelFonts:
    """Fonts in device pixels."""

    name: QFont
    value: QFont
    neighbour: QFont

    @staticmethod
    def of(base: QFont, pixel: float) -> LabelFonts:
        """Names 12.5/500, values 14/700, neighbours 11 spaced capitals, times pixel."""
        return LabelFonts(
            _sized(base, 12.5 * pixel, 500), _sized(base, 14 * pixel, 700), _spaced(base, 10.5 * pixel)
        )


def _sized(base: QFont, pixels: float, weight: int) -> QFont:
    font = QFont(base)
    font.setPixelSize(max(round(pixels), 1))
    font.setWeight(QFont.Weight(weight))
    return font


def _spaced(base: QFont, pixels: float) -> QFont:
    font = _sized(base, pixels, 400)
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 118)
    return font


def radius_of(numbers: NDArray[np.float64], largest: float, scale_max: float = 0.0) -> NDArray[np.float64]:
    """Radius of each circle, shape (n,), so that areas are proportional; 0 for nothing, NaN without value.

    scale_max: quantity of the largest circle when it is on another map.
    """
    highest = max(np.nanmax(numbers) if np.isfinite(numbers).any() else 0.0, scale_max)
    if highest <= 0:
        return np.where(np.isnan(numbers), np.nan, 0.0)
    radius: NDArray[np.float64] = largest * np.sqrt(np.clip(numbers, 0, None) / highest)
    return radius


def largest_radius(frame: Frame, pixel: float, count: int) -> float:
    """Largest radius for a frame, device pixels: smaller when circles are many."""
    share = LARGEST_CIRCLE if count <= 40 else LARGEST_CIRCLE * 0.75
    return min(share * pixel, min(frame.width, frame.height) / 12)


def quantities(choropleth: Choropleth) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sizes of the circles, shape (n,), and their centres in metres, shape (n, 2); empty without circles."""
    if choropleth.mark is Mark.SYMBOL:
        return np.abs(choropleth.numbers), choropleth.layer.label_xy
    if choropleth.symbols is not None:
        return np.abs(choropleth.symbols.numbers), choropleth.symbols.xy
    return np.empty(0), np.empty((0, 2))


def circles(choropleth: Choropleth, frame: Frame, pixel: float) -> NDArray[np.float64]:
    """Radius of each circle, device pixels, shape (n,); 0 where there is none."""
    numbers, _ = quantities(choropleth)
    if not len(numbers):
        return np.zeros(0)
    share = 1.0 if choropleth.mark is Mark.SYMBOL else OVER_AREAS
    largest = largest_radius(frame, pixel, len(numbers)) * share
    radius = np.nan_to_num(radius_of(numbers, largest, choropleth.scale_max))
    return np.where(radius > 0, np.maximum(radius, SMALLEST_CIRCLE * pixel), 0.0)


def own_circles(choropleth: Choropleth, radius: NDArray[np.float64]) -> NDArray[np.float64]:
    """Radius of the circle at the label point of each area, shape (n,); 0 where circles are elsewhere."""
    symbols = choropleth.symbols
    own = choropleth.mark is Mark.SYMBOL or (symbols is not None and symbols.codes == choropleth.layer.codes)
    return radius if own else np.zeros(len(choropleth.numbers))


def draw_circles(
    painter: QPainter, choropleth: Choropleth, frame: Frame, look: MapStyle, pixel: float
) -> None:
    """Circles of stocks, the largest first so that the small ones stay seen; a fall has its own look."""
    radius = circles(choropleth, frame, pixel)
    _, xy = quantities(choropleth)
    signed = choropleth.signed and choropleth.mark is Mark.SYMBOL
    for place in np.argsort(-radius).tolist():
        size = radius[place]
        if size <= 0:
            break
        fall = signed and float(choropleth.numbers[place]) < 0
        pen = QPen(QColor(look.symbol_line), 1.2 * pixel)
        if fall:
            pen.setDashPattern([2.4, 1.8])
        painter.setPen(pen)
        ground = QColor(SIGNS[fall] if signed else look.symbol)
        ground.setAlphaF(0.88)
        painter.setBrush(ground)
        x, y = frame.to_pixel(*xy[place])
        painter.drawEllipse(QPointF(x, y), size, size)


class Placer:
    """Chooses the labels that fit: in the frame, within their polygon, without overlap."""

    def __init__(self, fonts: LabelFonts) -> None:
        self._name = QFontMetricsF(fonts.name)
        self._value = QFontMetricsF(fonts.value)
        self._taken: list[QRectF] = []
        self._soft: list[QRectF] = []
        self.labels: list[Label] = []

    def place(self, label: Label, room: tuple[float, float], holds: Holds | None = None) -> None:
        """Keep a label if it fits, with its name or its value alone; room: width and height, pixels.

        holds: tells whether points, shape (n, 2), are all in the territory, for labels that leave signs.
        """
        if len(self.labels) >= MOST_LABELS:
            return
        alone = replace(label, name=())
        wanted = [one for one in (label, alone) if one.value + "".join(one.name)]
        for soft in (self._soft, []) if self._soft else ([],):
            for tried in wanted:
                if fits(self.box(tried), room) and self._put(tried, soft, holds):
                    return

    def _put(self, label: Label, soft: list[QRectF], holds: Holds | None) -> bool:
        """Write a label where it is free, moved off signs inside its territory; else over them."""
        size = self.box(label)
        for right, down in MOVES if soft and holds is not None else MOVES[:1]:
            moved = replace(label, x=label.x + right * size.width(), y=label.y + down * size.height())
            box = self.box(moved)
            if not self._free(box) or any(box.intersects(other) for other in soft):
                continue
            if (right or down) and holds is not None and not holds(box):
                continue
            self._taken.append(box)
            self.labels.append(moved)
            return True
        return False

    def keep_off(self, frame: Frame, xy: NDArray[np.float64], radius: NDArray[np.float64]) -> None:
        """Leave circles free of the labels of others; xy: centres in metres, shape (n, 2)."""
        for (x, y), size in zip(xy.tolist(), radius.tolist(), strict=True):
            px, py = frame.to_pixel(x, y)
            self._taken.append(
                QRectF(px - size, py - size, 2 * size, 2 * size).adjusted(GAP, GAP, -GAP, -GAP)
            )

    def avoid(self, spots: Sequence[Spot]) -> None:
        """Leave signs free of labels where there is room."""
        for spot in spots:
            side = 2 * spot.reach
            self._soft.append(QRectF(spot.x - spot.reach, spot.y - spot.reach, side, side))

    def box(self, label: Label) -> QRectF:
        """Rectangle of a label, pixels."""
        widths = [self._name.horizontalAdvance(line) for line in label.name]
        if label.value:
            widths.append(self._value.horizontalAdvance(label.value))
        height = len(label.name) * self._name.height() + (self._value.height() if label.value else 0)
        width = max(widths, default=0.0)
        return QRectF(label.x - width / 2, label.y - height / 2, width, height)

    def _free(self, box: QRectF) -> bool:
        grown = box.adjusted(-GAP, -GAP, GAP, GAP)
        return not any(grown.intersects(other) for other in self._taken)


def choose_labels(
    choropleth: Choropleth,
    colours: Colours,
    boxes: NDArray[np.float64],
    frame: Frame,
    fonts: LabelFonts,
    look: MapStyle,
    pixel: float = 1.0,
    spots: Sequence[Spot] = (),
) -> list[Label]:
    """Labels of the visible polygons, the widest first; boxes: bounds of polygons, shape (n, 4), metres.

    Beyond FEW territories an absence is said by its texture alone.
    """
    west, south, east, north = frame.bounds
    xy = choropleth.layer.label_xy
    seen = (xy[:, 0] > west) & (xy[:, 0] < east) & (xy[:, 1] > south) & (xy[:, 1] < north)
    rooms = (boxes[:, 2] - boxes[:, 0]) * frame.scale
    candidates = np.flatnonzero(seen & (rooms > QFontMetricsF(fonts.value).horizontalAdvance("00")))
    placer = Placer(fonts)
    many = len(choropleth.numbers) > FEW
    every = circles(choropleth, frame, pixel)
    radius = own_circles(choropleth, every)
    large = every >= NAMED_CIRCLE * pixel
    if many and choropleth.mark is Mark.SYMBOL:
        candidates = candidates[(radius[candidates] == 0) | (radius[candidates] >= NAMED_CIRCLE * pixel)]
    if large.any() and (many or radius is not every):
        placer.keep_off(frame, quantities(choropleth)[1][large], every[large])
    placer.avoid(spots)
    shown = told(choropleth)
    first = radius + rooms / 1e6  # the largest circles first, else the widest polygons
    for place in candidates[np.argsort(-first[candidates])][: 3 * MOST_LABELS].tolist():
        x, y = frame.to_pixel(*xy[place])
        absent = int(choropleth.states[place]) > ValueState.ZERO
        halo = look.absent_ground if absent else colours[place]
        colour = look.text if absent else ink_on(halo)
        name = two_lines(short_name(choropleth.layer.names[place]))
        value = "" if absent and many else figure(shown, place)
        label = Label(name, value, x, y, colour, halo)
        moved = under_circle(label, placer.box(label), radius[place])
        small = many and choropleth.mark is Mark.AREA and value != "0"
        holds = partial(_holds, choropleth.layer.polygons[place], frame) if spots else None
        placer.place(moved, _room(boxes[place], frame, CLOSE if small else LOOSE), holds)
    return placer.labels


def _holds(polygon: Any, frame: Frame, box: QRectF) -> bool:
    """True if the middle line of a box of text is in a territory."""
    import shapely

    y = box.center().y()
    points = [frame.to_map(x, y) for x in (box.left(), box.center().x(), box.right())]
    return bool(shapely.contains_xy(polygon, np.array(points)).all())


def fits(box: QRectF, room: tuple[float, float]) -> bool:
    """True if a label is no wider nor higher than its room."""
    return box.width() <= room[0] and box.height() <= room[1]


def _room(bounds: NDArray[np.float64], frame: Frame, share: float) -> tuple[float, float]:
    west, south, east, north = bounds.tolist()
    return (east - west) * frame.scale * share, (north - south) * frame.scale * share


def under_circle(label: Label, box: QRectF, radius: float) -> Label:
    """The same label, moved under the circle of its territory; unchanged without circle."""
    if not np.isfinite(radius) or radius <= 0:
        return label
    return replace(label, y=label.y + radius + GAP + box.height() / 2)
