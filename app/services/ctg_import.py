"""Import of a plan d’actions: fiches by their number, in one action; the same table again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.changes import Changes, Topic
from app.domain.action import ActionState, NodeKind
from app.domain.anomaly import Anomaly, Decision, Severity
from app.domain.french import fold
from app.ingestion.fields import Field, columns_score
from app.progress import SILENT, Progress
from app.services.ctg_edit import add_row, insert
from app.services.ctg_import_read import PlanEntry, StepCell, read_plan
from app.services.ctg_load import conventions_of, iso
from app.services.ctg_plan import insert_action
from app.services.ctg_table import PLAN_FIELDS
from app.services.ctg_targets import Targets
from app.services.rows import NO_CHANGE
from app.services.table_imports import TablePreview
from db.models.ctg_plan import ActionSheet, ActionStep, PlanNode

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.ingestion.grids import Grid
    from app.services.ctg import CtgService

CHANGED = Changes(frozenset({Topic.CTG, Topic.JOURNAL}))
LEVELS = (NodeKind.ISSUE, NodeKind.STRATEGIC, NodeKind.OPERATIONAL)


@dataclass(frozen=True, slots=True)
class Planned:
    """What one line does: uuid is that of the fiche held, empty for a new one; deed: new, changed, same."""

    entry: PlanEntry
    ctg: str
    uuid: str
    deed: str


class PlanImporter:
    """Imports a table with one fiche a line."""

    code = "plan-actions"
    label = "Plan d’action d’une CTG"
    fields: Sequence[Field] = PLAN_FIELDS

    def __init__(self, ctg: CtgService) -> None:
        self._ctg = ctg
        self._base = ctg._base

    def score(self, headers: Sequence[str]) -> float:
        """How well headers fit: a number and a title are in many tables, a pilot or an enjeu are not."""
        score = columns_score(headers, PLAN_FIELDS)
        said = {fold(header) for header in headers}
        own = {name for f in PLAN_FIELDS if f.code in _TELLING for name in f.names()}
        return score if said & own else score * 0.5

    def preview(self, grid: Grid, columns: Mapping[str, str]) -> TablePreview:
        """Read the table and compare with the base; nothing is written."""
        planned, anomalies = self._plan(grid, columns)
        return _summary(len(grid.rows), planned, anomalies)

    def apply(
        self,
        grid: Grid,
        columns: Mapping[str, str],
        decisions: Mapping[int, str],
        progress: Progress = SILENT,
    ) -> TablePreview:
        """Write what differs; refused lines are left out, a fiche that the table lacks is left alone."""
        planned, anomalies = self._plan(grid, columns)
        dropped = {
            a.line
            for rank, a in enumerate(anomalies)
            if a.severity is Severity.ERROR or decisions.get(rank, a.decision) == Decision.REJECT
        }
        kept = [item for item in planned if item.entry.line not in dropped]
        with self._base.write("import d’un plan d’action") as session:
            for done, item in enumerate(kept):
                progress.report(done / len(kept), "Fiches action")
                if item.deed != "same":
                    _write(session, item)
        return _summary(len(grid.rows), kept, anomalies, written=True)

    def _plan(self, grid: Grid, columns: Mapping[str, str]) -> tuple[list[Planned], tuple[Anomaly, ...]]:
        with self._base.read() as session:
            targets = Targets(session, self._ctg._reference, self._ctg.import_target(grid.path))
            entries, anomalies = read_plan(grid, columns, PLAN_FIELDS, targets.commune)
            planned = []
            for entry in entries:
                item, anomaly = self._place(session, targets, entry, columns)
                if anomaly is not None:
                    anomalies.append(anomaly)
                if item is not None:
                    planned.append(item)
        return planned, tuple(anomalies)

    def _place(
        self, session: Session, targets: Targets, entry: PlanEntry, columns: Mapping[str, str]
    ) -> tuple[Planned | None, Anomaly | None]:
        ctg = targets.ctg(entry.ctg)
        if ctg is None:
            return None, _error(entry, columns.get("ctg", ""), entry.ctg, "plan_ctg")
        late = _too_late(session, ctg, entry)
        if late:
            return None, _error(entry, columns.get("ends_on", ""), late, "plan_after_end")
        outside = targets.outside(ctg, str(entry.columns.get("communes", "")))
        if outside:
            return None, _error(entry, columns.get("communes", ""), outside, "plan_commune")
        held = targets.action(ctg, entry.uuid, entry.number)
        if held is None:
            return Planned(entry, ctg, "", "new"), None
        same = not _differs(session, held, entry)
        return Planned(entry, ctg, held.uuid, "same" if same else "changed"), None


_TELLING = frozenset({"issue", "strategic", "pilot_organisation", "elected_function", "caf_role", "steps"})


def _error(entry: PlanEntry, column: str, value: str, rule: str) -> Anomaly:
    return Anomaly(entry.line, column, value, rule, Severity.ERROR, (), Decision.REJECT)


def _too_late(session: Session, ctg: str, entry: PlanEntry) -> str:
    """The first date after the end of the convention, empty if there is none."""
    end = iso(conventions_of(session, ctg)[ctg].end_at())
    dates = [str(entry.columns.get("ends_on") or ""), *(step.planned_on or "" for step in entry.steps)]
    return next((day for day in dates if end is not None and day > end), "")


def _differs(session: Session, held: ActionSheet, entry: PlanEntry) -> bool:
    if any(getattr(held, name) != value for name, value in entry.columns.items()):
        return True
    if entry.status and entry.status != held.status:
        return True
    if any(entry.path) and entry.path != _path_of(session, held.node_uuid):
        return True
    known = {step.title: step for step in _steps_of(session, held.uuid)}
    return any(step.title not in known or _step_columns(step, known[step.title]) for step in entry.steps)


def _path_of(session: Session, node: str | None) -> tuple[str, str, str]:
    titles = {kind: "" for kind in LEVELS}
    row = session.get(PlanNode, node) if node else None
    while row is not None:
        titles[NodeKind(row.kind)] = row.title
        row = session.get(PlanNode, row.parent_uuid) if row.parent_uuid else None
    issue, strategic, operational = titles.values()
    return issue, strategic, operational


def _steps_of(session: Session, action: str) -> list[ActionStep]:
    return list(session.scalars(select(ActionStep).where(ActionStep.action_uuid == action)))


def _step_columns(cell: StepCell, row: ActionStep | None) -> dict[str, object]:
    """Columns of an étape that the file tells and that differ: what it leaves empty is kept."""
    told = {"holder": cell.holder, "planned_on": cell.planned_on, "done_on": cell.done_on}
    return {name: value for name, value in told.items() if value and (not row or getattr(row, name) != value)}


def _write(session: Session, item: Planned) -> None:
    entry = item.entry
    node = _node(session, item.ctg, entry.path)
    if item.uuid:
        row: Any = session.get_one(ActionSheet, item.uuid)
        for name, value in entry.columns.items():
            setattr(row, name, value)
        if node is not None:
            row.node_uuid = node
    else:
        uuid = insert_action(session, item.ctg, node, dict(entry.columns), {"reference": entry.number})
        row = session.get_one(ActionSheet, uuid)
    _write_status(session, row, entry)
    known = {step.title: step for step in _steps_of(session, row.uuid)}
    for cell in entry.steps:
        step = known.get(cell.title)
        columns = _step_columns(cell, step)
        if step is None:
            insert(session, "step", row.uuid, {"title": cell.title, **columns})
        else:
            for name, value in columns.items():
                setattr(step, name, value)
    session.flush()


def _write_status(session: Session, row: ActionSheet, entry: PlanEntry) -> None:
    if not entry.status or entry.status == row.status:
        return
    columns = {
        "before": row.status, "after": entry.status, "reason": entry.reason, "decider": entry.decider,
        "decided_on": entry.decided_on,
    }  # fmt: skip
    if row.status != ActionState.TO_START or entry.reason:
        add_row(session, "status", row.uuid, columns)
    row.status = entry.status


def _node(session: Session, ctg: str, path: tuple[str, str, str]) -> str | None:
    """The node of a path, made where it lacks; a level left empty is skipped."""
    parent: str | None = None
    for kind, title in zip(LEVELS, path, strict=True):
        if not title:
            continue
        above = PlanNode.parent_uuid.is_(None) if parent is None else PlanNode.parent_uuid == parent
        rows = session.scalars(
            select(PlanNode).where(PlanNode.ctg_uuid == ctg, above, PlanNode.kind == kind.value)
        )
        held = next((row for row in rows if fold(row.title) == fold(title)), None)
        values = {"kind": kind, "title": title, "parent_uuid": parent}
        parent = held.uuid if held is not None else insert(session, "node", ctg, values)
    return parent


def _summary(
    rows_read: int, planned: Sequence[Planned], anomalies: tuple[Anomaly, ...], *, written: bool = False
) -> TablePreview:
    deeds = [item.deed for item in planned]
    found = TablePreview(
        rows_read, deeds.count("new"), deeds.count("changed"), deeds.count("same"), anomalies
    )
    touched = written and (found.new or found.changed)
    return replace(found, changes=CHANGED if touched else NO_CHANGE)
