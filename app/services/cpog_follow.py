"""Revisions, gaps, comments, hypotheses: what is said around the figures."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from app.changes import Changes
from app.domain.cpog import Contract
from app.domain.cpog_codes import Origin, SeriesKind
from app.domain.cpog_entry import bounds_problem
from app.domain.cpog_errors import (
    BadHypothesis,
    EntryRefused,
    GapIncomplete,
    IncompleteRevision,
    RevisionUnbalanced,
    UnknownItem,
)
from app.domain.cpog_points import Hypothesis, Movement, Observation, Period, Revision, Target
from app.domain.french import long_date
from app.domain.indicator import ValueState
from app.domain.ledger import Waterfall, waterfall
from app.domain.trajectory import point
from app.services import clock
from app.services.cpog_cards import yearly
from app.services.cpog_entry import CpogEntry
from app.services.cpog_reading import today
from app.services.cpog_rows import CellFinding, RevisionForm
from app.services.cpog_store import CHANGED, add, remove
from db.models.base import key_of, new_uuid
from db.models.cpog_series import (
    CpogCommentTable,
    CpogGapTable,
    CpogHypothesisTable,
    CpogMovementTable,
    CpogObservationTable,
    CpogRevisionTable,
    CpogTargetTable,
)
from db.queries.cpog import all_rows

if TYPE_CHECKING:
    from db.models.base import Model


class CpogFollow(CpogEntry):
    """The revision form, and what explains the figures."""

    def preview_revision(self, form: RevisionForm) -> tuple[Waterfall, ...]:
        """The waterfalls of the form before it is written, residue included. Raises what revise does."""
        contract, _ = self.contract_with(form.indicator_uuid)
        _check_form(contract, form)
        initial = yearly(contract.targets_of.get(form.indicator_uuid, ()), SeriesKind.INITIAL)
        held = [m for m in contract.movements if m.indicator_uuid == form.indicator_uuid]
        movements = [*held, *_movements(contract, form, "")]
        revised = {period.year: number for period, number in form.targets if not period.quarter}
        return tuple(
            waterfall(year, initial[year], number, movements) for year, number in sorted(revised.items())
        )

    def revise(self, form: RevisionForm) -> Changes:
        """Write a revision: new versions of the revised target, its act, its amounts; one action.

        The initial target is untouched. Raises IncompleteRevision, RevisionUnbalanced, EntryRefused.
        """
        contract, indicator = self.contract_with(form.indicator_uuid)
        _check_form(contract, form)
        _check_closed(form, self.closed_years(contract.cpog.uuid))
        uuid = new_uuid()
        act = f"{form.act_label or form.act.value} du {long_date(form.on)}"
        name = f"cible révisée de « {indicator.name} », {act}"
        with self._writing(name) as session:
            add(session, CpogRevisionTable, _revision(contract, form, uuid))
            for target in _targets(contract, form, uuid):
                add(session, CpogTargetTable, target)
            for movement in _movements(contract, form, uuid):
                add(session, CpogMovementTable, movement)
        return CHANGED

    def explain(
        self,
        indicator_uuid: str,
        period: Period,
        cause: str,
        origin: Origin | None,
        action: str = "",
        author: str = "",
        on: datetime.date | None = None,
    ) -> Changes:
        """Write why a value is away from its target. Raises GapIncomplete, UnknownItem."""
        if not cause.strip():
            raise GapIncomplete(field="cause")
        if origin is None:
            raise GapIncomplete(field="origine")
        contract, indicator = self.contract_with(indicator_uuid)
        values = {
            "cpog_uuid": contract.cpog.uuid, "indicator_uuid": indicator_uuid, "year": period.year,
            "quarter": period.quarter, "cause": cause.strip(), "origin": origin.value,
            "action": action.strip(), "author": author.strip(), "written_on": (on or today()).isoformat(),
        }  # fmt: skip
        uuid = key_of("cpog-gap", indicator_uuid, period.year, period.quarter)
        return self._upsert(CpogGapTable, uuid, values, f"écart de {period.label}, « {indicator.name} »")

    def comment(self, indicator_uuid: str, year: int, text: str, on: datetime.date | None = None) -> Changes:
        """Write the comment of the bilan; an empty text removes it. Raises UnknownItem."""
        contract, indicator = self.contract_with(indicator_uuid)
        uuid = key_of("cpog-comment", indicator_uuid, year)
        if not text.strip():
            return self._remove_if_there(CpogCommentTable, uuid, f"commentaire de {year} retiré")
        values = {
            "cpog_uuid": contract.cpog.uuid, "indicator_uuid": indicator_uuid, "year": year,
            "text": text.strip(), "written_on": (on or today()).isoformat(),
        }  # fmt: skip
        return self._upsert(CpogCommentTable, uuid, values, f"commentaire de {year}, « {indicator.name} »")

    def save_hypothesis(self, hypothesis: Hypothesis) -> tuple[str, Changes]:
        """Add (uuid empty) or change a hypothesis; indicator_uuid may be empty. Raises BadHypothesis."""
        if not hypothesis.label.strip():
            raise BadHypothesis(field="intitulé", reason="empty")
        if hypothesis.low is not None and hypothesis.high is not None and hypothesis.low > hypothesis.high:
            raise BadHypothesis(field="plage", reason="bounds")
        if hypothesis.periods < 1:
            raise BadHypothesis(field="périodes", reason="periods")
        kept = replace(hypothesis, uuid=hypothesis.uuid or new_uuid())
        return kept.uuid, self._save(CpogHypothesisTable, kept, f"hypothèse « {kept.label} »")

    def remove_hypothesis(self, uuid: str) -> Changes:
        """Remove a hypothesis and its observations. Raises UnknownItem."""
        with self._writing("hypothèse retirée") as session:
            for row in all_rows(session, CpogObservationTable, hypothesis_uuid=uuid):
                remove(session, CpogObservationTable, row["uuid"])
            remove(session, CpogHypothesisTable, uuid)
        return CHANGED

    def observe(self, hypothesis_uuid: str, period: Period, number: float | None, text: str = "") -> Changes:
        """Write what was seen of a hypothesis at a period; the same period again replaces it.

        Raises UnknownItem.
        """
        with self._base.read() as session:
            found = all_rows(session, CpogHypothesisTable, uuid=hypothesis_uuid)
        if not found:
            raise UnknownItem(what="hypothèse")
        uuid = key_of("cpog-observation", hypothesis_uuid, period.year, period.quarter)
        seen = Observation(
            uuid, found[0]["cpog_uuid"], hypothesis_uuid, period.year, period.quarter, number, text
        )
        return self._save(CpogObservationTable, seen, f"hypothèse « {found[0]['label']} », {period.label}")

    def _upsert(self, table: type[Model], uuid: str, values: dict[str, object], name: str) -> Changes:
        with self._writing(name) as session:
            row = session.get(table, uuid)
            if row is None:
                session.add(table(uuid=uuid, **values))
            else:
                for key, value in values.items():
                    setattr(row, key, value)
        return CHANGED

    def _remove_if_there(self, table: type[Model], uuid: str, name: str) -> Changes:
        with self._writing(name) as session:
            row = session.get(table, uuid)
            if row is not None:
                session.delete(row)
        return CHANGED


def _check_form(contract: Contract, form: RevisionForm) -> None:
    if not form.reason.strip():
        raise IncompleteRevision(field="motif")
    parts = (
        ("moyens", form.means, form.means_unchanged),
        ("cible", form.targets, form.target_unchanged),
        ("calendrier", form.calendar, form.calendar_unchanged),
    )
    for field, changed, unchanged in parts:
        if not changed and not unchanged.strip():
            raise IncompleteRevision(field=field)
    _check_targets(contract, form)


def _check_targets(contract: Contract, form: RevisionForm) -> None:
    indicator = contract.by_uuid[form.indicator_uuid]
    targets = contract.targets_of.get(form.indicator_uuid, ())
    findings = []
    for position, (period, number) in enumerate(form.targets):
        if point(targets, SeriesKind.INITIAL, period) is None:
            raise RevisionUnbalanced(indicator=indicator.name, period=period.label)
        problem = bounds_problem(indicator, number)
        if problem is not None:
            findings.append(CellFinding(position, problem.problem, problem.sentence, blocking=True))
    if findings:
        raise EntryRefused(findings=tuple(findings), texts=tuple(f.text for f in findings))


def _check_closed(form: RevisionForm, closed: tuple[int, ...]) -> None:
    """A closed year keeps the target it was judged by."""
    findings = tuple(
        CellFinding(i, "closed_year", f"L’année {period.year} est arrêtée : sa cible ne change plus.", True)
        for i, (period, _) in enumerate(form.targets)
        if period.year in closed
    )
    if findings:
        raise EntryRefused(findings=findings, texts=tuple(f.text for f in findings))


def _revision(contract: Contract, form: RevisionForm, uuid: str) -> Revision:
    return Revision(
        uuid=uuid, cpog_uuid=contract.cpog.uuid, indicator_uuid=form.indicator_uuid, on=form.on, act=form.act,
        reason=form.reason.strip(), act_label=form.act_label, document_uuid=form.document_uuid,
        means=form.means.strip(), means_unchanged=form.means_unchanged.strip(),
        target_unchanged=form.target_unchanged.strip(), calendar=form.calendar.strip(),
        calendar_unchanged=form.calendar_unchanged.strip(), entered_at=clock.now(),
    )  # fmt: skip


def _targets(contract: Contract, form: RevisionForm, uuid: str) -> list[Target]:
    held = contract.targets_of.get(form.indicator_uuid, ())
    found = []
    for period, number in form.targets:
        earlier = [t.version for t in held if t.series is SeriesKind.REVISED and t.period == period]
        found.append(
            Target(
                uuid=new_uuid(), cpog_uuid=contract.cpog.uuid, indicator_uuid=form.indicator_uuid,
                series=SeriesKind.REVISED, year=period.year, quarter=period.quarter, number=number,
                state=ValueState.VALUE if number else ValueState.ZERO,
                version=max(earlier, default=0) + 1, revision_uuid=uuid, status=form.target_status,
                entered_at=clock.now(),
            )
        )  # fmt: skip
    return found


def _movements(contract: Contract, form: RevisionForm, uuid: str) -> list[Movement]:
    first = len([m for m in contract.movements if m.indicator_uuid == form.indicator_uuid])
    return [
        Movement(
            uuid=new_uuid(), cpog_uuid=contract.cpog.uuid, indicator_uuid=form.indicator_uuid,
            revision_uuid=uuid, position=first + i, year=m.year, motive=m.motive, amount=m.amount,
            nature=m.nature, counted=m.counted, note=m.note,
        )
        for i, m in enumerate(form.movements)
    ]  # fmt: skip
