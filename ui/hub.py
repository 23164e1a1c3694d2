"""The signal that carries what a command changed to every page that shows it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Hub(QObject):
    """One for the window: emit `changed` with the Changes that a service returned."""

    changed = Signal(object)
