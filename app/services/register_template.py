"""The workbook to fill in: one sheet a kind of table of the register, with its accepted words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.ingestion.register import REGISTER_FIELDS
from app.ingestion.register_counts import CHILDMINDER_FIELDS, MOVEMENT_FIELDS, TOTAL_FIELDS
from app.ingestion.register_zones import ZONE_FIELDS
from app.services.export import workbook

if TYPE_CHECKING:
    from app.ingestion.fields import Field

SHEETS: tuple[tuple[str, Sequence[Field]], ...] = (
    ("Registre", REGISTER_FIELDS),
    ("Mouvements de places", MOVEMENT_FIELDS),
    ("Assistants maternels", CHILDMINDER_FIELDS),
    ("Zones", ZONE_FIELDS),
    ("Totaux connus", TOTAL_FIELDS),
)
GUIDE = "Mode d’emploi"
LINES = 2_000
"""Lines where the accepted words are offered."""
LIST_LIMIT = 255
"""Letters that a spreadsheet accepts for a list written in a cell."""
_WORDS = {
    "text": "texte",
    "integer": "nombre entier",
    "number": "nombre",
    "date": "date (jj/mm/aaaa)",
    "boolean": "oui ou non",
    "choice": "mot de la liste",
    "commune": "code Insee de la commune",
    "territory": "code de commune, d’EPCI ou de département",
}
_NOTES = {
    "uuid": "laissé vide pour un équipement nouveau",
    "commune": "à la place du code, si le nom suffit",
    "lon": "degrés, avec la latitude",
    "lat": "degrés, avec la longitude",
    "points": "« Thouars (lundi, jeudi) ; 79013 (mardi) »",
    "served": "codes ou noms, séparés par ;",
}


def write_template(path: Path) -> None:
    """Write the workbook. Raises WriteRefused, DiskFull."""
    with workbook(path) as book:
        book.set_properties({"title": "Modèle du registre d’équipements", "company": "Maillage"})
        styles = _styles(book)
        for name, fields in SHEETS:
            _write_sheet(book, name, fields, styles)
        _write_guide(book, styles)


def _styles(book: Any) -> dict[str, Any]:
    return {
        "required": book.add_format({"bold": True, "bottom": 2, "bg_color": "#DDEBE9", "text_wrap": True}),
        "optional": book.add_format({"bottom": 1, "text_wrap": True}),
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        "plain": book.add_format({}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _write_sheet(book: Any, name: str, fields: Sequence[Field], styles: dict[str, Any]) -> None:
    page = book.add_worksheet(name)
    words = book.add_worksheet(f"Listes {name}"[:31]) if any(_long(field) for field in fields) else None
    for column, field in enumerate(fields):
        page.write_string(0, column, field.label, styles["required" if _needed(field) else "optional"])
        page.set_column(column, column, max(12, min(len(field.label) + 2, 26)), _cells(field, styles))
        options = _accepted(field)
        if not options:
            continue
        source: object = list(options)
        if _long(field) and words is not None:
            for line, option in enumerate(options):
                words.write_string(line, column, option)
            letter = _letter(column)
            source = f"='{words.get_name()}'!${letter}$1:${letter}${len(options)}"
        rule = {"validate": "list", "source": source, "error_type": "warning",
                "error_title": "Mot inconnu", "error_message": "Choisissez un mot de la liste."}  # fmt: skip
        page.data_validation(1, column, LINES, column, rule)
    page.freeze_panes(1, 0)
    if words is not None:
        words.hide()


def _write_guide(book: Any, styles: dict[str, Any]) -> None:
    page = book.add_worksheet(GUIDE)
    page.write_row(
        0, 0, ("Feuille", "Colonne", "À remplir", "Ce qui est lu", "Mots acceptés"), styles["required"]
    )
    line = 1
    for name, fields in SHEETS:
        for field in fields:
            kept = "obligatoire" if _needed(field) else "facultatif"
            read = "; ".join(
                part for part in (_WORDS.get(field.kind, "texte"), _NOTES.get(field.code, "")) if part
            )
            cells = (name, field.label, kept, read, ", ".join(_accepted(field)))
            for column, cell in enumerate(cells):
                page.write_string(line, column, cell, styles["wrap"])
            line += 1
    page.set_column(0, 1, 26)
    page.set_column(2, 2, 12)
    page.set_column(3, 4, 60)
    page.freeze_panes(1, 0)


def _needed(field: Field) -> bool:
    return field.required or (field.code == "code_commune")


def _accepted(field: Field) -> tuple[str, ...]:
    if field.kind == "boolean":
        return ("oui", "non")
    return tuple(label for _, label in field.choices)


def _long(field: Field) -> bool:
    """True for words that do not fit in a list written in a cell, or that hold its separator."""
    options = _accepted(field)
    return len(",".join(options)) > LIST_LIMIT or any("," in option for option in options)


def _cells(field: Field, styles: dict[str, Any]) -> Any:
    if field.kind == "date":
        return styles["date"]
    coded = field.kind in ("commune", "territory") or field.code in ("served", "points", "code_qpv", "uuid")
    return styles["text" if coded or field.kind == "text" else "plain"]


def _letter(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))
