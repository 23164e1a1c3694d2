"""French words of CTG and steering for the screens; the papers use the same, from the domain. No Qt here."""

from __future__ import annotations

from app.domain.ctg_field_words import FIELD, THING, field_word
from app.domain.ctg_themes import theme_label
from app.domain.ctg_words import (
    ACTION_KIND,
    ACTION_STATE,
    AMENDMENT,
    CAF_ROLE,
    CTG_STATUS,
    INSTANCE,
    MEETING,
    MONEY,
    NATURE,
    NODE,
    NOTE_KINDS,
    ORIGIN,
    PARTY,
    POINT_STATE,
    PRESENCE,
    SCOPE,
)
from app.domain.steering import DecisionState

__all__ = [
    "ACTION_KIND",
    "ACTION_STATE",
    "ADVICE",
    "AGE_CLASS",
    "ALERT",
    "AMENDMENT",
    "CAF_ROLE",
    "CTG_STATUS",
    "DECISION",
    "DOCUMENT_STATE",
    "FIELD",
    "INSTANCE",
    "MEETING",
    "MONEY",
    "NATURE",
    "NODE",
    "NOTE_KINDS",
    "ORIGIN",
    "PARTY",
    "POINT_STATE",
    "PRESENCE",
    "SCOPE",
    "SECTION",
    "THING",
    "field_word",
    "theme_label",
]

SECTION: dict[str, str] = {
    "identite": "Identité",
    "constat": "Constat d’origine",
    "description": "Description",
    "publics": "Publics et communes",
    "etapes": "Étapes",
    "pilotage": "Pilotage et partenaires",
    "budget": "Budget",
    "resultat": "Résultat attendu",
    "suivi": "Suivi annuel",
    "pieces": "Pièces jointes",
}
DECISION: dict[DecisionState, str] = {
    DecisionState.OPEN: "À faire",
    DecisionState.LATE: "En retard",
    DecisionState.DONE: "Faite",
    DecisionState.DROPPED: "Abandonnée",
}
AGE_CLASS: dict[int, str] = {
    0: "moins de 15 jours",
    15: "15 à 29 jours",
    30: "30 à 59 jours",
    60: "60 à 89 jours",
    90: "90 à 179 jours",
    180: "180 jours et plus",
}
DOCUMENT_STATE: dict[str, str] = {
    "present": "présent",
    "missing": "introuvable",
    "altered": "modifié depuis",
}
ADVICE: dict[str, str] = {
    "communes": "au moins une commune",
    "starts_on": "la date de début",
    "ends_on": "la date de fin",
    "caf": "la Caf parmi les signataires",
    "partner": "un signataire à côté de la Caf",
    "deliberations": "les délibérations des signataires",
    "actions": "au moins une fiche action",
    "parties": "les signataires pressentis",
    "theme:acces_droits": "le thème de l’accès aux droits",
    "theme:non_recours_accueil": "le thème du recours aux modes d’accueil des familles précaires",
}
"""What is missing to pass to the next stage."""
ALERT: dict[str, str] = {
    "ctg_end": "Fin de CTG",
    "cej_end": "Fin de CEJ",
    "deliberation": "Délibération",
    "theme": "Thème obligatoire",
    "commitment": "Engagement en retard",
    "amendment": "Avenant à signer",
    "document": "Document",
}
