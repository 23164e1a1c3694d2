"""One gauge of a plan: its words, count over total, a bar, what it is counted from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar, QWidget

from ui.views.ctg_words import gauge_words
from ui.widgets.parts import column, row, text

if TYPE_CHECKING:
    from app.services.ctg_rows import Gauge


class GaugeLine(QWidget):
    """« Actions réalisées  5 sur 17 » above its bar; two of them are never averaged."""

    def __init__(self, title: str, note: str, tone: str = "") -> None:
        super().__init__()
        self._title = title
        self.count = text("", "strong")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setProperty("tone", tone)
        layout = column(row(text(title, "label"), None, self.count), self.bar, text(note, "legend"), gap=4)
        self.setLayout(layout)

    def show_gauge(self, gauge: Gauge) -> None:
        """Show another count; without anything to count, the bar is empty and « n.d. » is said."""
        words = gauge_words(gauge)
        self.count.setText(words)
        self.bar.setRange(0, max(gauge.total, 1))
        self.bar.setValue(gauge.count)
        for made in (self, self.bar):
            made.setAccessibleName(f"{self._title}\u202f: {words}")
