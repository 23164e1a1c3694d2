"""French typography of numbers, dates and texts; Babel is imported at the first number, not at start."""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from app.domain.indicator import ValueState

THIN = "\u202f"
"""Narrow no-break space: thousands, before ; : ! ? % and inside « »."""
NBSP = "\u00a0"
"""No-break space between a number and its noun."""
MINUS = "\u2212"

NO_DATA = "n.d."
NOT_PUBLISHED = "n.p."
MASKED = "s"

LOCALE = "fr"
MOST_DIGITS = 20
"""Beyond it, more digits than a decimal context holds: there is nothing left to round."""

_STATE_TEXTS = {
    ValueState.NO_DATA: NO_DATA,
    ValueState.NOT_PUBLISHED: NOT_PUBLISHED,
    ValueState.MASKED: MASKED,
}


def number(x: float | None, decimals: int = 0, signed: bool = False) -> str:
    """Return x as « 375 229 », « 67,2 » or « −1,3 »; None, NaN and infinities give « n.d. ».

    Halves go away from zero, on the digits a reader sees (0,25 gives 0,3). A number that rounds to zero
    has no sign. signed adds + before what is above zero.
    """
    if x is None or not math.isfinite(x):
        return NO_DATA
    exact = Decimal(repr(float(x))) if isinstance(x, float) else Decimal(str(x))
    if exact.adjusted() > MOST_DIGITS:
        return _sign(exact, signed) + f"{abs(exact):,.0f}".replace(",", THIN)
    rounded = _rounded(exact, decimals)
    return _sign(rounded, signed) + _written(abs(rounded), decimals)


@lru_cache(maxsize=16384)
def _written(rounded: Decimal, decimals: int) -> str:
    """Write a number at or above zero; a paper writes the same ones over and over."""
    return str(_pattern(decimals).apply(rounded, _locale()))


@lru_cache(maxsize=32)
def _pattern(decimals: int) -> Any:
    from babel.numbers import parse_pattern

    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals else ""))


@lru_cache(maxsize=1)
def _locale() -> Any:
    from babel import Locale

    return Locale.parse(LOCALE)


def _rounded(exact: Decimal, decimals: int) -> Decimal:
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _sign(rounded: Decimal, signed: bool) -> str:
    if rounded < 0:
        return MINUS
    return "+" if signed and rounded > 0 else ""


def value_text(number_: float | None, state: ValueState, decimals: int) -> str:
    """Return what a cell shows for one of the five states: « 67,2 », « 0 », « n.d. », « n.p. », « s »."""
    if state is ValueState.ZERO:
        return "0"
    if state is ValueState.VALUE:
        return number(number_, decimals)
    return _STATE_TEXTS[ValueState(state)]


def percent(x: float | None, decimals: int = 1) -> str:
    """Return « 81,7 % » for 81.7: x is already a percentage. None and NaN give « n.d. »."""
    text = number(x, decimals)
    return text if text == NO_DATA else f"{text}{THIN}%"


def long_date(date: datetime.date) -> str:
    """Return « 5 mars 2025 », and « 1er mars 2025 » for the first day."""
    day = "1er" if date.day == 1 else str(date.day)
    return f"{day} {_month_name(date.month)} {date.year}"


@lru_cache(maxsize=12)
def _month_name(month: int) -> str:
    from babel.dates import get_month_names

    return str(get_month_names("wide", locale=_locale())[month])


def short_date(date: datetime.date) -> str:
    """Return « 05/03/2025 »."""
    return _short_date(date.toordinal())


@lru_cache(maxsize=4096)
def _short_date(ordinal: int) -> str:
    from babel.dates import format_date

    return str(format_date(datetime.date.fromordinal(ordinal), "dd/MM/yyyy", locale=_locale()))


def plural(n: float, singular: str, plural_: str | None = None) -> str:
    """Return the number with its noun: « 0 commune », « 1 commune », « 252 communes ».

    French is plural from 2. Without plural_ an s is added. The space before the noun is no-break (U+00A0).
    """
    noun = singular if abs(n) < 2 else plural_ or f"{singular}s"
    decimals = 0 if float(n).is_integer() else 1
    return f"{number(n, decimals)}{NBSP}{noun}"


def ordinal(n: int, feminine: bool = False) -> str:
    """Return « 1er », « 1re », « 6e »."""
    if n == 1:
        return "1re" if feminine else "1er"
    return f"{number(n)}e"


def listing(items: list[str] | tuple[str, ...]) -> str:
    """Return « a, b et c »."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} et {items[-1]}"


_SPACES = "[ \u00a0\u202f]"
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)|(?<=\w)'(?=\s*«)")
_HIGH = re.compile(rf'(?<=[\w)\]»’.…%°€"]){_SPACES}*([;!?]+)(?=[\s)»\]"]|$)')
_COLON = re.compile(rf'(?<=[\w)\]»’%°€"]){_SPACES}*:(?=\s|$)')
_PERCENT = re.compile(rf"(?<=\d){_SPACES}*([%€])")
_OPENING = re.compile(rf"«{_SPACES}*")
_CLOSING = re.compile(rf"{_SPACES}*»")


def typographic(text: str) -> str:
    """Return the text with narrow no-break spaces and curved apostrophes where French wants them.

    Doing it twice changes nothing. Times (12:30) and addresses (https://…?a=b) are left alone.
    """
    text = _APOSTROPHE.sub("’", text)
    text = _OPENING.sub(f"«{THIN}", text)
    text = _CLOSING.sub(f"{THIN}»", text)
    text = _HIGH.sub(rf"{THIN}\1", text)
    text = _COLON.sub(f"{THIN}:", text)
    return _PERCENT.sub(rf"{THIN}\1", text)


_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"}


def _bare(sign: str) -> str:
    """Return a lower-case sign without its accent, a space for a sign that is no letter nor digit."""
    if sign in _LIGATURES:
        return _LIGATURES[sign]
    split = unicodedata.normalize("NFKD", sign)
    return "".join(part if part.isalnum() else " " for part in split if not unicodedata.combining(part))


class _Bare(dict[int, str]):
    """Signs already seen: names are folded by tens of thousands when a search index is built."""

    def __missing__(self, code: int) -> str:
        self[code] = _bare(chr(code))
        return self[code]


_BARE = _Bare()


def fold(text: str) -> str:
    """Return the text for a search: lower case, no accent, oe for œ, one space for any run of other signs."""
    return " ".join(text.casefold().translate(_BARE).casefold().split())
