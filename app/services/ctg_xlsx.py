"""A plan d’actions as a workbook: the template to fill, and the export, with the same columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain import french
from app.domain.ctg_sentences import period_text
from app.domain.ctg_words import MONEY, NATURE, PARTY
from app.services.ctg_load import today
from app.services.ctg_table import (
    ACTION_COLUMNS,
    BUDGET_FIELDS,
    BUDGET_SHEET,
    PLAN_FIELDS,
    PLAN_SHEET,
    label_of,
)
from app.services.export import workbook

if TYPE_CHECKING:
    from app.ingestion.fields import Field
    from app.services.ctg import CtgService
    from app.services.ctg_plan_rows import ActionDetail

Cell = str | float | date | None
GUIDE = "Mode d’emploi"
SOURCES = "Sources"
LINES = 500
"""Lines of the template that get lists of choices."""
WIDE = {"title", "description", "finding", "steps", "expected_result", "vigilance", "retex"}
LONGEST_LIST = 250
"""Characters of a list of choices that fit in a cell rule."""


def write_template(path: Path) -> None:
    """Write the empty workbook, with lists of choices and what each column holds. Raises WriteRefused."""
    tables = ((PLAN_SHEET, PLAN_FIELDS), (BUDGET_SHEET, BUDGET_FIELDS))

    def fill(book: Any) -> None:
        for name, fields in tables:
            page = _sheet(book, name, fields, ())
            for column, field in enumerate(fields):
                _choices(page, column, field)
        _rows(book, GUIDE, ("Feuille", "Colonne", "À remplir", "Ce qui est lu"), _guide(tables))

    _write(path, "Modèle de plan d’action", fill, date(2025, 1, 1))


def write_plan(path: Path, service: CtgService, ctg: str, on: date | None = None) -> None:
    """Write the plan of a convention: fiches, amounts and sources; it can be imported again unchanged.

    Raises WriteRefused, UnknownObject.
    """
    on = on or today()
    head = service.ctg(ctg, on).row
    details = service.details(ctg, on)
    names = {member.code: member.name for member in service.members(ctg, on)}
    plan = [plan_row(detail, names) for detail in details]
    amounts = [row for detail in details for row in _amounts(detail)]
    facts = [
        ("CTG", head.name),
        ("Période", period_text(head.starts_on, head.ends_on)),
        ("Territoire", french.listing(list(head.epcis))),
        ("Données", "fictives" if head.fictitious else "saisies dans Maillage"),
        ("Arrêté au", french.long_date(on)),
    ]

    def fill(book: Any) -> None:
        _sheet(book, PLAN_SHEET, PLAN_FIELDS, plan)
        _sheet(book, BUDGET_SHEET, BUDGET_FIELDS, amounts)
        _rows(book, SOURCES, ("Quoi", "Valeur"), facts)

    _write(path, f"Plan d’action, {head.name}", fill, on)


def plan_row(detail: ActionDetail, names: Mapping[str, str]) -> list[Cell]:
    """Cells of a fiche, in the order of PLAN_FIELDS; names: communes by code."""
    row = detail.row
    path = dict(_levels(detail))
    last = next((s for s in reversed(detail.statuses) if s.after is row.status), None)
    cells: dict[str, Cell] = {
        "number": row.number, "title": row.title, "uuid": row.uuid, "ctg": detail.ctg_name, **path,
        "status": row.status.value, "reason": last.reason if last else "",
        "decider": last.decider if last else "", "decided_on": last.decided_on if last else None,
        "steps": "\n".join(
            " | ".join((step.title, step.holder, _short(step.planned_on), _short(step.done_on))).rstrip(" |")
            for step in detail.steps
        ),
        "theme": row.theme, "kind": row.kind.value if row.kind else "",
        "origin_kind": detail.origin_kind.value if detail.origin_kind else "",
        "communes": ", ".join(names.get(code, code) for code in detail.communes),
        "partners": "; ".join(detail.partners), "caf_role": detail.caf_role.value if detail.caf_role else "",
        "starts_on": row.starts_on, "ends_on": row.ends_on,
    }  # fmt: skip
    for code in ACTION_COLUMNS:
        if code not in cells:
            cells[code] = getattr(detail, code)
    return [_said(field, cells.get(field.code)) for field in PLAN_FIELDS]


_LEVELS = {"enjeu": "issue", "strategique": "strategic", "operationnel": "operational"}


def _levels(detail: ActionDetail) -> list[tuple[str, str]]:
    """Titles of the levels above by field: a plan may skip the strategic or the operational one."""
    return [
        (_LEVELS[kind], title) for kind, (_, _, title) in zip(detail.level_kinds, detail.path, strict=True)
    ]


def _said(field: Field, value: Cell) -> Cell:
    return label_of(field, str(value)) if field.kind == "choice" and value else value


def _short(on: date | None) -> str:
    return french.short_date(on) if on else ""


def _amounts(detail: ActionDetail) -> list[list[Cell]]:
    row = detail.row
    return [
        [row.number, cell.year, cell.funder, "n.d." if cell.cents is None else cell.cents / 100,
         MONEY[cell.state], PARTY[cell.funder_kind], NATURE[cell.nature], row.uuid, detail.ctg_name]
        for cell in detail.budget.cells
    ]  # fmt: skip


def _write(path: Path, title: str, fill: Callable[[Any], None], on: date) -> None:
    with workbook(path, default_date_format="dd/mm/yyyy") as book:
        book.set_properties({"title": title, "created": datetime.combine(on, time(12))})
        fill(book)


def _sheet(book: Any, name: str, fields: Sequence[Field], rows: Sequence[Sequence[Cell]]) -> Any:
    page = _rows(book, name, [field.label for field in fields], rows)
    for column, field in enumerate(fields):
        page.set_column(column, column, 48 if field.code in WIDE else max(12, len(field.label) + 2))
    return page


def _rows(book: Any, name: str, headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Any:
    page = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
    page.write_row(0, 0, headers, bold)
    for i, row in enumerate(rows, start=1):
        for j, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(i, j, datetime.combine(cell, time()), day)
            elif isinstance(cell, str):
                page.write_string(i, j, cell, wrapped)
            elif cell is not None:
                page.write_number(i, j, cell, wrapped)
    page.freeze_panes(1, 2 if len(headers) > 4 else 0)
    page.autofilter(0, 0, max(len(rows), 1), len(headers) - 1)
    return page


def _choices(page: Any, column: int, field: Field) -> None:
    words = [label for _, label in field.choices]
    if words and len(",".join(words)) <= LONGEST_LIST:
        rule = {
            "validate": "list", "source": words, "error_type": "warning", "error_title": "Mot inconnu",
            "error_message": "Choisissez un mot de la liste.",
        }  # fmt: skip
        page.data_validation(1, column, LINES, column, rule)


_KINDS = {
    "text": "texte",
    "integer": "nombre entier",
    "number": "nombre",
    "date": "date (jj/mm/aaaa)",
    "choice": "un mot de la liste",
}
_NOTES = {
    "uuid": "laissé vide pour une fiche nouvelle",
    "number": "le numéro de la fiche : une même ligne importée deux fois ne crée rien",
    "ctg": "nom de la CTG ou code de l’EPCI ; vide s’il n’y a qu’une CTG",
    "communes": "noms ou codes, séparés par des virgules ; vide pour tout le territoire",
    "partners": "séparés par des points-virgules",
    "steps": "une par ligne : intitulé | porteur | prévue | réalisée",
    "amount": "en euros ; « n.d. » si le montant est attendu et inconnu",
    "reason": "avec décideur et date pour reportée, déprogrammée, abandonnée, conditionnée",
}


def _guide(tables: Sequence[tuple[str, Sequence[Field]]]) -> list[list[Cell]]:
    found: list[list[Cell]] = []
    for name, fields in tables:
        for field in fields:
            read = _NOTES.get(field.code) or _KINDS[field.kind]
            if field.choices:
                read = f"{read}\u202f: {', '.join(label for _, label in field.choices)}"
            kept = "obligatoire" if field.required else "facultatif"
            found.append([name, field.label, kept, french.typographic(read)])
    return found
