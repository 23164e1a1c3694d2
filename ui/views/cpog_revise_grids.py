"""The two grids of the form of revision: new targets by period, amounts by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QSizePolicy

from app.domain.cpog import CpogIndicator
from app.domain.cpog_codes import MovementNature
from app.domain.cpog_entry import read_cell
from app.domain.cpog_points import Period
from app.domain.numbers import parse_number
from app.services.cpog_rows import MovementForm, Point
from ui import labels_cpog
from ui.models.grid import CellEdit, CellRefused, EditColumn
from ui.models.table import Column
from ui.theme import Theme
from ui.views.cpog_words import plain
from ui.widgets.grid import Grid
from ui.widgets.parts import button

NATURES = {labels_cpog.MOVEMENT[nature]: nature for nature in MovementNature}
YES, NO = "oui", "non"


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One period: its initial target, the one in force, the new one."""

    period: Period
    initial: str
    held: str
    new: float | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class MovementLine:
    """One amount."""

    year: int
    motive: str = ""
    amount: float | None = None
    nature: MovementNature = MovementNature.LASTING
    counted: bool = True


class _FormGrid(Grid):
    """A grid as high as its lines, whose cells stay in the form."""

    changed = Signal()

    def _dress_form(self) -> None:
        self.setProperty("role", "framed")
        self.setSortingEnabled(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.refused.connect(lambda refusals: self.setToolTip(refusals[0].sentence))

    def _show_lines(self, rows: Sequence[object]) -> None:
        here = self.currentIndex()
        self.table.replace_rows(rows)
        high = self.horizontalHeader().sizeHint().height() + len(rows) * self._theme.row_height + 4
        self.setFixedHeight(high)
        if here.isValid():
            self.setCurrentIndex(self.proxy.index(here.row(), here.column()))


class TargetsGrid(_FormGrid):
    """Initial target, target in force, new target: only the last one is typed."""

    def __init__(self, theme: Theme) -> None:
        self._indicator: CpogIndicator | None = None
        columns: tuple[Column[TargetLine], ...] = (
            Column("Période", lambda line: line.period.label),
            Column("Cible initiale", lambda line: line.initial, right=True),
            Column("Cible en vigueur", lambda line: line.held, right=True),
            EditColumn("Nouvelle cible", lambda line: line.new, plain, right=True, absent="",
                       parse=self._read, editable=lambda line: not line.closed, typed=_typed_new, code="new"),
        )  # fmt: skip
        super().__init__(theme, columns, "Nouvelles cibles")
        self._dress_form()
        self.edited.connect(self._edited)

    def show_periods(
        self,
        periods: Sequence[tuple[Period, Point | None, Point | None]],
        indicator: CpogIndicator,
        closed: Sequence[int],
    ) -> None:
        """Show the periods that have an initial target."""
        self._indicator = indicator
        self._show_lines(
            [
                TargetLine(period, initial.text if initial else "", (revised or initial).text
                           if initial else "", closed=period.year in closed)
                for period, initial, revised in periods
            ]
        )  # fmt: skip

    def targets(self) -> tuple[tuple[Period, float], ...]:
        """New targets typed."""
        return tuple((line.period, line.new) for line in self.table.rows if line.new is not None)

    def _read(self, typed: str) -> float | None:
        assert self._indicator is not None
        cell = read_cell(self._indicator, typed)
        if cell.problem:
            raise CellRefused(cell.sentence)
        return cell.number

    def _edited(self, edits: Sequence[CellEdit]) -> None:
        new = {edit.row.period: edit.value for edit in edits}
        self._show_lines(
            [replace(line, new=new[line.period]) if line.period in new else line for line in self.table.rows]
        )
        self.changed.emit()


class MovementsGrid(_FormGrid):
    """Year, motive, amount, nature, and whether it counts in the gap."""

    def __init__(self, theme: Theme) -> None:
        self._years: tuple[int, ...] = ()
        columns: tuple[Column[MovementLine], ...] = (
            EditColumn("Année", lambda line: line.year, str, parse=self._year, code="year"),
            EditColumn("Motif", lambda line: line.motive or None, absent="", parse=str, code="motive"),
            EditColumn("Montant", lambda line: line.amount, plain, right=True, absent="", parse=_amount,
                       code="amount"),
            EditColumn("Nature", lambda line: labels_cpog.MOVEMENT[line.nature], parse=_nature,
                       choices=tuple(NATURES), code="nature"),
            EditColumn("Compte dans l’écart", lambda line: YES if line.counted else NO, parse=_counted,
                       choices=(YES, NO), code="counted"),
        )  # fmt: skip
        super().__init__(theme, columns, "Montants de la révision")
        self._dress_form()
        self.add = button("Ajouter un montant", self.add_line, icon="plus")
        self.edited.connect(self._edited)
        self.added.connect(self.add_line)
        self.removed.connect(self._remove)

    def show_years(self, years: Sequence[int], year: int) -> None:
        """Start without any amount."""
        self._years = tuple(years)
        self._first = year if year in years else (years[0] if years else year)
        self._show_lines([])
        self.hide()

    def add_line(self) -> None:
        """Add an empty amount, ready to type."""
        last = self.table.rows[-1].year if self.table.rows else self._first
        self.show()
        self._show_lines([*self.table.rows, MovementLine(last)])
        self.setFocus()
        self.setCurrentIndex(self.proxy.index(len(self.table.rows) - 1, 1))

    def movements(self) -> tuple[MovementForm, ...]:
        """Amounts typed whole."""
        return tuple(
            MovementForm(line.year, line.motive or "sans motif", line.amount, line.nature, line.counted)
            for line in self.table.rows
            if line.amount is not None
        )

    def _edited(self, edits: Sequence[CellEdit]) -> None:
        rows = list(self.table.rows)
        places = {id(line): place for place, line in enumerate(rows)}
        for edit in edits:
            place = places[id(edit.row)]
            rows[place] = replace(rows[place], **{edit.column: edit.value})
        self._show_lines(rows)
        self.changed.emit()

    def _remove(self, rows: Sequence[MovementLine]) -> None:
        self._show_lines([line for line in self.table.rows if not any(line is gone for gone in rows)])
        self.changed.emit()

    def _year(self, typed: str) -> int:
        if not typed.isdigit() or int(typed) not in self._years:
            raise CellRefused("Cette année n’a pas de cible initiale.")
        return int(typed)


def _typed_new(line: TargetLine) -> str:
    return "" if line.new is None else f"{line.new:.12g}".replace(".", ",")


def _amount(typed: str) -> float | None:
    if not typed.strip():
        return None
    found = parse_number(typed)
    if found is None:
        raise CellRefused(f"«\u202f{typed}\u202f» n’est pas un nombre.")
    return found


def _nature(typed: str) -> MovementNature:
    if typed not in NATURES:
        raise CellRefused("La nature est pérenne, conjoncturel ou autofinancé.")
    return NATURES[typed]


def _counted(typed: str) -> bool:
    return typed != NO
