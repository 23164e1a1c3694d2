"""Lines and markers of a trajectory, shared by its drawing and its legend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen, QPolygonF

if TYPE_CHECKING:
    from ui.theme import Theme
    from ui.widgets.trajectory_data import Plot, PlotPoint, PlotSeries

LOOKS: dict[str, tuple[str, float, tuple[float, ...], str]] = {
    "initiale": ("texte3", 1.6, (4, 3), "square"),
    "central": ("texte3", 1.2, (1, 2), ""),
    "revisee": ("ocre", 2.0, (), "diamond"),
    "prevu": ("encre", 2.2, (1.2, 1.8), "hollow"),
    "realise": ("encre", 2.8, (), "disc"),
}
"""Token, width, dashes and marker of each line, in the order they are drawn."""
MARKER = 4.5
A_YEAR = 1.0001


def runs(series: PlotSeries, plot: Plot) -> list[list[PlotPoint]]:
    """Points to join: what was seen stops at a missing year, a forecast starts from the last value.

    Years and quarters are two lines.
    """
    grains = [[p for p in series.points if p.quarterly is quarterly] for quarterly in (False, True)]
    found = [run for points in grains for run in _runs(points, broken=series.kind == "realise")]
    actual = plot.of("realise")
    if series.kind == "prevu" and actual is not None and found:
        before = [p for p in actual.known if p.at < found[0][0].at]
        if before:
            found[0].insert(0, before[-1])
    return found


def _runs(points: Sequence[PlotPoint], *, broken: bool) -> list[list[PlotPoint]]:
    found: list[list[PlotPoint]] = [[]]
    last: float | None = None
    for point in points:
        if point.number is None or (broken and last is not None and point.at - last > A_YEAR):
            found.append([])
        if point.number is not None:
            found[-1].append(point)
            last = point.at
    return [run for run in found if run]


def draw_marker(
    painter: QPainter, theme: Theme, marker: str, token: str, centre: QPointF, size: float, *, draft: bool
) -> None:
    """Draw one marker; a target that nobody notified is hatched."""
    colour, ground = theme.token(token), theme.token("surface")
    painter.setPen(QPen(colour, 1.8 if marker != "disc" else 0))
    painter.setBrush(colour if marker in ("disc", "diamond") else ground)
    if draft:
        painter.setBrush(ground)
        painter.setPen(QPen(colour, 1.4, Qt.PenStyle.DashLine))
        size += 2
    shape = _shape(marker, centre, size)
    painter.drawPath(shape)
    if draft:
        painter.fillPath(shape, QBrush(colour, Qt.BrushStyle.BDiagPattern))


def _shape(marker: str, centre: QPointF, size: float) -> QPainterPath:
    path = QPainterPath()
    if marker == "square":
        path.addRect(QRectF(centre.x() - size + 1, centre.y() - size + 1, 2 * size - 2, 2 * size - 2))
    elif marker == "diamond":
        x, y, reach = centre.x(), centre.y(), size + 0.5
        path.addPolygon(
            QPolygonF(
                [QPointF(x, y - reach), QPointF(x + reach, y), QPointF(x, y + reach), QPointF(x - reach, y)]
            )
        )
        path.closeSubpath()
    else:
        path.addEllipse(centre, size, size)
    return path
