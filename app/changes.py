"""What a command changed, so that pages know what to read again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Topic(Enum):
    """A subject whose rows may have changed."""

    BASE = "base"
    VALUES = "values"
    IMPORTS = "imports"
    OUTLINES = "outlines"
    SETTINGS = "settings"
    JOURNAL = "journal"
    REGISTER = "register"
    ZONES = "zones"
    RULES = "rules"
    CPOG = "cpog"
    CTG = "ctg"
    SDSF = "sdsf"
    STEERING = "steering"
    ALERTS = "alerts"
    DIAGNOSTICS = "diagnostics"


@dataclass(frozen=True, slots=True)
class Changes:
    """The topics that a command touched; an empty set means that nothing changed."""

    topics: frozenset[Topic] = frozenset()

    def __or__(self, other: Changes) -> Changes:
        return Changes(self.topics | other.topics)

    def touches(self, *topics: Topic) -> bool:
        """Tell whether one of the given topics changed."""
        return bool(self.topics.intersection(topics))
