"""What reading a file gives: clean rows, anomalies, a preview; and what it needs to know of territories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.domain.anomaly import Anomaly
from app.domain.indicator import ValueState, ValueStatus
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.domain.reference import Commune, Epci

LICENCE = "Licence Ouverte 2.0"
PREVIEW_LINES = 50


@dataclass(frozen=True, slots=True)
class CleanRow:
    """One value ready to be stored.

    number is None unless state is VALUE or ZERO. row: line of the file, header = 1; 0 for a zero deduced from
    the absence of a line. millesime: year of the geography the code belongs to.
    """

    indicator: str
    year: int
    level: Level
    code: str
    number: float | None
    state: ValueState
    status: ValueStatus
    estimated: bool
    millesime: int
    row: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """The top of the table as written in the file.

    our_names: our French name of each column, empty for one that is not used; numeric: columns of figures;
    lines: (line number, cells) of the first lines, as text.
    """

    headers: tuple[str, ...] = ()
    our_names: tuple[str, ...] = ()
    numeric: tuple[bool, ...] = ()
    lines: tuple[tuple[int, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file (or one table of a zip or of a workbook) is, told by its headers.

    kind: "values", or "outlines" for a file of shapes that `maps` reads. member: name inside a zip; sheet:
    name of the sheet of a workbook.
    """

    source: str
    label: str
    kind: str
    level: Level | None = None
    member: str = ""
    sheet: str = ""
    headers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clean:
    """A file read to the end: nothing of it is in the base yet.

    level: the finest level met; levels: all of them. rows_read: lines under the header; rejected: lines with
    an error, which give no row; ignored: lines not ours to keep (each kind is said by an anomaly).
    """

    source: str
    label: str
    level: Level
    years: tuple[int, ...]
    rows: tuple[CleanRow, ...]
    anomalies: tuple[Anomaly, ...]
    rows_read: int
    encoding: str
    separator: str
    sheet: str
    licence: str
    sha256: str
    preview: Preview
    path: Path = Path()
    member: str = ""
    levels: tuple[Level, ...] = ()
    indicators: tuple[str, ...] = ()
    millesime: int = 0
    rejected: int = 0
    ignored: int = 0


@dataclass(frozen=True, slots=True)
class Options:
    """What the reader may be told: départements of the base (questions are asked one by one only there), year
    of a file that does not say it."""

    departements: frozenset[str] = frozenset()
    year: int | None = None


class Named(Protocol):
    """Anything with a name."""

    @property
    def name(self) -> str:
        """Official name."""
        ...

    @property
    def in_name(self) -> str:
        """« en Haute-Marne »."""
        ...


class Territories(Protocol):
    """The part of `app.domain.reference.Reference` that reading needs."""

    def communes(
        self, departement: str | None = None, epci: str | None = None, millesime: int = ...
    ) -> tuple[Commune, ...]:
        """Communes of a millésime."""
        ...

    def epcis(self, departement: str | None = None, millesime: int = ...) -> tuple[Epci, ...]:
        """Epci of a millésime."""
        ...

    def exists(self, level: Level, code: str) -> bool:
        """True if the code is one of that level today."""
        ...

    def name(self, level: Level, code: str) -> str:
        """Official name."""
        ...

    def successor(self, code_commune: str) -> str | None:
        """Commune that took over a merged one."""
        ...

    def epci(self, code: str) -> Epci:
        """An Epci of today."""
        ...

    def departement(self, code: str) -> Named:
        """A département."""
        ...

    def share_of(self, code_epci: str, departement: str) -> tuple[int, int]:
        """Communes of the Epci in that département, and in all."""
        ...


def finest(levels: Iterable[Level]) -> Level:
    """Return the finest of the given levels: commune before Epci before département."""
    order = (Level.COMMUNE, Level.EPCI, Level.ARRONDISSEMENT, Level.DEPARTEMENT, Level.REGION, Level.FRANCE)
    present = set(levels)
    return next((level for level in order if level in present), Level.COMMUNE)
