"""The command line, in French, without a display and without Qt."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app import (
    cli_coverage,
    cli_cpog,
    cli_cpog_make,
    cli_ctg,
    cli_diagnostic,
    cli_french,
    cli_register,
    cli_sdsf,
    cli_tables,
)
from app.cli_base import (
    IMAGE_SUFFIXES,
    BasePath,
    Form,
    Format,
    Profil,
    Reader,
    Year,
    cli,
    command,
    opened,
    require_suffix,
    say,
)
from app.domain.errors import BaseExists, DomainError, NoValue, WriteRefused
from app.domain.import_errors import BadColumn
from app.domain.territory import Level
from app.progress import Cancelled
from ui.errors import sentence

if TYPE_CHECKING:
    pass

EXIT_BUG = 1
EXIT_WRONG_INPUT = 2
EXIT_INTERRUPTED = 130
DEMO_EPCI = "200041317"
DEMO_DEPARTEMENT = "79"
DEMO_INDICATOR = "couv_global"


class Niveau(StrEnum):
    """Levels of a map."""

    EPCI = "epci"
    COMMUNE = "commune"


@command("demo")
def demo(
    output: Annotated[
        Path, typer.Option("-o", metavar="DOSSIER", help="Dossier où laisser les trois fichiers.")
    ] = Path("demo"),
) -> None:
    """Crée la base de démonstration, une carte et une fiche territoire."""
    from app.bootstrap import Opener

    base = output / "demo.maillage"
    if base.exists():
        raise BaseExists(base)
    _make_folder(output)
    services = Opener().demo(base)
    try:
        year = services.indicators.years(DEMO_INDICATOR, Level.EPCI)[-1]
        choropleth = services.maps.choropleth(DEMO_INDICATOR, year, Level.EPCI, departement=DEMO_DEPARTEMENT)
        services.maps.write(choropleth, output / "couverture-petite-enfance_deux-sevres.png")
        services.reports.fiche(DEMO_EPCI, output / "fiche_niortais.pdf")
    finally:
        services.base.close()
    say(f"Base, carte et fiche écrites dans {output}.")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteRefused(folder, reason=error.strerror or "") from error


@command("nouveau")
def new(
    base: BasePath,
    departement: Annotated[
        list[str], typer.Option("--departement", metavar="CODE", help="Code du département (à répéter).")
    ],
) -> None:
    """Crée une base pour un ou plusieurs départements."""
    from app.bootstrap import Opener

    services = Opener().create(base, tuple(dict.fromkeys(departement)))
    say(f"{base}\u202f: {services.territory.caf_name()}, {len(services.territory.epcis())} EPCI.")
    services.base.close()


@command("importer")
def import_files(
    base: BasePath,
    files: Annotated[list[Path], typer.Argument(metavar="FICHIER…", help="Fichiers à importer.")],
    simulate: Annotated[
        bool, typer.Option("--simulation", help="Lire et vérifier sans rien écrire.")
    ] = False,
    model: Annotated[
        str,
        typer.Option("--modele", metavar="CODE", help="Modèle à suivre, si le fichier n’est pas reconnu."),
    ] = "",
    columns: Annotated[
        list[str] | None,
        typer.Option("--colonne", metavar="CHAMP=EN-TÊTE", help="Colonne d’un champ du modèle (à répéter)."),
    ] = None,
    sheet: Annotated[
        str, typer.Option("--feuille", metavar="NOM", help="Une seule feuille, ou un seul fichier d’un zip.")
    ] = "",
    year: Annotated[
        int | None,
        typer.Option("--annee", metavar="A", help="Année des données, si le fichier ne la dit pas."),
    ] = None,
) -> None:
    """Importe des fichiers de valeurs, de contours ou des tableaux, et liste les anomalies."""
    from app.services.batch import import_all
    from app.services.table_imports import Asked

    asked = Asked(model, dict(map(_column_pair, columns or ())), sheet, year)
    with opened(base, read_only=simulate) as services:
        for prepared, result in import_all(services.imports, files, simulate=simulate, asked=asked):
            for line in cli_tables.import_lines(prepared, result, simulate=simulate):
                say(line)


def _column_pair(written: str) -> tuple[str, str]:
    """Split « champ=en-tête ». Raises BadColumn."""
    field, sign, header = written.partition("=")
    if not sign or not field.strip():
        raise BadColumn(value=written)
    return field.strip(), header.strip()


@command("annuler-import")
def undo_import(
    base: BasePath,
    number: Annotated[int, typer.Argument(metavar="NUMERO", help="Numéro de l’import.")],
) -> None:
    """Annule un import entier\u202f: les valeurs reviennent comme avant."""
    with opened(base, read_only=False) as services:
        services.imports.undo(number)
        say(f"Import {number} annulé.")


@command("indicateurs")
def indicators(
    base: BasePath,
    epci: Annotated[str | None, typer.Option("--epci", metavar="CODE", help="Un seul EPCI.")] = None,
    year: Year = None,
    form: Form = Format.TABLE,
    reader: Reader = Profil.CAF,
) -> None:
    """Liste les valeurs des EPCI, avec leur état et leur source."""
    with opened(base) as services:
        codes = (epci,) if epci else services.territory.codes(Level.EPCI)
        book = services.secrecy.book(reader.value)
        found = [v for code in codes for v in services.indicators.values(Level.EPCI, code, year)]
        values = [book.value(value) for value in found]
        if not values:
            raise NoValue(indicator="", level=Level.EPCI, year=year, years=())
        names = {code: services.territory.reference.name(Level.EPCI, code) for code in codes}
        say(cli_tables.values_table(values, names, form.value))


@command("carte")
def draw_map(
    base: BasePath,
    indicator: Annotated[str, typer.Argument(metavar="INDICATEUR", help="Code de l’indicateur.")],
    output: Annotated[Path, typer.Option("-o", metavar="FICHIER", help="Carte .png, .svg ou .pdf.")],
    year: Year = None,
    level: Annotated[Niveau, typer.Option("--niveau", help="Maille de la carte.")] = Niveau.EPCI,
    departement: Annotated[
        str | None, typer.Option("--departement", metavar="CODE", help="Un seul département de la base.")
    ] = None,
    reader: Reader = Profil.CAF,
) -> None:
    """Dessine la carte d’un indicateur."""
    require_suffix(output, IMAGE_SUFFIXES)
    at = Level.EPCI if level is Niveau.EPCI else Level.COMMUNE
    with opened(base) as services:
        held = services.indicators.years(indicator, at)
        if not held:
            label = services.indicators.get(indicator).label
            raise NoValue(indicator=label, level=at, year=year, years=held)
        if departement is not None:
            services.territory.require_departement(departement)
        shown = services.maps.choropleth(indicator, year or held[-1], at, departement=departement)
        services.maps.write(shown, output, profile=reader.value)
    say(f"Carte écrite dans {output}.")


@command("fiche")
def fiche(
    base: BasePath,
    code: Annotated[str, typer.Argument(metavar="CODE_EPCI", help="Code Siren de l’EPCI.")],
    output: Annotated[Path, typer.Option("-o", metavar="FICHIER", help="Fiche .pdf.")],
    year: Year = None,
    reader: Reader = Profil.CAF,
) -> None:
    """Écrit la fiche territoire d’un EPCI, en deux pages."""
    require_suffix(output, (".pdf",))
    with opened(base) as services:
        services.reports.fiche(code, output, year, profile=reader.value)
    say(f"Fiche écrite dans {output}.")


@command("fond")
def outlines(
    base: BasePath,
    output: Annotated[Path, typer.Option("-o", metavar="FICHIER", help="GeoPackage .gpkg.")],
) -> None:
    """Écrit les contours utilisés\u202f: couches communes, epci et departements."""
    require_suffix(output, (".gpkg",))
    with opened(base) as services:
        services.outlines.export(output)
        label = services.outlines.fond().label
    say(f"Contours écrits dans {output}\u202f: {label}.")


@command("verifier")
def check(base: BasePath) -> None:
    """Vérifie qu’une base est saine."""
    with opened(base) as services:
        problems = services.base.check()
        lines = cli_tables.check_lines(services, problems)
    for line in lines:
        say(line)
    if problems:
        raise typer.Exit(EXIT_WRONG_INPUT)


def run_command(arguments: Sequence[str]) -> int:
    """Run one command; returns 0, 2 with one French sentence for wrong input, 1 for a bug (logged)."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    command = typer.main.get_command(cli)
    try:
        code = command.main(args=list(arguments), prog_name="maillage", standalone_mode=False)
    except DomainError as error:
        return _refuse(sentence(error))
    except (Cancelled, KeyboardInterrupt):
        _refuse("Interrompu\u202f: rien n’a été écrit.")
        return EXIT_INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last door: no traceback reaches a user
        return _fail(error)
    return code if isinstance(code, int) else 0


SUBJECTS = (cli_register, cli_coverage, cli_cpog, cli_cpog_make, cli_ctg, cli_sdsf, cli_diagnostic)
"""Modules whose commands are added by their import."""


def _fail(error: Exception) -> int:
    if cli_french.is_usage_error(error):
        return _refuse(cli_french.usage_sentence(error))
    if type(error).__name__ == "Abort":
        _refuse("Interrompu\u202f: rien n’a été écrit.")
        return EXIT_INTERRUPTED
    from app.logs import log_bug, log_folder

    log_bug(error)
    _refuse(cli_french.bug_sentence(log_folder()))
    return EXIT_BUG


def _refuse(text: str) -> int:
    typer.echo(text, err=True)
    return EXIT_WRONG_INPUT
