"""Commands that create a CPOG, and compare it with those of other Caf."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING, Annotated

import typer

from app import cli_tables
from app.cli_base import BasePath, Form, Format, command, opened, say
from app.domain.cpog_errors import BadContract, NoPeers
from app.domain.french import plural

if TYPE_CHECKING:
    from app.services.cpog_rows import ComparisonRow

DATES = ["%Y-%m-%d"]
COMPARED = ("Indicateur", "Groupe", "Autres Caf", "Cette Caf", "Mini", "Quartile bas", "Médiane",
            "Quartile haut", "Maxi")  # fmt: skip


@command("cpog-creer")
def create(
    base: BasePath,
    code: Annotated[str, typer.Argument(metavar="CODE", help="Code du CPOG, par exemple 79-2028-2032.")],
    cog: Annotated[str, typer.Option("--cog", metavar="COG", help="D’après la grille d’une COG.")] = "",
    source: Annotated[str, typer.Option("--copie", metavar="CODE", help="D’après un autre CPOG.")] = "",
    targets: Annotated[
        bool, typer.Option("--cibles", help="Reprendre aussi les cibles annuelles de la COG.")
    ] = False,
    label: Annotated[str, typer.Option("--intitule", help="Intitulé, sinon d’après les années.")] = "",
    departement: Annotated[str, typer.Option("--departement", help="Sinon celui du code.")] = "",
    start: Annotated[datetime.datetime | None, typer.Option("--debut", formats=DATES)] = None,
    end: Annotated[datetime.datetime | None, typer.Option("--fin", formats=DATES)] = None,
) -> None:
    """Crée un CPOG vide, d’après la grille d’une COG, ou copié d’un autre sans ses cibles ni ses valeurs."""
    from app.domain.cpog import Cpog

    if cog and source:
        raise BadContract(field="origine", value=f"{cog}, {source}", reason="both")
    with opened(base, read_only=False) as services:
        place, first, last = _said(code, departement or services.base.departements[0], start, end)
        caf = services.territory.reference.departement(place).caf_name
        new = Cpog("", code, label or f"CPOG {first.year} à {last.year}, {caf}", place, first, last)
        if cog:
            services.cpog.create_from_cog(cog, new, with_targets=targets)
        elif source:
            services.cpog.copy(source, new)
        else:
            services.cpog.create(new)
        row = services.cpog.detail(code).row
    say(f"{row.label}\u202f: créé. {plural(row.indicators, 'indicateur')}.")


def _said(
    code: str, departement: str, start: datetime.datetime | None, end: datetime.datetime | None
) -> tuple[str, datetime.date, datetime.date]:
    """Département and dates: those given, else those that the code tells. Raises BadContract."""
    from app.services.cpog_import_grid import CODE

    match = CODE.search(code)
    if match is None and (start is None or end is None):
        raise BadContract(field="dates", value=code, reason="empty")
    years = (int(match[2]), int(match[3])) if match else (0, 0)
    first = start.date() if start else datetime.date(years[0], 1, 1)
    last = end.date() if end else datetime.date(years[1], 12, 31)
    return (match[1] if match else departement), first, last


@command("cpog-comparer")
def compare(
    base: BasePath,
    code: Annotated[str, typer.Option("--cpog", metavar="CODE", help="Code du CPOG.")],
    year: Annotated[int, typer.Option("--annee", metavar="A", help="Année comparée.")],
    group: Annotated[str, typer.Option("--groupe", help="Un seul groupe de Caf.")] = "",
    form: Form = Format.TABLE,
) -> None:
    """Situe une Caf dans les groupes importés\u202f: médiane et quartiles des autres, sans elle."""
    with opened(base) as services:
        found = services.cpog.comparisons(code, year, group)
        if not found:
            raise NoPeers(indicator=services.cpog.detail(code).row.label, period=str(year))
    lines = [_line(name, row) for name, row in found]
    if form is Format.JSON:
        rows = [dict(zip(COMPARED, line, strict=True)) for line in lines]
        say(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    say(cli_tables.table(COMPARED, lines, form.value))


def _line(name: str, row: ComparisonRow) -> tuple[str, ...]:
    numbers = (row.low, row.lower_quartile, row.median, row.upper_quartile, row.high)
    own = row.own.text if row.own is not None else "n.d."
    return (name, row.group_name, str(row.count), own, *map(_number, numbers))


def _number(x: float | None) -> str:
    from app.domain.french import number

    return number(x, 0 if x is not None and float(x).is_integer() else 2)
