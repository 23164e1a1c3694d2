"""Lists, cards, gauges and boards of the contracts."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from app.domain.cpog import Contract, CpogIndicator, Engagement
from app.domain.cpog_codes import ActionState, LinkKind
from app.domain.cpog_gauges import Judged, Outcome, Rule, progress_gauge, results_gauge
from app.domain.cpog_points import Period
from app.domain.cpog_units import gap_text
from app.domain.indicator import ValueStatus
from app.domain.trajectory import JUDGED, current, standing
from app.services import clock
from app.services.cpog_cards import Around, card, ledger_row
from app.services.cpog_computed import COMPUTED, Computed
from app.services.cpog_rows import (
    ActionRow,
    ClosingRow,
    ComputedRow,
    CpogDetail,
    CpogRow,
    Filters,
    GapRow,
    GaugesRow,
    HypothesisRow,
    IndicatorCard,
    IndicatorRow,
    LedgerRow,
    LinkRow,
)
from app.services.cpog_store import CpogStore
from app.services.cpog_view import gap_rows, hypothesis_rows, indicator_rows, keep, shown, value_point
from db.models.cpog import CpogLinkTable
from db.models.cpog_series import CpogClosingTable
from db.queries.cpog import all_rows

NO_FILTER = Filters()


def today() -> datetime.date:
    """The date of the clock of the services."""
    return datetime.date.fromisoformat(clock.now()[:10])


class CpogReading(CpogStore):
    """What pages read."""

    def contracts(self, on: datetime.date | None = None) -> list[CpogRow]:
        """Every CPOG of the base, oldest first, with its state at a date."""
        return [self._contract_row(contract, on or today()) for contract in self.all_contracts()]

    def detail(self, code: str, on: datetime.date | None = None) -> CpogDetail:
        """One CPOG with parties, documents, engagements and flags. Raises UnknownContract."""
        contract = self.contract(code)
        domains = tuple(dict.fromkeys(i.domain for i in contract.indicators if i.domain))
        return CpogDetail(
            self._contract_row(contract, on or today()), contract.cpog, contract.parties, contract.documents,
            contract.engagements, contract.flags, domains, contract.indicators,
        )  # fmt: skip

    def _contract_row(self, contract: Contract, on: datetime.date) -> CpogRow:
        cpog = contract.cpog
        rows = [i for i in contract.indicators if not i.parent_uuid]
        return CpogRow(
            uuid=cpog.uuid, code=cpog.code, label=cpog.label, departement=cpog.departement,
            starts_on=cpog.starts_on, ends_on=cpog.ends_on, state=cpog.state(on), indicators=len(rows),
            sub_series=len(contract.indicators) - len(rows), off_cog=sum(i.nature != "COG" for i in rows),
            follow=sum(i.is_follow for i in rows), announced=cpog.announced, flags=len(contract.flags),
            closed_years=self.closed_years(cpog.uuid), delivered=cpog.delivered, cog_code=cpog.cog_code,
            fictitious=contract.fictitious,
        )  # fmt: skip

    def indicators(
        self,
        code: str,
        year: int | None = None,
        on: datetime.date | None = None,
        filters: Filters = NO_FILTER,
    ) -> list[IndicatorRow]:
        """Indicators of a CPOG at one year (that of the date by default). Raises UnknownContract."""
        contract = self.contract(code)
        on = on or today()
        return keep(indicator_rows(contract, year or _year(contract, on), on), filters)

    def card(
        self, indicator_uuid: str, on: datetime.date | None = None, year: int | None = None
    ) -> IndicatorCard:
        """One indicator whole; year: that of its row, that of the date by default. Raises UnknownItem."""
        contract, indicator = self.contract_with(indicator_uuid)
        on = on or today()
        rows = {row.uuid: row for row in indicator_rows(contract, year or _year(contract, on), on)}
        around = Around(
            rows, self._links(indicator.uuid), self._computed_rows(contract, indicator),
            self.closed_years(contract.cpog.uuid),
        )  # fmt: skip
        return card(contract, indicator, on, around)

    def cards(self, code: str, on: datetime.date | None = None) -> list[IndicatorCard]:
        """Every indicator from one reading: no link, nothing computed. Raises UnknownContract."""
        contract, on = self.contract(code), on or today()
        around = Around({row.uuid: row for row in indicator_rows(contract, _year(contract, on), on)})
        return [card(contract, indicator, on, around) for indicator in contract.indicators]

    def _links(self, uuid: str) -> tuple[LinkRow, ...]:
        with self._base.read() as session:
            rows = [row for key in ("indicator_uuid", "other_uuid")
                    for row in all_rows(session, CpogLinkTable, **{key: uuid})]  # fmt: skip
        if not rows:
            return ()
        held = {i.uuid: (c.cpog.code, i) for c in self.all_contracts() for i in c.indicators}
        found = []
        for row in rows:
            other = row["other_uuid"] if row["indicator_uuid"] == uuid else row["indicator_uuid"]
            if other in held:
                code, indicator = held[other]
                found.append(
                    LinkRow(row["uuid"], LinkKind(row["kind"]), other, indicator.name, code, row["note"])
                )
        return tuple(found)

    def _computed_rows(self, contract: Contract, indicator: CpogIndicator) -> tuple[ComputedRow, ...]:
        if indicator.computed not in COMPUTED:
            return ()
        return tuple(
            row
            for year in contract.cpog.years
            for found in self._compute(indicator.computed, contract.cpog.departement, year)
            for row in [_computed_row(contract, indicator, year, found)]
        )

    def _compute(self, code: str, departement: str, year: int) -> tuple[Computed, ...]:
        for source in self._computed:
            if code in source.codes():
                return source.compute(code, departement, year)
        return ()

    def gauges(self, code: str, year: int, on: datetime.date | None = None) -> GaugesRow:
        """Progress of actions and achievement of results, by each rule. Raises UnknownContract."""
        return gauges_of(self.contract(code), year, on or today())

    def gaps(self, code: str, year: int | None = None, on: datetime.date | None = None) -> list[GapRow]:
        """Gaps of a contract, to explain or explained, all years or one. Raises UnknownContract."""
        contract = self.contract(code)
        rows = [row for i in contract.indicators for row in gap_rows(contract, i, on or today())]
        return [row for row in rows if year is None or row.period.year == year]

    def hypotheses(self, code: str) -> tuple[HypothesisRow, ...]:
        """Hypotheses of a contract with their observations. Raises UnknownContract."""
        return hypothesis_rows(self.contract(code))

    def ledger(self, code: str) -> list[LedgerRow]:
        """Register of revisions: one row an indicator that was revised. Raises UnknownContract."""
        contract = self.contract(code)
        revised = {r.indicator_uuid for r in contract.revisions}
        return [ledger_row(contract, i) for i in contract.indicators if i.uuid in revised]

    def board(self, code: str, on: datetime.date | None = None) -> list[ActionRow]:
        """Engagements that can be followed (leaves of the tree) with their state. Raises UnknownContract."""
        return board_of(self.contract(code), on or today())

    def closings(self, cpog_uuid: str) -> list[ClosingRow]:
        """Closed versions of every year, oldest first."""
        with self._base.read() as session:
            rows = all_rows(session, CpogClosingTable, cpog_uuid=cpog_uuid)
        found = [
            ClosingRow(r["uuid"], r["year"], r["version"], r["closed_at"], r["author"], r["reason"])
            for r in rows
        ]
        return sorted(found, key=lambda row: (row.year, row.version))

    def closed_years(self, cpog_uuid: str) -> tuple[int, ...]:
        """Years closed at least once."""
        return tuple(sorted({row.year for row in self.closings(cpog_uuid)}))


def _year(contract: Contract, on: datetime.date) -> int:
    return min(max(on.year, contract.cpog.starts_on.year), contract.cpog.ends_on.year)


def _computed_row(contract: Contract, indicator: CpogIndicator, year: int, found: Computed) -> ComputedRow:
    value = current(contract.values_of.get(indicator.uuid, ()), Period(year))
    difference = ""
    if value is not None and value.number is not None and found.number is not None:
        difference = gap_text(value.number - found.number, indicator.unit, indicator.decimals)
    return ComputedRow(
        code=indicator.computed, label=found.label or COMPUTED[indicator.computed], year=year,
        number=found.number, state=found.state, text=shown(found.number, found.state, indicator),
        numerator=found.numerator, denominator=found.denominator, rule=found.rule,
        declared=value_point(value, indicator) if value else None, difference_text=difference,
    )  # fmt: skip


def judged_of(contract: Contract, year: int, on: datetime.date) -> list[Judged]:
    """Result indicators that have a target that year, sub-series one by one, their parent aside."""
    parents = contract.parents()
    found = []
    for indicator in contract.indicators:
        if indicator.is_follow or indicator.uuid in parents:
            continue
        stand = standing(contract, indicator, Period(year), on)
        if (stand.target is None or stand.target.number is None) and stand.low is None and stand.high is None:
            continue
        if stand.state not in JUDGED:
            found.append(Judged(Outcome.UNAVAILABLE, weight=indicator.weight))
            continue
        value = stand.actual
        unsettled = value is not None and (value.estimated or value.status is ValueStatus.PROVISIONAL)
        outcome = Outcome.MISSED if stand.adverse else Outcome.REACHED
        found.append(Judged(outcome, unsettled, indicator.weight))
    return found


def gauges_of(contract: Contract, year: int, on: datetime.date) -> GaugesRow:
    """The two gauges, each read by every rule; a weighted reading is added where weights exist."""
    judged = judged_of(contract, year, on)
    actions = [(ActionState(e.state), e.weight) for e in contract.engagements if e.state]
    readings = (False, True) if any(j.weight is not None for j in judged) else (False,)
    weights = (False, True) if any(w is not None for _, w in actions) else (False,)
    return GaugesRow(
        year,
        tuple(progress_gauge(actions, stopped_counted=s, weighted=w) for w in weights for s in (True, False)),
        tuple(results_gauge(judged, rule, weighted=w) for w in readings for rule in Rule),
        sum(i.is_follow and i.uuid not in contract.parents() for i in contract.indicators),
    )


def board_of(contract: Contract, on: datetime.date) -> list[ActionRow]:
    """Leaves of the tree of engagements, in their order."""
    by_uuid = {e.uuid: e for e in contract.engagements}
    parents = {e.parent_uuid for e in contract.engagements}
    return [
        ActionRow(e, ActionState(e.state) if e.state else None, _path(e, by_uuid), _is_late(e, on))
        for e in contract.engagements
        if e.uuid not in parents
    ]


def _path(engagement: Engagement, by_uuid: dict[str, Engagement]) -> str:
    titles: list[str] = []
    parent = by_uuid.get(engagement.parent_uuid)
    while parent is not None and len(titles) < len(by_uuid):
        titles.append(parent.title)
        parent = by_uuid.get(parent.parent_uuid)
    return " › ".join(reversed(titles))


def _is_late(engagement: Engagement, on: datetime.date) -> bool:
    open_states: Sequence[str] = ("", ActionState.TO_START, ActionState.RUNNING, ActionState.CONDITIONED)
    return engagement.due_on is not None and engagement.due_on < on and engagement.state in open_states
