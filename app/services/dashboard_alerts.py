"""Tiles that count alerts: what is due, what drifts, lateness by age, decisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

from app.domain.alert_facts import Facts
from app.domain.alerts import Alert, Family, age_classes
from app.domain.french import NBSP, number
from app.services.dashboard_rows import TITLES, Tile, TileLine, Wishes, nothing

AGES = ("moins de 15 j", "15 à 30 j", "30 à 60 j", "60 à 90 j", "90 à 180 j", "plus de 180 j")
MOST_LINES = 3
DUE: Wishes = (("family", "due"),)
DRIFT: Wishes = (("family", "drift"),)


@dataclass(frozen=True, slots=True)
class Watched:
    """Whether there is anything to look at: without a date, « nothing late » would be a false comfort."""

    due: bool
    drift: bool


def watched(facts: Facts) -> Watched:
    """Tell what the facts let the rules look at."""
    others = [name for name in (held.name for held in fields(Facts)) if name != "dues"]
    return Watched(bool(facts.dues), any(getattr(facts, name) for name in others))


def when(alert: Alert) -> str:
    """Return « 12 j de retard », « dans 5 j », or nothing without a date."""
    if alert.days is None:
        return ""
    if alert.days == 0:
        return "aujourd’hui"
    return f"{alert.days}{NBSP}j de retard" if alert.late else f"dans {-alert.days}{NBSP}j"


def due(alerts: tuple[Alert, ...]) -> Tile:
    """What is due, late first."""
    found = [alert for alert in alerts if alert.rule.family is Family.DUE]
    late = sum(1 for alert in found if alert.late)
    note = f"{late} en retard" if late else "rien en retard"
    return _tile("due", found, _nouns(found, "échéance"), note, DUE)


def drift(alerts: tuple[Alert, ...]) -> Tile:
    """What drifts, and the data that are too old or disagree."""
    found = [alert for alert in alerts if alert.rule.family in (Family.DRIFT, Family.DATA)]
    return _tile("drift", found, _nouns(found, "alerte"), "" if found else "rien ne dérive", DRIFT)


def ages(alerts: tuple[Alert, ...]) -> Tile:
    """Late alerts by age."""
    counts = age_classes(alerts)
    most = max(counts) or 1
    lines = tuple(
        TileLine(label, number(count), "", "rouge" if label == AGES[-1] else "", count / most)
        for label, count in zip(AGES, counts, strict=True)
        if count
    )
    late = [alert for alert in alerts if alert.late]
    return Tile(
        "ages", TITLES["ages"], number(sum(counts)), "en retard", lines, "" if lines else "rien en retard",
        "home", DUE, fictitious=_has_fiction(late),
    )  # fmt: skip


def decisions(alerts: tuple[Alert, ...]) -> Tile:
    """Decisions of comités past their date."""
    found = [alert for alert in alerts if alert.rule.code == "decision_late"]
    note = "" if found else "aucune décision en retard"
    return _tile("decisions", found, "en retard", note, (("family", "due"), ("rule", "decision_late")))


BUILDERS: dict[str, Callable[[tuple[Alert, ...]], Tile]] = {
    "due": due,
    "drift": drift,
    "ages": ages,
    "decisions": decisions,
}
MISSING = {
    "due": "Aucune échéance connue",
    "drift": "Rien à surveiller encore",
    "ages": "Aucune échéance connue",
    "decisions": "Aucune échéance connue",
}


def alert_tile(code: str, alerts: tuple[Alert, ...], seen: Watched) -> Tile:
    """Return a tile of FROM_ALERTS; when nothing could be looked at, it says so instead of a zero."""
    if not alerts and not (seen.drift if code == "drift" else seen.due):
        return nothing(code, MISSING[code], "ctg", "Créer une CTG", (("create", True),))
    return BUILDERS[code](alerts)


def _tile(code: str, found: Sequence[Alert], unit: str, note: str, wishes: Wishes) -> Tile:
    lines = tuple(
        TileLine(alert.subject.label, when(alert), alert.evidence, "rouge" if alert.late else "ocre")
        for alert in found[:MOST_LINES]
    )
    return Tile(
        code, TITLES[code], number(len(found)), unit, lines, note, "home", wishes,
        fictitious=_has_fiction(found),
    )  # fmt: skip


def _nouns(found: Sequence[Alert], noun: str) -> str:
    return noun if len(found) < 2 else f"{noun}s"


def _has_fiction(alerts: Sequence[Alert]) -> bool:
    return any(alert.subject.fictitious for alert in alerts)
