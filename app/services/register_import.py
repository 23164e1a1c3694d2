"""Tables of services into the register, in one action; the same table again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from app.domain.anomaly import Anomaly, Decision, Severity
from app.ingestion.register import REGISTER_FIELDS, Entry, read_services, register_score
from app.progress import SILENT, Progress
from app.services.register_merge import Deed, Planned
from app.services.register_rows import REGISTER
from app.services.rows import NO_CHANGE
from app.services.table_imports import TablePreview

if TYPE_CHECKING:
    from app.ingestion.grids import Field, Grid
    from app.services.register_writing import RegisterWriting

Columns = Mapping[str, str]


class ServiceImporter:
    """Imports a table with one service a line: a register of equipment."""

    code = "registre"
    label = "Registre d’équipements"
    fields: Sequence[Field] = REGISTER_FIELDS

    def __init__(self, register: RegisterWriting) -> None:
        self._register = register

    def score(self, headers: Sequence[str]) -> float:
        """How well headers fit."""
        return register_score(headers)

    def preview(self, grid: Grid, columns: Columns) -> TablePreview:
        """Read the table and compare; nothing is written."""
        planned, anomalies = self._plan(grid, columns)
        return _summary(len(grid.rows), planned, anomalies)

    def apply(
        self, grid: Grid, columns: Columns, decisions: Mapping[int, str], progress: Progress = SILENT
    ) -> TablePreview:
        """Write what differs, the lines refused left out."""
        planned, anomalies = self._plan(grid, columns)
        refused = refused_lines(anomalies, decisions)
        kept = tuple(item for item in planned if item.line not in refused)
        self._register.write_services(kept, progress)
        return _summary(len(grid.rows), kept, anomalies, written=True)

    def _plan(self, grid: Grid, columns: Columns) -> tuple[tuple[Planned, ...], tuple[Anomaly, ...]]:
        """The reading comes first: its anomalies do not depend on the register, so that ranks hold."""
        entries, found = self._read(grid, columns)
        planned, more = self._register.merge(columns).plan(entries)
        return planned, (*found, *more)

    def _read(self, grid: Grid, columns: Columns) -> tuple[tuple[Entry, ...], tuple[Anomaly, ...]]:
        places = self._register.places
        return read_services(grid, columns, places, self._register.scope(), places.name)


def refused_lines(anomalies: Sequence[Anomaly], decisions: Mapping[int, str]) -> frozenset[int]:
    """Lines left out: those with an error, and those that an answer rejects."""
    return frozenset(
        anomaly.line
        for rank, anomaly in enumerate(anomalies)
        if anomaly.line is not None
        and (anomaly.severity is Severity.ERROR or decisions.get(rank, anomaly.decision) == Decision.REJECT)
    )


def _summary(
    rows_read: int, planned: Sequence[Planned], anomalies: tuple[Anomaly, ...], *, written: bool = False
) -> TablePreview:
    counts = {deed: sum(item.deed is deed for item in planned) for deed in Deed}
    return TablePreview(
        rows_read, counts[Deed.NEW], counts[Deed.CHANGED], counts[Deed.UNCHANGED], anomalies,
        REGISTER if written else NO_CHANGE,
    )  # fmt: skip
