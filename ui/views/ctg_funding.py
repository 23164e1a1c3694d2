"""« Financement »: budget by year and funder, estimate of the bonus, posts of coopération, dated amounts."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.budget import MoneyState, Nature
from app.domain.ctg_sentences import euros
from ui.labels_ctg import NATURE
from ui.views.ctg_bonus import AmountsPart, BonusPart
from ui.views.ctg_budget import (
    budget_columns,
    budget_lines,
    shares_words,
    state_words,
    total_note,
    warnings,
)
from ui.views.ctg_posts import PostsPart
from ui.views.ctg_sections import SectionTab
from ui.views.data_parts import FittedTable
from ui.widgets.parts import Card, Elided, Picture, clear, row, text
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from app.domain.budget import Eviction
    from app.domain.ctg_parameters import Amount, BonusEstimate
    from app.progress import Progress
    from app.services import Services
    from app.services.ctg_plan_rows import Budget
    from app.services.ctg_rows import PostRatios, PostRow
    from ui.theme import Theme
    from ui.views.page import Kit

PARTS = (
    ("budget", "Budget du plan"),
    ("bonus", "Bonus territoire"),
    ("posts", "Postes de coopération"),
    ("amounts", "Montants de référence"),
)
STATES = tuple(MoneyState)
NATURES = (("", "Toutes dépenses"), *((code.value, words) for code, words in NATURE.items()))
MOST_WARNINGS = 4


@dataclass(frozen=True, slots=True)
class FundingRead:
    """Money of one convention."""

    budget: Budget
    evictions: list[tuple[str, Eviction]] | None
    """(number of the fiche, eviction); None until the budget is looked at."""
    bonus: BonusEstimate
    amounts: tuple[Amount, ...]
    posts: list[PostRow]
    ratios: PostRatios


class BudgetPart(QWidget):
    """Three totals apart, warnings, then the table of one state at a time."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._budget: Budget | None = None
        self.cards = [Card(state_words(state)) for state in STATES]
        self.totals = [text("", "object") for _ in STATES]
        self.notes = [Elided("", "hint") for _ in STATES]
        cards = row(gap=12)
        for card, total, note in zip(self.cards, self.totals, self.notes, strict=True):
            card.body.setSpacing(2)
            card.body.addWidget(total)
            card.body.addWidget(note)
            cards.addWidget(card, 1)
        self.states = Segments([(state.value, state_words(state)) for state in STATES], "État des montants")
        self.natures = Segments(NATURES, "Nature des dépenses")
        self.states.chosen.connect(lambda _code: self._fill())
        self.natures.chosen.connect(lambda _code: self._fill())
        self.shares = Elided("", "second")
        self.warnings = QVBoxLayout()
        self.warnings.setSpacing(4)
        self.table = FittedTable(theme, budget_columns(()), "Budget du plan", flexible=(0,))
        self.table.setProperty("role", "framed")
        self.empty = text("Aucun montant de cet état. Les montants se saisissent dans les fiches.", "second")
        tools = row(self.states, self.natures, 8, self.shares)
        tools.setStretch(3, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._column.addLayout(cards)
        self._column.addLayout(self.warnings)
        self._column.addLayout(tools)
        self._column.addWidget(self.empty)
        self._column.addWidget(self.table, 1)
        self._column.addStretch(0)

    def show_read(self, read: FundingRead) -> None:
        """Show the money of a plan."""
        first = self._budget is None
        budget = self._budget = read.budget
        for found, total, note in zip(budget.totals, self.totals, self.notes, strict=True):
            total.setText(euros(found.cents))
            note.setText(total_note(found))
        if first:
            shown = [found.state for found in budget.totals if found.known]
            self.states.set_current((shown[0] if shown else MoneyState.PLANNED).value)
        self.shares.setText(shares_words(budget))
        clear(self.warnings)
        for words in warnings(budget, read.evictions or ())[:MOST_WARNINGS]:
            held = row(Picture("alert-triangle", "ocre", 16), text(words, tone="ocre", wrap=True))
            held.setStretch(1, 1)
            self.warnings.addLayout(held)
        self._rebuild([found.year for found in budget.years])
        self._fill()

    def _rebuild(self, years: list[int]) -> None:
        """Another table when the years differ: a model has fixed columns."""
        headers = [column.header for column in self.table.table.columns]
        columns = budget_columns(years)
        if headers == [column.header for column in columns]:
            return
        made = FittedTable(self._theme, columns, "Budget du plan", flexible=(0,))
        made.setProperty("role", "framed")
        self._column.replaceWidget(self.table, made)
        self.table.deleteLater()
        self.table = made

    def _fill(self) -> None:
        if self._budget is None:
            return
        nature = Nature(self.natures.current) if self.natures.current else None
        lines = budget_lines(self._budget, MoneyState(self.states.current), nature)
        self.table.show_rows(lines)
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.table.source_text = f"Budget du plan, montants à l’état «\u202f{self.states.current}\u202f»"


class FundingTab(SectionTab):
    """Four parts; only the posts, the bonus and the amounts are typed here."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, PARTS, "Parties du financement")
        self.read: FundingRead | None = None
        self.year = datetime.date.today().year
        self.set_compact(False, False)

    def call(self) -> Callable[[Progress], FundingRead] | None:
        """Budget, bonus, posts and amounts."""
        return partial(_read, self.kit.services, self.uuid, self.year, self.part == "budget")

    def show_read(self, read: FundingRead) -> None:
        """Fill the part shown."""
        self.read = read
        self.show_part(self.part)

    def build(self, code: str) -> QWidget:
        """One part."""
        if code == "budget":
            return BudgetPart(self.theme)
        if code == "bonus":
            return BonusPart(self)
        return PostsPart(self) if code == "posts" else AmountsPart(self)

    def fill(self, code: str, part: QWidget) -> None:
        """Show what was read."""
        if code == "budget" and self.read is not None and self.read.evictions is None:
            self.reload()
        elif self.read is not None and isinstance(part, (BudgetPart, BonusPart, PostsPart, AmountsPart)):
            part.show_read(self.read)

    def start_new(self) -> None:
        """Ctrl+N: a line of the part shown."""
        start = getattr(self.part_of(self.part), "start_new", None)
        if start is not None:
            start()


def _read(services: Services, ctg: str, year: int, by_action: bool, _progress: Progress) -> FundingRead:
    held = services.ctg
    evictions = _evictions(services, ctg) if by_action else None
    return FundingRead(
        held.budget(ctg), evictions, held.bonus(ctg, year), held.amounts(), held.posts(ctg), held.ratios()
    )


def _evictions(services: Services, ctg: str) -> list[tuple[str, Eviction]]:
    """Evictions seen in one fiche: a whole plan may hide them."""
    found = services.ctg.evictions(ctg)
    numbers = {row.uuid: row.number for row in services.ctg.actions(ctg)}
    return [(numbers[uuid], eviction) for uuid, rows in found.items() for eviction in rows]
