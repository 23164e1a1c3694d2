"""What the columns beside every map share: their place and width, their choices, the legend, short tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import icons
from ui.widgets.legend import Legend
from ui.widgets.parts import column, on_right, scrolled, text

if TYPE_CHECKING:
    from maps.choropleth import Choropleth
    from ui.theme import Theme

WIDTH, LEAST = 264, 170
OFFERS = (("nominal", "Nominale"), ("effective", "Effective"))


class LeftColumn(QFrame):
    """Choices, then the legend; 264 pixels, less when the texts are zoomed and the window narrow."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "panel")
        self.setProperty("side", "left")
        self.setProperty("zone", "composer")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(name)
        self.legend = Legend(theme)

    def fill(self, *items: QWidget | QLayout | int | None, gap: int = 8) -> None:
        """Put the contents, from top to bottom, in a column that scrolls; see `parts.lay`."""
        inside = QWidget()
        inside.setProperty("role", "surface")
        body = column(*items, gap=gap)
        body.setContentsMargins(16, 14, 16, 14)
        inside.setLayout(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    def show_legend(self, shown: Choropleth | None, radius_of_one: float) -> None:
        """Show the legend, in the colours of the screen."""
        self.legend.show_map(shown, radius_of_one)

    def sizeHint(self) -> QSize:
        """264 pixels at 100 %."""
        return QSize(self._theme.px(WIDTH), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Its content wraps."""
        return QSize(self._theme.px(LEAST), 100)


class RightColumn(QFrame):
    """What is said of the map; its width is that of the page, which may show it as a drawer."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setProperty("side", "right")
        self.setProperty("zone", "detail")
        self.setAccessibleName(name)


def choice_button(words: str, icon: str, hint: str, name: str, chosen: Callable[[], object]) -> QToolButton:
    """One of the choices at the top of a left column: an icon and a word, ticked when it is in force."""
    made = QToolButton()
    made.setText(words)
    made.setIcon(icons.icon(icon, "texte2", on="encre"))
    made.setIconSize(QSize(18, 18))
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setProperty("role", "framed")
    made.setCheckable(True)
    made.setToolTip(hint)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    made.clicked.connect(lambda _checked=False: chosen())
    return made


def surface(gap: int = 6) -> tuple[QWidget, QVBoxLayout]:
    """A white ground and its layout, to be filled again and again."""
    ground = QWidget()
    ground.setProperty("role", "surface")
    body = QVBoxLayout(ground)
    body.setContentsMargins(0, 0, 0, 0)
    body.setSpacing(gap)
    return ground, body


def label_lines(grid: QGridLayout, lines: list[tuple[str, str]]) -> QGridLayout:
    """Fill a grid with labels and their words, against the right edge; return it."""
    for place, (label, words) in enumerate(lines):
        grid.addWidget(text(label, "second"), place, 0)
        grid.addWidget(on_right(text(words, "strong", wrap=True)), place, 1)
    return grid
