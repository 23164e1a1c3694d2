"""What the annual bilan and the « avis annuel » of a CPOG print, from the contract of a year."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from app.domain.cpog import Contract, CpogIndicator, Engagement
from app.domain.cpog_codes import ActionState, SeriesKind
from app.domain.cpog_gauges import Gauge
from app.domain.cpog_points import Period
from app.domain.cpog_units import unit_of
from app.domain.french import THIN, long_date, plural
from app.domain.ledger import ledger
from app.domain.trajectory import IndicatorState, standing
from app.services.cpog_cards import yearly
from app.services.cpog_reading import gauges_of
from app.services.cpog_rows import DifferenceRow
from app.services.cpog_sheets import Known, indicator_sheet
from app.services.cpog_view import ACT_WORDS, hypothesis_rows
from reports import cpog_content as paper
from reports.kit.printed import plain

NATURES_OF_MOVEMENT = {"perenne": "pérenne", "conjoncturel": "conjoncturel", "autofinance": "autofinancé"}
NO_FICHE = "Hors fiche"


def bilan_content(contract: Contract, year: int, known: Known) -> paper.CpogContent:
    """Freeze the bilan of a year: by domain and fiche, with gaps, revisions, gauges and flags.

    contract is that of the closing when the year is closed, as the caller chose.
    """
    gauges = gauges_of(contract, year, known.on)
    results = gauges.results if gauges.has_results else ()
    cpog = contract.cpog
    return paper.CpogContent(
        title=cpog.label, caf=known.caf, cog=f"COG {cpog.cog_code}" if cpog.cog_code else "",
        period=f"{cpog.starts_on.year} à {cpog.ends_on.year}", year=year, made_on=known.on,
        domains=tuple(_domain(contract, name, year, known) for name in _domains(contract)),
        actions_rate=_first("Avancement des actions", gauges.progress),
        results_rate=_first("Cibles atteintes", results),
        other_rates=(
            *(_rate("Cibles atteintes", g) for g in results[1:] if g.denominator),
            *(_rate("Avancement des actions", g) for g in gauges.progress[1:] if g.denominator),
        ),
        ledgers=tuple(_ledger(contract, i) for i in contract.indicators if _is_revised(contract, i)),
        dropped=tuple(_dropped(e) for e in contract.engagements if _is_stopped(e)),
        decisions=tuple(_decisions(contract, year)), messages=tuple(_messages(contract, year, known.on)),
        flags=tuple(f.text for f in contract.flags if not f.indicator_uuid),
        corrections=tuple(map(_correction, known.corrections)),
        closed_on=known.closed_on, status=_status(known), parties=tuple(p.name for p in contract.parties),
        fictitious=contract.fictitious, demo=known.demo,
    )  # fmt: skip


def notice_content(
    contract: Contract, year: int, known: Known, indicators: Sequence[str] = ()
) -> paper.NoticeContent:
    """Freeze the « avis annuel » on a set of indicators, the pinned ones by default."""
    gauges = gauges_of(contract, year, known.on)
    results = gauges.results if gauges.has_results else ()
    kept = [i for i in contract.indicators if (i.uuid in indicators if indicators else i.pinned)]
    return paper.NoticeContent(
        title=contract.cpog.label, caf=known.caf,
        period=f"{contract.cpog.starts_on.year} à {contract.cpog.ends_on.year}", year=year,
        made_on=known.on, indicators=tuple(indicator_sheet(contract, i, year, known) for i in kept),
        actions_rate=_first("Avancement des actions", gauges.progress),
        results_rate=_first("Cibles atteintes", results),
        status=_status(known), parties=tuple(p.name for p in contract.parties),
        fictitious=contract.fictitious,
    )  # fmt: skip


def _correction(row: DifferenceRow) -> str:
    return f"{row.indicator}, {row.what}{THIN}: {row.before or '–'} → {row.after or '–'}"


def _first(name: str, gauges: Sequence[Gauge]) -> paper.RateLine | None:
    return _rate(name, gauges[0]) if gauges and gauges[0].denominator else None


def _status(known: Known) -> str:
    if known.closed_on is None:
        return "projet"
    return "arrêté" if known.version < 2 else f"arrêté, version {known.version}"


def _domains(contract: Contract) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i.domain for i in contract.indicators))


def _domain(contract: Contract, name: str, year: int, known: Known) -> paper.DomainSheet:
    parents = contract.parents()
    kept = [i for i in contract.indicators if i.domain == name and i.uuid not in parents]
    fiches = tuple(dict.fromkeys(i.fiche for i in kept))
    return paper.DomainSheet(
        title=name or "Sans domaine",
        fiches=tuple(
            _fiche(contract, fiche, [i for i in kept if i.fiche == fiche], year, known) for fiche in fiches
        ),
    )


def _fiche(
    contract: Contract, fiche: str, indicators: Iterable[CpogIndicator], year: int, known: Known
) -> paper.FicheSheet:
    kept = list(indicators)
    heading = next((i.heading for i in kept if i.heading), "")
    title = dict(known.fiches).get(fiche, "") or heading or ("" if fiche else NO_FICHE)
    return paper.FicheSheet(
        fiche,
        title,
        tuple(indicator_sheet(contract, i, year, known) for i in kept),
        tuple(line for number_, line in known.actions if number_ == fiche),
    )


def _rate(name: str, gauge: Gauge) -> paper.RateLine:
    decimals = 0 if gauge.denominator.is_integer() and gauge.numerator.is_integer() else 1
    return paper.RateLine(
        name, plain(gauge.numerator, decimals), plain(gauge.denominator, decimals),
        gauge.rule + (", pondérées" if gauge.weighted else ""), plain(gauge.share, 1, unit="%"),
    )  # fmt: skip


def _is_revised(contract: Contract, indicator: CpogIndicator) -> bool:
    return any(r.indicator_uuid == indicator.uuid for r in contract.revisions)


def _ledger(contract: Contract, indicator: CpogIndicator) -> paper.Ledger:
    targets = contract.targets_of.get(indicator.uuid, ())
    movements = [m for m in contract.movements if m.indicator_uuid == indicator.uuid]
    years = ledger(yearly(targets, SeriesKind.INITIAL), yearly(targets, SeriesKind.REVISED), movements)
    motives = tuple(dict.fromkeys((m.revision_uuid, m.motive, m.nature) for m in movements))
    revisions = {r.uuid: r for r in contract.revisions}
    decimals = max(indicator.decimals, int(any(not m.amount.is_integer() for m in movements)))
    lines = tuple(
        paper.RevisionLine(
            revisions[uuid].on, revisions[uuid].act_label or ACT_WORDS[revisions[uuid].act], motive,
            NATURES_OF_MOVEMENT[nature],
            tuple((m.year, plain(m.amount, decimals, signed=True)) for m in movements
                  if (m.revision_uuid, m.motive, m.nature) == (uuid, motive, nature) and m.counted),
        )
        for uuid, motive, nature in motives
    )  # fmt: skip
    return paper.Ledger(
        indicator.name, unit_of(indicator.unit).label,
        tuple((w.year, plain(w.initial, decimals)) for w in years), lines,
        tuple((w.year, plain(w.revised, decimals)) for w in years), decimals,
    )  # fmt: skip


def _is_stopped(engagement: Engagement) -> bool:
    return bool(engagement.state) and ActionState(engagement.state).must_be_explained


def _dropped(engagement: Engagement) -> paper.DroppedAction:
    return paper.DroppedAction(
        engagement.code, engagement.title, engagement.state, engagement.reason, engagement.decided_by,
        engagement.decided_on,
    )  # fmt: skip


def _decisions(contract: Contract, year: int) -> Iterable[str]:
    """What was decided about the gaps of the year."""
    for gap in contract.gaps:
        if gap.year == year and gap.action:
            yield f"{contract.by_uuid[gap.indicator_uuid].name} : {gap.action}"


def _messages(contract: Contract, year: int, on: datetime.date) -> Iterable[str]:
    parents = contract.parents()
    stands = [standing(contract, i, Period(year), on) for i in contract.indicators if i.uuid not in parents]
    adverse = sum(s.adverse for s in stands)
    missing = sum(s.state in {IndicatorState.MISSING, IndicatorState.UNAVAILABLE} for s in stands)
    if adverse:
        yield f"{plural(adverse, 'indicateur')} à l’écart de la cible en {year}."
    if missing:
        yield f"{plural(missing, 'valeur')} de {year} à saisir ou indisponible."
    alerts = [row for row in hypothesis_rows(contract) if row.state.alert]
    for row in alerts:
        yield f"Hypothèse « {row.hypothesis.label} » {row.sentence}."
    revised = [r for r in contract.revisions if r.on.year == year]
    for revision in revised:
        name = contract.by_uuid[revision.indicator_uuid].name
        yield f"Cible révisée le {long_date(revision.on)} : {name}."
