"""French sentences of the errors about coverage and rules."""

from __future__ import annotations

from collections.abc import Callable

from app.domain import coverage_errors as errors
from app.domain.errors import DomainError

Parts = tuple[str, str, str]

NOTHING_WRITTEN = "Rien n'a été écrit."
FIELDS: dict[str, str] = {
    "label": "le libellé",
    "code": "le code",
    "kinds": "les services",
    "level": "la maille",
    "minimum": "le minimum",
    "threshold": "le seuil",
    "ratio": "le nombre d'assistants maternels par ETP",
    "ends_on": "la date de fin",
    "name": "le nom",
    "members": "les territoires",
    "required": "les services obligatoires",
    "hours": "les heures",
    "km": "la distance",
    "minutes": "la durée",
    "meaning": "le sens de « couvert »",
}
REASONS: dict[str, str] = {
    "empty": "une valeur est attendue",
    "positive": "un nombre au-dessus de zéro est attendu",
    "negative": "un nombre positif est attendu",
    "range": "le nombre sort des limites acceptées",
    "order": "elle doit venir après la date de début",
    "unknown": "ce mot n'est pas connu",
    "too_few": "il en faut deux au moins",
}


def _refused(what: str) -> Callable[[DomainError], Parts]:
    def build(error: DomainError) -> Parts:
        field = FIELDS.get(str(error.facts.get("field")), "une valeur")
        reason = REASONS.get(str(error.facts.get("reason")), "la valeur n'est pas acceptée")
        value = error.facts.get("value")
        shown = f" « {value} »" if value not in (None, "") else ""
        return (f"{what} : {field}{shown} ne convient pas, {reason}.", NOTHING_WRITTEN, "")

    return build


def _known(error: DomainError) -> str:
    known = error.facts.get("known")
    return ", ".join(str(code) for code in known) if isinstance(known, list | tuple) else ""


def _unknown_network(error: DomainError) -> Parts:
    return (f"Le réseau « {error.facts.get('code')} » n'existe pas.", "", f"Réseaux : {_known(error)}.")


def _unknown_figure(error: DomainError) -> Parts:
    return (
        f"Ce réseau n'a pas de chiffre « {error.facts.get('code')} ».",
        "",
        f"Chiffres possibles : {_known(error)}.",
    )


def _unknown_rule(error: DomainError) -> Parts:
    return (
        f"La règle « {error.facts.get('code')} » n'existe pas.",
        NOTHING_WRITTEN,
        f"Règles connues : {_known(error)}.",
    )


def _unknown_group(error: DomainError) -> Parts:
    return (f"Le groupe « {error.facts.get('code')} » n'existe pas, ou il a été supprimé.", "", "")


def _not_convertible(error: DomainError) -> Parts:
    return (
        f"« {error.facts.get('indicator')} » en {error.facts.get('year')} ne peut pas être porté dans la "
        f"géographie {error.facts.get('millesime')} : c'est un taux publié sans ses effectifs.",
        "",
        "Comparez des années de même géographie, ou importez les effectifs.",
    )


BUILDERS: dict[type, Callable[[DomainError], Parts]] = {
    errors.UnknownNetwork: _unknown_network,
    errors.UnknownFigure: _unknown_figure,
    errors.UnknownRule: _unknown_rule,
    errors.UnknownGroup: _unknown_group,
    errors.BadCriterion: _refused("Couverture"),
    errors.BadRule: _refused("Règle de maillage"),
    errors.BadGroup: _refused("Groupe de comparaison"),
    errors.BadBasket: _refused("Panier de services"),
    errors.NotConvertible: _not_convertible,
}
"""For each error: what happened, what is safe, what to do."""
