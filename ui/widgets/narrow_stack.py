"""A stack as narrow as the widget shown: hidden ones do not keep a window wide."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget


class NarrowStack(QStackedWidget):
    """Sizes are those of the widget shown, not the largest of all."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _place: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        """Of the widget shown."""
        shown: QWidget | None = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else QSize()

    def sizeHint(self) -> QSize:
        """Of the widget shown."""
        shown: QWidget | None = self.currentWidget()
        return shown.sizeHint() if shown is not None else QSize()
