"""Colours of a map on the screen: the night counterpart of a light palette. No Qt here."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from maps.palettes import PALETTES, bivariate_palette
from maps.palettes import palette as palette_of

if TYPE_CHECKING:
    from maps.choropleth import Choropleth


def shades(choropleth: Choropleth, dark: bool) -> tuple[str, ...]:
    """Colours of the classes for a theme; a palette that is nobody's keeps its colours."""
    light = choropleth.palette
    second = choropleth.second
    if not dark or not light or (choropleth.textures and choropleth.class_labels):
        return light  # lines over two plain colours: the same ink by day and by night
    if second is not None:
        return bivariate_palette(len(second.first.counts), len(second.classes.counts), dark=True)
    return _night().get(light) or tuple(_single().get(colour, colour) for colour in light)


@cache
def _night() -> dict[tuple[str, ...], tuple[str, ...]]:
    return {palette_of(name, k): palette_of(name, k, dark=True) for name in PALETTES for k in range(1, 8)}


@cache
def _single() -> dict[str, str]:
    """Colour by colour, from the palettes of five classes: for a map that takes one of them alone."""
    found: dict[str, str] = {}
    for name in PALETTES:
        found.update(zip(palette_of(name, 5), palette_of(name, 5, dark=True), strict=True))
    return found
