"""Two gauges side by side, never averaged: each says its two terms and its rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.cpog_gauges import Gauge
from app.domain.french import NBSP, THIN, percent, plural
from app.services.cpog_rows import GaugesRow
from ui.views.cpog_words import plain
from ui.widgets.parts import Card, clear, row, text

if TYPE_CHECKING:
    from ui.theme import Theme

NOTHING = "Rien à compter"
NO_VALUE = "Aucun réalisé saisi"


class GaugeBar(QWidget):
    """A bar from 0 to 100."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._share: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_share(self, share: float | None) -> None:
        """Draw a percentage, nothing for None."""
        self._share = share
        self.update()

    def sizeHint(self) -> QSize:
        """A thin bar."""
        return QSize(120, 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, then the share."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.token("trait"))
        painter.setBrush(self._theme.token("survol"))
        box = QRectF(0.5, 0.5, self.width() - 1, self.height() - 1)
        painter.drawRoundedRect(box, 4, 4)
        if self._share:
            painter.setPen(self._theme.token("encre"))
            painter.setBrush(self._theme.token("encre"))
            box.setWidth(max(box.width() * min(self._share, 100.0) / 100, 4))
            painter.drawRoundedRect(box, 4, 4)


class GaugeCard(Card):
    """One gauge: its first reading as a bar, the others as sentences."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(title)
        self.figure = text("", "object")
        self.count = text("", "strong")
        self.bar = GaugeBar(theme)
        self.rule = text("", "hint", wrap=True)
        self.others = QVBoxLayout()
        self.others.setSpacing(2)
        self.body.addLayout(row(self.figure, self.count, None, gap=10))
        self.body.addWidget(self.bar)
        self.body.addWidget(self.rule)
        self.body.addLayout(self.others)
        self.body.addStretch(1)

    def show_gauges(self, gauges: Sequence[Gauge], missing: str = "") -> None:
        """Show the readings of a gauge, the first one large; missing: why there is nothing to read yet."""
        first = gauges[0]
        share = None if missing else first.share
        self.figure.setText(percent(share, 0) if share is not None else "n.d.")
        self.count.setText(fraction(first) if share is not None else missing or NOTHING)
        self.bar.show_share(share)
        self.rule.setText(_rule(first))
        clear(self.others)
        for other in gauges[1:]:
            if other.denominator and not missing:
                words = f"{fraction(other)}, {percent(other.share, 0)}{THIN}: {_rule(other)}"
                self.others.addWidget(text(words, "hint", wrap=True))
        self.setAccessibleDescription(f"{self.figure.text()}, {self.count.text()}, {self.rule.text()}")


class GaugesPair(QWidget):
    """Progress of actions, achievement of results."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.progress = GaugeCard(theme, "Actions réalisées")
        self.results = GaugeCard(theme, "Cibles de résultat atteintes")
        self.note = text("", "hint", wrap=True)
        both = row(self.progress, self.results, gap=12)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(both)
        layout.addWidget(self.note)

    def show_gauges(self, gauges: GaugesRow) -> None:
        """Show both gauges of a year."""
        self.progress.show_gauges(gauges.progress)
        aimed = bool(gauges.results[0].denominator)
        self.results.show_gauges(gauges.results, NO_VALUE if aimed and not gauges.has_results else "")
        self.note.setText(
            f"{gauges.year}. Les deux jauges ne se moyennent pas. "
            f"{plural(gauges.follow_count, 'indicateur')} de suivi, dans aucune jauge."
        )


def fraction(gauge: Gauge) -> str:
    """« 23 sur 45 »."""
    return f"{plain(gauge.numerator)}{NBSP}sur{NBSP}{plain(gauge.denominator)}"


def _rule(gauge: Gauge) -> str:
    return gauge.rule + (", chaque ligne comptée par son poids" if gauge.weighted else "")
