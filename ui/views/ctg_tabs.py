"""Tabs of one CTG: code, word, shorter word, and how each is built at its first visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.views.page import Kit

TABS: tuple[tuple[str, str, str], ...] = (
    ("synthese", "Synthèse", "Synthèse"),
    ("diagnostic", "Diagnostic", "Diagnostic"),
    ("plan", "Plan d’action", "Plan d’action"),
    ("financement", "Financement", "Financement"),
    ("comites", "Comités et décisions", "Comités"),
    ("signataires", "Signataires", "Signataires"),
    ("conformite", "Conformité", "Conformité"),
    ("evaluation", "Évaluation", "Évaluation"),
    ("documents", "Documents", "Documents"),
    ("historique", "Historique", "Historique"),
)
"""The shorter word is for a narrow window."""


def _synthese(kit: Kit) -> Any:
    from ui.views.ctg_summary import SummaryTab

    return SummaryTab(kit)


def _diagnostic(kit: Kit) -> Any:
    from ui.views.ctg_diagnostic import DiagnosticTab

    return DiagnosticTab(kit)


def _plan(kit: Kit) -> Any:
    from ui.views.ctg_plan import PlanView

    return PlanView(kit)


def _financement(kit: Kit) -> Any:
    from ui.views.ctg_funding import FundingTab

    return FundingTab(kit)


def _comites(kit: Kit) -> Any:
    from ui.views.ctg_meetings import MeetingsTab

    return MeetingsTab(kit)


def _signataires(kit: Kit) -> Any:
    from ui.views.ctg_parties import PartiesTab

    return PartiesTab(kit)


def _conformite(kit: Kit) -> Any:
    from ui.views.ctg_conformity import ConformityTab

    return ConformityTab(kit)


def _evaluation(kit: Kit) -> Any:
    from ui.views.ctg_evaluation import EvaluationTab

    return EvaluationTab(kit)


def _documents(kit: Kit) -> Any:
    from ui.views.ctg_documents import DocumentsTab

    return DocumentsTab(kit)


def _historique(kit: Kit) -> Any:
    from ui.views.ctg_history import HistoryTab

    return HistoryTab(kit)


BUILDERS: dict[str, Callable[[Kit], Any]] = {
    "synthese": _synthese,
    "diagnostic": _diagnostic,
    "plan": _plan,
    "financement": _financement,
    "comites": _comites,
    "signataires": _signataires,
    "conformite": _conformite,
    "evaluation": _evaluation,
    "documents": _documents,
    "historique": _historique,
}
