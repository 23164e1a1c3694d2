"""The evaluation grid of a CTG or of an SDSF: question, critère, indicateur, source, T0 to T2, judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.domain.indicator import ValueState
from app.services.ctg_edit import changed, insert
from app.services.ctg_rows import Created
from app.services.steering_rows import EvaluationRowView, Measure
from db.models.ctg_steering import EvaluationRow

if TYPE_CHECKING:
    from db.session import Base


class EvaluationPart:
    """Questions of an evaluation; a missing value has its state, never 0."""

    _base: Base

    def evaluation(self, owner_uuid: str) -> list[EvaluationRowView]:
        """Questions in order."""
        with self._base.read() as session:
            rows = session.scalars(
                select(EvaluationRow)
                .where(EvaluationRow.owner_uuid == owner_uuid)
                .order_by(EvaluationRow.rank)
            )
            return [_view(row) for row in rows]

    def add_question(self, owner_kind: str, owner_uuid: str, /, **values: object) -> Created:
        """Add a question; t0, t1 and t2 with their states (ValueState) and years."""
        given = {
            **{f"{name}_state": 0 for name in ("t0", "t1", "t2") if values.get(name) is not None},
            **values,
        }
        with self._base.write("question d’évaluation ajoutée") as session:
            uuid = insert(session, "evaluation", owner_uuid, given, {"owner_kind": owner_kind})
        return Created(uuid, changed("evaluation"))


def _view(row: EvaluationRow) -> EvaluationRowView:
    return EvaluationRowView(
        row.uuid, row.rank, row.question, row.criterion, row.indicator, row.source, row.unit, row.decimals,
        Measure(row.t0, ValueState(row.t0_state), row.t0_year),
        Measure(row.t1, ValueState(row.t1_state), row.t1_year),
        Measure(row.t2, ValueState(row.t2_state), row.t2_year),
        row.judgement, row.argument, row.fictitious,
    )  # fmt: skip
