"""Write the coarse outlines of the départements, drawn pale past the neighbours of a map.

Run `python -m maps.coarse FILE.csv` after a change of the approximate outlines or of the reference tables.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from app.domain.reference import load_reference
from maps.approximate import approximate_fond
from maps.projection import MAINLAND, zone_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maps.choropleth import Fond

TOLERANCE_M = 500.0
"""Side of the triangles dropped, borders kept shared."""
UNIT_M = 100.0
"""Coordinates are whole numbers of this many metres."""
ISLET_M2 = 5e6
"""Islands smaller than that are left out."""
HEAD = (
    "Contours très simplifiés des départements de la métropole, dessinés en pâle au-delà des voisins",
    "code, nom, contour : Lambert-93 (EPSG 2154) en hectomètres ; îles séparées par |, anneaux par /, "
    "puis x y du premier point et pas suivants",
    "Source : fond approché du projet, d’après les centres et superficies communales (IGN, Insee), "
    "communes au 1er janvier {millesime}. Licence : Licence Ouverte 2.0 (Etalab)",
)


def coarse_outlines(fond: Fond) -> tuple[tuple[str, ...], tuple[str, ...], NDArray[Any]]:
    """Codes, names and simplified polygons (metres) of the mainland départements of a fond."""
    layer = fond.departements
    kept = [i for i, code in enumerate(layer.codes) if zone_of(code) == MAINLAND]
    simple = shapely.set_precision(shapely.coverage_simplify(layer.polygons[kept], TOLERANCE_M), UNIT_M)
    return (
        tuple(layer.codes[i] for i in kept),
        tuple(layer.names[i] for i in kept),
        np.array([_without_islets(polygon) for polygon in simple], dtype=object),
    )


def encoded(polygon: Any) -> str:
    """One outline as text: whole steps from point to point, rings left open."""
    islands = (
        "/".join(_steps(ring) for ring in shapely.get_rings(part)) for part in shapely.get_parts(polygon)
    )
    return "|".join(islands)


def write_coarse(fond: Fond, path: Path) -> int:
    """Write the table read by `maps.ground` and return the number of départements."""
    codes, names, polygons = coarse_outlines(fond)
    lines = [f"# {line.format(millesime=fond.millesime)}" for line in HEAD]
    lines += ["code;name;outline", *_rows(codes, names, polygons)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return len(codes)


def _rows(codes: Sequence[str], names: Sequence[str], polygons: NDArray[Any]) -> Iterator[str]:
    for code, name, polygon in zip(codes, names, polygons, strict=True):
        yield f"{code};{name};{encoded(polygon)}"


def _without_islets(polygon: Any) -> Any:
    parts = shapely.get_parts(polygon)
    large = parts[shapely.area(parts) >= ISLET_M2]
    return shapely.multipolygons(large if len(large) else parts)


def _steps(ring: Any) -> str:
    points = np.round(shapely.get_coordinates(ring)[:-1] / UNIT_M).astype(int)
    steps = np.concatenate((points[:1], np.diff(points, axis=0)))
    return " ".join(map(str, steps.ravel().tolist()))


if __name__ == "__main__":
    write_coarse(approximate_fond(load_reference(), ()), Path(sys.argv[1]))
