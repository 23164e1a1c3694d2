"""Number of themes of each signed CTG, year after year: itself followed, with the compulsory ones missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ctg_themes import theme_label
from app.domain.french import listing, number, typographic
from ui.models.table import Column
from ui.views.ctg_columns import Said, said
from ui.views.data_parts import FittedTable
from ui.widgets.parts import text

if TYPE_CHECKING:
    from app.services.ctg_rows import ThemeCount
    from ui.theme import Theme

NOTE = "Thèmes des CTG en vigueur au 31 décembre de chaque année ; « · » : la CTG n’est pas en vigueur."


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """One convention, by year."""

    uuid: str
    name: str
    counts: dict[int, ThemeCount]


def theme_lines(counts: Sequence[ThemeCount]) -> list[ThemeLine]:
    """One line a convention."""
    found: dict[str, ThemeLine] = {}
    for count in counts:
        line = found.setdefault(count.ctg_uuid, ThemeLine(count.ctg_uuid, count.name, {}))
        line.counts[count.year] = count
    return list(found.values())


def _count(year: int, held: ThemeLine) -> Said | None:
    count = held.counts.get(year)
    if count is None:
        return None
    missing = f", manque {len(count.missing)}" if count.missing else ""
    return Said.of(float(count.count), number(count.count) + missing)


def _missing(year: int, held: ThemeLine) -> str:
    count = held.counts.get(year)
    if count is None or not count.missing:
        return ""
    return typographic(f"Absents : {listing([theme_label(code, short=True) for code in count.missing])}")


def _tone(year: int, held: ThemeLine) -> str:
    return "ocre" if _missing(year, held) else ""


def columns_of(years: Sequence[int]) -> tuple[Column[ThemeLine], ...]:
    """The name, then one column a year."""
    return (
        Column("CTG", lambda held: held.name),
        *(
            Column(str(year), partial(_count, year), text=said, right=True, absent="·",
                   hint=partial(_missing, year), tone=partial(_tone, year))
            for year in years
        ),
    )  # fmt: skip


class ThemeYearsView(QWidget):
    """The table, made again when the years differ."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.table = FittedTable(
            theme, columns_of(()), "Nombre de thèmes par CTG et par année", flexible=(0,)
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.table, 1)
        self._column.addWidget(text(typographic(NOTE), "hint", wrap=True))

    def show_counts(self, counts: Sequence[ThemeCount], years: Sequence[int]) -> None:
        """Show these years."""
        if len(self.table.table.columns) != len(years) + 1 or self.table.table.columns[1].header != str(
            years[0]
        ):
            name = self.table.accessibleName()
            made = FittedTable(self._theme, columns_of(years), name, flexible=(0,))
            self._column.replaceWidget(self.table, made)
            self.table.deleteLater()
            self.table = made
        self.table.show_rows(theme_lines(counts))
