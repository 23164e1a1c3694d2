"""A part is never shown as the whole: territories whose number is a lower bound are hatched and said."""

from __future__ import annotations

from dataclasses import replace

from app.domain.coverage import Certainty, NetworkCoverage
from app.domain.territory import Level
from maps.choropleth import Choropleth
from maps.compose import with_layers
from maps.layers import MapZone, ZoneLayer, ZoneLook

PARTIAL = "recensement partiel, « au moins »"
PARTIAL_COLOUR = "#5A6168"


def partly_known(made: Choropleth, coverage: NetworkCoverage, figure: str) -> Choropleth:
    """Hatch the territories whose number of a figure is a lower bound, and mark their number « ≥ »."""
    rank = coverage.rank(figure)
    partial = [row for row in coverage.rows if row.certainties[rank] is Certainty.AT_LEAST]
    codes = {row.code for row in partial} & set(made.layer.codes)
    if not codes:
        return made
    zones = tuple(MapZone(r.name, communes=_communes(made, r.code)) for r in partial if r.code in codes)
    layer = ZoneLayer(PARTIAL, zones, ZoneLook.LEVEL, PARTIAL_COLOUR)
    return with_layers(replace(made, at_least=frozenset(codes)), zones=(layer,))


def _communes(made: Choropleth, code: str) -> tuple[str, ...]:
    communes = made.fond.communes
    if made.layer.level is Level.COMMUNE:
        return (code,)
    return tuple(
        commune for commune, parent in zip(communes.codes, communes.parents, strict=True) if parent == code
    )
