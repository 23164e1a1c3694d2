"""Read what people type for a field of the register: a value, or the error that says why it is refused."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from app.domain.french import fold
from app.domain.numbers import parse_number, parse_year, plain_text
from app.domain.register_errors import (
    MissingEntry,
    NegativeNumber,
    NotADate,
    NotANumber,
    NotWhole,
    OutOfRange,
    TooLong,
    UnknownChoice,
)
from app.domain.register_lists import find_choice, load_choices, load_kinds

if TYPE_CHECKING:
    from app.domain.register_fields import FieldSpec

TEXT_AT_MOST = 2_000
TRUE_WORDS = {"oui", "o", "vrai", "true", "1", "x", "yes"}
FALSE_WORDS = {"non", "n", "faux", "false", "0", "no"}
UNKNOWN_WORDS = {"", "inconnu", "nd", "n d", "nc", "n c", "non renseigne", "ne sait pas"}
SIGNED = {"lon", "lat"}
"""Fields where a number below zero is natural."""

_MONTHS = ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre",
           "novembre", "decembre")  # fmt: skip
_ISO = re.compile(r"(?P<year>[0-9]{4})[-/](?P<month>[0-9]{1,2})[-/](?P<day>[0-9]{1,2})(?:[T ].*)?")
_SLASHED = re.compile(r"(?P<day>[0-9]{1,2})[-/.](?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})(?: .*)?")
_LONG = re.compile(r"(?P<day>[0-9]{1,2})(?:er)? (?P<month>[a-z]+) (?P<year>[0-9]{4})")


def parse_date(text: str) -> datetime.date | None:
    """Return the day of « 2025-03-05 », « 05/03/2025 » or « 5 mars 2025 »; None if it does not exist."""
    plain = plain_text(text)
    match = _ISO.fullmatch(plain) or _SLASHED.fullmatch(plain) or _LONG.fullmatch(fold(plain))
    if match is None:
        return None
    found = match.groupdict()
    month = found["month"]
    if not month.isdigit():
        month = str(_MONTHS.index(month) + 1) if month in _MONTHS else "0"
    try:
        day = datetime.date(int(found["year"]), int(month), int(found["day"]))
    except ValueError:
        return None
    return day if parse_year(day) is not None else None


def read_entry(spec: FieldSpec, text: str) -> object:
    """Return the value of a text for a field, None for an empty one (an empty text for a field of text).

    Communes and points are read elsewhere, since they need the territory. Raises a RegisterRefusal.
    """
    text = text.strip()
    if spec.kind == "text":
        return read_text(spec.code, text)
    if fold(text) in UNKNOWN_WORDS:
        return "" if spec.choices and spec.code not in ("kind", "status") else None
    if spec.kind in ("integer", "number"):
        return read_number(spec.code, text, whole=spec.kind == "integer", high=spec.high)
    if spec.kind == "date":
        return read_date(spec.code, text)
    if spec.kind == "boolean":
        return read_truth(spec.code, text)
    return read_choice(spec.code, text, spec.choices)


def read_text(field: str, text: str, *, required: bool = False) -> str:
    """Return a text on one line of words. Raises MissingEntry, TooLong."""
    text = " ".join(text.split())
    if required and not text:
        raise MissingEntry(field)
    if len(text) > TEXT_AT_MOST:
        raise TooLong(field, text[:40], limit=TEXT_AT_MOST)
    return text


def read_number(field: str, text: str, *, whole: bool = False, high: float = 0) -> float | int:
    """Return a number. Raises NotANumber, NegativeNumber, NotWhole, OutOfRange."""
    number = parse_number(text)
    if number is None:
        raise NotANumber(field, text)
    return checked_number(field, number, whole=whole, high=high)


def checked_number(field: str, number: float, *, whole: bool = False, high: float = 0) -> float | int:
    """Return a number within its bounds. Raises NegativeNumber, NotWhole, OutOfRange."""
    low = -high if field in SIGNED else 0
    if number < 0 and field not in SIGNED:
        raise NegativeNumber(field, f"{number:g}")
    if whole and not float(number).is_integer():
        raise NotWhole(field, f"{number:g}")
    if high and not low <= number <= high:
        raise OutOfRange(field, f"{number:g}", low=low, high=high)
    return int(number) if whole else float(number)


def read_date(field: str, text: str) -> datetime.date:
    """Return a day; a year alone is its first day. Raises NotADate."""
    found = parse_date(text)
    if found is None:
        year = parse_year(text) if parse_number(text) is not None else None
        if year is None:
            raise NotADate(field, text)
        return datetime.date(year, 1, 1)
    return found


def is_year_only(text: str) -> bool:
    """True for « 2014 »: a date of which only the year is known."""
    return parse_date(text) is None and parse_number(text) is not None and parse_year(text) is not None


def read_truth(field: str, text: str) -> bool:
    """Return True or False for « oui » or « non ». Raises UnknownChoice."""
    word = fold(text)
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise UnknownChoice(field, text, choices=("oui", "non"))


def read_choice(field: str, text: str, name: str) -> str:
    """Return the code of a word of a list. Raises UnknownChoice."""
    options = load_kinds() if name == "kind" else load_choices(name)
    code = find_choice(text, options.values())
    if code is None:
        raise UnknownChoice(field, text, choices=tuple(option.label for option in options.values()))
    return code
