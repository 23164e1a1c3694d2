"""What every part of coverage shares: the reader, the settings, the numbers in force."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from app.domain.coverage import Criterion, Meaning
from app.domain.coverage_errors import BadCriterion
from app.services.coverage_read import CoverageReader, today
from app.services.coverage_store import CoverageStore

if TYPE_CHECKING:
    from app.services.coverage_read import RegisterSource
    from app.services.indicators import IndicatorService
    from app.services.outlines import OutlineService
    from app.services.settings import SettingsService
    from app.services.territory import TerritoryService

MOST_KM = 500.0
MINUTES_PER_HOUR = 60.0


class CoverageCore:
    """Reads on demand and keeps nothing: parameters, rules and the register may change at any time."""

    def __init__(
        self,
        register: RegisterSource,
        territory: TerritoryService,
        indicators: IndicatorService,
        outlines: OutlineService,
        settings: SettingsService,
    ) -> None:
        self._register = register
        self._territory = territory
        self._indicators = indicators
        self._outlines = outlines
        self._settings = settings
        self._store = CoverageStore(settings)
        self._reader = CoverageReader(register, territory, indicators, self._store)

    def parameters(self) -> dict[str, float]:
        """Numbers in force for every dated parameter, by code."""
        from app.domain.numbers import parse_number

        read = {row.code: parse_number(row.value) for row in self._settings.parameters()}
        return {code: number for code, number in read.items() if number is not None}

    def criterion(
        self,
        meaning: str = "structure",
        *,
        hours: float | None = None,
        km: float | None = None,
        minutes: float | None = None,
    ) -> Criterion:
        """A meaning of « couvert » with its numbers, those of the parameters where none is given.

        Raises BadCriterion for an unknown meaning, or a number that is not above zero.
        """
        try:
            chosen = Meaning(meaning)
        except ValueError:
            known = tuple(one.value for one in Meaning)
            raise BadCriterion(field="meaning", value=meaning, reason="unknown", known=known) from None
        for name, number in (("hours", hours), ("km", km), ("minutes", minutes)):
            if number is not None and not 0 < number <= (MOST_KM if name == "km" else float("inf")):
                raise BadCriterion(field=name, value=number, reason="range")
        values = self.parameters()
        if chosen is Meaning.HOURS:
            return Criterion(chosen, hours=hours if hours is not None else values["coverage_hours"])
        if chosen is not Meaning.DISTANCE:
            return Criterion(chosen)
        speed = values["road_speed"]
        road = km if km is not None else values["coverage_km"]
        if minutes is not None:
            road = minutes * speed / MINUTES_PER_HOUR
        detour = max(values["detour_factor"], 1.0)
        return Criterion(chosen, 0.0, road, minutes, detour, speed, min(values["coverage_majority"], 100.0))

    def day(self, year: int, on: datetime.date | None = None) -> datetime.date:
        """Day the register is read: 31 December of the year, or today if that is later."""
        return on or min(datetime.date(year, 12, 31), today())
