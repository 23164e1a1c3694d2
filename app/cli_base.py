"""What every command of the command line shares: the group, its arguments, how a base is opened."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app import cli_french
from app.domain.errors import WriteRefused

if TYPE_CHECKING:
    from app.services import Services

IMAGE_SUFFIXES = (".png", ".svg", ".pdf")

cli = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    cls=cli_french.FrenchGroup,
    help="Maillage, l’atelier de pilotage territorial des Caf. Sans argument, ouvre la fenêtre.",
    epilog="« maillage COMMANDE --help » décrit une commande.",
)


class Format(StrEnum):
    """Forms of a table."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class Profil(StrEnum):
    """Who reads what leaves the base."""

    CAF = "caf"
    PARTENAIRE = "partenaire"
    PUBLIC = "public"


BasePath = Annotated[Path, typer.Argument(metavar="BASE", help="Fichier .maillage.")]
Year = Annotated[int | None, typer.Option("--annee", metavar="A", help="Année, sinon la dernière connue.")]
Day = Annotated[
    datetime.datetime | None,
    typer.Option("--date", formats=["%Y-%m-%d"], help="Jour du calcul, sinon aujourd’hui."),
]
Epci = Annotated[str | None, typer.Option("--epci", metavar="CODE", help="Un seul EPCI.")]
Form = Annotated[Format, typer.Option("--format", help="Forme de la sortie.")]
Reader = Annotated[Profil, typer.Option("--profil", help="Lecteurs\u202f: caf, partenaire ou public.")]


def command(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add a function as a command with French usage and errors."""
    return cli.command(name, cls=cli_french.FrenchCommand)


@contextmanager
def opened(path: Path, *, read_only: bool = True) -> Iterator[Services]:
    """Give the services of a base, closed at the end."""
    from app.bootstrap import Opener

    services = Opener().open(path, read_only=read_only)
    try:
        yield services
    finally:
        services.base.close()


def say(text: str) -> None:
    """Print one line or one table."""
    typer.echo(text)


def require_suffix(path: Path, suffixes: Sequence[str]) -> None:
    """Refuse a file whose suffix gives no known form. Raises WriteRefused."""
    if path.suffix.lower() not in suffixes:
        raise WriteRefused(path, reason="suffix", suffixes=tuple(suffixes))
