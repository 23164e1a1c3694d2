"""Findings about CPOG grids and value files, and words that their cells may hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.domain.anomaly import Anomaly, Decision, Severity
from app.domain.cpog_checks import ACTUAL, Finding
from app.domain.cpog_codes import IndicatorType, Nature, Sense, SeriesKind, TargetKind
from app.domain.cpog_points import Period
from app.domain.french import fold

if TYPE_CHECKING:
    from app.domain.anomaly_texts import Said

REFUSED, WARNED, KNOWN, CLOSED = "cpog_refused", "cpog_warned", "cpog_known", "cpog_closed"
_TITLES = {
    REFUSED: "Cellule refusée",
    WARNED: "À regarder",
    KNOWN: "Valeur déjà connue",
    CLOSED: "Année arrêtée",
}
_QUARTER = re.compile(
    r"(?:t|trimestre )?([1-4])(?:er|e|eme)?(?: trimestre)? (20\d\d)|(20\d\d) ?(?:t|trimestre )([1-4])"
)
_YEAR = re.compile(r"(?:cible |valeur |resultat |realise )?((?:19|20)\d\d)")


def anomaly_texts() -> dict[str, tuple[str, Callable[[Said], str]]]:
    """Title and explanation of each finding; the sentence is in its facts."""
    return {rule: (title, lambda said: said.text("text")) for rule, title in _TITLES.items()}


def finding_anomaly(line: int, column: str, value: str, finding: Finding) -> Anomaly:
    """Return the anomaly of a finding: a known value is replaced by default, a closed year is left alone."""
    usual = (REFUSED, Severity.ERROR, Decision.REJECT) if finding.blocking else (WARNED, Severity.INFO, "")
    rule, severity, decision = _SORTS.get(finding.code, usual)
    return Anomaly(line, column, value, rule, severity, (("text", finding.text),), decision)


_SORTS: Mapping[str, tuple[str, Severity, str]] = {
    "duplicate": (KNOWN, Severity.QUESTION, Decision.KEEP),
    "closed_year": (CLOSED, Severity.QUESTION, Decision.REJECT),
}


def period_of(header: str) -> Period | None:
    """Return the period a header names: « 2025 », « Cible 2025 », « T2 2025 », « 2e trimestre 2025 »."""
    text = fold(header)
    match = _QUARTER.fullmatch(text)
    if match:
        quarter, year = (match[1], match[2]) if match[1] else (match[4], match[3])
        return Period(int(year), int(quarter))
    match = _YEAR.fullmatch(text)
    return Period(int(match[1])) if match else None


def _words(*pairs: tuple[str, str]) -> dict[str, str]:
    return {fold(word): code for code, words in pairs for word in (code, *words.split("|"))}


NATURES = _words((Nature.COG, "cog|oui"), (Nature.OTHER, "hors cog|non"))
TYPES = _words((IndicatorType.RESULT, "résultat|resultats|r"), (IndicatorType.FOLLOW, "suivi|s"))
SENSES = _words(
    (Sense.UP, "hausse|à augmenter|augmentation|+"),
    (Sense.DOWN, "baisse|à diminuer|diminution|-"),
    (Sense.CONVERGE, "converge|convergence|à rapprocher"),
    (Sense.NONE, "aucun|sans"),
    (Sense.UNKNOWN, "inconnu|non dit"),
)
KINDS = _words(
    (TargetKind.FIXED, "fixe|chaque année|cog"),
    (TargetKind.END, "fin de cog|fin de contrat"),
    (TargetKind.INDIVIDUAL, "individualisée|individuelle"),
    (TargetKind.NATIONAL, "nationale|national"),
    (TargetKind.NONE, "aucune|x|sans cible"),
    (TargetKind.TO_DEFINE, "à définir"),
)
SERIES = _words(
    (ACTUAL, "réalisé|réel|résultat|observé|valeur"),
    (SeriesKind.FORECAST, "prévu|prévision"),
    (SeriesKind.INITIAL, "cible initiale|cible|initiale"),
    (SeriesKind.REVISED, "cible révisée|révisée"),
    (SeriesKind.LOW, "tunnel bas|bas|tunnel, bas"),
    (SeriesKind.CENTRAL, "tunnel centre|central|tunnel, centre"),
    (SeriesKind.HIGH, "tunnel haut|haut|tunnel, haut"),
)
UNITS = _words(
    ("%", "pourcentage|pour cent|taux"),
    ("nombre", "nb|unités"),
    ("jours", "jour|j"),
    ("eur", "€|euros|euro"),
    ("m2", "m²|mètres carrés"),
    ("ratio", "rapport"),
    ("heures", "h|heure"),
    ("places", "place"),
    ("etp", "ETP"),
    ("etpma", "ETPMA"),
)
