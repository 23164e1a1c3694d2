"""Shapes and sentences of the page « CPOG » that are not words for a code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.domain.cpog_codes import Sense
from app.domain.french import NBSP, THIN, long_date, number, plural
from app.domain.indicator import ValueState
from app.domain.trajectory import IndicatorState
from ui import labels, labels_cpog

if TYPE_CHECKING:
    from app.services.cpog_rows import CpogRow, IndicatorRow, Point

LOOKS: dict[str, tuple[str, str]] = {
    IndicatorState.FOLLOW: ("eye", "texte3"),
    IndicatorState.MET: ("circle-check", "vert"),
    IndicatorState.MISSED: ("circle-x", "rouge"),
    IndicatorState.TUNNEL: ("brackets-contain", "vert"),
    IndicatorState.BELOW: ("triangle-inverted-filled", "rouge"),
    IndicatorState.ABOVE: ("triangle-filled", "ocre"),
    IndicatorState.NO_TARGET: ("minus", "texte3"),
    IndicatorState.UNAVAILABLE: ("line-dashed", "texte3"),
    IndicatorState.MISSING: ("line-dashed", "texte3"),
    IndicatorState.UPCOMING: ("clock", "texte3"),
}
"""Icon and token of each state: shape and colour, the word is in labels_cpog."""
SENSE_ICONS: dict[str, str] = {
    Sense.UP: "arrow-up",
    Sense.DOWN: "arrow-down",
    Sense.CONVERGE: "focus-centered",
}
WORST = (
    IndicatorState.BELOW,
    IndicatorState.MISSED,
    IndicatorState.ABOVE,
    IndicatorState.MISSING,
    IndicatorState.UNAVAILABLE,
    IndicatorState.UPCOMING,
    IndicatorState.NO_TARGET,
    IndicatorState.MET,
    IndicatorState.TUNNEL,
    IndicatorState.FOLLOW,
)
"""A row with sub-series shows the state that asks most of the reader."""


def worst(rows: Sequence[IndicatorRow]) -> IndicatorState:
    """The state of a row that holds only sub-series."""
    return min((row.state for row in rows), key=WORST.index)


def contract_title(row: CpogRow) -> str:
    """« CPOG 2018 à 2022 »."""
    return f"CPOG {row.starts_on.year} à {row.ends_on.year}"


def contract_count(row: CpogRow) -> str:
    """« 35 indicateurs listés, 29 annoncés, 4 hors COG »."""
    said = [plural(row.indicators, "indicateur")]
    if row.announced is not None and row.announced != row.indicators:
        said.append(f"{row.announced}{NBSP}annoncés")
    if row.off_cog:
        said.append(f"{row.off_cog}{NBSP}hors COG")
    return ", ".join(said)


def last_text(row: IndicatorRow) -> str:
    """What the list writes at the right: the last value, the number of sub-series, or « n.d. »."""
    if row.children:
        return plural(row.children, "série")
    return row.last.text if row.last is not None else "n.d."


def spoken(row: IndicatorRow, state: str) -> str:
    """One row of the list for a screen reader."""
    last = f"{row.last.text} en {row.last.period.label}" if row.last is not None else "aucune valeur"
    said = [row.name, labels_cpog.STATE[state], last]
    said += ["écart à expliquer"] if row.to_explain else []
    said += ["hypothèse hors de sa plage"] if row.hypothesis_alert else []
    said += ["valeur fictive"] if row.fictitious else []
    return ", ".join(said)


def terms(point: Point | None) -> str:
    """« 4 / 8 », empty without both terms, and where they would tell what is masked."""
    if point is None or point.numerator is None or point.denominator is None:
        return ""
    if point.state is ValueState.MASKED:
        return ""
    return f"{plain(point.numerator)}{NBSP}/{NBSP}{plain(point.denominator)}"


def plain(value: float) -> str:
    """A number with the decimals it needs, two at most."""
    decimals = 0 if float(value).is_integer() else 1 if float(value * 10).is_integer() else 2
    return number(value, decimals)


def point_facts(kind: str, point: Point) -> list[tuple[str, str]]:
    """Everything known of one point: (name, text)."""
    said = [("Valeur", point.text)]
    if terms(point):
        said.append(("Calcul", f"{terms(point)} = {point.text}"))
    if point.printed and point.printed != point.text and point.state is not ValueState.MASKED:
        said.append(("Comme écrit", point.printed))
    said += _origin(kind, point)
    if point.versions > 1:
        said.append(("Version", f"{point.version} sur {point.versions}"))
    return said


def _origin(kind: str, point: Point) -> list[tuple[str, str]]:
    said = []
    if kind == "realise":
        status = labels.STATUS[point.status] if point.status is not None else ""
        said += [("Statut", status)] if status else []
        said += [("Observée le", long_date(point.observed_on))] if point.observed_on else []
        said += [("Précision", point.precision or "estimée")] if point.estimated else []
    else:
        said.append(("Statut", labels_cpog.TARGET_STATUS[point.target_status]))
        said += [("Acte", point.act)] if point.act else []
    said += [("Saisie le", entered(point))] if entered(point) else []
    said += [("Source", point.source)] if point.source else []
    return said


def entered(point: Point) -> str:
    """Date of entry, empty when it was delivered with the document."""
    import datetime

    return long_date(datetime.date.fromisoformat(point.entered_at[:10])) if point.entered_at else ""


def with_colon(name: str, words: str) -> str:
    """« Source : bilan »."""
    return f"{name}{THIN}: {words}"
