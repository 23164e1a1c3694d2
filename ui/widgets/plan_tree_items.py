"""The plan as lines of a tree: grouped, filtered, moved. No Qt here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from app.domain.action import PARENT_KINDS, NodeKind
from app.domain.french import fold
from ui import labels_plan as labels

if TYPE_CHECKING:
    from app.services.ctg_plan_rows import ActionRow, PlanRow

ACTION = "action"
GROUP = "group"


@dataclass(slots=True)
class Line:
    """One line: a node of the plan, a group, or a fiche; children in the order shown."""

    key: str
    kind: str
    number: str
    title: str
    action: ActionRow | None = None
    parent: Line | None = None
    children: list[Line] = field(default_factory=list)

    @property
    def depth(self) -> int:
        """Levels above it."""
        return 0 if self.parent is None else self.parent.depth + 1

    def add(self, child: Line) -> None:
        """Put a line under this one."""
        child.parent = self
        self.children.append(child)

    def fiches(self) -> int:
        """Fiches under it, itself included."""
        return (self.kind == ACTION) + sum(child.fiches() for child in self.children)


Keep = Callable[[Line], bool]


def lines_of(rows: Sequence[PlanRow], group: str) -> list[Line]:
    """Return the top lines of a plan grouped by « issues », « themes », « pilots » or « dates »."""
    if group == "issues":
        return _by_issue(rows)
    actions = [row.action for row in rows if row.action is not None]
    naming, order = _GROUPINGS[group]
    groups: dict[str, list[ActionRow]] = {}
    for action in sorted(actions, key=order):
        groups.setdefault(naming(action), []).append(action)
    found = []
    for name, held in groups.items():
        line = Line(f"{group}:{name}", GROUP, "", name)
        for action in sorted(held, key=_within) if group == "dates" else held:
            line.add(_fiche(action))
        found.append(line)
    return found


def _by_issue(rows: Sequence[PlanRow]) -> list[Line]:
    lines: dict[str, Line] = {}
    tops: list[Line] = []
    unfiled = Line("", GROUP, "", labels.UNFILED)
    for row in rows:
        fiche = row.action is not None
        line = _fiche(row.action) if row.action else Line(row.uuid, row.kind, row.number, row.title)
        lines[row.uuid] = line
        above = lines.get(row.parent_uuid or "")
        if above is not None:
            above.add(line)
        elif fiche:
            unfiled.add(line)
        else:
            tops.append(line)
    return [*tops, unfiled] if unfiled.children else tops


def _fiche(action: ActionRow) -> Line:
    return Line(action.uuid, ACTION, action.number, action.title, action)


def _within(action: ActionRow) -> tuple[date, str]:
    return (action.ends_on or date.max, action.number)


def _theme_order(action: ActionRow) -> tuple[bool, str]:
    return (not action.theme, fold(labels.theme(action.theme)))


def _pilot(action: ActionRow) -> str:
    """The organisation: functions of one organisation are together."""
    return action.pilot.split(", ", 1)[0] or labels.NO_PILOT


def _pilot_order(action: ActionRow) -> tuple[bool, str]:
    """Fiches without pilot first: they wait for one."""
    return (bool(action.pilot), fold(_pilot(action)))


def _quarter(action: ActionRow) -> str:
    return labels.quarter(action.ends_on) if action.ends_on else labels.NO_DATE


def _date_order(action: ActionRow) -> date:
    return action.ends_on or date.max


_GROUPINGS: dict[str, tuple[Callable[[ActionRow], str], Callable[[ActionRow], tuple[bool, str] | date]]] = {
    "themes": (lambda action: labels.theme(action.theme), _theme_order),
    "pilots": (_pilot, _pilot_order),
    "dates": (_quarter, _date_order),
}


def filtered(tops: Iterable[Line], text: str, hits: Collection[str]) -> list[Line]:
    """Keep fiches whose key is in hits, and all that is under a line whose title holds every word."""
    words = fold(text).split()
    kept = []
    for line in tops:
        if all(word in fold(f"{line.number} {line.title}") for word in words) and line.children:
            kept.append(line)
            continue
        copy = Line(line.key, line.kind, line.number, line.title, line.action)
        for child in filtered(line.children, text, hits):
            copy.add(child)
        if copy.children or line.key in hits:
            kept.append(copy)
    return kept


def walk(tops: Iterable[Line]) -> Iterable[Line]:
    """Every line, from top to bottom."""
    for line in tops:
        yield line
        yield from walk(line.children)


# -- moves -----------------------------------------------------------------------------------------------


def drop_place(moved: Line, parent: Line | None, row: int, tops: Sequence[Line]) -> int:
    """Position among its likes of a line dropped before the row-th child of a parent (-1: at the end)."""
    siblings = list(tops) if parent is None else parent.children
    before = siblings if row < 0 else siblings[:row]
    return sum(1 for line in before if _alike(line, moved) and line.key != moved.key)


def step_place(line: Line, tops: Sequence[Line], step: int) -> tuple[str | None, int] | None:
    """(parent, position) of a line moved one place up (-1) or down (+1); past the end it changes parent."""
    siblings = [one for one in (line.parent.children if line.parent else tops) if _alike(one, line)]
    at = siblings.index(line) + step
    if 0 <= at < len(siblings):
        return (line.parent.key or None) if line.parent else None, at
    parents = _parents_for(line, tops)
    here = next((i for i, one in enumerate(parents) if one is line.parent), None)
    if here is None:
        here = len(parents) if step < 0 else -1
    at = here + step
    if not 0 <= at < len(parents):
        return None
    target = parents[at]
    return target.key or None, 0 if step > 0 else sum(_alike(one, line) for one in target.children)


def _alike(one: Line, other: Line) -> bool:
    """Fiches are ranked among fiches, objectives among objectives; a group has no rank."""
    return one.kind != GROUP and (one.kind == ACTION) == (other.kind == ACTION)


def _parents_for(line: Line, tops: Sequence[Line]) -> list[Line]:
    """Lines that may hold another, in order: the last objectives for a fiche, the same level for one."""
    nodes = [one for one in walk(tops) if one.kind not in (ACTION, GROUP)]
    if line.kind == ACTION:
        return [one for one in nodes if all(child.kind == ACTION for child in one.children)]
    if line.parent is None:
        return []
    allowed = PARENT_KINDS[NodeKind(line.kind)]
    return [one for one in nodes if one.kind == line.parent.kind and NodeKind(one.kind) in allowed]
