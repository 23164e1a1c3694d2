"""French words of coverage: networks, meanings, certainties, origins of counts, conditions. No Qt here."""

from __future__ import annotations

from app.domain.coverage import Answer, Basis, Certainty, Meaning, Network
from app.domain.french import typographic
from app.domain.maillage import Condition, GapCertainty, Measure

NETWORK: dict[Network, str] = {
    Network.EAJE: "Eaje",
    Network.RPE: "Rpe",
    Network.AVS: "Centres sociaux et EVS",
    Network.LAEP: "Laep",
}
MEANING: dict[Meaning, str] = {
    Meaning.STRUCTURE: "Une structure dans le territoire",
    Meaning.POINT: "Une structure, un point ou une commune desservie",
    Meaning.HOURS: "Au moins h heures d’ouverture par an",
    Meaning.DISTANCE: "À moins de d kilomètres ou m minutes",
}
ANSWER: dict[Answer, str] = {
    Answer.YES: "couvert",
    Answer.NO: "non couvert",
    Answer.UNKNOWN: "non connu",
}
CERTAINTY: dict[Certainty, str] = {
    Certainty.EXACT: "compte complet",
    Certainty.AT_LEAST: "au moins, recensement partiel",
    Certainty.UNKNOWN: "non connu",
}
BASIS: dict[Basis, str] = {
    Basis.REGISTER: "registre",
    Basis.INDICATOR: "base permanente des équipements",
    Basis.TOTAL: "total connu",
    Basis.NONE: "aucune source",
}
GAP: dict[GapCertainty, str] = {GapCertainty.MISSING: "manque", GapCertainty.UNKNOWN: "inconnu"}
MEASURE: dict[Measure, str] = {
    Measure.STRUCTURES: "Structures",
    Measure.POINTS: "Points d’accueil",
    Measure.HOURS: "Heures d’ouverture par an",
    Measure.FTE: "ETP pour les assistants maternels",
}
CONDITION: dict[Condition, str] = {
    Condition.ALL: "Tous les territoires",
    Condition.RURAL: "EPCI ruraux",
    Condition.POPULATION: "Au-dessus d’un nombre d’habitants",
    Condition.QPV: "Avec un QPV",
    Condition.ZRR: "En ZRR",
    Condition.FRR: "En FRR",
}
BLOCKED: dict[str, str] = {
    "zones": typographic("Règle non appliquée : aucune zone de ce type n'est dans la base."),
}
