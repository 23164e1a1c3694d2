"""What the figures of a network are computed from, and the counts that several networks share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain import french
from app.domain.coverage import Answer, Certainty, Count
from app.domain.coverage_cells import NOTHING, REGISTER, Cell, of_count
from app.domain.coverage_knowledge import Pair, is_effective
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.domain.children import ChildrenChoice
    from app.domain.coverage_ground import Area, Ground
    from app.domain.coverage_knowledge import Evidence, Knowledge
    from app.domain.coverage_reach import Reach
    from app.domain.register import Childminders, Equipment


@dataclass(frozen=True)
class Scene:
    """All that the figures of a network are computed from.

    children, children_6: under 3 and under 6. rpe_population: inhabitants above which a commune needs a Rpe;
    licence_months: delay of the alert on the end of agréments.
    """

    level: Level
    evidence: Evidence
    knowledges: tuple[Knowledge, ...]
    ground: Ground
    reach: Reach
    effective: bool
    children: ChildrenChoice
    children_6: ChildrenChoice
    rpe_population: float
    licence_months: float

    @property
    def year(self) -> int:
        """Year of the day the register is read."""
        return self.evidence.on.year


def count_cell(scene: Scene, area: Area, count: Count) -> Cell:
    pairs = scene.reach.pairs(area.members)
    return of_count(count, fictitious=any(equipment.fictitious for _, equipment in pairs))


def children_cell(choice: ChildrenChoice, code: str) -> Cell:
    """Children of a territory, with the rule that counted them."""
    number = choice.number(code)
    if number is None or choice.rule is None:
        return NOTHING
    return Cell(
        number, Certainty.EXACT, choice.rule.label, choice.year, choice.estimated, False, (choice.rule.label,)
    )


def places_of_equipment(equipment: Equipment, *, effective: bool) -> int | None:
    """Places of one structure: of its agrément, or really open; None when not known."""
    if not effective:
        return equipment.licensed
    if not is_effective(equipment):
        return 0
    return None if equipment.opened_unknown else equipment.opened


def places_cell(scene: Scene, area: Area) -> Cell:
    """Places of the structures named in a territory; exact if all are named and say their places."""
    pairs = [pair for knowledge in scene.knowledges for pair in knowledge.named(area.members)]
    nominal = [knowledge.count(area, scene.level) for knowledge in scene.knowledges]
    whole = all(one.certainty is Certainty.EXACT for one in nominal)
    whole = whole and sum(one.number or 0 for one in nominal) <= len(pairs)
    known = [places_of_equipment(equipment, effective=scene.effective) for _, equipment in pairs]
    return _summed(scene, pairs, known, whole=whole)


def _summed(scene: Scene, pairs: Iterable[Pair], numbers: Iterable[float | None], *, whole: bool) -> Cell:
    """Sum of what named structures say; exact if the list is whole and all of them say it."""
    equipment = [item for _, item in pairs]
    told = list(numbers)
    known = [number for number in told if number is not None]
    exact = whole and len(known) == len(told)
    total = float(sum(known))
    if not exact and total <= 0:
        return NOTHING
    words = " + ".join(french.number(number, 0 if float(number).is_integer() else 1) for number in known)
    return Cell(
        total,
        Certainty.EXACT if exact else Certainty.AT_LEAST,
        f"{words or '0'} (registre)",
        scene.year,
        False,
        any(item.fictitious for item in equipment),
        _origins(equipment),
    )


def _origins(equipment: Iterable[Equipment]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.source or REGISTER for item in equipment)) or (REGISTER,)


def childminder_cell(scene: Scene, area: Area, what: str) -> Cell:
    """Places, or people (active, else licensed), of the childminders of a territory, latest year known."""
    rows = scene.evidence.alive.childminders
    own = [row for row in rows if (row.level, row.code) == (scene.level, area.code)]
    if own:
        return _minders(own, what, whole=True)
    by_commune = {row.code: row for row in rows if row.level is Level.COMMUNE}
    inside = [by_commune[code] for code in area.members if code in by_commune]
    return _minders(inside, what, whole=len(inside) == len(area.members) > 0)


def _minders(rows: list[Childminders], what: str, *, whole: bool) -> Cell:
    numbers = [row.places if what == "places" else _people(row) for row in rows]
    known = [number for number in numbers if number is not None]
    exact = whole and len(known) == len(numbers)
    if not known or (not exact and sum(known) <= 0):
        return NOTHING
    origins = tuple(dict.fromkeys(row.source or REGISTER for row in rows))
    return Cell(
        float(sum(known)),
        Certainty.EXACT if exact else Certainty.AT_LEAST,
        f"{sum(known)} (registre)",
        max(row.year for row in rows),
        False,
        any(row.fictitious for row in rows),
        origins,
    )


def _people(row: Childminders) -> int | None:
    return row.active if row.active is not None else row.licensed


def fte_cell(scene: Scene, area: Area, count: Count) -> Cell:
    """ETP of the services named in a territory."""
    pairs = scene.reach.pairs(area.members)
    whole = count.certainty is Certainty.EXACT and (count.number or 0) <= len(pairs)
    return _summed(scene, pairs, [equipment.fte for _, equipment in pairs], whole=whole)


def tally(answers: list[Answer], total: int, year: int) -> Cell:
    """How many are without: exact when each answer is known, a lower bound above zero otherwise."""
    without = answers.count(Answer.NO)
    if answers.count(Answer.UNKNOWN) or len(answers) < total:
        return Cell(float(without), Certainty.AT_LEAST, "", year) if without else NOTHING
    return Cell(float(without), Certainty.EXACT, f"{without} sur {total}", year)
