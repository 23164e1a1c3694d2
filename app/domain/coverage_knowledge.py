"""How many structures a territory has, and how surely: the register, counts by commune, known totals.

A list of named equipment is rarely whole. Nothing named is therefore « not known », never « none », unless
something proves that the list is whole there: the user says so, or a known total is reached, or the counts
by commune of the national base say it. A total of a département is never spread over its Epci.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from app.domain.coverage import Basis, Certainty, Count
from app.domain.register import Status
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.domain.coverage_ground import Area
    from app.domain.coverage_lists import Counted
    from app.domain.register import Equipment, KnownTotal, Register, Site

Pair = tuple["Site", "Equipment"]


@dataclass(frozen=True, slots=True)
class Declared:
    """The user says that the register lists everything of a kind in a territory, since a date."""

    kind: str
    level: Level
    code: str
    on: datetime.date
    source: str = ""


@dataclass(frozen=True)
class Evidence:
    """Everything that is known, whatever the network.

    register: unfiltered. counts: structures by commune, by indicator; communes not read are absent.
    counts_year: year of these counts. members: communes of a wider territory, for totals and declarations.
    """

    register: Register
    on: datetime.date
    counts: Mapping[str, Mapping[str, float]]
    counts_year: int | None
    counts_source: str
    declared: tuple[Declared, ...]
    members: Mapping[tuple[Level, str], tuple[str, ...]]

    @cached_property
    def alive(self) -> Register:
        """The register as it was on the day."""
        return self.register.at(self.on)


class Knowledge:
    """Answers about one group of kinds counted together."""

    def __init__(self, evidence: Evidence, group: Counted) -> None:
        self._evidence = evidence
        self.group = group
        self._alive = _by_commune(evidence.alive.pairs(*group.kinds))
        self._all = _by_commune(evidence.register.pairs(*group.kinds))

    # -- what is named ------------------------------------------------------------------------------

    def named(self, members: Iterable[str]) -> list[Pair]:
        """Equipment of the register that lives on the day in these communes."""
        return [pair for code in members for pair in self._alive.get(code, ())]

    # -- where the list is whole --------------------------------------------------------------------

    @cached_property
    def whole(self) -> dict[str, str]:
        """Communes where the register lists everything, with the reason: « declare » or « total »."""
        found: dict[str, str] = {}
        for level, code in self._declared_areas():
            found.update(dict.fromkeys(self.communes_of(level, code), "declare"))
        for level, code in self._reached_totals():
            for commune in self.communes_of(level, code):
                found.setdefault(commune, "total")
        return found

    def communes_of(self, level: Level, code: str) -> tuple[str, ...]:
        """Communes of a territory of the scope; empty if it is not known."""
        return (code,) if level is Level.COMMUNE else self._evidence.members.get((level, code), ())

    def _declared_areas(self) -> list[tuple[Level, str]]:
        kinds: dict[tuple[Level, str], set[str]] = {}
        for declared in self._evidence.declared:
            if declared.on <= self._evidence.on:
                kinds.setdefault((declared.level, declared.code), set()).add(declared.kind)
        return [area for area, said in kinds.items() if said >= set(self.group.kinds)]

    def totals(self) -> tuple[KnownTotal, ...]:
        """Latest totals known on the day for these kinds, whatever the territory."""
        return tuple(total for total in self._evidence.alive.totals if total.kind in self.group.kinds)

    def _reached_totals(self) -> list[tuple[Level, str]]:
        by_area: dict[tuple[Level, str], list[KnownTotal]] = {}
        for total in self.totals():
            by_area.setdefault((total.level, total.code), []).append(total)
        return [
            area
            for area, totals in by_area.items()
            if {total.kind for total in totals} >= set(self.group.kinds)
            and all(self.is_reached(total) for total in totals)
        ]

    def is_reached(self, total: KnownTotal) -> bool:
        """True if the register names as many as the total, on the last day of its year or now."""
        communes = self.communes_of(total.level, total.code)
        if not communes:
            return False
        end = min(datetime.date(total.year, 12, 31), self._evidence.on)
        kinds = {total.kind}
        pairs = [pair for code in communes for pair in self._all.get(code, ()) if pair[1].kind in kinds]
        then = sum(equipment.lives(end) for _, equipment in pairs)
        now = sum(equipment.lives(self._evidence.on) for _, equipment in pairs)
        return max(then, now) >= total.count

    # -- counts -------------------------------------------------------------------------------------

    def listed(self, code: str) -> float | None:
        """Structures that the counts by commune give to a commune, None if one of the series lacks it."""
        numbers = [self._evidence.counts.get(name, {}).get(code) for name in self.group.indicators]
        known = [number for number in numbers if number is not None]
        return sum(known) if known and len(known) == len(numbers) else None

    def count(self, area: Area, level: Level) -> Count:
        """Structures of a territory, from the best evidence."""
        named = len(self.named(area.members))
        if area.members and all(code in self.whole for code in area.members):
            return self._counted(named, area)
        listed = [self.listed(code) for code in area.members]
        held = [number for number in listed if number is not None]
        whole_list = bool(listed) and len(held) == len(listed)
        if whole_list and sum(held) >= named:
            return self._indicated(sum(held), Certainty.EXACT)
        total = self._own_total(area, level)
        if total is not None and not whole_list and total.count >= named:
            source = f"total connu en {total.year}"
            return Count(float(total.count), Certainty.EXACT, Basis.TOTAL, total.year, source)
        return self._at_least(named, sum(held))

    def _counted(self, named: int, area: Area) -> Count:
        """What is named, where the list is whole, with what proves it."""
        reasons = {self.whole[code] for code in area.members}
        proof = "liste déclarée complète" if reasons == {"declare"} else "total connu atteint"
        year = self._evidence.on.year
        return Count(float(named), Certainty.EXACT, Basis.REGISTER, year, f"registre, {proof}")

    def _own_total(self, area: Area, level: Level) -> KnownTotal | None:
        """The total of that very territory, when the group has one kind only."""
        own = [total for total in self.totals() if (total.level, total.code) == (level, area.code)]
        return own[0] if len(self.group.kinds) == 1 and own else None

    def _indicated(self, number: float, certainty: Certainty) -> Count:
        evidence = self._evidence
        return Count(float(number), certainty, Basis.INDICATOR, evidence.counts_year, evidence.counts_source)

    def _at_least(self, named: int, listed: float) -> Count:
        if max(named, listed) <= 0:
            return Count()
        if listed > named:
            return self._indicated(listed, Certainty.AT_LEAST)
        return Count(float(named), Certainty.AT_LEAST, Basis.REGISTER, self._evidence.on.year, "registre")

    def effective(self, area: Area, nominal: Count) -> Count:
        """Structures really open: those named that are suspended or without an open place are taken off.

        From a count without names, what is known to be suspended, or closed since, is taken off, and the
        result is an estimate: others may be closed without the base knowing.
        """
        if nominal.number is None:
            return nominal
        stopped = sum(not is_effective(equipment) for _, equipment in self.named(area.members))
        if nominal.basis is not Basis.REGISTER:
            stopped += self._closed_since(area.members, nominal.year)
        left = max(nominal.number - stopped, 0.0)
        if left == 0 and nominal.certainty is Certainty.AT_LEAST:
            return Count()  # « au moins 0 » says nothing
        return replace(nominal, number=left, estimated=nominal.basis is not Basis.REGISTER)

    def _closed_since(self, members: Sequence[str], year: int | None) -> int:
        """Named structures that lived at the end of the year of the count and are closed on the day."""
        if year is None:
            return 0
        end = datetime.date(year, 12, 31)
        pairs = [pair for code in members for pair in self._all.get(code, ())]
        return sum(
            equipment.closed_on is not None
            and equipment.lives(end)
            and not equipment.lives(self._evidence.on)
            for _, equipment in pairs
        )


def is_effective(equipment: Equipment) -> bool:
    """True if it really receives: open, and not with every place known to be closed."""
    if equipment.status is not Status.OPEN:
        return False
    return not (equipment.opened == 0 and equipment.opened_unknown == 0)


def _by_commune(pairs: Iterable[Pair]) -> dict[str, list[Pair]]:
    found: dict[str, list[Pair]] = {}
    for site, equipment in pairs:
        found.setdefault(site.code_commune, []).append((site, equipment))
    return found


def add_counts(counts: Sequence[Count]) -> Count:
    """Counts of kinds counted apart, added: exact only if all are, unknown if nothing above zero is known."""
    if len(counts) == 1:
        return counts[0]
    number = sum(count.number or 0.0 for count in counts)
    exact = all(count.certainty is Certainty.EXACT for count in counts)
    if not exact and number <= 0:
        return Count()
    first = next((count for count in counts if count.number), counts[0])
    certainty = Certainty.EXACT if exact else Certainty.AT_LEAST
    sources = ", ".join(dict.fromkeys(count.source for count in counts if count.source))
    estimated = any(count.estimated for count in counts)
    return Count(number, certainty, first.basis, first.year, sources, estimated)
