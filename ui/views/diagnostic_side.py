"""The right side of a diagnostic: options of the section chosen, or of the whole document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from ui.views.diagnostic_options import OptionsPanel
from ui.views.diagnostic_section import SectionPanel
from ui.widgets.parts import row, scrolled
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from ui.views.diagnostic_session import Session

SIDES = (("section", "Section"), ("document", "Document"))


class SidePanel(QFrame):
    """Two panels behind a choice."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        dress(self, "right", "detail")
        self.section = SectionPanel(session)
        self.options = OptionsPanel(session)
        self.sides = Segments(SIDES, "Options")
        self._stack = QStackedWidget()
        self._stack.addWidget(scrolled(self.section))
        self._stack.addWidget(scrolled(self.options))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        choice = row(self.sides, None)
        choice.setContentsMargins(16, 12, 16, 4)
        layout.addLayout(choice)
        layout.addWidget(self._stack, 1)
        self.sides.chosen.connect(self.show_side)

    def show_side(self, code: str) -> None:
        """Show « section » or « document »."""
        self.sides.set_current(code)
        self._stack.setCurrentIndex([side for side, _ in SIDES].index(code))


def dress(panel: QWidget, side: str, zone: str) -> None:
    """Give a panel its ground, its line and its name for F6."""
    panel.setProperty("role", "panel")
    panel.setProperty("side", side)
    panel.setProperty("zone", zone)
