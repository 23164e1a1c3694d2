"""Figures of one territory before they are values: number, certainty, formula with the numbers inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain import french
from app.domain.coverage import Certainty, Count, Share
from app.domain.indicator import Indicator, Provenance, Value, ValueState, ValueStatus
from app.domain.territory import Level

REGISTER = "Registre des équipements"


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of one territory; number None is an absence. parts: codes of the figures it rests on."""

    number: float | None = None
    certainty: Certainty = Certainty.UNKNOWN
    formula: str = ""
    year: int | None = None
    estimated: bool = False
    fictitious: bool = False
    origins: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def state(self) -> ValueState:
        """Value, zero, or no data."""
        if self.number is None:
            return ValueState.NO_DATA
        return ValueState.ZERO if self.number == 0 else ValueState.VALUE


NOTHING = Cell()


def of_count(count: Count, origins: Sequence[str] = (), fictitious: bool = False) -> Cell:
    """A count of structures as a figure."""
    words = f"{french.number(count.number)} ({count.source})" if count.number is not None else ""
    return Cell(
        count.number,
        count.certainty,
        words,
        count.year,
        count.estimated,
        fictitious,
        tuple(origins) or ((count.origin,) if count.origin else ()),
    )


def of_share(share: Share, year: int, origins: tuple[str, ...] = ()) -> Cell:
    """A share as a percentage: exact when nothing is unknown, a lower bound above zero, else unknown.

    A lower bound of zero says nothing.
    """
    if not share.total:
        return NOTHING
    words = f"{french.number(share.covered)} ÷ {french.number(share.total)} × 100"
    if share.unknown == 0:
        return Cell(
            share.rate, Certainty.EXACT, f"{words} = {french.number(share.rate)}", year, origins=origins
        )
    if not share.covered:
        return NOTHING
    words += f", {french.number(share.unknown)} sans réponse"
    return Cell(share.low, Certainty.AT_LEAST, words, year, origins=origins)


def added(cells: Sequence[Cell]) -> Cell:
    """Sum of figures: exact if all are, a lower bound if some is known above zero, else unknown."""
    known = [cell for cell in cells if cell.number is not None]
    total = sum(cell.number or 0.0 for cell in known)
    exact = bool(cells) and all(cell.certainty is Certainty.EXACT for cell in cells)
    if not exact and total <= 0:
        return NOTHING
    words = " + ".join(french.number(cell.number, _decimals(cell.number)) for cell in known)
    return Cell(
        total,
        Certainty.EXACT if exact else Certainty.AT_LEAST,
        f"{words} = {french.number(total, _decimals(total))}" if len(known) > 1 else known[0].formula,
        max((cell.year for cell in known if cell.year), default=None),
        any(cell.estimated for cell in known),
        any(cell.fictitious for cell in known),
        tuple(dict.fromkeys(origin for cell in known for origin in cell.origins)),
    )


def ratio(
    numerator: Cell, denominator: Cell, base: float, decimals: int, parts: tuple[str, ...] = ()
) -> Cell:
    """numerator / denominator x base, recomputed from counts.

    A numerator that is « au moins » gives a rate that is « au moins »; a denominator that is, or is not above
    zero, gives nothing: the rate could be on either side.
    """
    if numerator.number is None or denominator.number is None:
        return NOTHING
    if denominator.certainty is not Certainty.EXACT or denominator.number <= 0:
        return NOTHING
    if numerator.certainty is Certainty.AT_LEAST and numerator.number <= 0:
        return NOTHING
    result = numerator.number / denominator.number * base
    factor = f" × {french.number(base)}" if base != 1 else ""
    top, bottom = (french.number(n, _decimals(n)) for n in (numerator.number, denominator.number))
    return Cell(
        result,
        numerator.certainty,
        f"{top} ÷ {bottom}{factor} = {french.number(result, decimals)}",
        numerator.year,
        numerator.estimated or denominator.estimated,
        numerator.fictitious or denominator.fictitious,
        tuple(dict.fromkeys((*numerator.origins, *denominator.origins))),
        parts,
    )


def _decimals(number: float | None) -> int:
    return 0 if number is None or float(number).is_integer() else 1


def to_value(
    cells: Mapping[str, Cell], indicator: Indicator, level: Level, code: str, year: int, *,
    dictionary: Mapping[str, Indicator],
) -> Value:  # fmt: skip
    """A figure as a Value with its provenance, its formula and its parts.

    dictionary: figures by code, for the parts. A lower bound begins its formula with « au moins ».
    """
    cell = cells.get(indicator.code, NOTHING)
    known = cell.state.is_known
    at_least = f"au moins{french.THIN}: " if known and cell.certainty is Certainty.AT_LEAST else ""
    return Value(
        indicator=indicator,
        level=level,
        code=code,
        year=cell.year or year,
        number=cell.number,
        state=cell.state,
        status=ValueStatus.PROVISIONAL if at_least else ValueStatus.CONSOLIDATED,
        estimated=cell.estimated,
        fictitious=cell.fictitious,
        provenance=tuple(Provenance(origin, "", "", "", None, None, "") for origin in cell.origins),
        formula=f"{at_least}{cell.formula}" if cell.formula else "",
        parts=tuple(
            to_value(cells, dictionary[part], level, code, year, dictionary=dictionary)
            for part in cell.parts
            if part in dictionary
        ),
    )
