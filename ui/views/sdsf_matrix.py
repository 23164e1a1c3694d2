"""The table of axes by EPCI: no word of a head is cut, the rest of the width is shared."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics, QResizeEvent

from ui.widgets.table_view import Table


class MatrixTable(Table):
    """Axes take what they need, EPCI share the rest."""

    AXIS = 190
    WIDEST_AXIS = 250
    LEAST = 76

    def fit_columns(self, most: int = 0) -> None:  # noqa: ARG002
        """Share the width."""
        count = self.table.columnCount() - 1
        if count < 1:
            return
        px, metrics = self._theme.px, QFontMetrics(self._theme.font("dense_label"))
        axis = min(max(self.sizeHintForColumn(0) + 8, px(self.AXIS)), px(self.WIDEST_AXIS))
        words = [word for column in self.table.columns[1:] for word in column.header.split("\n")]
        longest = max(metrics.horizontalAdvance(word) for word in words) + 26
        each = max((self.viewport().width() - axis) // count, px(self.LEAST), longest)
        self.setColumnWidth(0, max(axis, self.viewport().width() - each * count))
        for place in range(1, count + 1):
            self.setColumnWidth(place, each)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        self.fit_columns()


def broken(name: str, width: int = 11) -> str:
    """Return a name on several short lines, for the head of a narrow column."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + len(word) < width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "\n".join(lines)
