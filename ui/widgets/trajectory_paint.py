"""Draws a trajectory: grid, tunnel, targets, what was seen, the gap, and direct labels that never collide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QPainter, QPainterPath, QPen, QPolygonF

from ui.widgets.trajectory_data import TUNNEL, Plot, PlotPoint, PlotSeries, Scale, tick_texts
from ui.widgets.trajectory_marks import LOOKS, MARKER, draw_marker, runs

if TYPE_CHECKING:
    from ui.theme import Theme

NEAR = (
    (9.0, 8.0), (9.0, -20.0), (0.0, 9.0), (0.0, -21.0), (-9.0, 8.0), (-9.0, -20.0),
    (9.0, 22.0), (9.0, -34.0),
)  # fmt: skip
"""Places tried for a label around its point, best first."""


class TrajectoryPainter:
    """One drawing: made for one paint event."""

    def __init__(
        self,
        painter: QPainter,
        theme: Theme,
        plot: Plot,
        scale: Scale,
        hidden: frozenset[str],
        *,
        width: float,
        small: bool,
    ) -> None:
        self._painter = painter
        self._theme = theme
        self._plot = plot
        self._scale = scale
        self._hidden = hidden
        self._width = width
        self._small = small
        self._taken: list[QRectF] = []

    def draw(self, year: int, lit: int | None) -> None:
        """Draw everything; year: the one chosen, lit: the one under the pointer."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._column(lit if lit is not None else year)
        self._grid(year)
        self._tunnel()
        self._today()
        shown = [s for s in map(self._plot.of, LOOKS) if s is not None and s.kind not in self._hidden]
        for series in shown:
            self._line(series)
        for series in shown:
            self._markers(series)
        self._reference()
        if "realise" not in self._hidden:
            self._gap(year)
        self._labels(shown)

    # -- ground ------------------------------------------------------------------------------------------

    def _column(self, year: int) -> None:
        if year not in self._scale.years or self._small:
            return
        half = min(self._scale.half, 46.0)
        box = QRectF(self._scale.x(year) - half, self._scale.top - 8, 2 * half, 0)
        box.setBottom(self._scale.bottom + self._theme.px(24))
        path = QPainterPath()
        path.addRoundedRect(box, 6, 6)
        self._painter.fillPath(path, self._theme.token("creux"))

    def _grid(self, year: int) -> None:
        scale, painter = self._scale, self._painter
        texts = tick_texts(scale.ticks, self._plot.suffix)
        painter.setFont(self._theme.font("legend" if self._small else "dense"))
        high = painter.fontMetrics().height()
        for tick, words in zip(scale.ticks, texts, strict=True):
            y = scale.y(tick)
            painter.setPen(QPen(self._theme.token("trait"), 1))
            painter.drawLine(QPointF(scale.left - 8, y), QPointF(scale.right + 4, y))
            painter.setPen(self._theme.token("texte2"))
            box = QRectF(0, y - high / 2, scale.left - 14, high)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        every = 1 + int(self._theme.px(38) / max(2 * scale.half, 1))
        for rank, item in enumerate(scale.years):
            if rank % every and item != year:
                continue
            inside = self._plot.first <= item <= self._plot.last
            strong = item == year and not self._small
            painter.setFont(self._theme.font("strong" if strong else "dense"))
            painter.setPen(self._theme.token("texte" if inside else "texte3"))
            box = QRectF(scale.x(item) - 40, scale.bottom + 6, 80, high + 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(item))

    def _tunnel(self) -> None:
        low, high = (self._plot.of(kind) for kind in TUNNEL)
        if "tunnel" in self._hidden or (low is None and high is None):
            return
        if low is not None and high is not None and len(low.known) > 1 and len(high.known) > 1:
            band = QPolygonF([*self._points(low.known), *reversed(self._points(high.known))])
            path = QPainterPath()
            path.addPolygon(band)
            self._painter.fillPath(path, self._theme.token("encre_doux"))
            hatch = self._theme.token("encre")
            hatch.setAlphaF(0.22)
            self._painter.fillPath(path, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
            return
        pen = QPen(self._theme.token("encre"), 1, Qt.PenStyle.DotLine)
        for series in (low, high):
            if series is not None:
                self._painter.setPen(pen)
                self._painter.drawPolyline(self._points(series.known))

    def _today(self) -> None:
        at = self._plot.today
        if at is None or not self._scale.years[0] <= at <= self._scale.years[-1]:
            return
        x = self._scale.x(at)
        self._painter.setPen(QPen(self._theme.token("texte2"), 1))
        self._painter.drawLine(QPointF(x, self._scale.top - 4), QPointF(x, self._scale.bottom))
        if self._small:
            return
        self._painter.setFont(self._theme.font("legend"))
        wide = self._painter.fontMetrics().horizontalAdvance("aujourd’hui")
        left = x - wide - 6 if x - wide - 6 > self._scale.left else x + 6
        box = QRectF(left, self._scale.top - 8, wide + 2, self._painter.fontMetrics().height())
        self._taken.append(box)
        self._painter.drawText(box, Qt.AlignmentFlag.AlignLeft, "aujourd’hui")

    # -- series ------------------------------------------------------------------------------------------

    def _points(self, points: Sequence[PlotPoint]) -> list[QPointF]:
        return [QPointF(self._scale.x(p.at), self._scale.y(p.number)) for p in points if p.number is not None]

    def _line(self, series: PlotSeries) -> None:
        token, width, dashes, _marker = LOOKS[series.kind]
        pen = QPen(self._theme.token(token), width if not self._small else max(width - 0.8, 1.0))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if dashes else Qt.PenCapStyle.RoundCap)
        if dashes:
            pen.setDashPattern(list(dashes))
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for run in runs(series, self._plot):
            if len(run) > 1:
                self._painter.drawPolyline(self._points(run))

    def _markers(self, series: PlotSeries) -> None:
        token, _width, _dashes, marker = LOOKS[series.kind]
        if not marker:
            return
        for point, centre in zip(series.known, self._points(series.known), strict=True):
            size = MARKER - (1.5 if self._small or point.quarterly else 0)
            draw_marker(self._painter, self._theme, marker, token, centre, size, draft=point.draft)
            self._taken.append(QRectF(centre.x() - 5, centre.y() - 5, 10, 10))
        for point in series.points:
            if point.number is None and series.kind == "realise":
                self._absent(point)

    def _absent(self, point: PlotPoint) -> None:
        """A missing value is written at the foot of its column, and never drawn as a zero."""
        self._painter.setFont(self._theme.font("legend"))
        self._painter.setPen(self._theme.token("texte3"))
        box = QRectF(self._scale.x(point.at) - 30, self._scale.bottom - 18, 60, 16)
        self._painter.drawText(box, Qt.AlignmentFlag.AlignCenter, point.text)
        self._taken.append(box)

    def _reference(self) -> None:
        point = self._plot.reference
        if point is None or point.number is None:
            return
        centre = self._points([point])[0]
        draw_marker(self._painter, self._theme, "hollow", "texte3", centre, MARKER, draft=False)
        self._taken.append(QRectF(centre.x() - 5, centre.y() - 5, 10, 10))
        if not self._small:
            right = [place for place in NEAR if place[0] > 0]  # on its left is the axis
            self._label(centre, f"réf. {point.text}", "texte2", "dense", right)

    # -- words -------------------------------------------------------------------------------------------

    def _gap(self, year: int) -> None:
        gap = self._plot.gap_of(year)
        if gap is None or self._small:
            return
        token = "rouge" if gap.adverse and not self._plot.neutral else "texte2"
        x = self._scale.x(gap.at)
        value, target = self._scale.y(gap.value), self._scale.y(gap.target)
        reach = MARKER + 1 if target < value else -MARKER - 1
        self._painter.setPen(QPen(self._theme.token(token), 2))
        self._painter.drawLine(QPointF(x, target + reach), QPointF(x, value - reach))
        above = QPointF(x, min(value, target))
        self._label(above, gap.text, token, "dense_strong", ((0.0, -22.0), (0.0, -36.0), *NEAR))

    def _labels(self, shown: Sequence[PlotSeries]) -> None:
        if self._small:
            return
        names = {series.kind: series for series in shown}
        actual = names.get("realise")
        for point in actual.known if actual else ():
            if not point.quarterly:
                self._label(self._points([point])[0], point.text, "encre", "strong")
        seen = max((p.at for p in actual.known), default=0.0) if actual else 0.0
        for kind, word in (("revisee", "cible"), ("prevu", "prévu"), ("initiale", "cible")):
            series = names.get(kind)
            later = [p for p in series.known if p.at > seen] if series else []
            for point in later:
                self._target_label(point, kind, word, last=point is later[-1])

    def _target_label(self, point: PlotPoint, kind: str, word: str, *, last: bool) -> None:
        if kind == "initiale" and (not last or self._plot.of("revisee") is not None):
            return
        token = {"revisee": "ocre", "prevu": "encre"}.get(kind, "texte2")
        at_end = last and point.at >= self._scale.years[-1]
        words = f"{word} {point.text}" if at_end else point.text
        beside = ((12.0, -8.0), (12.0, 6.0), (12.0, -22.0)) if at_end else NEAR
        self._label(self._points([point])[0], words, token, "dense_strong", beside)

    def _label(
        self, at: QPointF, words: str, token: str, role: str,
        places: Sequence[tuple[float, float]] = NEAR,
    ) -> None:  # fmt: skip
        """Write words near a point, where they hide nothing; leave them out if there is no such place."""
        font = self._theme.font(role)
        self._painter.setFont(font)
        metrics = self._painter.fontMetrics()
        wide, high = metrics.horizontalAdvance(words) + 2.0, float(metrics.height())
        for dx, dy in places:
            left = at.x() + dx if dx > 0 else at.x() + dx - wide if dx < 0 else at.x() - wide / 2
            box = QRectF(left, at.y() + dy, wide, high)
            if not self._inside(box) or any(box.intersects(other) for other in self._taken):
                continue
            self._taken.append(box)
            self._halo(box, words, token, font, metrics.ascent())
            return

    def _inside(self, box: QRectF) -> bool:
        return (
            box.left() >= 0
            and box.right() <= self._width
            and 0 <= box.top() <= self._scale.bottom - box.height()
        )

    def _halo(self, box: QRectF, words: str, token: str, font: QFont, ascent: int) -> None:
        path = QPainterPath()
        path.addText(QPointF(box.left(), box.top() + ascent), font, words)
        self._painter.strokePath(path, QPen(self._theme.token("surface"), 3.5))
        self._painter.setPen(self._theme.token(token))
        self._painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
