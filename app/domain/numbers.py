"""Read a number or a year as people and files write them, whatever the spaces and the decimal sign."""

from __future__ import annotations

import datetime
import math
import re
import unicodedata

FIRST_YEAR = 1900
LAST_YEAR = 2100

_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2010": "-", "\u2011": "-"})
_INVISIBLE = re.compile("[\ufeff\u200b\u2060\u200e\u200f]")
_EXPONENT = r"(?:[eE][+-]?[0-9]{1,3})?"
_PLAIN = re.compile(rf"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+){_EXPONENT}")
_GROUPED = {
    # grouping sign -> (whole pattern, decimal signs that may follow)
    " ": re.compile(r"[+-]?[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?"),
    "'": re.compile(r"[+-]?[0-9]{1,3}(?:'[0-9]{3})+(?:[.,][0-9]+)?"),
    ".": re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[+-]?[0-9]{1,3}(?:\.[0-9]{3}){2,}"),
    ",": re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[+-]?[0-9]{1,3}(?:,[0-9]{3}){2,}"),
}
_DATES = (
    re.compile(r"(?P<year>[0-9]{4})(?:\.0+)?"),
    re.compile(r"(?P<year>[0-9]{4})[-/](?:0?[1-9]|1[0-2])"),
    re.compile(r"(?P<year>[0-9]{4})[-/](?P<month>[0-9]{1,2})[-/](?P<day>[0-9]{1,2})(?:[T ][0-9:.+Z-]*)?"),
    re.compile(r"(?P<day>[0-9]{1,2})[-/.](?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})(?: [0-9:.]*)?"),
)


def plain_text(text: str) -> str:
    """Return the text with ordinary spaces, hyphens and apostrophes, trimmed, invisible signs removed."""
    if text.isascii():
        return text.strip()
    text = _INVISIBLE.sub("", text).translate(_MINUS).replace("\u2019", "'")
    return "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in text).strip()


def parse_number(text: str) -> float | None:
    """Return the number written in text, or None if it is not one.

    Spaces of every kind and apostrophes separate thousands by groups of three; a lone comma or point is the
    decimal sign (so « 1,234 » is 1.234); where both are present the last one is. Signs include U+2212. No
    unit, no infinity, no digit of another script.
    """
    text = plain_text(text)
    if text[:1] in "+-":
        text = text[:1] + text[1:].lstrip()
    if _PLAIN.fullmatch(text):
        return _finite(text.replace(",", "."))
    for sign, pattern in _GROUPED.items():
        if sign in text and pattern.fullmatch(text):
            return _finite(text.replace(sign, "").replace(",", "."))
    return None


def _finite(text: str) -> float | None:
    value = float(text)
    return value if math.isfinite(value) else None


def parse_year(raw: object) -> int | None:
    """Return the year of 2023, 2023.0, "2023", "2023-12", "2023-01-01", "01/01/2023" or of a date, else None.

    Only years from 1900 to 2100, and days that exist.
    """
    if isinstance(raw, bool) or raw is None:
        return None
    if isinstance(raw, datetime.date):
        return _plausible(raw.year)
    if isinstance(raw, int | float):
        return _plausible(int(raw)) if math.isfinite(raw) and raw == int(raw) else None
    return _year_of_text(plain_text(str(raw)))


def _year_of_text(text: str) -> int | None:
    for pattern in _DATES:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        found = {name: int(digits) for name, digits in match.groupdict().items()}
        if "day" in found and not _exists(found["year"], found["month"], found["day"]):
            return None
        return _plausible(found["year"])
    return None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def _plausible(year: int) -> int | None:
    return year if FIRST_YEAR <= year <= LAST_YEAR else None
