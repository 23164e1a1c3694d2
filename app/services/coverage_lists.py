"""Lists that stand beside the coverage maps: agréments, Qpv, basket of services, whole lists, children."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.coverage import Answer, Network
from app.domain.coverage_basket import Basket, BasketRule, fill_basket, in_use
from app.domain.coverage_build import scene_of
from app.domain.coverage_figures import licence_ends, qpv_answer
from app.domain.coverage_knowledge import Declared, Knowledge
from app.domain.coverage_lists import load_networks, network_of
from app.domain.coverage_reach import Reach
from app.domain.maillage_gaps import counted_groups
from app.domain.register_lists import load_kinds
from app.domain.territory import Level
from app.services.coverage_networks import CoverageNetworks
from app.services.coverage_read import today

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.changes import Changes
    from app.domain.register import Equipment, Site, Zone


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


class CoverageLists(CoverageNetworks):
    """Lists about networks, and what the user says about the register and the children."""

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

    def basket_rule(self, on: datetime.date | None = None) -> BasketRule:
        """The rule in use on a day, today by default."""
        return in_use(self._store.baskets(), on or today())

    def basket_rules(self) -> tuple[BasketRule, ...]:
        """Every version, in the order they were written."""
        return self._store.baskets()

    def save_basket(self, rule: BasketRule) -> Changes:
        """Use another rule from its day on, as the next version. Raises BadBasket."""
        return self._store.save_basket(rule)

    def basket(
        self,
        year: int | None = None,
        level: Level = Level.EPCI,
        *,
        departement: str | None = None,
        effective: bool = False,
        rule: BasketRule | None = None,
        on: datetime.date | None = None,
    ) -> tuple[Basket, ...]:
        """The basket of each territory: present, absent, unknown; print `rule.text()` beside it.

        on: day the register is read, by default the end of the year or today.
        """
        at = year or (on or today()).year
        chosen = rule or self.basket_rule(self.day(at, on))
        ground = self._reader.ground(level, departement)
        evidence = self._reader.evidence(at, self.day(at, on), ground, chosen.kinds)
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
        info = load_networks()[network_of(network)]
        return self.declare_kinds(info.kinds, level, code, on, source, info.plural)

    def declare_kinds(
        self,
        kinds: Sequence[str],
        level: Level,
        code: str,
        on: datetime.date | None = None,
        source: str = "",
        what: str = "",
    ) -> Changes:
        """The same for some kinds of equipment; what: their name in the history. Raises UnknownTerritory."""
        name = self._territory.reference.name(level, code)
        rows = [Declared(kind, level, code, on or today(), source) for kind in kinds]
        return self._store.declare(rows, f"liste complète : {what or kinds_words(kinds)}, {name}")

    def withdraw_whole(self, network: str, level: Level, code: str) -> Changes:
        """Say that the list is no longer whole. Raises UnknownNetwork, UnknownTerritory."""
        info = load_networks()[network_of(network)]
        return self.withdraw_kinds(info.kinds, level, code, info.plural)

    def withdraw_kinds(self, kinds: Sequence[str], level: Level, code: str, what: str = "") -> Changes:
        """The same for some kinds of equipment. Raises UnknownTerritory."""
        name = self._territory.reference.name(level, code)
        return self._store.withdraw(
            kinds, level, code, f"liste partielle : {what or kinds_words(kinds)}, {name}"
        )

    def set_children(self, rule: str, year: int, numbers: dict[str, float], source: str) -> Changes:
        """Keep counts of children typed by hand (Caf or census). Raises BadParameter."""
        return self._store.set_children(rule, year, numbers, source)

    def prefer_children(self, age: int, rule: str | None) -> Changes:
        """Choose which count of children is used. Raises BadParameter."""
        return self._store.prefer_children(age, rule)

    # -- files ----------------------------------------------------------------------------------------

    def export_list(
        self,
        title: str,
        headers: Sequence[str],
        rows: Sequence[Sequence[object]],
        sources: Sequence[tuple[str, str]],
        path: Path,
    ) -> None:
        """Write a list as shown to .csv or .xlsx, with what it rests on. Raises WriteRefused, DiskFull."""
        from app.services.coverage_files import write_list

        write_list(path, title, headers, rows, sources)


def kinds_words(kinds: Sequence[str]) -> str:
    """« Clas, ludothèque »."""
    known = load_kinds()
    return ", ".join(known[kind].label if kind in known else kind for kind in kinds)
