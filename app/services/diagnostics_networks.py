"""The four networks in a booklet: maps of the département, communes covered, what is said of the Epci."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from app.domain import french
from app.domain.coverage import Certainty, NetworkCoverage
from app.domain.coverage_lists import load_networks
from app.domain.coverage_words import criterion_text, share_text
from app.domain.french import THIN
from app.domain.indicator import ValueState
from app.domain.territory import Level
from app.services.diagnostics_guard import MinderMasks, minder_masks, safe_coverage

if TYPE_CHECKING:
    from app.domain.coverage import TerritoryCoverage
    from app.domain.indicator import Value
    from app.domain.register import Register
    from app.services.diagnostics_study import Study
    from maps.choropleth import Choropleth
    from maps.layers import PointLayer, ZoneLayer
    from reports.diagnostic_content import Item, MapItem

CAPTIONS = {
    "eaje": "Accueil collectif du jeune enfant",
    "rpe": "Relais petite enfance",
    "avs": "Centres sociaux et espaces de vie sociale",
    "laep": "Lieux d’accueil enfants-parents",
}
COVERED = "part_communes_couvertes"
SHARED = frozenset({COVERED, "part_population_couverte", "part_communes_desservies"})
"""Figures of which each network has its own."""
HOW = "compléter Équipements, ou y déclarer la liste entière"
FIGURES = {
    "eaje": ("nb_eaje", "places_eaje"),
    "rpe": ("nb_rpe", "am_par_etp", "part_communes_desservies"),
    "avs": ("nb_centre_social", "nb_evs", "habitants_par_avs"),
    "laep": ("nb_laep", "points_laep", "heures_laep", "heures_laep_1000"),
}
"""Figures said of the Epci, in order, those that are known."""


class CoverageMaps(Protocol):
    """What is asked of coverage."""

    def network(
        self,
        network: str,
        year: int | None = None,
        *,
        level: Level = Level.EPCI,
        departement: str | None = None,
        epci: str | None = None,
        on: datetime.date | None = None,
    ) -> NetworkCoverage:
        """Coverage of each territory by a network."""
        ...

    def choropleth(
        self,
        coverage: NetworkCoverage,
        *,
        departement: str | None = None,
        epci: str | None = None,
        figure: str | None = None,
        selected: str | None = None,
        points: Sequence[PointLayer] = (),
        zones: Sequence[ZoneLayer] = (),
    ) -> Choropleth:
        """Map of a coverage."""
        ...


class RegisterWhole(Protocol):
    """What is asked of the register."""

    def register(self, on: datetime.date | None = None) -> Register:
        """Everything, or what lives on a day."""
        ...


class NetworkSections:
    """Builds what a booklet shows of the networks; without coverage it shows nothing of them."""

    def __init__(self, register: RegisterWhole | None = None, coverage: CoverageMaps | None = None) -> None:
        self._register = register
        self._coverage = coverage

    # -- the département ----------------------------------------------------------------------------

    def four(self, study: Study) -> list[Item]:
        """The maps of the four networks, two on a landscape page, those already shown left out."""
        found = [self.map_of(study, code) for code in CAPTIONS if key_of(code) not in study.placed]
        return wide_pages("Les quatre réseaux dans le département", [one for one in found if one is not None])

    def map_of(self, study: Study, network: str) -> MapItem | None:
        """The map of a network over the Epci of the département; None where nobody knows anything."""
        from reports.diagnostic_content import MapItem

        coverage = self.coverage(study, network)
        if coverage is None or not _any_known(coverage):
            return None
        study.placed.add(key_of(network))
        drawn = self._drawn(study, coverage)
        values = tuple(named(coverage.value(code), network) for code in drawn.layer.codes)
        return MapItem(drawn, f"{CAPTIONS[network]}, {drawn.year}", key=key_of(network), values=values)

    def coverage(self, study: Study, network: str, level: Level = Level.EPCI) -> NetworkCoverage | None:
        """The coverage of the Epci of the département, or of the communes of the Epci, as readers see it."""
        source = self._coverage
        if source is None:
            return None
        departement = study.departement if level is Level.EPCI else None
        epci = study.epci.code if level is Level.COMMUNE else None

        def make() -> NetworkCoverage:
            whole = source.network(
                network, study.on.year, level=level, departement=departement, epci=epci, on=study.on
            )
            return safe_coverage(whole, study.figures.book, self.minders(study))

        return study.once(("coverage", network, level, departement, epci, study.on), make)

    def minders(self, study: Study) -> MinderMasks:
        """Masks of the counts of childminders."""
        source = self._register
        if source is None:
            return MinderMasks(frozenset())
        book, territory = study.figures.book, study.territory
        return study.once("minders", lambda: minder_masks(source.register(), territory, book))

    def _drawn(self, study: Study, coverage: NetworkCoverage) -> Choropleth:
        if self._coverage is None:
            raise ValueError("no coverage to draw")
        drawn = self._coverage.choropleth(coverage, departement=study.departement, selected=study.epci.code)
        return replace(drawn, references=study.map_references(coverage.main, drawn.year))

    # -- the Epci -----------------------------------------------------------------------------------

    def said_of(self, study: Study, network: str) -> list[Item]:
        """What is known of the Epci: figures in a table, communes covered, what nobody knows."""
        from reports.diagnostic_content import Absent, Framed, Points
        from reports.diagnostic_items import See

        coverage = self.coverage(study, network)
        row = _row(coverage, study.epci.code)
        if coverage is None or row is None:
            return []
        items: list[Item] = list(self._figures(study, coverage, row))
        if not items:
            items.append(Absent(f"{CAPTIONS[network]} du territoire", HOW))
        elif row.communes.covered:
            words = share_text(row.communes, "commune", "communes")
            items.append(Framed(f"Communes couvertes{THIN}: {words}{THIN}; {_meaning(coverage)}.", "note"))
        notes = tuple(french.typographic(note) for note in row.notes)
        items += [Points(notes)] if notes else []
        if key_of(network) in study.placed:
            items.append(See(f"Comparaison avec les EPCI du département{THIN}:", key_of(network)))
        return items

    def _figures(self, study: Study, coverage: NetworkCoverage, row: TerritoryCoverage) -> list[Item]:
        """The figures that are known, with their year; « au moins » where the list is not whole."""
        from reports.diagnostic_items import Ready
        from reports.kit.blocks import Column, Row, Table
        from reports.kit.printed import traced

        rows = []
        for code in FIGURES[coverage.network.value]:
            value, sure = coverage.value(row.code, code), row.certainties[coverage.rank(code)]
            if value.number is None and value.state is ValueState.NO_DATA:
                continue
            shown = traced(
                named(value, coverage.network.value), study.names.get((value.level, value.code), "")
            )
            at_least = ", au moins" if sure is Certainty.AT_LEAST else ""
            name = f"{value.indicator.label} ({value.indicator.unit}{at_least})"
            rows.append(Row((name, shown, str(value.year))))
        if not rows:
            return []
        columns = (
            Column("Chiffre", width=0.64), Column(study.epci.short_name, "right", width=0.22),
            Column("Année", "right", width=0.14),
        )  # fmt: skip
        caption = f"{CAPTIONS[coverage.network.value]}{THIN}: ce qui est connu"
        fictitious = any(value.fictitious for value in row.values)
        return [Ready((Table(columns, tuple(rows), caption, fictitious=fictitious),))]

    # -- its communes -------------------------------------------------------------------------------

    def communes_map(self, study: Study, network: str, *, zones: Sequence[ZoneLayer] = ()) -> MapItem | None:
        """Communes covered, and the points of the services known; None where nobody knows anything."""
        from reports.diagnostic_content import MapItem

        coverage = self.coverage(study, network, Level.COMMUNE)
        if coverage is None or self._coverage is None or self._register is None:
            return None
        members = frozenset(study.territory.members(Level.EPCI, study.epci.code))
        points = self._points(study, coverage, members)
        here = any(point.code_commune in members for point in points.points)
        if not here and not any(row.communes.covered for row in coverage.rows if row.code in members):
            return None
        drawn = self._coverage.choropleth(
            coverage, epci=study.epci.code, figure=COVERED, points=(points,), zones=zones
        )
        key = f"points_{network}"
        study.placed.add(key)
        values = tuple(named(coverage.value(code, COVERED), network) for code in drawn.layer.codes)
        caption = f"{CAPTIONS[network]}, communes et points connus, {drawn.year}"
        return MapItem(drawn, caption, key=key, values=values)

    def _points(self, study: Study, coverage: NetworkCoverage, members: frozenset[str]) -> PointLayer:
        """Services of the register, unless a file counts more of them by commune."""
        from maps.layers import PointLayer
        from maps.register_layers import counted_points, service_points

        info = load_networks()[coverage.network].at(study.on)
        register = self._register.register() if self._register is not None else None
        points = PointLayer("Services", (), ())
        if register is not None:
            points = service_points(register, info.kinds, study.on)
        here = sum(point.code_commune in members for point in points.points)
        counts = {
            row.code: int(row.count.number)
            for row in coverage.rows
            if row.code in members and row.count.number
        }
        if sum(counts.values()) <= here:
            return points
        source = next((row.count.origin for row in coverage.rows if row.count.number), "")
        return counted_points(info.kinds[0], counts, study.on, source=source)


PAIR = 405.0
"""Height of two maps side by side on a landscape page, legend and sources included, in points."""


def wide_pages(title: str, maps: Sequence[MapItem]) -> list[Item]:
    """Landscape pages of two maps, the title on the first."""
    from reports.diagnostic_content import Side, Title
    from reports.diagnostic_items import Landscape

    pages: list[Item] = []
    for first in range(0, len(maps), 2):
        pair = [replace(area, height=PAIR) for area in maps[first : first + 2]]
        shown: Item = Side(pair[0], pair[1]) if len(pair) == 2 else pair[0]
        pages.append(Landscape((shown,) if first else (Title(title), shown)))
    return pages


def named(value: Value, network: str) -> Value:
    """The value of a figure that several networks share, told apart by its network."""
    if value.indicator.code not in SHARED:
        return value
    return replace(value, indicator=replace(value.indicator, code=f"{network}_{value.indicator.code}"))


def key_of(network: str) -> str:
    """Key of the map of a network, for cross references."""
    return f"carte_{network}"


def _row(coverage: NetworkCoverage | None, code: str) -> TerritoryCoverage | None:
    return next((row for row in coverage.rows if row.code == code), None) if coverage else None


def _any_known(coverage: NetworkCoverage) -> bool:
    rank = coverage.rank()
    return any(row.values[rank].number is not None for row in coverage.rows)


def _meaning(coverage: NetworkCoverage) -> str:
    return criterion_text(coverage.criterion)
