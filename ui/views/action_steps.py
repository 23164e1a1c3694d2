"""Étapes of a fiche: a table that is typed, ticked with Espace, ordered with Alt+arrows."""

from __future__ import annotations

import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.domain.ctg_sentences import progress_text
from app.domain.french import short_date
from ui import icons
from ui import labels_plan as labels
from ui.models.grid import CellEdit, EditColumn
from ui.models.table import Column
from ui.theme import Theme
from ui.views import action_calls as calls
from ui.views.action_parts import Desk, Section
from ui.views.ctg_columns import day_column, text_column
from ui.widgets.action_grid import ActionGrid, GridBox
from ui.widgets.gantt_items import steps_due
from ui.widgets.grid import CellDelegate

if TYPE_CHECKING:
    from app.services.ctg_plan_rows import StepRow
    from app.services.ctg_rows import Created
    from ui.views.action_calls import ActionRead

Index = QModelIndex | QPersistentModelIndex
TICK, TITLE, HOLDER, PLANNED, DONE = range(5)
NEW_STEP = "Nouvelle étape"


def _tick_word(step: StepRow) -> str:
    return "faite" if step.done_on else "en retard" if step.late_days else "à faire"


def _planned_hint(step: StepRow) -> str:
    return labels.late(step.late_days) if step.late_days else ""


COLUMNS: tuple[Column[Any], ...] = (
    Column("", _tick_word, absent=""),
    text_column("title", "Étape", required=True),
    text_column("holder", "Porteur"),
    EditColumn(
        "Prévue", lambda step: step.planned_on, parse=day_column("", "").parse, code="planned_on", absent="—",
        hint=_planned_hint, tone=lambda step: "rouge" if step.late_days else "",
    ),
    EditColumn(
        "Réalisée", lambda step: step.done_on, parse=day_column("", "").parse, code="done_on", absent="—"
    ),
)  # fmt: skip


