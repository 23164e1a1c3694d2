"""One value with all that explains it: provenance, formula with the numbers inside, parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain import french
from app.domain.derived import FORMULAS
from app.domain.indicator import Kind, Provenance, Value, ValueState, ValueStatus
from app.domain.reference import LATEST
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.domain.indicator import Indicator, Series
    from app.services.indicators import IndicatorService
    from app.services.series_store import SeriesStore
    from db.values import StoredValue

MODES = ("couv_am", "couv_eaje", "couv_prescol", "couv_gad")
PARTS = {"couv_global": MODES}
"""Official totals shown beside the sum of their published parts."""


class Explainer:
    """Builds Value objects."""

    def __init__(self, store: SeriesStore, indicators: IndicatorService) -> None:
        self._store = store
        self._indicators = indicators

    def value(self, code: str, level: Level, territory: str, year: int) -> Value:
        """One value, imported, summed or derived."""
        series = self._indicators.series_for(code, level, year, (territory,))
        indicator = series.indicator
        if indicator.is_derived:
            return self._derived(indicator, series, territory)
        rows = [row for row in self._rows(code, level, territory) if row.year == year]
        if rows:
            # where sources disagree the series keeps the last import, and so does its provenance
            return self._stored(indicator, series, territory, rows[-1])
        if indicator.kind is Kind.STOCK and series.sources and level in (Level.EPCI, Level.DEPARTEMENT):
            return self._summed(indicator, series, territory)
        return _value(series, territory)

    def _rows(self, code: str, level: Level, territory: str) -> list[StoredValue]:
        """Rows of one territory, read with those of its neighbours: a page shows them together."""
        return self._store.rows(code, level, territory, self._indicators.together(level, territory))

    def provenance(self, number: int, row: int | None) -> Provenance:
        """Where an import took its rows."""
        return self._store.provenance(number, row)

    def _stored(self, indicator: Indicator, series: Series, code: str, row: StoredValue) -> Value:
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
        block = self._store.block(indicator.code, series.year, Level.COMMUNE)
        found = [block.rank[member] for member in members if member in block.rank]
        imports = sorted({int(number) for number in block.series.import_numbers[found]})
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
