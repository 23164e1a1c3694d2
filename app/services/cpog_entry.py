"""Type values and targets in the grid: every cell is checked, one refusal writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.changes import Changes
from app.domain.cpog import Contract
from app.domain.cpog_checks import ACTUAL, Checked, Finding, Typed, check
from app.domain.cpog_codes import SeriesKind
from app.domain.cpog_entry import Cell
from app.domain.cpog_errors import EntryRefused
from app.domain.cpog_points import Actual, Period, Target
from app.domain.french import typographic
from app.domain.trajectory_shape import shape_warnings
from app.services import clock
from app.services.cpog_cards import observed_by_year, yearly
from app.services.cpog_contracts import CpogContracts
from app.services.cpog_rows import CellFinding, Entry, EntryResult
from app.services.cpog_store import CHANGED, add
from db.models.base import new_uuid
from db.models.cpog_series import CpogTargetTable, CpogValueTable

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Batch = list[tuple[Entry, Checked]]


class CpogEntry(CpogContracts):
    """The spreadsheet."""

    @staticmethod
    def block(
        text: str, indicators: Sequence[str], periods: Sequence[Period], series: str = ACTUAL
    ) -> list[Entry]:
        """Entries of a block pasted from a spreadsheet: one line an indicator, one cell a period.

        Lines and cells beyond indicators and periods are left out.
        """
        lines = [line.split("\t") for line in text.replace("\r\n", "\n").rstrip("\n").split("\n")]
        return [
            Entry(indicator, period, cell, series)
            for indicator, cells in zip(indicators, lines, strict=False)
            for period, cell in zip(periods, cells, strict=False)
        ]

    def check(self, entries: Sequence[Entry], reason: str = "") -> tuple[CellFinding, ...]:
        """Say what is refused or odd in cells, without writing: positions are those of entries."""
        return tuple(_cell_findings(self._checked(entries, reason)[1]))

    def enter(self, entries: Sequence[Entry], reason: str = "", name: str = "") -> EntryResult:
        """Write cells in one action; reason: why known values or a closed year change.

        An empty cell and a cell equal to what is known write nothing. A value that changes makes a new
        version, and so does a forecast or a bound of the tunnel. Raises EntryRefused with every finding,
        and then nothing is written.
        """
        contracts, batch = self._checked(entries, reason)
        findings = tuple(_cell_findings(batch))
        refused = [f for f in findings if f.blocking]
        if refused:
            raise EntryRefused(findings=findings, texts=tuple(f.text for f in refused))
        to_write = [(entry, checked) for entry, checked in batch if not checked.unchanged]
        if not to_write:
            return EntryResult(Changes(), 0, findings)
        with self._writing(name or _name(to_write)) as session:
            for entry, checked in to_write:
                _write(session, contracts[entry.indicator_uuid], entry, checked, reason)
        return EntryResult(CHANGED, len(to_write), findings)

    def _checked(self, entries: Sequence[Entry], reason: str) -> tuple[dict[str, Contract], Batch]:
        contracts = self.all_contracts()
        held = {i.uuid: c for c in contracts for i in c.indicators}
        closed = {c.cpog.uuid: self.closed_years(c.cpog.uuid) for c in contracts}
        batch: Batch = []
        for entry in entries:
            contract = held.get(entry.indicator_uuid)
            if contract is None:
                finding = Finding("unknown_indicator", "Indicateur inconnu dans cette base.")
                batch.append((entry, Checked(_EMPTY, findings=(finding,))))
                continue
            batch.append((entry, check(contract, typed_of(entry, reason), closed[contract.cpog.uuid])))
        batch = _with_batch_duplicates(batch)
        return held, _with_shapes(batch, held)


_EMPTY = Cell(empty=True)


def typed_of(entry: Entry, reason: str) -> Typed:
    return Typed(
        entry.indicator_uuid,
        entry.period,
        entry.text,
        entry.series,
        entry.numerator,
        entry.denominator,
        reason,
    )


def _with_batch_duplicates(batch: Batch) -> Batch:
    """Two different values for one cell in one batch: the second is refused, the same value twice is not."""
    seen: dict[tuple[str, str, Period], Checked] = {}
    found: Batch = []
    for entry, checked in batch:
        key = (entry.indicator_uuid, entry.series, entry.period)
        first = seen.setdefault(key, checked)
        if first is checked or checked.cell.empty:
            found.append((entry, checked))
            continue
        if first.cell == checked.cell:
            found.append((entry, replace(checked, unchanged=True)))
            continue
        finding = Finding("twice", f"{entry.period.label} est saisi deux fois avec deux valeurs.")
        found.append((entry, replace(checked, findings=(*checked.findings, finding))))
    return found


def _with_shapes(batch: Batch, held: dict[str, Contract]) -> Batch:
    """Warn about the shape of the initial path as it would be, on the last cell of each indicator."""
    paths: dict[str, dict[int, float]] = {}
    last: dict[str, int] = {}
    for position, (entry, checked) in enumerate(batch):
        if (
            entry.series == SeriesKind.INITIAL
            and not entry.period.quarter
            and checked.cell.number is not None
        ):
            paths.setdefault(entry.indicator_uuid, {})[entry.period.year] = checked.cell.number
            last[entry.indicator_uuid] = position
    found = list(batch)
    for uuid, position in last.items():
        entry, checked = found[position]
        contract = held[uuid]
        path = {**yearly(contract.targets_of.get(uuid, ()), SeriesKind.INITIAL), **paths[uuid]}
        seen = observed_by_year(contract.values_of.get(uuid, ()))
        shapes = shape_warnings(contract.by_uuid[uuid], path, seen)
        told = {f.code for f in checked.findings}
        more = tuple(Finding(w.code, w.text, blocking=False) for w in shapes if w.code not in told)
        found[position] = (entry, replace(checked, findings=(*checked.findings, *more)))
    return found


def _cell_findings(batch: Batch) -> list[CellFinding]:
    return [
        CellFinding(position, finding.code, typographic(finding.text), finding.blocking)
        for position, (_, checked) in enumerate(batch)
        for finding in checked.findings
    ]


def _name(batch: Batch) -> str:
    entry = batch[0][0]
    what = "valeur" if entry.series == ACTUAL else "cible"
    return f"{what} de {entry.period.label}" if len(batch) == 1 else f"{len(batch)} cellules de CPOG saisies"


def _write(session: Session, contract: Contract, entry: Entry, checked: Checked, reason: str) -> None:
    if entry.series == ACTUAL:
        add(session, CpogValueTable, _actual(contract, entry, checked, reason))
    else:
        add(session, CpogTargetTable, _target(contract, entry, checked))


def _actual(contract: Contract, entry: Entry, checked: Checked, reason: str) -> Actual:
    earlier = [v for v in contract.values_of.get(entry.indicator_uuid, ()) if v.period == entry.period]
    return Actual(
        uuid=new_uuid(), cpog_uuid=contract.cpog.uuid, indicator_uuid=entry.indicator_uuid,
        year=entry.period.year, quarter=entry.period.quarter, number=checked.cell.number,
        state=checked.cell.state, status=entry.status, numerator=checked.numerator,
        denominator=checked.denominator, estimated=checked.cell.precision == "environ",
        precision=checked.cell.precision, observed_on=entry.observed_on, entered_at=clock.now(),
        version=max((v.version for v in earlier), default=0) + 1, reason=reason if earlier else "",
        source=entry.source, fictitious=entry.fictitious,
    )  # fmt: skip


def _target(contract: Contract, entry: Entry, checked: Checked) -> Target:
    series = SeriesKind(entry.series)
    earlier = [
        t for t in contract.targets_of.get(entry.indicator_uuid, ())
        if t.series is series and t.period == entry.period
    ]  # fmt: skip
    return Target(
        uuid=new_uuid(), cpog_uuid=contract.cpog.uuid, indicator_uuid=entry.indicator_uuid, series=series,
        year=entry.period.year, quarter=entry.period.quarter, number=checked.cell.number,
        state=checked.cell.state, text=checked.cell.printed,
        version=max((t.version for t in earlier), default=0) + 1, status=entry.target_status,
        entered_at=clock.now(), fictitious=entry.fictitious,
    )  # fmt: skip
