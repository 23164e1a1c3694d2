"""One value with all that explains it: provenance, formula with the numbers inside, parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.domain import french
from app.domain.derived import FORMULAS
from app.domain.dictionary import source_name
from app.domain.indicator import Kind, Provenance, Value, ValueState, ValueStatus
from app.domain.reference import LATEST
from app.domain.territory import Level
from db import values as stored
from db.models import ImportRun

if TYPE_CHECKING:
    from app.domain.indicator import Indicator, Series
    from app.services.indicators import IndicatorService
    from db.session import Base

MODES = ("couv_am", "couv_eaje", "couv_prescol", "couv_gad")
PARTS = {"couv_global": MODES}
"""Official totals shown beside the sum of their published parts."""


class Explainer:
    """Builds Value objects; reads each import once."""

    def __init__(self, base: Base, indicators: IndicatorService) -> None:
        self._base = base
        self._indicators = indicators

    def value(self, code: str, level: Level, territory: str, year: int) -> Value:
        """One value, imported, summed or derived."""
        series = self._indicators.series_for(code, level, year, (territory,))
        indicator = series.indicator
        if indicator.is_derived:
            return self._derived(indicator, series, territory)
        rows = self._rows(code, level, territory)
        row = next((row for row in rows if row.year == year), None)
        if row is not None:
            return self._stored(indicator, series, territory, row)
        if indicator.kind is Kind.STOCK and series.sources and level in (Level.EPCI, Level.DEPARTEMENT):
            return self._summed(indicator, series, territory)
        return _value(series, territory)

    def _rows(self, code: str, level: Level, territory: str) -> list[stored.StoredValue]:
        with self._base.read() as session:
            return list(stored.read_history(session, code, level, territory))

    def provenance(self, number: int, row: int | None) -> Provenance:
        """Where an import took its rows."""
        with self._base.read() as session:
            run = session.scalar(select(ImportRun).where(ImportRun.number == number))
            if run is None:
                return Provenance("", "", "", "", row, number, "")
            return Provenance(
                source=source_name(run.source),
                file=run.file,
                sha256=run.sha256,
                sheet=run.sheet,
                row=row,
                import_number=number,
                imported_at=run.imported_at,
                licence=run.licence,
            )

    def _stored(self, indicator: Indicator, series: Series, code: str, row: stored.StoredValue) -> Value:
        parts = tuple(
            self.value(part, series.level, code, series.year) for part in PARTS.get(indicator.code, ())
        )
        return _value(
            series,
            code,
            status=ValueStatus(row.status),
            estimated=row.estimated,
            fictitious=row.fictitious,
            millesime=row.millesime,
            provenance=(self.provenance(row.import_number, row.row),),
            parts=parts if any(part.number is not None for part in parts) else (),
        )

    def _summed(self, indicator: Indicator, series: Series, code: str) -> Value:
        millesime = series.millesime or LATEST
        members = self._indicators.members(series.level, code, millesime)
        with self._base.read() as session:
            block = stored.read_series(session, indicator.code, series.year, Level.COMMUNE)
        numbers = dict(zip(block.codes, block.import_numbers.tolist(), strict=True))
        found = [member for member in members if member in numbers]
        imports = sorted({numbers[member] for member in found})
        if len(found) < len(members):
            formula = (
                f"{french.plural(len(found), 'commune')} sur {len(members)} "
                "dans les fichiers importés\u202f: la somme serait partielle, elle n’est pas calculée"
            )
        else:
            formula = f"somme de {len(members)} communes (géographie {millesime})"
        return _value(
            series,
            code,
            millesime=millesime,
            provenance=tuple(self.provenance(number, None) for number in imports),
            formula=formula,
        )

    def _derived(self, indicator: Indicator, series: Series, code: str) -> Value:
        parts = tuple(
            self._indicators.value(name, series.level, code, at)
            for name, at in self._indicators.inputs_of(indicator, series.level, series.year)
        )
        formula = FORMULAS[indicator.formula]
        number = _number(series, code)
        text = ""
        if number is not None:
            said = [french.number(part.number, part.indicator.decimals) for part in parts]
            text = formula.template.format(*said, r=french.number(number, indicator.decimals))
        provenance = dict.fromkeys(source for part in parts for source in part.provenance)
        geography = parts[0].millesime
        return _value(
            series, code, millesime=geography, provenance=tuple(provenance), formula=text, parts=parts
        )


def _number(series: Series, code: str) -> float | None:
    i = series.codes.index(code)
    return float(series.numbers[i]) if ValueState(int(series.states[i])).is_known else None


def _value(
    series: Series,
    code: str,
    *,
    status: ValueStatus = ValueStatus.CONSOLIDATED,
    estimated: bool | None = None,
    fictitious: bool | None = None,
    millesime: int | None = None,
    provenance: tuple[Provenance, ...] = (),
    formula: str = "",
    parts: tuple[Value, ...] = (),
) -> Value:
    return Value(
        indicator=series.indicator,
        level=series.level,
        code=code,
        year=series.year,
        number=_number(series, code),
        state=ValueState(int(series.states[series.codes.index(code)])),
        status=status,
        estimated=series.estimated if estimated is None else estimated,
        fictitious=series.fictitious if fictitious is None else fictitious,
        millesime=millesime,
        provenance=provenance,
        formula=formula,
        parts=parts,
    )
