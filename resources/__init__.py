"""Files carried by the application: reference tables, dictionary, parameters, fonts, icons."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).resolve().parent

SEPARATOR = ";"
COMMENT = "#"


def path(*parts: str) -> Path:
    """Return the path of an embedded file or folder; it holds in a frozen build too."""
    return _ROOT.joinpath(*parts)


def read_table(*parts: str) -> list[dict[str, str]]:
    """Return the rows of an embedded table, each a dict keyed by header; empty cells are empty texts.

    The table is UTF-8 with or without BOM, separated by semicolons; lines starting with # at its top (source,
    date, licence) are skipped. Raises FileNotFoundError if there is no such table.
    """
    with path(*parts).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(_without_head(file), delimiter=SEPARATOR))


def read_head(*parts: str) -> tuple[str, ...]:
    """Return the # lines at the top of an embedded table, without their mark: source, date, licence."""
    head: list[str] = []
    with path(*parts).open(encoding="utf-8-sig", newline="") as file:
        for line in file:
            if not line.startswith(COMMENT):
                break
            head.append(line.lstrip(COMMENT).strip())
    return tuple(head)


def _without_head(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith(COMMENT):
            yield line
            break
    yield from lines
