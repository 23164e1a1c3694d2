"""Childminders of one Epci in a booklet: by year, by age, with their masks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.domain import french
from app.domain.french import THIN
from app.domain.indicator import Provenance, ValueState
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.domain.register import Childminders
    from app.services.diagnostics_guard import MinderMasks
    from app.services.diagnostics_study import Study
    from reports.diagnostic_content import Item
    from reports.kit.blocks import ChartBlock, Table
    from reports.kit.printed import Printed

YEARS = 6
"""Years shown, the latest ones."""


def minder_items(every: Sequence[Childminders], study: Study, masks: MinderMasks) -> list[Item]:
    """Assistants maternels of the Epci by year and by age; a wider total is told, never spread."""
    from reports.diagnostic_content import Absent, Framed
    from reports.diagnostic_items import Ready

    rows = _rows(every, study, Level.EPCI, study.epci.code)
    if rows:
        return [Ready((_minder_table(rows[-YEARS:], masks, study), *_ages(rows, masks, study)))]
    how = "les saisir ou les importer dans Équipements"
    items: list[Item] = [Absent("Nombre et âge des assistants maternels", how)]
    wider = _rows(every, study, Level.DEPARTEMENT, study.departement)
    if wider:
        shown = _minder(wider[-1], "active", wider[-1].active, masks, study)
        if wider[-1].active is None:
            shown = _minder(wider[-1], "licensed", wider[-1].licensed, masks, study)
        words = (
            f"Connu pour l’ensemble {study.departement_place.of} en {wider[-1].year}{THIN}: {shown.text} "
            f"assistants maternels ({wider[-1].source}), répartition par EPCI non connue."
        )
        items.append(Framed(words, "note"))
    return items


def _rows(every: Sequence[Childminders], study: Study, level: Level, code: str) -> list[Childminders]:
    held = (row for row in every if (row.level, row.code) == (level, code) and row.year <= study.on.year)
    return sorted(held, key=lambda row: row.year)


def _minder_table(rows: Sequence[Childminders], masks: MinderMasks, study: Study) -> Table:
    from reports.kit.blocks import Column, Row
    from reports.kit.blocks import Table as Block

    cells = tuple(
        Row(
            (
                str(row.year),
                _minder(row, "licensed", row.licensed, masks, study),
                _minder(row, "active", row.active, masks, study),
                _minder(row, "places", row.places, masks, study),
            )
        )
        for row in rows
    )
    columns = (
        Column("Année"), Column("Agréés", "right"), Column("En activité", "right"), Column("Places", "right"),
    )  # fmt: skip
    sources = french.listing(list(dict.fromkeys(row.source for row in rows if row.source)))
    return Block(
        columns, cells, "Assistants maternels", source=sources,
        fictitious=any(row.fictitious for row in rows),
    )  # fmt: skip


def _minder(row: Childminders, field: str, number: int | None, masks: MinderMasks, study: Study) -> Printed:
    from reports.kit.printed import Printed, plain

    state = None
    if masks.hides(field, row.level, row.code, row.year):
        number, state = None, ValueState.MASKED
    shown = plain(None if number is None else float(number), 0, state)
    words = {"licensed": "agréés", "active": "en activité", "places": "places"}.get(field, field)
    return Printed(
        text=shown.text,
        number=shown.number,
        state=shown.state,
        label=f"Assistants maternels, {words}",
        level="epci",
        code=row.code,
        territory=study.epci.short_name,
        year=row.year,
        series="registre",
        sources=(Provenance(row.source or "Registre des équipements", "", "", "", None, None, ""),),
        fictitious=row.fictitious,
    )


def _ages(rows: Sequence[Childminders], masks: MinderMasks, study: Study) -> tuple[ChartBlock, ...]:
    """Bars of the ages of the latest year that tells them."""
    from reports.kit.blocks import ChartBlock as Block
    from reports.kit.charts import Bar, HorizontalBars

    told = [row for row in rows if row.ages]
    if not told:
        return ()
    row = told[-1]
    bars = tuple(Bar(label, _minder(row, f"age {label}", number, masks, study)) for label, number in row.ages)
    caption = f"Assistants maternels par âge, {row.year}"
    return (Block(HorizontalBars(bars), caption, source=row.source, fictitious=row.fictitious),)
