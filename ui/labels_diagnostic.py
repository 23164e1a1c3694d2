"""French words of the diagnostics, shared by the window and the command line; no Qt here."""

from __future__ import annotations

from app.domain.claims_model import Problem
from app.domain.diagnostic import DiagnosticStatus
from app.domain.manifest import Outcome

STATUS = {DiagnosticStatus.PROJECT: "Projet", DiagnosticStatus.VALIDATED: "Validé"}
PROBLEM = {
    Problem.GAP: "Écart",
    Problem.DIRECTION: "Sens",
    Problem.SHARE: "Part",
    Problem.CHANGE: "Évolution",
    Problem.VALUE: "Valeur",
    Problem.UNIT: "Unité",
    Problem.UNVERIFIED: "Non vérifié",
    Problem.FIELD: "Champ",
}
FAILURES = {
    "NoValue": "pas de valeur pour cette année",
    "UnknownTerritory": "territoire hors de la base",
    "WriteRefused": "le système refuse l’écriture",
}
"""Why a booklet of a batch was not made, by name of error."""

_PLURALS = {
    Outcome.SAME: ("inchangé", "inchangés"),
    Outcome.CHANGED: ("changé", "changés"),
    Outcome.APPEARED: ("désormais connu", "désormais connus"),
    Outcome.GONE: ("plus connu", "plus connus"),
    Outcome.SOURCE: ("de même valeur venu d’une autre source", "de même valeur venus d’une autre source"),
    Outcome.APART: ("calculé dans le document", "calculés dans le document"),
}


def outcome_words(outcome: Outcome, count: int) -> str:
    """« inchangés », agreed with a count."""
    return _PLURALS[outcome][0 if count < 2 else 1]
