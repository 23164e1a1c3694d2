"""The list of gaps under the map: one rule or all, filtered, exported."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.french import fold, plural
from app.domain.indicator import ValueState
from ui.labels_coverage import GAP
from ui.models.table import Column
from ui.views.data_parts import FittedTable
from ui.views.maillage_query import amount, is_missing
from ui.widgets.list_export import FILES, ListExportButton, choose_file, with_suffix
from ui.widgets.parts import Elided, row
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from app.domain.maillage import Gap
    from ui.theme import Theme
    from ui.views.maillage_query import GapsAnswer

SCOPES = (("rule", "Cette règle"), ("all", "Toutes"))
TIGHT = 640


def _columns() -> tuple[Column[Gap], ...]:
    return (
        Column("Territoire", lambda gap: gap.name),
        Column("Constat", lambda gap: GAP[gap.certainty], tone=lambda gap: "ocre" if is_missing(gap) else ""),
        Column("Attendu", lambda gap: ValueState.MASKED if gap.masked else amount(gap, gap.needed)),
        Column("Trouvé", lambda gap: amount(gap, gap.found)),
        Column("Habitants", lambda gap: gap.population),
        Column("Motif", lambda gap: gap.reason, hint=lambda gap: gap.reason),
        Column("Règle", lambda gap: gap.rule.label),
    )


class _Gaps(FittedTable):
    """Names of arrondissements are short: their column may be narrower than elsewhere."""

    LEAST = 60


class GapTable(QWidget):
    """`chosen` carries the gap under the cursor, or None."""

    chosen = Signal(object)
    opened = Signal(object)
    export_asked = Signal(object, object)
    """Gaps shown, path to write."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self.setProperty("zone", "gaps")
        self._answer: GapsAnswer | None = None
        self.ask_file = partial(choose_file, "Exporter les lacunes")
        self.scope = Segments(SCOPES, "Lacunes montrées")
        self.scope.chosen.connect(self._show)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filtrer")
        self.filter.setAccessibleName("Filtrer les lacunes (Ctrl+F)")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(theme.px(170))
        self.filter.setMinimumWidth(theme.px(70))
        self.filter.textChanged.connect(self._show)
        self._theme = theme
        self.count = Elided("", "hint")
        self.export = ListExportButton("Exporter la liste des lacunes", self._export)
        self.table = _Gaps(theme, _columns(), "Lacunes du maillage", flexible=(5, 0, 6))
        self.table.chosen.connect(self._row_chosen)
        self.table.opened.connect(self.opened)
        bar = row(self.scope, self.filter, self.count, self.export, gap=10)
        bar.setStretch(2, 1)
        bar.setContentsMargins(14, 6, 14, 6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.table, 1)

    @property
    def gaps(self) -> list[Gap]:
        """Gaps shown, whatever their order."""
        return list(self.table.table.rows)

    def show_answer(self, answer: GapsAnswer) -> None:
        """Show the gaps of the rule on the map, or all."""
        self._answer = answer
        self.table.source_text = f"Lacunes du maillage au {answer.on:%d/%m/%Y}"
        self._show()

    def select(self, code: str | None) -> Gap | None:
        """Put the cursor on a territory; return its gap."""
        for place in range(self.table.proxy.rowCount()):
            gap: Gap = self.table.proxy.row_at(self.table.proxy.index(place, 0))
            if gap.code == code:
                current = self.table.current_row()
                if current is None or current.code != code:
                    self.table.setCurrentIndex(self.table.proxy.index(place, 0))
                return gap
        return None

    def _show(self, *_changed: object) -> None:
        if self._answer is None:
            return
        every = self._answer.gaps
        whole = self.scope.current == "all"
        held = every if whole else self._answer.gaps_of(self._answer.wish.rule)
        words = fold(self.filter.text()).split()
        shown = [gap for gap in held if all(w in fold(f"{gap.name} {gap.reason}") for w in words)]
        self.table.setColumnHidden(6, not whole)
        self.table.show_rows(shown)
        self.count.setText(_count_words(shown, len(held)))
        self.export.setEnabled(bool(shown))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow window the reason says what is expected and found; the export keeps its icon."""
        super().resizeEvent(event)
        tight = self.width() < self._theme.px(TIGHT)
        self.export.fold(tight)
        if self.table.isColumnHidden(2) != tight:
            for place in (2, 3):
                self.table.setColumnHidden(place, tight)
            self.table.fit_columns()

    def _row_chosen(self, gap: Gap | None) -> None:
        if gap is not None:
            self.chosen.emit(gap)

    def _export(self, kind: str) -> None:
        label = dict(FILES)[kind]
        chosen = self.ask_file(self, f"lacunes.{kind}", f"{label} (*.{kind})")
        if chosen:
            self.export_asked.emit(self.gaps, with_suffix(chosen, kind))


def _count_words(shown: Sequence[Gap], held: int) -> str:
    missing = sum(is_missing(gap) for gap in shown)
    words = f"{plural(missing, 'manque', 'manques')}, {plural(len(shown) - missing, 'inconnu', 'inconnus')}"
    return words if len(shown) == held else f"{len(shown)} sur {held}\u202f: {words}"
