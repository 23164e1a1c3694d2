"""Tables and lines that the command line prints."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from app.domain import french
from app.domain.anomaly import Severity, anomaly_text
from app.domain.spreadsheet import csv_text
from ui.labels import STATE, STATUS

if TYPE_CHECKING:
    from app.domain.indicator import Value
    from app.services import Services
    from app.services.rows import ImportResult, Prepared
    from app.services.table_imports import PreparedTable
    from maps.outline_files import OutlineFile

HEADERS = ("Code", "EPCI", "Indicateur", "Année", "Valeur", "Unité", "État", "Source")
SEVERITY_WORDS = {Severity.INFO: "information", Severity.QUESTION: "à vérifier", Severity.ERROR: "écartée"}
SEPARATOR = "\u202f; "


def values_table(values: Sequence[Value], names: Mapping[str, str], form: str) -> str:
    """Values as an aligned table, as CSV for French Excel, or as JSON with raw numbers."""
    if form == "json":
        return json.dumps([_as_json(value, names) for value in values], ensure_ascii=False, indent=1)
    rows = [_cells(value, names) for value in values]
    if form == "csv":
        return _as_csv(HEADERS, rows)
    return aligned(HEADERS, rows)


def _cells(value: Value, names: Mapping[str, str]) -> tuple[str, ...]:
    mark = "≈\u00a0" if value.estimated else ""
    shown = mark + french.value_text(value.number, value.state, value.indicator.decimals)
    return (
        value.code, names[value.code], value.indicator.label, str(value.year), shown,
        value.indicator.unit, _state(value), source_of(value),
    )  # fmt: skip


def _state(value: Value) -> str:
    words = [STATE[value.state]]
    if value.state.is_known:
        words.append(STATUS[value.status])
    words += ["estimé"] if value.estimated else []
    words += ["fictif"] if value.fictitious else []
    return ", ".join(words)


def source_of(value: Value) -> str:
    """« Cnaf, fichier.csv ligne 14 », the formula of a computed value, or nothing."""
    places = [
        f"{origin.source}, {origin.file}" + (f" ligne {origin.row}" if origin.row else "")
        for origin in value.provenance
    ]
    if value.formula and not value.parts:
        return SEPARATOR.join([value.formula, *places])
    return value.formula or SEPARATOR.join(places)


def _as_json(value: Value, names: Mapping[str, str]) -> dict[str, object]:
    return {
        "code_epci": value.code,
        "epci": names[value.code],
        "indicateur": value.indicator.code,
        "libelle": value.indicator.label,
        "annee": value.year,
        "valeur": value.number,
        "unite": value.indicator.unit,
        "etat": STATE[value.state],
        "statut": STATUS[value.status] if value.state.is_known else None,
        "estime": value.estimated,
        "fictif": value.fictitious,
        "millesime": value.millesime,
        "formule": value.formula or None,
        "sources": [
            {"source": p.source, "fichier": p.file, "ligne": p.row, "feuille": p.sheet, "sha256": p.sha256}
            for p in value.provenance
        ],
    }


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], form: str) -> str:
    """Texts as an aligned table, or as CSV for French Excel."""
    return _as_csv(headers, rows) if form == "csv" else aligned(headers, rows)


def _as_csv(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return csv_text((headers, *rows), end="\n").rstrip("\n")


def aligned(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns of text, numbers not aligned to the right: the terminal has one font."""
    widths = [max(len(row[i]) for row in (headers, *rows)) for i in range(len(headers))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(headers, widths, strict=True)).rstrip()]
    lines.append("  ".join("─" * width for width in widths))
    lines += ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join(lines)


def import_lines(prepared: Prepared, result: ImportResult, *, simulate: bool) -> list[str]:
    """What an import did, then its anomalies line by line."""
    verb = "simulation, rien n’est écrit" if simulate else "importé"
    if not simulate and not result.new and not result.changed:
        verb = "déjà connu, rien ne change"
    number = f" (import {result.number})" if result.number else ""
    new = (
        ("ligne nouvelle", "lignes nouvelles") if prepared.table else ("valeur nouvelle", "valeurs nouvelles")
    )
    counts = (
        f"{french.plural(result.new, *new)}, "
        f"{french.plural(result.changed, 'modifiée')}, "
        f"{french.plural(result.unchanged, 'inchangée')}, "
        f"{french.plural(result.rejected, 'ligne écartée', 'lignes écartées')}"
    )
    name = f"{prepared.path.name}, {prepared.part}" if prepared.part else prepared.path.name
    lines = [f"{name}\u202f: {verb}{number}. {counts}."]
    if prepared.outline is not None:
        return [*_outline_counts(prepared, result, verb), *outline_lines(prepared.outline)]
    if prepared.table is not None:
        lines.append(_columns_line(prepared.table))
    for anomaly in prepared.anomalies:
        title, explanation = anomaly_text(anomaly)
        place = f"ligne {anomaly.line}" if anomaly.line else "fichier"
        column = f", colonne {anomaly.column}" if anomaly.column else ""
        value = f", valeur «\u202f{anomaly.value}\u202f»" if anomaly.value else ""
        severity = SEVERITY_WORDS[anomaly.severity]
        end = "" if title.endswith(("?", "!", ".")) else "."
        lines.append(f"  [{severity}] {place}{column}{value}\u202f: {title}{end} {explanation}".rstrip())
    return lines


def _columns_line(table: PreparedTable) -> str:
    """Which column gives which field: « Nom du lieu ← Structure »."""
    labels = {field.code: field.label for field in table.fields}
    pairs = [f"{labels[code]} ← {header}" for code, header in table.columns.items()]
    return f"  {table.label}\u202f: {', '.join(pairs)}."


def check_lines(services: Services, problems: Sequence[str]) -> list[str]:
    """The result of a check, problems first."""
    if problems:
        return [f"{services.base.path.name}\u202f: base abîmée.", *(f"  {problem}" for problem in problems)]
    runs = [run for run in services.imports.runs() if run.undone_at is None]
    count = french.plural(len(runs), "import")
    return [
        f"{services.base.path.name}\u202f: base saine. {services.territory.caf_name()}, "
        f"{len(services.territory.epcis())} EPCI, {count}."
    ]


def _outline_counts(prepared: Prepared, result: ImportResult, verb: str) -> list[str]:
    kept = french.plural(result.new or result.unchanged, "contour")
    left = french.plural(result.rejected, "hors du territoire ou écarté", "hors du territoire ou écartés")
    return [f"{prepared.path.name}\u202f: {verb}. {kept} pour ce territoire, {left}."]


def outline_lines(outline: OutlineFile) -> list[str]:
    """What is odd in an outline file: lines left out, mended, or carried to another commune."""
    from maps.outline_shapes import REASONS

    lines = [
        f"  [écartée] ligne {row}{f', code {code}' if code else ''}\u202f: {REASONS[reason]}."
        for row, code, reason in outline.rejected
    ]
    lines += [
        f"  [information] ligne {row}, code {code}\u202f: contour réparé." for row, code in outline.repaired
    ]
    lines += [
        f"  [information] ligne {row}, code {code}\u202f: commune réunie à {successor}."
        for row, code, successor in outline.carried
    ]
    return lines
