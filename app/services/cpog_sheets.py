"""One indicator as the papers of a CPOG print it: four series, gap, hypotheses, computed value."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.cpog import Contract, CpogIndicator
from app.domain.cpog_codes import SeriesKind, TargetKind, TargetStatus
from app.domain.cpog_points import Actual, Period, Target
from app.domain.cpog_units import unit_of
from app.domain.french import number, value_text
from app.domain.indicator import Provenance, ValueState
from app.domain.trajectory import IndicatorState, Standing, current, point, standing
from app.services.cpog_cards import yearly
from app.services.cpog_rows import ComputedRow, DifferenceRow
from app.services.cpog_view import hypothesis_rows
from reports import cpog_content as paper
from reports.kit.charts import TunnelPoint
from reports.kit.printed import STATUSES, Printed, plain

STATES: dict[IndicatorState, paper.IndicatorState] = {
    IndicatorState.FOLLOW: paper.IndicatorState.FOLLOWED,
    IndicatorState.MET: paper.IndicatorState.REACHED,
    IndicatorState.MISSED: paper.IndicatorState.NOT_REACHED,
    IndicatorState.TUNNEL: paper.IndicatorState.IN_TUNNEL,
    IndicatorState.BELOW: paper.IndicatorState.LOW,
    IndicatorState.ABOVE: paper.IndicatorState.HIGH,
    IndicatorState.NO_TARGET: paper.IndicatorState.NO_TARGET,
    IndicatorState.UNAVAILABLE: paper.IndicatorState.NO_DATA,
    IndicatorState.MISSING: paper.IndicatorState.NO_DATA,
    IndicatorState.UPCOMING: paper.IndicatorState.NO_DATA,
}
STATE_WORDS: dict[IndicatorState, str] = {
    IndicatorState.MISSING: "À saisir",
    IndicatorState.UPCOMING: "À venir",
    IndicatorState.UNAVAILABLE: "Indisponible",
}
NATURES = {"COG": "COG", "hors_COG": "Hors COG"}
TYPES = {"resultat": "Résultat", "suivi": "Suivi"}
SENSES = {"hausse": "à augmenter", "baisse": "à diminuer", "converge": "à rapprocher"}
KINDS = {
    TargetKind.FIXED: "fixe",
    TargetKind.END: "fin de COG",
    TargetKind.INDIVIDUAL: "individualisée",
    TargetKind.NATIONAL: "nationale",
    TargetKind.NONE: "sans cible",
    TargetKind.TO_DEFINE: "à définir",
}
SERIES_WORDS = {
    SeriesKind.INITIAL: "cible initiale",
    SeriesKind.REVISED: "cible révisée",
    SeriesKind.FORECAST: "prévu",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What the bilan needs beside the contract of the year."""

    caf: str
    on: datetime.date
    closed_on: datetime.date | None = None
    version: int = 0
    corrections: tuple[DifferenceRow, ...] = ()
    computed: tuple[tuple[str, ComputedRow], ...] = ()
    demo: bool = False
    fiches: tuple[tuple[str, str], ...] = ()
    """Number and name of each fiche of the COG, where they are known."""
    actions: tuple[tuple[str, paper.ActionLine], ...] = ()
    """Évaluations of the COG that are followed, with the number of their fiche."""


def indicator_sheet(
    contract: Contract, indicator: CpogIndicator, year: int, known: Known
) -> paper.IndicatorSheet:
    """Freeze one indicator at a year, seen from a date."""
    stand = standing(contract, indicator, Period(year), known.on)
    targets = contract.targets_of.get(indicator.uuid, ())
    values = contract.values_of.get(indicator.uuid, ())
    draft = stand.target is not None and stand.target.status is TargetStatus.HYPOTHESIS
    label = f"{indicator.label} – {indicator.sub_series}" if indicator.sub_series else indicator.label
    return paper.IndicatorSheet(
        code=indicator.code, label=label, nature=NATURES[indicator.nature], kind=TYPES[indicator.type],
        unit=unit_of(indicator.unit).label, direction=SENSES.get(indicator.direction, ""),
        target_words=indicator.target_text or KINDS[indicator.target_kind], state=STATES[stand.state],
        initial=_targets(indicator, targets, SeriesKind.INITIAL),
        revised=_targets(indicator, targets, SeriesKind.REVISED),
        forecast=_targets(indicator, targets, SeriesKind.FORECAST), actual=_values(indicator, values),
        tunnel=_tunnel(targets), parts=_parts(values), gap=_gap(contract, indicator, stand),
        hypotheses=_hypotheses(contract, indicator), computed=_computed(indicator, year, known),
        comment=next((c.text for c in contract.comments
                      if (c.indicator_uuid, c.year) == (indicator.uuid, year)), ""),
        flags=tuple(f.text for f in contract.flags if f.indicator_uuid == indicator.uuid),
        pinned=indicator.pinned, draft_target=draft,
        fictitious=any(v.fictitious for v in values) or any(t.fictitious for t in targets),
        decimals=indicator.decimals, state_words=STATE_WORDS.get(stand.state, ""),
    )  # fmt: skip


