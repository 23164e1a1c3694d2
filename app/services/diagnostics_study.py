"""One Epci under study: its figures beside those it is compared with, its places in sentences, its maps."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from app.domain.dictionary import load_parameters
from app.domain.errors import NoValue, UnknownTerritory
from app.domain.indicator import Kind, Value, ValueState
from app.domain.sentences import Comparand
from app.domain.sentences_names import (
    Place,
    departement_place,
    epci_place,
    france_place,
    group_place,
)
from app.domain.sentences_rank import rank_among
from app.domain.territory import Level
from app.services.diagnostics_bounds import shared_bounds

if TYPE_CHECKING:
    from app.domain.diagnostic import DiagnosticOptions
    from app.domain.places import Epci
    from app.services.diagnostics_secrecy import SafeFigures
    from app.services.maps import MapService
    from app.services.territory import TerritoryService
    from maps.choropleth import Choropleth, Reference
    from reports.diagnostic_content import Compared, MapItem

MAIN = "couv_global"
T = TypeVar("T")
GROUP_REFERENCE = "groupe"


@dataclass(frozen=True, slots=True)
class Group:
    """Comparable Epci: label, codes, the studied one left out."""

    label: str
    codes: tuple[str, ...]


@dataclass
class Study:
    """Reads everything a booklet prints about one Epci, through the figures a profile may see."""

    territory: TerritoryService
    figures: SafeFigures
    maps: MapService
    epci: Epci
    options: DiagnosticOptions
    on: datetime.date
    group: Group | None = None
    placed: set[str] = field(default_factory=set)
    """Keys of the maps already in the booklet: a later section refers to them."""

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what make gives, made once for all the booklets of one state of the base."""
        shared = self.figures.book.shared
        if key not in shared:
            shared[key] = make()
        found: T = shared[key]
        return found

    @cached_property
    def departement(self) -> str:
        """The département of the base in which most communes of the Epci are."""
        inside = {
            dep.code: self.territory.reference.share_of(self.epci.code, dep.code)[0]
            for dep in self.territory.departements()
        }
        return max(inside, key=lambda code: (inside[code], code))

    @cached_property
    def place(self) -> Place:
        """« la CA du Niortais »."""
        return epci_place(self.epci)

    @cached_property
    def departement_place(self) -> Place:
        """« les Deux-Sèvres »."""
        return departement_place(self.territory.reference.departement(self.departement))

    @cached_property
    def peers(self) -> tuple[Epci, ...]:
        """The Epci of the département."""
        return self.territory.epcis(self.departement)

    @cached_property
    def peers_words(self) -> str:
        """« EPCI des Deux-Sèvres »."""
        return f"EPCI {self.departement_place.of}"

    @cached_property
    def year(self) -> int:
        """Year of the key figures: the one asked, else the latest of the coverage, else of anything."""
        for code in (MAIN, *(indicator.code for indicator in self.figures.all())):
            held = self.figures.years(code, Level.EPCI)
            if held:
                if self.options.year is not None and self.options.year not in held and code == MAIN:
                    label = self.figures.get(code).label
                    raise NoValue(indicator=label, level=Level.EPCI, year=self.options.year, years=held)
                return self.options.year or held[-1]
        return self.options.year or self.on.year

    @cached_property
    def names(self) -> dict[tuple[Level, str], str]:
        """Name printed for each territory of the booklet."""
        reference = self.territory.reference
        found = {(Level.EPCI, epci.code): epci.short_name for epci in self.territory.epcis()}
        found |= {(Level.COMMUNE, c.code): c.name for c in self.territory.communes(self.epci.code)}
        found |= {(Level.DEPARTEMENT, dep.code): dep.name for dep in self.territory.departements()}
        for dep in self.territory.departements():
            found[(Level.REGION, dep.code_region)] = reference.region(dep.code_region).name
        found[(Level.FRANCE, "FR")] = "France"
        return found

    @cached_property
    def small(self) -> float:
        """Number of people under which a denominator is said to be small."""
        return next(p.value for p in load_parameters() if p.code == "small_denominator")

    # -- values -------------------------------------------------------------------------------------

    def own(self, code: str, year: int | None = None) -> Value | None:
        """Value of the Epci at the year of the booklet or the latest before; None when nothing is held."""
        return self.figures.latest(code, Level.EPCI, self.epci.code, year or self.options.year)

    def compared(self, code: str) -> Compared | None:
        """A value with all that it must be shown with; None when the base holds nothing of it."""
        from reports.diagnostic_content import Compared

        value = self.own(code)
        if value is None:
            return None
        peers = self._peer_values(code, value.year)
        decimals = value.indicator.decimals
        numbers = {name: found.number for name, found in peers}
        ratio = value.indicator.kind is Kind.RATIO
        return Compared(
            value=value,
            references=self.comparands(code, value.year),
            ranking=rank_among(numbers, self.epci.short_name, decimals) if ratio else None,
            group=self.peers_words,
            peers=peers if ratio else (),
            before=self._before(code, value.year),
            small=self._small_denominator(value),
        )

    def _peer_values(self, code: str, year: int) -> tuple[tuple[str, Value], ...]:
        return tuple(
            (epci.short_name, self.figures.value(code, Level.EPCI, epci.code, year)) for epci in self.peers
        )

    def comparands(self, code: str, year: int) -> tuple[Comparand, ...]:
        """References asked: département, région, France, group; unknown ones left out."""
        names = tuple(name for name in self.options.references if name != GROUP_REFERENCE)
        found = []
        for value in self.figures.references(code, year, names):
            if value.level is Level.DEPARTEMENT and value.code != self.departement:
                continue
            found.append(Comparand(self._place_of(value), value))
        median = self._group_median(code, year)
        return (*found, *([median] if median else []))

    def map_references(self, code: str, year: int) -> tuple[Reference, ...]:
        """Reference lines of a map: the département and the country, as the readers may see them."""
        from maps.choropleth import Reference

        if all(indicator.code != code for indicator in self.figures.all()):
            return ()
        return tuple(
            Reference(self._place_of(value).name, value.number)
            for value in self.figures.references(code, year, ("departement", "france"))
            if value.number is not None
            and value.indicator.kind is Kind.RATIO
            and (value.level is not Level.DEPARTEMENT or value.code == self.departement)
        )

    def _place_of(self, value: Value) -> Place:
        reference = self.territory.reference
        if value.level is Level.DEPARTEMENT:
            return departement_place(reference.departement(value.code))
        if value.level is Level.REGION:
            return departement_place(reference.region(value.code))
        return france_place()

    def _group_median(self, code: str, year: int) -> Comparand | None:
        """Median of a group of comparable Epci: never a mean of rates."""
        from statistics import median

        if self.group is None or self.figures.get(code).kind is not Kind.RATIO:
            return None
        values = [
            self.figures.value(code, Level.EPCI, other, year)
            for other in self.group.codes
            if other != self.epci.code
        ]
        known = [value for value in values if value.number is not None]
        if not known:
            return None
        middle = float(median(value.number or 0.0 for value in known))
        words = f"médiane de {len(known)} EPCI du groupe"
        value = replace(
            known[0], number=middle, code="groupe", provenance=(), formula=words, parts=tuple(known)
        )
        return Comparand(group_place(self.group.label, len(known)), value)

    def _before(self, code: str, year: int) -> Value | None:
        """The oldest value within five years, to say a change."""
        earlier = [y for y in self.figures.years(code, Level.EPCI) if year - 6 <= y < year]
        if not earlier:
            return None
        found = self.figures.value(code, Level.EPCI, self.epci.code, earlier[0])
        return found if found.number is not None else None

    def _small_denominator(self, value: Value) -> Value | None:
        """Children under 3 of a rate about them, when they are few."""
        if value.indicator.kind is not Kind.RATIO or "enfants de moins de 3 ans" not in value.indicator.unit:
            return None
        children = self.figures.latest("naissances_3_ans", value.level, value.code)
        if children is None or children.number is None or children.number >= self.small:
            return None
        return children

    def history(self, code: str, level: Level, territory: str) -> tuple[Value, ...]:
        """Every known year of an indicator, oldest first."""
        values = (self.figures.value(code, level, territory, y) for y in self.figures.years(code, level))
        return tuple(values)

    # -- maps ---------------------------------------------------------------------------------------

    def epci_map(self, code: str, caption: str, *, wide: bool = False, key: str = "") -> MapItem | None:
        """The Epci in its département, the studied one outlined; None when nothing can be drawn."""
        value = self.own(code)
        if value is None:
            return None
        where = {"departement": self.departement, "selected": self.epci.code}
        drawn = self._draw(code, value.year, Level.EPCI, **where)
        if drawn is None:
            return None
        values = tuple(found for _, found in self._peer_values(code, value.year))
        return self._map_item(drawn, f"{caption}, {value.year}", values, wide, key)

    def commune_map(self, code: str, caption: str, *, wide: bool = False, key: str = "") -> MapItem | None:
        """The communes of the Epci; None when nothing can be drawn."""
        held = self.figures.years(code, Level.COMMUNE)
        if not held:
            return None
        drawn = self._draw(code, held[-1], Level.COMMUNE, epci=self.epci.code)
        if drawn is None or not any(ValueState(int(state)).is_known for state in drawn.states):
            return None
        return self._map_item(drawn, f"{caption}, {held[-1]}", (), wide, key)

    def bounds(self, code: str) -> tuple[float, ...]:
        """Limits of the classes of a ratio: one set for every map of it, in every booklet of a département.

        Empty for a stock, for one that has its limits in the dictionary, and where nothing is known.
        """
        indicator = self.figures.get(code)
        if indicator.kind is not Kind.RATIO or indicator.breaks:
            return ()
        return self.once(("bounds", code, self.departement), lambda: shared_bounds(self, code))

    def _map_item(
        self, drawn: Choropleth, caption: str, values: tuple[Value, ...], wide: bool, key: str
    ) -> MapItem:
        from reports.diagnostic_content import MapItem

        return MapItem(drawn, caption, key=key, values=values, wide=wide)

    def _draw(self, code: str, year: int, level: Level, **where: str) -> Choropleth | None:
        try:
            drawn = self.maps.choropleth(code, year, level, bounds=self.bounds(code), **where)  # type: ignore[arg-type]
            return replace(drawn, references=self.map_references(code, year))
        except NoValue:
            return None


def study_epci(territory: TerritoryService, code: str) -> Epci:
    """Return an Epci of the base. Raises UnknownTerritory."""
    for epci in territory.epcis():
        if epci.code == code:
            return epci
    raise UnknownTerritory(code=code, level=Level.EPCI)
