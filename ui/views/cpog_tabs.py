"""The views of « CPOG »: their words, and how each is built at its first visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.views.cpog_focus import CpogFocus
    from ui.views.data_parts import SubPage
    from ui.views.page import Kit

TABS: tuple[tuple[str, str], ...] = (
    ("fiche", "Fiche"),
    ("board", "Tableau de bord"),
    ("entry", "Saisie"),
    ("bilan", "Bilan annuel"),
    ("ledger", "Registre des révisions"),
    ("actions", "Actions"),
    ("calendar", "Calendrier"),
)
SHORT = {"board": "Tableau", "bilan": "Bilan", "ledger": "Révisions"}
"""Words of the views on a narrow window; their whole name is said to a screen reader."""


def _fiche(kit: Kit, focus: CpogFocus) -> SubPage:
    from ui.views.cpog_fiche import FicheView

    return FicheView(kit, focus)


def _board(kit: Kit, focus: CpogFocus) -> SubPage:
    from ui.views.cpog_board import BoardView

    return BoardView(kit, focus)


def _entry(kit: Kit, focus: CpogFocus) -> SubPage:
    from ui.views.cpog_entry import EntryView

    return EntryView(kit, focus)


def _bilan(kit: Kit, focus: CpogFocus) -> SubPage:
    from ui.views.cpog_bilan import BilanView

    return BilanView(kit, focus)


def _ledger(kit: Kit, focus: CpogFocus) -> SubPage:
    from ui.views.cpog_ledger import LedgerView

    return LedgerView(kit, focus)


def _actions(kit: Kit, focus: CpogFocus) -> SubPage:
    from ui.views.cpog_actions import ActionsView

    return ActionsView(kit, focus)


def _calendar(kit: Kit, focus: CpogFocus) -> SubPage:
    from ui.views.cpog_calendar import CalendarView

    return CalendarView(kit, focus)


BUILDERS: dict[str, Callable[[Kit, CpogFocus], SubPage]] = {
    "fiche": _fiche,
    "board": _board,
    "entry": _entry,
    "bilan": _bilan,
    "ledger": _ledger,
    "actions": _actions,
    "calendar": _calendar,
}
