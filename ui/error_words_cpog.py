"""French sentences of the errors about COG and CPOG."""

from __future__ import annotations

from collections.abc import Callable

from app.domain import cpog_errors as errors
from app.domain.cpog_closing import STATE_WORDS
from app.domain.errors import DomainError
from app.domain.french import listing

Parts = tuple[str, str, str]
NOTHING = "Rien n'a été écrit."

BAD_FIELD: dict[str, str] = {
    "empty": "ne peut pas être vide",
    "order": "a une fin avant son début",
    "long": "couvre plus de dix ans",
    "held": "porte des cibles, des valeurs ou des séries",
    "loop": "ne peut pas être dans lui-même",
    "both": "ne peut être à la fois une COG et une copie",
    "bounds": "a un minimum au-dessus de son maximum",
    "negative": "ne peut pas être négatif",
    "periods": "demande au moins une période",
}
SHOWN = 8
"""Beyond, the others are counted."""


def _fact(error: DomainError, name: str) -> str:
    value = error.facts.get(name)
    return "" if value is None else str(value)


def _items(error: DomainError, name: str) -> list[str]:
    found = error.facts.get(name)
    return [str(item) for item in found] if isinstance(found, tuple | list) else []


def _known(error: DomainError) -> str:
    known = _items(error, "known")
    return f"Connus : {listing(known)}." if known else "La base n'en contient aucun."


def _unknown_contract(error: DomainError) -> Parts:
    return (f"Aucun CPOG n'a le code « {_fact(error, 'code')} ».", "", _known(error))


def _no_contract(error: DomainError) -> Parts:
    delivered = _items(error, "delivered")
    remedy = (
        f"Chargez un CPOG livré : {listing(delivered)}."
        if delivered
        else "Créez-en un, ou importez sa grille."
    )
    return ("Cette base n'a aucun CPOG.", "", remedy)


def _unknown_cog(error: DomainError) -> Parts:
    return (f"Aucune COG n'a le code « {_fact(error, 'code')} ».", "", _known(error))


def _unknown_item(error: DomainError) -> Parts:
    return (f"Cet élément ({_fact(error, 'what')}) n'est plus dans la base.", NOTHING, "Rechargez la page.")


def _contract_exists(error: DomainError) -> Parts:
    return (f"Un CPOG a déjà le code « {_fact(error, 'code')} ».", NOTHING, "Choisissez un autre code.")


def _bad_field(error: DomainError) -> Parts:
    reason = BAD_FIELD.get(_fact(error, "reason"), "est refusé")
    value = _fact(error, "value")
    shown = f" ({value})" if value else ""
    return (f"Le champ « {_fact(error, 'field')} »{shown} {reason}.", NOTHING, "")


def _entry_refused(error: DomainError) -> Parts:
    texts = _items(error, "texts")
    more = f" Et {len(texts) - SHOWN} autres." if len(texts) > SHOWN else ""
    count = "Une cellule est refusée" if len(texts) == 1 else f"{len(texts)} cellules sont refusées"
    return (f"{count} : {' '.join(texts[:SHOWN])}{more}", NOTHING, "Corrigez-les, puis recommencez.")


def _initial_locked(error: DomainError) -> Parts:
    return (
        f"La cible initiale de « {_fact(error, 'indicator')} » pour {_fact(error, 'period')} est déjà fixée.",
        NOTHING,
        "Elle ne se modifie pas : révisez la cible.",
    )


def _incomplete_revision(error: DomainError) -> Parts:
    return (
        f"La révision ne dit rien du champ « {_fact(error, 'field')} ».",
        NOTHING,
        "Dites ce qui change, ou pourquoi cela reste inchangé.",
    )


def _unbalanced(error: DomainError) -> Parts:
    return (
        f"« {_fact(error, 'indicator')} » n'a pas de cible initiale pour {_fact(error, 'period')}.",
        NOTHING,
        "Saisissez d'abord la cible initiale.",
    )


def _closing_incomplete(error: DomainError) -> Parts:
    names = _items(error, "indicators")
    shown = listing([f"« {name} »" for name in names[:SHOWN]])
    more = f" et {len(names) - SHOWN} autres" if len(names) > SHOWN else ""
    return (
        f"Le bilan {_fact(error, 'year')} ne peut pas être arrêté : écart à expliquer pour {shown}{more}.",
        NOTHING,
        "Donnez la cause et l'origine de chaque écart.",
    )


def _already_closed(error: DomainError) -> Parts:
    return (
        f"Le bilan {_fact(error, 'year')} est déjà arrêté (version {_fact(error, 'version')}).",
        "Rien n'a changé depuis.",
        "",
    )


def _not_closed(error: DomainError) -> Parts:
    return (f"Le bilan {_fact(error, 'year')} n'est pas arrêté.", "", "Arrêtez-le d'abord.")


def _gap_incomplete(error: DomainError) -> Parts:
    return (f"L'écart n'a pas de {_fact(error, 'field')}.", NOTHING, "Cause et origine sont nécessaires.")


def _action_unexplained(error: DomainError) -> Parts:
    field = {"reason": "motif", "decided_by": "décideur", "decided_on": "date"}.get(_fact(error, "field"), "")
    state = STATE_WORDS.get(_fact(error, "state"), _fact(error, "state"))
    return (
        f"Une action « {state} » demande un motif, un décideur et une date : {field} manque.",
        NOTHING,
        "",
    )


def _bad_deadline(error: DomainError) -> Parts:
    return (
        f"Le {_fact(error, 'day')}/{_fact(error, 'month')} n'existe pas.",
        NOTHING,
        "Choisissez une autre date.",
    )


def _bad_link(error: DomainError) -> Parts:
    if _fact(error, "reason") == "same":
        return ("Un indicateur ne se lie pas à lui-même.", NOTHING, "")
    return ("Ces deux indicateurs sont déjà liés.", NOTHING, "")


def _no_peers(error: DomainError) -> Parts:
    return (
        f"Aucune autre Caf n'a de valeur pour « {_fact(error, 'indicator')} » en {_fact(error, 'period')}.",
        "",
        "Importez les valeurs d'un groupe de Caf.",
    )


def _nothing_delivered(error: DomainError) -> Parts:
    return (f"Aucun CPOG livré n'a le code « {_fact(error, 'code')} ».", "", _known(error))


BUILDERS: dict[type, Callable[[DomainError], Parts]] = {
    errors.UnknownContract: _unknown_contract,
    errors.NoContract: _no_contract,
    errors.UnknownCog: _unknown_cog,
    errors.UnknownItem: _unknown_item,
    errors.ContractExists: _contract_exists,
    errors.BadContract: _bad_field,
    errors.BadIndicator: _bad_field,
    errors.EntryRefused: _entry_refused,
    errors.InitialTargetLocked: _initial_locked,
    errors.IncompleteRevision: _incomplete_revision,
    errors.RevisionUnbalanced: _unbalanced,
    errors.ClosingIncomplete: _closing_incomplete,
    errors.AlreadyClosed: _already_closed,
    errors.NotClosed: _not_closed,
    errors.GapIncomplete: _gap_incomplete,
    errors.ActionUnexplained: _action_unexplained,
    errors.BadHypothesis: _bad_field,
    errors.BadDeadline: _bad_deadline,
    errors.BadLink: _bad_link,
    errors.NoPeers: _no_peers,
    errors.NothingDelivered: _nothing_delivered,
}
"""For each error: what happened, what is safe, what to do."""
