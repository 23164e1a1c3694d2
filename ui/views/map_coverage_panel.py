"""Left column of « Couverture »: the four networks, what « couvert » means, the offer counted, the legend."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QSizePolicy,
    QSpinBox,
    QToolButton,
)

from app.domain.coverage import Network
from app.domain.coverage_words import EFFECTIVE, criterion_text
from ui.labels_coverage import NETWORK
from ui.views.map_column import OFFERS, LeftColumn, choice_button
from ui.views.map_coverage_query import MEANINGS
from ui.widgets.map_layer_list import LayerList
from ui.widgets.parts import line, row, text
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from ui.theme import Theme
    from ui.views.map_coverage_query import CoverageAnswer

ICONS: dict[Network, str] = {
    Network.EAJE: "baby-carriage",
    Network.RPE: "affiliate",
    Network.AVS: "building-community",
    Network.LAEP: "heart-handshake",
}
SHORT: dict[Network, str] = {**NETWORK, Network.AVS: "Vie sociale"}
MEANING_WORDS: dict[str, str] = {
    "structure": "Structure sur place",
    "point": "Structure, point ou desserte",
    "hours": "Heures d’ouverture par an",
    "km": "Distance par la route",
    "minutes": "Durée de trajet",
}
UNITS: dict[str, str] = {"hours": " h par an", "km": " km", "minutes": " min"}
MOST: dict[str, int] = {"hours": 5000, "km": 200, "minutes": 240}


class CoveragePanel(LeftColumn):
    """Says what the user chose; shows what was read."""

    network_chosen = Signal(object)
    figure_chosen = Signal(str)
    meaning_chosen = Signal(str, object)
    """Meaning, and its number: None lets the dated parameter decide."""
    effective_chosen = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Choisir la couverture")
        self.networks: dict[Network, QToolButton] = {}
        self.figure = QComboBox()
        self.figure.setAccessibleName("Chiffre montré")
        self.meaning = QComboBox()
        self.meaning.setAccessibleName("Sens de « couvert »")
        self.amount = QSpinBox()
        self.amount.setAccessibleName("Nombre du sens choisi")
        self.amount.hide()
        self.offer = Segments(OFFERS, "Offre comptée")
        self.rule = text("", "hint", wrap=True)
        self.layer_list = LayerList(circles=False)
        self._dress()
        self._wire()

    def _dress(self) -> None:
        for code in MEANINGS:
            self.meaning.addItem(MEANING_WORDS[code], code)
        for box in (self.figure, self.meaning):
            box.setMinimumWidth(60)
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.fill(
            text("Réseau", "hint"), self._buttons(), text("Chiffre", "hint"), self.figure,
            text("« Couvert » veut dire", "hint"), self.meaning, self.amount,
            row(text("Offre", "hint"), None, self.offer), self.rule, line(), self.legend, line(),
            text("Couches", "strong"), self.layer_list, None, gap=7,
        )  # fmt: skip

    def _buttons(self) -> QGridLayout:
        """One click a network."""
        group = QButtonGroup(self)
        grid = QGridLayout()
        grid.setSpacing(6)
        for place, network in enumerate(Network):
            words, told = SHORT[network], NETWORK[network]
            chosen = partial(self.network_chosen.emit, network)
            made = choice_button(words, ICONS[network], told, f"Couverture\u202f: {told}", chosen)
            group.addButton(made)
            grid.addWidget(made, place // 2, place % 2)
            self.networks[network] = made
        return grid

    def _wire(self) -> None:
        self.figure.activated.connect(self._figure_chosen)
        self.meaning.activated.connect(self._meaning_activated)
        self.amount.editingFinished.connect(self._amount_written)
        self.offer.chosen.connect(self._offer_chosen)

    # -- what is shown -----------------------------------------------------------------------------------

    def show_answer(self, answer: CoverageAnswer) -> None:
        """Show the choices behind a coverage, and its rule in one sentence."""
        coverage, wish = answer.coverage, answer.wish
        self.networks[wish.network].setChecked(True)
        self.figure.clear()
        for one in coverage.figures:
            known = coverage.known(one.code)
            mark = "" if known else ", n.d."
            origin = "officiel" if coverage.is_official(one.code) else "notre compte"
            self.figure.addItem(f"{one.short_label}{mark}", one.code)
            hint = f"{one.label} ({origin}, {known} sur {len(coverage.rows)} connus)"
            self.figure.setItemData(self.figure.count() - 1, hint, Qt.ItemDataRole.ToolTipRole)
        self.figure.setCurrentIndex(self.figure.findData(answer.figure))
        self.meaning.setCurrentIndex(self.meaning.findData(wish.meaning))
        self._show_amount(wish.meaning, answer)
        self.offer.set_current("effective" if wish.effective else "nominal")
        words = criterion_text(coverage.criterion)
        sentence = f"{words[:1].upper()}{words[1:]}."
        self.rule.setText(f"{sentence} {EFFECTIVE}" if wish.effective else sentence)
        self.layer_list.show_communes(len(answer.choropleth.fond.communes.codes))
        self.layer_list.show_states(answer.layers, wish.layers)

    def _show_amount(self, meaning: str, answer: CoverageAnswer) -> None:
        self.amount.setVisible(meaning in UNITS)
        if meaning not in UNITS:
            return
        criterion = answer.coverage.criterion
        shown = {"hours": criterion.hours, "km": criterion.road_km, "minutes": criterion.minutes or 0.0}
        self.amount.blockSignals(True)
        self.amount.setRange(1, MOST[meaning])
        self.amount.setSuffix(UNITS[meaning])
        self.amount.setValue(round(shown[meaning]))
        self.amount.blockSignals(False)

    # -- what is chosen ----------------------------------------------------------------------------------

    def _figure_chosen(self) -> None:
        self.figure_chosen.emit(str(self.figure.currentData()))

    def _meaning_activated(self) -> None:
        meaning = str(self.meaning.currentData())
        self.meaning_chosen.emit(meaning, 15.0 if meaning == "minutes" else None)

    def _amount_written(self) -> None:
        meaning = str(self.meaning.currentData())
        if meaning in UNITS and self.amount.isVisible():
            self.meaning_chosen.emit(meaning, float(self.amount.value()))

    def _offer_chosen(self, code: str) -> None:
        self.effective_chosen.emit(code == "effective")
