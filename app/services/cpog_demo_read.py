"""The fictitious contract of the demonstration, from its tables to records."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import resources
from app.domain.cpog import Contract, Cpog, CpogIndicator, Document, Engagement, Party
from app.domain.cpog_codes import Act, MovementNature, Origin, SeriesKind, TargetKind, TargetStatus
from app.domain.cpog_entry import read_cell
from app.domain.cpog_points import (
    Actual,
    Comment,
    Gap,
    Hypothesis,
    Movement,
    Observation,
    Peer,
    Period,
    Revision,
    Target,
)
from app.domain.french import typographic as said
from app.domain.indicator import ValueState, ValueStatus
from app.services import cpog_delivered
from db.models.base import key_of

Row = Mapping[str, str]
YEARS = ("2023", "2024", "2025", "2026", "2027")
PRINTED = frozenset({TargetKind.FIXED, TargetKind.NATIONAL, TargetKind.END})
"""Kinds of targets that a grid states alike for every Caf: only those keep the words of the grid."""
ENTRY_DAYS = 28
"""Days between the end of a quarter and its entry; a year waits five days more."""
FORECAST_ON = datetime.date(2026, 1, 15)


def _rows(name: str) -> list[dict[str, str]]:
    return resources.read_table("demo", "cpog", f"{name}.csv")


def key(*parts: object) -> str:
    """Key of a thing of the demonstration, the same in every base."""
    return key_of("demo", "cpog", *parts)


def day_of(text: str) -> datetime.date:
    """An ISO date."""
    return datetime.date.fromisoformat(text)


def _day(text: str) -> datetime.date | None:
    return day_of(text) if text else None


def _number(text: str) -> float | None:
    return float(text) if text else None


def _stamp(day: datetime.date) -> str:
    return f"{day.isoformat()}T09:00:00+00:00"


def demo_contract() -> Contract:
    """The contract whole: rows of the real grid; targets, values and follow-up all marked fictitious."""
    head = _rows("contract")[0]
    cpog = _cpog(head)
    indicators = tuple(_indicators(cpog, head["grid"]))
    by_rank = {str(indicator.rank): indicator for indicator in indicators}
    return Contract(
        cpog=cpog,
        parties=tuple(
            Party(key("party", r["position"]), cpog.uuid, int(r["position"]), said(r["name"]),
                  said(r["role"]), _day(r["signed_on"]))
            for r in _rows("parties")
        ),
        documents=tuple(
            Document(key("document", r["key"]), cpog.uuid, r["kind"], said(r["label"]), r["number"],
                     _day(r["on"]), r["signed"] == "1", said(r["subject"]))
            for r in _rows("documents")
        ),
        engagements=tuple(_engagement(cpog, i, r) for i, r in enumerate(_rows("engagements"))),
        indicators=indicators,
        targets=(*_targets(cpog, by_rank), *_revised(cpog)),
        values=(*_values(cpog, by_rank), *_corrected(cpog, by_rank)),
        revisions=tuple(_revision(cpog, r) for r in _rows("revisions")),
        movements=tuple(_movements(cpog)),
        gaps=tuple(_gap(cpog, r) for r in _rows("gaps")),
        comments=tuple(_comment(cpog, r) for r in _rows("comments")),
        hypotheses=tuple(_hypothesis(cpog, r) for r in _rows("hypotheses")),
        observations=tuple(_observation(cpog, r) for r in _rows("observations")),
        peers=tuple(_peers(cpog, by_rank)),
    )  # fmt: skip


def _cpog(row: Row) -> Cpog:
    return Cpog(
        uuid=key("contract", row["code"]), code=row["code"], label=said(row["label"]),
        departement=row["departement"], starts_on=day_of(row["starts_on"]), ends_on=day_of(row["ends_on"]),
        signed=True, signed_on=_day(row["signed_on"]), cog_code=row["cog_code"],
        previous_uuid=key_of("cpog", row["before"]), source=said(row["source"]), note=said(row["note"]),
    )  # fmt: skip


def _indicators(cpog: Cpog, grid: str) -> Iterator[CpogIndicator]:
    own = {row["rank"]: row for row in _rows("indicators")}
    for indicator in cpog_delivered.load(grid)[0].indicators:
        row = own.get(str(indicator.rank), {})
        yield replace(
            indicator, uuid=key("indicator", indicator.rank), cpog_uuid=cpog.uuid, note="",
            target_text=indicator.target_text if indicator.target_kind in PRINTED else "",
            periodicity=row.get("periodicity") or "annuelle", weight=_number(row.get("weight", "")),
            low=_number(row.get("low", "")) if row.get("low") else indicator.low,
            high=_number(row.get("high", "")) if row.get("high") else indicator.high,
            reference=_number(row.get("reference", "")),
            reference_year=int(row["reference_year"]) if row.get("reference_year") else None,
            reference_text="",
        )  # fmt: skip


def _engagement(cpog: Cpog, position: int, row: Row) -> Engagement:
    return Engagement(
        uuid=key("engagement", row["key"]), cpog_uuid=cpog.uuid, position=position, code=row["code"],
        kind=row["kind"], title=said(row["title"]),
        parent_uuid=key("engagement", row["parent"]) if row["parent"] else "", theme=row["theme"],
        territory=said(row["territory"]), state=row["state"], due_on=_day(row["due_on"]),
        observed_on=_day(row["observed_on"]), evidence=said(row["evidence"]), comment=said(row["comment"]),
        reason=said(row["reason"]), decided_by=row["decided_by"], decided_on=_day(row["decided_on"]),
        weight=_number(row["weight"]),
    )  # fmt: skip


def _targets(cpog: Cpog, by_rank: Mapping[str, CpogIndicator]) -> Iterator[Target]:
    for row in _rows("targets"):
        series = SeriesKind(row["series"])
        entered = FORECAST_ON if series is SeriesKind.FORECAST else cpog.signed_on
        for year in YEARS:
            if row[year]:
                yield Target(
                    uuid=key("target", row["rank"], series.value, year), cpog_uuid=cpog.uuid,
                    indicator_uuid=by_rank[row["rank"]].uuid, series=series, year=int(year),
                    number=float(row[year]), status=TargetStatus(row["status"] or TargetStatus.NOTIFIED),
                    entered_at=_stamp(entered or cpog.starts_on), fictitious=True,
                )  # fmt: skip


def _revised(cpog: Cpog) -> Iterator[Target]:
    for row in _rows("revisions"):
        for year in YEARS:
            if row.get(year):
                yield Target(
                    uuid=key("target", row["key"], year), cpog_uuid=cpog.uuid,
                    indicator_uuid=key("indicator", row["rank"]), series=SeriesKind.REVISED, year=int(year),
                    number=float(row[year]), revision_uuid=key("revision", row["key"]),
                    entered_at=_stamp(day_of(row["on"])), fictitious=True,
                )  # fmt: skip


def _values(cpog: Cpog, by_rank: Mapping[str, CpogIndicator]) -> Iterator[Actual]:
    rows = _rows("values")
    terms = {(r["rank"], r["quarter"], r["what"], y): r[y] for r in rows for y in YEARS if r.get(y)}
    for row in rows:
        for year in YEARS if row["what"] == "value" else ():
            if not row.get(year):
                continue
            period = Period(int(year), int(row["quarter"] or 0))
            place = row["rank"], row["quarter"]
            yield _actual(
                cpog, by_rank[row["rank"]], period, row[year],
                numerator=_number(terms.get((*place, "numerator", year), "")),
                denominator=_number(terms.get((*place, "denominator", year), "")),
            )  # fmt: skip


def _actual(
    cpog: Cpog,
    indicator: CpogIndicator,
    period: Period,
    text: str,
    *,
    numerator: float | None,
    denominator: float | None,
) -> Actual:
    cell = read_cell(indicator, text)
    if cell.problem:
        raise ValueError(f"{indicator.rank}, {period.label}: {cell.sentence}")
    delay = ENTRY_DAYS if period.quarter else ENTRY_DAYS + 5
    return Actual(
        uuid=key("value", indicator.rank, period.year, period.quarter), cpog_uuid=cpog.uuid,
        indicator_uuid=indicator.uuid, year=period.year, quarter=period.quarter, number=cell.number,
        state=cell.state, numerator=numerator, denominator=denominator, precision=cell.precision,
        status=ValueStatus.PROVISIONAL if period.quarter else ValueStatus.CONSOLIDATED,
        estimated=bool(cell.precision), observed_on=period.end,
        entered_at=_stamp(period.end + datetime.timedelta(delay)), source="Démonstration", fictitious=True,
    )  # fmt: skip


def _corrected(cpog: Cpog, by_rank: Mapping[str, CpogIndicator]) -> Iterator[Actual]:
    for row in _rows("corrections"):
        indicator, period = by_rank[row["rank"]], Period(int(row["year"]))
        first = _actual(cpog, indicator, period, row["number"], numerator=None, denominator=None)
        yield replace(
            first, uuid=key("value", row["rank"], row["year"], "corrected"), version=2,
            reason=said(row["reason"]), entered_at=_stamp(day_of(row["entered_on"])),
        )  # fmt: skip


def _revision(cpog: Cpog, row: Row) -> Revision:
    return Revision(
        uuid=key("revision", row["key"]), cpog_uuid=cpog.uuid, indicator_uuid=key("indicator", row["rank"]),
        on=day_of(row["on"]), act=Act(row["act"]), reason=said(row["reason"]),
        act_label=said(row["act_label"]), document_uuid=key("document", row["document"]),
        means=said(row["means"]), means_unchanged=said(row["means_unchanged"]),
        target_unchanged=said(row["target_unchanged"]), calendar=said(row["calendar"]),
        calendar_unchanged=said(row["calendar_unchanged"]),
        entered_at=_stamp(day_of(row["on"])),
    )  # fmt: skip


def _movements(cpog: Cpog) -> Iterator[Movement]:
    ranks = {row["key"]: row["rank"] for row in _rows("revisions")}
    for row in _rows("movements"):
        yield Movement(
            uuid=key("movement", row["position"]), cpog_uuid=cpog.uuid,
            indicator_uuid=key("indicator", ranks[row["revision"]]),
            revision_uuid=key("revision", row["revision"]), position=int(row["position"]),
            year=int(row["year"]), motive=said(row["motive"]), amount=float(row["amount"]),
            nature=MovementNature(row["nature"]), counted=row["counted"] == "1", note=said(row["note"]),
        )  # fmt: skip


def _gap(cpog: Cpog, row: Row) -> Gap:
    indicator, year = key("indicator", row["rank"]), int(row["year"])
    return Gap(
        key_of("cpog-gap", indicator, year, 0), cpog.uuid, indicator, year, said(row["cause"]),
        Origin(row["origin"]), action=said(row["action"]), author=row["author"],
        written_on=day_of(row["written_on"]),
    )  # fmt: skip


def _comment(cpog: Cpog, row: Row) -> Comment:
    indicator, year = key("indicator", row["rank"]), int(row["year"])
    uuid = key_of("cpog-comment", indicator, year)
    return Comment(uuid, cpog.uuid, indicator, year, said(row["text"]), day_of(row["written_on"]))


def _hypothesis(cpog: Cpog, row: Row) -> Hypothesis:
    return Hypothesis(
        key("hypothesis", row["key"]), cpog.uuid, key("indicator", row["rank"]), said(row["label"]),
        row["unit"], _number(row["value"]), _number(row["low"]), _number(row["high"]), int(row["periods"]),
        said(row["source"]),
    )  # fmt: skip


def _observation(cpog: Cpog, row: Row) -> Observation:
    hypothesis, year, quarter = key("hypothesis", row["hypothesis"]), int(row["year"]), int(row["quarter"])
    uuid = key_of("cpog-observation", hypothesis, year, quarter)
    return Observation(uuid, cpog.uuid, hypothesis, year, quarter, float(row["number"]))


def _peers(cpog: Cpog, by_rank: Mapping[str, CpogIndicator]) -> Iterable[Peer]:
    for row in _rows("peers"):
        indicator = by_rank[row["rank"]]
        for year in YEARS:
            if not row.get(year):
                continue
            cell = read_cell(indicator, row[year])
            place = indicator.uuid, row["group"], row["departement"], int(year), 0
            yield Peer(
                key_of("cpog-peer", *place), cpog.uuid, indicator.uuid, row["group"], row["departement"],
                int(year), row["name"], number=cell.number, state=ValueState(cell.state),
                source="Démonstration, valeur fictive",
            )  # fmt: skip
