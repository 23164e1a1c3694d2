"""The small map of « Accueil », read away from the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.territory import Level
from ui.views.home_data import COVERAGE, year_for
from ui.widgets.mini_map import MiniMap, mini_map

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from ui.context import Context


def read_map(services: Services, context: Context, _progress: Progress) -> MiniMap | None:
    """Read the map of the coverage; None when nothing is imported."""
    year = year_for(services, COVERAGE, Level.EPCI, context.year)
    if year is None:
        return None
    choropleth = services.maps.choropleth(COVERAGE, year, Level.EPCI, departement=context.departement)
    return mini_map(choropleth, _groups(services, choropleth.layer.codes))


def _groups(services: Services, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the département of the base that each Epci is drawn with: they may be far apart."""
    mine = services.base.departements
    reference = services.territory.reference
    found = []
    for code in codes:
        epci = reference.epci(code)
        inside = [item for item in (epci.code_departement, *epci.departements) if item in mine]
        found.append(inside[0] if inside else mine[0])
    return tuple(found)
