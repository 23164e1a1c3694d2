"""« Registre des révisions »: acts and amounts, and one waterfall a year that must add up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.domain.cpog_points import Movement, Revision
from app.domain.french import THIN, number
from app.domain.ledger import Waterfall
from app.services.cpog_rows import LedgerRow
from ui import labels_cpog
from ui.models.table import Column
from ui.views.cpog_parts import CpogView
from ui.views.data_parts import Empty, FittedTable
from ui.widgets.parts import button, clear, picture, row, scrolled, text
from ui.widgets.waterfall import WaterfallPlot, balance_words

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from ui.views.cpog_focus import CpogFocus
    from ui.views.page import Kit

LIST_WIDTH, LIST_NARROW = 300, 260


@dataclass(frozen=True, slots=True)
class ActLine:
    """One revision and one of its amounts, or none."""

    revision: Revision
    movement: Movement | None
    decimals: int


def _act(line: ActLine) -> str:
    return line.revision.act_label or labels_cpog.ACT[line.revision.act].capitalize()


def _amount(line: ActLine) -> float | None:
    return line.movement.amount if line.movement is not None else None


def told(revision: Revision) -> str:
    """« Moyens : inchangés, mêmes crédits. Calendrier : … », what the act says beside its amounts."""
    parts = (
        ("Motif", revision.reason, ""),
        ("Cible", "", revision.target_unchanged),
        ("Moyens", revision.means, revision.means_unchanged),
        ("Calendrier", revision.calendar, revision.calendar_unchanged),
    )
    said = [
        f"{name}{THIN}: {changed or f'inchangé, {same[:1].lower()}{same[1:]}'}"
        for name, changed, same in parts
        if changed or same
    ]
    return ". ".join(part.rstrip(".") for part in said) + ("." if said else "")


ACTS: tuple[Column[ActLine], ...] = (
    Column("Date", lambda line: line.revision.on),
    Column("Acte", _act),
    Column("Motif", lambda line: line.revision.reason, hint=lambda line: line.revision.reason),
    Column("Année", lambda line: line.movement.year if line.movement else None, str, absent="·", right=True),
    Column(
        "Montant",
        _amount,
        lambda x: number(x, 0 if float(x).is_integer() else 1, signed=True),
        absent="·",
        right=True,
    ),
    Column("Pour", lambda line: line.movement.motive if line.movement else None, absent=""),
    Column(
        "Nature",
        lambda line: labels_cpog.MOVEMENT[line.movement.nature] if line.movement else None,
        absent="",
    ),
)
REVISED: tuple[Column[LedgerRow], ...] = (
    Column("Indicateur révisé", lambda item: item.indicator, hint=lambda item: item.indicator),
    Column("Actes", lambda item: len(item.revisions), right=True),
    Column("Bilan", lambda item: "tombe juste" if balanced(item) else "à expliquer",
           tone=lambda item: "vert" if balanced(item) else "ocre"),
)  # fmt: skip


def balanced(item: LedgerRow) -> bool:
    """True if every year of an indicator adds up."""
    return all(waterfall.balanced for waterfall in item.waterfalls)


class LedgerView(CpogView):
    """Choose an indicator, then a year."""

    indicator_asked = Signal(str)
    by_year = False

    def __init__(self, kit: Kit, focus: CpogFocus) -> None:
        super().__init__(kit, focus)
        self.rows = FittedTable(kit.theme, REVISED, "Indicateurs révisés")
        self.rows.setProperty("role", "framed")
        self.rows.setFixedWidth(kit.theme.px(LIST_WIDTH))
        self.title = text("", "object", wrap=True)
        self.years = QComboBox()
        self.years.setAccessibleName("Année de la cascade")
        self.waterfall = WaterfallPlot(kit.theme)
        self.balance = QVBoxLayout()
        self.acts = FittedTable(kit.theme, ACTS, "Actes et montants", flexible=(2, 5))
        self.acts.setProperty("role", "framed")
        self.acts.setMinimumHeight(150)
        self.told = text("", "second", wrap=True)
        self.open_card = button("Ouvrir la fiche", self._open, icon="arrow-right")
        self.empty = Empty(
            kit.theme, "git-fork",
            "Aucune cible révisée dans ce contrat. Une révision s’écrit depuis la fiche d’un indicateur.",
            "Ouvrir une fiche", partial(self.indicator_asked.emit, ""),
        )  # fmt: skip
        self._lay_out()
        self.rows.chosen.connect(self._chosen)
        self.rows.opened.connect(lambda item: self.indicator_asked.emit(item.indicator_uuid))
        self.years.activated.connect(self._draw)
        self.acts.chosen.connect(self._tell)

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(10)
        head = row(self.title, text("Année", "label"), self.years, self.open_card)
        head.setStretch(0, 1)
        column.addLayout(head)
        column.addWidget(self.waterfall)
        column.addLayout(self.balance)
        column.addWidget(text("Actes et montants", "section"))
        column.addWidget(self.acts, 1)
        column.addWidget(self.told)
        filled = QWidget()
        both = QHBoxLayout(filled)
        both.setContentsMargins(20, 14, 20, 14)
        both.setSpacing(16)
        both.addWidget(self.rows)
        both.addWidget(scrolled(inside), 1)
        self.stack = QStackedLayout(self)
        self.stack.addWidget(filled)
        self.stack.addWidget(self.empty)

    def set_compact(self, compact: bool, low: bool) -> None:  # noqa: ARG002 - the right side scrolls
        """On a narrow window, a narrower list, and the reason of an act only under the table."""
        self.rows.setFixedWidth(self.kit.theme.px(LIST_NARROW if compact else LIST_WIDTH))
        self.rows.setColumnHidden(1, compact)
        self.rows.fit_columns()
        self.acts.setColumnHidden(2, compact)
        self.acts.fit_columns()

    # -- content -----------------------------------------------------------------------------------------

    def question(self) -> Callable[[Progress], list[LedgerRow]]:
        """Read the register."""
        return partial(_read, self.kit.services, self.focus.code)

    def show_answer(self, rows: list[LedgerRow]) -> None:
        """Show the register, the same indicator chosen."""
        kept = self.rows.current_row()
        self.stack.setCurrentIndex(0 if rows else 1)
        self.rows.show_rows(rows)
        wanted = kept.indicator_uuid if kept is not None else self.focus.indicator
        places = [i for i, item in enumerate(rows) if item.indicator_uuid == wanted] or [0]
        if rows:
            self.rows.setCurrentIndex(self.rows.proxy.index(places[0], 0))
            self._chosen(rows[places[0]])

    def _chosen(self, item: LedgerRow | None) -> None:
        if item is None:
            return
        unit = labels_cpog.UNIT.get(item.unit, item.unit)
        self.title.setText(f"{item.indicator}, en {unit}")
        self.years.clear()
        moved = [w for w in item.waterfalls if w.gap or w.bars]
        for waterfall in moved or item.waterfalls:
            self.years.addItem(str(waterfall.year), waterfall)
        lines = [
            ActLine(found.revision, movement, item.decimals)
            for found in item.revisions
            for movement in (found.movements or (None,))
        ]
        self.acts.show_rows(lines)
        self._tell(lines[0] if lines else None)
        self._say(item.waterfalls)
        self._draw(0)

    def _draw(self, _place: int) -> None:
        item = self.rows.current_row()
        waterfall = self.years.currentData()
        if item is not None and isinstance(waterfall, Waterfall):
            self.waterfall.show_waterfall(waterfall, item.decimals)

    def _tell(self, line: ActLine | None) -> None:
        self.told.setText(told(line.revision) if line is not None else "")

    def _say(self, waterfalls: Sequence[Waterfall]) -> None:
        clear(self.balance)
        for words, holds in balance_words(waterfalls):
            icon, token = ("circle-check", "vert") if holds else ("alert-triangle", "ocre")
            line = row(picture(icon, token, 16), text(words, wrap=True))
            line.setStretch(1, 1)
            self.balance.addLayout(line)
        if self.balance.count() == 0:
            self.balance.addWidget(text(f"Cibles{THIN}: aucune année ne change.", "hint"))

    def _open(self) -> None:
        item = self.rows.current_row()
        if item is not None:
            self.indicator_asked.emit(item.indicator_uuid)


def _read(services: Services, code: str, _progress: Progress) -> list[LedgerRow]:
    return services.cpog.ledger(code)
