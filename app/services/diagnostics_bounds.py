"""Limits of the classes of a ratio, shared by every map of it in the booklets of a département."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING

from app.domain.territory import Level

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from app.services.diagnostics_study import Study

CLASSES = 5


def shared_bounds(study: Study, code: str) -> tuple[float, ...]:
    """Quantiles of the communes of the département and of its Epci together, as round numbers.

    Empty where too little is known.
    """
    import numpy as np

    known = np.concatenate([_numbers(study, code, level) for level in (Level.COMMUNE, Level.EPCI)])
    known = known[np.isfinite(known)]
    if len(known) < CLASSES:
        return ()
    cuts = np.quantile(known, np.linspace(0, 1, CLASSES + 1)).tolist()
    decimals = study.figures.get(code).decimals
    inner = [_round(cut, decimals) for cut in cuts[1:-1]]
    kept = sorted({cut for cut in inner if cuts[0] < cut < cuts[-1]})
    return (cuts[0], *kept, cuts[-1]) if kept else ()


def _numbers(study: Study, code: str, level: Level) -> NDArray[np.float64]:
    """Latest numbers of the Epci of the département, or of all their communes."""
    import numpy as np

    held = study.figures.years(code, level)
    if not held:
        return np.array([], dtype=np.float64)
    codes = [epci.code for epci in study.peers]
    if level is Level.COMMUNE:
        codes = [member for epci in codes for member in study.territory.members(Level.EPCI, epci)]
    return study.figures.series_for(code, level, held[-1], tuple(codes)).numbers


def _round(number: float, decimals: int) -> float:
    """Two significant digits, never finer than the decimals printed."""
    if number == 0:
        return 0.0
    return round(number, min(1 - floor(log10(abs(number))), decimals))
