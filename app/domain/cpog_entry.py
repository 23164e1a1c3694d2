"""Read what a person typed in one cell of the grid: a number with its unit, or one of the states."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.cpog import CpogIndicator
from app.domain.cpog_units import Unit, unit_of, unit_written, with_unit
from app.domain.french import THIN, fold, number
from app.domain.indicator import ValueState
from app.domain.numbers import parse_number, plain_text

_STATES: dict[str, ValueState] = {
    "nd": ValueState.NO_DATA,
    "n d": ValueState.NO_DATA,
    "non disponible": ValueState.NO_DATA,
    "x": ValueState.NO_DATA,
    "np": ValueState.NOT_PUBLISHED,
    "n p": ValueState.NOT_PUBLISHED,
    "non publie": ValueState.NOT_PUBLISHED,
    "s": ValueState.MASKED,
    "secret": ValueState.MASKED,
}
"""Folded texts understood as states; X is « pas de cible » or « sans objet », and stays as printed."""
_EMPTY = frozenset({"", "·", "-", "–", "—", "…"})
_PRECISIONS = ("près de", "environ", "plus de", "moins de", "au moins", "au plus", "de l'ordre de")
_SIGNS = {"≈": "environ", "~": "environ", "env.": "environ"}
_MULTIPLES = {"k€": 1e3, "m€": 1e6, "md€": 1e9}
_SPLIT = re.compile(r"(?P<number>[+-]?\s*[0-9][0-9\s.,']*)(?P<unit>[^0-9]*)")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says; problem: code of a refusal, with its French sentence. empty: nothing was typed."""

    number: float | None = None
    state: ValueState = ValueState.NO_DATA
    precision: str = ""
    printed: str = ""
    empty: bool = False
    problem: str = ""
    sentence: str = ""


def read_cell(indicator: CpogIndicator, text: str) -> Cell:
    """Read a cell for an indicator: French numbers with any space, its unit or none, ND, X, NP, s.

    « près de 81 % » keeps its precision. A number in another unit, or outside the bounds, is a problem.
    """
    plain = plain_text(text)
    if plain in _EMPTY:
        return Cell(empty=True)
    state = _STATES.get(fold(plain).strip())
    if state is not None:
        return Cell(state=state, printed=plain)
    precision, rest = _precision(plain)
    return _number_cell(indicator, text, precision, rest)


def _precision(text: str) -> tuple[str, str]:
    lowered = text.casefold()
    for word in _PRECISIONS:
        if lowered.startswith(word):
            return word.replace("'", "’"), text[len(word) :].strip()
    for sign, word in _SIGNS.items():
        if lowered.startswith(sign):
            return word, text[len(sign) :].strip()
    return "", text


def _number_cell(indicator: CpogIndicator, typed: str, precision: str, rest: str) -> Cell:
    match = _SPLIT.fullmatch(rest)
    value = parse_number(match["number"].strip()) if match else parse_number(rest)
    if value is None:
        return _refused("not_a_number", f"«\u202f{typed.strip()}\u202f» n’est pas un nombre.")
    suffix = match["unit"].strip() if match else ""
    multiple = _MULTIPLES.get(suffix.casefold().replace(" ", "")) if indicator.unit == "eur" else None
    if multiple is not None:
        value, suffix = value * multiple, ""
    problem = _unit_problem(indicator, suffix) or bounds_problem(indicator, value)
    if problem is not None:
        return problem
    state = ValueState.ZERO if value == 0 else ValueState.VALUE
    return Cell(value, state, precision, plain_text(typed))


def _refused(code: str, sentence: str) -> Cell:
    return Cell(problem=code, sentence=sentence)


def _unit_problem(indicator: CpogIndicator, suffix: str) -> Cell | None:
    if not suffix:
        return None
    unit = unit_of(indicator.unit)
    own = {fold(indicator.unit), fold(indicator.unit_detail)} - {""}
    if suffix.casefold() in unit.written or fold(suffix) in own:
        return None
    other = unit_written(suffix)
    wanted = f"unité attendue{THIN}: {_unit_words(indicator, unit)}."
    if other is not None:
        return _refused("wrong_unit", f"Valeur en {other.label}, {wanted}")
    return _refused("unknown_unit", f"«\u202f{suffix}\u202f» n’est pas une unité connue, {wanted}")


def _unit_words(indicator: CpogIndicator, unit: Unit) -> str:
    return indicator.unit_detail or unit.label


def bounds_problem(indicator: CpogIndicator, value: float) -> Cell | None:
    """Return a refusal if the value is outside the bounds of the indicator, or of its unit."""
    unit = unit_of(indicator.unit)
    low = indicator.low if indicator.low is not None else unit.low
    high = indicator.high if indicator.high is not None else unit.high
    if (low is None or value >= low) and (high is None or value <= high):
        return None
    shown = with_unit(value, indicator.unit, _needed(value, indicator.decimals))
    if low is not None and high is not None:
        span = f"entre {number(low, _needed(low, 0))} et {with_unit(high, indicator.unit, _needed(high, 0))}"
    elif low is not None:
        span = f"à partir de {with_unit(low, indicator.unit, _needed(low, 0))}"
    else:
        span = f"jusqu’à {with_unit(high, indicator.unit, _needed(high or 0.0, 0))}"
    return _refused("out_of_bounds", f"{shown} est hors des bornes de cet indicateur, attendu {span}.")


def _needed(value: float, decimals: int) -> int:
    """A whole number needs no decimals, another one at least one."""
    return 0 if float(value).is_integer() else max(decimals, 1)
