"""Sentences of the CTG page: stages, shapes, shares, gauges; no Qt here."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from app.domain.ctg import CtgStatus, PartyKind
from app.domain.french import (
    NBSP,
    NO_DATA,
    listing,
    long_date,
    number,
    percent,
    plural,
    short_date,
    typographic,
)
from ui.labels_ctg import ADVICE, CTG_STATUS, theme_label

if TYPE_CHECKING:
    from app.services.ctg_rows import CtgCoverage, CtgRow, Gauge, Share, StageRow

SHAPE: dict[CtgStatus, tuple[str, str]] = {
    CtgStatus.PREFIGURATION: ("circle-dashed", "texte3"),
    CtgStatus.DIAGNOSTIC: ("circle", "texte3"),
    CtgStatus.SIGNED: ("certificate", "encre"),
    CtgStatus.RUNNING: ("circle-half-2", "encre"),
    CtgStatus.EVALUATION: ("progress-check", "encre"),
    CtgStatus.RENEWED: ("circle-check", "vert"),
    CtgStatus.EXPIRED: ("circle-minus", "texte3"),
}
"""Shape and colour of each status, beside its word."""

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
    "novembre", "décembre",
)  # fmt: skip
NO_CTG = "Aucune CTG sur ce territoire"


def month(on: datetime.date) -> str:
    """« mars 2027 »."""
    return f"{MONTHS[on.month - 1]} {on.year}"


def stage_label(stage: StageRow) -> str:
    """« Renouvellement » until the convention is over."""
    if stage.status is CtgStatus.RENEWED and stage.reached_on is None and not stage.current:
        return "Renouvellement"
    return CTG_STATUS[stage.status]


def stage_notes(stage: StageRow, *, passed: bool = False) -> tuple[str, str]:
    """What is said under a stage, whole and in fewer words; a date that nobody gave is never guessed."""
    reached, planned = stage.reached_on, stage.planned_on
    if reached is not None and stage.current:
        return f"depuis {month(reached)}", short_date(reached)
    if reached is not None:
        exact = stage.status is CtgStatus.SIGNED
        return (long_date(reached) if exact else month(reached)), short_date(reached)
    if passed:
        return "date inconnue", NO_DATA
    if planned is not None and stage.status is CtgStatus.RENEWED:
        return f"avant {month(planned)}", short_date(planned)
    if planned is not None:
        return f"prévue en {month(planned)}", month(planned)
    return ("date inconnue", NO_DATA) if stage.current else ("", "")


def missing_words(codes: tuple[str, ...]) -> str:
    """« la date de début et la date de fin »."""
    return listing([ADVICE.get(code, code) for code in codes])


def subtitle(row: CtgRow) -> str:
    """« 2024 à 2027, 40 communes, 123 326 habitants »."""
    years = [str(day.year) for day in (row.starts_on, row.ends_on) if day is not None]
    period = " à ".join(dict.fromkeys(years)) or "période non fixée"
    parts = [period, plural(row.communes, "commune")]
    if row.population is not None:
        parts.append(plural(row.population, "habitant"))
    return ", ".join(parts)


def share_words(share: Share) -> str:
    """« 3 sur 16 EPCI »."""
    return f"{number(share.part)} sur {number(share.whole)}{NBSP}{share.label}"


def share_percent(share: Share) -> str:
    """« 18,8 % »."""
    return percent(share.percent) if share.percent is not None else NO_DATA


def coverage_note(covered: CtgCoverage) -> str:
    """What must be said beside the three shares, empty if nothing."""
    said = []
    if covered.epcis_partly:
        said.append(f"{plural(covered.epcis_partly, 'EPCI couvert', 'EPCI couverts')} en partie, non compté.")
    if covered.fictitious:
        said.append("Des CTG fictives comptent dans cette couverture.")
    return " ".join(said)


def gauge_words(gauge: Gauge) -> str:
    """« 5 sur 18 », « n.d. » when there is nothing to count."""
    return f"{number(gauge.count)} sur {number(gauge.total)}" if gauge.total else NO_DATA


def themes_words(row: CtgRow) -> str:
    """What is missing among the compulsory themes, empty if nothing is."""
    names = [theme_label(code, short=True) for code in row.missing_themes]
    if not names:
        return ""
    head = "Thème obligatoire absent" if len(names) == 1 else "Thèmes obligatoires absents"
    return typographic(f"{head} : {listing(names)}")


def proposed_name(names: list[str], kind: PartyKind) -> str:
    """« CTG Mellois en Poitou », « CTG Niort et Chauray »."""
    if kind is PartyKind.DEPARTEMENT:
        return f"CTG départementale, {names[0]}" if names else "CTG"
    shown = names if len(names) <= 3 else [*names[:2], f"{len(names) - 2} autres"]
    return f"CTG {listing(shown)}" if shown else "CTG"
