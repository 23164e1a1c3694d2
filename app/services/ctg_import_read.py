"""Lines of a plan d’actions as they are read: typed cells, étapes, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.domain.action import NEEDS_REASON, ActionState
from app.domain.anomaly import Anomaly, Decision, Severity
from app.domain.ctg_errors import BadField
from app.domain.ctg_fields import parse_day, read_fields
from app.domain.french import fold
from app.services.ctg_table import ACTION_COLUMNS

if TYPE_CHECKING:
    from app.ingestion.fields import Field
    from app.ingestion.grids import Grid, GridRow

NodePath = tuple[str, str, str]

RULES = frozenset({"required_empty", "line_twice", "plan_reversed", "plan_ctg"})
"""Rules that are not about a cell of a plan alone."""


@dataclass(frozen=True, slots=True)
class StepCell:
    """An étape as written: ISO days or None."""

    title: str
    holder: str
    planned_on: str | None
    done_on: str | None


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """One fiche as a file tells it; columns: only those that the file has."""

    line: int
    number: str
    uuid: str
    ctg: str
    path: NodePath
    columns: Mapping[str, object]
    status: str = ""
    reason: str = ""
    decider: str = ""
    decided_on: str | None = None
    steps: tuple[StepCell, ...] = ()


@dataclass(slots=True)
class LineReader:
    """Cells of one line by field, and the anomalies met."""

    grid: Grid
    columns: Mapping[str, str]
    fields: Mapping[str, Field]
    row: GridRow
    anomalies: list[Anomaly] = field(default_factory=list)

    def has(self, code: str) -> bool:
        """Tell whether the file has a column for a field."""
        return bool(self.columns.get(code))

    def text(self, code: str) -> str:
        """The cell of a field, without the quote that keeps a spreadsheet from running it."""
        place = self.grid.place(self.columns.get(code, ""))
        cell = "" if place is None else self.row.cells[place].strip()
        return cell[1:] if cell[:2] in ("'=", "'+", "'-", "'@") else cell

    def choice(self, code: str) -> str:
        """Code of the choice written, by code or by label; a wrong one is an anomaly."""
        written = self.text(code)
        if not written:
            return ""
        wanted = fold(written)
        for held, label in self.fields[code].choices:
            if wanted in (fold(held), fold(label)):
                return held
        self.refuse(code, "choice")
        return ""

    def refuse(self, code: str, reason: str, value: str = "") -> None:
        """Say what is wrong with a cell; its line is left out."""
        header = self.columns.get(code, "")
        rule = reason if reason in RULES else f"plan_{reason}"
        written = value or self.text(code)
        self.anomalies.append(
            Anomaly(self.row.line, header, written, rule, Severity.ERROR, (), Decision.REJECT)
        )

    @property
    def refused(self) -> bool:
        """True if the line is left out."""
        return any(anomaly.severity is Severity.ERROR for anomaly in self.anomalies)


def read_plan(
    grid: Grid, columns: Mapping[str, str], fields: Sequence[Field], communes_of: Callable[[str], str | None]
) -> tuple[list[PlanEntry], list[Anomaly]]:
    """Read every line; communes_of: code of a commune from its name or code, None if unknown."""
    by_code = {item.code: item for item in fields}
    entries: list[PlanEntry] = []
    anomalies: list[Anomaly] = []
    seen: set[tuple[str, str]] = set()
    for row in grid.rows:
        line = LineReader(grid, columns, by_code, row)
        entry = _entry(line, communes_of)
        if entry is not None and (fold(entry.ctg), entry.number) in seen:
            line.refuse("number", "line_twice")
        if entry is not None and not line.refused:
            seen.add((fold(entry.ctg), entry.number))
            entries.append(entry)
        anomalies += line.anomalies
    return entries, anomalies


def _entry(line: LineReader, communes_of: Callable[[str], str | None]) -> PlanEntry | None:
    if not any(cell.strip() for cell in line.row.cells):
        return None
    for code in ("number", "title"):
        if not line.text(code):
            line.refuse(code, "required_empty")
    status = line.choice("status")
    decided = _day(line, "decided_on")
    entry = PlanEntry(
        line=line.row.line,
        number=line.text("number"),
        uuid=line.text("uuid"),
        ctg=line.text("ctg"),
        path=(line.text("issue"), line.text("strategic"), line.text("operational")),
        columns=_columns(line, communes_of),
        status=status,
        reason=line.text("reason"),
        decider=line.text("decider"),
        decided_on=decided,
        steps=_steps(line),
    )
    if status and ActionState(status) in NEEDS_REASON and not (entry.reason and entry.decider and decided):
        line.refuse("status", "reason")
    return entry


def _columns(line: LineReader, communes_of: Callable[[str], str | None]) -> dict[str, object]:
    found: dict[str, object] = {}
    for code in ACTION_COLUMNS:
        if not line.has(code):
            continue
        try:
            found |= read_fields("action", {code: _cell(line, code, communes_of)})
        except BadField as error:
            if error.facts["reason"] != "empty":
                line.refuse(code, str(error.facts["reason"]))
    start, end = found.get("starts_on"), found.get("ends_on")
    if start and end and str(end) < str(start):
        line.refuse("ends_on", "plan_reversed")
    return found


def _cell(line: LineReader, code: str, communes_of: Callable[[str], str | None]) -> object:
    if line.fields[code].kind == "choice":
        return line.choice(code)
    if code == "communes":
        return _communes(line, communes_of)
    if code == "partners":
        return [part.strip() for part in line.text(code).replace("\n", ";").split(";")]
    return line.text(code)


def _communes(line: LineReader, communes_of: Callable[[str], str | None]) -> list[str]:
    parts = [part.strip() for part in line.text("communes").replace("\n", ",").replace(";", ",").split(",")]
    codes = []
    for part in parts:
        code = communes_of(part) if part else None
        if code is not None:
            codes.append(code)
        elif part:
            line.refuse("communes", "commune", part)
    return codes


def _day(line: LineReader, code: str) -> str | None:
    written = line.text(code)
    found = parse_day(written) if written else None
    if written and found is None:
        line.refuse(code, "date")
    return found.isoformat() if found is not None else None


def _steps(line: LineReader) -> tuple[StepCell, ...]:
    found = []
    for written in line.text("steps").split("\n"):
        parts = [part.strip() for part in written.split("|")]
        if parts[0]:
            title, holder, planned, done = (*parts, "", "", "")[:4]
            found.append(StepCell(title, holder, _step_day(line, planned), _step_day(line, done)))
    return tuple(found)


def _step_day(line: LineReader, written: str) -> str | None:
    found = parse_day(written) if written else None
    if written and found is None:
        header = line.columns.get("steps", "")
        line.anomalies.append(
            Anomaly(
                line.row.line, header, written, "plan_step_date", Severity.QUESTION, (), Decision.UNDERSTOOD
            )
        )
    return found.isoformat() if found is not None else None
