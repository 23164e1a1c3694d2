"""Commands about diagnostics."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli_base import (
    BasePath,
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
from app.cli_tables import aligned, table
from app.domain import french
from app.domain.french import THIN
from app.progress import Cancelled, Progress
from ui.labels_diagnostic import FAILURES, outcome_words

if TYPE_CHECKING:
    from app.domain.diagnostic import DiagnosticOptions
    from app.domain.manifest import TraceReport
    from app.services.diagnostics_rows import BatchReport

EXIT_PARTIAL = 1
EXIT_INTERRUPTED = 130
TRACE_HEADERS = ("Chiffre", "Territoire", "Année", "Pages", "Imprimé", "Base", "État")


Epci = Annotated[str, typer.Argument(metavar="CODE_EPCI", help="Code Siren de l’EPCI.")]


@command("diagnostic")
def diagnostic(
    base: BasePath,
    code: Epci,
    output: Annotated[Path, typer.Option("-o", metavar="FICHIER", help="Livret .pdf.")],
    reader: Reader = Profil.CAF,
    sections: Annotated[
        str,
        typer.Option(
            "--sections", metavar="A,B", help="Sections voulues, dans l’ordre, séparées par des virgules."
        ),
    ] = "",
    docx: Annotated[
        Path | None, typer.Option("--docx", metavar="FICHIER", help="Version modifiable .docx.")
    ] = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FICHIER", help="Tous les tableaux, avec leurs sources.")
    ] = None,
    pptx: Annotated[
        Path | None, typer.Option("--pptx", metavar="FICHIER", help="Dix diapositives pour le comité, .pptx.")
    ] = None,
    year: Year = None,
) -> None:
    """Écrit le diagnostic partagé d’un EPCI\u202f: livret paginé, sourcé, chiffres tracés."""
    paths = [(output, (".pdf",)), (docx, (".docx",)), (xlsx, (".xlsx",)), (pptx, (".pptx",))]
    for path, suffixes in paths:
        if path is not None:
            require_suffix(path, suffixes)
    wanted = tuple(part.strip() for part in sections.split(",") if part.strip())
    asked = [path for path, _ in paths if path is not None]
    with opened(base) as services:
        services.diagnostics.write_epci(code, asked, _options(reader, year), wanted)
    say(f"Diagnostic écrit dans {french.listing([str(path) for path in asked])}.")


def _options(reader: Profil, year: int | None) -> DiagnosticOptions:
    from app.domain.diagnostic import DiagnosticOptions

    return DiagnosticOptions(profile=reader.value, year=year)


@command("diagnostics")
def diagnostics(
    base: BasePath,
    folder: Annotated[Path, typer.Option("-o", metavar="DOSSIER", help="Dossier des livrets.")],
    everyone: Annotated[bool, typer.Option("--tous", help="Un livret pour chaque EPCI de la base.")] = False,
    again: Annotated[
        bool,
        typer.Option("--refaire", help="Refait aussi les livrets déjà faits depuis le même état de la base."),
    ] = False,
    reader: Reader = Profil.CAF,
    year: Year = None,
) -> None:
    """Écrit un livret par EPCI\u202f; reprend où il s’était arrêté, un échec n’arrête pas les autres."""
    if not everyone:
        raise typer.BadParameter("ajoutez --tous pour écrire un livret par EPCI", param_hint="--tous")
    progress = Progress(_told())
    with opened(base) as services:
        try:
            report = services.diagnostics.write_all(
                folder, _options(reader, year), resume=not again, progress=progress
            )
        except (KeyboardInterrupt, Cancelled):
            say(f"Interrompu{THIN}: les livrets déjà écrits restent dans {folder}.")
            raise typer.Exit(EXIT_INTERRUPTED) from None
    say(_batch_text(report, folder))
    if report.failures:
        raise typer.Exit(EXIT_PARTIAL)


def _told() -> _Teller:
    return _Teller()


class _Teller:
    """Prints the name of each Epci once, on the standard error."""

    def __init__(self) -> None:
        self._last = ""

    def __call__(self, share: float, step: str) -> None:
        if " sur " in step and step != self._last and "," not in step:
            self._last = step
            typer.echo(f"{french.number(share * 100)}{THIN}% {step}", err=True)


def _batch_text(report: BatchReport, folder: Path) -> str:
    counts = {word: sum(line.outcome == word for line in report.lines) for word in ("écrit", "déjà fait")}
    written = french.plural(counts["écrit"], "livret écrit", "livrets écrits")
    text = f"{written} dans {folder}, {counts['déjà fait']} déjà faits, {len(report.failures)} en échec."
    lines = [
        f"{line.name}{THIN}: {FAILURES.get(line.error, 'le livret n’a pas pu être fait')}."
        for line in report.failures
    ]
    return "\n".join([text, *lines])


@command("tracer")
def trace(
    base: BasePath,
    paper: Annotated[Path, typer.Argument(metavar="FICHIER", help="Livret .pdf écrit par Maillage.")],
    form: Form = Format.TABLE,
    everything: Annotated[bool, typer.Option("--tout", help="Montre aussi les chiffres inchangés.")] = False,
) -> None:
    """Relit les chiffres d’un livret et dit ce qui a changé dans la base depuis."""
    with opened(base) as services:
        report = services.diagnostics.trace(paper)
    say(_trace_text(report, form, everything))


def _trace_text(report: TraceReport, form: Format, everything: bool) -> str:
    rows = report.rows if everything else report.changed
    if form is Format.JSON:
        return json.dumps(
            [
                {
                    "indicateur": row.label, "territoire": row.territory, "annee": row.year,
                    "pages": list(row.pages), "imprime": row.printed, "base": row.now,
                    "etat": row.outcome.value,
                }
                for row in rows
            ],
            ensure_ascii=False,
            indent=1,
        )  # fmt: skip
    cells = [
        (
            row.label, row.territory, str(row.year or ""), ", ".join(map(str, row.pages)),
            row.printed, row.now, row.outcome.value,
        )
        for row in rows
    ]  # fmt: skip
    if form is Format.CSV:
        return table(TRACE_HEADERS, cells, form.value)
    counts = [f"{number} {outcome_words(outcome, number)}" for outcome, number in report.counts.items()]
    made_on = french.long_date(datetime.date.fromisoformat(report.made_on))
    head = f"{report.title}, fait le {made_on}{THIN}: {french.listing(counts) or 'aucun chiffre'}."
    if not report.same_base:
        head += "\nCe livret vient d’une autre base."
    return "\n\n".join([head, aligned(TRACE_HEADERS, cells)]) if cells else head
