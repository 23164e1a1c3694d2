"""One slide on the big screen: its fact, its map, three numbers with their bars, or its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.french import typographic
from ui.views.ctg_coverage import Bar
from ui.widgets.legend import Legend
from ui.widgets.map_view import MapView
from ui.widgets.parts import clear, fictitious, row, scrolled, set_tone, text

if TYPE_CHECKING:
    from ui.theme import Theme
    from ui.views.meetings_slides import Number, Slide

BAR = 9
SIDE = 300


class SlideView(QWidget):
    """`alone` shows the map alone, `bare` hides the numbers; both are keys of the meeting."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._slide: Slide | None = None
        self.alone = False
        self.values = True
        self.title = text("", "slide_title", wrap=True)
        self.subtitle = text("", "slide_second", wrap=True)
        self.badge = fictitious()
        self.note = text("", wrap=True)
        self.map = MapView()
        self.map.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.legend = Legend(theme)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(10)
        self.numbers = QVBoxLayout()
        self.numbers.setSpacing(4)
        self.source = text("", "hint", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "surface")
        side = QVBoxLayout(inside)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(14)
        side.addLayout(self.numbers)
        side.addWidget(self.legend)
        side.addStretch(1)
        self.side = scrolled(inside)
        self.side.setFixedWidth(self._theme.px(SIDE))
        self.side.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._words = QWidget()
        words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(12)
        words.addLayout(self.lines)
        words.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(28)
        middle.addWidget(self.map, 1)
        middle.addWidget(self._words, 1)
        middle.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = row(self.title, self.badge, gap=14)
        head.setStretch(0, 1)
        column.addLayout(head)
        column.addWidget(self.subtitle)
        column.addWidget(self.note)
        column.addSpacing(8)
        column.addLayout(middle, 1)
        column.addWidget(self.source)

    def show_slide(self, slide: Slide | None) -> None:
        """Show another point, or nothing."""
        other = slide is not self._slide
        self._slide = slide
        if slide is None:
            return
        self.title.setText(typographic(slide.title))
        self.subtitle.setText(typographic(slide.subtitle))
        self.subtitle.setVisible(bool(slide.subtitle))
        self.badge.setVisible(slide.fictitious)
        self.source.setText(f"Source\u202f: {slide.source}" if slide.source else "")
        self.note.setText(typographic(slide.note))
        self.note.setVisible(bool(slide.note))
        if other:
            self._fill(slide)
        self._show_parts(slide)

    def _fill(self, slide: Slide) -> None:
        clear(self.lines)
        for words in slide.lines:
            self.lines.addWidget(text(typographic(words), wrap=True))
        clear(self.numbers)
        for rank, number in enumerate(slide.numbers):
            self._add_number(number, first=rank == 0)
        self.map.set_choropleth(slide.map)
        QTimer.singleShot(0, self, self._show_legend)

    def _show_legend(self) -> None:
        """Once the map has its size: circles of the legend are as large as those drawn."""
        shown = self._slide.map if self._slide is not None else None
        self.legend.show_map(shown, self.map.radius_of_one() if shown is not None else 0.0)

    def _add_number(self, number: Number, *, first: bool) -> None:
        shown = text(number.text, "slide_first" if first else "slide_number")
        set_tone(shown, number.tone)
        self.numbers.addWidget(shown)
        if number.share is not None:
            bar = Bar(self._theme, number.tone)
            bar.setFixedHeight(self._theme.px(BAR))
            bar.set_share(number.share)
            self.numbers.addWidget(bar)
        self.numbers.addWidget(text(number.label, "slide_second"))
        self.numbers.addSpacing(8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The map takes another size: so do the circles of the legend."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._show_legend)

    def _show_parts(self, slide: Slide) -> None:
        has_map = slide.map is not None
        self.map.setVisible(has_map)
        self._words.setVisible(not has_map)
        self.side.setVisible(self.values and not self.alone and bool(slide.numbers or has_map))
        self.legend.setVisible(has_map)

    def toggle_alone(self) -> None:
        """C: the map alone, then everything again."""
        self.alone = not self.alone
        self.show_slide(self._slide)

    def toggle_values(self) -> None:
        """V: numbers on the side and on the map, or not."""
        self.values = not self.values
        self.map.set_shown(labels=self.values)
        self.show_slide(self._slide)
