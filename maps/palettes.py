"""Palettes of maps and the fixed colours of childcare modes; light to dark means low to high."""

from __future__ import annotations

MAX_CLASSES = 7


def _shades(*lines: str) -> dict[int, tuple[str, ...]]:
    return {len(line.split()): tuple(f"#{shade}" for shade in line.split()) for line in lines}


PALETTES: dict[str, dict[int, tuple[str, ...]]] = {
    "lagune": _shades(
        "E5ECC8 62BCB0 0E506F",
        "F2F1D2 95D4B4 3594A3 074262",
        "F2F1D2 AEDFB7 62BCB0 28809A 074262",
        "F2F1D2 BFE3B9 80CBB2 45A4A9 21738F 074262",
        "F2F1D2 C9E5BB 95D4B4 62BCB0 3594A3 1C6A88 074262",
    ),
    "terre": _shades(
        "F6E8C8 DC9E57 7D4222",
        "F9F0D6 E7C085 C2793D 6C371D",
        "F9F0D6 EDD09C DC9E57 B46632 6C371D",
        "F9F0D6 EFD7A8 E3B372 CD8747 A55C2E 6C371D",
        "F9F0D6 F1DBAF E7C085 DC9E57 C2793D 9C562B 6C371D",
    ),
    "prune": _shades(
        "F2E0F1 BA8FC8 513872",
        "F8E9F6 D5B1D9 946CAD 432D64",
        "F8E9F6 E1C2E2 BA8FC8 805CA0 432D64",
        "F8E9F6 E6CAE6 CAA3D2 A37AB8 735294 432D64",
        "F8E9F6 E9CFE8 D5B1D9 BA8FC8 946CAD 6B4C8B 432D64",
    ),
    "ecart": _shades(
        "F1A340 F7F7F7 998EC3",
        "E66101 FDB863 B2ABD2 5E3C99",
        "E66101 FDB863 F7F7F7 B2ABD2 5E3C99",
        "B35806 F1A340 FEE0B6 D8DAEB 998EC3 542788",
        "B35806 F1A340 FEE0B6 F7F7F7 D8DAEB 998EC3 542788",
    ),
    "ylgnbu": _shades(
        "EDF8B1 7FCDBB 2C7FB8",
        "FFFFCC A1DAB4 41B6C4 225EA8",
        "FFFFCC A1DAB4 41B6C4 2C7FB8 253494",
        "FFFFCC C7E9B4 7FCDBB 41B6C4 2C7FB8 253494",
        "FFFFCC C7E9B4 7FCDBB 41B6C4 1D91C0 225EA8 0C2C84",
    ),
    "bupu": _shades(
        "E0ECF4 9EBCDA 8856A7",
        "EDF8FB B3CDE3 8C96C6 88419D",
        "EDF8FB B3CDE3 8C96C6 8856A7 810F7C",
        "EDF8FB BFD3E6 9EBCDA 8C96C6 8856A7 810F7C",
        "EDF8FB BFD3E6 9EBCDA 8C96C6 8C6BB1 88419D 6E016B",
    ),
    "gris": _shades(
        "F0F0F0 BDBDBD 636363",
        "F7F7F7 CCCCCC 969696 525252",
        "F7F7F7 CCCCCC 969696 636363 252525",
        "F7F7F7 D9D9D9 BDBDBD 969696 636363 252525",
        "F7F7F7 D9D9D9 BDBDBD 969696 737373 525252 252525",
    ),
}
"""Name, number of classes, colours. YlGnBu, BuPu, greys and PuOr (écart): ColorBrewer, Apache 2.0."""

LABELS = {
    "lagune": "Lagune",
    "terre": "Terre",
    "prune": "Prune",
    "ecart": "Écart",
    "ylgnbu": "Jaune, vert, bleu",
    "bupu": "Bleu, violet",
    "gris": "Gris (noir et blanc)",
}
"""French name of each palette, in the order they are offered."""

DIVERGING = frozenset({"ecart"})

NIGHT: dict[str, dict[int, tuple[str, ...]]] = {
    name: {
        count: shades if name in DIVERGING else tuple(reversed(shades)) for count, shades in by_count.items()
    }
    for name, by_count in PALETTES.items()
} | {
    "lagune": _shades(
        "1D4357 2F9090 CEE4A4",
        "1B3A4D 1E6F80 5CB59E E9ECAA",
        "1B3A4D 1B5F76 2F9090 75C6A4 E9ECAA",
        "1B3A4D 1D576E 227D88 49A699 8DCFA2 E9ECAA",
        "1B3A4D 1D5269 1E6F80 2F9090 5CB59E 9CD4A1 E9ECAA",
    ),
}
"""Dark theme of the screen only: what is high stands out from the ground. Paper always uses PALETTES."""

BIVARIATE = (
    "#F1EEE4", "#EBB36B", "#CC6A12",
    "#A5CBD6", "#A79A8C", "#8E4A1C",
    "#2E86AB", "#3F6373", "#24222B",
)  # fmt: skip
"""Two quantities at once: rows are the first (pale to blue), columns the second (pale to orange)."""
BIVARIATE_NIGHT = (
    "#22303A", "#7A5220", "#D98A22",
    "#2E6C86", "#8C7F6C", "#EBB56A",
    "#58B7DA", "#B9D3D2", "#F6F0DC",
)  # fmt: skip
BIVARIATE_GREY = ("#F7F7F7",) * 3 + ("#BDBDBD",) * 3 + ("#737373",) * 3
"""Greys tell the first quantity; the lines over them tell the second."""

MODES = {
    "couv_am": "#5B6FA8",
    "couv_eaje": "#D98E4A",
    "couv_prescol": "#8DA457",
    "couv_gad": "#A77BA5",
}
"""Colour of each childcare mode, fixed for ever, in the order of the segments."""


def palette(name: str, k: int, dark: bool = False) -> tuple[str, ...]:
    """Return k colours « #RRGGBB », low to high; one or two come from the palette of three.

    Raises ValueError for an unknown name or more than seven classes.
    """
    by_count = (NIGHT if dark else PALETTES).get(name)
    if by_count is None or not 0 <= k <= MAX_CLASSES:
        raise ValueError(f"no palette {name} of {k} colours")
    if k >= 3:
        return by_count[k]
    low, middle, high = by_count[3]
    return ((), (middle,), (low, high))[k]


def bivariate_palette(rows: int, columns: int, *, dark: bool = False, grey: bool = False) -> tuple[str, ...]:
    """Return rows × columns colours, row by row, each number from 1 to 3; two classes take the extremes."""
    shades = BIVARIATE_GREY if grey else BIVARIATE_NIGHT if dark else BIVARIATE
    picked = {1: (1,), 2: (0, 2), 3: (0, 1, 2)}
    return tuple(shades[3 * row + column] for row in picked[rows] for column in picked[columns])


def luminance(colour: str) -> float:
    """Return the relative luminance of « #RRGGBB », from 0 to 1. Source: WCAG 2.2."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ink_on(colour: str) -> str:
    """Return the colour of a text on that ground: white where the luminance is under 0.22."""
    return "#FFFFFF" if luminance(colour) < 0.22 else "#1D2429"
