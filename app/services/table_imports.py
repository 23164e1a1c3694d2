"""What a subject provides so that its tables (register, grids, plans, sheets) are imported too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from app.services.rows import NO_CHANGE

if TYPE_CHECKING:
    from app.changes import Changes
    from app.domain.anomaly import Anomaly
    from app.ingestion.grids import Field, Grid
    from app.ingestion.model import Preview
    from app.progress import Progress

COLUMNS_KEY = "columns:"
"""Beginning of the settings that keep, by code of model, the columns that the user named."""
RECOGNISED = 0.6
"""Score from which a table belongs to an importer without asking."""


@dataclass(frozen=True, slots=True)
class TablePreview:
    """What a table holds and would change, or changed: counts of objects, not of cells.

    anomalies: in an order that depends on the grid and its columns alone, since answers name them by rank;
    an error there means that its line is left out.
    changes: topics to read again, once applied.
    """

    rows_read: int
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    anomalies: tuple[Anomaly, ...] = ()
    changes: Changes = NO_CHANGE


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user says of files to import, where they do not say it themselves.

    model: code of the kind of table; columns: header of some of its fields, by code, label or name of field,
    an empty header for « no column »; part: the only sheet or member to read; year: of the figures.
    """

    model: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    part: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A kind of table that a file may be: how well its headers fit (0 to 1), and the columns found."""

    code: str
    label: str
    fields: tuple[Field, ...]
    score: float
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PreparedTable:
    """A free table ready to be written: its columns understood, and what it would change."""

    code: str
    label: str
    fields: tuple[Field, ...]
    grid: Grid
    columns: Mapping[str, str]
    preview: TablePreview
    top: Preview


class TableImporter(Protocol):
    """Reads one kind of table into one subject.

    `columns` gives the header of each field code that has one: read cells through it, never by position.
    `decisions` gives the answer (keep, no_data, reject, understood) of anomalies by rank; where it is silent
    the answer proposed by the anomaly holds.
    """

    @property
    def code(self) -> str:
        """Short code, as `--modele` takes it: « registre », « cpog-valeurs »."""
        ...

    @property
    def label(self) -> str:
        """French name of what the table is: « Registre d’équipements »."""
        ...

    @property
    def fields(self) -> Sequence[Field]:
        """What a table may bring; required ones must have a column."""
        ...

    def score(self, headers: Sequence[str]) -> float:
        """Return from 0 to 1 how sure it is that these are its headers: see `grids.columns_score`."""
        ...

    def preview(self, grid: Grid, columns: Mapping[str, str]) -> TablePreview:
        """Read the table and compare with the base; nothing is written. A bad line gives an anomaly."""
        ...

    def apply(
        self, grid: Grid, columns: Mapping[str, str], decisions: Mapping[int, str], progress: Progress
    ) -> TablePreview:
        """Write the table; the same table again changes nothing (new and changed are then 0).

        Called inside `Base.gather`: every `base.write` opened here, by the importer or by a service it calls,
        joins one transaction and one action, and `base.read` sees what was just written. Raises Cancelled.
        """
        ...
