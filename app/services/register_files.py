"""Tables that come otherwise than by the wizard: pasted, delivered with us, points of a GeoJSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import resources
from app.changes import Changes
from app.domain.register_errors import UnreadablePaste
from app.domain.register_fields import BY_CODE
from app.ingestion.fields import match_columns
from app.ingestion.grids import Grid, GridRow, read_grids, unique_headers
from app.ingestion.points import points_grid
from app.progress import SILENT, Progress
from app.services.register_import import ServiceImporter
from app.services.register_rows import ZONES, PasteResult
from app.services.register_writing import RegisterWriting

if TYPE_CHECKING:
    from app.services.register_import_rows import RowImporter
    from app.services.table_imports import TableImporter, TablePreview

PASTED = Path("collage")
RECOGNISED = 0.6
HEADLESS = ("kind", "name", "code_commune", "manager", "licensed_places", "opened", "licence_to", "source")
"""Columns of a paste without headers: those of the table, in its order."""
DELIVERED = ("equipements.csv", "zones.csv", "assistants_maternels.csv", "totaux.csv")


class RegisterFiles(RegisterWriting):
    """Pastes and reads tables through the ordinary importers."""

    @cached_property
    def importers(self) -> tuple[TableImporter, ...]:
        """The importers of the register, as the import of files uses them."""
        from app.services.register_import_counts import (
            ChildmindersImporter,
            MovementsImporter,
            TotalsImporter,
            ZonesImporter,
        )

        rows: tuple[type[RowImporter[Any]], ...] = (
            ChildmindersImporter, TotalsImporter, ZonesImporter, MovementsImporter,
        )  # fmt: skip
        return (ServiceImporter(self), *(kind(self) for kind in rows))

    def paste(self, text: str, columns: Sequence[str] = (), *, simulate: bool = False) -> PasteResult:
        """Write the services copied from a spreadsheet (cells separated by tabs), in one action.

        The first line gives the columns if it reads like headers; else columns says the code of the field of
        each, by default HEADLESS. Every line refused is an anomaly, the others are written. Raises
        UnreadablePaste when no type or no commune can be found in it.
        """
        lines = [line.split("\t") for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
        importer = ServiceImporter(self)
        headed = bool(lines) and importer.score([cell.strip() for cell in lines[0]]) >= RECOGNISED
        if headed:
            grid = _grid(lines[0], lines[1:], first=2)
            found = match_columns(grid.headers, importer.fields)
        else:
            codes = [code for code in columns or HEADLESS if code in BY_CODE]
            width = max((len(line) for line in lines), default=0)
            codes = codes[:width]
            grid = _grid(
                [BY_CODE[code].label for code in codes], [line[: len(codes)] for line in lines], first=1
            )
            found = {code: BY_CODE[code].label for code in codes}
        _check_paste(text, lines, found)
        if simulate:
            return _result(importer.preview(grid, found), found)
        return _result(importer.apply(grid, found, {}), found)

    def load_delivered(self, progress: Progress = SILENT) -> Changes:
        """Write the facts delivered with the application about the communes of the base, in one action.

        Loading them again changes nothing, and leaves what the user wrote where the facts are silent.
        """
        with self._base.gather("chargement des faits livrés"):
            for rank, path in enumerate(self.delivered_files()):
                progress.report(rank / len(DELIVERED), f"Lecture de {path.name}")
                self._load(path)
        self.forget()
        return ZONES

    @staticmethod
    def delivered_files() -> tuple[Path, ...]:
        """Return the tables of facts delivered with the application, in the order of their import."""
        return tuple(resources.path("register", "delivered", name) for name in DELIVERED)

    def import_points(self, path: Path, kind: str = "", *, simulate: bool = False) -> PasteResult:
        """Write the services of a GeoJSON of points, in one action; kind: where the file does not say it.

        Properties are the columns, found by name as in a table. Raises UnreadableFile.
        """
        grid = points_grid(path, kind)
        importer = ServiceImporter(self)
        found = match_columns(grid.headers, importer.fields)
        done = importer.preview(grid, found) if simulate else importer.apply(grid, found, {})
        return _result(done, found)

    def _load(self, path: Path) -> None:
        for grid in read_grids(path):
            best = max(self.importers, key=lambda importer: importer.score(grid.headers))
            columns = match_columns(grid.headers, best.fields)
            best.apply(self._in_scope(grid, columns), columns, {}, SILENT)

    def _in_scope(self, grid: Grid, columns: Mapping[str, str]) -> Grid:
        """Keep the lines about the territory of the base: its communes, Epci and départements."""
        header = columns.get("code_commune") or columns.get("code")
        place = grid.place(header) if header else None
        if place is None:
            return grid
        territory = self._territory
        known = {epci.code for epci in territory.epcis()} | {dep.code for dep in territory.departements()}
        known |= self.scope()
        return replace(grid, rows=tuple(row for row in grid.rows if row.cells[place] in known))


def _grid(headers: Sequence[str], lines: Sequence[Sequence[str]], *, first: int) -> Grid:
    names = unique_headers([cell.strip() for cell in headers])
    width = len(names)
    rows = tuple(
        GridRow(rank, tuple(cell.strip() for cell in [*line[:width], *[""] * (width - len(line))]))
        for rank, line in enumerate(lines, start=first)
    )
    return Grid(PASTED, "", "", names, rows)


def _check_paste(text: str, lines: Sequence[object], found: Mapping[str, str]) -> None:
    missing = [BY_CODE["kind"].label] if "kind" not in found else []
    if "code_commune" not in found and "commune" not in found:
        missing.append(BY_CODE["commune"].label)
    if not lines or missing:
        shown = missing or [BY_CODE["kind"].label, BY_CODE["commune"].label]
        raise UnreadablePaste("kind", text[:40], missing=tuple(f"« {label} »" for label in shown))


def _result(done: TablePreview, found: Mapping[str, str]) -> PasteResult:
    return PasteResult(
        done.rows_read, done.new, done.changed, done.unchanged, done.anomalies, tuple(found.items()),
        done.changes,
    )  # fmt: skip
