"""Instances, séances and decisions: kinds, overdue decisions by class of age."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

AGE_CLASSES: tuple[int, ...] = (15, 30, 60, 90, 180)
"""Days of delay that open each class."""


class InstanceKind(StrEnum):
    """Kinds of comités; their title is free."""

    STEERING = "pilotage"
    TECHNICAL = "technique"
    GROUP = "groupe"
    CDSF = "cdsf"
    OTHER = "autre"


class MeetingStatus(StrEnum):
    """Where a séance is."""

    PREPARED = "preparee"
    HELD = "tenue"
    CANCELLED = "annulee"


class Presence(StrEnum):
    """An organisation at a séance."""

    PRESENT = "presente"
    EXCUSED = "excusee"
    ABSENT = "absente"


class DecisionState(StrEnum):
    """Where a decision is; late is derived from its dates."""

    OPEN = "a_faire"
    LATE = "en_retard"
    DONE = "faite"
    DROPPED = "abandonnee"


def decision_state(
    due_on: date | None, done_on: date | None, dropped_on: date | None, on: date
) -> DecisionState:
    """State of a decision on a day."""
    if done_on is not None:
        return DecisionState.DONE
    if dropped_on is not None:
        return DecisionState.DROPPED
    return DecisionState.LATE if due_on is not None and due_on < on else DecisionState.OPEN


def late_days(due_on: date | None, done_on: date | None, on: date) -> int:
    """Days after the due date: until done, or until today; 0 if in time or without date."""
    if due_on is None:
        return 0
    return max(((done_on or on) - due_on).days, 0)


def age_class(days: int) -> int:
    """Class of a delay: 0 (less than 15 days late), 15, 30, 60, 90 or 180 days and more."""
    return max((bound for bound in AGE_CLASSES if days >= bound), default=0)
