"""Every French word for a code of the register. No Qt here."""

from __future__ import annotations

import datetime

from app.domain.register import MovementKind, Reliability, Status
from app.domain.register_fields import FIELDS
from app.domain.register_lists import load_choices, load_kinds
from app.domain.register_rules import WEEK

STATUS: dict[Status, str] = {
    Status.PROJECT: "Projet",
    Status.OPEN: "Ouvert",
    Status.SUSPENDED: "Suspendu",
    Status.CLOSED: "Fermé",
}
MOVEMENT: dict[MovementKind, str] = {
    MovementKind.CREATION: "Création",
    MovementKind.CLOSURE: "Fermeture",
}
RELIABILITY: dict[Reliability, str] = {
    Reliability.OFFICIAL: "Source officielle",
    Reliability.PRESS: "Presse ou site local",
    Reliability.DEDUCED: "Déduit",
    Reliability.UNSAID: "Non précisée",
}
DAYS: tuple[str, ...] = WEEK
SHORT_DAYS: tuple[str, ...] = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
DUPLICATE_REASONS: dict[str, str] = {
    "same_name": "même nom",
    "alike_name": "noms proches",
    "same_place": "même site",
    "near": "à moins de 150 m",
    "same_commune": "même commune, adresse inconnue",
    "same_address": "même adresse",
}
THEMES: dict[str, str] = {
    "petite_enfance": "Petite enfance",
    "enfance": "Enfance",
    "jeunesse": "Jeunesse",
    "parentalite": "Parentalité",
    "animation_vie_sociale": "Animation de la vie sociale",
    "acces_droits": "Accès aux droits",
}
STANDING: dict[str, str] = {"inside": "dans la zone", "possible": "peut-être dans la zone"}
TABLES: dict[str, str] = {
    "site": "Site",
    "equipment": "Équipement",
    "equipment_point": "Point",
    "place_group": "Groupe de places",
    "place_movement": "Mouvement de places",
    "equipment_transfer": "Transfert",
    "equipment_support": "Accompagnement",
    "signal_value": "Signal",
}
DEEDS: dict[str, str] = {"added": "ajouté", "changed": "modifié", "removed": "supprimé"}
FIELD_LABELS: dict[str, str] = {
    **{spec.code: spec.label for spec in FIELDS},
    "licensed": "Places agréées",
    "active": "Actifs",
    "places": "Places",
    "label": "Libellé",
    "starts_on": "Début",
    "ends_on": "Fin",
    "expected": "Prévu",
    "code_qpv": "QPV",
    "days": "Jours",
    "happened_on": "Date",
    "year_only": "Année seule",
    "from_manager": "Ancien gestionnaire",
    "from_kind": "Ancienne nature",
    "to_manager": "Nouveau gestionnaire",
    "to_kind": "Nouvelle nature",
    "code": "Code",
    "year": "Année",
    "ages": "Âges",
    "communes": "Communes",
    "partial": "Communes en partie",
    "population": "Population",
    "count": "Nombre",
    "precise": "Emplacement exact",
    "number": "Valeur",
    "signal": "Signal",
    "bound": "Seuil",
    "text": "Texte",
    "done_by": "Par",
    "amount": "Montant",
    "amount_cents": "Montant",
    "on": "Date",
}


def kind_label(code: str, on: datetime.date | None = None) -> str:
    """« Relais petite enfance », or « Relais assistants maternels » on a day before 1 September 2021."""
    kind = load_kinds().get(code)
    return kind.label_at(on) if kind else code


def choice_label(name: str, code: str) -> str:
    """Label of a code of a closed list (funding, manager_kind, zone_kind, support_kind); itself if free."""
    choice = load_choices(name).get(code)
    return choice.label if choice else code
