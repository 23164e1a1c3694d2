"""Import of a grid of indicators: it makes a new contract, or completes one; initial targets come with it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from app.domain.anomaly import Anomaly, Decision, Severity
from app.domain.cpog import Contract, Cpog, CpogIndicator
from app.domain.cpog_anomalies import KINDS, NATURES, SENSES, TYPES, UNITS, finding_anomaly, period_of
from app.domain.cpog_checks import Finding, Typed, check
from app.domain.cpog_codes import IndicatorType, Nature, Sense, SeriesKind, TargetKind
from app.domain.cpog_points import Period
from app.domain.cpog_units import unit_of
from app.domain.french import fold, typographic
from app.domain.numbers import parse_number, parse_year
from app.domain.reference import load_reference
from app.ingestion.fields import Field, columns_score
from app.services.cpog_delivered import pinned_first
from app.services.cpog_rows import Entry
from app.services.cpog_store import CHANGED
from app.services.table_imports import TablePreview
from db.models.base import key_of

if TYPE_CHECKING:
    from app.ingestion.grids import Grid, GridRow
    from app.progress import Progress
    from app.services.cpog import CpogService

FIELDS = (
    Field("label", "Libellé", True, synonyms=("intitulé", "libellé de l’indicateur", "indicateur")),
    Field("unit", "Unité", True, synonyms=("unité de mesure",)),
    Field("type", "Type", True, synonyms=("résultat ou suivi",)),
    Field("cpog", "CPOG", synonyms=("contrat", "code cpog")),
    Field("sub_series", "Sous-série", synonyms=("sous serie",)),
    Field("code", "Code", synonyms=("n°", "numéro")),
    Field("rank", "Ordre", synonyms=("rang",)),
    Field("domain", "Domaine", synonyms=("thème",)),
    Field("heading", "Rubrique"),
    Field("fiche", "Fiche", synonyms=("fiche thématique",)),
    Field("nature", "Nature", synonyms=("cog ou hors cog",)),
    Field("direction", "Sens", synonyms=("sens attendu",)),
    Field("target_kind", "Cible mode", synonyms=("mode de cible", "type de cible", "nature de la cible")),
    Field("target", "Cible valeur", synonyms=("valeur cible", "cible")),
    Field("target_year", "Cible année", synonyms=("année de la cible", "cible annee")),
    Field("target_text", "Cible texte", synonyms=("texte de la cible",)),
    Field("start_year", "Année début", synonyms=("à partir de", "annee debut")),
    Field("reference", "Référence valeur", synonyms=("référence", "valeur de référence")),
    Field("reference_year", "Référence année", synonyms=("année de référence",)),
    Field("reference_text", "Référence précision"),
    Field("cog_ref", "Code COG", synonyms=("code_cog",)),
    Field("note", "Remarque", synonyms=("commentaire",)),
)
CODE = re.compile(r"(?<![0-9])(2[AB]|97[1-6]|[0-9]{2})[-_ ](20[0-9]{2})[-_ ](20[0-9]{2})(?![0-9])")
SPAN = re.compile(r"(?<![0-9])(20[0-9]{2})[-_ ](20[0-9]{2})(?![0-9])")
YEARS = 5

Columns = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the grid: the indicator it says, and its initial targets with their column."""

    line: int
    indicator: CpogIndicator
    targets: tuple[tuple[str, Period, str], ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    cpog: Cpog
    is_new: bool
    held: Mapping[str, CpogIndicator]
    lines: tuple[_Line, ...]
    anomalies: tuple[Anomaly, ...]


class CpogGridImporter:
    """A grid of CSV or XLSX; the same one again changes nothing."""

    code = "cpog-grille"
    label = "Grille d’indicateurs de CPOG"
    fields: Sequence[Field] = FIELDS

    def __init__(self, service: CpogService, departements: Sequence[str]) -> None:
        self._service = service
        self._departements = tuple(departements)

    def score(self, headers: Sequence[str]) -> float:
        """How well headers fit, columns that are years aside."""
        return columns_score([h for h in headers if period_of(h) is None], FIELDS)

    def preview(self, grid: Grid, columns: Columns) -> TablePreview:
        """Read the grid and compare with the contract it is about; nothing is written."""
        return _counted(grid, self._plan(grid, columns), {})

    def apply(
        self, grid: Grid, columns: Columns, decisions: Mapping[int, str], progress: Progress
    ) -> TablePreview:
        """Create the contract if need be, then its indicators and their initial targets."""
        plan = self._plan(grid, columns)
        preview = _counted(grid, plan, decisions)
        if not preview.new and not preview.changed:
            return preview
        pinned: frozenset[str] = frozenset()
        if plan.is_new:
            self._service.create(plan.cpog)
            made = pinned_first([line.indicator for line in plan.lines])
            pinned = frozenset(indicator.uuid for indicator in made if indicator.pinned)
        refused = _refused(plan.anomalies, decisions)
        entries: list[Entry] = []
        for position, line in enumerate(plan.lines):
            progress.report(position / len(plan.lines), "Indicateurs de CPOG")
            if (line.line, "") in refused:
                continue
            if plan.held.get(line.indicator.uuid) != line.indicator:
                pin = line.indicator.pinned or line.indicator.uuid in pinned
                self._service.save_indicator(replace(line.indicator, pinned=pin))
            entries += [
                Entry(line.indicator.uuid, period, text, SeriesKind.INITIAL)
                for column, period, text in line.targets
                if (line.line, column) not in refused
            ]
        self._service.enter(entries)
        return replace(preview, changes=CHANGED)

    def _plan(self, grid: Grid, columns: Columns) -> _Plan:
        cpog, held = self._contract(grid, columns)
        contract = Contract(cpog) if held is None else held
        lines, anomalies = _lines(grid, columns, contract)
        merged = {i.uuid: i for i in contract.indicators} | {
            line.indicator.uuid: line.indicator for line in lines
        }
        trial = replace(contract, indicators=tuple(merged.values()))
        for line in lines:
            for column, period, text in line.targets:
                checked = check(trial, Typed(line.indicator.uuid, period, text, SeriesKind.INITIAL))
                anomalies += [finding_anomaly(line.line, column, text, f) for f in checked.findings]
        anomalies.sort(key=lambda a: (a.line or 0, a.column))
        known = {i.uuid: i for i in contract.indicators}
        return _Plan(cpog, held is None, known, tuple(lines), tuple(anomalies))

    def _contract(self, grid: Grid, columns: Columns) -> tuple[Cpog, Contract | None]:
        """The contract named in the table, or by the name of the file; else one of that name is made."""
        held = {contract.cpog.code: contract for contract in self._service.all_contracts()}
        cells = grid.column(columns.get("cpog", ""))
        named = next((cell for cell in cells if cell in held or CODE.search(cell)), "")
        match = CODE.search(named or grid.path.stem)
        code = named or ("-".join(match.groups()) if match else grid.path.stem)
        if code in held:
            return held[code].cpog, held[code]
        departement = match[1] if match else self._departements[0]
        first = int(match[2]) if match else _first_year(grid)
        caf = load_reference().departement(departement).caf_name
        last = int(match[3]) if match else first + YEARS - 1
        made = Cpog(
            key_of("cpog", code), code, f"CPOG {first} à {last}, {caf}", departement,
            datetime.date(first, 1, 1), datetime.date(last, 12, 31), source=grid.path.name,
        )  # fmt: skip
        return made, None


def _first_year(grid: Grid) -> int:
    """The first year of the name of the file or of the headers, else the start of the running COG."""
    span = SPAN.search(grid.path.stem)
    if span is not None:
        return int(span[1])
    years = [p.year for h in grid.headers if (p := period_of(h)) is not None]
    return min(years, default=2023)


def _refused(anomalies: Sequence[Anomaly], decisions: Mapping[int, str]) -> set[tuple[int | None, str]]:
    return {
        (a.line, a.column)
        for rank, a in enumerate(anomalies)
        if a.severity is Severity.ERROR or decisions.get(rank, a.decision) == Decision.REJECT
    }


def _counted(grid: Grid, plan: _Plan, decisions: Mapping[int, str]) -> TablePreview:
    refused = _refused(plan.anomalies, decisions)
    kept = [line for line in plan.lines if (line.line, "") not in refused]
    new = sum(line.indicator.uuid not in plan.held for line in kept)
    same = sum(plan.held.get(line.indicator.uuid) == line.indicator for line in kept)
    return TablePreview(len(grid.rows), new, len(kept) - new - same, same, plan.anomalies)


def _lines(grid: Grid, columns: Columns, contract: Contract) -> tuple[list[_Line], list[Anomaly]]:
    lines: list[_Line] = []
    anomalies: list[Anomaly] = []
    held = {_name(i.label, i.sub_series): i for i in contract.indicators}
    seen: dict[str, int] = {}
    for row in grid.rows:
        said = {field: row.cells[grid.headers.index(header)].strip() for field, header in columns.items()}
        if not any(said.values()):
            continue
        name = _name(said.get("label", ""), said.get("sub_series", ""))
        problem = _problem(said, seen.get(name))
        if problem is not None:
            anomalies.append(finding_anomaly(row.line, "", said.get("label", ""), problem))
            continue
        seen[name] = row.line
        made = _indicator(contract.cpog, said, len(lines), held.get(name), seen)
        lines.append(_Line(row.line, made, _targets(grid, row, said, columns, contract.cpog)))
    return lines, anomalies


def _name(label: str, sub_series: str) -> str:
    return f"{fold(label)}/{fold(sub_series)}"


def _problem(said: Mapping[str, str], earlier: int | None) -> Finding | None:
    if not said.get("label"):
        return Finding("empty", "L’indicateur n’a pas de libellé.")
    if earlier is not None:
        return Finding("twice", f"Cet indicateur est déjà à la ligne {earlier}.")
    words = (("type", TYPES), ("nature", NATURES), ("direction", SENSES), ("target_kind", KINDS))
    for field, known in words:
        text = said.get(field, "")
        if text and fold(text) not in known:
            return Finding("unknown_word", f"« {text} » n’est pas compris dans cette colonne.")
    reference = said.get("reference", "")
    if reference and parse_number(reference) is None:
        return Finding("not_a_number", f"« {reference} » n’est pas un nombre.")
    return None


def _indicator(
    cpog: Cpog, said: Mapping[str, str], position: int, held: CpogIndicator | None, seen: Mapping[str, int]
) -> CpogIndicator:
    label, sub = typographic(said["label"]), said.get("sub_series", "")
    parent = _key(cpog, label, "") if sub and _name(label, "") in seen else ""
    code = said.get("code", "")
    unit = UNITS.get(fold(said.get("unit", "")), said.get("unit", "")) or "nombre"
    base = held or CpogIndicator(
        _key(cpog, label, sub), cpog.uuid, position, label, Nature.COG, IndicatorType.RESULT, unit,
        Sense.UNKNOWN, TargetKind.NONE, parent_uuid=parent, periodicity="", decimals=unit_of(unit).decimals,
    )  # fmt: skip
    nature = NATURES.get(fold(said.get("nature", "")), Nature.COG if code else Nature.OTHER)
    read: dict[str, Any] = {
        **{name: typographic(said[name]) for name in _TEXTS if name in said},
        "nature": Nature(nature), "unit": unit,
        "type": IndicatorType(TYPES.get(fold(said.get("type", "")), base.type)),
        "direction": Sense(SENSES.get(fold(said.get("direction", "")), base.direction)),
        "target_kind": TargetKind(KINDS.get(fold(said.get("target_kind", "")), base.target_kind)),
        "start_year": parse_year(said.get("start_year", "")) or base.start_year,
        "reference": parse_number(said.get("reference", "")) if said.get("reference") else base.reference,
        "reference_year": parse_year(said.get("reference_year", "")) or base.reference_year,
        "rank": int(parse_number(said.get("rank", "")) or base.rank or position + 1),
    }  # fmt: skip
    return replace(base, **read)


_TEXTS = (
    "code",
    "domain",
    "heading",
    "fiche",
    "sub_series",
    "target_text",
    "reference_text",
    "cog_ref",
    "note",
)


def _key(cpog: Cpog, label: str, sub_series: str) -> str:
    return key_of("cpog-imported", cpog.code, fold(label), fold(sub_series))


def _targets(
    grid: Grid, row: GridRow, said: Mapping[str, str], columns: Columns, cpog: Cpog
) -> tuple[tuple[str, Period, str], ...]:
    """Targets of columns that are years; else the target with its year, or for each year of a fixed one."""
    wide = [
        (header, period, row.cells[grid.headers.index(header)].strip())
        for header in grid.headers
        if header not in columns.values() and (period := period_of(header)) is not None
    ]
    found = tuple(item for item in wide if item[2])
    text = said.get("target", "")
    if found or parse_number(text) is None:
        return found
    header = columns["target"]
    year = parse_year(said.get("target_year", ""))
    if year is not None:
        return ((header, Period(year), text),)
    if KINDS.get(fold(said.get("target_kind", ""))) == TargetKind.FIXED:
        return tuple((header, Period(y), text) for y in cpog.years)
    return ((header, Period(cpog.years[-1]), text),)
