"""« Points d’attention » of a plan: what asks for somebody, why, and the thing to open. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain import french
from app.domain.action import STOPPED, ActionState
from app.domain.ctg_sentences import share_text
from ui import labels_plan as labels

if TYPE_CHECKING:
    from app.services.ctg_plan_rows import ActionRow
    from app.services.ctg_rows import CommitmentRow
    from ui.views.ctg_plan_calls import PlanRead

MOST_LATE = 4


@dataclass(frozen=True, slots=True)
class Attention:
    """One line: its shape and colour, what, why, the verb and the fiche it opens (empty for none)."""

    icon: str
    token: str
    title: str
    reason: str
    verb: str = ""
    action: str = ""


def attention(read: PlanRead) -> list[Attention]:
    """Everything that asks for attention, the most pressing first."""
    return [
        *_late(read.actions, read),
        *(_commitment(row) for row in read.commitments if row.late_days),
        *_evictions(read),
        *_without(read.actions),
        *_decree(read),
    ]


def _late(actions: list[ActionRow], read: PlanRead) -> Iterator[Attention]:
    late = sorted((fiche for fiche in actions if fiche.late_days), key=lambda fiche: -fiche.late_days)
    for fiche in late[:MOST_LATE]:
        yield Attention(
            "alert-triangle", "rouge", f"Fiche {fiche.number} en retard", _late_reason(fiche, read),
            "Ouvrir la fiche", fiche.uuid,
        )  # fmt: skip
    others = late[MOST_LATE:]
    if others:
        numbers = french.listing([fiche.number for fiche in others])
        yield Attention("alert-triangle", "rouge", french.plural(len(others), "autre fiche en retard",
                        "autres fiches en retard"), numbers)  # fmt: skip


def _late_reason(fiche: ActionRow, read: PlanRead) -> str:
    days = french.plural(fiche.late_days, "jour")
    if fiche.ends_on is not None and (read.today - fiche.ends_on).days == fiche.late_days:
        said = f"échéance passée depuis {days}"
    else:
        steps = read.steps.get(fiche.uuid, ())
        rank = next((at for at, step in enumerate(steps, 1) if step.late_days == fiche.late_days), 0)
        said = f"étape {rank} en retard de {days}" if rank else f"en retard de {days}"
    return said if fiche.decisions else f"{said}, aucun comité saisi"


def _commitment(row: CommitmentRow) -> Attention:
    numbers = [number for _, number in row.actions if number]
    reason = labels.late(row.late_days)
    if numbers:
        reason = (
            f"{'retarde la fiche' if len(numbers) == 1 else 'retarde les fiches'} {french.listing(numbers)}"
        )
    opened = row.actions[0][0] if row.actions else ""
    verb = "Ouvrir la fiche" if opened else ""
    return Attention("users", "ocre", f"Engagement en retard\u202f: {row.party}", reason, verb, opened)


def _evictions(read: PlanRead) -> Iterator[Attention]:
    numbers = {fiche.uuid: fiche.number for fiche in read.actions}
    for uuid, found in read.evictions.items():
        caf = ", puis ".join(share_text(share) for share in found[0].caf)
        partner = ", puis ".join(share_text(share) for share in found[0].partner)
        reason = (
            f"part de la Caf en hausse deux ans de suite\u202f: {caf}\u202f; "
            f"{found[0].funder}\u202f: {partner}"
        )
        title = f"Éviction possible, fiche {numbers.get(uuid, '')}"
        yield Attention("arrow-up", "ocre", title, reason, "Ouvrir la fiche", uuid)


def _without(actions: list[ActionRow]) -> Iterator[Attention]:
    alive = [a for a in actions if a.status not in STOPPED and a.status is not ActionState.DONE]
    for icon, words, held in (
        ("user", "sans pilote", [fiche for fiche in alive if not fiche.pilot]),
        ("calendar", "sans échéance", [fiche for fiche in alive if fiche.ends_on is None]),
        ("list", "sans étape", [fiche for fiche in alive if not fiche.progress.total]),
    ):
        if held:
            title = f"{french.plural(len(held), 'fiche')} {words}"
            numbers = french.listing([fiche.number for fiche in held])
            yield Attention(icon, "ocre", title, numbers, "Ouvrir la première", held[0].uuid)


def _decree(read: PlanRead) -> Iterator[Attention]:
    left = read.points - read.points_met
    if left:
        words = f"{french.plural(left, 'point')} du schéma {'reste' if left == 1 else 'restent'} à justifier"
        yield Attention("clipboard-list", "encre", "Décret 2025-253", words)
