"""Columns of the lists of « Contrat »: what may be typed of a party, an act, an indicator, an engagement."""

from __future__ import annotations

from typing import Any

from app.domain.cpog_codes import IndicatorType, Nature, Sense, TargetKind
from app.domain.numbers import parse_year
from ui import labels_cpog
from ui.models.grid import CellRefused, EditColumn
from ui.models.table import Column
from ui.views.ctg_columns import choice_column, day_column, number_column, text_column, yes_column

Columns = tuple[Column[Any], ...]

PARTIES: Columns = (
    text_column("name", "Nom", required=True),
    text_column("role", "Rôle"),
    day_column("signed_on", "Signé le"),
)
DOCUMENTS: Columns = (
    choice_column("kind", "Type", labels_cpog.DOCUMENT),
    text_column("number", "N°"),
    text_column("label", "Intitulé", required=True),
    day_column("on", "Date"),
    yes_column("signed", "Signé"),
    text_column("subject", "Objet"),
)


def _year(typed: str) -> int | None:
    if not typed.strip():
        return None
    found = parse_year(typed)
    if found is None:
        raise CellRefused("Une année à quatre chiffres est attendue.")
    return found


def indicator_columns() -> Columns:
    """What defines an indicator; weight, bounds and targets are typed elsewhere."""
    return (
        text_column("code", "Code"),
        text_column("label", "Libellé", required=True),
        text_column("short_label", "Nom court"),
        text_column("domain", "Domaine"),
        text_column("fiche", "Fiche"),
        choice_column("nature", "Nature", {n: labels_cpog.NATURE[n] for n in Nature}),
        choice_column("type", "Type", {t: labels_cpog.TYPE[t] for t in IndicatorType}),
        choice_column("unit", "Unité", labels_cpog.UNIT),
        choice_column("direction", "Sens", {s: labels_cpog.SENSE[s] for s in Sense}),
        choice_column("target_kind", "Cible", {k: labels_cpog.TARGET_KIND[k] for k in TargetKind}),
        choice_column("periodicity", "Périodicité", labels_cpog.PERIODICITY),
        EditColumn("Dès", lambda item: item.start_year, text=str, parse=_year, code="start_year", absent="·"),
        number_column("reference", "Référence", 1),
    )


def engagement_columns() -> Columns:
    """What defines an engagement; its follow-up is in « Actions »."""
    return (
        text_column("code", "N°"),
        choice_column("kind", "Type", labels_cpog.ENGAGEMENT),
        text_column("title", "Intitulé", required=True),
        choice_column("theme", "Thème", labels_cpog.THEME),
        text_column("territory", "Territoire"),
        day_column("due_on", "Échéance"),
    )
