"""Columns of the editable lists of a CTG: texts, dates, choices, numbers, amounts; no Qt here."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from functools import partial
from operator import attrgetter
from typing import Any

from app.domain.ctg_sentences import euros
from app.domain.french import fold, number, short_date
from app.domain.numbers import parse_number
from ui.models.grid import CellRefused, EditColumn
from ui.models.table import Column

Get = Callable[[Any], Any]


class Said(float):
    """A number to sort on, with the words that show it (« 5 sur 18 »)."""

    words: str

    @classmethod
    def of(cls, value: float, words: str) -> Said:
        """Keep both."""
        said = cls(value)
        said.words = words
        return said


def said(value: Any) -> str:
    """Words of a Said."""
    return str(value.words)


def gauge(count: int, total: int) -> Said | None:
    """« 5 sur 18 », sorted by share; None when there is nothing to count."""
    return Said.of(count / total, f"{number(count)} sur {number(total)}") if total else None


def text_column(
    code: str, header: str, *, get: Get | None = None, required: bool = False, editable: Get | None = None
) -> EditColumn[Any]:
    """A text."""
    held = get or attrgetter(code)
    parse = _required if required else str.strip
    return EditColumn(header, held, parse=parse, code=code, absent="", hint=held, editable=editable)


def _required(typed: str) -> str:
    if not typed.strip():
        raise CellRefused("Une valeur est attendue.")
    return typed.strip()


def day_column(
    code: str, header: str, *, absent: str = "", editable: Get | None = None, required: bool = False
) -> EditColumn[Any]:
    """A date, shown 05/03/2025."""
    parse = partial(read_day, required=required)
    return EditColumn(header, attrgetter(code), parse=parse, code=code, absent=absent, editable=editable)


def read_day(typed: str, *, required: bool = False) -> datetime.date | None:
    """The date typed in a cell, None when it is empty. Raises CellRefused."""
    from ui.widgets.fields import Refused, read_date

    try:
        found = read_date(typed)
    except Refused as refusal:
        raise CellRefused(str(refusal)) from refusal
    if required and found is None:
        raise CellRefused("Une date est attendue.")
    return found


def choice_column(
    code: str, header: str, words: Mapping[Any, str], *, get: Get | None = None, editable: Get | None = None
) -> EditColumn[Any]:
    """One choice of a list; words: by code."""
    held = get or attrgetter(code)
    return EditColumn(
        header, lambda row: words.get(held(row), ""), parse=partial(_read_choice, words), code=code,
        choices=tuple(words.values()), absent="", editable=editable,
    )  # fmt: skip


def _read_choice(words: Mapping[Any, str], typed: str) -> Any:
    found = {fold(text): code for code, text in words.items()}
    if fold(typed.strip()) not in found:
        raise CellRefused(f"«\u202f{typed}\u202f» n’est pas un choix de la liste.")
    return found[fold(typed.strip())]


def number_column(
    code: str, header: str, decimals: int = 0, *, get: Get | None = None, fixed: bool = False
) -> EditColumn[Any]:
    """A number, « n.d. » when it is not known; fixed: decimals are always written."""
    shown = partial(_shown, decimals, fixed)
    return EditColumn(header, get or attrgetter(code), text=shown, right=True, parse=_read_number, code=code)


def _shown(decimals: int, fixed: bool, value: float) -> str:
    return number(value, decimals if fixed or not float(value).is_integer() else 0)


def _read_number(typed: str) -> float | None:
    if typed.strip().lower() in ("", "n.d.", "nd"):
        return None
    found = parse_number(typed.replace("€", "").strip())
    if found is None:
        raise CellRefused(f"«\u202f{typed}\u202f» n’est pas un nombre.")
    return found


def money_column(code: str, header: str, get: Get, *, editable: Get | None = None) -> EditColumn[Any]:
    """Cents shown in euros, typed in euros."""
    return EditColumn(
        header, get, text=euros, right=True, parse=_read_number, code=code, editable=editable,
        typed=lambda row: _typed_euros(get(row)),
    )  # fmt: skip


def _typed_euros(cents: int | None) -> str:
    return "" if cents is None else f"{cents / 100:.2f}".replace(".", ",").removesuffix(",00")


def yes_column(code: str, header: str) -> EditColumn[Any]:
    """« oui » or « non »."""
    return choice_column(code, header, {True: "oui", False: "non"})


def plain(header: str, get: Get, **options: Any) -> Column[Any]:
    """A column that is not typed."""
    return Column(header, get, **{"absent": "", **options})


def day(on: datetime.date | None) -> str:
    """« 05/03/2025 », empty without a date."""
    return short_date(on) if on else ""
