"""From a contract to its rows: points ready to show, list of indicators, gaps to explain."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from itertools import groupby

from app.domain.cpog import Contract, CpogIndicator
from app.domain.cpog_points import Actual, Gap, Observation, Period, Revision, Target
from app.domain.cpog_units import gap_text, unit_of
from app.domain.french import fold, long_date, number, value_text
from app.domain.hypothesis import hypothesis_state
from app.domain.indicator import ValueState
from app.domain.trajectory import Standing, latest, standing, target_in_force
from app.services.cpog_rows import Filters, GapRow, HypothesisRow, IndicatorRow, Point

ACT_WORDS: dict[str, str] = {
    "avenant": "avenant",
    "lettre": "lettre",
    "dialogue": "dialogue de gestion",
    "avis": "avis annuel",
    "autre": "décision",
}


def shown(number_: float | None, state: ValueState, indicator: CpogIndicator) -> str:
    """Text of a number with the unit of its indicator, or of its state."""
    text = value_text(number_, state, _decimals(number_, indicator))
    return text + unit_of(indicator.unit).suffix if state.is_known else text


def _decimals(number_: float | None, indicator: CpogIndicator) -> int:
    """A whole number needs no decimals: « 16 j », « 71 % »."""
    return 0 if number_ is not None and float(number_).is_integer() else indicator.decimals


def value_point(value: Actual, indicator: CpogIndicator, versions: int = 1) -> Point:
    """The cell of an observed value."""
    mark = f"{value.precision} " if value.precision else ""
    return Point(
        period=value.period, number=value.number, state=value.state,
        text=mark + shown(value.number, value.state, indicator), status=value.status,
        numerator=value.numerator, denominator=value.denominator, estimated=value.estimated,
        precision=value.precision, observed_on=value.observed_on, entered_at=value.entered_at,
        version=value.version, versions=versions, source=value.source, fictitious=value.fictitious,
    )  # fmt: skip


def target_point(
    target: Target, indicator: CpogIndicator, revisions: Sequence[Revision] = (), versions: int = 1
) -> Point:
    """The cell of a target; prose stays as printed."""
    revision = next((r for r in revisions if r.uuid == target.revision_uuid), None)
    known = target.number is not None
    return Point(
        period=target.period, number=target.number, state=target.state,
        text=shown(target.number, target.state, indicator) if known else target.text or "n.d.",
        printed=target.text, target_status=target.status, entered_at=target.entered_at,
        version=target.version, versions=versions, act=act_text(revision) if revision else "",
        fictitious=target.fictitious,
    )  # fmt: skip


def act_text(revision: Revision) -> str:
    """« avenant du 5 mars 2025 »."""
    return f"{revision.act_label or ACT_WORDS[revision.act]} du {long_date(revision.on)}"


def indicator_rows(contract: Contract, year: int, on: datetime.date) -> list[IndicatorRow]:
    """Every indicator of a contract at one year, sub-series after their parent."""
    explained = {(gap.indicator_uuid, gap.year, gap.quarter) for gap in contract.gaps}
    alerts = hypothesis_alerts(contract)
    return [_row(contract, i, year, on, explained, alerts) for i in contract.indicators]


def hypothesis_alerts(contract: Contract) -> frozenset[str]:
    """Indicators whose hypothesis is out of its range for long enough."""
    return frozenset(
        h.indicator_uuid for h in contract.hypotheses if hypothesis_state(h, contract.observations).alert
    )


def _row(
    contract: Contract,
    indicator: CpogIndicator,
    year: int,
    on: datetime.date,
    explained: set[tuple[str, int, int]],
    alerts: frozenset[str],
) -> IndicatorRow:
    stand = standing(contract, indicator, Period(year), on)
    values = contract.values_of.get(indicator.uuid, ())
    targets = contract.targets_of.get(indicator.uuid, ())
    last, target = latest(values, year), _next_target(targets, contract.cpog.years, year)
    return IndicatorRow(
        uuid=indicator.uuid, parent_uuid=indicator.parent_uuid, cpog_uuid=indicator.cpog_uuid,
        rank=indicator.rank, code=indicator.code, domain=indicator.domain, heading=indicator.heading,
        fiche=indicator.fiche, name=indicator.name, label=indicator.label, sub_series=indicator.sub_series,
        nature=indicator.nature, type=indicator.type, unit=indicator.unit, decimals=indicator.decimals,
        direction=indicator.direction, target_kind=indicator.target_kind, target_text=indicator.target_text,
        start_year=indicator.start_year, periodicity=indicator.periodicity, pinned=indicator.pinned,
        state=stand.state, adverse=stand.adverse, difference=stand.difference,
        difference_text=difference_text(stand, indicator),
        last=value_point(last, indicator) if last else None,
        target=target_point(target, indicator, contract.revisions) if target else None,
        to_explain=stand.adverse and (indicator.uuid, year, 0) not in explained,
        hypothesis_alert=indicator.uuid in alerts,
        flags=sum(flag.indicator_uuid == indicator.uuid for flag in contract.flags),
        children=sum(i.parent_uuid == indicator.uuid for i in contract.indicators),
        fictitious=any(v.fictitious for v in values) or any(t.fictitious for t in targets),
    )  # fmt: skip


def _next_target(targets: Sequence[Target], years: Sequence[int], year: int) -> Target | None:
    """The target of that year, else the next one to come."""
    for later in range(year, max((*years, year)) + 1):
        found = target_in_force(targets, Period(later))
        if found is not None:
            return found
    return None


def difference_text(stand: Standing, indicator: CpogIndicator) -> str:
    """« −15 points », empty without a value and a target; a suivi says it without colour."""
    if stand.difference is None:
        return ""
    rounded = round(stand.difference, 6) + 0.0
    return gap_text(rounded, indicator.unit, _decimals(rounded, indicator))


def keep(rows: Iterable[IndicatorRow], filters: Filters) -> list[IndicatorRow]:
    """The rows that pass every filter."""
    words = fold(filters.text).split()
    return [row for row in rows if _passes(row, filters) and _has_words(row, words)]


def _passes(row: IndicatorRow, filters: Filters) -> bool:
    wanted = (
        (filters.domain, row.domain),
        (filters.fiche, row.fiche),
        (filters.nature, row.nature),
        (filters.type, row.type),
        (filters.to_explain, row.to_explain),
        (filters.pinned, row.pinned),
    )
    if any(asked and asked != found for asked, found in wanted):
        return False
    return not filters.states or row.state in filters.states


def _has_words(row: IndicatorRow, words: Sequence[str]) -> bool:
    text = fold(f"{row.code} {row.label} {row.sub_series} {row.domain} {row.heading}")
    return all(word in text for word in words)


def gap_rows(contract: Contract, indicator: CpogIndicator, on: datetime.date) -> tuple[GapRow, ...]:
    """Gaps of one indicator: those to explain and those explained, oldest first."""
    written = {gap.period: gap for gap in contract.gaps if gap.indicator_uuid == indicator.uuid}
    periods = {v.period for v in contract.values_of.get(indicator.uuid, ())} | set(written)
    rows = [
        _gap_row(indicator, standing(contract, indicator, period, on), written.get(period))
        for period in sorted(periods, key=lambda p: p.rank)
    ]
    return tuple(row for row in rows if row.adverse or row.explained)


def _gap_row(indicator: CpogIndicator, stand: Standing, gap: Gap | None) -> GapRow:
    return GapRow(
        uuid=gap.uuid if gap else "", indicator_uuid=indicator.uuid, indicator=indicator.name,
        period=stand.period, difference=stand.difference, difference_text=difference_text(stand, indicator),
        adverse=stand.adverse, cause=gap.cause if gap else "", origin=gap.origin if gap else None,
        action=gap.action if gap else "", author=gap.author if gap else "",
        written_on=gap.written_on if gap else None,
    )  # fmt: skip


def hypothesis_rows(contract: Contract, indicator_uuid: str = "") -> tuple[HypothesisRow, ...]:
    """Hypotheses of a contract, or of one indicator."""
    return tuple(
        HypothesisRow(
            hypothesis,
            contract.by_uuid[hypothesis.indicator_uuid].name if hypothesis.indicator_uuid else "",
            _observed(contract, hypothesis.uuid),
            hypothesis_state(hypothesis, contract.observations),
            hypothesis_sentence(contract, hypothesis.uuid),
        )
        for hypothesis in contract.hypotheses
        if not indicator_uuid or hypothesis.indicator_uuid == indicator_uuid
    )


def _observed(contract: Contract, uuid: str) -> tuple[Observation, ...]:
    found = [o for o in contract.observations if o.hypothesis_uuid == uuid]
    return tuple(sorted(found, key=lambda o: o.period.rank))


def hypothesis_sentence(contract: Contract, uuid: str) -> str:
    """« prévue entre 2 et 3, dans sa plage »."""
    hypothesis = next(h for h in contract.hypotheses if h.uuid == uuid)
    state = hypothesis_state(hypothesis, contract.observations)
    low, high = hypothesis.low, hypothesis.high
    if low is not None and high is not None:
        span = f"prévue entre {_plain(low)} et {_plain(high)}"
    elif low is not None:
        span = f"prévue à partir de {_plain(low)}"
    elif high is not None:
        span = f"prévue jusqu’à {_plain(high)}"
    else:
        span = f"prévue à {_plain(hypothesis.value)}"
    if state.last is None:
        return f"{span}, pas encore observée"
    if not state.outside:
        return f"{span}, dans sa plage"
    count = "une période" if state.in_a_row == 1 else f"{state.in_a_row} périodes de suite"
    return f"{span}, hors de sa plage {count}"


def _plain(x: float | None) -> str:
    return number(x, 0 if x is not None and float(x).is_integer() else 1)


def versions(values: Sequence[Actual]) -> dict[Period, tuple[Actual, ...]]:
    """Every version of each period, oldest first."""
    ordered = sorted(values, key=lambda v: (v.period, v.version))
    return {period: tuple(group) for period, group in groupby(ordered, key=lambda v: v.period)}
