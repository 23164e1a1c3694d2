"""A notification at the bottom right: never more than one, one verb at most; errors do not fade."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from ui.widgets.parts import TONE_ICONS, Picture, button, icon_button, row, set_tone, text

SHOWN_MS = 6000
MARGIN = 16
WIDEST_LINES = 30
"""Widest notification, in heights of its font."""


class Toast(QFrame):
    """Sits over a host widget, above its bottom edge."""

    def __init__(self, host: QWidget, above: int) -> None:
        """above: pixels kept free under it."""
        super().__init__(host)
        self._host = host
        self._above = above
        self._action: Callable[[], None] | None = None
        self.setProperty("role", "toast")
        self._picture = Picture("info-circle", "encre")
        self._text = text("", wrap=True)
        self._verb = button("", self._act, role="link")
        self.close_button = icon_button("x", "Fermer la notification", self.hide, size=16)
        layout = row(self._picture, self._text, self._verb, self.close_button, gap=10)
        layout.setStretch(1, 1)
        layout.setContentsMargins(14, 8, 8, 8)
        self.setLayout(layout)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        host.installEventFilter(self)
        self.hide()

    def say(
        self, words: str, verb: str | None = None, action: Callable[[], None] | None = None, *, tone: str = ""
    ) -> None:
        """Replace what was said; with the tone rouge it stays until closed."""
        self._action = action
        self._text.setText(words)
        self._verb.setText(verb or "")
        self._verb.setAccessibleName(verb or "")
        self._verb.setVisible(bool(verb))
        self.setAccessibleName(words)
        set_tone(self, tone)
        self._picture.change(TONE_ICONS[tone], tone or "encre")
        self.show()
        self.raise_()
        self.place()
        self._timer.stop()
        if tone != "rouge":
            self._timer.start()

    def words(self) -> str:
        """What is said, empty when nothing is."""
        return self._text.text() if self.isVisible() else ""

    def place(self) -> None:
        """Go back to the corner."""
        line = self.fontMetrics().height()
        width = min(WIDEST_LINES * line, self._host.width() - 2 * MARGIN)
        need = (
            self._text.fontMetrics().horizontalAdvance(self._text.text())
            + self._verb.sizeHint().width()
            + 130
        )
        width = min(width, max(need, 240))
        layout = self.layout()
        high = layout.heightForWidth(width) if layout is not None and layout.hasHeightForWidth() else -1
        height = max(high, self.sizeHint().height() if high < 0 else 0, 46)
        bottom = self._host.height() - self._above - MARGIN
        self.setGeometry(self._host.width() - width - MARGIN, bottom - height, width, height)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the size of the host."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.isVisible():
            self.place()

    def _act(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()
