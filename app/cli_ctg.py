"""Commands about CTG and plans of action."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app import cli_tables
from app.cli_base import BasePath, Day, Epci, Form, Format, command, opened, require_suffix, say
from app.domain import french
from app.domain.ctg_errors import UnknownObject
from app.domain.errors import UnknownTerritory
from app.domain.territory import Level
from ui.labels_ctg import CTG_STATUS, theme_label

if TYPE_CHECKING:
    from app.services import Services
    from app.services.ctg_papers import CtgPapers
    from app.services.ctg_rows import CtgCoverage, CtgRow, Gauge

HEADERS = (
    "CTG", "EPCI", "État", "Début", "Fin", "Communes", "Habitants", "Thèmes", "Actions réalisées",
    "Résultats atteints", "Alertes", "Données",
)  # fmt: skip


@command("ctg")
def ctg(base: BasePath, epci: Epci = None, form: Form = Format.TABLE, day: Day = None) -> None:
    """Liste les CTG, leur état, leur avancement, et la couverture du territoire."""
    on = day.date() if day else None
    with opened(base) as services:
        _require_epci(services, epci)
        rows = services.ctg.rows(on, epci)
        covered = services.ctg.coverage(on)
        if form is Format.JSON:
            say(json.dumps(_as_json(rows, covered), ensure_ascii=False, indent=1))
            return
        say(cli_tables.table(HEADERS, [_cells(row) for row in rows], form.value))
        for line in _coverage_lines(covered) if form is Format.TABLE else ():
            say(line)


def _require_epci(services: Services, epci: str | None) -> None:
    if epci is not None and not services.territory.reference.exists(Level.EPCI, epci):
        raise UnknownTerritory(code=epci, level=Level.EPCI)


def _cells(row: CtgRow) -> tuple[str, ...]:
    people = french.number(row.population)
    return (
        row.name, ", ".join(row.epcis), CTG_STATUS[row.status], _day(row.starts_on), _day(row.ends_on),
        french.number(row.communes), people, str(row.themes), _gauge(row.actions), _gauge(row.results),
        str(row.alerts), "fictif" if row.fictitious else "",
    )  # fmt: skip


def _day(on: datetime.date | None) -> str:
    return french.short_date(on) if on else "n.d."


def _gauge(gauge: Gauge) -> str:
    return f"{gauge.count} sur {gauge.total}" if gauge.total else "n.d."


def _coverage_lines(covered: CtgCoverage) -> list[str]:
    """The three denominators, each with its rule."""
    lines = [f"Couverture par une CTG en vigueur au {french.long_date(covered.on)}\u202f:"]
    for share in (covered.epcis, covered.population, covered.communes):
        part, whole = french.number(share.part), french.number(share.whole)
        percent = french.percent(share.percent)
        lines.append(f"  {share.label}\u202f: {part} sur {whole}, {percent} ({share.note})")
    if covered.epcis_partly:
        lines.append(f"  {french.plural(covered.epcis_partly, 'EPCI couvert')} en partie, non compté.")
    if covered.fictitious:
        lines.append("  Des CTG fictives comptent dans cette couverture.")
    return lines


def _as_json(rows: list[CtgRow], covered: CtgCoverage) -> dict[str, object]:
    shares = {"epci": covered.epcis, "habitants": covered.population, "communes": covered.communes}
    return {
        "date": covered.on.isoformat(),
        "couverture": {
            name: {"couverts": share.part, "total": share.whole, "pourcentage": share.percent,
                   "regle": share.note}
            for name, share in shares.items()
        },
        "ctg": [
            {
                "nom": row.name, "epci": list(row.codes_epci), "etat": row.status.value,
                "debut": row.starts_on.isoformat() if row.starts_on else None,
                "fin": row.ends_on.isoformat() if row.ends_on else None,
                "signature": row.signed_on.isoformat() if row.signed_on else None,
                "en_vigueur": row.in_force, "communes": row.communes, "habitants": row.population,
                "themes": row.themes, "themes_absents": [theme_label(code) for code in row.missing_themes],
                "actions_realisees": row.actions.count, "actions": row.actions.total,
                "resultats_atteints": row.results.count, "resultats": row.results.total,
                "alertes": row.alerts, "fictif": row.fictitious, "source": row.source or None,
            }
            for row in rows
        ],
    }  # fmt: skip


@command("modele-plan")
def template(
    output: Annotated[Path, typer.Option("-o", metavar="FICHIER", help="Classeur .xlsx.")],
) -> None:
    """Écrit le modèle de plan d’action à remplir, puis à importer."""
    from app.services.ctg_xlsx import write_template

    require_suffix(output, (".xlsx",))
    write_template(output)
    say(f"Modèle écrit dans {output}.")


@command("echeances")
def calendar(
    base: BasePath,
    output: Annotated[Path, typer.Option("-o", metavar="FICHIER", help="Agenda .ics.")],
    epci: Epci = None,
    day: Day = None,
) -> None:
    """Écrit les échéances des CTG dans un fichier d’agenda."""
    from app.services.ctg_due import write_calendar

    require_suffix(output, (".ics",))
    with opened(base) as services:
        _require_epci(services, epci)
        on = day.date() if day else None
        count = write_calendar(output, services.ctg, services.steering, on, epci)
    say(f"{french.plural(count, 'échéance')} dans {output}.")


PLAN_SUFFIXES = (".pdf", ".docx", ".xlsx")
PAPER_SUFFIXES = (".pdf", ".docx")
CtgName = Annotated[str, typer.Argument(metavar="CTG", help="Nom de la CTG, ou code Siren de son EPCI.")]


@command("plan-actions")
def plan(
    base: BasePath,
    name: CtgName,
    output: Annotated[Path, typer.Option("-o", metavar="FICHIER", help="Plan .pdf, .docx ou .xlsx.")],
    day: Day = None,
) -> None:
    """Écrit le plan d’actions d’une CTG."""
    require_suffix(output, PLAN_SUFFIXES)
    said = _write(base, name, output, day, lambda papers: papers.write_plan)
    say(f"Plan d’actions de «\u202f{said}\u202f» écrit dans {output}.")


@command("evaluation-ctg")
def evaluation(
    base: BasePath,
    name: CtgName,
    output: Annotated[Path, typer.Option("-o", metavar="FICHIER", help="Grille .pdf ou .docx.")],
    day: Day = None,
) -> None:
    """Écrit la grille d’évaluation d’une CTG."""
    require_suffix(output, PAPER_SUFFIXES)
    said = _write(base, name, output, day, lambda papers: papers.write_evaluation)
    say(f"Évaluation de «\u202f{said}\u202f» écrite dans {output}.")


@command("releve")
def minutes(
    base: BasePath,
    name: CtgName,
    output: Annotated[Path, typer.Option("-o", metavar="FICHIER", help="Relevé .pdf ou .docx.")],
    held: Annotated[
        datetime.datetime | None,
        typer.Option("--seance", formats=["%Y-%m-%d"], help="Jour de la séance, sinon la dernière tenue."),
    ] = None,
    day: Day = None,
) -> None:
    """Écrit le relevé de décisions d’une séance de comité."""
    require_suffix(output, PAPER_SUFFIXES)
    with opened(base) as services:
        row = _ctg(services, name, day)
        on = day.date() if day else datetime.date.today()
        wanted = held.date() if held else None
        meetings = [
            found
            for found in services.steering.meetings(row.uuid)
            if (found.held_on == wanted if wanted else found.held_on <= on)
        ]
        if not meetings:
            raise UnknownObject(kind="meeting", uuid=wanted.isoformat() if wanted else "")
        last = max(meetings, key=lambda found: found.held_on)
        _papers(services).write_minutes(last.uuid, output, on)
    say(f"Relevé de la séance du {french.long_date(last.held_on)} écrit dans {output}.")


def _write(
    base: Path, name: str, output: Path, day: datetime.datetime | None,
    paper: Callable[[CtgPapers], Callable[[str, Path, datetime.date | None], object]],
) -> str:  # fmt: skip
    """Write a paper of a convention; returns the name of the convention."""
    with opened(base) as services:
        row = _ctg(services, name, day)
        paper(_papers(services))(row.uuid, output, day.date() if day else None)
    return row.name


def _papers(services: Services) -> CtgPapers:
    from app.services.ctg_papers import CtgPapers

    return CtgPapers(services.ctg, services.steering, services.territory)


def _ctg(services: Services, name: str, day: datetime.datetime | None) -> CtgRow:
    """Find a convention by its name, the code of its Epci or its own key; the latest one wins."""
    wanted = french.fold(name)
    rows = services.ctg.rows(day.date() if day else None)
    found = [row for row in rows if name in (row.uuid, *row.codes_epci) or french.fold(row.name) == wanted]
    if not found:
        found = [row for row in rows if set(wanted.split()) <= set(french.fold(row.name).split())]
    if not found:
        raise UnknownObject(kind="ctg", uuid=name)
    return max(found, key=lambda row: (row.starts_on or datetime.date.min, row.name))
