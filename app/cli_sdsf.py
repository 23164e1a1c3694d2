"""Commands about SDSF, cascade, alerts and dashboard."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from app import cli_tables
from app.cli_base import (
    BasePath,
    Day,
    Epci,
    Form,
    Format,
    Profil,
    Reader,
    Year,
    command,
    opened,
    require_suffix,
    say,
)
from app.domain import french
from ui import labels_sdsf as labels

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.alerts import Alert
    from app.services import Services
    from app.services.sdsf_rows import SdsfRow, SheetRow

Departement = Annotated[
    str | None, typer.Option("--departement", metavar="CODE", help="Un seul département de la base.")
]
Row = TypeVar("Row")
NO_SCHEME = "Aucun SDSF\u202f: «\u202fmaillage sdsf BASE --reprendre\u202f» ajoute ceux qui sont livrés."
NO_SHEET = "Aucune fiche d’indicateurs communs\u202f: «\u202fmaillage importer\u202f» lit la grille reçue."
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
    departement: Departement = None,
    output: Annotated[
        Path | None, typer.Option("-o", metavar="FICHIER", help="Fiche d’indicateurs .xlsx ou .csv.")
    ] = None,
) -> None:
    """Liste les SDSF, ou leurs fiches d’indicateurs communs ; -o écrit la fiche d’une année."""
    if output is not None:
        require_suffix(output, SHEET_SUFFIXES)
    with opened(base, read_only=not deliver) as services:
        _where(services, departement, None)
        if deliver:
            services.sdsf.load_delivered((departement,) if departement else None)
        if output is not None:
            _write_sheet(services, departement, year, output)
        elif sheets:
            _tell(_sheets, services.sdsf.sheets(departement), form, NO_SHEET)
        else:
            _tell(_schemes, services.sdsf.schemes(departement), form, NO_SCHEME)


def _tell(words: Callable[[list[Row], Format], str], rows: list[Row], form: Format, nothing: str) -> None:
    """Print rows; for a reader, a sentence instead of an empty table."""
    say(nothing if not rows and form is Format.TABLE else words(rows, form))


def _where(services: Services, departement: str | None, epci: str | None) -> tuple[str, str]:
    """Return the département and the Epci asked, empty without; an Epci alone has its own département.

    Raises UnknownTerritory when the base does not hold them.
    """
    if departement is not None:
        services.territory.require_departement(departement)
    if epci is not None:
        own = services.territory.reference.epci(epci).code_departement
        departement = departement or (own if own in services.base.departements else None)
    return departement or "", epci or ""


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


def _day(day: datetime.date | None) -> str:
    return french.short_date(day) if day else french.NO_DATA


ALERT_HEADERS = ("Retard ou délai", "Règle", "Objet", "Constat", "Échéance", "À faire")


@command("alertes")
def alerts(
    base: BasePath,
    form: Form = Format.TABLE,
    epci: Epci = None,
    departement: Departement = None,
    day: Day = None,
) -> None:
    """Liste ce qui est dû et ce qui dérive, avec le constat et ce qu’il faut faire."""
    on = day.date() if day else datetime.date.today()
    with opened(base) as services:
        where = _where(services, departement, epci)
        found = services.alerts.alerts(on, departement=where[0], epci=where[1]).shown
    _tell(_alerts, list(found), form, f"Rien à traiter au {french.long_date(on)}.")


def _alerts(found: list[Alert], form: Format) -> str:
    if form is Format.JSON:
        return json.dumps([_alert_json(alert) for alert in found], ensure_ascii=False, indent=1)
    return cli_tables.table(ALERT_HEADERS, [_alert_cells(alert) for alert in found], form.value)


def _alert_cells(alert: Alert) -> tuple[str, ...]:
    when = ""
    if alert.days is not None:
        when = f"{abs(alert.days)} j {'de retard' if alert.late else 'restants'}"
    return (
        when, alert.rule.label, _named(alert), alert.evidence, _day(alert.due_on) if alert.due_on else "",
        alert.rule.action,
    )  # fmt: skip


def _named(alert: Alert) -> str:
    return f"{alert.subject.label} (fictif)" if alert.subject.fictitious else alert.subject.label


def _alert_json(alert: Alert) -> dict[str, object]:
    return {
        "cle": alert.key,
        "regle": alert.rule.code,
        "libelle": alert.rule.label,
        "objet": alert.subject.label,
        "fictif": alert.subject.fictitious,
        "departement": alert.subject.departement or None,
        "epci": alert.subject.epci or None,
        "constat": alert.evidence,
        "pourquoi": alert.rule.why,
        "a_faire": alert.rule.action,
        "echeance": alert.due_on.isoformat() if alert.due_on else None,
        "jours_de_retard": alert.days,
    }


@command("cascade")
def cascade(
    base: BasePath,
    output: Annotated[Path, typer.Option("-o", metavar="FICHIER", help="Cascade .csv ou .pdf.")],
    epci: Epci = None,
    departement: Departement = None,
) -> None:
    """Écrit la cascade, de l’engagement COG à la pièce, avec ses liens dans les deux sens."""
    require_suffix(output, (".csv", ".pdf"))
    with opened(base) as services:
        where = _where(services, departement, epci)
        if output.suffix.lower() == ".csv":
            count = services.cascade.export(output, labels.KIND_ONE, *where)
        else:
            count = services.cascade.write_pdf(output, labels.KIND_ONE, labels.KIND_MANY, *where)
    say(f"Cascade écrite dans {output}\u202f: {french.plural(count, 'ligne')}.")


@command("tableau-de-bord")
def dashboard(
    base: BasePath,
    output: Annotated[Path, typer.Option("-o", metavar="FICHIER", help="Page .pdf.")],
    epci: Epci = None,
    departement: Departement = None,
    day: Day = None,
    reader: Reader = Profil.CAF,
) -> None:
    """Écrit le tableau de bord d’une Caf ou d’un EPCI, sur une page."""
    require_suffix(output, (".pdf",))
    on = day.date() if day else datetime.date.today()
    with opened(base) as services:
        where = _where(services, departement, epci)
        services.dashboard.write_pdf(output, on, *where, profile=reader.value)
    say(f"Tableau de bord écrit dans {output}.")
