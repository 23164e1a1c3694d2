"""The rail: the pages, an icon and a word each, at every size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from ui import icons
from ui.theme import Theme

SIDE = 4
"""Room beside a button: the longest word holds in what is left."""
WIDTH = 84
HIGH, LOW = 54, 48


@dataclass(frozen=True, slots=True)
class Place:
    """A page in the rail: its key, its word, its icon."""

    key: str
    label: str
    icon: str


class RailButton(QToolButton):
    """One page; the bar at the left says that it is the one shown."""

    def __init__(self, place: Place, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setText(place.label)
        self.setAccessibleName(place.label)
        self.setIcon(icons.icon(place.icon, "texte2", on="encre"))
        self.setIconSize(QSize(22, 22))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setProperty("role", "rail")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


class Rail(QWidget):
    """Pages at the top, settings at the bottom; `asked` carries the key of the page wanted."""

    asked = Signal(str)

    def __init__(self, places: Sequence[Place], bottom: Sequence[Place], theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Pages")
        self._group = QButtonGroup(self)
        self.buttons: dict[str, RailButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SIDE, 4, SIDE, 8)
        layout.setSpacing(2)
        for place in places:
            layout.addWidget(self._add(place))
        layout.addStretch(1)
        for place in bottom:
            layout.addWidget(self._add(place))
        self._group.buttonToggled.connect(self._toggled)
        self.set_low(False)

    def _add(self, place: Place) -> RailButton:
        made = RailButton(place, self._theme)
        made.clicked.connect(lambda _checked=False, key=place.key: self.asked.emit(key))
        self._group.addButton(made)
        self.buttons[place.key] = made
        return made

    def _toggled(self) -> None:
        self.update()

    def show_page(self, key: str) -> None:
        """Light the page shown."""
        self.buttons[key].setChecked(True)

    def set_low(self, low: bool) -> None:
        """Lower the buttons on a low window; the font zoom counts."""
        extra = max(self._theme.px(11) - 11, 0) * 2
        width = max(WIDTH, self._theme.px(WIDTH * 0.92))
        self.setFixedWidth(width)
        for made in self.buttons.values():
            made.setFixedSize(width - 2 * SIDE, (LOW if low else HIGH) + extra)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar beside the page shown."""
        super().paintEvent(event)
        current = self._group.checkedButton()
        if current is None:
            return
        painter = QPainter(self)
        box = current.geometry()
        bar = QRect(0, box.top() + box.height() // 4, 3, box.height() // 2)
        painter.fillRect(bar, self._theme.token("encre"))
