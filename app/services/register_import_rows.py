"""How a table whose rows have a key of their own goes into the register."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from app.changes import Changes
from app.domain.anomaly import Anomaly, Decision, Severity
from app.domain.french import plural
from app.domain.register_errors import RegisterRefusal
from app.domain.register_words import refusal_anomaly
from app.ingestion.fields import columns_score
from app.ingestion.register_counts import Found
from app.progress import SILENT, Progress
from app.services.register_import import refused_lines
from app.services.register_rows import REGISTER
from app.services.rows import NO_CHANGE
from app.services.table_imports import TablePreview
from db.models import new_uuid

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.domain.register import Childminders, KnownTotal, Movement, Zone
    from app.ingestion.grids import Field, Grid
    from app.services.register_writing import RegisterWriting

Columns = Mapping[str, str]
_Row = TypeVar("_Row", bound="Childminders | KnownTotal | Zone | Movement")


@dataclass(frozen=True, slots=True)
class _Plan(Generic[_Row]):
    rows_read: int
    new: tuple[tuple[int, _Row], ...]
    changed: tuple[tuple[int, _Row], ...]
    unchanged: int
    anomalies: Found


class RowImporter(ABC, Generic[_Row]):
    """Reads rows that have a key of their own; the same table again changes nothing."""

    code: ClassVar[str]
    label: ClassVar[str]
    noun: ClassVar[str]
    changes: ClassVar[Changes] = REGISTER
    fields: Sequence[Field]

    def __init__(self, register: RegisterWriting) -> None:
        self._register = register

    def score(self, headers: Sequence[str]) -> float:
        """How well headers fit."""
        return columns_score(headers, self.fields)

    def preview(self, grid: Grid, columns: Columns) -> TablePreview:
        """Read the table and compare; nothing is written."""
        plan = self._plan(grid, columns)
        return TablePreview(
            plan.rows_read, len(plan.new), len(plan.changed), plan.unchanged, plan.anomalies, NO_CHANGE
        )

    def apply(
        self, grid: Grid, columns: Columns, decisions: Mapping[int, str], progress: Progress = SILENT
    ) -> TablePreview:
        """Write what differs, the lines refused left out."""
        plan = self._plan(grid, columns)
        refused = refused_lines(plan.anomalies, decisions)
        new = [row for line, row in plan.new if line not in refused]
        changed = [row for line, row in plan.changed if line not in refused]
        if new or changed:
            progress.report(0.5, "Écriture du registre")
            name = f"import de {plural(len(new) + len(changed), self.noun)}"
            self._register.write_rows(name, [*new, *changed], self._save)
        return TablePreview(
            plan.rows_read, len(new), len(changed), plan.unchanged, plan.anomalies, self.changes
        )

    def _plan(self, grid: Grid, columns: Columns) -> _Plan[_Row]:
        rows, anomalies = self._read(grid, columns)
        held = {self._key(row): row for row in self._held()}
        new: list[tuple[int, _Row]] = []
        changed: list[tuple[int, _Row]] = []
        more: list[Anomaly] = []
        unchanged, seen = 0, set()
        for line, row in rows:
            key = self._key(row)
            if key in seen:
                more.append(_twice(line, columns, self._title(row)))
                continue
            seen.add(key)
            old = held.get(key)
            try:
                kept = self._check(row if old is None else self._merged(old, row))
            except RegisterRefusal as error:
                more.append(
                    refusal_anomaly(error, line, columns.get(error.field, ""), str(error.facts["value"]))
                )
                continue
            if old is None:
                new.append((line, replace(kept, uuid=new_uuid())))
            elif kept != old:
                changed.append((line, kept))
            else:
                unchanged += 1
        return _Plan(len(grid.rows), tuple(new), tuple(changed), unchanged, (*anomalies, *more))

    @abstractmethod
    def _read(self, grid: Grid, columns: Columns) -> tuple[Sequence[tuple[int, _Row]], Found]:
        """Rows with their lines, and what is odd in the table."""

    @abstractmethod
    def _held(self) -> Sequence[_Row]:
        """Rows of the register."""

    @abstractmethod
    def _key(self, row: _Row) -> object:
        """What two versions of a row have in common."""

    @abstractmethod
    def _merged(self, old: _Row, row: _Row) -> _Row:
        """Return the row held with what the table says; an empty cell changes nothing."""

    def _check(self, row: _Row) -> _Row:
        return row

    def _title(self, row: _Row) -> str:
        return str(self._key(row))

    @staticmethod
    @abstractmethod
    def _save(session: Session, row: _Row) -> object:
        """Write one row."""


def _twice(line: int, columns: Columns, shown: str) -> Anomaly:
    return Anomaly(line, columns.get("code", ""), shown, "line_twice", Severity.ERROR, (), Decision.REJECT)
