"""Lines of the calendar of a plan: fiches with their étapes, the years shown, the words said. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from app.domain.french import long_date
from ui import labels_plan as labels

if TYPE_CHECKING:
    from app.services.ctg_plan_rows import ActionRow, StepRow


@dataclass(frozen=True, slots=True)
class Bar:
    """A fiche and its étapes."""

    fiche: ActionRow
    steps: tuple[StepRow, ...]

    @property
    def days(self) -> list[date]:
        """Every day that the calendar must show."""
        found = [self.fiche.starts_on, self.fiche.ends_on]
        found += [day for step in self.steps for day in (step.planned_on, step.done_on)]
        return [day for day in found if day is not None]


def span_of(bars: Sequence[Bar], period: tuple[date | None, date | None], today: date) -> tuple[date, date]:
    """First and last day shown: whole years around the plan and its convention."""
    days = [day for bar in bars for day in bar.days] + [day for day in period if day is not None]
    days = days or [today]
    return date(min(days).year, 1, 1), date(max(days).year, 12, 31)


def steps_due(fiche: ActionRow, steps: Sequence[StepRow]) -> tuple[StepRow, ...]:
    """The étapes of a fiche; nothing is late in one that is done or stopped."""
    if fiche.late_days:
        return tuple(steps)
    return tuple(replace(step, late_days=0) for step in steps)


def quarters(first: int, last: int) -> list[date]:
    """First day of each quarter of some years."""
    return [date(year, month, 1) for year in range(first, last + 1) for month in (1, 4, 7, 10)]


def step_words(step: StepRow) -> str:
    """« Étape Signer les conventions, prévue le 31 mars 2026, réalisée le 20 avril 2026 »."""
    said = [f"Étape «\u202f{step.title}\u202f»"]
    said += [f"prévue le {long_date(step.planned_on)}"] if step.planned_on else ["sans date"]
    said += [f"réalisée le {long_date(step.done_on)}"] if step.done_on else []
    said += [labels.late(step.late_days)] if step.late_days else []
    return ", ".join(said)
