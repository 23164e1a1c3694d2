"""French words and looks of plans of action: states, groups, dates, short sentences. No Qt here."""

from __future__ import annotations

from datetime import date

from app.domain import french
from app.domain.action import ActionState
from app.domain.ctg_themes import theme_label

LOOK: dict[ActionState, tuple[str, str]] = {
    ActionState.TO_START: ("circle", "texte3"),
    ActionState.RUNNING: ("circle-half-2", "encre"),
    ActionState.DONE: ("circle-check", "vert"),
    ActionState.POSTPONED: ("clock-pause", "ocre"),
    ActionState.CONDITIONAL: ("square-rotated", "violet"),
    ActionState.DESCHEDULED: ("circle-minus", "texte3"),
    ActionState.DROPPED: ("circle-x", "rouge"),
}
"""(icon, token) of each state: shape, word and colour always go together."""

VERB: dict[ActionState, str] = {
    ActionState.TO_START: "Remettre « à lancer »",
    ActionState.RUNNING: "Lancer",
    ActionState.DONE: "Déclarer réalisée",
    ActionState.POSTPONED: "Reporter",
    ActionState.CONDITIONAL: "Conditionner",
    ActionState.DESCHEDULED: "Déprogrammer",
    ActionState.DROPPED: "Abandonner",
}

GROUPS: tuple[tuple[str, str], ...] = (
    ("issues", "Enjeux"),
    ("themes", "Thèmes"),
    ("pilots", "Pilotes"),
    ("dates", "Échéances"),
)
VIEWS: tuple[tuple[str, str], ...] = (
    ("tree", "Arbre"),
    ("kanban", "Kanban"),
    ("gantt", "Calendrier"),
    ("decisions", "Décisions"),
)
NO_PILOT = "Sans pilote"
NO_THEME = "Sans thème"
NO_DATE = "Sans échéance"
UNFILED = "Fiches à rattacher"

_MONTHS = (
    "janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip


def month(on: date | None) -> str:
    """« sept. 2026 », empty without a date."""
    return "" if on is None else f"{_MONTHS[on.month - 1]} {on.year}"


def quarter(on: date) -> str:
    """« 3e trimestre 2026 »."""
    return f"{french.ordinal((on.month + 2) // 3)} trimestre {on.year}"


def theme(code: str) -> str:
    """Short label of a theme."""
    return theme_label(code, short=True) if code else NO_THEME


def late(days: int) -> str:
    """« en retard de 50 jours »."""
    return f"en retard de {french.plural(days, 'jour')}"


def ago(on: date, today: date) -> str:
    """« depuis 50 jours »."""
    return f"depuis {french.plural((today - on).days, 'jour')}"
