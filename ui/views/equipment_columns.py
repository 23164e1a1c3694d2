"""Which columns of the table of equipment are seen; those that lack room are said."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from app.domain.french import THIN
from ui import icons
from ui.views.equipment_table import COLUMNS, NAME, RegisterGrid


class ColumnsButton(QToolButton):
    """Its menu ticks the columns wanted; its hint says those hidden."""

    def __init__(self, grid: RegisterGrid) -> None:
        super().__init__()
        self._grid = grid
        self.setText("Colonnes")
        self.setAccessibleName("Colonnes")
        self.setIcon(icons.icon("columns-2", "texte2"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("role", "framed")
        self.setMinimumHeight(32)
        menu = QMenu(self)
        for place, column in enumerate(COLUMNS):
            action = QAction(column.header, menu)
            action.setCheckable(True)
            action.setChecked(True)
            action.setEnabled(place != NAME)
            action.toggled.connect(partial(self._want, place))
            menu.addAction(action)
        self.setMenu(menu)
        grid.columns_fitted.connect(self._tell)

    def _want(self, place: int, wanted: bool) -> None:
        (self._grid.unwanted.discard if wanted else self._grid.unwanted.add)(place)
        self._grid.share()

    def _tell(self) -> None:
        hidden = [COLUMNS[place].header for place in self._grid.hidden()]
        said = f"Colonnes cachées{THIN}: {', '.join(hidden)}" if hidden else "Colonnes du tableau"
        self.setToolTip(said)
        self.setAccessibleDescription(said)
