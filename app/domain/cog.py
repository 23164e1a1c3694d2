"""A COG: a tree with explicit parents, whose évaluations are due in a set of years."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.cpog_codes import ActionState


class NodeKind(StrEnum):
    """Levels of a COG; the État has no engagement above some of its actions."""

    AXIS = "axe"
    FICHE = "fiche"
    ENGAGEMENT = "engagement"
    ACTION = "action"
    EVALUATION = "evaluation"


class Actor(StrEnum):
    """Who does it."""

    CAISSE = "CAISSE"
    STATE = "ETAT"


@dataclass(frozen=True, slots=True)
class Cog:
    """A convention between the State and the Cnaf."""

    code: str
    label: str
    starts_on: datetime.date
    ends_on: datetime.date
    delivered: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class CogNode:
    """One node. Codes repeat from a fiche to the next and skip: the key is COG, fiche, actor, code.

    years: empty is a valid state; uncertain: the years were hard to read in the document.
    """

    uuid: str
    cog_code: str
    position: int
    kind: NodeKind
    code: str
    title: str
    parent_uuid: str = ""
    actor: str = ""
    fiche: str = ""
    years: tuple[int, ...] = ()
    uncertain: bool = False
    note: str = ""


def years_of(text: str) -> tuple[int, ...]:
    """Return the set of years of « 2018 2020 », sorted; raises ValueError for what is not a year."""
    return tuple(sorted({int(part) for part in text.split()}))


def is_late(node: CogNode, state: ActionState | None, on: datetime.date) -> bool | None:
    """Tell whether an évaluation is late at a date: its last year is over and it is not done.

    None when nothing can be said: no due year, or uncertain ones. A stopped évaluation is never late.
    """
    if state in {ActionState.DONE, ActionState.ABANDONED, ActionState.DEPROGRAMMED}:
        return False
    if not node.years or node.uncertain:
        return None
    return on > datetime.date(node.years[-1], 12, 31)


def ancestors(node: CogNode, by_uuid: dict[str, CogNode]) -> tuple[CogNode, ...]:
    """Parents from the nearest up, by explicit links only."""
    found: list[CogNode] = []
    parent = by_uuid.get(node.parent_uuid)
    while parent is not None and parent not in found:
        found.append(parent)
        parent = by_uuid.get(parent.parent_uuid)
    return tuple(found)


def due_nodes(nodes: Sequence[CogNode]) -> tuple[CogNode, ...]:
    """Nodes that are due: the ends of the branches, évaluations or lone engagements of the State."""
    parents = {n.parent_uuid for n in nodes}
    return tuple(n for n in nodes if n.uuid not in parents)


def count(nodes: Iterable[CogNode], kind: NodeKind) -> int:
    """Number of nodes of a kind."""
    return sum(n.kind is kind for n in nodes)
