"""Every French word for a code of COG and CPOG. No Qt here."""

from __future__ import annotations

from app.domain.cog import Actor, NodeKind
from app.domain.cpog_closing import STATE_WORDS
from app.domain.cpog_codes import (
    Act,
    ActionState,
    ContractState,
    IndicatorType,
    LinkKind,
    MovementNature,
    Nature,
    Origin,
    Sense,
    SeriesKind,
    TargetKind,
    TargetStatus,
)
from app.domain.cpog_units import UNITS
from app.domain.trajectory import IndicatorState

CONTRACT_STATE: dict[str, str] = {
    ContractState.PLANNED: "prévu",
    ContractState.SIGNED: "signé",
    ContractState.ENDED: "échu",
}
NATURE: dict[str, str] = {Nature.COG: "COG", Nature.OTHER: "Hors COG"}
TYPE: dict[str, str] = {IndicatorType.RESULT: "Résultat", IndicatorType.FOLLOW: "Suivi"}
SENSE: dict[str, str] = {
    Sense.UP: "à augmenter",
    Sense.DOWN: "à diminuer",
    Sense.CONVERGE: "à rapprocher",
    Sense.NONE: "sans sens",
    Sense.UNKNOWN: "sens non dit",
}
TARGET_KIND: dict[str, str] = {
    TargetKind.FIXED: "fixe chaque année",
    TargetKind.END: "fin de COG",
    TargetKind.INDIVIDUAL: "individualisée",
    TargetKind.NATIONAL: "nationale",
    TargetKind.NONE: "aucune",
    TargetKind.TO_DEFINE: "à définir",
}
TARGET_STATUS: dict[str, str] = {
    TargetStatus.NOTIFIED: "notifiée",
    TargetStatus.HYPOTHESIS: "hypothèse non notifiée",
}
SERIES: dict[str, str] = {
    "realise": "Réalisé",
    SeriesKind.FORECAST: "Prévu",
    SeriesKind.REVISED: "Cible révisée",
    SeriesKind.INITIAL: "Cible initiale",
    SeriesKind.LOW: "Tunnel, bas",
    SeriesKind.CENTRAL: "Tunnel, centre",
    SeriesKind.HIGH: "Tunnel, haut",
}
STATE: dict[str, str] = {
    IndicatorState.FOLLOW: "suivi",
    IndicatorState.MET: "cible atteinte",
    IndicatorState.MISSED: "cible non atteinte",
    IndicatorState.TUNNEL: "dans le tunnel",
    IndicatorState.BELOW: "sortie basse",
    IndicatorState.ABOVE: "sortie haute",
    IndicatorState.NO_TARGET: "pas de cible cette année",
    IndicatorState.UNAVAILABLE: "indisponible",
    IndicatorState.MISSING: "à saisir",
    IndicatorState.UPCOMING: "à venir",
}
ORIGIN: dict[str, str] = {
    Origin.INTERNAL: "Interne",
    Origin.EXTERNAL: "Non imputable",
    Origin.MIXED: "Mixte",
}
ACT: dict[str, str] = {
    Act.AMENDMENT: "avenant",
    Act.LETTER: "lettre",
    Act.DIALOGUE: "dialogue de gestion",
    Act.NOTICE: "avis annuel",
    Act.OTHER: "autre acte",
}
MOVEMENT: dict[str, str] = {
    MovementNature.LASTING: "pérenne",
    MovementNature.CYCLICAL: "conjoncturel",
    MovementNature.SELF_FUNDED: "autofinancé",
}
ACTION: dict[str, str] = {state: STATE_WORDS[state] for state in ActionState}
LINK: dict[str, str] = {
    LinkKind.SAME: "même mesure",
    LinkKind.CLOSE: "mesure proche",
    LinkKind.BREAK: "à ne pas enchaîner",
}
ENGAGEMENT: dict[str, str] = {
    "engagement_caf": "Engagement de la Caf",
    "engagement_cnaf": "Engagement de la Cnaf",
    "enjeu": "Enjeu",
    "defi": "Défi",
}
DOCUMENT: dict[str, str] = {
    "annexe": "annexe",
    "avenant": "avenant",
    "lettre": "lettre",
    "dialogue": "dialogue de gestion",
    "avis": "avis annuel",
}
FLAG: dict[str, str] = {
    "compte": "compte différent",
    "fin": "fin peut-être coupée",
    "invraisemblable": "valeur invraisemblable",
    "conflit": "conflit de valeurs",
    "nature": "nature douteuse",
    "definition": "définition différente",
    "cible": "cible à lire avec prudence",
    "calcul": "calcul inexact",
    "texte": "texte contradictoire",
    "rubrique": "rubrique douteuse",
    "suivi": "suivi avec une cible",
    "manque": "valeur non écrite",
}
PERIODICITY: dict[str, str] = {"": "non dite", "annuelle": "annuelle", "trimestrielle": "trimestrielle"}
NODE: dict[str, str] = {
    NodeKind.AXIS: "Axe",
    NodeKind.FICHE: "Fiche",
    NodeKind.ENGAGEMENT: "Engagement",
    NodeKind.ACTION: "Action",
    NodeKind.EVALUATION: "Évaluation",
}
ACTOR: dict[str, str] = {Actor.CAISSE: "Caisse", Actor.STATE: "État"}
UNIT: dict[str, str] = {code: unit.label for code, unit in UNITS.items()}
THEME: dict[str, str] = {
    "petite_enfance": "Petite enfance",
    "enfance": "Enfance",
    "jeunesse": "Jeunesse",
    "parentalite": "Parentalité",
    "avs": "Animation de la vie sociale",
    "acces_aux_droits": "Accès aux droits",
    "numerique": "Inclusion numérique",
    "logement": "Logement",
    "handicap": "Handicap",
    "insertion": "Insertion",
    "partenariat": "Partenariat",
    "relation_service": "Relation de service",
    "maitrise_risques": "Maîtrise des risques",
    "rh": "Ressources humaines",
    "pilotage": "Pilotage",
    "transition_ecologique": "Transition écologique",
    "": "Transversal",
}
