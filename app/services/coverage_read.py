"""Gathers what a coverage is computed from: ground, register, counts, children, official rates."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

import numpy as np

from app.domain.children import ChildrenChoice, choose_children, load_children_rules
from app.domain.coverage import Meaning
from app.domain.coverage_ground import Area, Ground
from app.domain.coverage_knowledge import Declared, Evidence
from app.domain.coverage_lists import load_networks
from app.domain.dictionary import load_indicators, source_name
from app.domain.indicator import Series, Value, ValueState
from app.domain.territory import Level
from app.services.clock import now

if TYPE_CHECKING:
    from app.domain.children import ChildrenRule
    from app.domain.coverage import Criterion
    from app.domain.coverage_lists import NetworkInfo
    from app.domain.places import Commune
    from app.domain.register import Register
    from app.services.coverage_store import CoverageStore
    from app.services.indicators import IndicatorService
    from app.services.territory import TerritoryService

KM_PER_DEGREE = 111.2
"""One degree of latitude."""
EXPLAINED = (Level.EPCI, Level.DEPARTEMENT)
"""Levels at which official values carry their whole provenance: few enough to be read one by one."""


class RegisterSource(Protocol):
    """What coverage asks of the register."""

    def register(self, on: datetime.date | None = None) -> Register:
        """Everything, or what lives on a day."""


class CoverageReader:
    """Builds the ground, the evidence and the choices that the domain computes with."""

    def __init__(
        self,
        register: RegisterSource,
        territory: TerritoryService,
        indicators: IndicatorService,
        store: CoverageStore,
    ) -> None:
        self._register = register
        self._territory = territory
        self._indicators = indicators
        self._store = store

    # -- territory ----------------------------------------------------------------------------------

    def areas(
        self, level: Level, departement: str | None = None, epci: str | None = None
    ) -> tuple[Area, ...]:
        """Territories of a level in the scope, with their communes; those of an Epci may be outside.

        epci: its communes only, at the level of communes.
        """
        territory = self._territory
        if epci is not None and level is Level.COMMUNE:
            return tuple(Area(c.code, c.name, (c.code,)) for c in territory.communes(epci))
        if level is Level.EPCI:
            epcis = territory.epcis(departement)
            return tuple(Area(e.code, e.name, territory.reference.members(e.code)) for e in epcis)
        if level is Level.COMMUNE:
            communes = territory.communes(departement=departement)
            return tuple(Area(c.code, c.name, (c.code,)) for c in communes)
        wanted = [departement] if departement else [d.code for d in territory.departements()]
        if level is Level.DEPARTEMENT:
            return tuple(self._departement(code) for code in wanted)
        return tuple(area for code in wanted for area in self._arrondissements(code))

    def _departement(self, code: str) -> Area:
        communes = self._territory.reference.communes(departement=code)
        name = self._territory.reference.departement(code).name
        return Area(code, name, tuple(commune.code for commune in communes))

    def _arrondissements(self, departement: str) -> tuple[Area, ...]:
        groups: dict[str, list[str]] = {}
        for commune in self._territory.reference.communes(departement=departement):
            groups.setdefault(commune.code_arrondissement, []).append(commune.code)
        name = self._territory.reference.name
        return tuple(
            Area(code, name(Level.ARRONDISSEMENT, code), tuple(members))
            for code, members in sorted(groups.items())
            if code
        )

    def ground(
        self,
        level: Level,
        departement: str | None = None,
        criterion: Criterion | None = None,
        epci: str | None = None,
    ) -> Ground:
        """The ground of a level; communes around are read only when distances are asked."""
        areas = self.areas(level, departement, epci)
        reference = self._territory.reference
        codes = dict.fromkeys(code for area in areas for code in area.members)
        if criterion is not None and criterion.meaning is Meaning.DISTANCE:
            # a structure on the other side of the border of the département counts too
            codes.update(dict.fromkeys(commune.code for commune in self._territory.communes()))
        communes = tuple(reference.commune(code) for code in codes)
        epcis = {code: reference.epci_of(code) or "" for code in codes}
        around: tuple[Commune, ...] = ()
        if criterion is not None and criterion.meaning is Meaning.DISTANCE:
            around = self._around(communes, criterion.crow_km)
        return Ground(level, areas, communes, around, epcis)

    def _around(self, communes: Iterable[Commune], km: float) -> tuple[Commune, ...]:
        """Every commune of the country in the box of the scope, widened by the distance."""
        points = np.array([(c.lon, c.lat) for c in communes if c.lon is not None and c.lat is not None])
        if not len(points):
            return ()
        (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
        high = km / KM_PER_DEGREE
        wide = high / max(float(np.cos(np.radians(max(abs(south), abs(north))))), 0.1)
        return tuple(
            commune
            for commune in self._territory.reference.communes()
            if commune.lon is not None
            and commune.lat is not None
            and west - wide <= commune.lon <= east + wide
            and south - high <= commune.lat <= north + high
        )

    def members(self) -> Mapping[tuple[Level, str], tuple[str, ...]]:
        """Communes of every wider territory of the scope, for totals and declarations."""
        levels = (Level.EPCI, Level.DEPARTEMENT, Level.ARRONDISSEMENT)
        return {(level, area.code): area.members for level in levels for area in self.areas(level)}

    def departement_of(self, areas: Iterable[Area]) -> dict[str, str]:
        """Département of the scope that a territory is counted in: where most of its communes are."""
        scope = [departement.code for departement in self._territory.departements()]
        found = {}
        for area in areas:
            homes = [self._territory.reference.commune(code).code_departement for code in area.members]
            found[area.code] = max(scope, key=lambda code, homes=homes: homes.count(code))  # type: ignore[misc]
        return found

    # -- evidence -----------------------------------------------------------------------------------

    def evidence(self, year: int, on: datetime.date, ground: Ground, kinds: Iterable[str]) -> Evidence:
        """What is known of some kinds: the register, the counts by commune of the nearest year, totals."""
        wanted = set(kinds)
        names = [
            name
            for info in load_networks().values()
            for group in info.counted
            if set(group.kinds) & wanted
            for name in group.indicators
        ]
        counted = self.counts_year(names, year)
        codes = tuple(commune.code for commune in ground.communes)
        counts = {}
        if counted is not None:
            counts = {name: self._known(name, Level.COMMUNE, counted, codes) for name in names}
        return Evidence(
            register=self._register.register(None),
            on=on,
            counts=counts,
            counts_year=counted,
            counts_source=source_name(load_indicators()[names[0]].source) if names else "",
            declared=self.declared(),
            members=self.members(),
        )

    def declared(self) -> tuple[Declared, ...]:
        """Lists that the user says are whole."""
        return self._store.declared()

    def counts_year(self, names: Iterable[str], year: int) -> int | None:
        """Year held by all these series by commune that is nearest to the one asked."""
        sets = [set(self._indicators.years(name, Level.COMMUNE)) for name in names]
        common = set.intersection(*sets) if sets else set()
        return self._nearest(common, year)

    def _known(self, code: str, level: Level, year: int, codes: tuple[str, ...]) -> dict[str, float]:
        return known_of(self._indicators.series_for(code, level, year, codes))

    # -- children -----------------------------------------------------------------------------------

    def children(self, age: int, ground: Ground, year: int) -> ChildrenChoice:
        """Children under an age by territory: the rule that knows most, or the one the user prefers."""
        candidates = [
            (rule, *self._candidate(rule, ground, year)) for rule in load_children_rules() if rule.age == age
        ]
        return choose_children(candidates, self._store.preferred_children(age))

    def _candidate(
        self, rule: ChildrenRule, ground: Ground, year: int
    ) -> tuple[int | None, Mapping[str, float]]:
        if rule.cohorts:
            return self._births(rule, ground, year)
        typed = self._store.typed_children(rule.code)
        at = self._nearest({int(one) for one in typed}, year)
        wanted = {area.code for area in ground.areas}
        if at is None:
            return None, {}
        return at, {code: number for code, number in typed[str(at)].items() if code in wanted}

    def _births(
        self, rule: ChildrenRule, ground: Ground, year: int
    ) -> tuple[int | None, Mapping[str, float]]:
        held = set(self._indicators.years(rule.indicator, Level.COMMUNE))
        held |= set(self._indicators.years(rule.indicator, Level.EPCI))
        full = {one for one in held if all(one - back in held for back in range(rule.cohorts))}
        at = self._nearest(full, year)
        if at is None:
            return None, {}
        years = [at - back for back in range(rule.cohorts)]
        parts = [self._stock(rule.indicator, ground, one) for one in years]
        codes = set.intersection(*(set(part) for part in parts))
        return at, {code: sum(part[code] for part in parts) for code in codes}

    def _stock(self, code: str, ground: Ground, year: int) -> dict[str, float]:
        """A stock by territory; arrondissements, which no file describes, are added from communes."""
        if ground.level is not Level.ARRONDISSEMENT:
            return self._known(code, ground.level, year, tuple(area.code for area in ground.areas))
        known = self._known(code, Level.COMMUNE, year, tuple(c.code for c in ground.communes))
        return {
            area.code: sum(known[member] for member in area.members)
            for area in ground.areas
            if all(member in known for member in area.members)
        }

    # -- official values ----------------------------------------------------------------------------

    def official(self, codes: Iterable[str], ground: Ground, year: int) -> dict[tuple[str, str], Value]:
        """Official values of the year, or of the nearest one held; each carries its own year."""
        found = {}
        areas = tuple(area.code for area in ground.areas)
        reach = self._store.reach_years()
        for code in codes:
            at = nearest(self._indicators.years(code, ground.level), year, reach)
            if at is None or ground.level is Level.ARRONDISSEMENT:
                found.update({(area, code): self._missing(code, ground.level, area, year) for area in areas})
            elif ground.level in EXPLAINED:
                value = self._indicators.value
                found.update({(area, code): value(code, ground.level, area, at) for area in areas})
            else:
                series = self._indicators.series_for(code, ground.level, at, areas)
                found.update({(area, code): value_at(series, i) for i, area in enumerate(areas)})
        return found

    def _missing(self, code: str, level: Level, area: str, year: int) -> Value:
        return Value(self._indicators.get(code), level, area, year, None, ValueState.NO_DATA)

    # -- years --------------------------------------------------------------------------------------

    def _nearest(self, years: Iterable[int], year: int) -> int | None:
        """The nearest year, if it is near enough to answer for the one asked: a dated parameter."""
        return nearest(years, year, self._store.reach_years())

    def years(self, info: NetworkInfo, level: Level, official: Iterable[str]) -> tuple[int, ...]:
        """Years for which something dated is known of a network, oldest first."""
        held: set[int] = set()
        for code in official:
            held.update(self._indicators.years(code, level))
        for group in info.counted:
            for name in group.indicators:
                held.update(self._indicators.years(name, Level.COMMUNE))
        register = self._register.register(None)
        held.update(total.year for total in register.totals if total.kind in info.kinds)
        if any(True for _ in register.pairs(*info.kinds)):
            held.add(today().year)
        return tuple(sorted(held))


def today() -> datetime.date:
    """The day of the clock."""
    return datetime.date.fromisoformat(now()[:10])


def nearest(years: Iterable[int], year: int, reach: float = math.inf) -> int | None:
    """The year nearest to the one asked, the later of two equals; None if none is within reach, in years."""
    held = [one for one in years if abs(one - year) <= reach]
    return min(held, key=lambda one: (abs(one - year), -one)) if held else None


def known_of(series: Series) -> dict[str, float]:
    """Known numbers of a series, by code."""
    return {
        code: float(number)
        for code, number in zip(series.codes, series.numbers, strict=True)
        if not np.isnan(number)
    }


def value_at(series: Series, row: int) -> Value:
    """One value of a series, without the rows of its files."""
    number = float(series.numbers[row])
    state = ValueState(int(series.states[row]))
    return Value(
        indicator=series.indicator,
        level=series.level,
        code=series.codes[row],
        year=series.year,
        number=number if state.is_known else None,
        state=state,
        estimated=series.estimated,
        fictitious=series.fictitious,
        millesime=series.millesime,
    )
