"""Title of the map, its level, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from app.domain.territory import Level
from ui.views.map_query import LEVEL_CODES
from ui.widgets.map_words import place_of
from ui.widgets.parts import column, fictitious, icon_button, row
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.theme import Theme
    from ui.views.map_query import MapAnswer

HEIGHT = 54


class ElidedLabel(QLabel):
    """One line that ends with an ellipsis when it lacks room; the whole text is its hint."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, words: str) -> None:
        """Change the text."""
        self.setText(words)
        self.setToolTip(words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class MapHead(QFrame):
    """One line above the map."""

    level_chosen = Signal(object)
    table_asked = Signal(bool)
    detail_asked = Signal(bool)

    def __init__(self, theme: Theme, export: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "context")
        self.title = ElidedLabel("section")
        self.subtitle = ElidedLabel("hint")
        self.badge = fictitious()
        self.badge.hide()
        self.levels = Segments((("epci", "EPCI"), ("commune", "Communes")), "Maille de la carte")
        self.levels.chosen.connect(lambda code: self.level_chosen.emit(LEVEL_CODES[code]))
        self.table_button = icon_button("table", "Voir en tableau (Ctrl+Maj+T)", framed=True)
        self.table_button.setCheckable(True)
        self.table_button.toggled.connect(self.table_asked)
        self.detail_button = icon_button("layout-list", "Détail (F6)", framed=True)
        self.detail_button.setCheckable(True)
        self.detail_button.clicked.connect(self.detail_asked)
        self.detail_button.hide()
        words = column(self.title, self.subtitle, gap=0)
        held = row(words, self.badge, self.levels, export, self.table_button, self.detail_button, gap=10)
        held.setStretch(0, 1)
        held.setContentsMargins(18, 6, 14, 6)
        self.setLayout(held)
        self.setFixedHeight(theme.px(HEIGHT))
        self._theme = theme
        theme.changed.connect(self._theme_changed)

    def show_answer(self, answer: MapAnswer) -> None:
        """Show the title of a map."""
        made = answer.choropleth
        place = place_of(made)
        title = made.title.removesuffix(f", {place}")
        self.show_words(title, f"{made.subtitle}, {place}", fictitious=made.fictitious)
        self.show_levels(answer.wish.level, answer.levels)

    def show_words(self, title: str, subtitle: str, *, fictitious: bool = False) -> None:
        """Show a title and what stands under it."""
        self.title.say(title)
        self.subtitle.say(subtitle)
        self.badge.setVisible(fictitious)

    def show_levels(self, level: Level, levels: Sequence[Level] = ()) -> None:
        """Show the level in force; levels: those that hold values, all of them when empty."""
        self.levels.set_current("epci" if level is Level.EPCI else "commune")
        for code, known in LEVEL_CODES.items():
            held = known in levels or not levels
            self.levels.button(code).setEnabled(held)
            hint = "" if held else "Aucune valeur importée à cette maille"
            self.levels.button(code).setToolTip(hint)

    def toggle_table(self) -> None:
        """Go from the map to the table, and back."""
        self.table_button.toggle()

    def set_compact(self, compact: bool) -> None:
        """Offer the drawer on a narrow window."""
        self.detail_button.setVisible(compact)
        self.detail_button.setChecked(False)

    def show_drawer(self, shown: bool) -> None:
        """Say whether the drawer is open."""
        self.detail_button.setChecked(shown)

    def _theme_changed(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
