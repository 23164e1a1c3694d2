"""Alerts as lines: their group by date, their words, the exact place where each is settled; no Qt here."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.alerts import Family
from app.domain.french import NBSP, long_date, plural
from ui.views.home_tasks import Task

if TYPE_CHECKING:
    from app.domain.alerts import Alert

SOON_DAYS = 30
"""What is due within so many days stands in a group of its own."""
ICONS = {
    "deadline": "calendar-event",
    "ctg_end": "contract",
    "licence_end": "license",
    "decision_late": "gavel",
    "action_late": "clipboard-list",
    "sheet_due": "table",
    "partner_late": "users",
    "hypothesis_out": "scale",
    "tunnel_out": "target-arrow",
    "gain_before_observed": "clock-pause",
    "back_loaded": "stairs",
    "done_without_results": "progress-alert",
    "misleading_mean": "chart-dots",
    "eviction": "users-group",
    "stale": "history",
    "ratio_differs": "git-compare",
    "residue": "calculator",
    "too_late": "clock",
}
CanOpen = Callable[[str], bool]
Wishes = tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do. alert None: a task of the base, which ends by itself."""

    key: str
    icon: str
    tone: str
    title: str
    detail: str
    when: str
    late: bool
    page: str
    wishes: Wishes
    alert: Alert | None = None

    @property
    def fictitious(self) -> bool:
        """True if it is about something that is not real."""
        return self.alert is not None and self.alert.subject.fictitious


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading."""

    code: str
    title: str
    lines: tuple[Line, ...]


def todo_groups(
    alerts: Iterable[Alert], tasks: Sequence[Task], on: datetime.date, can_open: CanOpen
) -> tuple[Group, ...]:
    """Return « En retard », « Avant le … », « Ensuite »; a group without line is left out."""
    soon = on + datetime.timedelta(days=SOON_DAYS)
    late: list[Line] = []
    near: list[Line] = []
    then: list[Line] = []
    for alert in alerts:
        if alert.rule.family is not Family.DUE:
            continue
        place = late if alert.late else near if alert.due_on and alert.due_on <= soon else then
        place.append(line_of(alert, can_open))
    then += [_task_line(task, can_open) for task in tasks]
    groups = (
        Group("late", "En retard", tuple(late)),
        Group("soon", f"Avant le {day_month(soon, on)}", tuple(near)),
        Group("then", "Ensuite", tuple(then)),
    )
    return tuple(group for group in groups if group.lines)


def drift_lines(alerts: Iterable[Alert], can_open: CanOpen) -> tuple[Line, ...]:
    """Return what drifts, then the data that are too old or disagree."""
    families = (Family.DRIFT, Family.DATA)
    found = [alert for alert in alerts if alert.rule.family in families]
    found.sort(key=lambda alert: families.index(alert.rule.family))
    return tuple(line_of(alert, can_open) for alert in found)


def line_of(alert: Alert, can_open: CanOpen) -> Line:
    """Return the line of an alert: what is due says its action, what drifts says its evidence."""
    page, wishes = place_of(alert, can_open)
    due = alert.rule.family is Family.DUE
    detail = alert.rule.action.rstrip(".") if due else f"{alert.rule.label}\u202f: {alert.evidence}"
    late = alert.late and due
    return Line(
        alert.key, ICONS.get(alert.rule.code, "bell"), "rouge" if late else "ocre" if not due else "encre",
        alert.subject.label, detail, when_words(alert) if due else "", late, page, wishes, alert,
    )  # fmt: skip


def _task_line(task: Task, can_open: CanOpen) -> Line:
    page = task.page if can_open(task.page) else ""
    return Line(task.title, task.icon, task.tone, task.title, task.why, "", False, page, task.wishes)


def when_words(alert: Alert) -> str:
    """Return « depuis 2 jours », « aujourd’hui », « 15 décembre »."""
    if alert.days is None or alert.due_on is None:
        return ""
    if alert.days > 0:
        return f"depuis {plural(alert.days, 'jour')}"
    if alert.days == 0:
        return "aujourd’hui"
    return day_month(alert.due_on, alert.due_on + datetime.timedelta(days=alert.days))


def day_month(day: datetime.date, on: datetime.date) -> str:
    """Return « 15 décembre », with its year when it is not that of the day we are."""
    words = long_date(day).replace(" ", NBSP)
    return words if day.year != on.year else words.rsplit(NBSP, 1)[0]


# -- places ------------------------------------------------------------------------------------------------


def place_of(alert: Alert, can_open: CanOpen) -> tuple[str, Wishes]:
    """Return the page and the wishes that lead to the subject; an empty page when none is there."""
    for page, wishes in _places(alert):
        if can_open(page):
            return page, wishes
    return "", ()


def _places(alert: Alert) -> list[tuple[str, Wishes]]:
    """Places to try, the most exact one first."""
    subject = alert.subject
    kind, uuid, owner = subject.kind, subject.uuid, subject.owner
    if kind == "decision":
        held: Wishes = (("ctg", owner), ("tab", "comites"), ("row", uuid))
        return [*([("ctg", held)] if owner else []), ("meetings", (("decision", uuid),))]
    if kind == "indicator":
        return [_indicator_place(alert)]
    found: dict[str, tuple[str, Wishes]] = {
        "action": ("ctg", (("action", uuid),)),
        "ctg": ("ctg", (("ctg", uuid),)),
        "commitment": ("ctg", (("ctg", owner), ("tab", "signataires"), ("row", uuid))),
        "deadline": ("cpog", (("cpog", owner), ("tab", "calendar"))),
        "cpog": ("cpog", (("cpog", owner), ("tab", "board"))),
        "hypothesis": ("cpog", (("cpog", owner),)),
        "cpog_indicator": ("cpog", (("indicator", uuid),)),
        "equipment": ("equipment", (("equipment", uuid),)),
        "sdsf_sheet": ("sdsf", (("tab", "sheet"), ("sheet", uuid))),
    }
    return [found.get(kind, (alert.rule.page, ()))]


def _indicator_place(alert: Alert) -> tuple[str, Wishes]:
    """A figure to look at is on the map; one to bring up to date is in the data."""
    indicator, _, code = alert.subject.uuid.partition(":")
    if alert.rule.code == "stale":
        return "data", (("tab", "import"),)
    wishes: list[tuple[str, object]] = [("indicator", indicator)]
    if alert.subject.epci:
        wishes.append(("selected", code))
    return "map", tuple(wishes)
