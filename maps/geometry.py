"""Outlines of communes, Epci and départements: what the rest of the application uses of them."""

from __future__ import annotations

from maps.approximate import LABEL, approximate_fond
from maps.projection import epsg_for

__all__ = ["LABEL", "approximate_fond", "epsg_for"]
