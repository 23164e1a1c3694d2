"""The same map for a black and white printer: greys, lines where greys cannot tell, dark signs."""

from __future__ import annotations

from dataclasses import replace

from maps.canvas import SELECTION
from maps.choropleth import Choropleth
from maps.palettes import bivariate_palette, palette


def in_grey(choropleth: Choropleth) -> Choropleth:
    """Return the map in greys; diverging and bivariate ones have lines too: greys have one direction."""
    points = tuple(
        replace(layer, kinds=tuple(replace(kind, colour=SELECTION) for kind in layer.kinds))
        for layer in choropleth.points
    )
    zones = tuple(replace(layer, colour=SELECTION) for layer in choropleth.zones)
    second = choropleth.second
    if second is not None:
        shades = bivariate_palette(len(second.first.counts), len(second.classes.counts), grey=True)
    elif choropleth.middle is not None:
        shades = _both_ways(choropleth)
    else:
        shades = palette("gris", len(choropleth.palette))
    lined = choropleth.textures or second is not None or choropleth.middle is not None
    return replace(choropleth, palette=shades, points=points, zones=zones, textures=lined)


def _both_ways(choropleth: Choropleth) -> tuple[str, ...]:
    """Darker away from the reference on both sides; lines say the side."""
    count = len(choropleth.palette)
    below = count // 2
    ramp = palette("gris", max(count - below, below) + 1)
    return (*reversed(ramp[:below]), *ramp[: count - below])
