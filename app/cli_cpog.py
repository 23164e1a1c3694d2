"""Commands about COG and CPOG."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app import cli_tables
from app.cli_base import BasePath, Day, Form, Format, Year, command, opened, require_suffix, say
from app.domain.cpog_errors import NoContract, NothingDelivered
from app.domain.french import long_date, plural
from ui import labels_cpog

if TYPE_CHECKING:
    from app.services import Services
    from app.services.cpog_rows import CpogRow, IndicatorRow

HEADERS = (
    "CPOG",
    "Code",
    "Domaine",
    "Indicateur",
    "Nature",
    "Type",
    "Année",
    "Réalisé",
    "Cible",
    "Écart",
    "État",
)
Code = Annotated[str, typer.Option("--cpog", metavar="CODE", help="Code du CPOG, par exemple 79-2018-2022.")]


@command("cpog")
def indicators(
    base: BasePath,
    code: Code = "",
    year: Year = None,
    form: Form = Format.TABLE,
    everything: Annotated[
        bool, typer.Option("--tout", help="Toutes les séries et leurs versions, au lieu d’une année.")
    ] = False,
    day: Day = None,
) -> None:
    """Liste les indicateurs des CPOG d’une base\u202f: réalisé, cible, écart et état."""
    on = day.date() if day else None
    with opened(base) as services:
        contracts = _contracts(services, code, on)
        if year and not code:  # a contract says nothing of a year that is not its own
            contracts = [c for c in contracts if c.starts_on.year <= year <= c.ends_on.year] or contracts
        if everything:
            say(_everything(services, contracts, form))
            return
        found = [(c, row) for c in contracts for row in services.cpog.indicators(c.code, year, on)]
        years = {c.code: year or _year(c, on) for c in contracts}
    if form is Format.JSON:
        say(json.dumps([_as_json(c, row, years[c.code]) for c, row in found], ensure_ascii=False, indent=1))
        return
    say(cli_tables.table(HEADERS, [_cells(c, row, years[c.code]) for c, row in found], form.value))


def _contracts(services: Services, code: str, on: datetime.date | None) -> list[CpogRow]:
    if code:
        return [services.cpog.detail(code, on).row]
    found = services.cpog.contracts(on)
    if not found:
        raise NoContract(delivered=tuple(services.cpog.delivered()))
    return found


def _year(contract: CpogRow, on: datetime.date | None) -> int:
    from app.services.cpog_reading import today

    return min(max((on or today()).year, contract.starts_on.year), contract.ends_on.year)


def _cells(contract: CpogRow, row: IndicatorRow, year: int) -> tuple[str, ...]:
    last = row.last.text if row.last and row.last.period.year == year else "·"
    target = row.target.text if row.target and row.target.period.year == year else "·"
    words = [labels_cpog.STATE[row.state], *(["à expliquer"] if row.to_explain else [])]
    words += ["fictif"] if row.fictitious else []
    return (
        contract.code, row.code, row.domain, row.name, labels_cpog.NATURE[row.nature],
        labels_cpog.TYPE[row.type], str(year), last, target, row.difference_text, ", ".join(words),
    )  # fmt: skip


def _as_json(contract: CpogRow, row: IndicatorRow, year: int) -> dict[str, object]:
    last = row.last if row.last and row.last.period.year == year else None
    target = row.target if row.target and row.target.period.year == year else None
    return {
        "cpog": contract.code, "code": row.code, "rang": row.rank, "domaine": row.domain, "fiche": row.fiche,
        "libelle": row.label, "sous_serie": row.sub_series, "nature": row.nature.value,
        "type": row.type.value, "unite": row.unit, "sens": row.direction.value,
        "mode_cible": row.target_kind.value, "texte_cible": row.target_text, "annee": year,
        "realise": last.number if last else None, "cible": target.number if target else None,
        "ecart": row.difference, "etat": labels_cpog.STATE[row.state], "a_expliquer": row.to_explain,
        "fictif": row.fictitious,
    }  # fmt: skip


def _everything(services: Services, contracts: Sequence[CpogRow], form: Format) -> str:
    headers: tuple[str, ...] = ()
    rows: list[list[object]] = []
    for contract in contracts:
        headers, found = services.cpog.series_table(contract.code)
        rows += [[contract.code, *row] for row in found]
    headers = ("CPOG", *headers)
    if form is Format.JSON:
        said = [dict(zip(headers, map(_plain, row), strict=True)) for row in rows]
        return json.dumps(said, ensure_ascii=False, indent=1)
    return cli_tables.table(headers, [[_text(cell) for cell in row] for row in rows], form.value)


def _plain(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, datetime.date) else cell


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:.10g}".replace(".", ",")
    return "" if cell is None else str(_plain(cell))


@command("cpog-charger")
def load(base: BasePath, code: Code = "") -> None:
    """Charge les CPOG livrés pour les départements d’une base, ou celui dont on donne le code."""
    with opened(base, read_only=False) as services:
        service = services.cpog
        held = {row.code for row in service.contracts()}
        codes = [code] if code else service.delivered_for(services.base.departements)
        if not codes:
            raise NothingDelivered(
                code=" ".join(services.base.departements), known=tuple(service.delivered())
            )
        for item in codes:
            service.load_delivered(item)
            row = service.detail(item).row
            state = "déjà présent" if item in held else "chargé"
            flags = plural(row.flags, "signalement")
            say(f"{row.label}\u202f: {state}. {plural(row.indicators, 'indicateur')}, {flags}.")


@command("bilan-cpog")
def bilan(
    base: BasePath,
    output: Annotated[Path, typer.Option("-o", metavar="FICHIER", help="Bilan .pdf ou .xlsx.")],
    code: Annotated[str, typer.Option("--cpog", metavar="CODE", help="Code du CPOG.")],
    year: Annotated[int, typer.Option("--annee", metavar="A", help="Année du bilan.")],
    day: Day = None,
    notice: Annotated[
        bool, typer.Option("--avis", help="L’avis annuel sur les indicateurs épinglés, en deux pages (.pdf).")
    ] = False,
) -> None:
    """Écrit le bilan annuel d’un CPOG\u202f: par domaine et fiche, écarts, révisions et jauges."""
    require_suffix(output, (".pdf",) if notice else (".pdf", ".xlsx"))
    on = day.date() if day else None
    with opened(base) as services:
        if notice:
            services.cpog.write_notice(code, year, output, on)
        else:
            services.cpog.write_bilan(code, year, output, on)
    say(f"{'Avis' if notice else 'Bilan'} écrit dans {output}.")


@command("cpog-calendrier")
def calendar(
    base: BasePath,
    output: Annotated[Path | None, typer.Option("-o", metavar="FICHIER", help="Calendrier .ics.")] = None,
    code: Code = "",
    day: Day = None,
) -> None:
    """Liste les échéances des CPOG, ou les écrit pour un agenda."""
    on = day.date() if day else None
    if output is not None:
        require_suffix(output, (".ics",))
    with opened(base) as services:
        if output is not None:
            services.cpog.write_ical(output, on, code)
            say(f"Échéances écrites dans {output}.")
            return
        rows = [row for row in services.cpog.calendar(on, code) if row.days >= 0 or row.late]
    headers = ("CPOG", "Échéance", "Année", "Date", "État")
    lines = [
        (r.cpog_code, r.label, str(r.year), long_date(r.due_on), _due(r.done_on is not None, r.late))
        for r in rows
    ]
    say(cli_tables.table(headers, lines, Format.TABLE.value))


def _due(done: bool, late: bool) -> str:
    if done:
        return "tenue"
    return "en retard" if late else "à venir"
