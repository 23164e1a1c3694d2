"""Cards of indicators: series aligned on periods, analysis, ledger, links, computed values."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.cpog import Contract, CpogIndicator
from app.domain.cpog_codes import SeriesKind
from app.domain.cpog_points import Actual, Movement, Period, Revision, Target
from app.domain.french import NBSP, THIN
from app.domain.ledger import ledger
from app.domain.trajectory import IndicatorState, Standing, current, latest, point, standing
from app.domain.trajectory_shape import ShapeWarning, shape_warnings
from app.services.cpog_rows import (
    ACTUAL,
    ComputedRow,
    IndicatorCard,
    IndicatorRow,
    LedgerRow,
    LinkRow,
    Point,
    RevisionRow,
    SeriesRow,
)
from app.services.cpog_view import (
    difference_text,
    gap_rows,
    hypothesis_rows,
    target_point,
    value_point,
)

STATE_SENTENCES: dict[IndicatorState, str] = {
    IndicatorState.FOLLOW: "indicateur de suivi, sans état",
    IndicatorState.MET: "cible atteinte",
    IndicatorState.MISSED: "cible non atteinte",
    IndicatorState.TUNNEL: "dans le tunnel",
    IndicatorState.BELOW: "sous le tunnel",
    IndicatorState.ABOVE: "au-dessus du tunnel",
    IndicatorState.NO_TARGET: "pas de cible cette année",
    IndicatorState.UNAVAILABLE: "valeur indisponible",
    IndicatorState.MISSING: "valeur à saisir",
    IndicatorState.UPCOMING: "à venir",
}


@dataclass(frozen=True, slots=True)
class Around:
    """What a card shows that is not in its own contract."""

    rows: dict[str, IndicatorRow]
    links: tuple[LinkRow, ...] = ()
    computed: tuple[ComputedRow, ...] = ()
    closed_years: tuple[int, ...] = ()


def periods_of(contract: Contract, indicator: CpogIndicator) -> tuple[Period, ...]:
    """Years of the contract, the year of reference, and every period that was written."""
    written = {t.period for t in contract.targets_of.get(indicator.uuid, ())}
    written |= {v.period for v in contract.values_of.get(indicator.uuid, ())}
    written |= {Period(year) for year in contract.cpog.years}
    if indicator.reference_year is not None:
        written.add(Period(indicator.reference_year))
    return tuple(sorted(written, key=lambda p: p.rank))


def series_rows(
    contract: Contract, indicator: CpogIndicator, periods: Sequence[Period]
) -> tuple[SeriesRow, ...]:
    """Every series of an indicator that is always shown, and those of the tunnel if written."""
    values = contract.values_of.get(indicator.uuid, ())
    targets = contract.targets_of.get(indicator.uuid, ())
    actual = SeriesRow(ACTUAL, tuple(_value_at(values, indicator, p) for p in periods))
    always = (SeriesKind.FORECAST, SeriesKind.REVISED, SeriesKind.INITIAL)
    tunnel = (SeriesKind.LOW, SeriesKind.CENTRAL, SeriesKind.HIGH)
    kinds = [*always, *(kind for kind in tunnel if any(t.series is kind for t in targets))]
    return (actual, *(SeriesRow(k, _targets_at(contract, indicator, targets, k, periods)) for k in kinds))


def _value_at(values: Sequence[Actual], indicator: CpogIndicator, period: Period) -> Point | None:
    value = current(values, period)
    count = sum(v.period == period for v in values)
    return value_point(value, indicator, count) if value else None


def _targets_at(
    contract: Contract, indicator: CpogIndicator, targets: Sequence[Target], kind: SeriesKind,
    periods: Sequence[Period],
) -> tuple[Point | None, ...]:  # fmt: skip
    points = []
    for period in periods:
        target = point(targets, kind, period)
        count = sum(t.series is kind and t.period == period for t in targets)
        points.append(target_point(target, indicator, contract.revisions, count) if target else None)
    return tuple(points)


def ledger_row(contract: Contract, indicator: CpogIndicator) -> LedgerRow:
    """Revisions of an indicator, and one waterfall a year that has an initial target."""
    targets = contract.targets_of.get(indicator.uuid, ())
    movements = [m for m in contract.movements if m.indicator_uuid == indicator.uuid]
    waterfalls = ledger(yearly(targets, SeriesKind.INITIAL), yearly(targets, SeriesKind.REVISED), movements)
    revisions = tuple(
        revision_row(contract, revision, movements)
        for revision in contract.revisions
        if revision.indicator_uuid == indicator.uuid
    )
    return LedgerRow(
        indicator.uuid, indicator.name, indicator.unit, indicator.decimals, revisions, waterfalls
    )


def revision_row(contract: Contract, revision: Revision, movements: Sequence[Movement]) -> RevisionRow:
    """One revision with its amounts."""
    own = tuple(m for m in movements if m.revision_uuid == revision.uuid)
    return RevisionRow(revision, contract.by_uuid[revision.indicator_uuid].name, own)


def yearly(targets: Sequence[Target], kind: SeriesKind) -> dict[int, float]:
    """Latest known numbers of a series by year, quarters aside."""
    years = {t.year for t in targets if t.series is kind and not t.quarter}
    found = {year: point(targets, kind, Period(year)) for year in years}
    return {year: t.number for year, t in found.items() if t is not None and t.number is not None}


def observed_by_year(values: Sequence[Actual]) -> dict[int, float]:
    """Current known values by year, quarters aside."""
    found = {v.year: current(values, Period(v.year)) for v in values if not v.quarter}
    return {year: v.number for year, v in found.items() if v is not None and v.number is not None}


def path_warnings(contract: Contract, indicator: CpogIndicator) -> tuple[ShapeWarning, ...]:
    """Warnings on the path in force: revised where it was, initial elsewhere."""
    targets = contract.targets_of.get(indicator.uuid, ())
    path = {**yearly(targets, SeriesKind.INITIAL), **yearly(targets, SeriesKind.REVISED)}
    return shape_warnings(indicator, path, observed_by_year(contract.values_of.get(indicator.uuid, ())))


def card(contract: Contract, indicator: CpogIndicator, on: datetime.date, around: Around) -> IndicatorCard:
    """Build the card of an indicator, its sub-series inside."""
    periods = periods_of(contract, indicator)
    children = tuple(
        card(contract, child, on, Around(around.rows, closed_years=around.closed_years))
        for child in contract.indicators
        if child.parent_uuid == indicator.uuid
    )
    return IndicatorCard(
        row=around.rows[indicator.uuid], indicator=indicator, periods=periods,
        series=series_rows(contract, indicator, periods), sentence=sentence(contract, indicator, on),
        gaps=gap_rows(contract, indicator, on), hypotheses=hypothesis_rows(contract, indicator.uuid),
        comments=tuple(c for c in contract.comments if c.indicator_uuid == indicator.uuid),
        ledger=ledger_row(contract, indicator),
        flags=tuple(f for f in contract.flags if f.indicator_uuid == indicator.uuid),
        links=around.links, computed=around.computed, warnings=path_warnings(contract, indicator),
        closed_years=around.closed_years, sub_series=children,
    )  # fmt: skip


def sentence(contract: Contract, indicator: CpogIndicator, on: datetime.date) -> str:
    """« 2025 : dans le tunnel, −10 points par rapport à la cible »."""
    last = latest(contract.values_of.get(indicator.uuid, ()))
    period = last.period if last else Period(min(on.year, contract.cpog.ends_on.year))
    stand = standing(contract, indicator, period, on)
    return f"{period.label}{THIN}: {STATE_SENTENCES[stand.state]}{_by(stand, indicator)}"


def _by(stand: Standing, indicator: CpogIndicator) -> str:
    text = difference_text(stand, indicator)
    if not text or not stand.difference:
        return ""
    return f", {text.replace(' ', NBSP)} par rapport à la cible"
