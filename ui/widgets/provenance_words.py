"""How a value was obtained, in French: parts and control sum, source, citation. No Qt here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from app.domain import french
from app.domain.derived import control_sum
from app.domain.indicator import ValueState
from ui.labels import LEVEL_MANY, STATE, STATUS

if TYPE_CHECKING:
    from app.domain.indicator import Provenance, Value

THIN = "\u202f"
HASH = 12
ROUNDING = 0.5
"""A number is known within half of its last digit."""


def value_words(value: Value) -> str:
    """« 67,2 », « ≈ 38 », or the words of an absence."""
    if not value.state.is_known:
        return STATE[value.state]
    text = french.value_text(value.number, value.state, value.indicator.decimals)
    return f"≈{french.NBSP}{text}" if value.estimated and value.state is ValueState.VALUE else text


def part_lines(value: Value) -> list[tuple[str, str]]:
    """Name and value of each part; a part of another year says it."""
    lines = []
    for part in value.parts:
        year = f", {part.year}" if part.year not in (0, value.year) else ""
        lines.append((part.indicator.short_label + year, value_words(part)))
    return lines


def tolerance_of(value: Value) -> float:
    """Largest gap that rounding alone explains, between a total and its parts."""
    return ROUNDING * 10.0**-value.indicator.decimals * (len(value.parts) + 1)


def control_lines(value: Value) -> tuple[str, str, str, bool] | None:
    """Sum of the parts, value published, sentence on the gap, and whether rounding explains it.

    None for what is not a total of published parts.
    """
    gap = None if value.indicator.is_derived or not value.parts else control_sum(value.parts, value)
    if gap is None or value.number is None:
        return None
    decimals = value.indicator.decimals
    total = french.number(value.number - gap, decimals)
    within = abs(gap) <= tolerance_of(value) + 1e-9
    shown = french.number(abs(gap), decimals)
    if shown == french.number(0, decimals):
        sentence = "La somme des parts égale la valeur publiée."
    elif within:
        limit = french.number(tolerance_of(value), decimals + 1)
        sentence = f"Écart de {shown}{THIN}: dans la tolérance d’arrondi ({limit})."
    else:
        sentence = f"Écart de {shown}{THIN}: l’arrondi ne l’explique pas, la valeur publiée est gardée."
    return (total, french.number(value.number, decimals), sentence, within)


def source_lines(value: Value) -> list[tuple[str, str]]:
    """Label and text of every fact on the origin of a value."""
    lines = [("Source", text) for text in dict.fromkeys(_source(origin) for origin in value.provenance)]
    lines += [("Fichier", text) for text in dict.fromkeys(_file(origin) for origin in value.provenance)]
    if len(value.provenance) == 1 and value.provenance[0].sha256:
        lines.append(("Empreinte", value.provenance[0].sha256[:HASH]))
    if value.millesime:
        lines.append(("Géographie", geography_words(value)))
    lines.append(("Mesure", str(value.year)))
    dates = dict.fromkeys(day for origin in value.provenance if (day := _day(origin)))
    lines += [("Import", day) for day in dates]
    lines.append(("Statut", status_words(value)))
    return lines


def geography_words(value: Value) -> str:
    """« EPCI au 1er janvier 2023 »."""
    level = LEVEL_MANY.get(value.level, "")
    return f"{level[:1].upper()}{level[1:]} au 1er janvier {value.millesime}"


def status_words(value: Value) -> str:
    """« Consolidé, mesuré », « Consolidé, estimé », with « fictif » when it is."""
    how = "estimé" if value.estimated else "calculé" if value.formula else "mesuré"
    words = [STATUS[value.status].capitalize(), how]
    if value.fictitious:
        words.append("fictif")
    return ", ".join(words)


def _source(origin: Provenance) -> str:
    return ", ".join(part for part in (origin.source, origin.licence) if part)


def _file(origin: Provenance) -> str:
    parts = [origin.file]
    if origin.sheet:
        parts.append(f"feuille {origin.sheet}")
    if origin.row is not None:
        parts.append(f"ligne {french.number(origin.row)}")
    return ", ".join(part for part in parts if part)


def _day(origin: Provenance) -> str:
    try:
        return french.long_date(datetime.fromisoformat(origin.imported_at).date())
    except ValueError:
        return ""


def citation(value: Value, place: str) -> str:
    """One sentence that can be pasted in a report: what, where, when, how much, from which file."""
    unit = f"{french.NBSP}{value.indicator.unit}" if value.state.is_known else ""
    origin = "; ".join(
        dict.fromkeys(
            ", ".join(part for part in (_source(item), _file(item)) if part) for item in value.provenance
        )
    )
    where = f"{place}, {value.year}{THIN}: {value_words(value)}{unit}"
    text = f"{value.indicator.label}, {where}"
    if value.fictitious:
        text += " (donnée fictive)"
    geography = f" {geography_words(value)}." if value.millesime else ""
    return french.typographic(f"{text}. Source : {origin}.{geography}") if origin else f"{text}."
