"""A card to tick in the left column of a map: a name and how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.widgets.parts import column, text

if TYPE_CHECKING:
    from ui.theme import Theme


class ChoiceCard(QAbstractButton):
    """Its words wrap; tone: colour of how it stands, live: False for what is not in force."""

    def __init__(
        self, theme: Theme, code: str, label: str, state: str, *, tone: str = "", live: bool = True
    ) -> None:
        super().__init__()
        self._theme = theme
        self.code = code
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "inside")
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        name, told = text(label, "label", wrap=True), text(state, "hint", tone=tone, wrap=True)
        for part in (name, told):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        name.setEnabled(live)
        self._held = column(name, told, gap=2)
        self._held.setContentsMargins(10, 7, 10, 8)
        self.setLayout(self._held)
        self.setAccessibleName(f"{label}\u202f: {state}" if state else label)

    def sizeHint(self) -> QSize:
        """As high as its words at its width."""
        width = self.width() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else self._theme.px(220)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Its words wrap."""
        return QSize(self._theme.px(100), self.heightForWidth(max(self.width(), self._theme.px(100))))

    def heightForWidth(self, width: int) -> int:
        """Height of the wrapped words."""
        return self._held.totalHeightForWidth(width)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be chosen."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Back to rest."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A framed ground, blue when chosen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "encre_doux" if self.isChecked() else "survol" if self.underMouse() else "surface"
        painter.setBrush(self._theme.token(ground))
        painter.setPen(QPen(self._theme.token("encre" if self.isChecked() else "trait"), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        painter.end()
