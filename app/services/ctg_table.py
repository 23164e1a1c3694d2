"""The tables of a plan d’actions: their columns, the same in the template, the export and the import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.ctg_themes import load_themes
from app.domain.ctg_words import ACTION_KIND, ACTION_STATE, CAF_ROLE, MONEY, NATURE, ORIGIN, PARTY
from app.ingestion.fields import Field


def _choices(words: Mapping[Any, str]) -> tuple[tuple[str, str], ...]:
    return tuple((str(code), label) for code, label in words.items())


def _theme_choices() -> tuple[tuple[str, str], ...]:
    return tuple((theme.code, theme.label) for theme in load_themes().values())


PLAN_FIELDS: tuple[Field, ...] = (
    Field("number", "N°", True, synonyms=("numéro", "n° fiche", "numéro de fiche", "n° action",
                                          "numéro de l’action", "réf", "référence")),
    Field("title", "Intitulé", True, synonyms=("action", "actions", "titre", "fiche action",
                                               "intitulé de l’action", "nom de l’action",
                                               "libellé de l’action", "titre de l’action")),
    Field("uuid", "Identifiant", synonyms=("identifiant maillage",)),
    Field("ctg", "CTG", synonyms=("convention", "code EPCI", "EPCI", "territoire")),
    Field("issue", "Enjeu", synonyms=("axe", "enjeux", "axe stratégique", "axe de travail", "priorité")),
    Field("strategic", "Objectif stratégique",
          synonyms=("objectif", "objectifs", "orientation", "objectif général")),
    Field("operational", "Objectif opérationnel", synonyms=("sous-objectif", "objectif spécifique")),
    Field("theme", "Thème", kind="choice", synonyms=("thématique", "champ d’intervention", "domaine"),
          choices=_theme_choices()),
    Field("kind", "Nature", kind="choice", synonyms=("type d’action",), choices=_choices(ACTION_KIND)),
    Field("status", "État", kind="choice", synonyms=("statut", "avancement", "état d’avancement"),
          choices=_choices(ACTION_STATE)),
    Field("reason", "Motif", synonyms=("raison",)),
    Field("decider", "Décideur"),
    Field("decided_on", "Date de décision", kind="date"),
    Field("origin_kind", "Origine", kind="choice", choices=_choices(ORIGIN)),
    Field("finding", "Constat", synonyms=("constat d’origine", "diagnostic")),
    Field("description", "Description", synonyms=("contenu", "descriptif", "modalités")),
    Field("audience", "Publics", synonyms=("public", "public visé", "bénéficiaires")),
    Field("communes", "Communes", synonyms=("communes concernées", "périmètre")),
    Field("pilot_organisation", "Pilote",
          synonyms=("pilote (organisation)", "porteur", "organisme pilote", "porteur de l’action", "pilotage",
                    "référent", "responsable")),
    Field("pilot_function", "Fonction du pilote", synonyms=("pilote (fonction)", "référent technique")),
    Field("elected_function", "Élu référent", synonyms=("élu référent (fonction)", "élu")),
    Field("partners", "Partenaires", synonyms=("partenaires associés", "partenariat")),
    Field("caf_role", "Rôle de la Caf", kind="choice", choices=_choices(CAF_ROLE)),
    Field("fte", "ETP", kind="number"),
    Field("places", "Places", kind="integer", synonyms=("nombre de places",)),
    Field("deliverables", "Livrables"),
    Field("expected_result", "Résultat attendu", synonyms=("résultats attendus", "indicateurs", "cible")),
    Field("starts_on", "Début", kind="date", synonyms=("date de début", "date de lancement", "début prévu")),
    Field("ends_on", "Fin", kind="date",
          synonyms=("date de fin", "échéance", "fin prévue", "échéancier", "délai")),
    Field("steps", "Étapes", synonyms=("calendrier", "étapes (une par ligne)")),
    Field("vigilance", "Points de vigilance", synonyms=("vigilance", "freins")),
    Field("retex", "Retour d’expérience", synonyms=("retex", "bilan")),
)  # fmt: skip
"""One fiche a line; étapes: one a line of the cell, « intitulé | porteur | prévue | réalisée »."""

BUDGET_FIELDS: tuple[Field, ...] = (
    Field("number", "N°", True, synonyms=("numéro", "n° fiche", "numéro de fiche", "n° action")),
    Field("year", "Année", True, "integer", synonyms=("exercice",)),
    Field("funder", "Financeur", True, synonyms=("cofinanceur", "partenaire financier")),
    Field("amount", "Montant en euros", True, "number", synonyms=("montant", "euros")),
    Field("state", "État du montant", kind="choice", synonyms=("état",), choices=_choices(MONEY)),
    Field("funder_kind", "Nature du financeur", kind="choice", choices=_choices(PARTY)),
    Field("nature", "Nature de la dépense", kind="choice", synonyms=("nature",),
          choices=_choices(NATURE)),
    Field("uuid", "Identifiant"),
    Field("ctg", "CTG", synonyms=("convention", "code EPCI", "EPCI", "territoire")),
)  # fmt: skip
"""One amount a line."""

ACTION_COLUMNS = (
    "title", "theme", "kind", "origin_kind", "finding", "description", "audience", "communes",
    "pilot_organisation", "pilot_function", "elected_function", "partners", "caf_role", "fte", "places",
    "deliverables", "expected_result", "starts_on", "ends_on", "vigilance", "retex",
)  # fmt: skip
"""Fields of a plan that are columns of a fiche."""

PLAN_SHEET = "Plan d’action"
BUDGET_SHEET = "Budget"


def label_of(field: Field, code: str) -> str:
    """Label of a code of a choice, the code itself if there is none."""
    return next((label for held, label in field.choices if held == code), code)
