"""One tile of « Accueil »: a figure, what surrounds it, where it comes from; it opens its list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.dot_strip import DotStrip
from ui.widgets.parts import (
    Card,
    Elided,
    button,
    clear,
    column,
    fictitious,
    icon_button,
    row,
    set_tone,
    text,
)
from ui.widgets.tile_parts import HowButton, SegmentBar, bar

if TYPE_CHECKING:
    from app.services.dashboard_rows import Tile, TileLine
    from ui.theme import Theme

HEIGHT = 160
HEAD = 28
LONG_FIGURE = 9
CELLS = ("equipment",)
YEARS = ("births",)
GAUGES = ("cpog", "plan", "ctg")
"""Tiles whose lines are drawn as cells, as years side by side, as counts with a bar."""


class TileCard(Card):
    """Shows one tile; `opened` carries the page and the wishes of its list."""

    opened = Signal(str, object)
    explained = Signal(object, object)
    """Value to explain, widget beside which to do it."""

    def __init__(self, title: str, theme: Theme, can_open: Callable[[str], bool]) -> None:
        super().__init__(title)
        self._theme = theme
        self._can_open = can_open
        self._tile: Tile | None = None
        self.strip: DotStrip | None = None
        self.hows: list[HowButton] = []
        self.figure = text("", "key")
        self.unit = Elided("", "second")
        self.note = Elided("", "legend")
        self._dress_head(title)
        self._figure_row = row(self.figure, self.unit, gap=8)
        self._figure_row.setStretch(1, 1)
        self.inside = QVBoxLayout()
        self.inside.setSpacing(3)
        self.body.setSpacing(2)
        self.body.setContentsMargins(16, 8, 10, 12)
        for layout in (self._figure_row, self.inside):
            self.body.addLayout(layout)
        self.body.addStretch(1)
        self.body.addWidget(self.note)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setMinimumWidth(180)
        theme.changed.connect(self._resize)
        self._resize()

    def _dress_head(self, title: str) -> None:
        self.head.removeWidget(self.title)
        self.title.deleteLater()
        self.title = Elided(title, "section")
        self.badge = fictitious()
        self.badge.hide()
        self.how = HowButton(title)
        self.how.asked.connect(self.explained)
        self.go = icon_button("chevron-right", f"Ouvrir\u202f: {title}", self._open, size=16)
        self.go.setFixedSize(HEAD, HEAD)
        self.head.setSpacing(2)
        for widget in (self.title, self.badge, self.how, self.go):
            self.head.addWidget(widget)
        self.head.setStretch(0, 1)

    def _resize(self) -> None:
        self.setMinimumHeight(self._theme.px(HEIGHT))
        self.title.setMinimumHeight(self._theme.px(HEAD))

    # -- content -----------------------------------------------------------------------------------------

    @property
    def tile(self) -> Tile | None:
        """The tile shown."""
        return self._tile

    def show_tile(self, tile: Tile, selected: str = "") -> None:
        """Show a tile; selected: code of the Epci to mark on its strip."""
        changed = tile != self._tile
        self._tile = tile
        self.title.setText(tile.title)
        self.badge.setVisible(tile.fictitious)
        self.how.show_value(tile.source)
        self.how.name_after(tile.title)
        openable = bool(tile.page) and self._can_open(tile.page)
        self.go.setVisible(openable and not tile.empty)
        self.go.setAccessibleName(f"Ouvrir\u202f: {tile.title}")
        self.setCursor(Qt.CursorShape.PointingHandCursor if openable else Qt.CursorShape.ArrowCursor)
        self._show_figure(tile)
        if changed:
            self._fill(tile, openable)
        if self.strip is not None:
            self.strip.show_dots(tile.dots, tile.marks, selected)
        self.setAccessibleName(tile.title)
        self.setAccessibleDescription(spoken(tile))

    def _show_figure(self, tile: Tile) -> None:
        figure = "" if tile.empty and tile.lines else tile.figure
        self.figure.setText(figure)
        self.figure.setVisible(bool(figure))
        self.figure.setEnabled(not tile.empty)
        self.unit.setText(short_unit(tile.unit))
        self.unit.setVisible(bool(tile.unit))
        role = "key" if len(figure) < LONG_FIGURE else "title"
        if self.figure.property("role") != role:
            self.figure.setProperty("role", role)
            self.figure.style().unpolish(self.figure)
            self.figure.style().polish(self.figure)
        self.note.setText("" if tile.empty else sentence_case(tile.note))
        self.note.setVisible(not tile.empty and bool(tile.note))

    def set_colours(self, colours: Mapping[str, str]) -> None:
        """Give each dot the colour of its class on the map."""
        if self.strip is not None:
            self.strip.set_colours(colours)

    def _fill(self, tile: Tile, openable: bool) -> None:
        clear(self.inside)
        self.hows = []
        self.strip = None
        if tile.empty:
            self._fill_empty(tile, openable)
            return
        if tile.dots:
            self.strip = DotStrip(self._theme)
            self.inside.addWidget(self.strip)
        elif tile.segments:
            segments = SegmentBar(self._theme)
            segments.show_segments(tile.segments)
            self.inside.addWidget(segments)
            for line in tile.lines[1:]:
                self.inside.addWidget(Elided(f"{line.value} {line.label} ({line.note})", "legend"))
        else:
            self._fill_lines(tile)

    def _fill_empty(self, tile: Tile, openable: bool) -> None:
        self.inside.addWidget(text(tile.note, "second", wrap=True))
        if openable and tile.verb:
            made = button(tile.verb, self._open, icon="arrow-right", role="link")
            verb = row(made, None)
            verb.setContentsMargins(-4, 0, 0, 0)
            self.inside.addLayout(verb)

    def _fill_lines(self, tile: Tile) -> None:
        if tile.code in CELLS:
            self.inside.addSpacing(4)
            self.inside.addLayout(self._cells(tile.lines))
        elif tile.code in YEARS:
            self.inside.addLayout(self._years(tile.lines))
        elif tile.code in GAUGES:
            for rank, line in enumerate(tile.lines):
                self.inside.addLayout(self._gauge(line, "ocre" if rank else ""))
        else:
            for line in tile.lines:
                self.inside.addLayout(self._line(line))

    # -- kinds of lines ----------------------------------------------------------------------------------

    def _cells(self, lines: tuple[TileLine, ...]) -> QGridLayout:
        """Counts two by two, each with its proof."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        for rank, line in enumerate(lines):
            figure = text(line.value, "object")
            figure.setEnabled(line.value != "n.d.")
            how = HowButton(line.label)
            how.asked.connect(self.explained)
            how.show_value(line.source)
            self.hows.append(how)
            grid.addLayout(row(figure, text(line.label, "second"), how, None, gap=4), rank // 2, rank % 2)
        grid.setColumnStretch(1, 1)
        return grid

    def _years(self, lines: tuple[TileLine, ...]) -> QGridLayout:
        """A few years side by side."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        for place, line in enumerate(lines):
            grid.addWidget(text(line.label, "legend"), 0, place)
            grid.addWidget(text(line.value, "strong"), 1, place)
        grid.setColumnStretch(len(lines), 1)
        return grid

    def _gauge(self, line: TileLine, tone: str) -> QVBoxLayout:
        """A count over another with its bar; two gauges stay apart, never averaged."""
        value = text(line.value, "strong")
        value.setEnabled(line.share is not None)
        head = row(Elided(line.label, "second"), value, gap=8)
        head.setStretch(0, 1)
        made = column(head, gap=2)
        if line.share is not None:
            made.addWidget(bar(line.share, f"{line.label}, {line.value}", tone))
        else:
            made.addWidget(text(line.note, "legend"))
        made.setContentsMargins(0, 0, 6, 4)
        return made

    def _line(self, line: TileLine) -> Any:
        """A label and its value; a bar between them when lines are compared."""
        label: QWidget = Elided(line.label, "second")
        value: QLabel = text(line.value, "strong")
        set_tone(value, line.tone)
        note = line.note if line.share is None and not line.tone else ""
        made = row(label, gap=8)
        if line.share is not None:
            made.addWidget(bar(line.share, f"{line.label}, {line.value}"), 1)
        made.addWidget(value)
        if note:
            made.addWidget(text(note, "legend"))
        made.setStretch(0, 1)
        made.setContentsMargins(0, 0, 6, 0)
        return made

    # -- opening -----------------------------------------------------------------------------------------

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The whole card opens its list."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._open()
        super().mouseReleaseEvent(event)

    def _open(self) -> None:
        tile = self._tile
        if tile is not None and tile.page and self._can_open(tile.page):
            self.opened.emit(tile.page, dict(tile.wishes))


def spoken(tile: Tile) -> str:
    """Return the whole tile in one sentence, for a screen reader."""
    parts = [f"{tile.figure} {tile.unit}".strip()]
    parts += [f"{line.label} {line.value} {line.note}".strip() for line in tile.lines]
    parts += [tile.note, "fictif" if tile.fictitious else ""]
    return ", ".join(part for part in parts if part)


def short_unit(unit: str) -> str:
    """Return the unit on one line: « places pour 100 enfants »."""
    return unit.removesuffix(" de moins de 3 ans")


def sentence_case(words: str) -> str:
    """Return the words with a capital first."""
    return words[:1].upper() + words[1:]
