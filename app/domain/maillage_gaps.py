"""Apply a rule of maillage to territories: where it is met, where it is not, where nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.domain.coverage import Answer, Basis, Certainty, Count
from app.domain.coverage_knowledge import Knowledge
from app.domain.coverage_lists import Counted, load_networks
from app.domain.coverage_reach import places_of
from app.domain.coverage_scene import childminder_cell, fte_cell
from app.domain.maillage import ZONED, Condition, Gap, GapCertainty, Measure, Rule
from app.domain.maillage_words import draft_of, reason_of

if TYPE_CHECKING:
    from app.domain.coverage_ground import Area
    from app.domain.coverage_knowledge import Evidence, Pair
    from app.domain.coverage_scene import Scene


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule applied: answers by territory tested, in order, and the gaps.

    outside: territories that the condition leaves out. blocked: code of what lacks to apply the rule at all,
    empty otherwise (« zones » when no zone of that kind is in the base).
    """

    rule: Rule
    answers: tuple[tuple[str, Answer], ...] = ()
    gaps: tuple[Gap, ...] = ()
    outside: int = 0
    blocked: str = ""

    def count(self, answer: Answer) -> int:
        """Territories with that answer."""
        return sum(one is answer for _, one in self.answers)


@dataclass(frozen=True)
class Terms:
    """Numbers of the dated parameters, used when a rule has none, and what places a territory."""

    population: float
    rural: float
    ratio: float
    departement_of: Mapping[str, str]
    """Département of each territory of the rule."""
    epci_of: Mapping[str, str] = field(default_factory=dict)
    """Epci of each commune."""

    def complete(self, rule: Rule) -> Rule:
        """The rule with every number it needs."""
        threshold, ratio = rule.threshold, rule.ratio
        if threshold is None and rule.condition is Condition.POPULATION:
            threshold = self.population
        if threshold is None and rule.condition is Condition.RURAL:
            threshold = self.rural
        if ratio is None and rule.measure is Measure.FTE:
            ratio = self.ratio
        return replace(rule, threshold=threshold, ratio=ratio)


def counted_groups(kinds: Iterable[str]) -> tuple[Counted, ...]:
    """Kinds of a rule by groups counted together; a part of a group has no series that counts it."""
    left = list(dict.fromkeys(kinds))
    groups = []
    for network in load_networks().values():
        for group in network.counted:
            if set(group.kinds) <= set(left):
                groups.append(group)
                left = [kind for kind in left if kind not in group.kinds]
    return (*groups, *(Counted((kind,), ()) for kind in left))


def apply_rule(rule: Rule, scene: Scene, terms: Terms) -> RuleResult:
    """Test the rule on each area of the ground of the scene, whose knowledges are those of its kinds."""
    rule = terms.complete(rule)
    if rule.condition in ZONED and not _zones(rule, scene):
        return RuleResult(rule, blocked="zones")
    tested = [area for area in scene.ground.areas if _meets(rule, scene, area)]
    judge = _Judge(rule, scene)
    answers, gaps = [], []
    for area in tested:
        needed, found = judge.needed(area), judge.found(area)
        answer = _answer(needed, found)
        answers.append((area.code, answer))
        if answer is not Answer.YES:
            gaps.append(_gap(rule, scene, terms, area, needed, found))
    return RuleResult(rule, tuple(answers), tuple(gaps), len(scene.ground.areas) - len(tested))


def _answer(needed: float | None, found: Count) -> Answer:
    """Met as soon as enough is known; missing only when what is there is known exactly."""
    if needed is None:
        return Answer.UNKNOWN
    if found.number is not None and found.number >= needed:
        return Answer.YES
    return Answer.NO if found.certainty is Certainty.EXACT else Answer.UNKNOWN


def _zones(rule: Rule, scene: Scene) -> list[frozenset[str]]:
    zones = [zone for zone in scene.evidence.alive.zones if zone.kind == rule.condition.value]
    return [frozenset((*zone.communes, *zone.partial)) for zone in zones]


