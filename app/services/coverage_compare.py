"""Comparison groups, positions, spreads, misleading means, and evolutions between two years."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain import french
from app.domain.conversion import commune_passage, convert_stock, epci_passage
from app.domain.coverage_errors import NotConvertible
from app.domain.derived import compute_series, sum_groups
from app.domain.errors import NoValue
from app.domain.evolution import Evolution, evolve
from app.domain.groups import (
    Dispersion,
    Group,
    MisleadingMean,
    Position,
    dispersion,
    misleading_mean,
    position,
)
from app.domain.indicator import Kind, Series
from app.domain.reference import LATEST, Reference
from app.domain.territory import Level
from app.services.coverage_core import CoverageCore
from app.services.coverage_read import known_of, nearest

if TYPE_CHECKING:
    from app.changes import Changes
    from app.domain.conversion import Passage


class CoverageCompare(CoverageCore):
    """What the panels « Comparer » and « Évolution » ask."""

    # -- groups -------------------------------------------------------------------------------------

    def groups(self, level: Level | None = None, on: datetime.date | None = None) -> list[Group]:
        """Groups of the user, of a level and in use on a day if asked."""
        return [
            group
            for group in self._store.groups()
            if (level is None or group.level is level) and (on is None or group.lives(on))
        ]

    def save_group(self, group: Group) -> Changes:
        """Add or change a group, by its code. Raises BadGroup, UnknownTerritory."""
        for code in group.members:
            self._territory.reference.name(group.level, code)
        return self._store.save_group(group)

    def remove_group(self, code: str) -> Changes:
        """Remove a group. Raises UnknownGroup."""
        return self._store.remove_group(code)

    def position(
        self, indicator: str, year: int, code: str, group: str | None = None, level: Level = Level.EPCI
    ) -> Position:
        """Where a territory stands in a group, or in the scope; it is left out of its own reference.

        Members of a group outside the scope are read too, if the base holds them. Raises UnknownIndicator,
        UnknownGroup.
        """
        members = self._store.group(group).members if group else self._territory.codes(level)
        codes = tuple(dict.fromkeys((*members, code)))
        return position(self._indicators.series_for(indicator, level, year, codes), code, members)

    def spread(
        self, indicator: str, year: int, departement: str | None = None, level: Level = Level.EPCI
    ) -> Dispersion | None:
        """Extremes, quartiles and deviation, to print beside any mean; None when nothing is known."""
        return dispersion(self._indicators.series(indicator, level, year, departement).numbers)

    def misleading(
        self, indicator: str, year: int, departement: str, target: float | None = None
    ) -> MisleadingMean | None:
        """Is the value of a département on target while some of its Epci are far below?

        target: the value of France by default. The value of the département is the official one, never a mean
        of Epci; None when it, or the target, is not known. Raises UnknownIndicator.
        """
        overall = self._indicators.value(indicator, Level.DEPARTEMENT, departement, year).number
        if target is None:
            target = self._indicators.value(indicator, Level.FRANCE, "FR", year).number
        if overall is None or target is None:
            return None
        values = self.parameters()
        series = self._indicators.series(indicator, Level.EPCI, year, departement)
        children = self._reader.children(3, self._reader.ground(Level.EPCI, departement), year)
        return misleading_mean(
            series, overall, target, values["misleading_gap"], children.numbers, values["small_denominator"]
        )

    # -- evolution ----------------------------------------------------------------------------------

    def evolution(
        self,
        indicator: str,
        year_a: int,
        year_b: int,
        level: Level = Level.EPCI,
        *,
        departement: str | None = None,
        millesime: int = LATEST,
    ) -> Evolution:
        """One indicator at two years, both on the geography of one millésime.

        Stocks are added from communes, or from old Epci; rates are recomputed from their counts. What had to
        be shared between new territories is an estimate, and listed. Raises NoValue, NotConvertible.
        """
        first = self.converted(indicator, year_a, level, departement=departement, millesime=millesime)
        last = self.converted(indicator, year_b, level, departement=departement, millesime=millesime)
        shared = tuple(dict.fromkeys((*first[1], *last[1])))
        notes = tuple(dict.fromkeys((*first[2], *last[2])))
        return evolve(first[0], last[0], shared, notes)

    def converted(
        self,
        indicator: str,
        year: int,
        level: Level = Level.EPCI,
        *,
        departement: str | None = None,
        millesime: int = LATEST,
    ) -> tuple[Series, tuple[str, ...], tuple[str, ...]]:
        """A series on the geography of a millésime: series, codes estimated, French notes.

        Raises NoValue when nothing is held for that year, NotConvertible for a published rate whose geography
        differs and whose counts are not known.
        """
        definition = self._indicators.get(indicator)
        if definition.is_derived:
            return self._derived(indicator, year, level, departement, millesime)
        if year not in self._indicators.years(indicator, level):
            held = self._indicators.years(indicator, level)
            raise NoValue(indicator=definition.label, level=level, year=year, years=held)
        codes = self._codes(level, departement, millesime)
        direct = self._indicators.series_for(indicator, level, year, codes)
        if self._same_geography(direct, level, codes, millesime):
            return direct, (), ()
        if definition.kind is not Kind.STOCK:
            raise NotConvertible(
                indicator=definition.label, year=year, millesime=millesime, reason="no_counts"
            )
        return self._carried(indicator, year, level, codes, millesime)

    def _derived(
        self, indicator: str, year: int, level: Level, departement: str | None, millesime: int
    ) -> tuple[Series, tuple[str, ...], tuple[str, ...]]:
        """A derived indicator, recomputed from inputs carried one by one."""
        definition = self._indicators.get(indicator)
        parts: list[Series] = []
        estimated: list[str] = []
        notes: list[str] = []
        for name, at in self._indicators.inputs_of(definition, level, year):
            series, shared, told = self.converted(
                name, at, level, departement=departement, millesime=millesime
            )
            parts.append(series)
            estimated += shared
            notes += told
        return (
            compute_series(definition, parts, year),
            tuple(dict.fromkeys(estimated)),
            tuple(dict.fromkeys(notes)),
        )

    def _codes(self, level: Level, departement: str | None, millesime: int) -> tuple[str, ...]:
        if millesime == LATEST or level not in (Level.EPCI, Level.COMMUNE):
            return self._territory.codes(level, departement)
        reference = self._territory.reference
        wanted = [departement] if departement else [dep.code for dep in self._territory.departements()]
        if level is Level.EPCI:
            found = [epci.code for code in wanted for epci in reference.epcis(code, millesime)]
        else:
            found = [c.code for code in wanted for c in reference.communes(code, millesime=millesime)]
        return tuple(dict.fromkeys(found))

    def _same_geography(self, series: Series, level: Level, codes: tuple[str, ...], millesime: int) -> bool:
        """True if the codes mean the same ground at both millésimes."""
        own = series.millesime
        if own is None or own == millesime or level not in (Level.EPCI, Level.COMMUNE):
            return True
        reference = self._territory.reference
        if level is Level.COMMUNE:
            return set(self._sources_of(codes, own, millesime)) == set(codes)
        return all(
            _ground(reference, code, own, millesime) == set(reference.members(code, millesime))
            for code in codes
        )

    def _carried(
        self, indicator: str, year: int, level: Level, codes: tuple[str, ...], millesime: int
    ) -> tuple[Series, tuple[str, ...], tuple[str, ...]]:
        """A stock added from communes if the base holds them, else from the Epci of its own millésime."""
        if year in self._indicators.years(indicator, Level.COMMUNE):
            return self._from_communes(indicator, year, level, codes, millesime)
        return self._from_epcis(indicator, year, codes, millesime)

    def _from_communes(
        self, indicator: str, year: int, level: Level, codes: tuple[str, ...], millesime: int
    ) -> tuple[Series, tuple[str, ...], tuple[str, ...]]:
        own = self._indicators.millesime_of(indicator, year) or millesime
        reference = self._territory.reference
        groups = [(code,) if level is Level.COMMUNE else reference.members(code, millesime) for code in codes]
        wanted = tuple(dict.fromkeys(member for group in groups for member in group))
        source = self._sources_of(wanted, own, millesime)
        series = self._indicators.series_for(indicator, Level.COMMUNE, year, source)
        passage = commune_passage(reference, source, own, millesime)
        carried, estimated = convert_stock(series, passage, wanted)
        summed = sum_groups(carried, codes, groups)
        return _at_level(summed, level, millesime), estimated, (_note(own, millesime),)

    def _sources_of(self, wanted: tuple[str, ...], own: int, millesime: int) -> tuple[str, ...]:
        """Communes of a millésime whose ground is that of the communes wanted at another."""
        reference = self._territory.reference
        target = set(wanted)
        departements = {reference.commune(code).code_departement for code in wanted}
        olds = [c.code for dep in sorted(departements) for c in reference.communes(dep, millesime=own)]
        return tuple(code for code in olds if reference.successor(code, millesime) in target)

    def _from_epcis(
        self, indicator: str, year: int, codes: tuple[str, ...], millesime: int
    ) -> tuple[Series, tuple[str, ...], tuple[str, ...]]:
        reference = self._territory.reference
        scope = [dep.code for dep in self._territory.departements()]
        first = self._indicators.series_for(indicator, Level.EPCI, year, codes)
        own = first.millesime or year
        olds = tuple(dict.fromkeys(e.code for dep in scope for e in reference.epcis(dep, own)))
        series = self._indicators.series_for(indicator, Level.EPCI, year, olds)
        passage = epci_passage(reference, olds, own, millesime, self._weights(olds, own))
        carried, estimated = convert_stock(series, passage, codes)
        return carried, estimated, (_note(own, millesime),)

    def _weights(self, epcis: tuple[str, ...], millesime: int) -> Mapping[str, float] | None:
        """Inhabitants of old communes, to share an Epci that was split; None when they are not known."""
        reference = self._territory.reference
        communes = tuple(code for epci in epcis for code in reference.members(epci, millesime))
        at = nearest(self._indicators.years("population", Level.COMMUNE), millesime)
        if at is None:
            return None
        return known_of(self._indicators.series_for("population", Level.COMMUNE, at, communes)) or None

    def passage(self, from_millesime: int, to_millesime: int = LATEST) -> Passage:
        """How the Epci of a millésime are made of those of another, within the scope."""
        reference = self._territory.reference
        scope = [dep.code for dep in self._territory.departements()]
        olds = tuple(dict.fromkeys(e.code for dep in scope for e in reference.epcis(dep, from_millesime)))
        weights = self._weights(olds, from_millesime)
        return epci_passage(reference, olds, from_millesime, to_millesime, weights)


def _ground(reference: Reference, code: str, own: int, millesime: int) -> set[str | None]:
    """Communes of today that an Epci held at its own millésime."""
    return {reference.successor(member, millesime) for member in reference.members(code, own)}


def _at_level(series: Series, level: Level, millesime: int) -> Series:
    return replace(series, level=level, millesime=millesime)


def _note(own: int, millesime: int) -> str:
    return french.typographic(
        f"Effectifs de la géographie {own} additionnés dans la géographie {millesime} ; "
        "les taux sont recalculés, jamais moyennés."
    )
