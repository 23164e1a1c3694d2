"""Cut the static fonts of the application from the variable Inter: `python cut_fonts.py [folder of Inter]`.

Needs fontTools and the Debian package fonts-inter-variable. Two families come out: Inter (screen), with its
OpenType features, and Maillage Sans (paper), whose digits and comma are the tabular ones, for writers of PDF
that ignore OpenType features. Same input, same bytes.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ORIGIN = Path("/usr/share/fonts/truetype/inter-vf")
TARGET = Path(__file__).parents[1] / "fonts"
TABULAR = "0123456789,."
WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x2C6, 0x2DD), (0x300, 0x308), (0x2007, 0x2027),
    (0x202F, 0x203A), (0x2070, 0x209C), (0x2190, 0x2199),
)  # fmt: skip
SIGNS = "ʳˢᵈᵉȷ⁄€№™Δ−∕∙√∞≈≠≤≥■□▲△▼▽◆◇○●◌✓✗\u2002\u2003\u2027\ufb01\ufb02"
FEATURES = ["tnum", "kern", "mark", "mkmk", "ccmp", "locl", "case", "sups", "calt"]


@dataclass(frozen=True)
class Cut:
    """One static font: file of origin, family, weight, and whether its digits become tabular."""

    origin: str
    family: str
    weight: int
    tabular: bool = False

    @property
    def style(self) -> str:
        """Name of the weight."""
        return WEIGHTS[self.weight]

    @property
    def file(self) -> str:
        """Name of the file, without spaces."""
        return f"{self.family.replace(' ', '')}-{self.style}.ttf"


CUTS = (
    *(Cut("Inter-roman.var.ttf", "Inter", weight) for weight in WEIGHTS),
    Cut("InterDisplay-roman.var.ttf", "Inter Display", 600),
    *(Cut("Inter-roman.var.ttf", "Maillage Sans", weight, tabular=True) for weight in (400, 600, 700)),
)


def tabular_glyphs(font: TTFont) -> dict[str, str]:
    """Glyph replaced by tnum, to its tabular form."""
    table = font["GSUB"].table
    lookups = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for index in record.Feature.LookupListIndex
    }
    pairs: dict[str, str] = {}
    for index in sorted(lookups):
        for subtable in table.LookupList.Lookup[index].SubTable:
            pairs.update(getattr(subtable, "ExtSubTable", subtable).mapping)
    return pairs


def point_to_tabular(font: TTFont) -> None:
    """Make the character map give the tabular digits, comma and point."""
    pairs = tabular_glyphs(font)
    for subtable in font["cmap"].tables:
        if subtable.isUnicode():
            for sign in TABULAR:
                glyph = subtable.cmap[ord(sign)]
                subtable.cmap[ord(sign)] = pairs.get(glyph, glyph)


def wanted(font: TTFont) -> list[int]:
    """Code points to keep: Latin letters and the signs the application prints."""
    asked = {point for first, last in RANGES for point in range(first, last + 1)} | {ord(c) for c in SIGNS}
    return sorted(asked & set(font.getBestCmap()))


def subset(font: TTFont, *, features: list[str]) -> None:
    """Keep only the wanted signs, the given features, and names."""
    options: Any = Options()
    options.layout_features = features
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted(font))
    subsetter.subset(font)


def rename(font: TTFont, cut: Cut) -> None:
    """Write the names and the weight so that systems group the four weights under one family."""
    linked = cut.style in {"Regular", "Bold"}
    names = font["name"]
    kept = {i: names.getDebugName(i) for i in (0, 5, 7, 13, 14)}
    names.names = []
    values = {
        **kept,
        1: cut.family if linked else f"{cut.family} {cut.style}",
        2: cut.style if linked else "Regular",
        3: f"{kept[5]};{cut.file.removesuffix('.ttf')}",
        4: f"{cut.family} {cut.style}",
        6: cut.file.removesuffix(".ttf"),
        16: cut.family,
        17: cut.style,
    }
    for number, text in sorted(values.items()):
        if text:
            names.setName(text, number, 3, 1, 0x409)
    os2, bold = font["OS/2"], cut.style == "Bold"
    os2.usWeightClass = cut.weight
    os2.fsSelection = (os2.fsSelection & ~0x61) | (0x20 if bold else 0x40 if linked else 0)
    font["head"].macStyle = 1 if bold else 0


def write(cut: Cut, origin: Path, target: Path) -> Path:
    """Cut one font and return its file."""
    variable = TTFont(origin / cut.origin, recalcTimestamp=False)
    font = instantiateVariableFont(variable, {"wght": cut.weight})
    if cut.tabular:
        point_to_tabular(font)
    subset(font, features=["kern"] if cut.tabular else FEATURES)
    for table in ("STAT", "MVAR", "DSIG"):
        if table in font:
            del font[table]
    rename(font, cut)
    path = target / cut.file
    font.save(path)
    return path


def main() -> None:
    """Write every font and say its size."""
    origin = Path(sys.argv[1]) if len(sys.argv) > 1 else ORIGIN
    for cut in CUTS:
        path = write(cut, origin, TARGET)
        sys.stdout.write(f"{path.name}\t{path.stat().st_size}\n")


if __name__ == "__main__":
    main()
