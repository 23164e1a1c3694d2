"""What the map says of a territory: value, rank, tip, words read aloud. No Qt here."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from app.domain.french import MASKED, NBSP, NO_DATA, NOT_PUBLISHED, number, ordinal, value_text
from app.domain.indicator import ValueState
from ui.labels import STATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maps.choropleth import Choropleth

_NATURE = re.compile(
    r"^(?:CC|CA|CU|Communauté (?:de communes|d[’']agglomération|urbaine)|Métropole)\s+"
    r"(?:de la |de l[’']|des |du |de |d[’']|la |le |les )?",
    re.IGNORECASE,
)
ESTIMATED = "≈"
AT_LEAST = "≥"
LONG_NAME = 15


def short_name(name: str) -> str:
    """Return the name of an Epci without its nature: « Parthenay-Gâtine » for « CC de Parthenay-Gâtine »."""
    rest = _NATURE.sub("", name).strip()
    return rest[:1].upper() + rest[1:] if rest else name


def two_lines(name: str) -> tuple[str, ...]:
    """Cut a long name in two at the space or the hyphen nearest to its middle."""
    if len(name) <= LONG_NAME:
        return (name,)
    places = [found.end() for found in re.finditer(r"[ \-]", name)]
    if not places:
        return (name,)
    middle = min(places, key=lambda place: abs(place - len(name) / 2))
    return (name[:middle].rstrip(" "), name[middle:])


@dataclass(frozen=True, slots=True)
class Ranking:
    """Order of the territories of a map: order, numbers of polygons from the highest, absences last;
    ranks, shape (n,), 1 for the highest, equal values sharing it, 0 without value; count, values known."""

    order: NDArray[np.intp]
    ranks: NDArray[np.int64]
    count: int


def ranking(choropleth: Choropleth) -> Ranking:
    """Rank the territories by the values as they are printed."""
    printed = np.round(choropleth.numbers, choropleth.indicator.decimals)
    known = ~np.isnan(printed)
    names = np.array([short_name(name) for name in choropleth.layer.names], dtype=object)
    by_name = np.argsort(names.astype(str), kind="stable")
    keys = np.where(known, -printed, np.inf)[by_name]
    order = by_name[np.argsort(keys, kind="stable")]
    ascending = np.sort(printed[known])
    above = len(ascending) - np.searchsorted(ascending, printed, side="right")
    ranks = np.where(known, above + 1, 0)
    return Ranking(order, ranks, int(known.sum()))


def told(choropleth: Choropleth) -> Choropleth:
    """The map whose numbers are said: those of the circles where the areas only answer a question."""
    symbols = choropleth.symbols
    if symbols is None or not choropleth.class_labels or symbols.codes != choropleth.layer.codes:
        return choropleth
    return replace(
        choropleth,
        indicator=symbols.indicator,
        numbers=symbols.numbers,
        states=symbols.states,
        estimated=symbols.estimated,
        class_labels=(),
        symbols=None,
    )


def figure(choropleth: Choropleth, place: int) -> str:
    """Value of a polygon as printed on the map: « 67,2 », « ≈ 12 », « +1,3 », « ≥ 4 », « n.d. »."""
    second = choropleth.second
    known = bool(np.isfinite(choropleth.numbers[place]))
    # the absence shown on a map of two quantities may be that of the second
    state = ValueState.VALUE if second is not None and known else ValueState(int(choropleth.states[place]))
    first = _figure(float(choropleth.numbers[place]), state, choropleth.indicator.decimals, choropleth)
    if choropleth.layer.codes[place] in choropleth.at_least and state is ValueState.VALUE:
        first = f"{AT_LEAST}{NBSP}{first}"
    if second is None:
        return first
    other = value_text(
        float(second.numbers[place]), ValueState(int(second.states[place])), second.indicator.decimals
    )
    return f"{first}{NBSP}· {other}"


def _figure(value: float, state: ValueState, decimals: int, choropleth: Choropleth) -> str:
    if choropleth.class_labels:
        return ""
    if choropleth.signed and state.is_known:
        return number(value, decimals, signed=True)
    text = value_text(value, state, decimals)
    return f"{ESTIMATED}{NBSP}{text}" if choropleth.estimated and state is ValueState.VALUE else text


def class_word(choropleth: Choropleth, place: int) -> str:
    """Words of the class of a polygon where classes have words: « manque »; empty otherwise."""
    rank = int(choropleth.class_of[place])
    return choropleth.class_labels[rank] if 0 <= rank < len(choropleth.class_labels) else ""


def with_unit(choropleth: Choropleth, place: int) -> str:
    """Value and unit in words: « 67,2 places pour 100 enfants », « pas de donnée »."""
    state = ValueState(int(choropleth.states[place]))
    text = figure(choropleth, place)
    if text in (NO_DATA, NOT_PUBLISHED, MASKED) or (choropleth.class_labels and not state.is_known):
        return STATE[state]
    if choropleth.class_labels:
        return class_word(choropleth, place) or choropleth.unclassed
    return f"{text}{NBSP}{choropleth.indicator.unit}"


def position(ranks: Ranking, place: int) -> str:
    """« 6e sur 8 », empty without value."""
    rank = int(ranks.ranks[place])
    return f"{ordinal(rank)} sur {number(ranks.count)}" if rank else ""


def said(choropleth: Choropleth, ranks: Ranking, place: int) -> str:
    """Words read aloud: « CC Mellois en Poitou, 67,2 places pour 100 enfants, 6e sur 8 »."""
    parts = (choropleth.layer.names[place], with_unit(choropleth, place), position(ranks, place))
    return ", ".join(part for part in parts if part)


def tip(choropleth: Choropleth, ranks: Ranking, place: int, spot: str = "") -> str:
    """Name in bold, value and unit, rank: rich text of a tip, its content escaped; spot: sign pointed at."""
    lines = [escape(with_unit(choropleth, place)), escape(position(ranks, place)), escape(spot)]
    name = f"<b>{escape(choropleth.layer.names[place])}</b>"
    return "<br>".join([name, *(line for line in lines if line)])


def place_of(choropleth: Choropleth) -> str:
    """Name of the territory of a map: what its title says after the year, else its départements."""
    _, found, where = choropleth.title.partition(f" en {choropleth.year}, ")
    return where if found else " et ".join(choropleth.fond.departements.names)


def said_value(choropleth: Choropleth, code: str) -> str:
    """Words copied for a territory: « CC Mellois en Poitou, 67,2 places pour 100 enfants, 2023 »."""
    place = choropleth.layer.codes.index(code)
    return f"{choropleth.layer.names[place]}, {with_unit(choropleth, place)}, {choropleth.year}"
