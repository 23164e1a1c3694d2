"""What the rules of alerts look at in the figures, the register and the sheets of SDSF."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import resources
from app.domain.alert_facts import DueFact, Facts, FreshnessFact, RatioFact, SpreadFact, Subject
from app.domain.errors import DomainError
from app.domain.sdsf import sheet_deadline
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.services.coverage import CoverageService
    from app.services.indicators import IndicatorService
    from app.services.register import RegisterService
    from app.services.sdsf import SdsfService
    from app.services.territory import TerritoryService

COVERAGE = "couv_global"
PARTS = ("couv_eaje", "couv_am", "couv_gad", "couv_prescol")
LICENCE_DAYS = 400


class DataFacts:
    """Figures held by the base."""

    def __init__(
        self, territory: TerritoryService, indicators: IndicatorService, coverage: CoverageService
    ) -> None:
        self._territory = territory
        self._indicators = indicators
        self._coverage = coverage

    def __call__(self, on: date) -> Facts:  # noqa: ARG002 - the latest figures, whatever the date
        """Everything held."""
        return Facts(
            spreads=tuple(self._spreads()),
            freshness=tuple(self._freshness()),
            ratios=tuple(self._ratios()),
        )

    def _spreads(self) -> Iterator[SpreadFact]:
        """The official value of each département, its target (that of France) and its Epci far below."""
        years = self._indicators.years(COVERAGE, Level.EPCI)
        if not years:
            return
        unit = self._indicators.get(COVERAGE).unit
        for departement in self._territory.departements():
            found = self._coverage.misleading(COVERAGE, years[-1], departement.code)
            if found is None:
                continue
            names = self._territory.reference
            label = f"Couverture petite enfance, {departement.name}"
            yield SpreadFact(
                Subject("indicator", f"{COVERAGE}:{departement.code}", label, departement.code),
                found.overall, found.target,
                tuple((names.epci(far.code).short_name, far.number) for far in found.below), unit,
            )  # fmt: skip

    def _freshness(self) -> Iterator[FreshnessFact]:
        for row in resources.read_table("alerts", "freshness.csv"):
            years = {
                year
                for level in (Level.EPCI, Level.COMMUNE)
                for year in self._indicators.years(row["indicator"], level)
            }
            if years:
                label = self._indicators.get(row["indicator"]).label
                yield FreshnessFact(
                    Subject("indicator", row["indicator"], label), max(years), int(row["every_years"]),
                    int(row["delay_years"]),
                )  # fmt: skip

    def _ratios(self) -> Iterator[RatioFact]:
        """The rate of the file and the sum of its parts, which rest on the same children."""
        years = self._indicators.years(COVERAGE, Level.EPCI)
        if not years:
            return
        whole = self._numbers(COVERAGE, years[-1])
        parts = [self._numbers(code, years[-1]) for code in PARTS]
        unit = self._indicators.get(COVERAGE).unit
        for epci in self._territory.epcis():
            numbers = [part[epci.code] for part in parts if epci.code in part]
            if epci.code in whole and len(numbers) == len(PARTS):
                label = f"Couverture {years[-1]}, {epci.short_name}"
                subject = Subject(
                    "indicator", f"{COVERAGE}:{epci.code}", label, epci.code_departement, epci.code
                )
                yield RatioFact(subject, whole[epci.code], sum(numbers), unit)

    def _numbers(self, indicator: str, year: int) -> dict[str, float]:
        """Numbers of the Epci that have one."""
        try:
            series = self._indicators.series(indicator, Level.EPCI, year)
        except DomainError:
            return {}
        found = zip(series.codes, series.numbers, strict=True)
        return {code: float(number) for code, number in found if number == number}


class RegisterFacts:
    """Agréments of the register."""

    def __init__(self, register: RegisterService) -> None:
        self._register = register

    def __call__(self, on: date) -> Facts:
        """Ends of agréments near or past at a date."""
        return Facts(dues=tuple(self._licences(on)))

    def _licences(self, on: date) -> Iterator[DueFact]:
        for line in self._register.licences_ending(on, LICENCE_DAYS):
            row = line.row
            name = f"{row.name or row.site}, {row.commune}"
            subject = Subject("equipment", row.uuid, name, row.code_commune[:2], row.code_epci)
            yield DueFact("licence_end", subject, line.ends_on, False, "fin d’agrément")


class SdsfFacts:
    """Sheets of common indicators, and ends of schemes."""

    def __init__(self, sdsf: SdsfService, territory: TerritoryService) -> None:
        self._sdsf = sdsf
        self._territory = territory

    def __call__(self, on: date) -> Facts:
        """The sheet of last year, for each département whose scheme runs."""
        return Facts(dues=tuple(self._sheets(on)))

    def _sheets(self, on: date) -> Iterator[DueFact]:
        year = on.year - 1 if on <= sheet_deadline(on.year - 1) else on.year
        for departement in self._territory.departements():
            if self._sdsf.running(departement.code, on) is None:
                continue
            held = [row for row in self._sdsf.sheets(departement.code) if row.year == year]
            sent = any(row.sent_on is not None for row in held)
            label = f"Indicateurs communs {year}, {departement.name}"
            subject = Subject("sdsf_sheet", f"{departement.code}:{year}", label, departement.code)
            yield DueFact("sheet_due", subject, sheet_deadline(year), sent, "fiche à transmettre au comité")
