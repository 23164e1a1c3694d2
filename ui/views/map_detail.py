"""Right column of the map page: the ranked list, then the selected territory and its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.french import NBSP, number
from app.domain.territory import Level
from ui.labels import LEVEL_MANY
from ui.views.map_column import RightColumn, surface
from ui.views.map_query import children_label
from ui.widgets.mode_bar import ModeBar
from ui.widgets.parts import (
    button,
    clear,
    fictitious,
    icon_button,
    line,
    on_right,
    row,
    scrolled,
    short_grid,
    text,
)
from ui.widgets.provenance_words import value_words
from ui.widgets.ranked import Ranked

if TYPE_CHECKING:
    from app.domain.indicator import Value
    from maps.choropleth import Choropleth
    from ui.theme import Theme
    from ui.views.map_query import Detail

COVERAGE = "couv_"


def ranking_title(choropleth: Choropleth) -> str:
    """« Les 8 EPCI, du plus au moins couvert »."""
    count = len(choropleth.layer.codes)
    noun = LEVEL_MANY.get(choropleth.layer.level, "territoires")
    if count == 1:
        return f"1{NBSP}{noun.removesuffix('s')}"
    how = (
        "du plus au moins couvert"
        if choropleth.indicator.code.startswith(COVERAGE)
        else "du plus haut au plus bas"
    )
    if noun.endswith("s"):
        how = "de la plus à la moins couverte" if "couvert" in how else "de la plus haute à la plus basse"
    return f"Les {number(count)}{NBSP}{noun}, {how}"


class DetailPanel(RightColumn):
    """Linked with the map by the page."""

    explain_asked = Signal(object, object)
    """Value to explain, widget beside which to do it."""
    closed = Signal()
    fiche_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__("Classement et détail")
        self._theme = theme
        self._scale = 0.0
        self.explain_button: QWidget | None = None
        self.value_shown: Value | None = None
        self.title = text("", "section", wrap=True)
        self.ranked = Ranked(theme)
        self._card, self._body = surface(6)
        self.fiche = button("Fiche territoire (PDF)", self.fiche_asked.emit, icon="file-text", role="primary")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(18, 14, 10, 12)
        outer.setSpacing(8)
        outer.addWidget(self.title)
        outer.addWidget(self.ranked)
        self._rule = line()
        outer.addWidget(self._rule)
        self._scroll = scrolled(self._card)
        self._scroll.setMinimumHeight(theme.px(110))
        outer.addWidget(self._scroll, 1)
        outer.addLayout(row(self.fiche, None))
        self.show_detail(None)

    # -- what is shown -----------------------------------------------------------------------------------

    def show_map(self, choropleth: Choropleth, colours: tuple[str, ...]) -> None:
        """Rank the territories of a map."""
        self.title.setText(ranking_title(choropleth))
        self.ranked.show_map(choropleth, colours)
        numbers = [*choropleth.numbers[np.isfinite(choropleth.numbers)].tolist()]
        self._scale = max([*numbers, *(reference.number for reference in choropleth.references)], default=0.0)

    def show_detail(self, detail: Detail | None) -> None:
        """Show the selected territory, or invite to choose one."""
        clear(self._body)
        self.explain_button = None
        self.value_shown = None if detail is None else detail.value
        self.fiche.setVisible(detail is not None and detail.value.level is Level.EPCI)
        if detail is None:
            hint = "Choisissez un territoire sur la carte ou dans la liste pour voir ses chiffres."
            self._body.addWidget(text(hint, "second", wrap=True))
            self._body.addStretch(1)
            return
        self._head(detail)
        self._figure(detail.value)
        if detail.modes:
            self._modes(detail)
        elif detail.references:
            self._references(detail)
        if detail.children is not None:
            self._children(detail.children)
        self._body.addStretch(1)

    def _head(self, detail: Detail) -> None:
        close = icon_button("x", "Ne plus sélectionner ce territoire", self.closed.emit)
        name = text(detail.name, "object", wrap=True)
        badge = [fictitious()] if detail.value.fictitious else []
        held = row(name, *badge, close)
        held.setStretch(0, 1)
        self._body.addLayout(held)
        if detail.note:
            self._body.addWidget(text(detail.note, "hint", wrap=True))

    def _figure(self, value: Value) -> None:
        known = value.state.is_known
        figure = text(value_words(value), "key" if known else "section", wrap=not known)
        figure.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        unit = text(f"{value.indicator.unit}, {value.year}" if known else str(value.year), "hint", wrap=True)
        explain = button("Comment\u202f?", icon="info-circle", role="link")
        explain.setAccessibleName("Comment est-ce calculé\u202f? (Ctrl+I)")
        explain.clicked.connect(self.explain)
        self.explain_button = explain
        held = row(figure, unit, explain)
        held.setStretch(1, 1)
        self._body.addLayout(held)

    def explain(self) -> None:
        """Ask how the figure shown is computed."""
        if self.value_shown is not None and self.explain_button is not None:
            self.explain_asked.emit(self.value_shown, self.explain_button)

    def _modes(self, detail: Detail) -> None:
        parts = [
            (mode.name, mode.token, mode.value.number)
            for mode in detail.modes
            if mode.value.number is not None
        ]
        self._body.addWidget(ModeBar(self._theme, parts, self._scale))
        grid = short_grid(across=10, down=6, stretched=1)
        grid.addWidget(on_right(text(LEVEL_MANY[detail.value.level].removesuffix("s"), "legend")), 0, 2)
        if detail.compared:
            grid.addWidget(on_right(text(detail.compared, "legend")), 0, 3)
        for place, mode in enumerate(detail.modes, start=1):
            grid.addWidget(Dot(self._theme, mode.token), place, 0)
            grid.addWidget(text(mode.name), place, 1)
            grid.addWidget(on_right(text(value_words(mode.value), "strong")), place, 2)
            if mode.compared is not None:
                grid.addWidget(on_right(text(value_words(mode.compared), "second")), place, 3)
        self._body.addLayout(grid)

    def _references(self, detail: Detail) -> None:
        grid = short_grid(across=10, down=6, stretched=1)
        for place, (name, value) in enumerate(detail.references):
            grid.addWidget(text(name, tone="ocre"), place, 1)
            grid.addWidget(on_right(text(value_words(value), "strong", tone="ocre")), place, 2)
        self._body.addLayout(grid)

    def _children(self, value: Value) -> None:
        self._body.addWidget(line())
        held = row(text(children_label(value.year)), None, text(_plain(value), "strong"))
        self._body.addLayout(held)


def _plain(value: Value) -> str:
    """A sum of births is a count, not an estimate: the sign ≈ belongs to the children it stands for."""
    return number(value.number) if value.state.is_known else value_words(value)


class Dot(QWidget):
    """A small square in a colour of the theme."""

    def __init__(self, theme: Theme, token: str) -> None:
        super().__init__()
        self._theme = theme
        self._token = token
        self.setFixedSize(theme.px(10), theme.px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the square."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.token(self._token))
