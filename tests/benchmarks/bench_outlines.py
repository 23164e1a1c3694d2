"""Outlines: overlap (IoU) with the true Epci of metropolitan France, and time to build a fond.

Run as a script with the path of the true outlines (GeoPackage, columns code and geometry, Lambert-93).
The peer of the ratio is the plain Voronoi diagram of the same centres, cut by the same discs.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from app.domain.reference import load_reference
from maps.approximate import dissolve
from maps.choropleth import Fond
from maps.geometry import approximate_fond

if TYPE_CHECKING:
    from numpy.typing import NDArray

TRUTH = Path(__file__).resolve().parents[3] / "shared/data/geometrie/epci_france_cog2025_lambert93.gpkg"
MEDIAN_TARGET = 0.877
COLD = """
import time
start = time.perf_counter()
from app.domain.reference import load_reference
from maps.geometry import approximate_fond
approximate_fond(load_reference(), ("{}",))
print(time.perf_counter() - start)
"""


def read_truth(path: Path) -> dict[str, Any]:
    """True outline of each metropolitan Epci, by code."""
    from pyogrio import raw

    _, _, wkb, (codes, *_) = raw.read(path, columns=["code"])
    metropolitan = {
        epci.code for epci in load_reference().epcis() if not epci.code_departement.startswith("97")
    }
    outlines = zip(codes.tolist(), shapely.from_wkb(wkb), strict=True)
    return {code: outline for code, outline in outlines if code in metropolitan}


def overlaps(codes: tuple[str, ...], polygons: NDArray[Any], truth: dict[str, Any]) -> dict[str, float]:
    """Area of the intersection over area of the union, by code."""
    chosen = [i for i, code in enumerate(codes) if code in truth]
    ours = polygons[chosen]
    true = np.array([truth[codes[i]] for i in chosen], dtype=object)
    common = shapely.area(shapely.intersection(ours, true))
    shares = common / (shapely.area(ours) + shapely.area(true) - common)
    return {codes[i]: float(share) for i, share in zip(chosen, shares, strict=True)}


def plain_voronoi(fond: Fond) -> tuple[tuple[str, ...], NDArray[Any]]:
    """Epci from the plain Voronoi cells of the same centres, cut at the radius of each commune."""
    reference = load_reference()
    known = [
        i
        for i, code in enumerate(fond.communes.codes)
        if not code.startswith("97") and reference.commune(code).lon is not None
    ]
    from maps.projection import project

    places = [reference.commune(fond.communes.codes[i]) for i in known]
    x, y = project(np.array([c.lon for c in places]), np.array([c.lat for c in places]), 2154)
    area = np.array([c.area_km2 for c in places], dtype=np.float64) * 1e6
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(shapely.points(x, y)), ordered=True)
    )
    discs = shapely.buffer(shapely.points(x, y), 1.5 * np.sqrt(area / np.pi))
    cut = shapely.intersection(cells, discs)
    epcis = dissolve(cut, np.array([fond.communes.parents[i] for i in known]))
    return epcis.codes, epcis.polygons


def describe(name: str, shares: dict[str, float]) -> str:
    """Median, 5th centile and lowest of the shares."""
    values = np.array(list(shares.values()))
    return (
        f"{name:<34} n {len(values):>5}  median {np.median(values):.3f}  "
        f"5th centile {np.percentile(values, 5):.3f}  lowest {values.min():.3f}"
    )


def cold_seconds(departement: str) -> float:
    """Time to load the reference and build one fond in a new process, imports included."""
    script = COLD.format(departement)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> None:
    """Print the figures; exit code 1 if the median is under the target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("truth", nargs="?", type=Path, default=TRUTH)
    reference = load_reference()
    reference.communes()
    start, busy = time.perf_counter(), time.process_time()
    fond = approximate_fond(reference, ())
    france, busy = time.perf_counter() - start, time.process_time() - busy
    truth = read_truth(parser.parse_args().truth)
    shares = overlaps(fond.epcis.codes, fond.epcis.polygons, truth)
    print(describe("France, this method", shares))
    print(describe("France, plain Voronoi and discs", overlaps(*plain_voronoi(fond), truth)))
    for departement in ("79", "52", "29", "59", "13", "2A"):
        start, own = time.perf_counter(), time.process_time()
        one = approximate_fond(reference, (departement,))
        seconds, own = time.perf_counter() - start, time.process_time() - own
        local = overlaps(one.epcis.codes, one.epcis.polygons, truth)
        print(
            f"{departement}: {min(local.values()):.3f} to {max(local.values()):.3f}, "
            f"{len(one.communes.codes)} communes, {seconds:.2f} s ({own:.2f} s of processor)"
        )
    print(f"79 in a new process, imports included: {cold_seconds('79'):.2f} s")
    print(f"France: {france:.1f} s ({busy:.1f} s of processor) for {len(fond.communes.codes)} communes")
    sys.exit(float(np.median(list(shares.values()))) < MEDIAN_TARGET)


if __name__ == "__main__":
    main()