class StepGrid(ActionGrid):
    """Espace ticks: the étape is done today, or is to do again."""

    def __init__(self, theme: Theme, section: StepSection) -> None:
        super().__init__(theme, COLUMNS, "Étapes", lambda step: step.uuid, flexible=TITLE)
        self._section = section
        self.setItemDelegate(_StepDelegate(theme, self))
        self.set_widths({TICK: 38, HOLDER: 100, PLANNED: 132, DONE: 134})
        self.setAccessibleDescription("Ctrl+Entrée ajoute, Espace coche, Alt et flèches déplacent")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Espace on the first column ticks."""
        step = self.current_row()
        if event.key() == Qt.Key.Key_Space and step is not None and self.currentIndex().column() == TICK:
            self._section.toggle(step)
        else:
            super().keyPressEvent(event)

    def erase(self) -> None:
        """Suppr on a title or on a disc removes the étape; elsewhere it empties the cells."""
        places = {index.column() for index in self.selectedIndexes()}
        if places and places <= {TICK, TITLE}:
            rows = sorted({index.row() for index in self.selectedIndexes()})
            self.removed.emit([self.grid.rows[row] for row in rows])
        else:
            super().erase()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the disc ticks."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == TICK and event.button() == Qt.MouseButton.LeftButton:
            self._section.toggle(self.proxy.row_at(index))


class StepSection(Section):
    """The table, how many are done, what is late."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("etapes", "Étapes", desk)
        self._wanted = ""
        self.grid = StepGrid(desk.kit.theme, self)
        self.box = GridBox(self.grid, "Ajouter une étape", self.add, "Ctrl+Entrée")
        self.body.addWidget(self.box)
        self.grid.edited.connect(self._edit)
        self.grid.removed.connect(self.remove)
        self.grid.shifted.connect(self.shift)

    def show_read(self, read: ActionRead) -> None:
        """Show the étapes; a new one is named at once."""
        if self.read is None or self.read.uuid != read.uuid:
            self.box.accept()
        super().show_read(read)
        self.grid.show_rows(steps_due(read.detail.row, read.detail.steps))
        progress = read.detail.row.progress
        self.say_note(progress_text(progress) if progress.total else "")
        wanted, self._wanted = self._wanted, ""
        if wanted and self.grid.choose(wanted, TITLE):
            self.grid.setFocus()
            self.grid.edit(self.grid.currentIndex())

    # -- writes ------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Add an étape at the end, and type its title."""
        call = partial(calls.add, self.desk.kit.services, "step", self.desk.action, {"title": NEW_STEP})
        self.desk.kit.runner.write(call, self._added, refused=self.box.refuse_error)

    def _added(self, made: Created) -> None:
        self._wanted = made.uuid
        self.desk.kit.hub.changed.emit(made.changes)

    def toggle(self, step: StepRow) -> None:
        """Done today, or to do again."""
        today = self.read.today if self.read is not None else datetime.date.today()
        done = None if step.done_on else today
        self._write([(step.uuid, {"done_on": done})])

    def _edit(self, edits: list[CellEdit]) -> None:
        self._write([(edit.row.uuid, {edit.column: edit.value}) for edit in edits])

    def _write(self, edits: list[tuple[str, dict[str, Any]]]) -> None:
        merged: dict[str, dict[str, Any]] = {}
        for uuid, values in edits:
            merged.setdefault(uuid, {}).update(values)
        self.box.accept()
        call = partial(calls.edit_all, self.desk.kit.services, "step", list(merged.items()))
        self.desk.write(call, self.box.refuse_error)

    def remove(self, steps: list[StepRow]) -> None:
        """Remove étapes; Ctrl+Z brings them back."""
        uuids = [step.uuid for step in steps]
        call = partial(calls.remove_all, self.desk.kit.services, "step", uuids)
        self.desk.write(call, self.box.refuse_error)

    def shift(self, move: int) -> None:
        """Move the étape under the cursor."""
        step = self.grid.current_row()
        uuids = [one.uuid for one in self.grid.grid.rows]
        if step is None:
            return
        at = uuids.index(step.uuid)
        if 0 <= at + move < len(uuids):
            uuids.insert(at + move, uuids.pop(at))
            call = partial(calls.order, self.desk.kit.services, "step", self.desk.action, uuids)
            self.desk.write(call, self.box.refuse_error)


class _StepDelegate(CellDelegate):
    """Disc ticked, triangle beside a late date; titles to do are in ink, done ones are quieter."""

    def __init__(self, theme: Theme, grid: StepGrid) -> None:
        super().__init__(grid)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the disc of the first column, the mark of a late date."""
        view = self.parent()
        assert isinstance(view, StepGrid)
        step: StepRow = view.proxy.row_at(index)
        if index.column() != TICK:
            super().paint(painter, option, index)
            if index.column() == PLANNED and step.late_days:
                self._late(painter, option.rect, step)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self._theme.token("encre_doux"))
        painter.setPen(QPen(self._theme.token("trait"), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        self._disc(painter, QRectF(option.rect).center(), step)
        painter.restore()

    def _disc(self, painter: QPainter, middle: QPointF, step: StepRow) -> None:
        radius = self._theme.px(8)
        done = step.done_on is not None
        painter.setPen(QPen(self._theme.token("vert" if done else "trait_fort"), 1.4))
        painter.setBrush(self._theme.token("vert") if done else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, radius, radius)
        if done:
            tick = QPen(self._theme.token("surface"), 1.8)
            tick.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(tick)
            unit = radius / 8
            points = ((-3.6, 0.2), (-1, 2.8), (3.8, -2.4))
            painter.drawPolyline([middle + QPointF(x * unit, y * unit) for x, y in points])

    def _late(self, painter: QPainter, box: QRect, step: StepRow) -> None:
        words = short_date(step.planned_on) if step.planned_on else ""
        side = self._theme.px(14)
        left = box.left() + 11 + painter.fontMetrics().horizontalAdvance(words)
        mark = QRectF(left + 4, box.center().y() - side / 2 + 1, side, side)
        icons.draw(painter, "alert-triangle", "rouge", mark)
