"""Commands about the register of equipment."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app import cli_tables
from app.cli_base import BasePath, Form, Format, Profil, Reader, command, opened, require_suffix, say
from app.domain import french

if TYPE_CHECKING:
    from app.domain.register import KnownTotal
    from app.services.register_rows import DuplicateRow, EquipmentRow, RegisterFilter

HEADERS = (
    "Nom", "Type", "Commune", "EPCI", "Statut", "Gestionnaire", "Places agréées", "Places ouvertes",
    "Fin d’agrément", "Source",
)  # fmt: skip
PAIR_HEADERS = ("Type", "Commune", "Premier", "Second", "Pourquoi", "Distance")


@command("equipements")
def equipment(
    base: BasePath,
    kind: Annotated[
        str | None, typer.Option("--type", metavar="CODE", help="Un seul type de service\u202f: eaje, rpe…")
    ] = None,
    epci: Annotated[str | None, typer.Option("--epci", metavar="CODE", help="Un seul EPCI.")] = None,
    form: Form = Format.TABLE,
    reader: Reader = Profil.CAF,
) -> None:
    """Liste les équipements du registre, et les totaux connus sans liste."""
    with opened(base) as services:
        filters = _filters(kind, epci)
        if epci:
            services.territory.reference.epci(epci)
        rows = services.register.rows(filters)
        say(_table(rows, form, reader))
        if form is Format.TABLE:
            for line in _totals(services.register.totals(), filters):
                say(line)


@command("doublons")
def duplicates(base: BasePath) -> None:
    """Liste les équipements qui se ressemblent, avec la raison."""
    with opened(base) as services:
        pairs = services.register.duplicates()
    if not pairs:
        say("Aucun doublon probable.")
        return
    say(cli_tables.aligned(PAIR_HEADERS, [_pair(pair) for pair in pairs]))


@command("modele-registre")
def template(
    output: Annotated[Path, typer.Option("-o", metavar="FICHIER", help="Classeur .xlsx à remplir.")],
) -> None:
    """Écrit le classeur à remplir puis à importer\u202f: registre, mouvements, effectifs, zones."""
    from app.services.register_template import write_template

    require_suffix(output, (".xlsx",))
    write_template(output)
    say(f"Modèle écrit dans {output}.")


def _filters(kind: str | None, epci: str | None) -> RegisterFilter:
    from app.domain.register_entry import read_choice
    from app.services.register_rows import RegisterFilter

    kinds = (read_choice("kind", kind, "kind"),) if kind else ()
    return RegisterFilter(kinds=kinds, epci=epci or "")


def _table(rows: list[EquipmentRow], form: Format, reader: Profil) -> str:
    if form is Format.JSON:
        said = [_as_json(row) for row in rows]
        for row in said if reader is not Profil.CAF else ():
            del row["signaux"]  # what the Caf alone says of a service
        return json.dumps(said, ensure_ascii=False, indent=1)
    cells = [_cells(row) for row in rows]
    return cli_tables.table(HEADERS, cells, form.value)


def _cells(row: EquipmentRow) -> tuple[str, ...]:
    from ui.labels_register import STATUS, kind_label

    name = row.name or "sans nom"
    mark = "\u00a0(fictif)" if row.fictitious else ""
    return (
        name + mark, kind_label(row.kind), row.commune, row.epci, STATUS[row.status],
        row.manager or french.NO_DATA,
        _count(row.licensed), _count(row.opened),
        french.short_date(row.licence_to) if row.licence_to else french.NO_DATA, _source(row),
    )  # fmt: skip


def _count(count: int | None) -> str:
    return french.NO_DATA if count is None else french.number(count)


def _source(row: EquipmentRow) -> str:
    year = f", {row.source_year}" if row.source_year else ""
    grade = f" [{row.reliability}]" if row.reliability else ""
    return f"{row.source}{year}{grade}"


def _as_json(row: EquipmentRow) -> dict[str, object]:
    return {
        "uuid": row.uuid,
        "type": row.kind,
        "nom": row.name or None,
        "statut": row.status.value,
        "code_commune": row.code_commune,
        "commune": row.commune,
        "code_epci": row.code_epci or None,
        "epci": row.epci or None,
        "gestionnaire": row.manager or None,
        "nature_gestionnaire": row.manager_kind or None,
        "places_agreees": row.licensed,
        "places_ouvertes": row.opened,
        "places_prevues": row.expected,
        "fin_agrement": row.licence_to.isoformat() if row.licence_to else None,
        "itinerant": row.itinerant,
        "longitude": row.lon,
        "latitude": row.lat,
        "emplacement_exact": row.precise,
        "zones": list(row.zones),
        "zones_possibles": list(row.zones_possible),
        "signaux": row.signals,
        "source": row.source or None,
        "annee_source": row.source_year,
        "fiabilite": row.reliability.value or None,
        "fictif": row.fictitious,
    }


def _totals(totals: tuple[KnownTotal, ...], filters: RegisterFilter) -> list[str]:
    """Say the totals of the base; none is spread, so that an Epci alone has none of another level."""
    from ui.labels import LEVEL_ONE
    from ui.labels_register import kind_label

    return [
        f"Total connu, {LEVEL_ONE[total.level]} {total.code}, {total.year}\u202f: "
        f"{kind_label(total.kind)}, {french.number(total.count)} ({total.source})."
        for total in totals
        if not filters.kinds or total.kind in filters.kinds
        if not filters.epci or total.code == filters.epci
    ]


def _pair(pair: DuplicateRow) -> tuple[str, ...]:
    from ui.labels_register import DUPLICATE_REASONS, kind_label

    far = french.NO_DATA if pair.distance_km is None else f"{french.number(pair.distance_km, 2)} km"
    names = [row.name or row.site or "sans nom" for row in (pair.first, pair.second)]
    why = ", ".join(DUPLICATE_REASONS[reason] for reason in pair.reasons)
    return (kind_label(pair.first.kind), pair.first.commune, *names, why, far)
