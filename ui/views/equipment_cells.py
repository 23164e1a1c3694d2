"""Columns of the table of equipment, and what may be typed in each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from app.domain.register_entry import read_entry
from app.domain.register_errors import RegisterRefusal
from app.domain.register_fields import BY_CODE
from ui import labels_equipment as words
from ui.error_words_register import field_sentence
from ui.labels_register import kind_label
from ui.models.grid import CellRefused, EditColumn
from ui.models.table import Column

if TYPE_CHECKING:
    from app.services.register_rows import EquipmentRow

NAME, KIND, COMMUNE, EPCI, MANAGER, LICENSED, OPENED, LICENCE, SIGNALS, SOURCE = range(10)


def read_cell(code: str, typed: str) -> object:
    """Return the value of a cell. Raises CellRefused with its sentence."""
    try:
        return read_entry(BY_CODE[code], typed)
    except RegisterRefusal as refusal:
        raise CellRefused(field_sentence(refusal)) from refusal


def _name(row: EquipmentRow) -> str | None:
    return row.name or row.site or None


@dataclass(frozen=True)
class OpenedColumn(EditColumn[Any]):
    """Open places, « au moins » when a group of places does not say them."""

    def shown(self, row: EquipmentRow) -> str:
        """Text of the cell."""
        return words.opened_words(row.opened, row.opened_unknown)


def _edit(
    header: str, code: str, value: Callable[[EquipmentRow], Any], **more: Any
) -> EditColumn[EquipmentRow]:
    return EditColumn(header, value, parse=partial(read_cell, code), code=code, **more)


COLUMNS: tuple[Column[EquipmentRow], ...] = (
    _edit(
        "Nom", "name", _name, absent=words.UNNAMED, typed=lambda row: row.name,
        hint=lambda row: _name(row) or words.title_of("", "", row.kind, row.commune),
    ),
    _edit(
        "Type", "kind", lambda row: words.short_kind(row.kind), typed=lambda row: kind_label(row.kind),
        choices=tuple(label for _, label in words.kinds()), hint=lambda row: kind_label(row.kind),
    ),
    EditColumn("Commune", lambda row: row.commune, parse=str.strip, code="commune"),
    Column("EPCI", lambda row: row.epci or None),
    _edit("Gestionnaire", "manager", lambda row: row.manager or None),
    _edit("Places agréées", "licensed_places", lambda row: row.licensed, right=True),
    OpenedColumn(
        "Places ouvertes", lambda row: row.opened, parse=partial(read_cell, "opened"), code="opened",
        right=True,
    ),
    _edit(
        "Fin d’agrément", "licence_to", lambda row: row.licence_to,
        hint=lambda row: words.licence_words(row.licence_to, row.licence_days),
        tone=lambda row: words.licence_tone(row.licence_days),
    ),
    Column(
        "Signaux", lambda row: row.signals if row.signals_known else None, right=True,
        hint=lambda row: f"{words.signals_words(row.signals, row.signals_known)} au-delà du seuil",
        tone=lambda row: "ocre" if row.signals else "",
    ),
    _edit(
        "Source", "source", lambda row: row.source or None,
        hint=lambda row: words.source_words(row.source, row.source_year),
    ),
)  # fmt: skip
