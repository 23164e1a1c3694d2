"""Decisions that stopped, postponed or conditioned fiches: what, why, who, when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.domain.ctg_words import ACTION_STATE
from app.domain.french import short_date
from ui.labels_plan import LOOK
from ui.models.table import Column
from ui.theme import Theme
from ui.views.data_parts import FittedTable
from ui.widgets.parts import column, text

if TYPE_CHECKING:
    from app.services.ctg_plan_rows import StatusRow


def _decided(row: StatusRow) -> str:
    """« Reportée au 30/09/2027 »."""
    word = ACTION_STATE[row.after]
    return f"{word} au {short_date(row.until)}" if row.until else word


COLUMNS: tuple[Column[StatusRow], ...] = (
    Column("Date", lambda row: row.decided_on),
    Column("Fiche", lambda row: row.number),
    Column("Intitulé", lambda row: row.title, hint=lambda row: row.title),
    Column("État décidé", _decided, tone=lambda row: LOOK[row.after][1]),
    Column("Motif", lambda row: row.reason, hint=lambda row: row.reason),
    Column("Décideur", lambda row: row.decider),
)
"""Nothing here is typed: a decision is a fact; another one follows it."""
NOTHING = "Aucune fiche n’a été reportée, conditionnée, déprogrammée ni abandonnée."


class DecisionList(QWidget):
    """Latest first; Entrée opens the fiche."""

    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.table = FittedTable(theme, COLUMNS, "Décisions sur l’état des fiches", flexible=(4, 2))
        self.table.opened.connect(lambda row: self.opened.emit(row.action_uuid))
        nothing = QWidget()
        empty = text(NOTHING, "second", wrap=True)
        held = column(empty, None)
        held.setContentsMargins(20, 20, 20, 20)
        nothing.setLayout(held)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(nothing)

    def show_rows(self, rows: Sequence[StatusRow]) -> None:
        """Show these decisions."""
        self.table.show_rows(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
