"""What the tests of « Accueil » share: alerts made by hand, and the page read to the end."""

from __future__ import annotations

import datetime
from dataclasses import replace

from app.domain.alert_facts import Subject
from app.domain.alerts import Alert, load_rules

ON = datetime.date(2026, 11, 19)
RULES = {rule.code: rule for rule in load_rules()}


def alert(
    rule: str, days: int | None, label: str = "Objet", *, kind: str = "action", fictitious: bool = False
) -> Alert:
    """An alert so many days late (positive) or ahead (negative); None: no date."""
    subject = Subject(kind, f"{label}-{days}", label, "79", "200041317", fictitious, "propriétaire")
    due_on = None if days is None else ON - datetime.timedelta(days=days)
    return Alert(RULES[rule], subject, f"{rule}:{label}:{days}", "constat", due_on, days)


def about(made: Alert, **facts: object) -> Alert:
    """The same alert on another subject."""
    return replace(made, subject=replace(made.subject, **facts))
