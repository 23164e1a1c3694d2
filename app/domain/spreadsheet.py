"""Cells that leave for a spreadsheet: numbers it can read, and text that it never runs."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.domain import french

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet run a cell; the full-width ones are those of some languages."""
NUMBER = re.compile(r"-?[0-9]+(,[0-9]+)?")
DIGITS = ".12g"
"""Enough for every sum, too little to show what a binary fraction is."""
XLSX_OPTIONS: Mapping[str, Any] = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
"""Options of every workbook: text stays text."""


def harmless(text: str) -> str:
    """Quote a text that a spreadsheet would run; a number written in French loses its spaces only."""
    number = text.replace(french.THIN, "").replace("−", "-")
    if NUMBER.fullmatch(number):
        return number
    return f"'{text}" if text.lstrip(" \xa0\u202f").startswith(FORMULA_SIGNS) else text


def unquoted(text: str) -> str:
    """Take back the quote that `harmless` put: a cell copied and pasted here is the same."""
    return text[1:] if text.startswith("'") and harmless(text[1:]) == text else text


def cell(value: object) -> str:
    """Write one value for a French spreadsheet: decimal comma, nothing for None, text without formula."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return format(value, DIGITS).replace(".", ",") if math.isfinite(value) else french.NO_DATA
    return harmless(str(value))


def csv_text(rows: Iterable[Sequence[object]], *, end: str = "\r\n") -> str:
    """Rows for French Excel, separated by semicolons; the first one is most often the headings."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator=end).writerows([cell(one) for one in row] for row in rows)
    return text.getvalue()
