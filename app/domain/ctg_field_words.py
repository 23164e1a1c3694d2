"""French names of the fields and of the things of CTG, for sentences, history and papers."""

from __future__ import annotations

FIELD: dict[str, str] = {
    "action_uuid": "fiche",
    "ambition": "ambition",
    "amendment_uuid": "avenant",
    "amount_cents": "montant",
    "argument": "argument",
    "audience": "publics",
    "caf_role": "rôle de la Caf",
    "cej_ends_on": "fin du CEJ",
    "checked_on": "vérifié le",
    "code": "code",
    "comment": "commentaire",
    "communes": "communes",
    "composition": "composition",
    "copied_from": "copiée de",
    "criterion": "critère",
    "ctg_uuid": "CTG",
    "decided_on": "date de la décision",
    "decider": "décideur",
    "decimals": "décimales",
    "deliberation_expected": "délibération attendue",
    "deliberation_number": "numéro de délibération",
    "deliberation_on": "date de délibération",
    "deliverables": "livrables",
    "description": "description",
    "direction": "sens attendu",
    "document_uuid": "document",
    "done_on": "réalisée le",
    "dropped_on": "abandonnée le",
    "due_on": "échéance",
    "effective_on": "date d’effet",
    "elected_function": "élu référent (fonction)",
    "employer": "employeur",
    "employer_kind": "nature de l’employeur",
    "ends_on": "date de fin",
    "expected_result": "résultat attendu",
    "fictitious": "fictif",
    "finding": "constat d’origine",
    "fte": "ETP",
    "function": "fonction",
    "funder": "financeur",
    "funder_kind": "nature du financeur",
    "gap_code": "territoire de la lacune",
    "gap_level": "maille de la lacune",
    "gap_name": "nom du territoire de la lacune",
    "gap_reason": "raison de la lacune",
    "gap_rule": "règle de maillage",
    "held_on": "date de la séance",
    "highlights": "faits marquants",
    "holder": "porteur",
    "impact": "conséquence d’un retard",
    "indicator": "indicateur",
    "item_uuid": "point de l’ordre du jour",
    "joins_on": "entrée",
    "judgement": "jugement",
    "kind": "nature",
    "label": "libellé",
    "leaves_on": "sortie",
    "mail": "courriel",
    "name": "nom",
    "nature": "nature de la dépense",
    "new_ends_on": "nouvelle date de fin",
    "node_uuid": "objectif",
    "note": "note",
    "number": "valeur",
    "organisation": "organisation",
    "origin": "origine",
    "origin_kind": "nature de l’origine",
    "owner": "porteur",
    "parameter": "paramètre",
    "parent_uuid": "rattachement",
    "partners": "partenaires",
    "party_uuid": "signataire",
    "phone": "téléphone",
    "pilot_function": "pilote (fonction)",
    "pilot_organisation": "pilote (organisation)",
    "place": "lieu",
    "places": "places concernées",
    "planned_on": "date prévue",
    "progress_override": "avancement corrigé",
    "progress_reason": "motif de la correction",
    "quantity": "quantité",
    "question": "question",
    "rank": "rang",
    "reached_on": "date d’atteinte",
    "reason": "motif",
    "reference": "numéro d’origine",
    "retex": "retour d’expérience",
    "scope": "périmètre",
    "signed_on": "date de signature",
    "since": "depuis le",
    "source": "source",
    "starts_at": "heure",
    "starts_on": "date de début",
    "state": "état",
    "status": "état",
    "t0": "valeur T0",
    "t0_state": "état de T0",
    "t0_year": "année de T0",
    "t1": "valeur T1",
    "t1_state": "état de T1",
    "t1_year": "année de T1",
    "t2": "valeur T2",
    "t2_state": "état de T2",
    "t2_year": "année de T2",
    "target": "contenu montré",
    "text": "texte",
    "theme": "thème",
    "title": "intitulé",
    "unit": "unité",
    "until": "jusqu’au",
    "vacant_from": "vacant depuis",
    "vacant_to": "vacant jusqu’au",
    "valid_from": "valable depuis",
    "valid_to": "valable jusqu’au",
    "value": "montant",
    "vigilance": "points de vigilance",
    "year": "année",
}
"""Lower case, as in the middle of a sentence."""

THING: dict[str, tuple[str, bool]] = {
    "ctg": ("CTG", True),
    "stage": ("étape de la CTG", True),
    "member": ("commune", True),
    "party": ("signataire", False),
    "amendment": ("avenant", False),
    "theme": ("thème", False),
    "annex": ("annexe", True),
    "note": ("point de la synthèse", False),
    "parameter": ("paramètre", False),
    "bonus": ("ligne du bonus", True),
    "post": ("poste", False),
    "funding": ("financement du poste", False),
    "conformity": ("point du schéma", False),
    "finding": ("constat", False),
    "figure": ("chiffre du constat", False),
    "node": ("objectif", False),
    "action": ("fiche", True),
    "step": ("étape", True),
    "cost": ("coût", False),
    "budget": ("montant", False),
    "commitment": ("engagement", False),
    "indicator": ("indicateur", False),
    "value": ("valeur d’indicateur", True),
    "year": ("suivi annuel", False),
    "instance": ("instance", True),
    "meeting": ("séance", True),
    "agenda": ("point de l’ordre du jour", False),
    "attendance": ("présence", True),
    "decision": ("décision", True),
    "evaluation": ("question d’évaluation", True),
    "document": ("document", False),
    "link": ("lien", False),
    "contact": ("contact", False),
    "snapshot": ("vue figée", True),
    "status": ("changement d’état", False),
}
"""Name of each kind of thing, and whether it is feminine."""


def field_word(name: str) -> str:
    """French name of a field, its code if it has none."""
    return FIELD.get(name, name)


def added(kind: str) -> str:
    """« fiche ajoutée »."""
    noun, feminine = THING[kind]
    return f"{noun} ajouté{'e' if feminine else ''}"


def removed(kind: str) -> str:
    """« fiche supprimée »."""
    noun, feminine = THING[kind]
    return f"{noun} supprimé{'e' if feminine else ''}"


ORDERED: dict[str, str] = {
    "annex": "annexes",
    "commitment": "engagements",
    "evaluation": "questions d’évaluation",
    "finding": "constats",
    "indicator": "indicateurs",
    "note": "points de la synthèse",
    "party": "signataires",
    "post": "postes",
    "step": "étapes",
}
"""Things that the user puts in an order, several of them."""


def ordered(kind: str) -> str:
    """« ordre des constats »."""
    return f"ordre des {ORDERED[kind]}" if kind in ORDERED else edited(kind, ["rank"])


def edited(kind: str, fields: list[str]) -> str:
    """« fiche\u202f: échéance, porteur »."""
    return f"{THING[kind][0]}\u202f: {', '.join(field_word(name) for name in fields)}"
