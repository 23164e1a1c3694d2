"""One engine for what is due and what drifts: facts of each subject, rules as data, reasoned answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, literal_column, select

from app.changes import Changes, Topic
from app.domain.alert_facts import Facts
from app.domain.alerts import (
    Alert,
    AlertRule,
    Answer,
    Sorted,
    concerns,
    find_alerts,
    load_rules,
    sort_alerts,
)
from app.domain.errors import DomainError
from app.domain.sdsf_errors import AlertRefused
from app.logs import log_bug
from app.services.clock import now
from db.models.base import new_uuid
from db.models.sdsf import AlertAnswerRecord

if TYPE_CHECKING:
    from app.services.settings import SettingsService
    from db.session import Base

CHANGED = Changes(frozenset({Topic.ALERTS, Topic.JOURNAL}))
SETTING = "alert_rules"
DONE, PUT_OFF, REOPENED = "done", "put_off", "reopened"
VERBS = {DONE: "Alerte traitée", PUT_OFF: "Alerte reportée", REOPENED: "Alerte remise à traiter"}
Provider = Callable[[date], Facts]


class AlertService:
    """Reads facts from providers, one a subject; one that fails is logged and does not hide the others."""

    def __init__(self, base: Base, settings: SettingsService, providers: Sequence[Provider] = ()) -> None:
        self._base = base
        self._settings = settings
        self._providers = tuple(providers)

    # -- reading ------------------------------------------------------------------------------------

    def rules(self) -> tuple[AlertRule, ...]:
        """Rules in force in this base, in order."""
        changed = self._settings.get(SETTING, {})
        return load_rules(changed if isinstance(changed, dict) else {})

    def alerts(self, on: date, *, departement: str = "", epci: str = "") -> Sorted:
        """Alerts at a date, for the whole base, a département or an Epci, and those put off.

        What says neither département nor Epci concerns everybody.
        """
        return self.sort(self.facts(on), on, departement=departement, epci=epci)

    def sort(self, facts: Facts, on: date, *, departement: str = "", epci: str = "") -> Sorted:
        """Alerts of facts already read; see alerts."""
        found = find_alerts(facts, self.rules(), on)
        kept = [alert for alert in found if concerns(alert.subject, departement, epci)]
        return sort_alerts(kept, self.answers(), on)

    def next_due(self, facts: Facts, on: date, *, departement: str = "", epci: str = "") -> date | None:
        """The first date still to come of what is not done; None when nothing is dated."""
        dates = [
            fact.due_on
            for fact in facts.dues
            if not fact.done and fact.due_on > on and concerns(fact.subject, departement, epci)
        ]
        return min(dates, default=None)

    def facts(self, on: date) -> Facts:
        """Everything that the rules look at."""
        return merge([self._read(provider, on) for provider in self._providers])

    def _read(self, provider: Provider, on: date) -> Facts:
        try:
            return provider(on)
        except DomainError as error:
            log_bug(error)
            return Facts()

    def answers(self) -> tuple[Answer, ...]:
        """Every answer given, oldest first: the history of the alerts."""
        with self._base.read() as session:
            entered = literal_column("rowid", Integer)  # several may be given in one second
            query = select(AlertAnswerRecord).order_by(AlertAnswerRecord.answered_at, entered)
            records = session.scalars(query)
            return tuple(
                Answer(
                    record.key,
                    record.answer == DONE,
                    date.fromisoformat(record.until) if record.until else None,
                    record.reason,
                    record.answered_at,
                    record.rule,
                    record.evidence,
                )
                for record in records
            )

    # -- answers ------------------------------------------------------------------------------------

    def put_off(self, alert: Alert, until: date, reason: str, on: date) -> Changes:
        """Hide an alert until a date, with a reason. Raises AlertRefused."""
        if until <= on:
            raise AlertRefused(field="until", reason="past")
        return self._answer(alert, PUT_OFF, until, reason)

    def mark_done(self, alert: Alert, reason: str) -> Changes:
        """Say that nothing is left to do, with a reason. Raises AlertRefused."""
        return self._answer(alert, DONE, None, reason)

    def reopen(self, alert: Alert) -> Changes:
        """Show again an alert put off or done; the answers given stay in the history."""
        return self._answer(alert, REOPENED, None, "remise à traiter")

    def _answer(self, alert: Alert, answer: str, until: date | None, reason: str) -> Changes:
        if not reason.strip():
            raise AlertRefused(field="reason", reason="no_reason")
        verb = VERBS[answer]
        with self._base.write(f"{verb} : {alert.rule.label}, {alert.subject.label}") as session:
            session.add(
                AlertAnswerRecord(
                    uuid=new_uuid(), key=alert.key, rule=alert.rule.code, answer=answer,
                    until=until.isoformat() if until else None, reason=reason.strip(), answered_at=now(),
                    evidence=alert.evidence,
                )
            )  # fmt: skip
        return CHANGED

    # -- rules --------------------------------------------------------------------------------------

    def set_rule(self, code: str, *, threshold: float | None = None, active: bool | None = None) -> Changes:
        """Change the threshold of a rule, or put it to sleep, for this base. Raises AlertRefused."""
        if code not in {rule.code for rule in load_rules()}:
            raise AlertRefused(field="rule", reason="unknown_field")
        held = self._settings.get(SETTING, {})
        changed: dict[str, Any] = dict(held) if isinstance(held, dict) else {}
        mine = dict(changed.get(code, {}))
        if threshold is not None:
            mine["threshold"] = threshold
        if active is not None:
            mine["active"] = active
        changed[code] = mine
        return self._settings.set(SETTING, changed, "Règle d’alerte") | CHANGED

    def reset_rule(self, code: str) -> Changes:
        """Give a rule its delivered threshold and put it back to work."""
        held = self._settings.get(SETTING, {})
        changed = dict(held) if isinstance(held, dict) else {}
        changed.pop(code, None)
        return self._settings.set(SETTING, changed or None, "Règle d’alerte rétablie") | CHANGED


def merge(facts: Sequence[Facts]) -> Facts:
    """Put the facts of several subjects together."""
    return Facts(
        **{
            field.name: tuple(item for part in facts for item in getattr(part, field.name))
            for field in fields(Facts)
        }
    )
