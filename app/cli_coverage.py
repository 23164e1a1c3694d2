"""Commands about coverage and gaps."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli_base import (
    IMAGE_SUFFIXES,
    BasePath,
    Profil,
    Reader,
    Year,
    command,
    opened,
    require_suffix,
    say,
)
from app.domain import french
from app.domain.coverage import Certainty, Meaning
from app.domain.coverage_errors import BadCriterion
from app.domain.coverage_words import TERRITORIES, share_text
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.domain.coverage import NetworkCoverage, TerritoryCoverage
    from app.domain.indicator import Value
    from app.domain.maillage_gaps import RuleResult
    from app.services import Services
    from maps.draw import SheetOptions

GAP_SUFFIXES = (".csv", ".xlsx")


class Reseau(StrEnum):
    """Networks."""

    EAJE = "eaje"
    RPE = "rpe"
    AVS = "avs"
    LAEP = "laep"


class Sens(StrEnum):
    """Meanings of « couvert »."""

    STRUCTURE = "structure"
    POINT = "point"
    HEURES = "heures"
    DISTANCE = "distance"


class Maille(StrEnum):
    """Levels of a coverage."""

    EPCI = "epci"
    COMMUNE = "commune"
    ARRONDISSEMENT = "arrondissement"
    DEPARTEMENT = "departement"


MEANINGS = {
    Sens.STRUCTURE: Meaning.STRUCTURE,
    Sens.POINT: Meaning.POINT,
    Sens.HEURES: Meaning.HOURS,
    Sens.DISTANCE: Meaning.DISTANCE,
}
LEVELS = {
    Maille.EPCI: Level.EPCI,
    Maille.COMMUNE: Level.COMMUNE,
    Maille.ARRONDISSEMENT: Level.ARRONDISSEMENT,
    Maille.DEPARTEMENT: Level.DEPARTEMENT,
}
Departement = Annotated[
    str | None, typer.Option("--departement", metavar="CODE", help="Un seul département de la base.")
]


@command("couverture")
def coverage(
    base: BasePath,
    network: Annotated[Reseau, typer.Argument(metavar="RESEAU", help="eaje, rpe, avs ou laep.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", metavar="FICHIER", help="Carte .pdf, .png ou .svg, ou tableau .csv."),
    ] = None,
    year: Year = None,
    meaning: Annotated[Sens, typer.Option("--sens", help="Sens de « couvert ».")] = Sens.STRUCTURE,
    level: Annotated[Maille, typer.Option("--niveau", help="Maille.")] = Maille.EPCI,
    departement: Departement = None,
    figure: Annotated[
        str | None, typer.Option("--chiffre", metavar="CODE", help="Chiffre de la carte, sinon le principal.")
    ] = None,
    km: Annotated[float | None, typer.Option("--km", help="Distance par la route (sens distance).")] = None,
    minutes: Annotated[
        float | None, typer.Option("--minutes", help="Durée par la route (sens distance).")
    ] = None,
    hours: Annotated[
        float | None, typer.Option("--heures", help="Heures d’ouverture par an (sens heures).")
    ] = None,
    effective: Annotated[
        bool, typer.Option("--effective", help="Sans les structures suspendues ni les places non ouvertes.")
    ] = False,
    reader: Reader = Profil.CAF,
) -> None:
    """Couverture par un réseau\u202f: tableau, ou carte avec -o."""
    if output is not None:
        require_suffix(output, (*IMAGE_SUFFIXES, ".csv"))
    with opened(base) as services:
        found = services.coverage.network(
            network.value, year, LEVELS[level], MEANINGS[meaning].value, effective,
            departement=departement, hours=hours, km=km, minutes=minutes, figure=figure,
        )  # fmt: skip
        found = services.secrecy.coverage(found, reader.value)
        if output is not None and output.suffix.lower() in IMAGE_SUFFIXES:
            if found.level not in (Level.EPCI, Level.COMMUNE):
                raise BadCriterion(field="level", value=level.value, reason="unknown")
            shown = services.coverage.choropleth(found, departement=departement)
            services.maps.write(shown, output, options=_options(services, found), profile=reader.value)
            say(f"Carte écrite dans {output}.")
            return
    if output is not None:
        from app.services.export import write_csv

        write_csv(output, _csv_rows(found))
        say(f"Tableau écrit dans {output}.")
        return
    for line in _lines(found):
        say(line)


def _options(services: Services, coverage: NetworkCoverage) -> SheetOptions:
    """Values are not written on communes: there are too many, and a yes or a no needs no number."""
    return replace(services.maps.sheet(), values=coverage.level is not Level.COMMUNE)


def _lines(coverage: NetworkCoverage) -> list[str]:
    """Title, table, shares, then what must be known to read them."""
    from app.cli_tables import aligned

    kind = "offre effective" if coverage.effective else "offre nominale"
    headers, rows = _table(coverage)
    one, many = TERRITORIES[coverage.level]
    shares = [
        ("Territoires couverts, offre nominale", coverage.territories, one, many),
        ("Territoires couverts, offre effective", coverage.territories_effective, one, many),
        ("Population des territoires couverts, offre nominale", coverage.population, "habitant", "habitants"),
        ("Communes couvertes", coverage.communes, "commune", "communes"),
        ("Population des communes couvertes", coverage.people, "habitant", "habitants"),
    ]
    return [
        f"{coverage.label}, {french.long_date(coverage.on)}, {kind}",
        "",
        aligned(headers, rows),
        "",
        *(f"{label}{french.THIN}: {share_text(share, one_, many_)}" for label, share, one_, many_ in shares),
        "",
        *coverage.notes,
        *(["Contient des valeurs fictives."] if coverage.fictitious else []),
    ]


def _table(coverage: NetworkCoverage) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    headers = ("Code", "Territoire", "Couvert", *(figure.short_label for figure in coverage.figures))
    return headers, [_row(coverage, row) for row in coverage.rows]


def _row(coverage: NetworkCoverage, row: TerritoryCoverage) -> tuple[str, ...]:
    from ui.labels_coverage import ANSWER

    answer = row.effective_answer if coverage.effective else row.nominal_answer
    cells = [cell_text(v, c) for v, c in zip(row.values, row.certainties, strict=True)]
    return (row.code, row.name, ANSWER[answer], *cells)


def cell_text(value: Value, certainty: Certainty) -> str:
    """« 67,2 », « ≥ 3 », « ≈ 64 », « n.d. »."""
    mark = "≈\u00a0" if value.estimated and value.number is not None else ""
    bound = "≥\u00a0" if certainty is Certainty.AT_LEAST and value.number is not None else ""
    return bound + mark + french.value_text(value.number, value.state, value.indicator.decimals)


def _csv_rows(coverage: NetworkCoverage) -> Iterator[tuple[object, ...]]:
    """One line a territory and a figure: a file to be read again, with states, certainty and formula."""
    from ui.labels import STATE
    from ui.labels_coverage import ANSWER, CERTAINTY

    yield (
        "Code", "Territoire", "Couvert", "Couvert, offre effective", "Habitants", "Chiffre", "Libellé",
        "Année", "Valeur", "Unité", "État", "Certitude", "Estimé", "Fictif", "Calcul", "Sources",
    )  # fmt: skip
    for row in coverage.rows:
        for value, certainty in zip(row.values, row.certainties, strict=True):
            yield (
                row.code, row.name, ANSWER[row.nominal_answer], ANSWER[row.effective_answer], row.population,
                value.indicator.code, value.indicator.label, value.year, value.number, value.indicator.unit,
                STATE[value.state], CERTAINTY[certainty], "oui" if value.estimated else "",
                "oui" if value.fictitious else "", value.formula,
                ", ".join(dict.fromkeys(p.source for p in value.provenance if p.source)),
            )  # fmt: skip
    yield ()
    yield from ((note,) for note in coverage.notes)


@command("lacunes")
def gaps(
    base: BasePath,
    output: Annotated[Path | None, typer.Option("-o", metavar="FICHIER", help="Liste .csv ou .xlsx.")] = None,
    departement: Departement = None,
    rule: Annotated[
        str | None, typer.Option("--regle", metavar="CODE", help="Une seule règle de maillage.")
    ] = None,
    certain: Annotated[
        bool, typer.Option("--certain", help="Les manques certains seulement, sans les inconnus.")
    ] = False,
    on: Annotated[
        datetime.datetime | None,
        typer.Option("--date", metavar="AAAA-MM-JJ", formats=["%Y-%m-%d"], help="Jour du constat."),
    ] = None,
    reader: Reader = Profil.CAF,
) -> None:
    """Liste les territoires où une règle de maillage n’est pas remplie, et ceux où on ne sait pas."""
    if output is not None:
        require_suffix(output, GAP_SUFFIXES)
    with opened(base) as services:
        applied = services.coverage.results(rule, departement, on=on.date() if on else None)
        results = services.secrecy.results(applied, reader.value)
        found = [gap for result in results for gap in result.gaps]
        if certain:
            found = [gap for gap in found if gap.certainty.value == "manque"]
        if output is not None:
            services.coverage.export_gaps(found, output)
    for line in _summary(results):
        say(line)
    if output is not None:
        say(f"{french.plural(len(found), 'lacune')} dans {output}.")
        return
    for line in gap_lines(results, certain=certain):
        say(line)


def _summary(results: list[RuleResult]) -> list[str]:
    """One line a rule: met, missing, unknown; three numbers that are never added."""
    from app.domain.coverage import Answer
    from app.domain.maillage_words import condition_text
    from ui.labels_coverage import BLOCKED

    lines = []
    for result in results:
        if result.blocked:
            lines.append(f"{result.rule.label}{french.THIN}: {BLOCKED[result.blocked]}")
            continue
        lines.append(
            f"{result.rule.label} ({condition_text(result.rule)}){french.THIN}: "
            f"{french.plural(result.count(Answer.YES), 'territoire rempli', 'territoires remplis')}, "
            f"{french.plural(result.count(Answer.NO), 'manque')}, "
            f"{french.plural(result.count(Answer.UNKNOWN), 'inconnu')}."
        )
    return lines


def gap_lines(results: list[RuleResult], *, certain: bool) -> list[str]:
    """The gaps of each rule, missing first, with their reason."""
    lines = []
    for result in results:
        shown = sorted(result.gaps, key=lambda gap: gap.certainty.value, reverse=True)
        shown = [gap for gap in shown if not certain or gap.certainty.value == "manque"]
        if shown:
            lines += ["", result.rule.label]
        for gap in shown:
            people = f", {french.plural(gap.population, 'habitant')}" if gap.population is not None else ""
            lines.append(f"  [{gap.certainty.value}] {gap.name} ({gap.code}{people}). {gap.reason}")
    return lines
