"""What services hand to pages and to the command line: frozen rows, without session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.changes import Changes
from app.domain.errors import DomainError
from app.domain.indicator import Indicator
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.domain.anomaly import Anomaly, Severity
    from app.ingestion import Clean
    from app.ingestion.grids import Grid
    from app.services.table_imports import PreparedTable
    from maps.outline_files import OutlineFile


NO_CHANGE = Changes()


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One named action of the journal."""

    at: datetime
    name: str
    device_is_here: bool
    undone: bool


@dataclass(frozen=True, slots=True)
class Available:
    """An indicator that holds values, at which levels and years."""

    indicator: Indicator
    levels: tuple[Level, ...]
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """How well one indicator is filled at one level and year."""

    indicator: Indicator
    level: Level
    year: int
    count: int
    source: str
    states: tuple[tuple[int, int], ...]
    """(ValueState number, rows) for each state present."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What an import would change."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file, or one table of it, read and checked, nothing written yet.

    It holds clean rows of official series, or outlines, or a free table, or an error. part: sheet, or member
    of a zip, where the file holds several tables. grids: the tables of a file that no model knows, or that
    lacks columns of the model named by `model`: the user may say what they hold.
    """

    path: Path
    clean: Clean | None = None
    outline: OutlineFile | None = None
    error: DomainError | None = None
    count: Forecast = Forecast()
    known: bool = False
    """The same bytes were already imported and not undone."""
    table: PreparedTable | None = None
    grids: tuple[Grid, ...] = ()
    part: str = ""
    model: str = ""
    """Code of the model followed, for official series and free tables."""
    given: tuple[tuple[str, str], ...] = ()
    """Columns that the user named for this import: (code of field, header, empty for none)."""

    @property
    def anomalies(self) -> tuple[Anomaly, ...]:
        """What is odd in it; answers name them by rank."""
        if self.table is not None:
            return self.table.preview.anomalies
        return self.clean.anomalies if self.clean is not None else ()

    @property
    def asks_year(self) -> bool:
        """True if only the year is missing, which the user may say."""
        return self.error is not None and self.error.facts.get("reason") == "no_year"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import changed; number is None for a simulation."""

    number: int | None
    new: int
    changed: int
    unchanged: int
    rejected: int
    changes: Changes = NO_CHANGE


@dataclass(frozen=True, slots=True)
class ImportRunRow:
    """One line of the history of imports."""

    number: int
    file: str
    source_label: str
    imported_at: datetime
    new: int
    changed: int
    unchanged: int
    rejected: int
    undone_at: datetime | None
    anomalies: int
    sha256: str
    licence: str
    fictitious: bool


@dataclass(frozen=True, slots=True)
class AnomalyRow:
    """One anomaly kept with its import, said in French."""

    uuid: str
    import_number: int
    file: str
    line: int | None
    column: str
    value: str
    title: str
    explanation: str
    severity: Severity
    decision: str
    rule: str = ""
    ranges: tuple[tuple[int, int], ...] = ()
    """Lines concerned, as inclusive ranges."""


@dataclass(frozen=True, slots=True)
class OutlineSetRow:
    """Imported outlines."""

    uuid: str
    label: str
    level: Level
    millesime: int
    active: bool
    source: str
    file: str
    count: int


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A dated parameter, with the value in force in this base and the one delivered."""

    code: str
    label: str
    value: str
    unit: str
    valid_from: str
    source: str
    default: str
