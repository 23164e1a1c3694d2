"""« Fiche »: the list on the left, the card in the middle, the analysis on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from app.domain.cascade import CascadeNode
from app.domain.cpog_errors import NoPeers
from app.domain.cpog_points import Period
from app.services.cpog_rows import ComparisonRow, CpogRow, IndicatorCard, IndicatorRow
from ui.views.cpog_analysis import AnalysisPanel
from ui.views.cpog_card import CardView
from ui.views.cpog_contract import ContractView
from ui.views.cpog_focus import CpogFocus
from ui.views.cpog_list import IndicatorsPanel
from ui.views.cpog_revise import ReviseView
from ui.views.data_parts import SubPage
from ui.views.page import Kit

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from ui.tasks import Task

RIGHT, RIGHT_WIDE = 286, 380
WIDE = 1500


@dataclass(frozen=True, slots=True)
class Shown:
    """What one reading brings."""

    contract: CpogRow
    rows: Sequence[IndicatorRow]
    card: IndicatorCard | None
    peers: Sequence[ComparisonRow]
    fiches: Sequence[CascadeNode] = ()


class FicheView(SubPage):
    """One indicator at a time; the same one stays chosen in the other views."""

    def __init__(self, kit: Kit, focus: CpogFocus) -> None:
        super().__init__(kit)
        self.focus = focus
        self._reading: Task | None = None
        self._compact = False
        self._drawer = False
        self.list = IndicatorsPanel(kit.theme)
        self.card = CardView(kit, focus)
        self.form = ReviseView(kit)
        self.side = AnalysisPanel(kit, focus)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.card)
        self.stack.addWidget(self.form)
        self._contract: ContractView | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.list)
        self._row.addWidget(self.stack, 1)
        self._row.addWidget(self.side)
        self.list.chosen.connect(self.open_indicator)
        self.list.opened.connect(self.card.show_table)
        self.card.indicator_asked.connect(self.open_indicator)
        self.card.revise_asked.connect(self.revise)
        self.side.indicator_asked.connect(self._open_elsewhere)
        self.list.contract_asked.connect(lambda: self.open_contract())
        self.form.closed.connect(self._form_closed)
        focus.year_changed.connect(self._year_changed)

    # -- content -----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the list and the card."""
        contract = self.focus.contract
        if contract is None:
            return
        if self._reading is not None:
            self._reading.cancel()
        call = partial(_read, self.kit.services, contract, self.focus.year, self.focus.indicator)
        self._reading = self.kit.runner.read(call, self._show)

    def open_indicator(self, uuid: str) -> None:
        """Show another indicator of the contract."""
        if uuid and uuid != self.focus.indicator:
            self.side.flush()
            self.focus.set_indicator(uuid)
            self.list.set_current(uuid)
            self.stack.setCurrentWidget(self.card)
            self._fit()
            self.reload()

    def _open_elsewhere(self, uuid: str) -> None:
        self.kit.navigate("cpog", indicator=uuid)

    def _show(self, shown: Shown) -> None:
        self._reading = None
        if self._contract is not None and self.stack.currentWidget() is self._contract:
            self._contract.reload()
        self.list.show_rows(shown.contract, shown.rows)
        if shown.card is None:
            self.open_contract("indicator")
            return
        self.focus.indicator = shown.card.row.uuid
        self.list.set_current(shown.card.row.uuid)
        self.card.show_card(shown.card)
        self.card.show_fiches(shown.fiches)
        self.side.show_card(shown.card, shown.peers)

    def _year_changed(self) -> None:
        if self.isVisible():
            self.side.flush()
            self.reload()

    # -- form --------------------------------------------------------------------------------------------

    def revise(self) -> None:
        """Open the form « Réviser la cible »."""
        if self.card.card is not None:
            self.form.open(self.card.card, self.focus.year)
            self.stack.setCurrentWidget(self.form)

    def _form_closed(self) -> None:
        self.stack.setCurrentWidget(self.card)
        self.card.revise.setFocus()

    # -- contract ----------------------------------------------------------------------------------------

    @property
    def contract(self) -> ContractView:
        """The view of the contract itself, built at its first visit."""
        if self._contract is None:
            self._contract = ContractView(self.kit, self.focus)
            self._contract.set_compact(self._compact)
            self._contract.closed.connect(self._contract_closed)
            self.stack.addWidget(self._contract)
        return self._contract

    def open_contract(self, part: str = "self") -> None:
        """Show what the contract says of itself; a contract without indicator opens on their list."""
        self.side.flush()
        self.contract.open(part)
        self.stack.setCurrentWidget(self.contract)
        self._fit()
        self.contract.back.setFocus()

    def _contract_closed(self) -> None:
        self.stack.setCurrentWidget(self.card)
        self._fit()
        self.list.list.setFocus()

    # -- size --------------------------------------------------------------------------------------------

    def set_compact(self, compact: bool, low: bool) -> None:  # noqa: ARG002 - the card scrolls
        """Under 1240 pixels the analysis is a drawer, that takes the place of the list."""
        if compact != self._compact:
            self._compact, self._drawer = compact, False
            if self._contract is not None:
                self._contract.set_compact(compact)
        self._fit()

    def toggle_side(self) -> None:
        """Open or close the drawer."""
        self._drawer = not self._drawer
        self._fit()
        if self._drawer:
            self.side.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def side_shown(self) -> bool:
        """True if the analysis is seen."""
        about_contract = self._contract is not None and self.stack.currentWidget() is self._contract
        return not about_contract and (not self._compact or self._drawer)

    def _fit(self) -> None:
        self.list.set_compact(self._compact)
        self.side.setVisible(self.side_shown)
        self.list.setVisible(not (self._compact and self.side_shown))
        wide = self.width() >= self.theme.px(WIDE)
        self.side.setFixedWidth(self.theme.px(RIGHT_WIDE if wide else RIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Widen the analysis on a wide window."""
        super().resizeEvent(event)
        self._fit()


def _read(services: Services, contract: CpogRow, year: int, indicator: str, _progress: Progress) -> Shown:
    cpog = services.cpog
    rows = cpog.indicators(contract.uuid, year)
    held = {row.uuid for row in rows}
    uuid = indicator if indicator in held else next((row.uuid for row in rows), "")
    if not uuid:
        return Shown(contract, rows, None, ())
    fiches = services.cascade.cascade().reach(uuid, "fiche")
    return Shown(contract, rows, cpog.card(uuid, year=year), _peers(services, uuid, year), fiches)


def _peers(services: Services, uuid: str, year: int) -> Sequence[ComparisonRow]:
    try:
        return services.cpog.compare(uuid, Period(year))
    except NoPeers:
        return ()
