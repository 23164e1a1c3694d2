"""Lighter outlines for a scale, borders kept shared."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maps.choropleth import OutlineLayer

KEPT = 48
"""Simplified layers remembered: a dozen levels of detail for each layer of a fond."""

_memory: OrderedDict[tuple[int, float], tuple[OutlineLayer, OutlineLayer]] = OrderedDict()
_lock = Lock()


def simplified(layer: OutlineLayer, tolerance_m: float) -> OutlineLayer:
    """The layer with fewer vertices; borders move together by about tolerance_m at most (metres).

    A tolerance of zero gives the layer itself. Results are remembered; may be called from any thread.
    """
    if tolerance_m <= 0 or not layer.codes:
        return layer
    key = (id(layer), tolerance_m)
    with _lock:
        known = _memory.get(key)
        if known is not None and known[0] is layer:
            _memory.move_to_end(key)
            return known[1]
    result = replace(layer, polygons=_simplify(layer.polygons, tolerance_m))
    with _lock:
        _memory[key] = (layer, result)
        while len(_memory) > KEPT:
            _memory.popitem(last=False)
    return result


def _simplify(polygons: NDArray[Any], tolerance: float) -> NDArray[Any]:
    """Simplify as a coverage when the polygons fit together, else one by one."""
    if shapely.coverage_is_valid(polygons):
        return np.asarray(shapely.coverage_simplify(polygons, tolerance))
    return np.asarray(shapely.simplify(polygons, tolerance, preserve_topology=True))
