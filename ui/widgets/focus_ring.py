"""The focus ring: two pixels of ink, two pixels away, around whatever the keyboard is on."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QWidget

from ui.theme import Theme

AWAY = 2
WIDTH = 2
FOLLOWED = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Scroll}


class FocusRing(QWidget):
    """Follows the focus inside one window; a mouse click does not light it, except in a field."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._theme = theme
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)
        theme.changed.connect(self.update)

    @property
    def target(self) -> QWidget | None:
        """The control that is ringed."""
        return self._target if self._target is not None and shiboken6.isValid(self._target) else None

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._release()
        by_mouse = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if new is None or new.window() is not self.window() or (by_mouse and not isinstance(new, QLineEdit)):
            self.hide()
            return
        self._target = new
        ancestor: QWidget | None = new
        while ancestor is not None and ancestor is not self.window():
            ancestor.installEventFilter(self)
            self._watched.append(ancestor)
            ancestor = ancestor.parentWidget()
        self._place()

    def _release(self) -> None:
        for widget in self._watched:
            if shiboken6.isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        self._target = None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the control when something moves it."""
        if event.type() in FOLLOWED:
            self._place()
        return False

    def _place(self) -> None:
        target = self.target
        if target is None or not target.isVisible():
            self.hide()
            return
        seen = target.visibleRegion().boundingRect()
        if seen.isEmpty():
            self.hide()
            return
        inside = isinstance(target, QAbstractItemView) or target.property("ring") == "inside"
        margin = 0 if inside else AWAY + WIDTH
        box = QRect(target.mapTo(self.window(), QPoint(0, 0)) + seen.topLeft(), seen.size())
        self.setGeometry(box.adjusted(-margin, -margin, margin, margin).intersected(self.window().rect()))
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.token("encre"), WIDTH))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
