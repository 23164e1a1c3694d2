"""What « Couverture » reads: a network, its map with what is partly known hatched, its layers. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.coverage import Network
from app.domain.territory import Level
from ui.views.map_layers import dressed, read_layers

if TYPE_CHECKING:
    from app.domain.coverage import NetworkCoverage
    from app.progress import Progress
    from app.services import Services
    from maps.choropleth import Choropleth
    from ui.views.map_layers import LayerState

MEANINGS = ("structure", "point", "hours", "km", "minutes")
"""Meanings offered: the distance is asked in kilometres or in minutes."""


@dataclass(frozen=True, slots=True)
class CoverageWish:
    """What is asked; amount: hours, kilometres or minutes of the meaning, None for the dated parameter."""

    network: Network = Network.EAJE
    year: int = 0
    level: Level = Level.EPCI
    departement: str | None = None
    meaning: str = "structure"
    amount: float | None = None
    effective: bool = False
    figure: str | None = None
    layers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CoverageAnswer:
    """A coverage and its map, ready to be shown."""

    wish: CoverageWish
    coverage: NetworkCoverage
    choropleth: Choropleth
    figure: str
    years: tuple[int, ...]
    layers: tuple[LayerState, ...] = ()


def read_coverage(services: Services, wish: CoverageWish, _progress: Progress) -> CoverageAnswer:
    """Read a coverage, and draw the figure asked, or the one that the network shows first."""
    coverage = services.coverage.network(
        wish.network.value,
        wish.year or None,
        wish.level,
        "distance" if wish.meaning in ("km", "minutes") else wish.meaning,
        wish.effective,
        departement=wish.departement,
        **_amount(wish),  # type: ignore[arg-type]
    )
    known = {one.code for one in coverage.figures}
    figure = wish.figure if wish.figure in known else coverage.main
    made = services.coverage.choropleth(coverage, departement=wish.departement, figure=figure)
    layers = read_layers(services, made, coverage.on)
    made = dressed(services, made, layers, wish.layers)
    years = services.coverage.years(wish.network.value, wish.level)
    return CoverageAnswer(wish, coverage, made, figure, years, layers.states)


def _amount(wish: CoverageWish) -> dict[str, float]:
    if wish.amount is None or wish.meaning not in ("hours", "km", "minutes"):
        return {}
    return {wish.meaning: wish.amount}
