"""What asks for attention in one CTG, with the tab that answers it; no Qt here."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.french import listing, long_date, number, percent, plural, typographic
from app.domain.steering import DecisionState
from ui.labels_ctg import AGE_CLASS

if TYPE_CHECKING:
    from app.services import Services
    from app.services.ctg_rows import CtgAlert, CtgDetail

POINTS = 12
TAB_OF_RULE = {
    "ctg_end": "synthese",
    "cej_end": "synthese",
    "deliberation": "signataires",
    "commitment": "signataires",
    "amendment": "signataires",
    "theme": "synthese",
    "document": "documents",
}
ICON_OF_RULE = {
    "ctg_end": "calendar-event",
    "cej_end": "calendar-event",
    "deliberation": "gavel",
    "commitment": "users",
    "amendment": "file-plus",
    "theme": "tag",
    "document": "file-off",
}


@dataclass(frozen=True, slots=True)
class Attention:
    """One point: shape and colour, what, why, the tab to open, the fiche to open if it is one."""

    icon: str
    tone: str
    title: str
    note: str
    tab: str
    action: str = ""


def attention_of(services: Services, detail: CtgDetail, on: datetime.date) -> list[Attention]:
    """Late ones first: fiches, commitments, decisions, then what is missing."""
    uuid = detail.row.uuid
    alerts = [_alert(alert) for alert in services.ctg.alerts(on, uuid)]
    found = [*_late_actions(services, uuid), *_decisions(services, uuid, on), *alerts,
             *_evictions(services, uuid), *_schema(detail)]  # fmt: skip
    order = {"rouge": 0, "ocre": 1, "encre": 2}
    return sorted(found, key=lambda point: order.get(point.tone, 3))


def _late_actions(services: Services, uuid: str) -> Iterator[Attention]:
    late = sorted(
        (row for row in services.ctg.actions(uuid) if row.late_days > 0), key=lambda row: -row.late_days
    )
    if len(late) == 1:
        note = f"{late[0].title}, retard de {plural(late[0].late_days, 'jour')}"
        yield Attention(
            "alert-triangle", "rouge", f"Fiche {late[0].number} en retard", note, "plan", late[0].uuid
        )
    elif late:
        note = f"{listing(sorted(row.number for row in late))} ; {late[0].number} depuis "
        note += plural(late[0].late_days, "jour")
        yield Attention(
            "alert-triangle", "rouge", f"{number(len(late))} fiches en retard", typographic(note), "plan"
        )


def _decisions(services: Services, uuid: str, on: datetime.date) -> Iterator[Attention]:
    late = services.steering.decisions(uuid, on, frozenset({DecisionState.LATE}))
    if late:
        oldest = max(row.age_class for row in late)
        note = f"la plus ancienne : {AGE_CLASS[oldest]} de retard"
        title = plural(len(late), "décision en retard", "décisions en retard")
        yield Attention("gavel", "rouge", title, typographic(note), "comites")


def _alert(alert: CtgAlert) -> Attention:
    facts = dict(alert.facts)
    title, note = alert.text, ""
    if " : " in title.replace("\u202f", " "):
        title, _, note = alert.text.partition("\u202f: ")
    if alert.rule == "commitment" and facts.get("impact"):
        note = f"{note}. {facts['impact']}"
    if alert.due_on is not None and alert.rule == "ctg_end":
        note = f"échéance au {long_date(alert.due_on)}"
    tone = ("encre", "ocre", "rouge")[alert.severity]
    icon, tab = ICON_OF_RULE.get(alert.rule, "info-circle"), TAB_OF_RULE.get(alert.rule, "synthese")
    return Attention(icon, tone, title, note, tab)


def _evictions(services: Services, uuid: str) -> Iterator[Attention]:
    every = services.ctg.evictions(uuid)
    numbers = {row.uuid: row.number for row in services.ctg.actions(uuid)} if every else {}
    for action, found in ((action, rows[0]) for action, rows in every.items()):
        caf = ", puis ".join(percent(share * 100, 0) for share in found.caf)
        note = f"part de la Caf en hausse deux ans de suite : {caf} ; celle de {found.funder} baisse"
        title = f"Éviction possible, fiche {numbers.get(action, '')}"
        yield Attention("chart-bar", "ocre", title, typographic(note), "financement")


def _schema(detail: CtgDetail) -> Iterator[Attention]:
    left = POINTS - detail.counts["points_met"]
    if left and detail.row.status.is_signed and not detail.row.status.is_over:
        note = plural(left, "point du schéma reste à justifier", "points du schéma restent à justifier")
        yield Attention("clipboard-list", "encre", "Décret 2025-253", note, "conformite")
