"""The plan as a tree: numbers, moves, cycles. Ranks order children; numbers follow from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.action import PARENT_KINDS, NodeKind
from app.domain.ctg_errors import CyclicLink, ForbiddenParent

UNFILED = "F"
"""First letter of the number of a fiche that is under no enjeu yet."""


@dataclass(frozen=True, slots=True)
class Item:
    """A node (kind) or a fiche (kind None), with its parent node and its rank among its likes."""

    uuid: str
    parent: str | None
    rank: int
    kind: NodeKind | None


@dataclass(frozen=True, slots=True)
class Placed:
    """An item with its number and its depth (0 for an enjeu)."""

    item: Item
    number: str
    depth: int


def place_all(items: Sequence[Item]) -> tuple[Placed, ...]:
    """Return every item in the order of the plan, with its number; two items never share one.

    Under one parent, objectives come first, then fiches, numbered in a row. Fiches under nothing come last,
    as F1, F2… An item whose parent is missing is placed as if it had none.
    """
    known = {item.uuid for item in items if item.kind is not None}
    children: dict[str | None, list[Item]] = {}
    for item in items:
        children.setdefault(item.parent if item.parent in known else None, []).append(item)
    for siblings in children.values():
        siblings.sort(key=lambda item: (item.kind is None, item.rank, item.uuid))
    return tuple(_under(children, None, "", 0))


def _under(
    children: Mapping[str | None, Sequence[Item]], parent: str | None, prefix: str, depth: int
) -> Iterator[Placed]:
    unfiled = 0
    for position, item in enumerate(children.get(parent, ()), start=1):
        if parent is None and item.kind is None:
            unfiled += 1
            yield Placed(item, f"{UNFILED}{unfiled}", depth)
            continue
        number = f"{prefix}{position}"
        yield Placed(item, number, depth)
        if item.kind is not None:
            yield from _under(children, item.uuid, f"{number}.", depth + 1)


def check_parent(item: Item, parent: Item | None, items: Mapping[str, Item]) -> None:
    """Raise CyclicLink if the parent is inside the item, ForbiddenParent if the levels do not allow it."""
    above: Item | None = parent
    while above is not None:
        if above.uuid == item.uuid:
            raise CyclicLink(name=item.uuid)
        above = items.get(above.parent) if above.parent is not None else None
    kind = parent.kind if parent is not None else None
    if item.kind is not None and kind not in PARENT_KINDS[item.kind]:
        raise ForbiddenParent(kind=item.kind, parent_kind=kind)


def ranks_after_move(items: Sequence[Item], moved: Item, parent: str | None, position: int) -> dict[str, int]:
    """Return the new rank of each sibling of the moved item at its new place; position counts from 0.

    Siblings are those of the same sort (objectives or fiches). A position past the end means the last.
    """
    siblings = sorted(
        (
            item
            for item in items
            if item.parent == parent
            and (item.kind is None) == (moved.kind is None)
            and item.uuid != moved.uuid
        ),
        key=lambda item: (item.rank, item.uuid),
    )
    at = min(max(position, 0), len(siblings))
    ordered = [*siblings[:at], moved, *siblings[at:]]
    return {item.uuid: rank for rank, item in enumerate(ordered, start=1)}
