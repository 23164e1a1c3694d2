"""Which communes and territories are covered, in the chosen meaning: yes, no, or not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from app.domain.coverage import Answer, Certainty, Count, Criterion, Meaning, Share, share_of
from app.domain.coverage_ground import Area, Ground
from app.domain.coverage_knowledge import Knowledge, Pair, add_counts, is_effective
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.domain.register import Equipment, Site

Place = tuple[str, float | None, float | None]
"""Commune, longitude, latitude."""


class Reach:
    """Answers for every commune of the ground, with the nominal or the effective offer."""

    def __init__(
        self, knowledges: Sequence[Knowledge], ground: Ground, criterion: Criterion, *, effective: bool
    ) -> None:
        self._knowledges = knowledges
        self._ground = ground
        self._criterion = criterion
        self._effective = effective

    # -- counts -------------------------------------------------------------------------------------

    def count(self, area: Area, level: Level) -> Count:
        """Structures of a territory, all kinds of the network added."""
        counts = [knowledge.count(area, level) for knowledge in self._knowledges]
        if self._effective:
            pairs = zip(self._knowledges, counts, strict=True)
            counts = [knowledge.effective(area, count) for knowledge, count in pairs]
        return add_counts(counts)

    @cached_property
    def counts(self) -> dict[str, Count]:
        """Structures of each commune."""
        return {
            commune.code: self.count(Area(commune.code, commune.name, (commune.code,)), Level.COMMUNE)
            for commune in self._ground.communes
        }

    def pairs(self, members: Iterable[str]) -> list[Pair]:
        """Named equipment that counts, in some communes."""
        codes = tuple(members)
        found = [pair for knowledge in self._knowledges for pair in knowledge.named(codes)]
        return [pair for pair in found if is_effective(pair[1])] if self._effective else found

    @cached_property
    def everything(self) -> list[Pair]:
        """Named equipment that counts, anywhere on the ground and around."""
        return self.pairs(self._ground.by_code)

    def is_whole(self, code: str) -> bool:
        """True if the register lists everything of the network in that commune."""
        return all(code in knowledge.whole for knowledge in self._knowledges)

    # -- communes -----------------------------------------------------------------------------------

    @cached_property
    def communes(self) -> dict[str, Answer]:
        """Answer for each commune of the ground."""
        answer = {
            Meaning.STRUCTURE: self._by_structure,
            Meaning.POINT: self._by_point,
            Meaning.HOURS: self._by_hours,
            Meaning.DISTANCE: self._by_distance,
        }[self._criterion.meaning]
        return answer()

    def _by_structure(self) -> dict[str, Answer]:
        return {code: count.answer for code, count in self.counts.items()}

    @cached_property
    def served(self) -> dict[str, Answer]:
        """Is a commune served: a structure, a point, or a commune named by a service?

        A no needs a whole list, and services that say where they go: a structure of the same Epci that names
        neither points nor communes, and is not known to stay at home, leaves the question open.
        """
        yes = {place[0] for pair in self.everything for place in places_of(*pair)}
        yes |= {code for _, equipment in self.everything for code in equipment.served}
        yes |= {code for code, count in self.counts.items() if count.answer is Answer.YES}
        vague = {self._epci(site.code_commune) for site, equipment in self.everything if _is_vague(equipment)}
        return {code: self._served(code, yes, vague) for code in self.counts}

    def _served(self, code: str, yes: set[str], vague: set[str]) -> Answer:
        if code in yes:
            return Answer.YES
        return Answer.NO if self.is_whole(code) and self._epci(code) not in vague else Answer.UNKNOWN

    def _epci(self, code: str) -> str:
        return self._ground.epci_of.get(code, code)

    def _by_point(self) -> dict[str, Answer]:
        return self.served

    def _by_hours(self) -> dict[str, Answer]:
        return {code: self._hours_answer((code,), count) for code, count in self.counts.items()}

    def _hours_answer(self, members: tuple[str, ...], count: Count) -> Answer:
        total, certainty = self.hours(members, count)
        if total is not None and total >= self._criterion.hours:
            return Answer.YES
        return Answer.NO if certainty is Certainty.EXACT else Answer.UNKNOWN

    def hours(self, members: tuple[str, ...], count: Count) -> tuple[float | None, Certainty]:
        """Opening hours a year in some communes; exact if every structure is named with its hours."""
        known = [hours_in(pair, frozenset(members)) for pair in self.everything]
        here = [hours for hours in known if hours is not None and hours > 0]
        pairs = self.pairs(members)
        named = [equipment_hours(equipment) for _, equipment in pairs]
        whole = count.certainty is Certainty.EXACT and (count.number or 0) <= len(pairs)
        if whole and all(hours is not None for hours in named):
            return float(sum(here)), Certainty.EXACT
        return (float(sum(here)), Certainty.AT_LEAST) if here else (None, Certainty.UNKNOWN)

    def _by_distance(self) -> dict[str, Answer]:
        near = self._ground.near(self._locations(), self._criterion.crow_km)
        exact = {code for code, count in self.counts.items() if count.certainty is Certainty.EXACT}
        far = self._ground.surrounded(tuple(self.counts), frozenset(exact), self._criterion.crow_km)
        return {
            code: Answer.YES if code in near else Answer.NO if code in far else Answer.UNKNOWN
            for code in self.counts
        }

    def _locations(self) -> list[tuple[float, float]]:
        places: list[Place] = [place for pair in self.everything for place in places_of(*pair)]
        places += [(code, None, None) for code, count in self.counts.items() if count.answer is Answer.YES]
        located = []
        for code, lon, lat in places:
            point = (lon, lat) if lon is not None and lat is not None else self._ground.centre(code)
            if point is not None:
                located.append(point)
        return located

    # -- territories --------------------------------------------------------------------------------

    def shares(self, area: Area) -> tuple[Share, Share]:
        """Share of the communes and share of the inhabitants of a territory, for the chosen meaning."""
        return self._shares(area, self.communes)

    def served_shares(self, area: Area) -> tuple[Share, Share]:
        """The same for communes served, whatever the chosen meaning.

        Where a service stands does not tell where it goes: without any service that names its points or its
        communes, and without a whole list, everything is unknown.
        """
        told = any(equipment.points or equipment.served for _, equipment in self.pairs(area.members))
        if told or all(self.is_whole(code) for code in area.members):
            return self._shares(area, self.served)
        return self._shares(area, {})

    def _shares(self, area: Area, answers: Mapping[str, Answer]) -> tuple[Share, Share]:
        told = [(answers.get(code, Answer.UNKNOWN), code) for code in area.members]
        communes = share_of((answer, 1.0) for answer, _ in told)
        return communes, share_of((answer, self._ground.inhabitants(code)) for answer, code in told)

    def answer(self, area: Area, count: Count) -> Answer:
        """Is a territory covered? By distance, when the majority of its inhabitants is."""
        meaning = self._criterion.meaning
        if meaning is Meaning.STRUCTURE:
            return count.answer
        if meaning is Meaning.HOURS:
            return self._hours_answer(area.members, count)
        if meaning is Meaning.POINT:
            return _any_of(self.served.get(code, Answer.UNKNOWN) for code in area.members)
        return self._majority(self.shares(area)[1])

    def _majority(self, people: Share) -> Answer:
        if people.low is None or people.high is None:
            return Answer.UNKNOWN
        if people.low >= self._criterion.majority:
            return Answer.YES
        return Answer.NO if people.high < self._criterion.majority else Answer.UNKNOWN


def places_of(site: Site, equipment: Equipment) -> list[Place]:
    """Where a service receives: its points, else its site."""
    if equipment.points:
        return [(point.code_commune, point.lon, point.lat) for point in equipment.points]
    return [(site.code_commune, site.lon, site.lat)]


def equipment_hours(equipment: Equipment) -> float | None:
    """Opening hours a year of a service: its own, else those of its points if all say them."""
    if equipment.hours_per_year is not None:
        return equipment.hours_per_year
    hours = [point.hours_per_year for point in equipment.points]
    known = [hour for hour in hours if hour is not None]
    return sum(known) if known and len(known) == len(hours) else None


def hours_in(pair: Pair, members: frozenset[str]) -> float | None:
    """Hours that a service opens in some communes, by its points when they say them, else where it sits."""
    site, equipment = pair
    pointed = [point.hours_per_year for point in equipment.points if point.code_commune in members]
    if any(point.hours_per_year is not None for point in equipment.points):
        known = [hours for hours in pointed if hours is not None]
        return sum(known) if known else None
    return equipment_hours(equipment) if site.code_commune in members else None


def _is_vague(equipment: Equipment) -> bool:
    """True if nothing says where the service goes."""
    return equipment.itinerant is not False and not equipment.points and not equipment.served


def _any_of(answers: Iterable[Answer]) -> Answer:
    told = set(answers)
    if Answer.YES in told:
        return Answer.YES
    return Answer.NO if told == {Answer.NO} else Answer.UNKNOWN
