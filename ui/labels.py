"""Every French word for a code: pages, levels, states, statuses, references. No Qt here."""

from __future__ import annotations

from app.domain.indicator import Kind, ValueState, ValueStatus
from app.domain.territory import Level

PAGES: dict[str, str] = {
    "home": "Accueil",
    "map": "Carte",
    "equipment": "Équipements",
    "ctg": "CTG",
    "cpog": "CPOG",
    "sdsf": "SDSF",
    "meetings": "Réunions",
    "diagnostics": "Diagnostics",
    "data": "Données",
    "settings": "Réglages",
}

LEVEL_ONE: dict[int, str] = {
    Level.FRANCE: "France",
    Level.REGION: "région",
    Level.DEPARTEMENT: "département",
    Level.EPCI: "EPCI",
    Level.COMMUNE: "commune",
    Level.ARRONDISSEMENT: "arrondissement",
}
LEVEL_MANY: dict[int, str] = {
    Level.FRANCE: "France",
    Level.REGION: "régions",
    Level.DEPARTEMENT: "départements",
    Level.EPCI: "EPCI",
    Level.COMMUNE: "communes",
    Level.ARRONDISSEMENT: "arrondissements",
}
STATE: dict[int, str] = {
    ValueState.VALUE: "valeur",
    ValueState.ZERO: "zéro",
    ValueState.NO_DATA: "pas de donnée",
    ValueState.NOT_PUBLISHED: "non publié à cette maille",
    ValueState.MASKED: "masqué, secret statistique",
}
STATE_SHORT: dict[int, str] = {
    ValueState.NO_DATA: "pas de donnée",
    ValueState.ZERO: "zéro",
    ValueState.NOT_PUBLISHED: "non publié",
    ValueState.MASKED: "secret",
}
STATUS: dict[int, str] = {
    ValueStatus.PROVISIONAL: "provisoire",
    ValueStatus.CONSOLIDATED: "consolidé",
    ValueStatus.FROZEN: "arrêté",
}
KIND: dict[Kind, str] = {Kind.STOCK: "effectif", Kind.RATIO: "taux"}
REFERENCE: dict[str, str] = {"departement": "Département", "region": "Région", "france": "France"}
NATURE: dict[str, str] = {
    "CC": "communauté de communes",
    "CA": "communauté d’agglomération",
    "CU": "communauté urbaine",
    "ME": "métropole",
    "METRO": "métropole",
    "MET69": "métropole",
}
THEME_MODE: dict[str, str] = {"light": "Clair", "dark": "Sombre", "system": "Système"}
MODES: tuple[tuple[str, str, str], ...] = (
    ("couv_am", "Assistants maternels", "mode_am"),
    ("couv_eaje", "Eaje", "mode_eaje"),
    ("couv_prescol", "Préscolarisation", "mode_prescol"),
    ("couv_gad", "Garde à domicile", "mode_gad"),
)
"""Indicator, name and colour token of each mode d’accueil, in the order they are always drawn."""

NOT_IMPORTED = "non importé"
FICTITIOUS = "fictif"
SOURCES_MENTION = "IGN Admin Express, Insee, DGCL, Cnaf (data.caf.fr), Licence Ouverte 2.0"