def at(period: Period) -> float:
    """Abscissa of a period, the end of a year being that year: the first quarter of 2025 is 2024.25."""
    return period.year - (1 - 0.25 * period.quarter if period.quarter else 0.0)


def _printed(indicator: CpogIndicator, series: str, item: Actual | Target) -> Printed:
    known = ValueState(item.state)
    decimals = 0 if item.number is not None and float(item.number).is_integer() else indicator.decimals
    source = item.source if isinstance(item, Actual) else ""
    sources = (Provenance(source, "", "", "", None, None, item.entered_at),) if source else ()
    prose = item.text if isinstance(item, Target) and item.number is None else ""
    return Printed(
        text=prose or value_text(item.number, known, decimals), number=item.number, state=known,
        indicator=indicator.uuid, label=indicator.name, level="cpog", code=indicator.cpog_uuid,
        year=item.year, period=item.period.label, series=series, unit=unit_of(indicator.unit).label,
        sources=sources, status=STATUSES[item.status] if isinstance(item, Actual) else "",
        estimated=isinstance(item, Actual) and item.estimated, fictitious=item.fictitious,
    )  # fmt: skip


def _targets(
    indicator: CpogIndicator, targets: Sequence[Target], kind: SeriesKind
) -> tuple[paper.YearValue, ...]:
    periods = sorted({t.period for t in targets if t.series is kind}, key=lambda p: p.rank)
    found = [point(targets, kind, period) for period in periods]
    return tuple(
        paper.YearValue(at(t.period), t.period.label, _printed(indicator, SERIES_WORDS[kind], t))
        for t in found
        if t is not None
    )


def _values(indicator: CpogIndicator, values: Sequence[Actual]) -> tuple[paper.YearValue, ...]:
    periods = sorted({v.period for v in values}, key=lambda p: p.rank)
    found = [current(values, period) for period in periods]
    return tuple(
        paper.YearValue(at(v.period), v.period.label, _printed(indicator, "réalisé", v))
        for v in found
        if v is not None
    )


def _tunnel(targets: Sequence[Target]) -> tuple[TunnelPoint, ...]:
    low, high = yearly(targets, SeriesKind.LOW), yearly(targets, SeriesKind.HIGH)
    return tuple(TunnelPoint(float(year), low[year], high[year]) for year in sorted(low.keys() & high.keys()))


def _parts(
    values: Sequence[Actual],
) -> tuple[tuple[str, tuple[paper.YearValue, ...]], ...]:
    periods = sorted({v.period for v in values if v.denominator is not None}, key=lambda p: p.rank)
    found = [v for period in periods if (v := current(values, period)) is not None]
    if not found:
        return ()
    return tuple(
        (word, tuple(paper.YearValue(at(v.period), v.period.label, plain(getattr(v, name))) for v in found))
        for word, name in (("Numérateur", "numerator"), ("Dénominateur", "denominator"))
    )


def _gap(contract: Contract, indicator: CpogIndicator, stand: Standing) -> paper.GapLine | None:
    gap = next(
        (g for g in contract.gaps if g.indicator_uuid == indicator.uuid and g.period == stand.period), None
    )
    if indicator.is_follow or (gap is None and not stand.adverse):
        return None
    unit = unit_of(indicator.unit).gap
    difference = None if stand.difference is None else round(stand.difference, 6) + 0.0
    printed = plain(difference, indicator.decimals, signed=True, unit=unit)
    if gap is None:
        return paper.GapLine(printed, "", paper.Origin.UNSAID)
    origin = paper.Origin(gap.origin.value)
    return paper.GapLine(printed, gap.cause, origin, gap.action, gap.author, gap.written_on)


def _hypotheses(contract: Contract, indicator: CpogIndicator) -> tuple[paper.Hypothesis, ...]:
    return tuple(
        paper.Hypothesis(
            row.hypothesis.label, row.sentence.split(",")[0],
            plain(row.state.last.number if row.state.last else None, 1),
            None if row.state.last is None else not row.state.outside,
        )
        for row in hypothesis_rows(contract, indicator.uuid)
    )  # fmt: skip


def _computed(indicator: CpogIndicator, year: int, known: Known) -> Printed | None:
    found = [row for uuid, row in known.computed if uuid == indicator.uuid and row.year == year]
    if not found:
        return None
    row = found[0]
    return Printed(row.text, row.number, row.state, label=row.label, year=year, formula=row.rule,
                   numerator=number(row.numerator), denominator=number(row.denominator))  # fmt: skip
