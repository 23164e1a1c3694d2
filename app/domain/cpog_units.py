"""Typed units of indicators: how a number is written, what it may be, in what its gaps are said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.french import NBSP, THIN, fold, number


@dataclass(frozen=True, slots=True)
class Unit:
    """code as stored; suffix after a number; gap: unit of a difference; low, high: natural bounds."""

    code: str
    label: str
    suffix: str
    gap: str
    decimals: int
    low: float | None = 0.0
    high: float | None = None
    written: tuple[str, ...] = ()
    """Folded texts that a person may type after a number."""


UNITS: Mapping[str, Unit] = {
    unit.code: unit
    for unit in (
        Unit("%", "%", f"{THIN}%", "points", 1, 0.0, 100.0, ("%", "pour cent")),
        Unit("nombre", "nombre", "", "", 0),
        Unit("jours", "jours", f"{NBSP}j", "jours", 1, 0.0, None, ("j", "jour", "jours")),
        Unit("eur", "€", f"{THIN}€", "€", 2, None, None, ("€", "eur", "euro", "euros")),
        Unit("m2", "m²", f"{NBSP}m²", "m²", 2, 0.0, None, ("m2", "m²")),
        Unit("ratio", "ratio", "", "", 1, None),
        Unit("heures", "heures", f"{NBSP}h", "heures", 0, 0.0, None, ("h", "heure", "heures")),
        Unit("places", "places", "", "places", 0, None, None, ("place", "places")),
        Unit("etp", "ETP", f"{NBSP}ETP", "ETP", 1, None, None, ("etp",)),
        Unit("etpma", "ETPMA", f"{NBSP}ETPMA", "ETPMA", 1, None, None, ("etpma",)),
    )
}
"""No number is ever added to one of another unit: ETP and ETPMA are two units."""


def unit_of(code: str) -> Unit:
    """Return a unit; a code that is not in the list is a unit of its own, without bounds."""
    return UNITS.get(code) or Unit(
        code, code, f"{NBSP}{code}" if code else "", code, 1, None, None, (fold(code),)
    )


def unit_written(text: str) -> Unit | None:
    """Return the unit that a text after a number names, None if it names none."""
    wanted = " ".join(text.casefold().split())
    return next((unit for unit in UNITS.values() if wanted in unit.written), None)


def with_unit(value: float | None, code: str, decimals: int) -> str:
    """Return « 67,2 % », « 16 j », « n.d. »."""
    return number(value, decimals) + (unit_of(code).suffix if value is not None else "")


def gap_text(difference: float, code: str, decimals: int) -> str:
    """Return « −15 points », « +0,5 jour »: French is plural from 2."""
    unit = unit_of(code).gap
    shown = number(difference, decimals, signed=True)
    if abs(round(difference, decimals)) < 2:
        unit = unit.removesuffix("s")
    return f"{shown}{NBSP}{unit}" if unit else shown
