"""Left column of the map page: what is shown, how it is classed, the legend, the layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from app.domain.errors import BadParameter
from app.domain.french import plural
from maps.choropleth import Mark
from maps.classes import limit_text
from ui.labels import LEVEL_MANY
from ui.views.map_column import LeftColumn
from ui.views.map_layers import CIRCLES
from ui.views.map_query import BOUND_REFUSALS, parse_bounds
from ui.widgets.indicator_button import IndicatorButton
from ui.widgets.map_layer_list import LayerList
from ui.widgets.parts import Banner, line, row, text
from ui.widgets.swatches import PaletteButton

if TYPE_CHECKING:
    from maps.choropleth import Choropleth
    from ui.theme import Theme
    from ui.views.map_query import MapAnswer

METHODS = (
    ("fixed", "Bornes fixes"),
    ("quantiles", "Quantiles"),
    ("natural", "Jenks"),
    ("equal", "Intervalles égaux"),
    ("q6", "Q6"),
    ("manual", "Bornes libres…"),
)
COUNTED = ("quantiles", "natural", "equal")
"""Methods whose number of classes is chosen."""
FEW = 12


class Composer(LeftColumn):
    """Says what the user chose; shows what the page answered."""

    indicator_chosen = Signal(str)
    classing_chosen = Signal(str, int, object)
    """Method, number of classes (0: let the indicator decide), inner limits."""
    palette_chosen = Signal(str)
    layer_chosen = Signal(str, bool)
    layers_chosen = Signal(object)
    """Codes of the layers of data now wanted."""
    layer_missing = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Composer la carte")
        self._choropleth: Choropleth | None = None
        self.indicator = IndicatorButton(theme)
        self.method = QComboBox()
        self.count = QSpinBox()
        self.palette_button = PaletteButton(theme)
        self.bounds = QLineEdit()
        self.refusal = text("", "hint", tone="rouge", wrap=True)
        self.advice = Banner()
        self.layer_list = LayerList()
        self.layers: dict[str, QCheckBox] = self.layer_list.checks
        self._classing = QWidget()
        self._dress()
        self._wire()

    def _dress(self) -> None:
        for code, words in METHODS:
            self.method.addItem(words, code)
        self.method.setAccessibleName("Classement")
        self.count.setRange(2, 7)
        self.count.setAccessibleName("Nombre de classes")
        self.bounds.setAccessibleName("Limites entre les classes")
        self.bounds.setPlaceholderText("60,9\u202f; 66\u202f; 70,6")
        self.refusal.hide()
        self.bounds.hide()
        grid = QGridLayout(self._classing)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for place, (words, widget) in enumerate((("Classement", self.method), ("Classes", self.count))):
            grid.addWidget(text(words, "hint"), 0, place)
            grid.addWidget(widget, 1, place)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.bounds, 2, 0, 1, 2)
        grid.addWidget(self.refusal, 3, 0, 1, 2)
        palette = row(text("Palette", "hint"), self.palette_button)
        palette.setStretch(1, 1)
        grid.addLayout(palette, 4, 0, 1, 2)
        self.count.setFixedWidth(self._theme.px(62))
        self.method.setMinimumWidth(60)
        self.fill(
            text("Indicateur", "hint"), self.indicator, self._classing, self.advice, line(), self.legend,
            line(), text("Couches", "strong"), self.layer_list, None, gap=9,
        )  # fmt: skip

    def _wire(self) -> None:
        self.indicator.chosen.connect(self.indicator_chosen)
        self.palette_button.chosen.connect(self.palette_chosen)
        self.method.activated.connect(self._method_chosen)
        self.count.valueChanged.connect(self._count_chosen)
        self.bounds.editingFinished.connect(self._bounds_written)
        self.layer_list.drawn.connect(self.layer_chosen)
        self.layer_list.chosen.connect(self.layers_chosen)
        self.layer_list.missing.connect(self.layer_missing)

    # -- what is shown -----------------------------------------------------------------------------------

    def show_answer(self, answer: MapAnswer, shown: Choropleth, radius_of_one: float) -> None:
        """Show the choices behind a map; shown has the palette of the screen."""
        self._choropleth = shown
        self.indicator.show_available(answer.available, answer.wish.indicator)
        self._classing.setVisible(shown.mark is Mark.AREA and bool(answer.available))
        self._show_classing(shown, answer.wish.palette)
        self.layer_list.show_communes(len(shown.fond.communes.codes))
        self.layer_list.show_states(answer.layers, answer.wish.layers)
        circles = next((code for code in answer.wish.layers if code.startswith(CIRCLES)), "")
        choices = [(f"{CIRCLES}{code}", label) for code, label in answer.circles]
        self.layer_list.show_circles(choices, circles, allowed=shown.mark is Mark.AREA)
        self.show_legend(shown, radius_of_one)
        self._advise(shown)

    @property
    def current_method(self) -> str:
        """Code of the method shown."""
        return str(self.method.currentData())

    def _show_classing(self, shown: Choropleth, palette: str) -> None:
        method = shown.classes.method
        found = self.method.findData(method)
        if found >= 0 and not self.bounds.hasFocus():
            self.method.setCurrentIndex(found)
        self._allow_fixed(bool(shown.indicator.breaks))
        classes = len(shown.classes.counts)
        self.count.blockSignals(True)
        self.count.setValue(classes)
        self.count.blockSignals(False)
        self.count.setEnabled(method in COUNTED)
        self.palette_button.show_palette(palette, classes)
        if method != "manual" and self.current_method == method:
            self._open_bounds(False)

    def _allow_fixed(self, allowed: bool) -> None:
        model = self.method.model()
        if isinstance(model, QStandardItemModel):
            model.item(0).setEnabled(allowed)

    def _advise(self, shown: Choropleth) -> None:
        known = sum(shown.classes.counts)
        if shown.classes.method in ("natural", "quantiles") and 0 < known < FEW and shown.indicator.breaks:
            noun = LEVEL_MANY.get(shown.layer.level, "")
            self.advice.say(f"{plural(known, noun, noun)}\u202f: préférez les bornes fixes.")
        else:
            self.advice.hide()

    # -- what is chosen ----------------------------------------------------------------------------------

    def _method_chosen(self) -> None:
        method = self.current_method
        manual = method == "manual"
        self._open_bounds(manual)
        if not manual:
            self.classing_chosen.emit(method, self.count.value() if method in COUNTED else 0, ())
            return
        if self._choropleth is not None and not self.bounds.text():
            inner = self._choropleth.classes.bounds[1:-1]
            decimals = self._choropleth.indicator.decimals
            self.bounds.setText("\u202f; ".join(limit_text(bound, decimals) for bound in inner))
        self.bounds.setFocus()
        self._bounds_written()

    def _count_chosen(self, count: int) -> None:
        if self.current_method in COUNTED:
            self.classing_chosen.emit(self.current_method, count, ())

    def _bounds_written(self) -> None:
        try:
            bounds = parse_bounds(self.bounds.text())
        except BadParameter as error:
            words = BOUND_REFUSALS[str(error.facts["reason"])]
            self.refusal.setText(words)
            self.bounds.setAccessibleDescription(words)
            self.refusal.show()
            return
        self.refusal.hide()
        self.bounds.setAccessibleDescription("")
        self.classing_chosen.emit("manual", 0, bounds)

    def _open_bounds(self, shown: bool) -> None:
        self.bounds.setVisible(shown)
        if not shown:
            self.refusal.hide()
            self.bounds.clear()
