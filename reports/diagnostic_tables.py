"""Tables of a diagnostic: childcare by mode, communes, services, plain words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.domain import french
from app.domain.french import NBSP, THIN
from app.domain.indicator import Value
from reports.content import CommuneRow
from reports.diagnostic_content import CommunesItem, EquipmentItem, EquipmentLine, Head, ModesItem, TableItem
from reports.diagnostic_text import printed
from reports.kit.blocks import Cell, Column, Row, RowKind, Table
from reports.kit.printed import Printed, plain

NOT_KNOWN = "n.d."
RELIABILITIES = {"A": "officielle", "B": "presse ou site local", "C": "déduite", "": "non dite"}


def modes_table(item: ModesItem, head: Head) -> Table:
    """Places by mode and births of each Epci, references last."""
    indicators = [indicator for indicator, _ in item.rows[0].parts]
    births = [value for value in item.births if value is not None]
    columns = [Column("Territoire"), *(Column(i.short_label, "right") for i in indicators)]
    columns += [Column("Ensemble", "right")]
    if births:
        columns.append(Column(_births_words(births), "right"))
    rows = []
    for rank, (row, born) in enumerate(zip(item.rows, item.births, strict=True)):
        cells: list[Cell] = [row.name, *(printed(value, head) for _, value in row.parts)]
        cells.append(printed(row.total, head))
        if births:
            cells.append(printed(born, head) if born is not None else plain(None))
        reference = rank >= len(item.rows) - item.references
        kind = RowKind.FOCUS if row.is_focus else RowKind.REFERENCE if reference else RowKind.PLAIN
        rows.append(Row(tuple(cells), kind))
    note = f"Places pour 100{NBSP}enfants de moins de 3{NBSP}ans."
    return Table(tuple(columns), tuple(rows), f"{item.caption} et naissances", note=note, dense=len(rows) > 9)


def _births_words(values: Sequence[Value]) -> str:
    parts = values[0].parts
    years = sorted({part.year for part in parts}) or [values[0].year]
    return f"Naissances {years[0]} à {years[-1]}" if len(years) > 1 else f"Naissances {years[0]}"


_COMMUNE_COLUMNS: tuple[tuple[str, Callable[[CommuneRow], Value]], ...] = (
    ("Habitants", lambda row: row.population),
    ("Naissances", lambda row: row.births),
    (f"Moins de 3{NBSP}ans, estimés", lambda row: row.births_3),
    ("Eaje", lambda row: row.eaje),
    ("Rpe", lambda row: row.rpe),
    ("Couverture", lambda row: row.couv),
)


def communes_table(item: CommunesItem, head: Head) -> Table:
    """One line a commune; a column that nothing fills is left out and said."""
    shown = [
        (name, read)
        for name, read in _COMMUNE_COLUMNS
        if any(read(row).number is not None for row in item.rows)
    ]
    absent = [name for name, read in _COMMUNE_COLUMNS if (name, read) not in shown]
    heads = [Column("Commune")]
    heads += [Column(f"{name} {read(item.rows[0]).year}", "right") for name, read in shown]
    rows = [Row((row.name, *(printed(read(row), head) for _, read in shown))) for row in item.rows]
    note = f"Sans donnée pour ces communes{THIN}: {french.listing(absent)}." if absent else ""
    return Table(tuple(heads), tuple(rows), item.caption, note=note, dense=True)


def equipment_table(item: EquipmentItem) -> Table:
    """One line a service, with its places when they matter."""
    columns = [Column("Type"), Column("Nom"), Column("Commune"), Column("Gestionnaire"), Column("État")]
    if item.with_places:
        columns.append(Column("Places", "right"))
    columns.append(Column("Agrément jusqu’au"))
    rows = [Row(_equipment_cells(line, item.with_places)) for line in item.lines]
    return Table(
        tuple(columns),
        tuple(rows),
        item.caption,
        source=_equipment_source(item.lines),
        note="Liste des services saisis dans la base, qui peut être incomplète.",
        key=item.key,
        dense=len(item.lines) > 12,
        fictitious=any(line.fictitious for line in item.lines),
    )


def _equipment_cells(line: EquipmentLine, with_places: bool) -> tuple[Cell, ...]:
    cells: list[Cell] = [
        line.kind,
        line.name or "sans nom connu",
        line.commune,
        line.manager or NOT_KNOWN,
        line.status,
    ]
    if with_places:
        cells.append(_places(line))
    cells.append(french.short_date(line.licence_to) if line.licence_to else NOT_KNOWN)
    return tuple(cells)


def _places(line: EquipmentLine) -> Printed:
    return plain(None if line.places is None else float(line.places))


def _equipment_source(lines: Sequence[EquipmentLine]) -> str:
    words = [RELIABILITIES.get(line.reliability, "non dite") for line in lines]
    counted = [f"{word} ({words.count(word)})" for word in dict.fromkeys(words)]
    return f"registre de la base. Fiabilité{THIN}: {french.listing(counted)}"


def words_table(item: TableItem) -> Table:
    """A table of words."""
    rows = tuple(
        Row(cells, RowKind.FOCUS if rank == item.focus else RowKind.PLAIN)
        for rank, cells in enumerate(item.rows)
    )
    columns = tuple(Column(text, align) for text, align in item.heads)
    return Table(
        columns, rows, item.caption, source=item.source, note=item.note, key=item.key,
        dense=len(rows) > 12, fictitious=item.fictitious,
    )  # fmt: skip
