"""The card of one service: six tabs, each read and written as one goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import labels_equipment as words
from ui.labels_register import STATUS, kind_label
from ui.views.equipment_follow import FollowPart
from ui.views.equipment_history import HistoryPart
from ui.views.equipment_identity import IdentityPart
from ui.views.equipment_parts import CardPart
from ui.views.equipment_places import PlacesPart
from ui.views.equipment_points import PointsPart
from ui.views.equipment_signals import SignalsPart
from ui.widgets.parts import Elided, fictitious, icon_button, line, row, scrolled, text

if TYPE_CHECKING:
    from app.services.register_rows import EquipmentCard
    from ui.views.page import Kit

TABS: tuple[tuple[str, str, type[CardPart]], ...] = (
    ("identity", "Identité", IdentityPart),
    ("places", "Places", PlacesPart),
    ("points", "Points et jours", PointsPart),
    ("signals", "Signaux", SignalsPart),
    ("follow", "Suivi", FollowPart),
    ("history", "Historique", HistoryPart),
)
ACROSS = 3


class CardPanel(QFrame):
    """Right panel; each tab is built when it is first shown."""

    closed = Signal()
    removal_asked = Signal()
    placing_asked = Signal(object)
    """Something waits for a click on the map: callable of longitude, latitude, code of the commune."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        self.card: EquipmentCard | None = None
        self.setProperty("role", "panel")
        self.setProperty("side", "right")
        self.setAccessibleName("Fiche de l’équipement")
        self.title = Elided("", "object")
        self.badge = fictitious()
        self.under = text("", "second", wrap=True)
        self.near = text("", "hint", wrap=True)
        self._parts: dict[str, CardPart] = {}
        self._holders: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        self._tabs = _TabButtons()
        self._tabs.chosen.connect(self.show_tab)
        head = row(
            self.title, self.badge,
            icon_button("trash", "Supprimer cet équipement", self.removal_asked.emit),
            icon_button("x", "Fermer la fiche", self.closed.emit), gap=4,
        )  # fmt: skip
        head.setStretch(0, 1)
        top = QVBoxLayout()
        top.setContentsMargins(16, 10, 8, 8)
        top.setSpacing(2)
        top.addLayout(head)
        top.addWidget(self.under)
        top.addWidget(self.near)
        top.addSpacing(6)
        top.addWidget(self._tabs)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(line())
        whole.addWidget(self._stack, 1)
        self._tabs.show_current("identity")

    @property
    def tab(self) -> str:
        """Code of the tab shown."""
        return self._tabs.current

    def part(self, code: str) -> CardPart:
        """A tab, built if it was never shown."""
        if code not in self._parts:
            build = next(build for known, _, build in TABS if known == code)
            made = build(self.kit)
            if isinstance(made, IdentityPart):
                made.placing_asked.connect(self.placing_asked)
            inside = QWidget()
            inside.setProperty("role", "surface")
            column = QVBoxLayout(inside)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(made)
            column.addStretch(1)
            holder = scrolled(inside)
            self._parts[code] = made
            self._holders[code] = holder
            self._stack.addWidget(holder)
        return self._parts[code]

    def show_tab(self, code: str) -> None:
        """Show a tab."""
        part = self.part(code)
        self._tabs.show_current(code)
        self._stack.setCurrentWidget(self._holders[code])
        if self.card is not None:
            part.show_card(self.card)

    def show_card(self, card: EquipmentCard) -> None:
        """Show a service in the tab chosen."""
        self.card = card
        item = card.equipment
        self.title.setText(words.title_of(item.name, card.site.name, item.kind, card.commune))
        self.title.setAccessibleName(self.title.text())
        self.badge.setVisible(item.fictitious)
        place = f"{card.commune}, {card.epci}" if card.epci else card.commune
        self.under.setText(f"{kind_label(item.kind)}, {STATUS[item.status].lower()}, {place}")
        others = [words.title_of(other.name, "", other.kind) for other in card.neighbours]
        self.near.setVisible(bool(others))
        self.near.setText(f"Sur le même site\u202f: {', '.join(others)}")
        self.show_tab(self.tab)

    def take_focus(self) -> None:
        """Put the keyboard in the tab shown."""
        found = self.part(self.tab).nextInFocusChain()
        if found is not None:
            found.setFocus()


class _TabButtons(QWidget):
    """Tabs in lines of three: six words do not hold in one line of a panel."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setSpacing(2)
        for place, (code, label, _build) in enumerate(TABS):
            made = QToolButton()
            made.setText(label)
            made.setCheckable(True)
            made.setAccessibleName(f"Onglet {label}")
            made.setMinimumHeight(28)
            size = made.sizePolicy()
            size.setHorizontalPolicy(size.Policy.Expanding)
            made.setSizePolicy(size)
            made.clicked.connect(lambda _checked, code=code: self.chosen.emit(code))
            self._group.addButton(made)
            self.buttons[code] = made
            grid.addWidget(made, place // ACROSS, place % ACROSS)
        self.current = TABS[0][0]

    def show_current(self, code: str) -> None:
        """Mark a tab as shown."""
        self.current = code
        self.buttons[code].setChecked(True)