def _meets(rule: Rule, scene: Scene, area: Area) -> bool:
    """Does the condition of the rule hold there?"""
    limit = rule.threshold or 0.0
    if rule.condition is Condition.ALL:
        return True
    if rule.condition is Condition.POPULATION:
        return (scene.ground.population(area.members) or 0) > limit
    if rule.condition is Condition.RURAL:
        return all((scene.ground.inhabitants(code) or 0) <= limit for code in area.members)
    return any(zone.intersection(area.members) for zone in _zones(rule, scene))


class _Judge:
    """What a rule needs, and what is found, in one territory."""

    def __init__(self, rule: Rule, scene: Scene) -> None:
        self._rule = rule
        self._scene = scene
        self._found: Callable[[Area], Count] = {
            Measure.STRUCTURES: self._structures,
            Measure.POINTS: self._points,
            Measure.HOURS: self._hours,
            Measure.FTE: self._fte,
        }[rule.measure]

    def needed(self, area: Area) -> float | None:
        """Number needed; None when it depends on childminders that nobody counted."""
        if self._rule.measure is not Measure.FTE:
            return self._rule.minimum
        minders = childminder_cell(self._scene, area, "people")
        if minders.number is None or minders.certainty is not Certainty.EXACT:
            return None
        return minders.number / (self._rule.ratio or 1.0)

    def found(self, area: Area) -> Count:
        """Number found."""
        return self._found(area)

    def _structures(self, area: Area) -> Count:
        if self._rule.itinerant is None:
            return self._scene.reach.count(area, self._scene.level)
        pairs = [pair for pair in self._scene.reach.pairs(area.members) if self._wanted(pair)]
        return self._named(area, len(pairs))

    def _points(self, area: Area) -> Count:
        members = frozenset(area.members)
        pairs = [pair for pair in self._scene.reach.everything if self._wanted(pair)]
        points = sum(place[0] in members for pair in pairs for place in places_of(*pair))
        served = sum(bool(members.intersection(equipment.served)) for _, equipment in pairs)
        return self._named(area, max(points, served))

    def _wanted(self, pair: Pair) -> bool:
        wanted = self._rule.itinerant
        return wanted is None or pair[1].itinerant is wanted

    def _named(self, area: Area, number: int) -> Count:
        """A number of named services; exact where the list is whole and each says whether it travels."""
        pairs = self._scene.reach.pairs(area.members)
        whole = bool(area.members) and all(self._scene.reach.is_whole(code) for code in area.members)
        clear = self._rule.itinerant is None or all(equipment.itinerant is not None for _, equipment in pairs)
        if whole and clear:
            year = self._scene.year
            return Count(float(number), Certainty.EXACT, Basis.REGISTER, year, "registre")
        if not number:
            return Count()
        return Count(float(number), Certainty.AT_LEAST, Basis.REGISTER, self._scene.year, "registre")

    def _hours(self, area: Area) -> Count:
        count = self._scene.reach.count(area, self._scene.level)
        hours, certainty = self._scene.reach.hours(area.members, count)
        if hours is None:
            return Count()
        return Count(hours, certainty, Basis.REGISTER, self._scene.year, "registre")

    def _fte(self, area: Area) -> Count:
        cell = fte_cell(self._scene, area, self._scene.reach.count(area, self._scene.level))
        if cell.number is None:
            return Count()
        return Count(cell.number, cell.certainty, Basis.REGISTER, self._scene.year, "registre")


def _gap(rule: Rule, scene: Scene, terms: Terms, area: Area, needed: float | None, found: Count) -> Gap:
    missing = needed is not None and found.certainty is Certainty.EXACT
    certainty = GapCertainty.MISSING if missing else GapCertainty.UNKNOWN
    reason = reason_of(rule, area, needed, found, certainty)
    return Gap(
        rule=rule,
        level=scene.level,
        code=area.code,
        name=area.name,
        code_departement=terms.departement_of.get(area.code, ""),
        needed=needed,
        found=found.number,
        certainty=certainty,
        reason=reason,
        population=scene.ground.population(area.members),
        count=found,
        draft=draft_of(rule, scene.level, area, found, reason, terms.epci_of),
    )


def knowledges_of(rule: Rule, evidence: Evidence) -> tuple[Knowledge, ...]:
    """Knowledge of each group of kinds of a rule."""
    return tuple(Knowledge(evidence, group) for group in counted_groups(rule.kinds))
