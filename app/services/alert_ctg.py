"""What the rules of alerts look at in the conventions, their plans and their comités."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from app.domain.action import ALIVE
from app.domain.alert_facts import CommitmentFact, DueFact, Facts, GaugeFact, LeadFact, ShareFact, Subject
from app.domain.budget import Line, shares_of
from app.domain.ctg import PartyKind
from app.domain.steering import DecisionState

if TYPE_CHECKING:
    from app.services.ctg import CtgService
    from app.services.ctg_rows import CtgRow
    from app.services.steering import SteeringService

RENEWAL_DAYS = 365
"""Days that the evaluation and the renewal of a convention take."""
CAF = "Caf"


class CtgFacts:
    """Conventions that are not over at a date."""

    def __init__(self, ctg: CtgService, steering: SteeringService) -> None:
        self._ctg = ctg
        self._steering = steering

    def __call__(self, on: date) -> Facts:
        """Everything at a date."""
        rows = [row for row in self._ctg.rows(on) if not row.status.is_over]
        return Facts(
            gauges=tuple(_gauge(row) for row in rows),
            commitments=tuple(fact for row in rows for fact in self._commitments(row, on)),
            shares=tuple(fact for row in rows for fact in self._shares(row, on)),
            leads=tuple(_lead(row, on) for row in rows if row.ends_on is not None),
            dues=(*(_end(row) for row in rows if row.ends_on is not None), *self._actions(rows, on),
                  *self._decisions(rows, on)),
        )  # fmt: skip

    def _commitments(self, row: CtgRow, on: date) -> Iterator[CommitmentFact]:
        for line in self._ctg.commitments(row.uuid, on):
            impact = line.impact or ", ".join(f"fiche {number}" for _, number in line.actions)
            yield CommitmentFact(
                _subject("commitment", line.uuid, line.text, row), line.party, line.kind is PartyKind.CAF,
                line.due_on, line.done_on is not None or line.dropped_on is not None, impact,
            )  # fmt: skip

    def _shares(self, row: CtgRow, on: date) -> Iterator[ShareFact]:
        budget = self._ctg.budget(row.uuid, on)
        lines = [
            Line(cell.year, cell.funder, cell.funder_kind, cell.nature, cell.state, cell.cents)
            for cell in budget.cells
        ]
        shares = {CAF: {share.year: 100 * share.share for share in budget.caf_shares}}
        for funder, kind in sorted({(line.funder, line.kind) for line in lines}):
            if kind is not PartyKind.CAF:
                found = shares_of(lines, kind, funder)
                shares[funder] = {share.year: 100 * share.share for share in found}
        if len(shares) > 1:
            yield ShareFact(_subject("ctg", row.uuid, row.name, row), CAF, shares)

    def _actions(self, rows: list[CtgRow], on: date) -> Iterator[DueFact]:
        for row in rows:
            for action in self._ctg.actions(row.uuid, on):
                if action.ends_on is not None:
                    name = f"Fiche {action.number} {action.title}"
                    yield DueFact(
                        "action_late", _subject("action", action.uuid, name, row), action.ends_on,
                        action.status not in ALIVE, "échéance de la fiche",
                    )  # fmt: skip

    def _decisions(self, rows: list[CtgRow], on: date) -> Iterator[DueFact]:
        held = {row.uuid: row for row in rows}
        for line in self._steering.decisions(on=on):
            if line.due_on is None:
                continue
            row = held.get(line.owner_uuid)
            subject = _subject("decision", line.uuid, line.text, row)
            open_ = line.state in (DecisionState.OPEN, DecisionState.LATE)
            yield DueFact("decision_late", subject, line.due_on, not open_, line.owner or "sans porteur")


def _subject(kind: str, uuid: str, label: str, row: CtgRow | None) -> Subject:
    departement = row.departements[0] if row and len(row.departements) == 1 else ""
    epci = row.codes_epci[0] if row and row.codes_epci else ""
    fictitious = row is not None and row.fictitious
    return Subject(kind, uuid, label, departement, epci, fictitious, row.uuid if row else "")


def _gauge(row: CtgRow) -> GaugeFact:
    subject = _subject("ctg", row.uuid, row.name, row)
    return GaugeFact(
        subject,
        (row.actions.count, row.actions.total),
        (row.results.count, row.results.total),
    )


def _lead(row: CtgRow, on: date) -> LeadFact:
    assert row.ends_on is not None
    return LeadFact(_subject("ctg", row.uuid, row.name, row), on, RENEWAL_DAYS, row.ends_on)


def _end(row: CtgRow) -> DueFact:
    assert row.ends_on is not None
    return DueFact("ctg_end", _subject("ctg", row.uuid, row.name, row), row.ends_on, False, "fin de la CTG")
