"""The small map of the communes of a fiche inside its convention."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from ui.tokens import DARK, LIGHT
from ui.widgets.mini_map import MiniMap, MiniShape

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from app.progress import Progress
    from app.services import Services

DETAIL_PX = 260.0


def communes_map(
    services: Services, whole: Collection[str], concerned: Collection[str], progress: Progress
) -> MiniMap | None:
    """Shapes of the communes of a convention, those of the fiche in colour; none concerned means all."""
    import shapely

    from maps.palettes import palette

    layer = services.outlines.fond(progress).communes
    places = [at for at, code in enumerate(layer.codes) if code in whole]
    if not places:
        return None
    polygons = layer.polygons[places]
    left, low, right, high = shapely.total_bounds(polygons)
    simple = shapely.coverage_simplify(polygons, max(right - left, high - low) / DETAIL_PX)
    codes = [layer.codes[at] for at in places]
    shapes = tuple(
        MiniShape(code, _rings(polygon), int(not concerned or code in concerned))
        for code, polygon in zip(codes, simple, strict=True)
    )
    return MiniMap(
        shapes,
        (LIGHT["survol"], palette("lagune", 3)[1]),
        (DARK["survol"], palette("lagune", 3, dark=True)[1]),
    )


def _rings(polygon: object) -> tuple[NDArray[np.float64], ...]:
    import shapely

    parts = shapely.get_parts(polygon)
    return tuple(shapely.get_coordinates(shapely.get_exterior_ring(part)) for part in parts)
