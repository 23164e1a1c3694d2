"""One engine of alerts: rules over facts; each alert says its evidence, why it matters, what to do. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

import resources
from app.domain.alert_checks import CHECKS, DUES
from app.domain.alert_facts import Facts, Subject
from app.domain.french import typographic
from app.domain.numbers import parse_number


class Family(StrEnum):
    """What an alert is about."""

    DUE = "due"
    DRIFT = "drift"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class AlertRule:
    """A rule as delivered, or as this base changed its threshold."""

    code: str
    label: str
    family: Family
    threshold: float
    unit: str
    why: str
    action: str
    page: str
    active: bool
    order: int


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert; key is the same as long as its cause is. days: lateness (positive) or time left."""

    rule: AlertRule
    subject: Subject
    key: str
    evidence: str
    due_on: date | None = None
    days: int | None = None

    @property
    def late(self) -> bool:
        """True when its date is behind."""
        return self.days is not None and self.days > 0


# -- engine ------------------------------------------------------------------------------------------------


def load_rules(changed: Mapping[str, Mapping[str, object]] | None = None) -> tuple[AlertRule, ...]:
    """Return the rules delivered, with what this base changed: {code: {threshold, active}}."""
    changed = changed or {}
    rules = [_rule(row) for row in resources.read_table("alerts", "rules.csv")]
    return tuple(sorted((_with(rule, changed.get(rule.code, {})) for rule in rules), key=lambda r: r.order))


def _rule(row: Mapping[str, str]) -> AlertRule:
    return AlertRule(
        row["code"], row["label"], Family(row["family"]), parse_number(row["threshold"]) or 0.0, row["unit"],
        row["why"], row["action"], row["page"], row["active"] == "oui", int(row["order"]),
    )  # fmt: skip


def _with(rule: AlertRule, changes: Mapping[str, object]) -> AlertRule:
    threshold, active = changes.get("threshold"), changes.get("active")
    if isinstance(threshold, int | float):
        rule = replace(rule, threshold=float(threshold))
    return replace(rule, active=active) if isinstance(active, bool) else rule


def find_alerts(facts: Facts, rules: Iterable[AlertRule], on: date) -> tuple[Alert, ...]:
    """Return the alerts at a date: late ones first, then by date, then in the order of the rules."""
    found = [
        _alert(rule, subject, evidence, due_on, on)
        for rule in rules
        if rule.active
        for subject, evidence, due_on in CHECKS[rule.code](facts, rule.threshold, on)
    ]
    return tuple(sorted(found, key=_rank))


def _alert(rule: AlertRule, subject: Subject, evidence: str, due_on: date | None, on: date) -> Alert:
    key = f"{rule.code}:{subject.kind}:{subject.uuid}"
    if rule.code in DUES and due_on is not None:
        key += f":{due_on.isoformat()}"  # a new date is a new alert
    return Alert(rule, subject, key, typographic(evidence), due_on, (on - due_on).days if due_on else None)


def _rank(alert: Alert) -> tuple[int, date, int, str]:
    return (0 if alert.late else 1, alert.due_on or date.max, alert.rule.order, alert.subject.label)


def concerns(subject: Subject, departement: str, epci: str) -> bool:
    """True if a subject is about a territory; what names none concerns everybody."""
    if epci and subject.epci:
        return subject.epci == epci
    return not departement or subject.departement in ("", departement)


# -- answers -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    """What someone answered: put off until a date, or done; the latest answer of a key counts."""

    key: str
    done: bool
    until: date | None
    reason: str
    answered_at: str
    rule: str = ""
    evidence: str = ""
    """Code of the rule and what it had seen, that day."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """Alerts to show, and those put off with their answer."""

    shown: tuple[Alert, ...]
    put_off: tuple[tuple[Alert, Answer], ...] = field(default=())


def sort_alerts(alerts: Sequence[Alert], answers: Iterable[Answer], on: date) -> Sorted:
    """Separate what is put off at a date; a date that is past, or none, shows the alert again."""
    latest: dict[str, Answer] = {}
    for answer in sorted(answers, key=lambda item: item.answered_at):
        latest[answer.key] = answer
    shown: list[Alert] = []
    put_off: list[tuple[Alert, Answer]] = []
    for alert in alerts:
        given = latest.get(alert.key)
        if given is not None and (given.done or (given.until is not None and given.until > on)):
            put_off.append((alert, given))
        else:
            shown.append(alert)
    return Sorted(tuple(shown), tuple(put_off))


def age_classes(alerts: Iterable[Alert], limits: Sequence[int] = (15, 30, 60, 90, 180)) -> tuple[int, ...]:
    """Count late alerts by age: up to 15 days, 30, 60, 90, 180, and beyond; shape (len(limits) + 1,)."""
    counts = [0] * (len(limits) + 1)
    for alert in alerts:
        if alert.late and alert.days is not None:
            counts[sum(1 for limit in limits if alert.days > limit)] += 1
    return tuple(counts)
