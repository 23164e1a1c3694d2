"""What each rule of alerts looks for: evidence in plain words, or nothing. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from app.domain.alert_facts import Facts, Subject
from app.domain.french import long_date, number, plural

RESULTS_UNDER = 60.0
"""Share of results, in %, under which actions done are said to bring none."""

Found = Iterator[tuple[Subject, str, date | None]]
"""Subject, evidence, date if any."""
Check = Callable[[Facts, float, date], Found]


# -- the twelve rules --------------------------------------------------------------------------------------


def hypothesis_out(facts: Facts, periods: float, _on: date) -> Found:
    """The latest observations, so many in a row, are all out of the range."""
    wanted = max(1, int(periods))
    for fact in facts.hypotheses:
        known = [(name, value) for name, value in fact.observed if value is not None]
        last = known[-wanted:]
        if len(last) == wanted and all(_outside(value, fact.low, fact.high) for _, value in last):
            said = ", ".join(f"{name} : {_said(value)}" for name, value in last)
            yield fact.subject, f"{said} ; plage {_range(fact.low, fact.high)}{_unit(fact.unit)}", None


def _outside(value: float, low: float | None, high: float | None) -> bool:
    return (low is not None and value < low) or (high is not None and value > high)


def _range(low: float | None, high: float | None) -> str:
    if low is None:
        return f"au plus {_said(high or 0.0)}"
    return f"au moins {_said(low)}" if high is None else f"{_said(low)} à {_said(high)}"


def tunnel_out(facts: Facts, margin: float, _on: date) -> Found:
    """The latest actual that has a tunnel is outside it, either way; a suivi indicator is left alone."""
    for fact in facts.trajectories:
        years = sorted(set(fact.actual) & set(fact.tunnel))
        if not years or fact.follow_up_only:
            continue
        year = years[-1]
        low, high = fact.tunnel[year]
        value = fact.actual[year]
        if value < low - margin or value > high + margin:
            side = "au-dessus" if value > high else "au-dessous"
            said = f"{year} : réalisé {_said(value)}, {side} du tunnel {_said(low)} à {_said(high)}"
            yield fact.subject, said + _unit(fact.unit), None


def gain_before_observed(facts: Facts, years: float, on: date) -> Found:
    """An effect is counted for a year that has come, and nothing was observed by then."""
    for fact in facts.gains:
        unseen = fact.observed_year is None or fact.observed_year > fact.counted_year + years
        if unseen and fact.counted_year <= on.year:
            seen = f"constaté en {fact.observed_year}" if fact.observed_year else "pas encore constaté"
            amount = f"{fact.amount} " if fact.amount else ""
            yield fact.subject, f"{amount}compté dès {fact.counted_year}, {seen}", None


def back_loaded(facts: Facts, share: float, _on: date) -> Found:
    """More than a share of the whole effort falls on the last two years of a path of four at least."""
    for fact in facts.trajectories:
        part = late_effort(fact.targets, fact.reference)
        if part is not None and part > share and not fact.follow_up_only:
            yield fact.subject, f"{number(part)} % de l’effort sur les deux dernières années", None


def late_effort(targets: Mapping[int, float], reference: float | None) -> float | None:
    """Return the % of the way from the start to the last target that the last two years make.

    None when the path is too short (under four points), flat, or turns back.
    """
    years = sorted(targets)
    points = ([reference] if reference is not None else []) + [targets[year] for year in years]
    if len(points) < 4:
        return None
    whole = points[-1] - points[0]
    steps = [after - before for before, after in pairwise(points)]
    if whole == 0 or any(step * whole < 0 for step in steps):
        return None
    return (points[-1] - points[-3]) / whole * 100


def done_without_results(facts: Facts, progress: float, _on: date) -> Found:
    """Actions reach a share while results stay under 60 %."""
    for fact in facts.gauges:
        done, results = _share(fact.actions), _share(fact.results)
        if done is not None and results is not None and done >= progress and results < RESULTS_UNDER:
            said = (
                f"actions {fact.actions[0]} sur {fact.actions[1]} ({number(done)} %), "
                f"résultats {fact.results[0]} sur {fact.results[1]} ({number(results)} %)"
            )
            yield fact.subject, said, None


def _share(part: tuple[int, int]) -> float | None:
    return part[0] / part[1] * 100 if part[1] else None


def partner_late(facts: Facts, days: float, on: date) -> Found:
    """A commitment of another party than the Caf is late and holds something up."""
    for fact in facts.commitments:
        if fact.done or fact.is_caf or fact.due_on is None or not fact.impact:
            continue
        late = (on - fact.due_on).days
        if late > days:
            yield (
                fact.subject,
                f"{fact.party} : {plural(late, 'jour')} de retard ; {fact.impact}",
                fact.due_on,
            )


def misleading_mean(facts: Facts, far: float, _on: date) -> Found:
    """The mean is on target and at least one territory is far below it (above, when low is good)."""
    for fact in facts.spreads:
        sign = 1 if fact.higher_is_better else -1
        if sign * (fact.mean - fact.target) < 0:
            continue
        behind = [(name, value) for name, value in fact.values if sign * (fact.target - value) > far]
        if behind:
            name, value = max(behind, key=lambda pair: sign * (fact.target - pair[1]))
            others = f" et {len(behind) - 1} autres" if len(behind) > 1 else ""
            said = (
                f"moyenne {_said(fact.mean)} pour une cible de {_said(fact.target)}, {name} à {_said(value)}"
            )
            yield fact.subject, said + others + _unit(fact.unit), None


def eviction(facts: Facts, years: float, _on: date) -> Found:
    """Over the latest years in a row, the share of the Caf rises and that of a partner falls."""
    wanted = max(1, int(years))
    for fact in facts.shares:
        caf = fact.shares.get(fact.caf, {})
        last = sorted(caf)[-(wanted + 1) :]
        if len(last) <= wanted or not _moves([caf[year] for year in last], 1):
            continue
        for partner, shares in fact.shares.items():
            values = [shares[year] for year in last if year in shares]
            if partner != fact.caf and len(values) == len(last) and _moves(values, -1):
                said = (
                    f"Caf de {_said(caf[last[0]])} à {_said(caf[last[-1]])} %, "
                    f"{partner} de {_said(values[0])} à {_said(values[-1])} % entre {last[0]} et {last[-1]}"
                )
                yield fact.subject, said, None


def _moves(values: Sequence[float], sign: int) -> bool:
    return all(sign * (after - before) > 0 for before, after in pairwise(values))


def stale(facts: Facts, years: float, on: date) -> Found:
    """The latest value is older than its period and its delay of publication allow."""
    for fact in facts.freshness:
        expected = on.year - fact.every_years - fact.delay_years
        if expected - fact.latest > years:
            yield fact.subject, f"dernière valeur {fact.latest}, une plus récente devrait exister", None


def ratio_differs(facts: Facts, gap: float, _on: date) -> Found:
    """The ratio of the file and the one of its counts differ by more than rounding."""
    for fact in facts.ratios:
        if abs(fact.imported - fact.recomputed) > gap:
            said = f"importé {_said(fact.imported)}, recalculé {_said(fact.recomputed)}{_unit(fact.unit)}"
            yield fact.subject, said, None


def residue(facts: Facts, gap: float, _on: date) -> Found:
    """What the reasons of a revision explain does not add up to the revision."""
    for fact in facts.trajectories:
        if fact.initial is None or fact.revised is None or fact.explained is None:
            continue
        left = fact.revised - fact.initial - fact.explained
        if abs(left) > gap:
            said = (
                f"révision de {number(fact.revised - fact.initial, 1, signed=True)}, "
                f"expliquée pour {number(fact.explained, 1, signed=True)}, "
                f"reste {number(left, 1, signed=True)}"
            )
            yield fact.subject, said + _unit(fact.unit), None


def too_late(facts: Facts, days: float, _on: date) -> Found:
    """The alert date and the time needed go past the end of the convention."""
    for fact in facts.leads:
        ready = fact.alert_on + timedelta(days=fact.lead_days)
        if (ready - fact.ends_on).days > days:
            said = f"il faut {plural(fact.lead_days, 'jour')} : jusqu’au {long_date(ready)}, "
            yield fact.subject, said + f"fin le {long_date(fact.ends_on)}", fact.ends_on


def _due(code: str) -> Check:
    def check(facts: Facts, days: float, on: date) -> Found:
        for fact in facts.dues:
            if fact.rule == code and not fact.done and (fact.due_on - on).days <= days:
                yield fact.subject, f"{fact.what or 'à faire'}, {_when(fact.due_on, on)}", fact.due_on

    return check


def _when(due_on: date, on: date) -> str:
    days = (due_on - on).days
    if days < 0:
        return f"depuis le {long_date(due_on)}, {plural(-days, 'jour')} de retard"
    return "aujourd’hui" if days == 0 else f"le {long_date(due_on)}, dans {plural(days, 'jour')}"


def _said(value: float) -> str:
    return number(value, 0 if float(value).is_integer() else 1)


def _unit(unit: str) -> str:
    return f" ({unit})" if unit else ""


DUES = ("deadline", "ctg_end", "licence_end", "decision_late", "action_late", "sheet_due")
CHECKS: Mapping[str, Check] = {
    "hypothesis_out": hypothesis_out,
    "tunnel_out": tunnel_out,
    "gain_before_observed": gain_before_observed,
    "back_loaded": back_loaded,
    "done_without_results": done_without_results,
    "partner_late": partner_late,
    "misleading_mean": misleading_mean,
    "eviction": eviction,
    "stale": stale,
    "ratio_differs": ratio_differs,
    "residue": residue,
    "too_late": too_late,
    **{code: _due(code) for code in DUES},
}
"""What each rule of the table looks for."""
