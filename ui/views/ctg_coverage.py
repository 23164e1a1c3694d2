"""Coverage by CTG as three cards, one a denominator: never added, never averaged."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.french import long_date, number, short_date, typographic
from ui.views.ctg_words import share_percent, share_words
from ui.widgets.parts import Elided, fictitious, row, text

if TYPE_CHECKING:
    from app.services.ctg_rows import CtgCoverage, Share
    from ui.theme import Theme

TITLES = ("EPCI couverts", "Habitants couverts", "Communes couvertes")


class Bar(QWidget):
    """A share as a thin bar; token: its colour."""

    def __init__(self, theme: Theme, token: str = "encre") -> None:
        super().__init__()
        self._theme = theme
        self._token = token
        self._share = 0.0
        self.setFixedHeight(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_share(self, share: float | None) -> None:
        """Between 0 and 1; None is an empty bar."""
        self._share = max(0.0, min(share or 0.0, 1.0))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, then the share."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.token("trait"))
        painter.setBrush(self._theme.token("survol"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, 3, 3)
        if self._share > 0:
            painter.setPen(self._theme.token(self._token))
            painter.setBrush(self._theme.token(self._token))
            painter.drawRoundedRect(box.adjusted(0, 0, -(1 - self._share) * box.width(), 0), 3, 3)


class ShareCard(QFrame):
    """One denominator: percentage, counts, bar, date; the rule is in the hint and under it when wide."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._name = title
        self._words = self._dates = ("", "")
        self.title = text(title, "label")
        self.badge = fictitious()
        self.badge.hide()
        self.date = text("", "legend")
        self.percent = text("", "key")
        self.counts = Elided("", "label")
        self.rule = text("", "legend", wrap=True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar = Bar(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.setSpacing(4)
        layout.addLayout(row(self.title, self.badge, None, self.date))
        figures = row(self.percent, 4, self.counts)
        figures.setStretch(2, 1)
        layout.addLayout(figures)
        layout.addWidget(self.bar)
        layout.addWidget(self.rule)
        layout.addStretch(1)

    def show_share(self, share: Share, on: datetime.date, *, fictitious: bool) -> None:
        """Show a share of a day."""
        self.percent.setText(share_percent(share))
        self._words = (share_words(share), f"{number(share.part)} sur {number(share.whole)}")
        self._dates = (f"au {long_date(on)}", short_date(on))
        self.set_low(not self.rule.isVisibleTo(self))
        self.rule.setText(typographic(share.note[:1].upper() + share.note[1:]))
        self.badge.setVisible(fictitious)
        self.bar.set_share(share.part / share.whole if share.whole else None)
        self.setToolTip(share.note)
        said = f"{share_percent(share)}, {share_words(share)}, au {long_date(on)}"
        self.setAccessibleName(f"{self._name}\u202f: {said}")

    def set_low(self, low: bool) -> None:
        """Fewer words, and the rule in the hint, when there is little room."""
        self.rule.setVisible(not low)
        self.counts.setText(self._words[low])
        self.date.setText(self._dates[low])


class CoverageStrip(QWidget):
    """The three cards side by side."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.cards = tuple(ShareCard(theme, title) for title in TITLES)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for card in self.cards:
            layout.addWidget(card, 1)

    def show_coverage(self, covered: CtgCoverage) -> None:
        """Show the shares of a day."""
        shares = (covered.epcis, covered.population, covered.communes)
        for card, share in zip(self.cards, shares, strict=True):
            card.show_share(share, covered.on, fictitious=covered.fictitious)

    def set_low(self, low: bool) -> None:
        """Follow the height of the window."""
        for card in self.cards:
            card.set_low(low)
