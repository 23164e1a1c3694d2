"""Services as places on the map: those alike at one place share a sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from app.domain.register import Status
from app.domain.register_lists import load_kinds
from maps.projection import MAINLAND, project
from ui import labels_equipment as words
from ui.labels_register import STATUS
from ui.widgets.equipment_map import Spot

if TYPE_CHECKING:
    from app.services.register_rows import EquipmentRow
    from maps.choropleth import Fond


def spots(rows: Sequence[EquipmentRow], fond: Fond) -> list[Spot]:
    """Return one spot a place, kind and certainty: services at the centre of one commune share theirs."""
    placed = [row for row in rows if row.lon is not None and row.lat is not None]
    if fond.epsg == MAINLAND:
        placed = [row for row in placed if not row.code_commune.startswith("97")]
    if not placed:
        return []
    lon = np.array([row.lon for row in placed], dtype=np.float64)
    lat = np.array([row.lat for row in placed], dtype=np.float64)
    xs, ys = project(lon, lat, fond.epsg)
    groups: dict[tuple[object, ...], list[int]] = {}
    for rank, row in enumerate(placed):
        key = (row.kind, row.precise, _faded(row), round(float(xs[rank])), round(float(ys[rank])))
        groups.setdefault(key, []).append(rank)
    return [_spot([placed[rank] for rank in ranks], float(xs[ranks[0]]), float(ys[ranks[0]]))
            for ranks in groups.values()]  # fmt: skip


def _spot(rows: Sequence[EquipmentRow], x: float, y: float) -> Spot:
    first = rows[0]
    kind = load_kinds().get(first.kind)
    names = [words.title_of(row.name, row.site, row.kind, row.commune) for row in rows]
    where = first.commune if first.precise else f"{first.commune}, emplacement exact inconnu"
    state = "" if first.status is Status.OPEN else f", {STATUS[first.status].lower()}"
    label = "\n".join([*names, f"{words.short_kind(first.kind)}{state}, {where}"])
    return Spot(
        tuple(row.uuid for row in rows), label, kind.shape if kind else "circle", x, y, first.precise,
        _faded(first),
    )  # fmt: skip


def _faded(row: EquipmentRow) -> bool:
    return row.status in (Status.CLOSED, Status.SUSPENDED, Status.PROJECT)
