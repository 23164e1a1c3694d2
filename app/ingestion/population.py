"""Insee, « populations légales »: one line a commune, the year is often only in the name of the file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.domain.errors import UnreadableFile
from app.domain.numbers import plain_text
from app.domain.territory import Level
from app.ingestion.cells import as_text
from app.ingestion.reading import Reading, make_row

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_SUFFIX = re.compile(r"[A-Za-z_ ]([0-9]{2}|[0-9]{4})$")
_PREFIX = re.compile(r"[A-Za-z]([0-9]{2})_")
"""« P21_F0014 »: the census says its year before the name."""
_SHORT = 3


def read_population(reading: Reading) -> None:
    """Read a table with the municipal population of each commune."""
    reading.unused_columns()
    fixed = None if "year" in reading.columns else year_said_elsewhere(reading, reading.header("pmun"))
    for line, cells in reading.lines():
        year = reading.year(line, cells) if fixed is None else fixed
        if year is None:
            continue
        then = reading.model.millesime(year)
        code = reading.code(line, _full_code(reading, cells), Level.COMMUNE, then)
        if code is None:
            continue
        cell = reading.count(line, reading.header("pmun"), reading.raw(cells, "pmun"))
        if cell is not None:
            name = reading.name(Level.COMMUNE, code, reading.raw(cells, "name"))
            row = make_row("population", year, Level.COMMUNE, code, cell, then, line, name)
            reading.out.commit((row,), (reading.header("pmun"),))


def _full_code(reading: Reading, cells: Sequence[object]) -> object:
    """Return the code of the commune; some files give it in two columns, département then 3 figures."""
    raw = reading.raw(cells, "code")
    text = plain_text(as_text(raw))
    departement = plain_text(as_text(reading.raw(cells, "dep")))
    if len(text) <= _SHORT and text.isdigit() and departement:
        return departement.rjust(2, "0")[:2] + text.rjust(_SHORT, "0")
    return raw


def year_said_elsewhere(reading: Reading, header: str) -> int:
    """Return the year given by the user, the header, the name of the file or the comments.

    Raises UnreadableFile when none says it.
    """
    given = reading.options.year
    if given is None:
        given, where = _year_of_header(header), "header"
        if given is None:
            given, where = last_year(reading.table.member or reading.path.name), "name"
        if given is None:
            given, where = last_year(" ".join(reading.table.comments)), "comments"
        if given is None:
            raise UnreadableFile(reading.path, reason="no_year")
        reading.out.note(reading.table.header_line, "year_elsewhere", "", str(given), (("where", where),))
    reading.years.add(given)
    return given


def _year_of_header(header: str) -> int | None:
    match = _PREFIX.match(header) or _SUFFIX.search(header)
    if match is None:
        return None
    digits = match.group(1)
    return int(digits) if len(digits) > 2 else 2000 + int(digits)


def last_year(text: str) -> int | None:
    """Return the latest year written in a text, None if there is none."""
    found = _YEAR.findall(text)
    return max(map(int, found)) if found else None
