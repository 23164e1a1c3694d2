"""« Évaluation »: question → critère → indicateur → source → T0, T1, T2 → jugement, grid and sheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.french import fold, plural, value_text
from app.domain.indicator import ValueState
from app.domain.numbers import parse_number
from ui.models.grid import CellRefused, EditColumn
from ui.models.table import Column
from ui.views.ctg_columns import Said, said, text_column
from ui.views.ctg_lists import EditList, YearField
from ui.views.ctg_sections import SectionTab
from ui.widgets.fields import LongTextField, TextField
from ui.widgets.parts import fictitious, row, scrolled, text

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from app.services.steering_rows import EvaluationRowView, Measure
    from ui.views.page import Kit

SIDE, SIDE_COMPACT = 340, 290
ABSENCES = {
    "": ValueState.NO_DATA,
    "n.d.": ValueState.NO_DATA,
    "nd": ValueState.NO_DATA,
    "n.p.": ValueState.NOT_PUBLISHED,
    "np": ValueState.NOT_PUBLISHED,
    "s": ValueState.MASKED,
}
IN_SHEET = (1, 3, 8)
"""Columns that the sheet holds as well."""
TIMES = ("t0", "t1", "t2")


def shown_measure(held: EvaluationRowView, name: str) -> str:
    """« 148 (2025) », « n.d. »."""
    measure: Measure = getattr(held, name)
    words = value_text(measure.number, measure.state, held.decimals)
    return f"{words} ({measure.year})" if measure.year and measure.number is not None else words


def read_measure(typed: str) -> dict[str, object]:
    """Number and state of what was typed: a number, « n.d. », « n.p. » or « s »."""
    bare = typed.split("(")[0].strip()
    if fold(bare) in ABSENCES:
        return {"": None, "_state": int(ABSENCES[fold(bare)])}
    found = parse_number(bare)
    if found is None:
        raise CellRefused(f"«\u202f{typed}\u202f» n’est ni un nombre, ni n.d., n.p. ou s.")
    return {"": found, "_state": int(ValueState.ZERO if found == 0 else ValueState.VALUE)}


def _measure(name: str) -> EditColumn[Any]:
    return EditColumn(
        name.upper(), partial(_sorted, name), text=said, right=True, parse=read_measure, code=name,
        typed=lambda held: shown_measure(held, name).split(" (")[0],
    )  # fmt: skip


def _sorted(name: str, held: EvaluationRowView) -> Said | ValueState:
    """The number with its words, or the state of an absence: sorted last."""
    measure: Measure = getattr(held, name)
    if measure.number is None:
        return measure.state
    return Said.of(measure.number, shown_measure(held, name))


COLUMNS: tuple[Column[Any], ...] = (
    text_column("question", "Question", required=True),
    text_column("criterion", "Critère"),
    text_column("indicator", "Indicateur"),
    text_column("source", "Source"),
    _measure("t0"),
    _measure("t1"),
    _measure("t2"),
    text_column("judgement", "Jugement"),
    text_column("argument", "Argument"),
)


class EvaluationTab(SectionTab):
    """The grid, and the sheet of the question chosen."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, (("grid", "Grille"), ("sheet", "Grille et fiche")), "Affichage")
        self._compact = False
        self.rows: list[EvaluationRowView] = []
        self.list = EditList(
            kit.theme, "Grille d’évaluation", COLUMNS, flexible=(0, 8, 2, 1, 3, 7),
            add=("Ajouter une question", self.start_new), order=True,
            empty="Aucune question. Une question appelle un critère, un indicateur et sa source, puis trois "
            "valeurs\u202f: au début (T0), à mi-parcours (T1), à la fin (T2).",
        )  # fmt: skip
        self.list.edited.connect(self._edited)
        self.list.removed.connect(partial(self.remove_all, "evaluation"))
        self.list.refused.connect(self.say_refused)
        self.list.ordered.connect(partial(self.order, "evaluation"))
        self.list.grid.chosen.connect(lambda _row: self._show_sheet())
        self.place.hide()
        self.verbs.addWidget(self.list.give_verbs())
        self._build_sheet()
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(self.list, 1)
        both.addWidget(self._side)
        self._column.addLayout(both, 1)
        self.set_compact(False, False)
        self.show_part("sheet")

    def _build_sheet(self) -> None:
        self.title = text("", "section", wrap=True)
        self.badge = fictitious()
        self.fields: dict[str, Any] = {
            "question": LongTextField("Question", required=True, lines=2),
            "criterion": TextField("Critère"),
            "indicator": TextField("Indicateur"),
            "unit": TextField("Unité"),
            "source": TextField("Source"),
            "t0_year": YearField("Année de T0", least=1990),
            "t1_year": YearField("Année de T1", least=1990),
            "t2_year": YearField("Année de T2", least=1990),
            "judgement": TextField("Jugement"),
            "argument": LongTextField("Argument", lines=3),
        }
        inside = QWidget()
        inside.setProperty("role", "surface")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(14, 12, 14, 14)
        layout.setSpacing(10)
        layout.addLayout(row(self.title, self.badge, None))
        years = row(gap=8)
        for name, field in self.fields.items():
            field.committed.connect(partial(self._field_typed, name))
            if name.endswith("_year"):
                years.addWidget(field)
                if name == "t2_year":
                    layout.addLayout(years)
            else:
                layout.addWidget(field)
        layout.addStretch(1)
        self._side = scrolled(inside)

    def set_compact(self, compact: bool, low: bool) -> None:
        """A narrower sheet."""
        super().set_compact(compact, low)
        if hasattr(self, "_side"):
            self._side.setFixedWidth(self.theme.px(SIDE_COMPACT if compact else SIDE))
            self._compact = compact
            self._fit()

    def show_part(self, code: str) -> None:
        """With or without the sheet."""
        self.segments.set_current(code)
        self._side.setVisible(code == "sheet" and bool(self.rows))
        self._fit()

    def _fit(self) -> None:
        """Beside the sheet, the grid leaves it critère, source and argument."""
        beside = self.part == "sheet"
        for column in IN_SHEET:
            self.list.grid.setColumnHidden(column, beside or (self._compact and column != 8))
        self.list.grid.fit_columns()

    # -- reading -------------------------------------------------------------------------------------

    def call(self) -> Callable[[Progress], list[EvaluationRowView]] | None:
        """Questions in order."""
        return partial(_read, self.kit.services, self.uuid)

    def show_read(self, read: list[EvaluationRowView]) -> None:
        """Show the grid, then the sheet."""
        self.rows = read
        judged = sum(bool(held.judgement) for held in read)
        asked = plural(len(read), "question")
        self.note.setText(f"{asked}, {plural(judged, 'jugée', 'jugées')}" if read else "")
        self.list.show_rows(read)
        if read and not self.list.grid.currentIndex().isValid():
            self.list.grid.setCurrentIndex(self.list.grid.proxy.index(0, 0))
        self.show_part(self.part)
        self._show_sheet()

    def show_again(self) -> None:
        """After a refusal."""
        self.show_read(self.rows)

    def _show_sheet(self) -> None:
        held = self.list.grid.current_row()
        self._side.setEnabled(held is not None)
        if held is None:
            return
        self.title.setText(f"Question {held.rank}")
        self.badge.setVisible(held.fictitious)
        for name, field in self.fields.items():
            year = name.endswith("_year")
            field.set_value(getattr(held, name[:2]).year if year else getattr(held, name))

    def made(self, uuid: str) -> None:
        """Go to the new question."""
        self.list.grid.wanted = uuid

    # -- writing -------------------------------------------------------------------------------------

    def start_new(self) -> None:
        """Add a question."""
        self.add("evaluation", self.uuid, {"question": "Nouvelle question"})

    def _edited(self, held: EvaluationRowView, values: dict[str, Any]) -> None:
        flat: dict[str, object] = {}
        for name, value in values.items():
            if name in TIMES:
                flat |= {f"{name}{part}": found for part, found in value.items()}
            else:
                flat[name] = value
        self.edit("evaluation", held.uuid, flat)

    def _field_typed(self, name: str, value: Any) -> None:
        held = self.list.grid.current_row()
        if held is not None:
            self.edit("evaluation", held.uuid, {name: value})


def _read(services: Services, ctg: str, _progress: Progress) -> list[EvaluationRowView]:
    return services.steering.evaluation(ctg)
