"""Choice of the indicator: by theme, with unit and years, filtered as one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.domain.french import fold
from app.domain.indicator import Kind
from ui import icons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.services.rows import Available
    from ui.theme import Theme

CODE = Qt.ItemDataRole.UserRole
SEARCHED = Qt.ItemDataRole.UserRole + 1
MARKS = {Kind.RATIO: "●", Kind.STOCK: "◉"}
WIDTH, HEIGHT = 400, 420


def years_words(years: Sequence[int]) -> str:
    """« 2023 », « 2023 à 2025 », « 2018, 2021 et 2023 »."""
    if not years:
        return ""
    first, last = years[0], years[-1]
    if first == last:
        return str(first)
    if len(years) == last - first + 1:
        return f"{first} à {last}"
    return ", ".join(map(str, years[:-1])) + f" et {last}"


class IndicatorList(QFrame):
    """Popup: a filter and a list."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popover")
        self.setAccessibleName("Choix de l’indicateur")
        self._theme = theme
        self._available: tuple[Available, ...] = ()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filtrer les indicateurs")
        self.filter.setAccessibleName("Filtrer les indicateurs")
        self.filter.setClearButtonEnabled(True)
        self.list = QListView()
        self.list.setAccessibleName("Indicateurs")
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model = QStandardItemModel(self)
        self.list.setModel(self._model)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(self.filter)
        column.addWidget(self.list)
        self.filter.textChanged.connect(self._narrow)
        self.filter.returnPressed.connect(self._enter)
        self.list.clicked.connect(self._take)
        self.list.activated.connect(self._take)

    def show_available(self, available: Sequence[Available], current: str) -> None:
        """Fill the list, grouped by theme."""
        self._available = tuple(available)
        self._model.clear()
        theme = ""
        for item in sorted(available, key=lambda found: found.indicator.theme):
            if item.indicator.theme != theme:
                theme = item.indicator.theme
                self._model.appendRow(self._title(theme))
            self._model.appendRow(self._item(item))
            if item.indicator.code == current:
                self.list.setCurrentIndex(self._model.index(self._model.rowCount() - 1, 0))

    def words(self) -> list[str]:
        """Lines that are not hidden by the filter."""
        shown = [n for n in range(self._model.rowCount()) if not self.list.isRowHidden(n)]
        return [self._model.item(n).text() for n in shown]

    def _title(self, theme: str) -> QStandardItem:
        title = QStandardItem(theme)
        title.setFlags(Qt.ItemFlag.NoItemFlags)
        title.setFont(self._theme.font("dense_strong"))
        title.setForeground(self._theme.token("texte2"))
        return title

    @staticmethod
    def _item(found: Available) -> QStandardItem:
        indicator = found.indicator
        mark, years = MARKS[indicator.kind], years_words(found.years)
        item = QStandardItem(f"{mark}  {indicator.short_label}\n     {indicator.unit}, {years}")
        item.setData(indicator.code, CODE)
        words = f"{indicator.label} {indicator.short_label} {indicator.theme} {indicator.unit}"
        item.setData(fold(words), SEARCHED)
        item.setAccessibleText(f"{indicator.label}, {indicator.unit}, {years}")
        item.setToolTip(indicator.definition)
        return item

    def _narrow(self, words: str) -> None:
        wanted = fold(words).split()
        first = None
        for number in range(self._model.rowCount()):
            item = self._model.item(number)
            searched = item.data(SEARCHED)
            hidden = bool(wanted) and (searched is None or not all(word in searched for word in wanted))
            self.list.setRowHidden(number, hidden)
            if first is None and not hidden and searched is not None:
                first = number
        if wanted and first is not None:
            self.list.setCurrentIndex(self._model.index(first, 0))

    def _enter(self) -> None:
        self._take(self.list.currentIndex())

    def _take(self, index: QModelIndex) -> None:
        code = index.data(CODE) if index.isValid() else None
        if code and not self.list.isRowHidden(index.row()):
            self.hide()
            self.chosen.emit(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the filter to the list."""
        if event.key() == Qt.Key.Key_Down and self.filter.hasFocus():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)


class IndicatorButton(QToolButton):
    """Shows the indicator of the map; a click offers the others."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._available: tuple[Available, ...] = ()
        self._code = ""
        self.setProperty("role", "framed")
        self.setIcon(icons.icon("chevron-down", "texte2"))
        self.setIconSize(QSize(16, 16))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(80)
        self.popup = IndicatorList(theme, self)
        self.popup.chosen.connect(self.chosen)
        self.clicked.connect(self.open)

    def show_available(self, available: Sequence[Available], code: str) -> None:
        """Show the indicator in use among those that hold values."""
        self._available, self._code = tuple(available), code
        found = next((item.indicator for item in available if item.indicator.code == code), None)
        words = found.short_label if found else "Aucun indicateur importé"
        self.setText(words)
        self.setEnabled(found is not None)
        self.setAccessibleName(f"Indicateur\u202f: {words}")
        self.setToolTip(found.label if found else words)
        self.setFont(self._theme.font("strong"))

    def open(self) -> None:
        """Show the list under the button."""
        self.popup.show_available(self._available, self._code)
        self.popup.filter.clear()
        self.popup.resize(self._theme.px(WIDTH), self._theme.px(HEIGHT))
        self.popup.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        self.popup.show()
        self.popup.filter.setFocus(Qt.FocusReason.PopupFocusReason)
