"""What is said of the lines of a plan d’actions that is imported."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.anomaly_texts import Said

LEFT = "Ligne non importée."

REASONS: dict[str, tuple[str, str]] = {
    "date": ("Date illisible", "n'est pas une date"),
    "number": ("Texte à la place d'un nombre", "n'est pas un nombre"),
    "negative": ("Nombre négatif", "est négatif"),
    "whole": ("Nombre non entier", "devrait être un nombre entier"),
    "range": ("Nombre hors limites", "sort des limites acceptées"),
    "choice": ("Choix inconnu", "n'est pas un des choix de la liste"),
    "too_long": ("Texte trop long", "dépasse la longueur acceptée"),
    "commune": ("Commune inconnue", "n'est ni un nom ni un code de commune de la CTG"),
}
"""Reason of a refused cell: title, and what is wrong with the value."""


def anomaly_texts() -> dict[str, tuple[str, Callable[[Said], str] | str]]:
    """Return title and explanation of every anomaly of the import of a plan."""
    cells = {f"plan_{reason}": (title, _cell(what)) for reason, (title, what) in REASONS.items()}
    return {**cells, **_LINES}


def _cell(what: str) -> Callable[[Said], str]:
    return lambda said: f"« {said.value} » {what}. {LEFT}"


_LINES: dict[str, tuple[str, Callable[[Said], str] | str]] = {
    "plan_ctg": (
        "CTG inconnue",
        lambda said: (
            f"Aucune CTG ne porte le nom ou le code « {said.value} ». {LEFT}"
            if said.value
            else f"Plusieurs CTG, ou aucune, dans la base : une colonne « CTG » doit dire laquelle, "
            f"ou l'import partir de son plan d'action. {LEFT}"
        ),
    ),
    "plan_reason": (
        "Motif, décideur ou date absents",
        lambda said: f"L'état « {said.value} » demande motif, décideur et date. {LEFT}",
    ),
    "plan_after_end": (
        "Après la fin de la CTG",
        lambda said: f"« {said.value} » vient après la fin de la CTG. {LEFT}",
    ),
    "plan_fiche": (
        "Fiche absente pour l'instant",
        lambda said: (
            f"Aucune fiche ne porte le numéro « {said.value} » : {said.count('montant')} à écrire seulement "
            "si le plan qui la contient est importé avant."
        ),
    ),
    "plan_reversed": ("Fin avant le début", f"La date de fin vient avant la date de début. {LEFT}"),
    "plan_step_date": (
        "Date d'étape illisible",
        lambda said: f"« {said.value} » n'est pas une date : l'étape est gardée sans elle.",
    ),
}
