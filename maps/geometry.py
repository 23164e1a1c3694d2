"""Outlines of communes, Epci and départements: what the rest of the application uses of them."""

from __future__ import annotations

from maps.approximate import LABEL, approximate_fond
from maps.cache import cached_fond
from maps.geopackage import write_geopackage
from maps.projection import epsg_for
from maps.replace import replace_layer
from maps.simplify import simplified

__all__ = [
    "LABEL",
    "approximate_fond",
    "cached_fond",
    "epsg_for",
    "replace_layer",
    "simplified",
    "write_geopackage",
]
