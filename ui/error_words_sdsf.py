"""French sentences of the errors about SDSF, cascade and alerts."""

from __future__ import annotations

from collections.abc import Callable

from app.domain import sdsf_errors as errors
from app.domain.errors import DomainError
from app.domain.sdsf import NEXT_STAGES, Stage
from ui import labels_sdsf as labels

NOTHING = "Rien n'a été écrit."
Parts = tuple[str, str, str]
REASONS: dict[str, Parts] = {
    "empty": ("Ce champ ne peut pas rester vide.", NOTHING, "Écrivez un intitulé."),
    "order": ("La fin précède le début.", NOTHING, "Corrigez l'une des deux dates."),
    "shortens": (
        "Un avenant ne raccourcit pas le schéma.",
        NOTHING,
        "Donnez une fin après celle du schéma, ou laissez ce champ vide.",
    ),
    "already_renewed": (
        "Ce schéma est déjà renouvelé.",
        NOTHING,
        "Ouvrez celui qui le suit, ou supprimez-le d'abord.",
    ),
    "has_meetings": (
        "Le comité de ce schéma s'est réuni.",
        NOTHING,
        "Ses séances et décisions restent : passez plutôt le schéma à l'étape « échu ».",
    ),
    "before_previous": (
        "Le nouveau schéma commence avant celui qu'il renouvelle.",
        NOTHING,
        "Corrigez son début.",
    ),
    "too_long": (
        "Un SDSF dure six ans au plus.",
        NOTHING,
        "Corrigez la période, ou ajoutez un avenant de prolongation.",
    ),
    "negative": ("Un budget ne peut pas être négatif.", NOTHING, "Corrigez le montant."),
    "unknown_field": ("Ce champ n'existe pas.", NOTHING, ""),
    "outside": (
        "L'action sort de la période du schéma.",
        NOTHING,
        "Corrigez ses dates, ou prolongez le schéma par un avenant.",
    ),
    "past": ("La date doit être à venir.", NOTHING, "Choisissez une date après aujourd'hui."),
    "no_reason": ("Un motif est demandé.", NOTHING, "Écrivez-le en quelques mots."),
    "same": ("Un objet ne peut pas être lié à lui-même.", NOTHING, ""),
    "cycle": ("Ce lien ferait une boucle.", NOTHING, "Reliez du plus large au plus précis."),
    "unknown": ("L'un des deux objets n'existe plus.", NOTHING, "Rechargez la page."),
    "order_of_levels": (
        "Ces deux niveaux ne se relient pas dans ce sens.",
        NOTHING,
        "Reliez du plus large (COG) au plus précis (fiche action).",
    ),
}


def _refused(error: DomainError) -> Parts:
    happened, safe, remedy = REASONS.get(
        str(error.facts.get("reason", "")), ("Cette saisie est refusée.", NOTHING, "")
    )
    field = labels.FIELDS.get(str(error.facts.get("field", "")), "")
    return (
        f"{field.capitalize()} : {happened[0].lower()}{happened[1:]}" if field else happened,
        safe,
        remedy,
    )


def _not_found(_error: DomainError) -> Parts:
    return ("Cet élément du schéma n'existe plus.", NOTHING, "Rechargez la page : il a pu être supprimé.")


def _stage(error: DomainError) -> Parts:
    current = labels.STAGE.get(str(error.facts["current"]), "")
    asked = labels.STAGE.get(str(error.facts["asked"]), "")
    after = " ou ".join(
        f"« {words} »"
        for stage, words in labels.STAGE.items()
        if stage in NEXT_STAGES.get(Stage(str(error.facts["current"])), ())
    )
    return (
        f"Un schéma « {current} » ne peut pas devenir « {asked} ».",
        NOTHING,
        f"Il peut devenir {after}." if after else "Il ne change plus d'étape.",
    )


def _parent(error: DomainError) -> Parts:
    kind = labels.NODE.get(str(error.facts["kind"]), "élément")
    return (
        f"Cet élément ({kind}) ne peut pas se placer ici.",
        NOTHING,
        "L'ordre est : axe, objectif, action.",
    )


def _linked(error: DomainError) -> Parts:
    return (
        f"« {error.facts['label']} » porte encore {error.facts['count']} élément(s) ou lien(s).",
        NOTHING,
        "Déplacez-les ou supprimez-les d'abord.",
    )


def _sheet(error: DomainError) -> Parts:
    reasons = {
        "no_label": "Aucune colonne ne porte l'intitulé des indicateurs.",
        "no_line": "La fiche ne contient aucune ligne.",
        "year": "L'année de la fiche n'est pas connue.",
        "suffix": "La fiche s'écrit en .xlsx ou en .csv.",
    }
    said = reasons.get(str(error.facts.get("reason", "")), "Ce fichier n'est pas une fiche d'indicateurs.")
    return (said, NOTHING, "Vérifiez le fichier, ou indiquez les colonnes à l'import.")


BUILDERS: dict[type, Callable[[DomainError], tuple[str, str, str]]] = {
    errors.SdsfNotFound: _not_found,
    errors.SdsfRefused: _refused,
    errors.ForbiddenStage: _stage,
    errors.WrongParent: _parent,
    errors.NodeHasLinks: _linked,
    errors.SheetRefused: _sheet,
    errors.LinkRefused: _refused,
    errors.AlertRefused: _refused,
}
"""For each error: what happened, what is safe, what to do."""
