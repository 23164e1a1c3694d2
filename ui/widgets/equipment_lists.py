"""Short editable lists of the card: as high as their lines, columns sharing the width."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QResizeEvent

from app.domain.french import fold, short_date
from app.domain.register_entry import is_year_only, read_date, read_number
from app.domain.register_errors import RegisterRefusal
from ui.error_words_register import field_sentence
from ui.models.grid import CellRefused, EditColumn
from ui.models.table import Column
from ui.widgets.grid import Grid

if TYPE_CHECKING:
    from ui.theme import Theme

MOST_LINES = 8


class ShortGrid(Grid):
    """weights: part of the width of each column."""

    def __init__(
        self, theme: Theme, columns: Sequence[Column[Any]], name: str, weights: Sequence[int]
    ) -> None:
        super().__init__(theme, columns, name)
        self.theme = theme
        self._weights = tuple(weights)
        self.setProperty("role", "framed")
        self.setShowGrid(False)
        self.horizontalHeader().setStretchLastSection(False)
        theme.changed.connect(self.adjust)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows; hidden when there is none."""
        self.table.replace_rows(rows)
        self.setVisible(bool(rows))
        self.adjust()

    def adjust(self) -> None:
        """Take the height of the lines, share the width."""
        lines = min(max(len(self.table.rows), 1), MOST_LINES)
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + lines * self.theme.row_height + 4)
        room, whole = self.viewport().width(), sum(self._weights)
        for place, weight in enumerate(self._weights):
            self.setColumnWidth(place, room * weight // whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        room, whole = self.viewport().width(), sum(self._weights)
        for place, weight in enumerate(self._weights):
            self.setColumnWidth(place, room * weight // whole)


def said(read: Callable[[], Any]) -> Any:
    """Return what is read; a refusal becomes that of a cell."""
    try:
        return read()
    except RegisterRefusal as refusal:
        raise CellRefused(field_sentence(refusal)) from refusal


def read_day(typed: str) -> tuple[datetime.date, bool]:
    """Return a day, and whether only its year is known."""
    typed = typed.strip()
    day: datetime.date = said(partial(read_date, "on", typed))
    return day, is_year_only(typed)


def read_day_or_none(typed: str) -> datetime.date | None:
    """Return a day, None for an empty cell."""
    return None if _empty(typed) else read_day(typed)[0]


def read_count(field: str, typed: str) -> int | None:
    """Return a whole number, None for an empty cell or « n.d. »."""
    if _empty(typed):
        return None
    found: int = said(partial(read_number, field, typed, whole=True))
    return found


def _empty(typed: str) -> bool:
    return fold(typed).replace(" ", "").replace(".", "") in ("", "nd", "inconnu")


def read_word(choices: dict[str, str], typed: str) -> str:
    """Return the code of a word of a list (code to word)."""
    found = next((code for code, word in choices.items() if fold(word) == fold(typed)), None)
    if found is None:
        raise CellRefused(f"Mots acceptés\u202f: {', '.join(word for word in choices.values() if word)}.")
    return found


def choice_column(
    header: str, code: str, choices: dict[str, str], value: Callable[[Any], str]
) -> EditColumn[Any]:
    """Return a column whose cells are one word of a list."""
    return EditColumn(
        header, lambda line: choices.get(value(line), value(line)), parse=partial(read_word, choices),
        choices=tuple(choices.values()), code=code, absent="",
    )  # fmt: skip


def shown_day(day: datetime.date, year_only: bool) -> str:
    """« 01/09/2024 », or the year alone."""
    return str(day.year) if year_only else short_date(day)
