"""Axes by EPCI: a table where no word of a head is cut, and the words of the classes of its map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from ui.widgets.parts import column, row, text
from ui.widgets.swatches import swatches
from ui.widgets.table_view import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.theme import Theme
    from ui.widgets.mini_map import MiniMap

CLASSES = ((0, 1, "Aucune fiche"), (1, 3, "1 ou 2 fiches"), (3, 1_000_000, "3 fiches et plus"))
"""From, under, and words of the classes of the map."""
SWATCH = QSize(12, 12)


class MatrixTable(Table):
    """Axes take what they need, EPCI share the rest."""

    AXIS = 190
    WIDEST_AXIS = 250
    LEAST = 76

    def fit_columns(self, most: int = 0) -> None:  # noqa: ARG002
        """Give each column its longest word, then share what is left."""
        columns = self.table.columns
        if len(columns) < 2:
            return
        px, metrics = self._theme.px, QFontMetrics(self._theme.font("dense_label"))
        widths = [min(max(self.sizeHintForColumn(0) + 8, px(self.AXIS)), px(self.WIDEST_AXIS))]
        for head in (each_.header for each_ in columns[1:]):
            longest = max(metrics.horizontalAdvance(word) for word in head.split("\n"))
            widths.append(max(px(self.LEAST), longest + 26))
        left = max(self.viewport().width() - sum(widths), 0)
        each = left // (len(columns) - 1)
        widths = [width + each if place else width for place, width in enumerate(widths)]
        widths[0] += left - each * (len(columns) - 1)
        for place, width in enumerate(widths):
            self.setColumnWidth(place, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        self.fit_columns()


def broken(name: str, width: int = 11) -> str:
    """Return a name on several short lines, for the head of a narrow column."""
    lines: list[str] = []
    for word in name.replace("-", "- ").split():
        joined = f"{lines[-1]}{'' if lines[-1].endswith('-') else ' '}{word}" if lines else word
        if lines and len(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return "\n".join(lines)


class ClassWords(QWidget):
    """The classes of the map: a colour, what it means, how many EPCI are in it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._map: MiniMap | None = None
        self._pictures = [QLabel() for _ in CLASSES]
        self.words = [text("", "hint") for _ in CLASSES]
        lines = [
            row(picture, said, None, gap=6) for picture, said in zip(self._pictures, self.words, strict=True)
        ]
        self.setLayout(column(*lines, gap=2))
        theme.changed.connect(self._colour)

    def show_map(self, shown: MiniMap, counts: Sequence[int]) -> None:
        """Say the classes of a map; counts: fiches of each EPCI."""
        self._map = shown
        inside = (sum(1 for count in counts if low <= count < high) for low, high, _words in CLASSES)
        for said, (_low, _high, words), held in zip(self.words, CLASSES, inside, strict=True):
            said.setText(f"{words}\u202f: {held} EPCI")
        self._colour()

    def _colour(self) -> None:
        if self._map is not None:
            palette = self._map.dark if self._theme.dark else self._map.light
            for picture, colour in zip(self._pictures, palette, strict=False):
                picture.setPixmap(swatches((colour,), SWATCH).pixmap(SWATCH))
