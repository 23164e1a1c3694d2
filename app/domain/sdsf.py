"""SDSF: stages, the tree axis → objective → action, and who fills a line of the common sheet. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.sdsf_errors import ForbiddenStage, WrongParent

LONGEST_YEARS = 6
SHEET_DEADLINE = (3, 31)
"""Month and day before which the sheet of the year before goes to the comité départemental."""


class Stage(StrEnum):
    """Where a scheme stands."""

    UNKNOWN = "inconnu"
    PREPARED = "preparation"
    RUNNING = "en_cours"
    EVALUATION = "evaluation"
    RENEWED = "renouvele"
    EXPIRED = "echu"


NEXT_STAGES: Mapping[Stage, frozenset[Stage]] = {
    Stage.UNKNOWN: frozenset(Stage) - {Stage.UNKNOWN},
    Stage.PREPARED: frozenset({Stage.RUNNING}),
    Stage.RUNNING: frozenset({Stage.EVALUATION, Stage.EXPIRED}),
    Stage.EVALUATION: frozenset({Stage.RENEWED, Stage.EXPIRED}),
    Stage.RENEWED: frozenset(),
    Stage.EXPIRED: frozenset({Stage.RENEWED}),
}


FOLLOWED: tuple[Stage, ...] = (
    Stage.RUNNING, Stage.EVALUATION, Stage.PREPARED, Stage.UNKNOWN, Stage.EXPIRED, Stage.RENEWED,
)  # fmt: skip
"""Stages of the scheme that a département follows, the first one found."""


def followed(schemes: Iterable[tuple[str, Stage, str]]) -> str:
    """Return the key of the scheme followed among (key, stage, start as ISO); the latest of its stage."""
    found = max(schemes, key=lambda row: (-FOLLOWED.index(row[1]), row[2]), default=None)
    return found[0] if found else ""


class NodeKind(StrEnum):
    """Levels of the tree, from the top."""

    AXIS = "axis"
    OBJECTIVE = "objective"
    ACTION = "action"


PARENT_OF: Mapping[NodeKind, NodeKind | None] = {
    NodeKind.AXIS: None,
    NodeKind.OBJECTIVE: NodeKind.AXIS,
    NodeKind.ACTION: NodeKind.OBJECTIVE,
}


class FilledBy(StrEnum):
    """Who gives a line of the common sheet."""

    NOBODY = ""
    CNAF = "cnaf"
    DREES = "drees"
    LOCAL = "local"


def next_stage(current: Stage, asked: Stage) -> Stage:
    """Return asked if a scheme may pass to it. Raises ForbiddenStage."""
    if asked not in NEXT_STAGES[current]:
        raise ForbiddenStage(current=current.value, asked=asked.value)
    return asked


def next_period(ends_on: date) -> tuple[date, date]:
    """Return first and last day of the longest scheme that follows one ending at a date."""
    start = ends_on + timedelta(days=1)
    day = 28 if (start.month, start.day) == (2, 29) else start.day
    return start, date(start.year + LONGEST_YEARS, start.month, day) - timedelta(days=1)


def check_parent(kind: NodeKind, parent: NodeKind | None) -> None:
    """Refuse a node under anything but its own level. Raises WrongParent."""
    if PARENT_OF[kind] is not parent:
        raise WrongParent(kind=kind.value, parent=parent.value if parent else "")


def numbers_of(nodes: Sequence[tuple[str, str, int]]) -> dict[str, str]:
    """Return « 2.1.3 » for each (uuid, parent uuid, position): ranks among brothers, always consecutive."""
    children: dict[str, list[tuple[int, str]]] = {}
    for uuid, parent, position in nodes:
        children.setdefault(parent, []).append((position, uuid))
    found: dict[str, str] = {}
    waiting = [("", "")]
    while waiting:
        parent, prefix = waiting.pop()
        for rank, (_, uuid) in enumerate(sorted(children.get(parent, [])), 1):
            found[uuid] = f"{prefix}{rank}"
            waiting.append((uuid, f"{found[uuid]}."))
    return found


def sheet_deadline(year: int) -> date:
    """Return the day before which the sheet of a year is due: 31 March of the next one."""
    return date(year + 1, *SHEET_DEADLINE)


@dataclass(frozen=True, slots=True)
class SheetCount:
    """How a sheet is filled: lines, filled ones, and by whom."""

    lines: int
    filled: int
    by: tuple[tuple[FilledBy, int], ...]


def count_sheet(lines: Sequence[tuple[bool, FilledBy]]) -> SheetCount:
    """Count (has a known value, filled by) over the lines; nobody is counted apart."""
    by = {who: sum(1 for known, filler in lines if known and filler is who) for who in FilledBy}
    return SheetCount(len(lines), sum(1 for known, _ in lines if known), tuple(by.items()))
