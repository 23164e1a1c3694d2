"""« CPOG »: the contracts of the Caf, one at a time, and everything that is said of their indicators."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout

from app.changes import Changes, Topic
from app.services.cpog_rows import CpogRow
from ui import labels_cpog
from ui.context import Context
from ui.views.cpog_empty import EmptyView
from ui.views.cpog_fiche import FicheView
from ui.views.cpog_focus import CpogFocus
from ui.views.cpog_tabs import BUILDERS, SHORT, TABS
from ui.views.cpog_words import contract_title
from ui.views.data_parts import SubPage
from ui.views.page import Kit
from ui.views.tabbed import TabbedPage
from ui.widgets.parts import fictitious, icon_button, row

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services

Held = tuple[Sequence[CpogRow], str, frozenset[str]]
"""Contracts, the code of the one wanted, the codes of those that hold fictitious values."""
TIGHT = 1120


class CpogPage(TabbedPage):
    """A line of choices, then the view; each view is built at its first visit."""

    title = "CPOG"
    icon = "file-certificate"

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, TABS, "Vues du CPOG")
        self.focus = CpogFocus(kit.context.value.year)
        self._wanted = ""
        self._fictitious: frozenset[str] = frozenset()
        self.contracts = QComboBox()
        self.contracts.setAccessibleName("CPOG affiché")
        self.contracts.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.new = icon_button("plus", "Créer ou charger un CPOG", self.show_creation, framed=True)
        self.badge = fictitious()
        self.side = icon_button("layout-columns", "Détail", self._toggle_side, framed=True)
        self.empty = EmptyView(kit)
        self._head = QFrame()
        self._head.setProperty("role", "context")
        self._head.setProperty("zone", "cpog-head")
        line = row(self.contracts, self.badge, self.new, 4, self.tabs, None, self.side)
        line.setContentsMargins(14, 7, 14, 7)
        self._head.setLayout(line)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)
        self.contracts.activated.connect(self._contract_chosen)
        self.empty.created.connect(self._created)
        self.empty.given_up.connect(partial(self.show_tab, "fiche"))
        self._head.hide()
        shortcut = QShortcut(QKeySequence("Ctrl+N"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.show_creation)

    # -- views -------------------------------------------------------------------------------------------

    def build(self, code: str) -> SubPage:
        """Build a view; an indicator asked there is shown in its card."""
        made = BUILDERS[code](self.kit, self.focus)
        asked = getattr(made, "indicator_asked", None)
        if asked is not None:
            asked.connect(self.open_indicator)
        return made

    def readable(self) -> bool:
        """Views say something of a contract."""
        return bool(self.focus.code)

    def show_tab(self, code: str) -> None:
        """Show a view; the card alone has details at its side."""
        super().show_tab(code)
        self.side.setVisible(code == "fiche" and self._compact[0])

    def open_indicator(self, uuid: str) -> None:
        """Show the card of an indicator of this contract; the one already chosen if empty."""
        self.show_tab("fiche")
        view = self.view("fiche")
        assert isinstance(view, FicheView)
        view.open_indicator(uuid)

    def show_creation(self) -> None:
        """Show the form that creates or loads a contract."""
        self.empty.open(self.contracts.count() > 0)
        self._stack.setCurrentWidget(self.empty)

    def _toggle_side(self) -> None:
        view = self.view("fiche")
        assert isinstance(view, FicheView)
        view.toggle_side()

    # -- contracts ---------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the contracts, then the view shown."""
        self.kit.runner.read(partial(_read, self.kit.services, self._wanted), self._show)

    def _show(self, found: Held) -> None:
        rows, wanted, self._fictitious = found
        self._unread = set(self._views)
        self._head.setVisible(bool(rows))
        if not rows:
            self.focus.set_contract(None)
            self.contracts.clear()
            self.empty.open(False)
            self._stack.setCurrentWidget(self.empty)
            return
        code = wanted or self.focus.code
        chosen = next((row for row in rows if row.code == code), None) or self._default(rows)
        self._wanted = ""
        self.contracts.clear()
        for row_ in rows:
            self.contracts.addItem(contract_words(row_), row_)
            self.contracts.setItemData(self.contracts.count() - 1, row_.label, Qt.ItemDataRole.ToolTipRole)
        self.contracts.setCurrentIndex(list(rows).index(chosen))
        indicator = self.focus.indicator
        same = self.focus.code == chosen.code
        self.focus.set_contract(chosen)
        self.focus.contract = chosen
        self.badge.setVisible(chosen.code in self._fictitious)
        if not same and indicator:
            self.focus.indicator = indicator
        if self._stack.currentWidget() is not self.empty or not self.empty.asked:
            self.show_tab(self.tab)

    def _default(self, rows: Sequence[CpogRow]) -> CpogRow:
        """The contract of the département chosen, running rather than closed."""
        departement = self.kit.context.value.departement
        own = [row_ for row_ in rows if departement in (None, row_.departement)] or list(rows)
        return own[-1]

    def _contract_chosen(self, place: int) -> None:
        chosen: CpogRow = self.contracts.itemData(place)
        self.focus.set_contract(chosen)
        self.badge.setVisible(chosen.code in self._fictitious)
        self._unread = set(self._views)
        self.show_tab(self.tab)

    def _created(self, uuid: str) -> None:
        self._wanted = uuid
        self.empty.asked = False
        self._stack.setCurrentWidget(self.view(self.tab))

    # -- what the window calls ---------------------------------------------------------------------------

    def receive(self, **wishes: Any) -> None:
        """tab: view; cpog: code or key of a contract; indicator: key; year."""
        if wishes.get("year"):
            self.focus.set_year(int(wishes["year"]))
        if wishes.get("indicator"):
            self.focus.indicator = str(wishes["indicator"])
            wishes.setdefault("tab", "fiche")
            self._wanted = f"indicator:{wishes['indicator']}"
        if wishes.get("cpog"):
            self._wanted = str(wishes["cpog"])
        if wishes.get("tab"):
            self.tabs.set_current(wishes["tab"])
        if self._wanted:
            self.reload()
        elif wishes.get("tab") and self.focus.code:
            self.show_tab(wishes["tab"])

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Keys of the page."""
        return (
            ("Ctrl+N", "créer ou charger un CPOG"),
            ("← →", "année précédente, suivante (trajectoire)"),
            ("Ctrl+Maj+T", "voir la trajectoire en tableau"),
            ("Ctrl+V", "coller un bloc depuis Excel (saisie, tableau)"),
        )

    def concerned(self, changes: Changes) -> bool:
        """Contracts, and what the base computes beside them."""
        return changes.touches(Topic.CPOG, Topic.BASE, Topic.REGISTER, Topic.CTG, Topic.VALUES)

    def context_changed(self, context: Context) -> None:
        """Follow the year; the contract of another département is shown when it has one."""
        if context.year:
            self.focus.set_year(context.year)
        current = self.focus.contract
        if current is not None and context.departement not in (None, current.departement):
            rows = [self.contracts.itemData(i) for i in range(self.contracts.count())]
            own = [row_ for row_ in rows if row_.departement == context.departement]
            if own:
                self._wanted = own[-1].code
                self.reload()

    def set_compact(self, compact: bool, low: bool) -> None:
        """Follow the size of the window."""
        super().set_compact(compact, low)
        self.side.setVisible(compact and self.tab == "fiche")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for the words of the views."""
        super().resizeEvent(event)
        tight = self.width() < self.kit.theme.px(TIGHT)
        self.contracts.setMaximumWidth(self.kit.theme.px(250 if tight else 300))
        for code, label in TABS:
            self.tabs.set_label(code, SHORT.get(code, label) if tight else label)
            self.tabs.button(code).setAccessibleName(label)
            self.tabs.button(code).setToolTip(label)


def contract_words(found: CpogRow) -> str:
    """« CPOG 2018 à 2022, Deux-Sèvres, échu »."""
    return f"{contract_title(found)} ({found.departement}), {labels_cpog.CONTRACT_STATE[found.state]}"


def _read(services: Services, wanted: str, _progress: Progress) -> Held:
    rows = services.cpog.contracts()
    invented = frozenset(
        contract.cpog.code
        for contract in services.cpog.all_contracts()
        if any(v.fictitious for v in contract.values) or any(t.fictitious for t in contract.targets)
    )
    if wanted.startswith("indicator:"):
        contract, _ = services.cpog.contract_with(wanted.partition(":")[2])
        return rows, contract.cpog.code, invented
    return rows, next((row_.code for row_ in rows if wanted in (row_.code, row_.uuid)), ""), invented
