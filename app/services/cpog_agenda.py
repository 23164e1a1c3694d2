"""Calendar of deadlines, reminders of Accueil, comparison with other Caf."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

import resources
from app.changes import Changes
from app.domain.agenda import calendar_text
from app.domain.cpog import Contract, CpogIndicator
from app.domain.cpog_calendar import Deadline, DeadlineRule, day_of, deadlines, event_of
from app.domain.cpog_closing import unexplained
from app.domain.cpog_compare import spread
from app.domain.cpog_errors import BadDeadline, NoPeers
from app.domain.cpog_points import Peer, Period
from app.domain.cpog_units import with_unit
from app.domain.french import THIN, long_date, plural
from app.domain.trajectory import current
from app.services import clock
from app.services.cpog_closing import CpogClosings
from app.services.cpog_reading import today
from app.services.cpog_rows import ComparisonRow, DeadlineRow, ReminderRow
from app.services.cpog_store import CHANGED, add
from app.services.cpog_view import hypothesis_rows, value_point
from db.models.base import key_of, new_uuid
from db.models.cpog_series import CpogDeadlineMarkTable, CpogDeadlineTable, CpogPeerTable
from db.queries.cpog import all_rows

SOON = 45
"""Days before a deadline from which Accueil reminds it."""
LATE_SHOWN = 120
"""Days after which a past deadline is no longer recalled on Accueil."""


class CpogAgenda(CpogClosings):
    """What must be done, when; and where others stand."""

    def deadline_rules(self) -> tuple[DeadlineRule, ...]:
        """The delivered rules, as this base changed them, and its own."""
        with self._base.read() as session:
            own = {row["code"]: row for row in all_rows(session, CpogDeadlineTable)}
        rules = {rule.code: rule for rule in delivered_rules()}
        for code, row in own.items():
            kept = {k: v for k, v in row.items() if k != "uuid"}
            base = rules.get(code)
            last = base.last_year_only if base else False
            rules[code] = DeadlineRule(**{**kept, "active": bool(kept["active"])}, last_year_only=last)
        return tuple(rules.values())

    def save_deadline(self, rule: DeadlineRule) -> Changes:
        """Change or add a deadline (code empty), or switch it off. Raises BadDeadline."""
        try:
            day_of(rule, 2000)
            datetime.date(2000, rule.month, rule.day)
        except ValueError as error:
            raise BadDeadline(day=rule.day, month=rule.month) from error
        kept = replace(rule, code=rule.code or new_uuid())
        values: dict[str, object] = {
            "code": kept.code, "label": kept.label, "month": kept.month, "day": kept.day,
            "year_offset": kept.year_offset, "quarter": kept.quarter, "valid_from": kept.valid_from,
            "valid_to": kept.valid_to, "active": kept.active,
        }  # fmt: skip
        return self._upsert(
            CpogDeadlineTable, key_of("cpog-deadline", kept.code), values, f"échéance « {kept.label} »"
        )

    def calendar(
        self, on: datetime.date | None = None, code: str = "", year: int | None = None
    ) -> list[DeadlineRow]:
        """Deadlines of every contract, or of one, or about one year, in order of date."""
        on = on or today()
        contracts = [self.contract(code)] if code else self.all_contracts()
        rules = self.deadline_rules()
        with self._base.read() as session:
            marks = {(m["cpog_uuid"], m["code"], m["year"]): m["done_on"]
                     for m in all_rows(session, CpogDeadlineMarkTable)}  # fmt: skip
        found = [d for c in contracts for d in deadlines(c.cpog, rules) if year in {None, d.year}]
        rows = [_deadline_row(d, marks.get((d.cpog_uuid, d.code, d.year)), on) for d in found]
        return sorted(rows, key=lambda row: (row.due_on, row.cpog_code, row.code))

    def mark_done(self, cpog_uuid: str, code: str, year: int, on: datetime.date, note: str = "") -> Changes:
        """Say that a deadline was met."""
        values: dict[str, object] = {
            "cpog_uuid": cpog_uuid, "code": code, "year": year, "done_on": on.isoformat(), "note": note,
        }  # fmt: skip
        return self._upsert(
            CpogDeadlineMarkTable, key_of("cpog-mark", cpog_uuid, code, year), values, "échéance tenue"
        )

    def unmark(self, cpog_uuid: str, code: str, year: int) -> Changes:
        """Say that a deadline is not met after all."""
        key = key_of("cpog-mark", cpog_uuid, code, year)
        return self._remove_if_there(CpogDeadlineMarkTable, key, "échéance rouverte")

    def ical(self, on: datetime.date | None = None, code: str = "") -> str:
        """Deadlines to come as an iCalendar text."""
        rows = [row for row in self.calendar(on, code) if row.days >= 0 and row.done_on is None]
        invented = {c.cpog.uuid for c in self.all_contracts() if c.fictitious}
        events = [
            event_of(
                Deadline(r.code, r.cpog_uuid, r.cpog_code, r.label, r.year, r.quarter, r.due_on),
                fictitious=r.cpog_uuid in invented,
            )
            for r in rows
        ]
        return calendar_text(events, datetime.datetime.fromisoformat(clock.now()))

    def reminders(self, on: datetime.date | None = None) -> list[ReminderRow]:
        """Lines for Accueil: deadlines near or late, gaps to explain, hypotheses out of their range."""
        on = on or today()
        rows = [_reminder(row) for row in self.calendar(on) if _is_recalled(row)]
        for contract in self.all_contracts():
            if contract.cpog.starts_on <= on <= contract.cpog.ends_on:
                rows += [*_gap_reminders(contract, on), *_hypothesis_reminders(contract)]
        return rows

    def compare(self, indicator_uuid: str, period: Period, group: str = "") -> list[ComparisonRow]:
        """Where a Caf stands in each group whose values were imported, itself left out. Raises NoPeers."""
        contract, indicator = self.contract_with(indicator_uuid)
        rows = comparison_rows(contract, indicator, period, group)
        if not rows:
            raise NoPeers(indicator=indicator.name, period=period.label)
        return rows

    def comparisons(self, code: str, year: int, group: str = "") -> list[tuple[str, ComparisonRow]]:
        """(name, comparison) of every indicator compared that year, in their order.

        Raises UnknownContract.
        """
        contract = self.contract(code)
        return [
            (indicator.name, row)
            for indicator in contract.indicators
            for row in comparison_rows(contract, indicator, Period(year), group)
        ]

    def save_peers(self, peers: Sequence[Peer]) -> Changes:
        """Write values of other Caf; a known one is replaced."""
        with self._writing("valeurs d’autres Caf") as session:
            for peer in peers:
                key = key_of(
                    "cpog-peer",
                    peer.indicator_uuid,
                    peer.group_name,
                    peer.departement,
                    peer.year,
                    peer.quarter,
                )
                row = session.get(CpogPeerTable, key)
                if row is None:
                    add(session, CpogPeerTable, replace(peer, uuid=key))
                else:
                    row.number, row.state, row.source = peer.number, int(peer.state), peer.source
        return CHANGED


def comparison_rows(
    contract: Contract, indicator: CpogIndicator, period: Period, group: str = ""
) -> list[ComparisonRow]:
    """One row a group that holds the indicator at that period, or the group asked."""
    peers = [
        p for p in contract.peers
        if p.indicator_uuid == indicator.uuid and (p.year, p.quarter) == (period.year, period.quarter)
        and group in {"", p.group_name}
    ]  # fmt: skip
    own = current(contract.values_of.get(indicator.uuid, ()), period)
    shown = value_point(own, indicator) if own else None
    rows = []
    for name in dict.fromkeys(p.group_name for p in peers):
        found = spread([p for p in peers if p.group_name == name], contract.cpog.departement)
        median = with_unit(found.median, indicator.unit, indicator.decimals)
        others = plural(found.count, "autre Caf", "autres Caf")
        text = f"{name}{THIN}: médiane {median} sur {others}"
        rows.append(
            ComparisonRow(name, period, shown, found.count, found.low, found.lower_quartile, found.median,
                          found.upper_quartile, found.high, text)
        )  # fmt: skip
    return rows


def delivered_rules() -> tuple[DeadlineRule, ...]:
    """The deadlines of the reference table."""
    return tuple(
        DeadlineRule(
            code=row["code"], label=row["label"], month=int(row["month"]), day=int(row["day"]),
            year_offset=int(row["year_offset"]), quarter=int(row["quarter"]),
            valid_from=int(row["valid_from"]) if row["valid_from"] else None,
            valid_to=int(row["valid_to"]) if row["valid_to"] else None,
            last_year_only=row["last_year_only"] == "oui",
        )
        for row in resources.read_table("cpog", "echeances.csv")
    )  # fmt: skip


def _deadline_row(item: Deadline, done: str | None, on: datetime.date) -> DeadlineRow:
    done_on = datetime.date.fromisoformat(done) if done else None
    return DeadlineRow(
        item.code, item.cpog_uuid, item.cpog_code, item.label, item.year, item.quarter, item.due_on, done_on,
        (item.due_on - on).days, done_on is None and item.due_on < on,
    )  # fmt: skip


def _is_recalled(row: DeadlineRow) -> bool:
    return row.done_on is None and -LATE_SHOWN <= row.days <= SOON


def _reminder(row: DeadlineRow) -> ReminderRow:
    late = ", en retard" if row.late else ""
    text = f"CPOG {row.cpog_code}{THIN}: {row.label} ({row.year}), pour le {long_date(row.due_on)}{late}."
    return ReminderRow("echeance", text, row.cpog_uuid, due_on=row.due_on, late=row.late)


def _gap_reminders(contract: Contract, on: datetime.date) -> list[ReminderRow]:
    found = []
    for year in contract.cpog.years:
        missing = unexplained(contract, year, on)
        if missing:
            text = f"CPOG {contract.cpog.code}{THIN}: {plural(len(missing), 'écart')} de {year} à expliquer."
            found.append(ReminderRow("ecart", text, contract.cpog.uuid, missing[0].uuid))
    return found


def _hypothesis_reminders(contract: Contract) -> list[ReminderRow]:
    return [
        ReminderRow(
            "hypothese",
            f"CPOG {contract.cpog.code}{THIN}: hypothèse « {row.hypothesis.label} » {row.sentence}.",
            contract.cpog.uuid,
            row.hypothesis.indicator_uuid,
        )
        for row in hypothesis_rows(contract)
        if row.state.alert
    ]
