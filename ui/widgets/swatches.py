"""Choice of a palette by its look and its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton

from maps.palettes import LABELS, palette

if TYPE_CHECKING:
    from ui.theme import Theme

SWATCHES = QSize(120, 16)
FEWEST = 3


def swatches(colours: tuple[str, ...], size: QSize = SWATCHES, ratio: float = 2.0) -> QIcon:
    """Picture of a palette, low to high."""
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    width = size.width() / max(len(colours), 1)
    for place, colour in enumerate(colours):
        painter.fillRect(QRectF(place * width, 0, width, size.height()), QColor(colour))
    painter.end()
    return QIcon(picture)


class PaletteButton(QToolButton):
    """Shows the palette in use; its menu offers the others."""

    chosen = Signal(str)
    """Name of a palette."""

    def __init__(self, theme: Theme, name: str = "lagune", count: int = 5) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._count = count
        self.setProperty("role", "framed")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setIconSize(SWATCHES)
        self.setMinimumHeight(theme.px(30))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._menu = QMenu(self)
        self._menu.setAccessibleName("Palettes")
        self.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill)
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def name(self) -> str:
        """Name of the palette in use."""
        return self._name

    def show_palette(self, name: str, count: int) -> None:
        """Show a palette with that number of classes."""
        self._name, self._count = name, count
        self._dress()

    def colours(self, name: str) -> tuple[str, ...]:
        """Colours of a palette in the theme of the screen."""
        return palette(name, max(self._count, FEWEST), self._theme.dark)

    def _dress(self) -> None:
        self.setIcon(swatches(self.colours(self._name)))
        self.setAccessibleName(f"Palette\u202f: {LABELS[self._name]}")
        self.setToolTip(f"Palette\u202f: {LABELS[self._name]}")

    def _fill(self) -> None:
        self._menu.clear()
        for name, label in LABELS.items():
            action = self._menu.addAction(swatches(self.colours(name)), label)
            action.setCheckable(True)
            action.setChecked(name == self._name)
            action.triggered.connect(lambda _checked=False, name=name: self._choose(name))

    def _choose(self, name: str) -> None:
        if name != self._name:
            self._name = name
            self._dress()
            self.chosen.emit(name)
