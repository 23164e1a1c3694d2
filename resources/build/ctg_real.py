"""The two conventions of Haute-Marne that public sources tell of: facts, never completed."""

from __future__ import annotations

from collections.abc import Mapping

LANGRES = "Presse locale (jhm), mars 2024 : jour et mois lus, année déduite ; fiabilité B"
JOINVILLE = "Ordre du jour du conseil communautaire du 11 octobre 2016, point 7 ; fiabilité A"

REAL_CTGS: tuple[tuple[str, Mapping[str, object]], ...] = (
    ("ctg", {
        "key": "langres", "epci": "200072999", "name": "CTG du Grand Langres", "scope": "epci",
        "status": "en_cours", "starts_on": "2023-01-01", "ends_on": "2027-12-31", "signed_on": "2024-03-06",
        "fictitious": 0, "source": LANGRES,
        "note": "La source donne les années 2023 et 2027 ; les jours de début et de fin en sont déduits.",
    }),
    ("stage", {"ctg_uuid": "langres", "status": "signee", "reached_on": "2024-03-06"}),
    ("stage", {"ctg_uuid": "langres", "status": "en_cours"}),
    ("party", {"ctg_uuid": "langres", "rank": 1, "kind": "caf", "name": "Caf de la Haute-Marne",
               "code": "52", "deliberation_expected": 0}),
    ("party", {"ctg_uuid": "langres", "rank": 2, "kind": "epci", "name": "CC du Grand Langres",
               "code": "200072999", "deliberation_expected": 0}),
    ("party", {"ctg_uuid": "langres", "rank": 3, "kind": "commune", "name": "Ville de Langres",
               "code": "52269", "deliberation_expected": 0}),
    ("theme", {"ctg_uuid": "langres", "code": "petite_enfance"}),
    ("theme", {"ctg_uuid": "langres", "code": "vie_sociale"}),
    ("theme", {"ctg_uuid": "langres", "code": "parentalite"}),
    ("theme", {"ctg_uuid": "langres", "code": "logement"}),
    ("ctg", {
        "key": "joinville", "epci": "200044253", "name": "CTG du Bassin de Joinville", "scope": "epci",
        "status": "signee", "fictitious": 0, "source": JOINVILLE,
        "note": "Ni période ni date de signature lues : cette CTG ne compte dans aucune couverture.",
    }),
    ("stage", {"ctg_uuid": "joinville", "status": "signee"}),
    ("party", {"ctg_uuid": "joinville", "rank": 1, "kind": "caf", "name": "Caf de la Haute-Marne",
               "code": "52", "deliberation_expected": 0}),
    ("party", {"ctg_uuid": "joinville", "rank": 2, "kind": "epci",
               "name": "CC du Bassin de Joinville en Champagne", "code": "200044253",
               "deliberation_expected": 1, "deliberation_on": "2016-10-11"}),
)  # fmt: skip
