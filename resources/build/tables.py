"""Write tables with their head lines, and compress yearly facts as intervals."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

LICENCE = "Licence Ouverte 2.0 (Etalab)"


def write_table(
    path: Path, head: Sequence[str], columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> int:
    """Write the rows under # lines (source, date, licence) and return their number; None is an empty cell."""
    buffer = io.StringIO()
    for line in head:
        buffer.write(f"# {line}\n")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow(["" if cell is None else cell for cell in row])
        count += 1
    path.write_text(buffer.getvalue(), encoding="utf-8", newline="\n")
    return count


def intervals(by_year: Mapping[int, Mapping[str, str]]) -> list[tuple[str, str, int, int]]:
    """Return (code, value, from, to) for each longest run of consecutive years with the same value."""
    years = sorted(by_year)
    found: list[tuple[str, str, int, int]] = []
    for code in sorted({code for values in by_year.values() for code in values}):
        found += _runs(code, [(year, by_year[year][code]) for year in years if code in by_year[year]])
    return found


def _runs(code: str, facts: list[tuple[int, str]]) -> list[tuple[str, str, int, int]]:
    runs: list[tuple[str, str, int, int]] = []
    for year, value in facts:
        if runs and runs[-1][1] == value and runs[-1][3] == year - 1:
            runs[-1] = (code, value, runs[-1][2], year)
        else:
            runs.append((code, value, year, year))
    return runs
