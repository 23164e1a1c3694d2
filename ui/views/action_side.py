"""The right panel of a fiche: its summary, or the form that was asked for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from ui.widgets.parts import scrolled


class SidePanel(QFrame):
    """The summary, and forms in their turn."""

    def __init__(self, summary: QWidget, forms: Sequence[QWidget]) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setProperty("side", "right")
        self.setProperty("zone", True)
        self._forms = list(forms)
        self._stack = QStackedWidget()
        for part in (summary, *forms):
            inside = QWidget()
            inside.setProperty("role", "surface")
            held = QVBoxLayout(inside)
            held.setContentsMargins(16, 16, 14, 16)
            held.addWidget(part)
            self._stack.addWidget(scrolled(inside))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    @property
    def form(self) -> QWidget | None:
        """The form shown, None for the summary."""
        at = self._stack.currentIndex()
        return self._forms[at - 1] if at else None

    def show_form(self, form: QWidget) -> None:
        """Show a form."""
        self._stack.setCurrentIndex(1 + self._forms.index(form))

    def show_summary(self) -> None:
        """Come back to the summary."""
        self._stack.setCurrentIndex(0)
