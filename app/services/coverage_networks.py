"""Coverage by the four networks, its map, the basket of parenthood services, agréments and Qpv."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain import french
from app.domain.coverage import Answer, Criterion, Network, NetworkCoverage
from app.domain.coverage_basket import Basket, BasketRule, fill_basket
from app.domain.coverage_build import Question, build_coverage, scene_of
from app.domain.coverage_errors import UnknownFigure
from app.domain.coverage_figures import licence_ends, qpv_answer
from app.domain.coverage_knowledge import Knowledge
from app.domain.coverage_lists import NetworkInfo, load_figures, load_networks, network_of
from app.domain.coverage_reach import Reach
from app.domain.coverage_words import small_note
from app.domain.indicator import Kind
from app.domain.maillage_gaps import counted_groups
from app.domain.territory import Level
from app.services.coverage_core import CoverageCore
from app.services.coverage_read import today

if TYPE_CHECKING:
    from app.changes import Changes
    from app.domain.coverage_knowledge import Declared
    from app.domain.indicator import Series
    from app.domain.register import Equipment, Site, Zone
    from maps.choropleth import Choropleth, Mark, Reference


@dataclass(frozen=True, slots=True)
class Licence:
    """An agrément that is over or ends soon."""

    site: Site
    equipment: Equipment
    ends_on: datetime.date
    over: bool


@dataclass(frozen=True, slots=True)
class QpvRow:
    """A Qpv, and whether a structure of animation de la vie sociale stands in it."""

    zone: Zone
    answer: Answer


class CoverageNetworks(CoverageCore):
    """What maps and pages ask about networks."""

    def networks(self) -> tuple[NetworkInfo, ...]:
        """The four networks, with their words and kinds."""
        return tuple(load_networks().values())

    def years(self, network: str, level: Level = Level.EPCI) -> tuple[int, ...]:
        """Years that can be asked, oldest first; today's at least when nothing is dated."""
        code = network_of(network)
        official = [line.indicator.code for line in load_figures(code, today()) if line.official]
        return self._reader.years(load_networks()[code], level, official) or (today().year,)

    def network(
        self,
        network: str,
        year: int | None = None,
        level: Level = Level.EPCI,
        meaning: str = "structure",
        effective: bool = False,
        *,
        departement: str | None = None,
        hours: float | None = None,
        km: float | None = None,
        minutes: float | None = None,
        figure: str | None = None,
        on: datetime.date | None = None,
    ) -> NetworkCoverage:
        """Coverage of each territory of a level (EPCI, COMMUNE, DEPARTEMENT, ARRONDISSEMENT).

        year: the latest known by default; the register is read at its end, or today. figure: the one the map
        must show, chosen by a rule otherwise. Raises UnknownNetwork, UnknownFigure, BadCriterion,
        UnknownTerritory.
        """
        question = self._question(
            network_of(network), year, level, departement, on,
            self.criterion(meaning, hours=hours, km=km, minutes=minutes), effective, figure,
        )  # fmt: skip
        return build_coverage(question)

    def _question(
        self,
        code: Network,
        year: int | None,
        level: Level,
        departement: str | None,
        on: datetime.date | None,
        criterion: Criterion,
        effective: bool,
        figure: str | None = None,
    ) -> Question:
        if departement is not None:
            self._territory.require_departement(departement)
        chosen = self.years(code.value, level)[-1] if year is None else year
        day = self.day(chosen, on)
        lines = load_figures(code, day)
        known = tuple(line.indicator.code for line in lines)
        if figure is not None and figure not in known:
            raise UnknownFigure(code=figure, known=known)
        ground = self._reader.ground(level, departement, criterion)
        info = load_networks()[code]
        values = self.parameters()
        official = [line.indicator.code for line in lines if line.official]
        return Question(
            info=info,
            year=chosen,
            ground=ground,
            evidence=self._reader.evidence(chosen, day, ground, info.kinds),
            criterion=criterion,
            effective=effective,
            official=self._reader.official(official, ground, chosen),
            children=self._reader.children(3, ground, chosen),
            children_6=self._reader.children(6, ground, chosen),
            rpe_population=values["rpe_population"],
            licence_months=values["licence_months"],
            small_denominator=values["small_denominator"],
            main=figure,
        )

    # -- map ----------------------------------------------------------------------------------------

    def choropleth(
        self,
        coverage: NetworkCoverage,
        *,
        departement: str | None = None,
        figure: str | None = None,
        palette: str = "lagune",
        bounds: Sequence[float] = (),
        selected: str | None = None,
        mark: Mark | None = None,
    ) -> Choropleth:
        """The map of a coverage, with its meaning and what is not known printed beside it.

        Raises UnknownFigure, and ValueError for a level that has no outline.
        """
        from app.services.maps import narrowed
        from maps.build import build_choropleth

        code = figure or coverage.main
        if code not in {one.code for one in coverage.figures}:
            raise UnknownFigure(code=code, known=tuple(one.code for one in coverage.figures))
        series = coverage.series(code)
        epcis = self._territory.codes(Level.EPCI, departement)
        if departement:
            where = self._territory.reference.departement(departement).name
        else:
            where = " et ".join(dep.name for dep in self._territory.departements())
        official = coverage.is_official(code)
        shown = build_choropleth(
            narrowed(self._outlines.fond(), epcis, departement),
            series,
            level=coverage.level,
            title=f"{series.indicator.label} en {series.year}, {where}",
            palette=palette,
            bounds=tuple(bounds),
            references=self._references(code, series.year, departement),
            sources=self._sources(series),
            selected=selected,
            mark=mark,
        )
        notes = (small_note(coverage),) if official else (*coverage.notes, small_note(coverage))
        return replace(shown, notes=tuple(note for note in notes if note), blank_zero=not official)

    def _sources(self, series: Series) -> tuple[str, ...]:
        geography = f", géographie {series.millesime}" if series.millesime else ""
        return tuple(french.typographic(f"{name}, {series.year}{geography}") for name in series.sources)

    def _references(self, code: str, year: int, departement: str | None) -> tuple[Reference, ...]:
        from maps.choropleth import Reference

        known = {one.code: one for one in self._indicators.all()}
        if code not in known or known[code].kind is not Kind.RATIO:
            return ()
        name = self._territory.reference.name
        return tuple(
            Reference(name(value.level, value.code), value.number)
            for value in self._indicators.references(code, year, ("departement", "france"))
            if value.number is not None
            and not (departement and value.level is Level.DEPARTEMENT and value.code != departement)
        )

    # -- lists of animation de la vie sociale ---------------------------------------------------------

    def licences(self, on: datetime.date | None = None) -> list[Licence]:
        """Agréments of centres sociaux and Evs that are over, or end within the delay; soonest first."""
        day = on or today()
        question = self._question(
            Network.AVS, day.year, Level.EPCI, None, day, self.criterion("structure"), effective=False
        )
        scene = scene_of(question)
        found = [
            Licence(site, equipment, equipment.licence_to, equipment.licence_to <= day)
            for site, equipment in scene.reach.pairs(question.ground.by_code)
            if equipment.licence_to is not None and licence_ends(scene, equipment)
        ]
        return sorted(found, key=lambda row: (row.ends_on, row.equipment.name))

    def qpv(self, on: datetime.date | None = None, *, effective: bool = False) -> list[QpvRow]:
        """Every Qpv in force, and whether a structure stands in it."""
        day = on or today()
        question = self._question(
            Network.AVS, day.year, Level.EPCI, None, day, self.criterion("structure"), effective
        )
        scene = scene_of(question)
        zones = [zone for zone in question.evidence.alive.zones if zone.kind == "qpv"]
        return [QpvRow(zone, qpv_answer(scene, zone)) for zone in zones]

    # -- basket -------------------------------------------------------------------------------------

    def basket_rule(self) -> BasketRule:
        """The rule in use."""
        return self._store.baskets()[-1]

    def basket_rules(self) -> tuple[BasketRule, ...]:
        """Every version, the one in use last."""
        return self._store.baskets()

    def save_basket(self, rule: BasketRule) -> Changes:
        """Use another rule from now on. Raises BadBasket."""
        return self._store.save_basket(rule)

    def basket(
        self,
        year: int | None = None,
        level: Level = Level.EPCI,
        *,
        departement: str | None = None,
        effective: bool = False,
        rule: BasketRule | None = None,
    ) -> tuple[Basket, ...]:
        """The basket of each territory: present, absent, unknown; print `rule.text()` beside it."""
        chosen = rule or self.basket_rule()
        at = year or today().year
        ground = self._reader.ground(level, departement)
        evidence = self._reader.evidence(at, self.day(at), ground, chosen.kinds)
        reaches = {
            group.kinds: Reach(
                (Knowledge(evidence, group),), ground, self.criterion("structure"), effective=effective
            )
            for kind in chosen.kinds
            for group in counted_groups((kind,))
        }
        rows = []
        for area in ground.areas:
            answers = {kinds[0]: reach.count(area, level).answer for kinds, reach in reaches.items()}
            rows.append(fill_basket(chosen, area.code, area.name, answers))
        return tuple(rows)

    # -- whole lists and children -------------------------------------------------------------------

    def declared(self) -> tuple[Declared, ...]:
        """Lists said to be whole."""
        return self._store.declared()

    def declare_whole(
        self, network: str, level: Level, code: str, on: datetime.date | None = None, source: str = ""
    ) -> Changes:
        """Say that the register lists everything of a network in a territory: absences become zeros.

        Raises UnknownNetwork, UnknownTerritory.
        """
        from app.domain.coverage_knowledge import Declared

        info = load_networks()[network_of(network)]
        name = self._territory.reference.name(level, code)
        rows = [Declared(kind, level, code, on or today(), source) for kind in info.kinds]
        return self._store.declare(rows, f"liste complète : {info.plural}, {name}")

    def withdraw_whole(self, network: str, level: Level, code: str) -> Changes:
        """Say that the list is no longer whole. Raises UnknownNetwork, UnknownTerritory."""
        info = load_networks()[network_of(network)]
        name = self._territory.reference.name(level, code)
        return self._store.withdraw(info.kinds, level, code, f"liste partielle : {info.plural}, {name}")

    def set_children(self, rule: str, year: int, numbers: dict[str, float], source: str) -> Changes:
        """Keep counts of children typed by hand (Caf or census). Raises BadParameter."""
        return self._store.set_children(rule, year, numbers, source)

    def prefer_children(self, age: int, rule: str | None) -> Changes:
        """Choose which count of children is used. Raises BadParameter."""
        return self._store.prefer_children(age, rule)
