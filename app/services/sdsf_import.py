"""Import of the yearly sheet of common indicators: the list comes from the file, it is never invented."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.changes import Changes
from app.domain.anomaly import Anomaly, Decision, Severity
from app.domain.french import fold
from app.domain.indicator import ValueState
from app.domain.numbers import parse_number
from app.domain.sdsf import FilledBy
from app.domain.sdsf_errors import SheetRefused
from app.ingestion.fields import Field, columns_score
from app.services.sdsf_rows import SheetLine
from app.services.sdsf_sheets import CHANGED
from app.services.table_imports import TablePreview

if TYPE_CHECKING:
    from app.ingestion.grids import Grid, GridRow
    from app.progress import Progress
    from app.services.sdsf import SdsfService

FIELDS = (
    Field("label", "Indicateur", True, synonyms=("libellé", "intitulé", "nom de l’indicateur")),
    Field("number", "Valeur", True, synonyms=("résultat", "donnée", "valeur départementale")),
    Field("code", "Code", synonyms=("n°", "numéro", "identifiant")),
    Field("unit", "Unité", synonyms=("unité de mesure",)),
    Field("theme", "Thème", synonyms=("thématique", "domaine", "axe")),
    Field("filled_by", "Rempli par", synonyms=("renseigné par", "origine", "fournisseur")),
    Field("source", "Source", synonyms=("source de la donnée",)),
    Field("note", "Remarque", synonyms=("commentaire", "observation")),
    Field("year", "Année", kind="integer", synonyms=("exercice", "millésime")),
    Field("departement", "Département", synonyms=("code département", "dep")),
)
STATES = {
    "": ValueState.NO_DATA,
    "nd": ValueState.NO_DATA,
    "n d": ValueState.NO_DATA,
    "np": ValueState.NOT_PUBLISHED,
    "n p": ValueState.NOT_PUBLISHED,
    "s": ValueState.MASKED,
    "secret": ValueState.MASKED,
}
FILLERS = {"cnaf": FilledBy.CNAF, "caf": FilledBy.LOCAL, "drees": FilledBy.DREES, "local": FilledBy.LOCAL}
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


class SdsfSheetImporter:
    """Writes a version of the sheet; the same sheet again makes none."""

    code = "sdsf-indicateurs"
    label = "Fiche d’indicateurs communs du SDSF"
    fields: Sequence[Field] = FIELDS

    def __init__(self, service: SdsfService, departements: Sequence[str]) -> None:
        self._service = service
        self._departements = tuple(departements)

    def score(self, headers: Sequence[str]) -> float:
        """Sure only when who fills each line is a column: many tables have a label and a value."""
        said = {fold(header) for header in headers}
        named = {name for field in FIELDS if field.code == "filled_by" for name in field.names()}
        return columns_score(headers, FIELDS) if said & named else 0.3 * columns_score(headers, FIELDS)

    def preview(self, grid: Grid, columns: Mapping[str, str]) -> TablePreview:
        """Compare with the latest version of the year."""
        lines, anomalies = self._read(grid, columns)
        new, changed, unchanged = self._differences(grid, columns, lines)
        return TablePreview(len(grid.rows), new, changed, unchanged, tuple(anomalies))

    def apply(
        self, grid: Grid, columns: Mapping[str, str], decisions: Mapping[int, str], progress: Progress
    ) -> TablePreview:
        """Write a version if anything differs; links to indicators are carried over from the latest one."""
        lines, anomalies = self._read(grid, columns)
        dropped = {
            anomaly.line
            for rank, anomaly in enumerate(anomalies)
            if decisions.get(rank, anomaly.decision) == Decision.REJECT
        }
        kept = [line for line in lines if line.position not in dropped]
        new, changed, unchanged = self._differences(grid, columns, kept)
        progress.report(0.5, "Fiche d’indicateurs")
        changes = Changes()
        if new or changed:
            changes = self._write(grid, columns, kept)
        return TablePreview(len(grid.rows), new, changed, unchanged, tuple(anomalies), changes)

    def _write(self, grid: Grid, columns: Mapping[str, str], lines: Sequence[SheetLine]) -> Changes:
        departement, year = self._scope(grid, columns)
        former = self._former(departement, year)
        links = {_name(line): line.indicator for line in former if line.indicator}
        linked = [replace(line, indicator=links.get(_name(line), "")) for line in lines]
        with self._service._base.write(f"Import de la fiche d’indicateurs {year}") as session:
            self._service.add_version(
                session, departement, year, linked, file=grid.path.name, sha256=grid.sha256
            )
        return CHANGED

    def _former(self, departement: str, year: int) -> tuple[SheetLine, ...]:
        """Lines of the latest version of that year, else of the year before: links outlive a year."""
        for held in (year, year - 1):
            latest = self._service.latest(departement, held)
            if latest is not None:
                return latest.lines
        return ()

    def _differences(
        self, grid: Grid, columns: Mapping[str, str], lines: Sequence[SheetLine]
    ) -> tuple[int, int, int]:
        latest = self._service.latest(*self._scope(grid, columns))
        held = {_name(line): _content(line) for line in latest.lines} if latest else {}
        new = sum(1 for line in lines if _name(line) not in held)
        same = sum(1 for line in lines if held.get(_name(line)) == _content(line))
        return new, len(lines) - new - same, same

    def _scope(self, grid: Grid, columns: Mapping[str, str]) -> tuple[str, int]:
        years = _years(_cells(grid, columns, "year")) or _years(_titles(grid))
        if not years:
            raise SheetRefused(grid.path, reason="year")
        codes = [code for code in _cells(grid, columns, "departement") if code in self._departements]
        return (codes or self._departements)[0], years[0]

    def _read(self, grid: Grid, columns: Mapping[str, str]) -> tuple[list[SheetLine], list[Anomaly]]:
        lines: list[SheetLine] = []
        anomalies: list[Anomaly] = []
        seen: set[tuple[str, str]] = set()
        for row in grid.rows:
            line, anomaly = _line(grid, columns, row)
            if line is not None and _name(line) in seen:
                anomaly = _error(row, columns["label"], line.label, "line_twice")
                line = None
            if line is not None:
                seen.add(_name(line))
                lines.append(line)
            if anomaly is not None:
                anomalies.append(anomaly)
        return lines, anomalies


def _line(grid: Grid, columns: Mapping[str, str], row: GridRow) -> tuple[SheetLine | None, Anomaly | None]:
    def cell(code: str) -> str:
        place = grid.place(columns.get(code, ""))
        return "" if place is None else row.cells[place].strip().lstrip("'")

    label = cell("label")
    if not label:
        return None, _error(row, columns["label"], "", "required_empty") if any(row.cells) else None
    typed = cell("number")
    state = STATES.get(fold(typed.replace(".", " ")).strip())
    number = None if state is not None else parse_number(typed)
    if state is None and number is None:
        return None, _error(row, columns["number"], typed, "not_a_number")
    if state is None:
        state = ValueState.ZERO if number == 0 else ValueState.VALUE
    filler = FILLERS.get(fold(cell("filled_by")), FilledBy.NOBODY)
    return (
        SheetLine(
            "", row.line, cell("code"), label, cell("unit"), cell("theme"), number, state, filler, "",
            cell("source"), cell("note"),
        ),
        None,
    )  # fmt: skip


def _error(row: GridRow, column: str, value: str, rule: str) -> Anomaly:
    return Anomaly(row.line, column, value, rule, Severity.ERROR, decision=Decision.REJECT)


def _name(line: SheetLine) -> tuple[str, str]:
    return (line.code, fold(line.label))


def _content(line: SheetLine) -> tuple[object, ...]:
    return (line.unit, line.theme, line.number, line.state, line.filled_by, line.source, line.note)


def _cells(grid: Grid, columns: Mapping[str, str], code: str) -> tuple[str, ...]:
    header = columns.get(code, "")
    return grid.column(header) if header else ()


def _titles(grid: Grid) -> list[str]:
    above = [cell for row in grid.above for cell in row.cells]
    return [*above, columns_text(grid.headers), grid.sheet, grid.path.name]


def columns_text(headers: Iterable[str]) -> str:
    """Return the headers on one line: « Valeur 2025 » says the year."""
    return " ".join(headers)


def _years(texts: Iterable[str]) -> list[int]:
    return [int(found.group(1)) for text in texts if (found := YEAR.search(text))]
