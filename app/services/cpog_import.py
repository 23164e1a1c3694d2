"""Import of values: one line a value, or one column a period; of this Caf or of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.changes import Changes
from app.domain.anomaly import Anomaly, Decision, Severity
from app.domain.cpog import Contract, CpogIndicator
from app.domain.cpog_anomalies import SERIES, finding_anomaly, period_of
from app.domain.cpog_checks import ACTUAL, Finding, known
from app.domain.cpog_entry import read_cell
from app.domain.cpog_points import Peer, Period
from app.domain.french import fold
from app.domain.numbers import parse_number, parse_year
from app.ingestion.fields import Field, columns_score
from app.services.cpog_entry import typed_of
from app.services.cpog_rows import Entry
from app.services.table_imports import TablePreview

if TYPE_CHECKING:
    from app.ingestion.grids import Grid, GridRow
    from app.progress import Progress
    from app.services.cpog import CpogService

FIELDS = (
    Field("indicator", "Indicateur", True, synonyms=("libellé", "code indicateur", "code", "intitulé")),
    Field("sub_series", "Sous-série", synonyms=("canal", "dispositif", "sous serie")),
    Field("cpog", "CPOG", synonyms=("contrat", "code cpog")),
    Field("year", "Année", kind="integer", synonyms=("exercice",)),
    Field("quarter", "Trimestre", synonyms=("trim",)),
    Field("series", "Série", synonyms=("nature de la valeur",)),
    Field("value", "Valeur", synonyms=("réalisé", "résultat")),
    Field("numerator", "Numérateur"),
    Field("denominator", "Dénominateur"),
    Field("departement", "Caf", synonyms=("département", "code caf")),
    Field("group", "Groupe", synonyms=("groupe de caf",)),
    Field("source", "Source"),
)
BASE_SHARE = 0.6
NAMED = 0.5

Columns = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Cell:
    """One value of the file: where it is, and what it says."""

    line: int
    column: str
    entry: Entry
    peer: Peer | None = None


class CpogValuesImporter:
    """Values and targets typed elsewhere; every cell is checked as if it were typed in the grid."""

    code = "cpog-valeurs"
    label = "Valeurs d’indicateurs de CPOG"
    fields: Sequence[Field] = FIELDS

    def __init__(self, service: CpogService) -> None:
        self._service = service

    def score(self, headers: Sequence[str]) -> float:
        """Sure with an indicator, and either a value and a year, or columns that are periods."""
        said = {fold(h) for h in headers}
        if "indicateur" not in said and "code indicateur" not in said:
            return 0.0
        periods = [h for h in headers if period_of(h) is not None]
        if periods:
            others = [h for h in headers if h not in periods]
            return max(columns_score(others, FIELDS), BASE_SHARE) if len(others) <= len(FIELDS) else 0.0
        return columns_score(headers, FIELDS) if {"valeur", "annee"} <= said else NAMED

    def preview(self, grid: Grid, columns: Columns) -> TablePreview:
        """Read and check every cell; nothing is written."""
        cells, anomalies = self._read(grid, columns)
        return self._counted(grid, cells, anomalies, {})

    def apply(
        self, grid: Grid, columns: Columns, decisions: Mapping[int, str], progress: Progress
    ) -> TablePreview:
        """Write what is neither refused nor set aside; a known value that changes makes a version."""
        cells, anomalies = self._read(grid, columns)
        preview = self._counted(grid, cells, anomalies, decisions)
        kept = self._kept(cells, anomalies, decisions)
        progress.report(0.5, "Valeurs de CPOG")
        changes = Changes()
        entries = [cell.entry for cell in kept if cell.peer is None]
        if entries:
            changes |= self._service.enter(entries, f"import de {grid.path.name}").changes
        peers = [cell.peer for cell in kept if cell.peer is not None]
        if peers and preview.new + preview.changed:
            changes |= self._service.save_peers(peers)
        return replace(preview, changes=changes)

    def _counted(
        self, grid: Grid, cells: Sequence[_Cell], anomalies: Sequence[Anomaly], decisions: Mapping[int, str]
    ) -> TablePreview:
        contracts = {i.uuid: c for c in self._service.all_contracts() for i in c.indicators}
        sorts = [_sort(contracts, cell) for cell in self._kept(cells, anomalies, decisions)]
        counts = {sort: sorts.count(sort) for sort in ("new", "changed", "unchanged")}
        return TablePreview(
            len(grid.rows), counts["new"], counts["changed"], counts["unchanged"], tuple(anomalies)
        )

    def _kept(
        self, cells: Sequence[_Cell], anomalies: Sequence[Anomaly], decisions: Mapping[int, str]
    ) -> list[_Cell]:
        refused = {
            (a.line, a.column)
            for rank, a in enumerate(anomalies)
            if a.severity is Severity.ERROR or decisions.get(rank, a.decision) == Decision.REJECT
        }
        return [c for c in cells if (c.line, c.column) not in refused]

    def _read(self, grid: Grid, columns: Columns) -> tuple[list[_Cell], list[Anomaly]]:
        contracts = self._service.all_contracts()
        cells: list[_Cell] = []
        anomalies: list[Anomaly] = []
        for row in grid.rows:
            for found in _cells_of(grid, row, columns, contracts):
                (cells if isinstance(found, _Cell) else anomalies).append(found)  # type: ignore[arg-type]
        own = [cell for cell in cells if cell.peer is None]
        for finding in self._service.check([cell.entry for cell in own]):
            cell = own[finding.position]
            said = Finding(finding.code, finding.text, finding.blocking)
            anomalies.append(finding_anomaly(cell.line, cell.column, cell.entry.text, said))
        anomalies.sort(key=lambda a: (a.line or 0, a.column))
        return cells, anomalies


def _sort(contracts: Mapping[str, Contract], cell: _Cell) -> str:
    contract = contracts[cell.entry.indicator_uuid]
    read = read_cell(contract.by_uuid[cell.entry.indicator_uuid], cell.entry.text)
    if cell.peer is not None:
        held = [p for p in contract.peers if _same_peer(p, cell.peer)]
        return _compared(held[0].number if held else None, bool(held), cell.peer.number)
    before = known(contract, typed_of(cell.entry, ""))
    if read.empty:
        return "unchanged" if before is not None or not cell.entry.numerator else "new"
    return _compared(before.number if before else None, before is not None, read.number)


def _compared(before: float | None, is_known: bool, after: float | None) -> str:
    if not is_known:
        return "new"
    return "unchanged" if before == after else "changed"


def _same_peer(one: Peer, two: Peer) -> bool:
    def key(p: Peer) -> tuple[object, ...]:
        return p.indicator_uuid, p.group_name, p.departement, p.year, p.quarter

    return key(one) == key(two)


def _cells_of(
    grid: Grid, row: GridRow, columns: Columns, contracts: Sequence[Contract]
) -> list[_Cell | Anomaly]:
    periods = [(h, p) for h in grid.headers if h not in columns.values() and (p := period_of(h)) is not None]
    said = {field: row.cells[grid.headers.index(header)].strip() for field, header in columns.items()}
    if not any(said.values()):
        return []
    if periods and "value" not in columns:
        return [
            _one(row.line, header, said, period, row.cells[grid.headers.index(header)], contracts)
            for header, period in periods
            if row.cells[grid.headers.index(header)].strip()
        ]
    period_read = _period(said)
    header = columns.get("value", "")
    if isinstance(period_read, Finding):
        return [finding_anomaly(row.line, columns.get("year", ""), said.get("year", ""), period_read)]
    return [_one(row.line, header, said, period_read, said.get("value", ""), contracts)]


def _period(said: Mapping[str, str]) -> Period | Finding:
    year = parse_year(said.get("year", ""))
    if year is None:
        return Finding("bad_year", f"« {said.get('year', '')} » n’est pas une année.")
    text = said.get("quarter", "")
    quarter = parse_number(fold(text).removeprefix("t").strip()[:1]) if text else 0
    if quarter is None or not 0 <= quarter <= 4:
        return Finding("bad_quarter", f"« {text} » n’est pas un trimestre.")
    return Period(year, int(quarter))


def _one(
    line: int, column: str, said: Mapping[str, str], period: Period, text: str, contracts: Sequence[Contract]
) -> _Cell | Anomaly:
    series = SERIES.get(fold(said.get("series", "")), "" if said.get("series") else ACTUAL)
    if not series:
        unknown = Finding("unknown_series", f"« {said['series']} » n’est pas une série connue.")
        return finding_anomaly(line, column, said["series"], unknown)
    found = _indicator(said, period, contracts)
    if isinstance(found, Finding):
        return finding_anomaly(line, column, said.get("indicator", ""), found)
    contract, indicator = found
    entry = Entry(
        indicator.uuid, period, text, series, said.get("numerator", ""), said.get("denominator", ""),
        source=said.get("source", ""),
    )  # fmt: skip
    departement = said.get("departement", "")
    if not departement or departement == contract.cpog.departement:
        return _Cell(line, column, entry)
    return _peer_cell(line, column, entry, indicator, departement, said)


def _peer_cell(
    line: int, column: str, entry: Entry, indicator: CpogIndicator, departement: str, said: Mapping[str, str]
) -> _Cell | Anomaly:
    cell = read_cell(indicator, entry.text)
    if cell.problem:
        return finding_anomaly(line, column, entry.text, Finding(cell.problem, cell.sentence))
    peer = Peer(
        "", indicator.cpog_uuid, indicator.uuid, said.get("group") or "Autres Caf", departement,
        entry.period.year, quarter=entry.period.quarter, number=cell.number, state=cell.state,
        source=entry.source,
    )  # fmt: skip
    return _Cell(line, column, entry, peer)


def _indicator(
    said: Mapping[str, str], period: Period, contracts: Sequence[Contract]
) -> tuple[Contract, CpogIndicator] | Finding:
    """Find the indicator by code or exact label, within the contract named or that of the period."""
    asked, wanted, sub = said.get("cpog", ""), fold(said["indicator"]), fold(said.get("sub_series", ""))
    held = [c for c in contracts if not asked or asked in (c.cpog.code, c.cpog.uuid)]
    if asked and not held:
        return Finding("unknown_contract", f"Aucun CPOG n’a le code « {asked} ».")
    found = [
        (c, i) for c in held for i in c.indicators
        if wanted in {fold(i.code), fold(i.label), fold(i.short_label)} - {""} and fold(i.sub_series) == sub
    ]  # fmt: skip
    if len(found) > 1:
        found = [(c, i) for c, i in found if period.year in c.cpog.years]
    if len(found) == 1:
        return found[0]
    name = said["indicator"] + (f", {said['sub_series']}" if sub else "")
    if not found:
        return Finding("unknown_indicator", f"« {name} » est inconnu dans les CPOG de cette base.")
    return Finding("ambiguous", f"« {name} » désigne plusieurs indicateurs : ajoutez le code du CPOG.")
