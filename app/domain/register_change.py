"""Change one field of a service by its code, keeping what hangs together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from app.domain.register import Equipment, PlaceGroup, Reliability, Site, Status, Zone
from app.domain.register_errors import NotTogether
from app.domain.register_fields import GROUP, FieldSpec

_Row = TypeVar("_Row", Equipment, PlaceGroup, Site, Zone)


def changed_field(item: Equipment, spec: FieldSpec, read: object) -> Equipment:
    """Return the service with one field changed; places and funding go to its only real group.

    A new gestionnaire corrects the latest transfer. Raises NotTogether when it has several groups of places:
    which one must be said on its card.
    """
    if spec.target == GROUP:
        return replace(item, groups=_only_group(item, spec, read))
    if spec.code == "status":
        return replace(item, status=Status(str(read)) if read else Status.OPEN)
    if spec.code == "reliability":
        return replace(item, reliability=Reliability(str(read or "")))
    if spec.code == "fictitious":
        return replace(item, fictitious=bool(read))
    if spec.code == "points":
        return replace(item, points=kept_points(item, read))
    changed = with_values(item, {spec.code: read})
    return corrected_manager(item, changed) if spec.code in ("manager", "manager_kind") else changed


def corrected_manager(before: Equipment, item: Equipment) -> Equipment:
    """Return the service whose latest transfer leads to its gestionnaire, if that one was changed."""
    transfers = item.transfers or before.transfers
    if transfers and (item.manager, item.manager_kind) != (before.manager, before.manager_kind):
        last = max(transfers, key=lambda move: move.on)
        right = replace(last, to_manager=item.manager, to_kind=item.manager_kind)
        transfers = tuple(right if move is last else move for move in transfers)
    return replace(item, transfers=transfers)


def kept_points(item: Equipment, read: Any) -> tuple[Any, ...]:
    """Return the points read, with what is already known of those in the same commune."""
    known = {point.code_commune: point for point in item.points}
    return tuple(
        replace(known[point.code_commune], days=point.days) if point.code_commune in known else point
        for point in read or ()
    )


def with_values(row: _Row, values: Mapping[str, Any]) -> _Row:
    """Return the row with some fields changed, by name."""
    return replace(row, **values)


def _only_group(item: Equipment, spec: FieldSpec, read: object) -> tuple[PlaceGroup, ...]:
    real = [group for group in item.groups if not group.expected]
    if len(real) > 1:
        raise NotTogether(spec.code, read)
    if not real and not read and read != 0:
        return item.groups
    group = real[0] if real else PlaceGroup("", "", "", None, None)
    group = with_values(group, {spec.code: read if spec.code == "opened" else str(read or "")})
    return (group, *(other for other in item.groups if other.expected))
