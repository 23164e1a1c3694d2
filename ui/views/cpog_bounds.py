"""Weight and bounds of an indicator: what it counts in the gauges, what may be typed, what is near enough."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.cpog_units import unit_of
from ui.views.cpog_parts import pair
from ui.views.cpog_words import plain
from ui.widgets.fields import NumberField
from ui.widgets.parts import text

if TYPE_CHECKING:
    from app.domain.cpog import CpogIndicator
    from app.services.cpog_rows import IndicatorCard
    from ui.views.cpog_writing import Writer

HINT = (
    "Le poids vaut dans les jauges\u202f: sans lui, une ligne compte pour 1. "
    "Une valeur hors des bornes est refusée à la saisie. "
    "La tolérance est l’écart à la cible qui reste accepté."
)
ORDER = "La borne basse dépasse la borne haute."


class BoundsPart(QWidget):
    """Four numbers, each written as one goes; an empty one is taken away."""

    def __init__(self, writer: Writer) -> None:
        super().__init__()
        self._writer = writer
        self._indicator: CpogIndicator | None = None
        self.weight = NumberField("Poids", decimals=1, least=0)
        self.tolerance = NumberField("Tolérance", decimals=2, least=0)
        self.low = NumberField("Borne basse", decimals=2)
        self.high = NumberField("Borne haute", decimals=2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(text("Poids et bornes", "section"))
        layout.addLayout(pair(self.weight, self.tolerance))
        layout.addLayout(pair(self.low, self.high))
        layout.addWidget(text(HINT, "hint", wrap=True))
        self.weight.committed.connect(self._weigh)
        for name in ("tolerance", "low", "high"):
            getattr(self, name).committed.connect(partial(self._bound, name))

    def show_card(self, card: IndicatorCard) -> None:
        """Show the numbers of an indicator; without its own bounds, those of its unit are suggested."""
        indicator = self._indicator = card.indicator
        unit = unit_of(indicator.unit)
        for field, value, usual in (
            (self.weight, indicator.weight, "1"),
            (self.tolerance, indicator.tolerance, "0"),
            (self.low, indicator.low, "aucune" if unit.low is None else plain(unit.low)),
            (self.high, indicator.high, "aucune" if unit.high is None else plain(unit.high)),
        ):
            field.set_value(value)
            field.edit.setPlaceholderText(usual)

    def flush(self) -> None:
        """Write what is being typed before another indicator is shown."""
        for field in (self.weight, self.tolerance, self.low, self.high):
            field.commit()

    def _weigh(self, weight: float | None) -> None:
        if self._indicator is not None:
            self._writer.write("weigh", self._indicator.uuid, weight)

    def _bound(self, name: str, _value: Any) -> None:
        if self._indicator is None:
            return
        low, high = self.low.value, self.high.value
        if low is not None and high is not None and low > high:
            field: NumberField = getattr(self, name)
            field.reject(ORDER, getattr(self._indicator, name))
            return
        self._writer.write("bound", self._indicator.uuid, low, high, self.tolerance.value)
