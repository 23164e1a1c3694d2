"""Bricks of the lists of « Accueil »: a line that acts, two texts on one line, the colour of a class."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QToolButton, QWidget

if TYPE_CHECKING:
    from ui.theme import Theme

GAP = 10
TITLE_SHARE = 0.8
"""Room that a title may take before what follows it."""


def can_open(page: str) -> bool:
    """True if this page is in the window."""
    from ui.places import BUILDERS

    return page in BUILDERS


class LineButton(QToolButton):
    """A whole line that acts: its text is the action. Arrows ask for the line above or below."""

    moved = Signal(int)

    def __init__(self, name: str, act: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", "line")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: act())

    def hold(self, layout: QLayout, height: int) -> None:
        """Take a layout of labels; clicks go through them."""
        self.setLayout(layout)
        self.setFixedHeight(height)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée acts as Espace does; arrows move along the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


class TwoTexts(QWidget):
    """A title and what is said of it, on one line; each is cut when it lacks room, the hint holds both."""

    def __init__(self, title: str, detail: str, theme: Theme) -> None:
        super().__init__()
        self._title = title
        self._detail = detail
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(60)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the title, then the detail in what is left."""
        painter = QPainter(self)
        painter.setFont(self._theme.font("label"))
        wide = self.width()
        needed = painter.fontMetrics().horizontalAdvance(self._title) + 2
        left = needed if not self._detail else min(needed, max(wide * TITLE_SHARE, wide - self._room()))
        whole = self._draw(painter, self._title, QRectF(0, 0, min(left, wide), self.height()), "texte")
        painter.setFont(self._theme.font("base"))
        rest = QRectF(left + GAP, 0, wide - left - GAP, self.height())
        if self._detail and rest.width() > 60:
            whole = self._draw(painter, self._detail, rest, "texte2") and whole
        self.setToolTip("" if whole else f"{self._title}\n{self._detail}")

    def _room(self) -> float:
        return GAP + QFontMetrics(self._theme.font("base")).horizontalAdvance(self._detail) + 2

    def _draw(self, painter: QPainter, words: str, box: QRectF, token: str) -> bool:
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.setPen(self._theme.token(token))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        return shown == words


class Swatch(QWidget):
    """The colour of a class."""

    def __init__(self, colour: str, theme: Theme) -> None:
        super().__init__()
        self._colour = colour
        self._theme = theme
        self.setFixedSize(12, 12)

    def set_colour(self, colour: str) -> None:
        """Change the colour."""
        self._colour = colour
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a small square."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.token("trait_fort"))
        painter.setBrush(QColor(self._colour) if self._colour else self._theme.token("creux"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
