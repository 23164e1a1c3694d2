"""Right column of « Couverture »: shares of territories and people, the ranking, the territory in full."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.coverage import Certainty
from app.domain.coverage_words import TERRITORIES, share_text
from app.domain.french import NO_DATA, number, percent, typographic, value_text
from ui.labels_coverage import CERTAINTY
from ui.views.map_column import RightColumn, surface
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
from ui.widgets.ranked import Ranked
from ui.widgets.share_bar import ShareBar

if TYPE_CHECKING:
    from app.domain.coverage import Comparison, NetworkCoverage, Share, TerritoryCoverage
    from app.domain.indicator import Value
    from ui.theme import Theme
    from ui.views.map_coverage_query import CoverageAnswer

AT_LEAST = "≥\u00a0"


def figure_words(value: Value, certainty: Certainty) -> str:
    """« 67,2 », « ≥ 4 », « ≈ 38 », « n.d. »."""
    if value.number is None:
        return value_text(None, value.state, value.indicator.decimals)
    shown = value_text(value.number, value.state, value.indicator.decimals)
    if certainty is Certainty.AT_LEAST:
        return f"{AT_LEAST}{shown}"
    return f"≈\u00a0{shown}" if value.estimated and value.number else shown


def people_words(share: Share) -> str:
    """« 98,2 % de 375 229 habitants », or between what and what."""
    if share.rate is not None:
        return f"{percent(share.rate)} de {number(share.total)} habitants"
    if share.low is None or share.high is None:
        return f"habitants\u202f: {NO_DATA}"
    return f"entre {percent(share.low)} et {percent(share.high)} de {number(share.total)} habitants"


class CoverageDetail(RightColumn):
    """Shows a coverage, then one territory of it."""

    explain_asked = Signal(object, object)
    """Value to explain, widget beside which to do it."""
    closed = Signal()
    declare_asked = Signal(str)
    """Code of a territory whose list may be declared whole."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Parts couvertes, classement et détail")
        self._theme = theme
        self._answer: CoverageAnswer | None = None
        self.first_value: Value | None = None
        self.first_button: QWidget | None = None
        self._shares = QVBoxLayout()
        self._shares.setSpacing(3)
        self.title = text("", "section", wrap=True)
        self.ranked = Ranked(theme)
        self._card, self._body = surface(6)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(18, 12, 10, 10)
        outer.setSpacing(7)
        outer.addLayout(self._shares)
        outer.addWidget(line())
        outer.addWidget(self.title)
        outer.addWidget(self.ranked)
        outer.addWidget(line())
        self._scroll = scrolled(self._card)
        self._scroll.setMinimumHeight(theme.px(110))
        outer.addWidget(self._scroll, 1)

    # -- the whole ---------------------------------------------------------------------------------------

    def show_answer(self, answer: CoverageAnswer) -> None:
        """Show the shares of a coverage."""
        self._answer = answer
        coverage = answer.coverage
        clear(self._shares)
        effective = coverage.effective
        one, many = TERRITORIES.get(coverage.level, ("territoire", "territoires"))
        told = coverage.territories_effective if effective else coverage.territories
        people = coverage.population_effective if effective else coverage.population
        self._share(share_text(told, one, many), told)
        self._share(people_words(people), people)
        if effective:
            self._shares.addWidget(text(_nominal_words(coverage), "hint", wrap=True))
        figure = coverage.figures[coverage.rank(answer.figure)]
        self.title.setText(f"{figure.short_label}, du plus haut au plus bas")

    def _share(self, words: str, share: Share) -> None:
        said = words[:1].upper() + words[1:]
        self._shares.addWidget(text(said, "strong", wrap=True))
        self._shares.addWidget(ShareBar(self._theme, share, said))

    # -- one territory -----------------------------------------------------------------------------------

    def show_territory(self, code: str | None) -> None:
        """Show everything known of a territory, or what is known of wider ones."""
        clear(self._body)
        self.first_value = self.first_button = None
        if self._answer is None:
            return
        coverage = self._answer.coverage
        found = next((item for item in coverage.rows if item.code == code), None)
        if found is None:
            hint = "Choisissez un territoire sur la carte ou dans la liste pour voir tous ses chiffres."
            self._body.addWidget(text(hint, "second", wrap=True))
        else:
            self._head(found, coverage)
            for comparison in found.comparisons:
                self._comparison(comparison)
            self._figures(found, coverage)
            self._notes(found.notes)
        self._notes(coverage.notes)
        self._body.addStretch(1)

    def _head(self, found: TerritoryCoverage, coverage: NetworkCoverage) -> None:
        close = icon_button("x", "Ne plus sélectionner ce territoire", self.closed.emit)
        badge = [fictitious()] if any(value.fictitious for value in found.values) else []
        held = row(text(found.name, "object", wrap=True), *badge, close)
        held.setStretch(0, 1)
        self._body.addLayout(held)
        rank = coverage.rank(self._answer.figure if self._answer else None)
        value, certainty = found.values[rank], found.certainties[rank]
        figure = text(figure_words(value, certainty), "key" if value.number is not None else "section")
        figure.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        unit = text(f"{value.indicator.unit}, {value.year}", "hint", wrap=True)
        self.first_value, self.first_button = value, self._explainer(value)
        held = row(figure, unit, self.first_button)
        held.setStretch(1, 1)
        self._body.addLayout(held)
        self._body.addWidget(text(CERTAINTY[certainty].capitalize(), "hint", wrap=True))
        if certainty is not Certainty.EXACT and not coverage.is_official(value.indicator.code):
            made = button("Déclarer la liste complète…", icon="circle-check", role="link")
            made.clicked.connect(partial(self.declare_asked.emit, found.code))
            self._body.addLayout(row(made, None))
        if found.small:
            words = "Petit nombre d’enfants\u202f: taux fragile."
            self._body.addWidget(text(words, "hint", tone="ocre", wrap=True))

    def _explainer(self, value: Value) -> QWidget:
        made = button("Comment\u202f?", icon="info-circle", role="link")
        made.setAccessibleName(f"Comment est-ce calculé\u202f? {value.indicator.short_label}")
        made.clicked.connect(partial(self._asked, value, made))
        return made

    def _asked(self, value: Value, anchor: QWidget) -> None:
        self.explain_asked.emit(value, anchor)

    def explain(self) -> None:
        """Ask how the main figure is computed (Ctrl+I)."""
        if self.first_value is not None and self.first_button is not None:
            self._asked(self.first_value, self.first_button)

    # -- official and own --------------------------------------------------------------------------------

    def _comparison(self, told: Comparison) -> None:
        """Both values, the gap, and what it is made of."""
        self._body.addWidget(line())
        self._body.addWidget(text(told.label, "strong"))
        grid = short_grid()
        own = figure_words(told.own, told.own_certainty)
        sides = (
            (f"Officiel, {told.official.year}", figure_words(told.official, Certainty.EXACT)),
            (f"Notre compte, {told.own.year}", own),
            ("Écart", NO_DATA if told.gap is None else number(told.gap, 1, signed=True)),
        )
        for place, (label, words) in enumerate(sides):
            grid.addWidget(text(label), place, 0)
            grid.addWidget(on_right(text(words, "strong")), place, 1)
        self._body.addLayout(grid)
        for part in told.parts:
            amount = "" if part.amount is None else f"\u202f: {number(part.amount, 1, signed=True)}"
            self._body.addWidget(text(f"{part.label}{amount}", "hint", wrap=True))

    def _figures(self, found: TerritoryCoverage, coverage: NetworkCoverage) -> None:
        """Every figure of the network, each with its computation."""
        self._body.addWidget(line())
        grid = short_grid()
        for place, (value, certainty) in enumerate(zip(found.values, found.certainties, strict=True)):
            label = text(value.indicator.short_label, wrap=True)
            origin = "officiel" if coverage.is_official(value.indicator.code) else "notre compte"
            label.setToolTip(f"{value.indicator.label}, {value.year}, {origin}")
            grid.addWidget(label, place, 0)
            grid.addWidget(on_right(text(figure_words(value, certainty), "strong")), place, 1)
            how = icon_button(
                "info-circle", f"Comment est-ce calculé\u202f? {value.indicator.short_label}", size=16
            )
            how.clicked.connect(partial(self._asked, value, how))
            grid.addWidget(how, place, 2)
        self._body.addLayout(grid)

    def _notes(self, notes: tuple[str, ...]) -> None:
        if notes:
            self._body.addWidget(line())
        for note in notes:
            self._body.addWidget(text(typographic(note), "hint", wrap=True))


def _nominal_words(coverage: NetworkCoverage) -> str:
    one, many = TERRITORIES.get(coverage.level, ("territoire", "territoires"))
    return f"Offre nominale\u202f: {share_text(coverage.territories, one, many)}."
