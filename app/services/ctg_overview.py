"""What a whole plan needs at once: the étapes of every fiche, those that the Caf seems to carry alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.domain.budget import Eviction, evictions
from app.services.ctg_edit import find
from app.services.ctg_load import today
from app.services.ctg_plan_data import PlanData
from app.services.ctg_plan_rows import StepRow

if TYPE_CHECKING:
    from db.session import Base


class OverviewReads:
    """Reads across the fiches of one convention; every date defaults to today."""

    _base: Base

    def steps(self, ctg: str, on: date | None = None) -> dict[str, tuple[StepRow, ...]]:
        """Étapes by uuid of fiche, in order. Raises UnknownObject."""
        with self._base.read() as session:
            find(session, "ctg", ctg)
            data = PlanData(session, on or today(), ctg)
            return {
                action: tuple(
                    StepRow(row.uuid, row.rank, row.title, row.holder, step.planned_on, step.done_on,
                            step.late_days(data.on), row.note)
                    for row, step in zip(sorted(rows, key=lambda row: row.rank),
                                         data.steps_of(action), strict=True)
                )
                for action, rows in data.steps.items()
            }  # fmt: skip

    def evictions(self, ctg: str) -> dict[str, tuple[Eviction, ...]]:
        """By uuid of fiche, the partners that the Caf seems to replace. Raises UnknownObject."""
        with self._base.read() as session:
            find(session, "ctg", ctg)
            data = PlanData(session, today(), ctg)
            found = {action.uuid: evictions(data.lines_of([action.uuid])) for action in data.actions}
        return {uuid: rows for uuid, rows in found.items() if rows}
