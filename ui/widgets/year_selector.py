"""The year: those that hold data, and the others, hollow, « non importé »."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QSizePolicy

from ui import icons, labels

if TYPE_CHECKING:
    from ui.context import Context, ContextModel
    from ui.theme import Theme

AROUND = 2
ROOM = 48


class YearSelector(QComboBox):
    """Follows the context; `show_years` is called when the page or the base changes."""

    def __init__(self, context: ContextModel, theme: Theme) -> None:
        super().__init__()
        self._context = context
        self._theme = theme
        self._held: tuple[int, ...] = ()
        self.setProperty("role", "flat")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.activated.connect(self._chosen)
        context.changed.connect(self._context_changed)
        theme.changed.connect(self._fill)
        self._fill()

    def sizeHint(self) -> QSize:
        """Room for what is shown, never cut; the list may be wider."""
        wide = self.fontMetrics().horizontalAdvance(max("0000", self._words(), key=len)) + ROOM
        return QSize(wide, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Same as sizeHint: four figures never shrink."""
        return self.sizeHint()

    def showPopup(self) -> None:
        """Open the list as wide as its words."""
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + ROOM)
        super().showPopup()

    def show_years(self, held: Iterable[int]) -> None:
        """List the years that hold data, and those around without any."""
        self._held = tuple(sorted(set(held)))
        self._fill()

    @property
    def held(self) -> tuple[int, ...]:
        """Years that hold data, oldest first."""
        return self._held

    def step(self, move: int) -> None:
        """Go to the next (+1) or previous (-1) year that holds data."""
        year = self._context.value.year
        later = [held for held in self._held if (held - year) * move > 0]
        if later:
            self._context.set_year(later[0] if move > 0 else later[-1])

    def _fill(self) -> None:
        year = self._context.value.year
        shown = set(self._held) | ({year} if year else set())
        if self._held:
            shown.update(range(self._held[0], self._held[-1] + AROUND))
        self.clear()
        for item in sorted(shown, reverse=True):
            self._add(item)
        if not shown:
            self.addItem("aucune")
        self.setCurrentIndex(max(self.findData(year), 0) if shown else 0)
        self.setEnabled(bool(shown))
        self._say()

    def _add(self, year: int) -> None:
        if year in self._held:
            self.addItem(str(year), year)
            return
        self.addItem(icons.icon("circle-dashed", "texte3"), f"{year}  {labels.NOT_IMPORTED}", year)
        row = self.count() - 1
        self.setItemData(row, self._theme.token("texte3"), Qt.ItemDataRole.ForegroundRole)

    def _words(self) -> str:
        """What the closed box shows, whole."""
        return self.currentText()

    def _chosen(self, row: int) -> None:
        self._context.set_year(int(self.itemData(row)))

    def _context_changed(self, context: Context) -> None:
        row = self.findData(context.year)
        if row < 0:
            self._fill()
        else:
            self.setCurrentIndex(row)
            self._say()

    def _say(self) -> None:
        year = self._context.value.year
        words = str(year) if year else "aucune année importée"
        if year and year not in self._held:
            words += f", {labels.NOT_IMPORTED}"
        self.setAccessibleName(f"Année\u202f: {words}")
