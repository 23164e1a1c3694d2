"""« Couches »: what may be shown over the map, one line each; grey with « n.d. » where nothing is known."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.domain.french import NO_DATA, number
from ui.widgets.parts import row, set_tone, text

if TYPE_CHECKING:
    from ui.views.map_layers import LayerState

DRAWN = (
    ("communes", "Limites communales"),
    ("labels", "Étiquettes"),
    ("neighbours", "Noms des voisins"),
)
"""Layers that are drawn or not, without reading anything."""
NO_CIRCLE = "Aucun cercle"


class LayerLine(QWidget):
    """A box to tick and how many things the layer holds."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.check = QCheckBox(label)
        self.check.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.count: QLabel = text("", "second")
        held = row(self.check, self.count)
        held.setStretch(0, 1)
        self.setLayout(held)

    def show_state(self, label: str, count: str, hint: str, *, known: bool) -> None:
        """Say what the layer holds."""
        self.check.setText(label)
        self.count.setText(count)
        set_tone(self.check, "" if known else "absent")
        self.setToolTip(hint)
        said = f"{label}, {count}" if count else label
        self.check.setAccessibleName(said)
        self.check.setAccessibleDescription(hint)


class LayerList(QWidget):
    """Layers of data above, layers of drawing under them."""

    drawn = Signal(str, bool)
    """A layer that only changes the drawing: communes, labels, neighbours."""
    chosen = Signal(object)
    """The codes of the layers of data now ticked, circles included: frozenset."""
    missing = Signal(str)
    """The user wants a layer that holds nothing."""

    def __init__(self, *, circles: bool = True) -> None:
        super().__init__()
        self._lines: dict[str, LayerLine] = {}
        self._known: set[str] = set()
        self.checks: dict[str, QCheckBox] = {}
        self._data = QVBoxLayout()
        self._data.setSpacing(0)
        self.circles = QComboBox()
        self.circles.setAccessibleName("Cercles proportionnels")
        self.circles.setVisible(circles)
        self.circles.activated.connect(self._announce)
        self.communes = LayerLine("")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(self._data)
        self._circles_label = text("Cercles", "hint")
        self._circles_label.setVisible(circles)
        layout.addWidget(self._circles_label)
        layout.addWidget(self.circles)
        for name, words in DRAWN:
            line = self.communes if name == "communes" else LayerLine(words)
            line.show_state(words, "", "", known=True)
            line.check.setChecked(True)
            line.check.toggled.connect(partial(self.drawn.emit, name))
            self.checks[name] = line.check
            layout.addWidget(line)

    def ticked(self) -> frozenset[str]:
        """Codes of the layers of data that are shown."""
        found = {code for code, line in self._lines.items() if line.check.isChecked()}
        circles = self.circles.currentData()
        return frozenset(found | ({circles} if circles else set()))

    def line(self, code: str) -> LayerLine:
        """The line of a layer of data."""
        return self._lines[code]

    def show_states(self, states: Sequence[LayerState], ticked: frozenset[str]) -> None:
        """Show what each layer holds and which are shown."""
        for place, state in enumerate(states):
            line = self._lines.get(state.code)
            if line is None:
                line = self._lines[state.code] = LayerLine(state.label)
                line.check.clicked.connect(partial(self._clicked, state.code))
                self._data.insertWidget(place, line)
            known = state.count is not None
            count = NO_DATA if state.count is None else number(state.count)
            line.show_state(state.label, count, state.hint, known=known)
            line.check.setChecked(known and state.code in ticked)
            (self._known.add if known else self._known.discard)(state.code)

    def show_circles(self, choices: Sequence[tuple[str, str]], current: str, *, allowed: bool) -> None:
        """Offer (code, label) quantities as circles; allowed: not over a map of circles."""
        self.circles.clear()
        self.circles.addItem(NO_CIRCLE, "")
        for code, label in choices:
            self.circles.addItem(label, code)
        self.circles.setCurrentIndex(max(self.circles.findData(current), 0))
        self.circles.setEnabled(allowed and bool(choices))

    def show_communes(self, count: int) -> None:
        """Say how many communes are drawn."""
        self.communes.show_state(DRAWN[0][1], number(count), "", known=True)

    def _clicked(self, code: str) -> None:
        check = self._lines[code].check
        if code in self._known:
            self._announce()
        elif check.isChecked():
            check.setChecked(False)
            self.missing.emit(code)

    def _announce(self, _place: int = 0) -> None:
        self.chosen.emit(self.ticked())
