"""Lines of a contract to fill: what a new party, act, engagement or indicator says before anybody types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from app.domain.cpog import Contract, CpogIndicator, Document, Engagement, Party
from app.domain.cpog_codes import IndicatorType, Nature, Sense, TargetKind
from db.models.base import new_uuid
from db.models.cpog import CpogDocumentTable, CpogEngagementTable, CpogIndicatorTable, CpogPartyTable

if TYPE_CHECKING:
    from db.models.base import Model

ITEMS: Mapping[str, tuple[str, type[Model]]] = {
    "party": ("parties", CpogPartyTable),
    "document": ("documents", CpogDocumentTable),
    "engagement": ("engagements", CpogEngagementTable),
    "indicator": ("indicators", CpogIndicatorTable),
}
"""Field of a contract and table of each kind of line."""
NAMES: Mapping[str, str] = {"party": "name", "document": "label", "engagement": "title"}
ADDED: Mapping[str, str] = {
    "party": "partie ajoutée", "document": "acte ajouté", "engagement": "engagement ajouté",
    "indicator": "indicateur ajouté",
}  # fmt: skip


def blank(contract: Contract, kind: str) -> Party | Document | Engagement | CpogIndicator:
    """A line to fill, after the others of its kind."""
    uuid, cpog = new_uuid(), contract.cpog.uuid
    if kind == "party":
        return Party(uuid, cpog, _next(p.position for p in contract.parties), "Nouvelle partie")
    if kind == "document":
        return Document(uuid, cpog, "avenant", "Nouvel acte")
    if kind == "engagement":
        place = _next(e.position for e in contract.engagements)
        return Engagement(uuid, cpog, place, "", "engagement_caf", "Nouvel engagement")
    return CpogIndicator(
        uuid, cpog, _next(i.position for i in contract.indicators), "Nouvel indicateur", Nature.OTHER,
        IndicatorType.RESULT, "%", Sense.UNKNOWN, TargetKind.TO_DEFINE,
        rank=_next(i.rank for i in contract.indicators) or 1,
    )  # fmt: skip


def _next(places: Iterable[int]) -> int:
    return max(places, default=-1) + 1
