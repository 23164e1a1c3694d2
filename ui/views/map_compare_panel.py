"""Left column of « Comparer »: how to compare, what, with what, and the legend."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.labels import REFERENCE
from ui.views.map_column import LeftColumn, choice_button
from ui.views.map_compare_query import MOST_MAPS, Mode
from ui.widgets.indicator_button import IndicatorButton
from ui.widgets.parts import button, clear, column, line, row, text

if TYPE_CHECKING:
    from ui.theme import Theme
    from ui.views.map_compare_query import CompareAnswer

MODES: dict[Mode, tuple[str, str, str]] = {
    Mode.GROUP: ("Groupe", "users-group", "Situer un territoire dans un groupe de comparaison"),
    Mode.REFERENCE: ("Écart", "git-compare", "Écart à la valeur du département ou de la France"),
    Mode.EVOLUTION: ("Évolution", "trending-up", "Différence entre deux années"),
    Mode.MULTIPLES: ("Années", "layout-grid", "Deux à quatre années, mêmes classes"),
    Mode.BIVARIATE: ("Croisé", "grid-3x3", "Deux indicateurs sur une carte"),
}
WHOLE = "Tous les territoires"


class ComparePanel(LeftColumn):
    """Says what the user chose; shows what was read. `changed` carries what to replace in the wish."""

    changed = Signal(object)
    group_wanted = Signal(str)
    """Code of the group to edit, empty for a new one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Choisir la comparaison")
        self.modes: dict[Mode, QToolButton] = {}
        self.indicator = IndicatorButton(theme)
        self.second = IndicatorButton(theme)
        self.first_year, self.last_year = _box("Première année"), _box("Dernière année")
        self.reference, self.group = _box("Repère"), _box("Groupe de comparaison")
        self.years: dict[int, QCheckBox] = {}
        self._years = QVBoxLayout()
        self._years.setSpacing(2)
        self.edit_group = button("Modifier", partial(self._edit_group, new=False), icon="pencil", role="link")
        self.new_group = button(
            "Créer un groupe", partial(self._edit_group, new=True), icon="plus", role="link"
        )
        self._parts: dict[Mode, QWidget] = {}
        self._dress()
        self._wire()

    def _dress(self) -> None:
        for code, words in REFERENCE.items():
            self.reference.addItem(words, code)
        years = QWidget()
        years.setLayout(self._years)
        self._years.setContentsMargins(0, 0, 0, 0)
        groups = row(self.edit_group, self.new_group, None, gap=2)
        between = row(self.first_year, text("à", "hint"), self.last_year, gap=6)
        between.setStretch(0, 1)
        between.setStretch(2, 1)
        self._parts = {
            Mode.GROUP: _part(text("Comparé à", "hint"), self.group, groups),
            Mode.REFERENCE: _part(text("Repère au milieu de l’échelle", "hint"), self.reference),
            Mode.EVOLUTION: _part(text("Entre deux années", "hint"), between),
            Mode.MULTIPLES: _part(text(f"Deux à {MOST_MAPS} années", "hint"), years),
            Mode.BIVARIATE: _part(text("Croisé avec", "hint"), self.second),
        }
        self.fill(
            text("Comparer par", "hint"), self._buttons(), text("Indicateur", "hint"), self.indicator,
            *self._parts.values(), line(), self.legend, None, gap=8,
        )  # fmt: skip

    def _buttons(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(6)
        group = QButtonGroup(self)
        for place, (mode, (words, icon, hint)) in enumerate(MODES.items()):
            chosen = partial(self._say, mode=mode, years=())
            made = choice_button(words, icon, hint, f"{words}\u202f: {hint}", chosen)
            group.addButton(made)
            grid.addWidget(made, place // 2, place % 2)
            self.modes[mode] = made
        return grid

    def _wire(self) -> None:
        self.indicator.chosen.connect(lambda code: self._say(indicator=code, years=()))
        self.second.chosen.connect(lambda code: self._say(second=code))
        self.reference.activated.connect(lambda _row: self._say(reference=self.reference.currentData()))
        self.group.activated.connect(lambda _row: self._say(group=self.group.currentData() or ""))
        for box in (self.first_year, self.last_year):
            box.activated.connect(self._span_chosen)

    # -- what is shown -----------------------------------------------------------------------------------

    def show_answer(self, answer: CompareAnswer) -> None:
        """Show the choices behind a comparison."""
        wish = answer.wish
        self.modes[wish.mode].setChecked(True)
        self.indicator.show_available(answer.available, wish.indicator)
        self.second.show_available(answer.available, wish.second)
        for mode, part in self._parts.items():
            part.setVisible(mode is wish.mode)
        self.reference.setCurrentIndex(self.reference.findData(wish.reference))
        self.group.clear()
        self.group.addItem(WHOLE, "")
        for group in answer.groups:
            self.group.addItem(group.name, group.code)
        self.group.setCurrentIndex(max(self.group.findData(wish.group), 0))
        self.edit_group.setVisible(bool(self.group.currentData()))
        self._show_years(answer)

    def _show_years(self, answer: CompareAnswer) -> None:
        chosen = answer.wish.years
        for box in (self.first_year, self.last_year):
            box.clear()
            for year in answer.years:
                box.addItem(str(year), year)
        if chosen:
            self.first_year.setCurrentIndex(self.first_year.findData(chosen[0]))
            self.last_year.setCurrentIndex(self.last_year.findData(chosen[-1]))
        if tuple(self.years) != answer.years:
            clear(self._years)
            self.years.clear()
            for year in answer.years:
                check = QCheckBox(str(year))
                check.clicked.connect(self._years_ticked)
                self._years.addWidget(check)
                self.years[year] = check
        for year, check in self.years.items():
            check.setChecked(year in chosen)
            full = len(chosen) >= MOST_MAPS and year not in chosen
            check.setEnabled(not full and not (len(chosen) <= 2 and year in chosen))

    # -- what is chosen ----------------------------------------------------------------------------------

    def _say(self, **changes: object) -> None:
        self.changed.emit(changes)

    def _span_chosen(self) -> None:
        first, last = self.first_year.currentData(), self.last_year.currentData()
        if first != last:
            self._say(years=tuple(sorted((first, last))))

    def _years_ticked(self) -> None:
        ticked = tuple(year for year, check in self.years.items() if check.isChecked())
        if 2 <= len(ticked) <= MOST_MAPS:
            self._say(years=ticked)

    def _edit_group(self, *, new: bool) -> None:
        self.group_wanted.emit("" if new else str(self.group.currentData() or ""))


def _box(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setMinimumWidth(72)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return made


def _part(*items: object) -> QWidget:
    held = QWidget()
    held.setLayout(column(*items, gap=4))  # type: ignore[arg-type]
    return held
