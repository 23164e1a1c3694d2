"""French words of SDSF, their sheet, the cascade and alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.sdsf import FilledBy, NodeKind, Stage

if TYPE_CHECKING:
    from app.services.sdsf_rows import SdsfRow

STAGE: dict[str, str] = {
    Stage.UNKNOWN: "non connu",
    Stage.PREPARED: "en préparation",
    Stage.RUNNING: "en cours",
    Stage.EVALUATION: "en évaluation",
    Stage.RENEWED: "renouvelé",
    Stage.EXPIRED: "échu",
}
NODE: dict[str, str] = {NodeKind.AXIS: "axe", NodeKind.OBJECTIVE: "objectif", NodeKind.ACTION: "action"}
FILLED_BY: dict[str, str] = {
    FilledBy.NOBODY: "non renseigné",
    FilledBy.CNAF: "Cnaf",
    FilledBy.DREES: "Drees",
    FilledBy.LOCAL: "local",
}
SDAVS: dict[str, str] = {"integre": "intégré au SDSF", "distinct": "schéma distinct", "": "non connu"}
ACTION_STATE: dict[str, str] = {
    "": "non renseigné",
    "a_lancer": "à lancer",
    "en_cours": "en cours",
    "realisee": "réalisée",
    "abandonnee": "abandonnée",
}
PARTY: dict[str, str] = {
    "etat": "État",
    "departement": "Département",
    "caf": "Caf",
    "msa": "MSA",
    "commune": "commune",
    "epci": "EPCI",
    "association": "association",
    "autre": "autre",
    "": "",
}
FIELDS: dict[str, str] = {
    "label": "intitulé",
    "starts_on": "début",
    "ends_on": "fin",
    "signed_on": "signature",
    "budget_cents": "budget",
    "position": "rang",
    "reason": "motif",
    "until": "date",
}
KIND_ONE: dict[str, str] = {
    "cog_node": "COG",
    "cpog_engagement": "engagement CPOG",
    "cpog_indicator": "indicateur CPOG",
    "sdsf_axis": "axe SDSF",
    "sdsf_objective": "objectif SDSF",
    "sdsf_action": "action SDSF",
    "ctg_objective": "objectif CTG",
    "fiche": "fiche action",
    "evidence": "pièce",
}
KIND_MANY: dict[str, str] = {
    "cog_node": "COG",
    "cpog_engagement": "Engagements CPOG",
    "cpog_indicator": "Indicateurs CPOG",
    "sdsf_axis": "Axes du SDSF",
    "sdsf_objective": "Objectifs du SDSF",
    "sdsf_action": "Actions du SDSF",
    "ctg_objective": "Objectifs des CTG",
    "fiche": "Fiches action",
    "evidence": "Pièces",
}


def scheme_title(row: SdsfRow) -> str:
    """« Haute-Marne 2020-2026, en cours »; the years that are not known are left out."""
    years = [str(day.year) for day in (row.starts_on, row.ends_with_amendments) if day is not None]
    place = " ".join((row.departement, "-".join(dict.fromkeys(years)))).strip()
    return f"{place}, {'étape non connue' if row.stage is Stage.UNKNOWN else STAGE[row.stage]}"
