"""Yearly deadlines of a contract, and their events for the agendas of other software."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.agenda import Event
from app.domain.cpog import Cpog


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """A date that comes back every year.

    year_offset: 0 if it falls in the year it is about, 1 if in the next one. quarter: the one it is
    about, 0 for the whole year. valid_from and valid_to: years it is about.
    """

    code: str
    label: str
    month: int
    day: int
    year_offset: int = 0
    quarter: int = 0
    valid_from: int | None = None
    valid_to: int | None = None
    last_year_only: bool = False
    active: bool = True


@dataclass(frozen=True, slots=True)
class Deadline:
    """A rule applied to one year of one contract."""

    code: str
    cpog_uuid: str
    cpog_code: str
    label: str
    year: int
    quarter: int
    due_on: datetime.date


def day_of(rule: DeadlineRule, year: int) -> datetime.date:
    """Return the date of a rule about a year; the 31st of a short month is its last day.

    Raises ValueError for a month that does not exist.
    """
    first = datetime.date(year + rule.year_offset, rule.month, 1)
    next_month = (first + datetime.timedelta(days=31)).replace(day=1)
    last = (next_month - datetime.timedelta(days=1)).day
    return first.replace(day=min(rule.day, last))


def deadlines(cpog: Cpog, rules: Iterable[DeadlineRule]) -> tuple[Deadline, ...]:
    """Every deadline of a contract, in order of date."""
    found = [
        Deadline(rule.code, cpog.uuid, cpog.code, rule.label, year, rule.quarter, day_of(rule, year))
        for rule in rules
        if rule.active
        for year in (cpog.years[-1:] if rule.last_year_only else cpog.years)
        if (rule.valid_from or year) <= year <= (rule.valid_to or year)
    ]
    return tuple(sorted(found, key=lambda d: (d.due_on, d.code)))


REMINDER_DAYS = 7


def event_of(item: Deadline, *, fictitious: bool) -> Event:
    """Return a deadline as the event of an agenda, with a reminder a week before."""
    summary = f"CPOG {item.cpog_code}\u202f: {item.label} ({item.year})"
    uid = f"{item.code}-{item.year}-{item.cpog_uuid}"
    return Event(uid, item.due_on, summary, reminder_days=REMINDER_DAYS, fictitious=fictitious)
