"""Which columns of the table of equipment are seen, and in which order; those that lack room are said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QToolButton, QWidget

from app.domain.french import THIN
from ui import icons
from ui.models.column_layout import ColumnLayout, read_layout
from ui.views.equipment_cells import COLUMNS, NAME
from ui.views.equipment_table import RegisterGrid
from ui.widgets.parts import button, column, icon_button, row, text

if TYPE_CHECKING:
    from ui.habits import Habits
    from ui.theme import Theme

KEY = "register/columns"
PLACE = Qt.ItemDataRole.UserRole
SIZE = (290, 420)


class ColumnList(QListWidget):
    """Columns to tick; Alt+↑ and Alt+↓ move the one under the cursor, as dragging it does."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Colonnes du tableau")
        self.setProperty("role", "framed")
        self.setDragDropMode(QListWidget.DragDropMode.InternalMove)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move a column, or choose as in any list."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.move_current(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def move_current(self, step: int) -> None:
        """Move the column under the cursor; the first one stays first."""
        at = self.currentRow()
        to = at + step
        if at > 0 and 0 < to < self.count():
            item = self.takeItem(at)
            self.insertItem(to, item)
            self.setCurrentRow(to)
            self.model().layoutChanged.emit()


class ColumnsPanel(QFrame):
    """Applies at once what is ticked and moved."""

    def __init__(self, theme: Theme, grid: RegisterGrid, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popover")
        self.setAccessibleName("Colonnes du tableau")
        self._grid = grid
        self.list = ColumnList()
        self.hint = text("", "hint", wrap=True)
        up = icon_button(
            "arrow-up", "Monter la colonne (Alt+↑)", lambda: self.list.move_current(-1), framed=True
        )
        down = icon_button(
            "arrow-down", "Descendre la colonne (Alt+↓)", lambda: self.list.move_current(1), framed=True
        )
        self.reset = button("Rétablir", self._reset, icon="rotate-clockwise")
        inside = column(
            text("Colonnes", "label"), self.list, self.hint, row(up, down, None, self.reset), gap=8
        )
        inside.setContentsMargins(12, 10, 12, 10)
        self.setLayout(inside)
        self.setFixedSize(QSize(theme.px(SIZE[0]), theme.px(SIZE[1])))
        self.list.itemChanged.connect(self._ticked)
        self.list.model().rowsMoved.connect(self._moved)
        self.list.model().layoutChanged.connect(self._moved)

    def fill(self) -> None:
        """Show the columns as they are."""
        self.list.blockSignals(True)
        self.list.clear()
        for place in self._grid.column_order():
            item = QListWidgetItem(COLUMNS[place].header)
            item.setData(PLACE, place)
            flags = item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled
            if place == NAME:
                flags &= ~(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDragEnabled)
            item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable)
            wanted = place not in self._grid.unwanted
            item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(1)
        self.list.blockSignals(False)
        self.say()

    def say(self) -> None:
        """Say the columns that lack room."""
        lacking = [COLUMNS[place].header for place in self._grid.hidden() if place not in self._grid.unwanted]
        self.hint.setText(f"Sans place ici{THIN}: {', '.join(lacking)}." if lacking else "")
        self.hint.setVisible(bool(lacking))

    def _ticked(self, item: QListWidgetItem) -> None:
        place, grid = int(item.data(PLACE)), self._grid
        wanted = item.checkState() is Qt.CheckState.Checked
        (grid.unwanted.discard if wanted else grid.unwanted.add)(place)
        (grid.asked.add if wanted else grid.asked.discard)(place)
        grid.share()
        grid.layout_changed.emit()
        self.say()

    def _moved(self, *_moved: object) -> None:
        order = tuple(self.list.item(at).text() for at in range(self.list.count()))
        held = self._grid.chosen_layout()
        first = COLUMNS[NAME].header
        rest = tuple(name for name in order if name != first)
        self._grid.apply_layout(ColumnLayout(held.hidden, held.asked, (first, *rest), held.widths))
        self._grid.layout_changed.emit()

    def _reset(self) -> None:
        self._grid.apply_layout(ColumnLayout())
        self._grid.layout_changed.emit()
        self.fill()


class ColumnsButton(QToolButton):
    """Opens the panel; what is chosen is found again the next time."""

    def __init__(self, theme: Theme, grid: RegisterGrid, habits: Habits) -> None:
        super().__init__()
        self._grid = grid
        self._habits = habits
        self.setText("Colonnes")
        self.setAccessibleName("Colonnes")
        self.setIcon(icons.icon("columns-2", "texte2"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("role", "framed")
        self.setMinimumHeight(32)
        self.panel = ColumnsPanel(theme, grid, self)
        self.clicked.connect(self.open)
        grid.apply_layout(read_layout(habits.habit(KEY)))
        grid.columns_fitted.connect(self._tell)
        grid.layout_changed.connect(self._keep)

    def open(self) -> None:
        """Show the panel under the button."""
        self.panel.fill()
        corner = self.mapToGlobal(QPoint(self.width() - self.panel.width(), self.height() + 4))
        self.panel.move(corner)
        self.panel.show()
        self.panel.list.setFocus()

    def _keep(self) -> None:
        self._habits.keep_habit(KEY, self._grid.chosen_layout().text())

    def _tell(self) -> None:
        hidden = [COLUMNS[place].header for place in self._grid.hidden()]
        said = f"Colonnes cachées{THIN}: {', '.join(hidden)}" if hidden else "Colonnes du tableau"
        self.setToolTip(said)
        self.setAccessibleDescription(said)
