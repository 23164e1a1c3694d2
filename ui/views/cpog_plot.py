"""From the card of an indicator to its trajectory, ready to draw."""

from __future__ import annotations

import datetime

from app.domain.cpog_codes import SeriesKind, TargetStatus
from app.domain.cpog_units import gap_text, unit_of
from app.services.cpog_rows import ACTUAL, IndicatorCard, Point
from ui import labels_cpog
from ui.widgets.trajectory_data import Plot, PlotGap, PlotPoint, PlotSeries

LEGEND = (ACTUAL, SeriesKind.FORECAST, SeriesKind.REVISED, SeriesKind.INITIAL)
TUNNEL_KINDS = (SeriesKind.LOW, SeriesKind.HIGH)


def plot_of(card: IndicatorCard, years: tuple[int, ...], on: datetime.date) -> Plot:
    """Return the trajectory of a card; years: those of the contract."""
    unit = unit_of(card.indicator.unit)
    series = tuple(_series(card, row.kind) for row in card.series)
    return Plot(
        name=card.row.name,
        series=tuple(item for item in series if item.points),
        first=years[0],
        last=years[-1],
        today=_date(on),
        gaps=_gaps(card),
        suffix=unit.suffix,
        neutral=card.indicator.is_follow,
        reference=_reference(card),
    )


def legend_of(plot: Plot) -> list[tuple[str, str]]:
    """(kind, word) of what the drawing holds; the two bounds are one item."""
    held = [(kind, labels_cpog.SERIES[kind]) for kind in LEGEND if plot.of(kind) is not None]
    if plot.of(SeriesKind.CENTRAL) is not None:
        held.append((SeriesKind.CENTRAL, labels_cpog.SERIES[SeriesKind.CENTRAL]))
    if any(plot.of(kind) is not None for kind in TUNNEL_KINDS):
        held.append(("tunnel", "Tunnel"))
    return held


def _series(card: IndicatorCard, kind: str) -> PlotSeries:
    points = tuple(
        _point(column, point) for column, point in enumerate(card.points(kind)) if point is not None
    )
    return PlotSeries(kind, labels_cpog.SERIES[kind], points)


def _point(column: int, point: Point) -> PlotPoint:
    period = point.period
    at = period.year - (1 - period.quarter / 4 if period.quarter else 0)
    draft = point.target_status is TargetStatus.HYPOTHESIS
    text = point.text if point.number is not None or len(point.text) < 8 else "texte"
    return PlotPoint(at, column, point.number, text, draft, point.estimated, period.quarter > 0)


def _gaps(card: IndicatorCard) -> tuple[PlotGap, ...]:
    """Value minus target in force of each whole year that has both, in the unit of the indicator."""
    adverse = {gap.period.year for gap in card.gaps if gap.adverse and not gap.period.quarter}
    found = []
    kinds = (ACTUAL, SeriesKind.REVISED, SeriesKind.INITIAL)
    for period, actual, revised, initial in zip(card.periods, *map(card.points, kinds), strict=True):
        target = revised or initial
        if period.quarter or actual is None or target is None or None in (actual.number, target.number):
            continue
        assert actual.number is not None
        assert target.number is not None
        difference = round(actual.number - target.number, 6) + 0.0
        decimals = 0 if float(difference).is_integer() else max(card.indicator.decimals, 1)
        words = gap_text(difference, card.indicator.unit, decimals) if difference else "cible atteinte"
        found.append(PlotGap(float(period.year), actual.number, target.number, words, period.year in adverse))
    return tuple(found)


def _reference(card: IndicatorCard) -> PlotPoint | None:
    """The value before the contract, unless the same year was written as seen."""
    indicator = card.indicator
    year, value = indicator.reference_year, indicator.reference
    if year is None or value is None:
        return None
    for column, (period, actual) in enumerate(zip(card.periods, card.points(ACTUAL), strict=True)):
        if period.year == year and not period.quarter:
            from ui.views.cpog_words import plain

            text = plain(value) + unit_of(indicator.unit).suffix
            return None if actual is not None else PlotPoint(float(year), column, value, text)
    return None


def _date(on: datetime.date) -> float:
    """A date in years, the end of a year being that year."""
    start = datetime.date(on.year, 1, 1)
    return on.year - 1 + (on - start).days / (datetime.date(on.year + 1, 1, 1) - start).days
