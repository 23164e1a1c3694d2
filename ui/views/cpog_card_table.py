"""The table under a trajectory: the same years, one line a series, typed as in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy

from app.domain.cpog_codes import SeriesKind
from app.domain.cpog_points import Period
from app.domain.cpog_units import unit_of
from app.domain.french import THIN
from app.services.cpog_rows import ACTUAL, Entry, IndicatorCard, Point
from ui import labels_cpog
from ui.models.grid import CellEdit, EditColumn, GridModel
from ui.models.table import Column, Index, SortProxy
from ui.theme import Theme
from ui.views.cpog_words import terms
from ui.widgets.grid import CellDelegate, Grid

TERMS = "termes"
RATES = frozenset({"%", "ratio"})
FIRST_WIDTH = 190
ROW = 30


@dataclass(frozen=True)
class SeriesLine:
    """One line: a series, or the two terms of the rate. refused: sentence by column."""

    kind: str
    label: str
    points: tuple[Point | None, ...]
    suffix: str = ""
    refused: dict[int, str] = field(default_factory=dict)

    def shown(self, place: int) -> str | None:
        """Text of a cell, without its unit; None for what does not apply."""
        point = self.points[place]
        if self.kind == TERMS:
            return terms(point) or None
        return point.text.removesuffix(self.suffix) if point is not None else None

    def typed(self, place: int) -> str:
        """Text that editing starts from."""
        found = self.shown(place) or ""
        return found.replace("\u202f", "").replace("\u00a0", "")


def lines_of(card: IndicatorCard) -> list[SeriesLine]:
    """Lines of a card, the tunnel last."""
    suffix = unit_of(card.indicator.unit).suffix
    lines = []
    for row in card.series:
        label = labels_cpog.SERIES[row.kind]
        act = next((p.act for p in reversed(row.points) if p is not None and p.act), "")
        lines.append(SeriesLine(row.kind, f"{label}, {act}" if act else label, row.points, suffix))
        if row.kind == ACTUAL and (card.indicator.unit in RATES or any(map(terms, row.points))):
            lines.append(SeriesLine(TERMS, "Numérateur / dénominateur", row.points))
    return lines


def entries_of(uuid: str, periods: Sequence[Period], edits: Sequence[CellEdit]) -> list[Entry]:
    """Entries of what was typed: the rate and its two terms make one entry."""
    cells: dict[tuple[str, Period], dict[str, str]] = {}
    for edit in edits:
        line: SeriesLine = edit.row
        period = periods[int(edit.column)]
        kind = ACTUAL if line.kind == TERMS else line.kind
        said = cells.setdefault((kind, period), {})
        if line.kind == TERMS:
            said["numerator"], _, said["denominator"] = (part.strip() for part in edit.value.partition("/"))
        else:
            said["text"] = edit.value
    return [
        Entry(
            uuid, period, said.get("text", ""), kind, said.get("numerator", ""), said.get("denominator", "")
        )
        for (kind, period), said in cells.items()
    ]


class PeriodModel(GridModel[SeriesLine]):
    """Bold for what was seen, a light ground for the year chosen."""

    year_column = -1
    font_of: Callable[[str], Any] | None = None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Font and ground beside what any grid shows."""
        if index.isValid() and role == Qt.ItemDataRole.FontRole and self.font_of is not None:
            strong = self.rows[index.row()].kind == ACTUAL
            return self.font_of("strong" if strong else "base")
        if index.isValid() and role == Qt.ItemDataRole.BackgroundRole and self.tone_colour is not None:
            return self.tone_colour("creux") if index.column() == self.year_column else None
        return super().data(index, role)

    def lay(self, columns: Sequence[Column[SeriesLine]], rows: Sequence[SeriesLine]) -> None:
        """Show other columns and rows."""
        self.beginResetModel()
        self.columns, self.rows = tuple(columns), list(rows)
        self.endResetModel()


class PeriodHeader(QHeaderView):
    """Underlines the year chosen."""

    def __init__(self, theme: Theme, parent: Grid) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.chosen = -1

    def paintSection(self, painter: QPainter, rect: QRect, place: int) -> None:
        """Draw a header, and the line under the one chosen."""
        painter.save()
        super().paintSection(painter, rect, place)
        painter.restore()
        if place == self.chosen:
            painter.setPen(QPen(self._theme.token("encre"), 2))
            painter.drawLine(rect.left() + 6, rect.bottom() - 1, rect.right() - 6, rect.bottom() - 1)


