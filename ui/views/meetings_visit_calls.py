"""What a visit writes: notes under their point, photos, and notes put away one by one; no Qt here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.steering import DecisionState

if TYPE_CHECKING:
    from pathlib import Path

    from app.changes import Changes
    from app.progress import Progress
    from app.services import Services
    from app.services.steering_rows import DecisionRow, MeetingDetail

DUE = frozenset({DecisionState.LATE, DecisionState.OPEN})


def due(services: Services, detail: MeetingDetail, _progress: Progress) -> list[DecisionRow]:
    """Decisions still to be carried out, late ones first."""
    return services.steering.decisions(detail.row.owner_uuid, states=DUE)


def note(services: Services, item: str, words: str, _progress: Progress) -> Changes:
    """Keep a note under its point."""
    return services.steering.edit("agenda", item, note=words)


def add_point(services: Services, meeting: str, _progress: Progress) -> Changes:
    """Add a point to be checked."""
    return services.steering.add_item(meeting, title="À vérifier").changes


def attach(services: Services, meeting: str, path: Path, _progress: Progress) -> Changes:
    """Copy a picture beside the base."""
    return services.steering.documents.add("meeting", meeting, path, kind="photo").changes


def to_decision(
    services: Services, detail: MeetingDetail, item: str, words: str, _progress: Progress
) -> Changes:
    """Make a decision of a note, under its point."""
    return services.steering.add_decision(detail.row.uuid, words, item_uuid=item).changes


def to_finding(
    services: Services, detail: MeetingDetail, _item: str, words: str, _progress: Progress
) -> Changes:
    """Make a constat of the CTG of a note."""
    return services.ctg.add("finding", detail.row.owner_uuid, text=words).changes
