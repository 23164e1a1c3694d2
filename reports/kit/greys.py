"""Greys of a booklet for a black and white printer: series far apart, everything else by its lightness."""

from __future__ import annotations

from functools import lru_cache

SERIES = {
    "#17536B": "#2E2E2E",
    "#D98E4A": "#9B9B9B",
    "#8DA457": "#B4B4B4",
    "#A77BA5": "#6B6B6B",
    "#5B6FA8": "#484848",
    "#B9B4A9": "#CFCFCF",
    "#62BCB0": "#858585",
    "#7D4222": "#5A5A5A",
    "#8FB3C1": "#BDBDBD",
    "#9A5200": "#3A3A3A",
}
"""Colour of a series, of what is studied, of its peers and of references -> its grey."""


@lru_cache(maxsize=256)
def grey_of(code: str) -> str:
    """Return the grey of « #RRGGBB »; one of a series has its own, apart from its neighbours."""
    found = SERIES.get(code.upper())
    if found is not None:
        return found
    red, green, blue = (int(code[at : at + 2], 16) for at in (1, 3, 5))
    level = round(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return f"#{level:02X}{level:02X}{level:02X}"
