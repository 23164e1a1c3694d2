"""What the plan of a CTG asks of the services, away from the screen; each write is one action. No Qt here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.domain.action import NEEDS_REASON
from app.domain.ctg import CtgStatus

if TYPE_CHECKING:
    from app.changes import Changes
    from app.domain.budget import Eviction
    from app.domain.maillage import Gap
    from app.progress import Progress
    from app.services import Services
    from app.services.ctg_plan_rows import ActionRow, PlanRow, StatusRow, StepRow
    from app.services.ctg_rows import CommitmentRow, Created, CtgRow
    from ui.widgets.action_status_form import StatusWish


@dataclass(frozen=True, slots=True)
class PlanRead:
    """Everything the plan shows of one convention."""

    ctg: CtgRow
    today: date
    rows: tuple[PlanRow, ...]
    steps: dict[str, tuple[StepRow, ...]]
    commitments: tuple[CommitmentRow, ...]
    evictions: dict[str, tuple[Eviction, ...]]
    points_met: int
    points: int
    statuses: tuple[StatusRow, ...]

    @property
    def actions(self) -> list[ActionRow]:
        """Fiches, in the order of the plan."""
        return [row.action for row in self.rows if row.action is not None]


def read_plan(services: Services, ctg: str, _progress: Progress) -> PlanRead:
    """Read a plan whole. Raises UnknownObject."""
    conformity = services.ctg.conformity(ctg)
    return PlanRead(
        ctg=services.ctg.ctg(ctg).row,
        today=date.today(),
        rows=tuple(services.ctg.plan(ctg)),
        steps=services.ctg.steps(ctg),
        commitments=tuple(services.ctg.commitments(ctg)),
        evictions=services.ctg.evictions(ctg),
        points_met=conformity.met,
        points=len(conformity.rows),
        statuses=tuple(services.ctg.status_changes(ctg, NEEDS_REASON)),
    )


def search(services: Services, ctg: str, text: str, _progress: Progress) -> tuple[str, frozenset[str]]:
    """The text searched, and the fiches that hold every word of it."""
    return text, frozenset(hit.action_uuid for hit in services.ctg.search(text, ctg, limit=10_000))


def other_ctgs(services: Services, ctg: str, _progress: Progress) -> list[tuple[str, str]]:
    """(uuid, name) of the conventions that fiches may be copied to."""
    over = (CtgStatus.EXPIRED, CtgStatus.RENEWED)
    rows = services.ctg.rows()
    return [(row.uuid, row.name) for row in rows if row.uuid != ctg and row.status not in over]


def gaps_of(services: Services, ctg: str, _progress: Progress) -> list[Gap]:
    """Gaps of the maillage that touch the communes of a convention."""
    detail = services.ctg.ctg(ctg)
    communes = {member.code for member in detail.members if member.present}
    found = [gap for code in detail.row.departements for gap in services.coverage.gaps(departement=code)]
    kept = [gap for gap in found if communes.intersection(gap.draft.communes) or gap.code in communes]
    return services.secrecy.gaps(kept)  # a fiche made of one is read by every partner


# -- writes ----------------------------------------------------------------------------------------------


def move(services: Services, uuid: str, parent: str, position: int, _progress: Progress) -> Changes:
    """Move a fiche or an objective."""
    return services.ctg.move(uuid, parent or None, position)


def rename(services: Services, kind: str, uuid: str, title: str, _progress: Progress) -> Changes:
    """Change a title."""
    return services.ctg.edit(kind, uuid, title=title)


def add_node(
    services: Services, ctg: str, kind: str, parent: str, title: str, _progress: Progress
) -> Created:
    """Add an enjeu or an objective, last of its parent."""
    return services.ctg.add("node", ctg, kind=kind, title=title, parent_uuid=parent or None)


def add_action(services: Services, ctg: str, node: str, title: str, _progress: Progress) -> Created:
    """Add a fiche, last of its node."""
    return services.ctg.add_action(ctg, node or None, title=title)


def action_from_gap(services: Services, ctg: str, gap: Gap, node: str, _progress: Progress) -> Created:
    """Draft a fiche from a gap."""
    draft = gap.draft
    return services.ctg.action_from_gap(
        ctg, gap.rule.code, gap.level, gap.code, gap.name, gap.reason, node or None, draft.title, draft.theme
    )


def remove(services: Services, kind: str, uuid: str, _progress: Progress) -> Changes:
    """Remove a fiche, or an objective that holds nothing."""
    return services.ctg.remove(kind, uuid)


def set_status(services: Services, wish: StatusWish, _progress: Progress) -> Changes:
    """Pass a fiche to a state."""
    return services.ctg.set_status(
        wish.action, wish.status, wish.reason, wish.decider, wish.decided_on, wish.until
    )


def copy(services: Services, uuids: Collection[str], ctg: str, _progress: Progress) -> Changes:
    """Copy fiches to another convention; they wait there to be filed."""
    return services.ctg.copy_actions(uuids, ctg)