class CardTable(Grid):
    """As high as its lines; `asked` carries the series and column of a cell to explain."""

    asked = Signal(str, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, (Column("", lambda line: line.label),), "Séries de l’indicateur")
        self._use(PeriodModel((Column("", lambda line: line.label),), parent=self), theme)
        self.periods: tuple[Period, ...] = ()
        self.setProperty("role", "framed")
        self.setShowGrid(False)
        self.setSortingEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.header = PeriodHeader(theme, self)
        self.setHorizontalHeader(self.header)
        self.header.setStretchLastSection(False)
        self.header.setSectionsClickable(False)

    def _use(self, model: PeriodModel, theme: Theme) -> None:
        """Take the model that knows fonts and grounds."""
        self.lines = model
        self.grid = self.table = model
        model.tone_colour, model.font_of = theme.token, theme.font
        self.proxy = SortProxy(model, self)
        self.setModel(self.proxy)
        model.edited.connect(self.edited)
        model.refused.connect(self.refused)
        self.setItemDelegate(CellDelegate(self))

    def show_card(self, card: IndicatorCard, first: str) -> None:
        """Show the series of an indicator; first: words above the labels."""
        self.periods = card.periods
        place = self.currentIndex()
        columns: list[Column[SeriesLine]] = [
            Column(first, lambda line: line.label, hint=lambda line: line.label, tone=_label_tone)
        ]
        columns += [_period_column(i, period) for i, period in enumerate(card.periods)]
        self.lines.lay(columns, lines_of(card))
        self._fit()
        if place.isValid():
            self.setCurrentIndex(self.proxy.index(place.row(), place.column()))

    def set_year(self, year: int) -> None:
        """Light the column of a year."""
        whole = [i + 1 for i, period in enumerate(self.periods) if period == Period(year)]
        self.lines.year_column = self.header.chosen = whole[0] if whole else -1
        self.viewport().update()
        self.header.viewport().update()

    def reveal(self, year: int) -> None:
        """Show the quarters of one year, and whole years: the labels stay in sight."""
        for place, period in enumerate(self.periods):
            self.setColumnHidden(place + 1, bool(period.quarter) and period.year != year)
        self._fit()

    def mark_refused(self, kinds: Sequence[tuple[str, Period, str]]) -> None:
        """Write sentences at the cells refused."""
        rows = []
        for line in self.lines.rows:
            told = {
                self.periods.index(period): words
                for kind, period, words in kinds
                if period in self.periods and kind == (ACTUAL if line.kind == TERMS else line.kind)
            }
            rows.append(SeriesLine(line.kind, line.label, line.points, line.suffix, told))
        self.lines.lay(self.lines.columns, rows)

    def explained(self) -> tuple[str, int] | None:
        """Series and column of the current cell."""
        index = self.currentIndex()
        if not index.isValid() or index.column() == 0:
            return None
        line = self.lines.rows[index.row()]
        return (ACTUAL if line.kind == TERMS else line.kind), index.column() - 1

    def _open(self, index: QModelIndex) -> None:
        """Entrée or a double click on a cell that cannot be typed explains it."""
        found = self.explained()
        if found is not None:
            self.asked.emit(*found)
        super()._open(index)

    # -- size --------------------------------------------------------------------------------------------

    def _theme_changed(self) -> None:
        super()._theme_changed()
        self.verticalHeader().setDefaultSectionSize(self._theme.px(ROW))

    def _fit(self) -> None:
        self.updateGeometry()
        shown = [place for place in range(len(self.periods)) if not self.isColumnHidden(place + 1)]
        count = len(shown)
        if not count:
            return
        first = max(self._theme.px(FIRST_WIDTH), self.sizeHintForColumn(0) + 10)
        least = self._theme.px(66 if any(self.periods[place].quarter for place in shown) else 58)
        first = min(first, max(self.viewport().width() - count * least, self._theme.px(120)))
        each = max((self.viewport().width() - first) // count, least)
        for place in shown:
            self.setColumnWidth(place + 1, each)
        self.setColumnWidth(0, max(self.viewport().width() - each * count, first))

    def resizeEvent(self, event: Any) -> None:
        """Share the room."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """Header and lines, and a bar when quarters do not hold."""
        bar = self.horizontalScrollBar()
        extra = bar.sizeHint().height() if bar.maximum() else 0
        high = self.header.sizeHint().height() + len(self.lines.rows) * self._theme.px(ROW)
        return QSize(400, high + extra + 3)

    def minimumSizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(200, self.sizeHint().height())


def _label_tone(line: SeriesLine) -> str:
    return "texte" if line.kind == ACTUAL else "texte2"


def _period_column(place: int, period: Period) -> EditColumn[SeriesLine]:
    return EditColumn(
        period.label,
        lambda line: line.shown(place),
        right=True,
        absent="·",
        hint=lambda line: _hint(line, place),
        tone=lambda line: _tone(line, place),
        parse=str,
        typed=lambda line: line.typed(place),
        code=str(place),
    )


def _hint(line: SeriesLine, place: int) -> str:
    point = line.points[place]
    said = [line.refused[place]] if place in line.refused else []
    if point is not None and line.kind != TERMS:
        said.append(point.text)
        said += [f"Version {point.version}"] if point.versions > 1 else []
        said += [f"Comme écrit{THIN}: {point.printed}"] if point.printed not in ("", point.text) else []
    return "\n".join(said)


def _tone(line: SeriesLine, place: int) -> str:
    if place in line.refused:
        return "rouge"
    point = line.points[place]
    known = point is not None and point.number is not None
    if not known:
        return "texte3"
    return {SeriesKind.REVISED: "ocre", TERMS: "texte2", SeriesKind.INITIAL: "texte2"}.get(line.kind, "")
