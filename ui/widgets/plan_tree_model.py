"""The Qt model of a plan: six columns, drag of fiches and objectives, titles typed in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.domain.ctg_sentences import progress_text
from app.domain.ctg_words import ACTION_STATE
from app.domain.french import long_date, plural, short_date
from ui import labels_plan as labels
from ui.widgets.plan_tree_items import ACTION, GROUP, Line, drop_place, walk

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
HEADERS = ("N°", "Intitulé", "Pilote", "Échéance", "Étapes", "État")
NUMBER, TITLE, PILOT, DUE, STEPS, STATE = range(6)
LINE = Qt.ItemDataRole.UserRole
MIME = "application/x-maillage-plan"


class PlanModel(QAbstractItemModel):
    """Lines of a plan. `moved` carries (uuid, parent or empty, position), `renamed` (line, title)."""

    moved = Signal(str, str, int)
    renamed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tops: list[Line] = []
        self._all: list[Line] = []
        self._place: dict[int, int] = {}
        self.today = date.max
        """Day from which a due date that is past is late."""
        self.movable = True
        """False when lines are grouped otherwise than by the plan itself."""

    def show_lines(self, tops: Sequence[Line], *, movable: bool) -> None:
        """Show these lines instead."""
        self.beginResetModel()
        self.tops = list(tops)
        self._all = list(walk(self.tops))
        self._place = {id(line): at for at, line in enumerate(self._all)}
        self.movable = movable
        self.endResetModel()

    # -- shape -------------------------------------------------------------------------------------------

    def line_at(self, index: Index) -> Line | None:
        """The line under an index."""
        return self._all[index.internalId()] if index.isValid() else None

    def index_of(self, key: str, column: int = 0) -> QModelIndex:
        """Index of the line of a key, invalid if it is not shown."""
        found = next((line for line in self._all if line.key == key), None)
        return self._index(found, column) if found is not None else QModelIndex()

    def _index(self, line: Line, column: int = 0) -> QModelIndex:
        siblings = self.tops if line.parent is None else line.parent.children
        row = next(at for at, one in enumerate(siblings) if one is line)
        return self.createIndex(row, column, self._place[id(line)])

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        """Index of a child."""
        children = self._children(parent)
        if not (0 <= row < len(children) and 0 <= column < len(HEADERS)):
            return QModelIndex()
        return self.createIndex(row, column, self._place[id(children[row])])

    def parent(self, index: Index = ROOT) -> Any:
        """Index of the line above."""
        line = self.line_at(index)
        return QModelIndex() if line is None or line.parent is None else self._index(line.parent)

    def _children(self, parent: Index) -> Sequence[Line]:
        if not parent.isValid():
            return self.tops
        line = self.line_at(parent)
        return line.children if line is not None and parent.column() == 0 else ()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Lines under another."""
        return len(self._children(parent))

    def columnCount(self, _parent: Index = ROOT) -> int:
        """Always six."""
        return len(HEADERS)

    # -- what is shown -----------------------------------------------------------------------------------

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles of columns."""
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(HEADERS):
            return HEADERS[section] if role == Qt.ItemDataRole.DisplayRole else None
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text of a cell, what a screen reader says of it, and the line itself."""
        line = self.line_at(index)
        if line is None:
            return None
        reader = _READERS.get(role)
        return reader(line, index.column()) if reader is not None else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Titles are typed; lines of the plan are dragged."""
        line = self.line_at(index)
        if line is None:
            return Qt.ItemFlag.ItemIsDropEnabled if self.movable else Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if line.kind != GROUP and index.column() == TITLE:
            flags |= Qt.ItemFlag.ItemIsEditable
        if self.movable and line.kind != GROUP:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        if self.movable and line.kind != ACTION:
            flags |= Qt.ItemFlag.ItemIsDropEnabled
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another title."""
        line, title = self.line_at(index), str(value).strip()
        if line is None or role != Qt.ItemDataRole.EditRole or not title or title == line.title:
            return False
        self.renamed.emit(line, title)
        return True

    # -- drag --------------------------------------------------------------------------------------------

    def mimeTypes(self) -> list[str]:
        """Lines of this plan only."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Key of the line dragged."""
        data = QMimeData()
        line = self.line_at(indexes[0])
        data.setData(MIME, (line.key if line is not None else "").encode())
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        """Lines move."""
        return Qt.DropAction.MoveAction

    def dropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index
    ) -> bool:
        """Ask for the move; the view reads again once it is written, so that nothing is removed here."""
        key = bytes(data.data(MIME).data()).decode()
        moved = next((line for line in self._all if line.key == key), None)
        if moved is not None and self.movable:
            target = self.line_at(parent)
            place = drop_place(moved, target, row, self.tops)
            self.moved.emit(key, target.key if target is not None else "", place)
        return False


def _shown(line: Line, column: int) -> str:
    action = line.action
    if column in (NUMBER, TITLE):
        return line.number if column == NUMBER else line.title
    if action is None:
        return plural(line.fiches(), "fiche") if column == STEPS else ""
    steps = f"{action.progress.done}/{action.progress.total}" if action.progress.total else ""
    return {PILOT: action.pilot, DUE: labels.month(action.ends_on), STEPS: steps,
            STATE: ACTION_STATE[action.status]}[column]  # fmt: skip


def _typed(line: Line, column: int) -> str | None:
    return line.title if column == TITLE else None


def _hint(line: Line, column: int) -> str | None:
    action = line.action
    if action is None:
        return line.title if column == TITLE else None
    hints: dict[int, str] = {
        TITLE: line.title,
        PILOT: action.pilot or labels.NO_PILOT,
        DUE: f"Échéance le {long_date(action.ends_on)}" if action.ends_on else labels.NO_DATE,
        STEPS: progress_text(action.progress),
    }
    if column == DUE and action.late_days:
        return f"{hints[DUE]}, {labels.late(action.late_days)}"
    return hints.get(column)


def spoken(line: Line) -> str:
    """A line as a screen reader says it."""
    if line.action is None:
        return f"{line.number} {line.title}, {plural(line.fiches(), 'fiche')}".strip()
    action = line.action
    said = [f"Fiche {line.number}, {line.title}", ACTION_STATE[action.status], progress_text(action.progress)]
    said.append(f"échéance {short_date(action.ends_on)}" if action.ends_on else labels.NO_DATE.lower())
    said += [labels.late(action.late_days)] if action.late_days else []
    said += [action.pilot or labels.NO_PILOT.lower()]
    return ", ".join(said)


def _spoken(line: Line, column: int) -> str:
    return spoken(line) if column == NUMBER else _shown(line, column)


def _itself(line: Line, _column: int) -> Line:
    return line


_READERS: dict[int, Callable[[Line, int], Any]] = {
    Qt.ItemDataRole.DisplayRole: _shown,
    Qt.ItemDataRole.EditRole: _typed,
    Qt.ItemDataRole.ToolTipRole: _hint,
    Qt.ItemDataRole.AccessibleTextRole: _spoken,
    LINE: _itself,
}
