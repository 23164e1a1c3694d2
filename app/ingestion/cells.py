"""Read one cell: a number, or one of the states that stand for a missing number."""

from __future__ import annotations

import datetime
import math
import re
from dataclasses import dataclass

from app.domain.french import fold
from app.domain.indicator import ValueState
from app.domain.numbers import parse_number, plain_text

_WORDS = {
    # folded word -> state; « - » and « /// » are folded to nothing and told apart below
    "nd": ValueState.NO_DATA,
    "n d": ValueState.NO_DATA,
    "na": ValueState.NO_DATA,
    "n a": ValueState.NO_DATA,
    "nan": ValueState.NO_DATA,
    "null": ValueState.NO_DATA,
    "none": ValueState.NO_DATA,
    "nr": ValueState.NO_DATA,
    "non disponible": ValueState.NO_DATA,
    "non renseigne": ValueState.NO_DATA,
    "donnee manquante": ValueState.NO_DATA,
    "np": ValueState.NOT_PUBLISHED,
    "n p": ValueState.NOT_PUBLISHED,
    "ns": ValueState.NOT_PUBLISHED,
    "n s": ValueState.NOT_PUBLISHED,
    "x": ValueState.NOT_PUBLISHED,
    "non publie": ValueState.NOT_PUBLISHED,
    "non diffuse": ValueState.NOT_PUBLISHED,
    "non significatif": ValueState.NOT_PUBLISHED,
    "s": ValueState.MASKED,
    "ss": ValueState.MASKED,
    "c": ValueState.MASKED,
    "secret": ValueState.MASKED,
    "secret statistique": ValueState.MASKED,
}
_SIGNS = re.compile(r"(?:-+|/+|\.{2,}|…|\*+|#N/?A|#N/D|#VALEUR!|#DIV/0!)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell understood: number is None unless state is VALUE or ZERO; problem is a rule code, or empty."""

    number: float | None
    state: ValueState
    problem: str = ""
    written: bool = True
    """False for an empty cell, as opposed to a word such as « n.d. »."""


EMPTY = Cell(None, ValueState.NO_DATA, written=False)
_BAD = Cell(None, ValueState.NO_DATA, "not_a_number")


class CellReader:
    """Read cells, remembering the texts already met: official files repeat few of them."""

    KEPT = 50_000

    def __init__(self) -> None:
        self._known: dict[object, Cell] = {}

    def read(self, raw: object) -> Cell:
        """Return the cell; raw is a str from a text file, or what a workbook holds."""
        if type(raw) is not str:
            return _typed(raw)
        found = self._known.get(raw)
        if found is None:
            found = _text(raw)
            if len(self._known) < self.KEPT:
                self._known[raw] = found
        return found


def _typed(raw: object) -> Cell:
    if raw is None:
        return EMPTY
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _number(float(raw)) if math.isfinite(raw) else Cell(None, ValueState.NO_DATA)
    return _BAD


def _text(raw: str) -> Cell:
    text = plain_text(raw)
    if not text:
        return EMPTY
    number = parse_number(text)
    if number is not None:
        return _number(number)
    if _SIGNS.fullmatch(text):
        return Cell(None, ValueState.NO_DATA)
    state = _WORDS.get(fold(text))
    return _BAD if state is None else Cell(None, state)


def _number(number: float) -> Cell:
    return Cell(0.0, ValueState.ZERO) if number == 0 else Cell(number, ValueState.VALUE)


def as_text(raw: object) -> str:
    """Return what a person would read in the cell: whole floats without « .0 », dates as 2023-01-01."""
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    if isinstance(raw, datetime.datetime):
        return raw.date().isoformat()
    return str(raw)
