"""Commands about SDSF, cascade, alerts and dashboard."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app import cli_tables
from app.cli_base import BasePath, Form, Format, Year, command, opened, require_suffix, say
from app.domain import french
from ui import labels_sdsf as labels

if TYPE_CHECKING:
    from app.services import Services
    from app.services.sdsf_rows import SdsfRow, SheetRow

SHEET_SUFFIXES = (".xlsx", ".csv")
HEADERS = (
    "Département",
    "Schéma",
    "Début",
    "Fin",
    "État",
    "Axes",
    "Objectifs",
    "Actions",
    "Axe jeunesse",
    "Source",
)
SHEET_HEADERS = ("Département", "Année", "Version", "Lignes", "Remplies", "Échéance", "Transmise")


@command("sdsf")
def sdsf(
    base: BasePath,
    form: Form = Format.TABLE,
    year: Year = None,
    sheets: Annotated[bool, typer.Option("--fiches", help="Liste les fiches d’indicateurs communs.")] = False,
    deliver: Annotated[
        bool, typer.Option("--reprendre", help="Ajoute les schémas livrés pour les départements de la base.")
    ] = False,
    departement: Annotated[
        str | None, typer.Option("--departement", metavar="CODE", help="Un seul département de la base.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", metavar="FICHIER", help="Fiche d’indicateurs .xlsx ou .csv.")
    ] = None,
) -> None:
    """Liste les SDSF, ou leurs fiches d’indicateurs communs ; -o écrit la fiche d’une année."""
    if output is not None:
        require_suffix(output, SHEET_SUFFIXES)
    with opened(base, read_only=not deliver) as services:
        if departement is not None:
            services.territory.require_departement(departement)
        if deliver:
            services.sdsf.load_delivered((departement,) if departement else None)
        if output is not None:
            _write_sheet(services, departement, year, output)
        elif sheets:
            say(_sheets(services.sdsf.sheets(departement), form))
        else:
            say(_schemes(services.sdsf.schemes(departement), form))


def _write_sheet(services: Services, departement: str | None, year: int | None, output: Path) -> None:
    from app.domain.sdsf_errors import SdsfNotFound

    held = [
        row for row in services.sdsf.sheets(departement) if row.latest and (year is None or row.year == year)
    ]
    if not held:
        raise SdsfNotFound(what="sheet")
    services.sdsf.export_sheet(held[0].uuid, output)
    say(f"Fiche d’indicateurs {held[0].year}, version {held[0].version}, écrite dans {output}.")


def _schemes(rows: list[SdsfRow], form: Format) -> str:
    if form is Format.JSON:
        return json.dumps([_as_json(row) for row in rows], ensure_ascii=False, indent=1)
    cells = [
        (
            row.departement, row.label, _day(row.starts_on), _day(row.ends_with_amendments),
            labels.STAGE[row.stage], str(row.axes), str(row.objectives), str(row.actions),
            {True: "oui", False: "non", None: french.NO_DATA}[row.youth_axis], row.source,
        )
        for row in rows
    ]  # fmt: skip
    return cli_tables.table(HEADERS, cells, form.value)


def _sheets(rows: list[SheetRow], form: Format) -> str:
    cells = [
        (
            row.code_departement, str(row.year), str(row.version), str(row.count.lines),
            str(row.count.filled), _day(row.due_on), _day(row.sent_on),
        )
        for row in rows
    ]  # fmt: skip
    if form is Format.JSON:
        keys = ("departement", "annee", "version", "lignes", "remplies", "echeance", "transmise")
        return json.dumps([dict(zip(keys, row, strict=True)) for row in cells], ensure_ascii=False, indent=1)
    return cli_tables.table(SHEET_HEADERS, cells, form.value)


def _as_json(row: SdsfRow) -> dict[str, object]:
    return {
        "departement": row.code_departement,
        "schema": row.label,
        "debut": row.starts_on.isoformat() if row.starts_on else None,
        "fin": row.ends_with_amendments.isoformat() if row.ends_with_amendments else None,
        "etat": row.stage.value,
        "axes": row.axes,
        "objectifs": row.objectives,
        "actions": row.actions,
        "axe_jeunesse": row.youth_axis,
        "source": row.source,
    }


def _day(day: date | None) -> str:
    return french.short_date(day) if day else french.NO_DATA
