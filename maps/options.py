"""Sheets on offer: A4, A3, A4 upright, wide screen; what each shows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from maps.canvas import Box


@dataclass(frozen=True)
class SheetOptions:
    """What a sheet shows; sizes in points, A4 landscape first."""

    width_pt: float = 842
    height_pt: float = 595
    labels: bool = True
    values: bool = True
    title: bool = True
    legend: bool = True
    scale: bool = True
    north: bool = True
    date: datetime.date | None = None
    grey: bool = False
    textures: bool = False
    """Lines over the classes, so that a grey print is read without colour."""
    author: str = ""
    """Who made the map: « Caf des Deux-Sèvres »."""
    zoom: float = 1.0
    """How much larger letters and lines are than on A4."""

    @property
    def page(self) -> Box:
        """The sheet as it is laid out, before the zoom."""
        return Box(0, 0, self.width_pt / self.zoom, self.height_pt / self.zoom)


SHEETS: dict[str, tuple[float, float, float]] = {
    "a4": (842, 595, 1.0),
    "a4_portrait": (595, 842, 1.0),
    "a3": (1191, 842, 1.25),
    "16:9": (960, 540, 1.2),
}
"""Width, height in points and zoom of each format; 16:9 is a slide of 33.9 × 19.1 cm."""
SHEET_LABELS = {
    "a4": "A4 en largeur",
    "a4_portrait": "A4 en hauteur",
    "a3": "A3 en largeur",
    "16:9": "Diapositive 16/9",
}


def sheet(code: str, options: SheetOptions | None = None) -> SheetOptions:
    """Return the options for a format; raise ValueError for an unknown one."""
    if code not in SHEETS:
        raise ValueError(f"no sheet {code}")
    width, height, zoom = SHEETS[code]
    return replace(options or SheetOptions(), width_pt=width, height_pt=height, zoom=zoom)
