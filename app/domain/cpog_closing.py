"""Close a year, and say what a later version changed in it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.cpog import Contract, CpogIndicator
from app.domain.cpog_codes import ActionState
from app.domain.cpog_points import Actual, Period, Target
from app.domain.cpog_units import unit_of
from app.domain.french import value_text
from app.domain.indicator import ValueState
from app.domain.trajectory import current, standing, target_in_force


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs between two versions of a year."""

    indicator_uuid: str
    indicator: str
    what: str
    before: str
    after: str


def unexplained(contract: Contract, year: int, on: datetime.date) -> tuple[CpogIndicator, ...]:
    """Indicators away from their target that year, whose gap nobody explained."""
    explained = {gap.indicator_uuid for gap in contract.gaps if gap.year == year and not gap.quarter}
    return tuple(
        indicator
        for indicator in contract.indicators
        if indicator.uuid not in explained and standing(contract, indicator, Period(year), on).adverse
    )


def differences(before: Contract, after: Contract, year: int) -> tuple[Difference, ...]:
    """What changed about one year: values, targets, gaps, comments, and states of actions."""
    found = [d for uuid in _uuids(before, after) for d in _of_indicator(before, after, uuid, year)]
    return (*found, *_of_actions(before, after, year))


def _uuids(before: Contract, after: Contract) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*(i.uuid for i in before.indicators), *(i.uuid for i in after.indicators)]))


def _of_indicator(before: Contract, after: Contract, uuid: str, year: int) -> Iterator[Difference]:
    indicator = after.by_uuid.get(uuid) or before.by_uuid[uuid]
    one, two = _said(before, indicator, year), _said(after, indicator, year)
    for what in dict.fromkeys([*one, *two]):
        if one.get(what, "") != two.get(what, ""):
            yield Difference(uuid, indicator.name, what, one.get(what, ""), two.get(what, ""))


def _said(contract: Contract, indicator: CpogIndicator, year: int) -> dict[str, str]:
    """Everything that a bilan says of an indicator for one year, by name."""
    said: dict[str, str] = {}
    for quarter in (1, 2, 3, 4, 0):
        period = Period(year, quarter)
        value = current(contract.values_of.get(indicator.uuid, ()), period)
        target = target_in_force(contract.targets_of.get(indicator.uuid, ()), period)
        if value is not None:
            said[f"Réalisé {period.label}"] = _text(value, indicator)
        if target is not None:
            said[f"Cible {period.label}"] = _text(target, indicator)
    for gap in contract.gaps:
        if gap.indicator_uuid == indicator.uuid and gap.year == year:
            said[f"Écart {gap.period.label}"] = f"{gap.cause} ({gap.origin.value})"
    for comment in contract.comments:
        if comment.indicator_uuid == indicator.uuid and comment.year == year:
            said["Commentaire"] = comment.text
    return said


def _text(item: Actual | Target, indicator: CpogIndicator) -> str:
    decimals = 0 if item.number is not None and float(item.number).is_integer() else indicator.decimals
    text = value_text(item.number, ValueState(item.state), decimals)
    return text + unit_of(indicator.unit).suffix if ValueState(item.state).is_known else text


def _of_actions(before: Contract, after: Contract, year: int) -> list[Difference]:
    """States that changed; one observed after the year says nothing of that year."""
    old = {e.uuid: e for e in before.engagements}
    return [
        Difference("", e.title, "État de l’action", _state(old[e.uuid].state), _state(e.state))
        for e in after.engagements
        if e.uuid in old
        and old[e.uuid].state != e.state
        and (e.observed_on is None or e.observed_on.year <= year)
    ]


STATE_WORDS: dict[str, str] = {
    "": "non suivie",
    ActionState.TO_START: "à lancer",
    ActionState.RUNNING: "en cours",
    ActionState.DONE: "réalisée",
    ActionState.POSTPONED: "reportée",
    ActionState.DEPROGRAMMED: "déprogrammée",
    ActionState.ABANDONED: "abandonnée",
    ActionState.CONDITIONED: "conditionnée",
}


def _state(code: str) -> str:
    return STATE_WORDS.get(code, code)
