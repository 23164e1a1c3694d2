"""One cell of a series, ready to show."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from app.domain.cpog_codes import TargetStatus
from app.domain.cpog_points import Period
from app.domain.indicator import ValueState, ValueStatus

ACTUAL = "realise"
"""Name of the series of observed values, beside those of SeriesKind."""


@dataclass(frozen=True, slots=True)
class Point:
    """One cell of a series: text is ready to show (« 67,2 % », « n.d. »), number and state say why.

    printed: words of the document or of the user when the point is prose; version 1 is the first.
    """

    period: Period
    number: float | None
    state: ValueState
    text: str
    printed: str = ""
    status: ValueStatus | None = None
    target_status: TargetStatus = TargetStatus.NOTIFIED
    numerator: float | None = None
    denominator: float | None = None
    estimated: bool = False
    precision: str = ""
    observed_on: datetime.date | None = None
    entered_at: str = ""
    version: int = 1
    versions: int = 1
    source: str = ""
    act: str = ""
    """For a revised target: « avenant du 5 mars 2025 »."""
    fictitious: bool = False
