"""Coverage by CTG year after year: three lines, and the same numbers as a table."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.french import number, percent
from ui.models.table import Column
from ui.views.ctg_columns import Said, said
from ui.views.data_parts import FittedTable
from ui.widgets.parts import text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.services.ctg_rows import CoverageYear, Share
    from ui.theme import Theme

SERIES = (("EPCI", "epcis", "encre"), ("Habitants", "population", "ocre"), ("Communes", "communes", "violet"))
"""Word, field and colour; each line has its own mark: disc, square, diamond."""
MARGIN = 34
RIGHT = 96


def _share(name: str) -> Callable[[CoverageYear], Said | None]:
    def get(year: CoverageYear) -> Said | None:
        held: Share = getattr(year, name)
        if held.percent is None:
            return None
        return Said.of(held.percent, f"{number(held.part)} sur {number(held.whole)}, {percent(held.percent)}")

    return get


def _year(year: int) -> str:
    """« 2027, à CTG constantes »: what is known today of a day to come."""
    ahead = year >= datetime.date.today().year
    return f"{year}, à CTG constantes" if ahead else str(year)


COLUMNS: tuple[Column[CoverageYear], ...] = (
    Column("Au 31 décembre", lambda held: held.year, text=_year, right=False),
    Column("EPCI", _share("epcis"), text=said, right=True),
    Column("Habitants", _share("population"), text=said, right=True),
    Column("Communes", _share("communes"), text=said, right=True),
)


class YearsChart(QWidget):
    """Three lines over 0 to 100 %, named at their end."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._years: Sequence[CoverageYear] = ()
        self.setMinimumSize(320, 180)
        self.setAccessibleName("Courbes de la couverture par CTG")
        theme.changed.connect(self.update)

    def show_years(self, years: Sequence[CoverageYear]) -> None:
        """Draw these years."""
        self._years = years
        if years:
            last = years[-1]
            said_now = ", ".join(f"{word} {percent(getattr(last, name).percent)}" for word, name, _ in SERIES)
            self.setAccessibleDescription(
                f"De {years[0].year} à {last.year}. En {last.year}\u202f: {said_now}"
            )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the grid, then the lines."""
        if not self._years:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(MARGIN, 12, -self._theme.px(RIGHT), -26)
        self._grid(painter, box)
        ends = []
        for rank, (word, name, token) in enumerate(SERIES):
            points = [
                QPointF(
                    self._x(box, at), box.bottom() - box.height() * (getattr(year, name).percent or 0) / 100
                )
                for at, year in enumerate(self._years)
            ]
            self._draw(painter, points, token, rank)
            ends.append((points[-1].y(), word, token))
        self._names(painter, box, ends)

    def _x(self, box: QRectF, at: int) -> float:
        return box.left() + box.width() * at / max(len(self._years) - 1, 1)

    def _grid(self, painter: QPainter, box: QRectF) -> None:
        painter.setFont(self._theme.font("legend"))
        for mark in (0, 50, 100):
            y = box.bottom() - box.height() * mark / 100
            painter.setPen(self._theme.token("trait"))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(self._theme.token("texte3"))
            where = QRectF(0, y - 8, MARGIN - 6, 16)
            painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(mark))
        for at, year in enumerate(self._years):
            where = QRectF(self._x(box, at) - 24, box.bottom() + 6, 48, 16)
            painter.drawText(where, Qt.AlignmentFlag.AlignHCenter, str(year.year))

    def _draw(self, painter: QPainter, points: list[QPointF], token: str, rank: int) -> None:
        colour = self._theme.token(token)
        painter.setPen(QPen(colour, 2.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        past = sum(year.year < datetime.date.today().year for year in self._years)
        painter.drawPolyline(QPolygonF(points[:past]))
        painter.setPen(QPen(colour, 1.8, Qt.PenStyle.DashLine))
        painter.drawPolyline(QPolygonF(points[max(past - 1, 0) :]))
        painter.setPen(QPen(self._theme.token("fond"), 1))
        painter.setBrush(colour)
        for point in points:
            if rank == 0:
                painter.drawEllipse(point, 4, 4)
            elif rank == 1:
                painter.drawRect(QRectF(point.x() - 3.6, point.y() - 3.6, 7.2, 7.2))
            else:
                side = [QPointF(0, -5), QPointF(5, 0), QPointF(0, 5), QPointF(-5, 0)]
                painter.drawPolygon(QPolygonF([point + move for move in side]))

    def _names(self, painter: QPainter, box: QRectF, ends: list[tuple[float, str, str]]) -> None:
        """Names at the end of the lines, pushed apart when they meet."""
        painter.setFont(self._theme.font("dense_label"))
        step, last = self._theme.px(16), -1e9
        for y, word, token in sorted(ends):
            last = max(y, last + step)
            painter.setPen(self._theme.token(token))
            where = QRectF(box.right() + 10, last - 9, self._theme.px(RIGHT) - 10, 18)
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, word)


class YearsView(QWidget):
    """The chart and its table."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.chart = YearsChart(theme)
        self.table = FittedTable(theme, COLUMNS, "Couverture par CTG, année par année", flexible=(0,))
        self.note = text(
            "Part couverte par une CTG en vigueur au 31 décembre, en\u202f%, chaque courbe sur son total.",
            "hint",
            wrap=True,
        )
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.chart, 1)
        left.addWidget(self.note)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(20)
        layout.addLayout(left, 1)
        layout.addWidget(self.table, 1)

    def show_years(self, years: Sequence[CoverageYear]) -> None:
        """Show these years."""
        self.chart.show_years(years)
        self.table.show_rows(list(years))
