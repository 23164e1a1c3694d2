"""Maps as a profile may read them: masked territories emptied, their classes and circles with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from app.domain.indicator import Indicator, ValueState
from app.domain.territory import FRANCE, Level
from app.services.diagnostics_guard import MINDER_FIGURES, MinderMasks, about_children
from maps.choropleth import Choropleth, Classes, Reference
from maps.classes import class_of, classify, rounded
from maps.layers import Multiples, Second, Symbols

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.services.diagnostics_secrecy import MaskBook
    from app.services.territory import TerritoryService

FROM_VALUES = frozenset({"natural", "quantiles", "equal", "q6"})
"""Methods whose limits are made of the values: with a masked one they would tell it."""
CHANGE = "evolution_"
"""Start of the code of a difference between two years."""


class _Hidden:
    """Which territories of a quantity are masked."""

    def __init__(self, book: MaskBook, minders: MinderMasks) -> None:
        self._book = book
        self._minders = minders

    def at(
        self, indicator: Indicator, level: Level, codes: Sequence[str], year: int, *, estimated: bool = False
    ) -> NDArray[np.bool_]:
        """Shape (n,), in the order of codes; a difference is hidden with any of its years.

        estimated: children are estimated from births, which are published.
        """
        typed = not estimated and about_children(indicator) and not self._book.knows(indicator.code)
        return np.array([self._one(indicator.code, level, code, year, typed) for code in codes], dtype=bool)

    def _one(self, indicator: str, level: Level, code: str, year: int, typed: bool) -> bool:
        if typed and (level, code) in self._book.children:
            return True
        if indicator in MINDER_FIGURES:
            return self._minders.any_at(level, code)
        if indicator.startswith(CHANGE):
            return self._book.hides_ever(indicator.removeprefix(CHANGE), level, code)
        return self._book.hides(indicator, level, code, year)


def safe_map(
    drawn: Choropleth | Multiples, book: MaskBook, minders: MinderMasks, territory: TerritoryService
) -> Choropleth | Multiples:
    """Return the map as the readers of a profile may see it; the map itself when nothing is masked."""
    hidden = _Hidden(book, minders)
    if isinstance(drawn, Multiples):
        return replace(drawn, maps=tuple(_safe(one, hidden, territory) for one in drawn.maps))
    return _safe(drawn, hidden, territory)


def _safe(drawn: Choropleth, hidden: _Hidden, territory: TerritoryService) -> Choropleth:
    level, codes = drawn.layer.level, drawn.layer.codes
    rows = hidden.at(drawn.indicator, level, codes, drawn.year, estimated=drawn.estimated)
    made = drawn
    if drawn.second is not None:
        second = drawn.second
        rows = rows | hidden.at(second.indicator, level, codes, second.year, estimated=second.estimated)
        made = replace(made, second=_safe_second(second, rows))
    if rows.any():
        made = _emptied(made, rows)
    if made.symbols is not None:
        made = replace(made, symbols=_safe_symbols(made.symbols, hidden))
    kept = _safe_references(drawn, hidden, territory)
    return made if kept == made.references else replace(made, references=kept)


def _emptied(drawn: Choropleth, rows: NDArray[np.bool_]) -> Choropleth:
    """Take masked territories out of numbers, classes, counts and lower bounds."""
    numbers, states = _masked(drawn.numbers, drawn.states, rows)
    classes, palette = drawn.classes, drawn.palette
    if classes.method in FROM_VALUES and len(classes.counts) > 1:
        decimals = drawn.indicator.decimals
        printed = rounded(numbers, decimals)
        classes = classify(printed, classes.method, len(classes.counts), decimals=decimals)
        places = np.linspace(0, len(palette) - 1, len(classes.counts)).round().astype(int)
        palette = tuple(palette[place] for place in places)
        ranks = class_of(printed, classes)
    else:
        ranks = np.where(rows, -1, drawn.class_of).astype(np.int16)
    counts = np.bincount(ranks[ranks >= 0], minlength=len(palette))
    masked = {code for code, one in zip(drawn.layer.codes, rows, strict=True) if one}
    return replace(
        drawn,
        numbers=numbers,
        states=states,
        class_of=ranks,
        classes=Classes(classes.method, classes.bounds, tuple(int(n) for n in counts)),
        palette=palette,
        at_least=drawn.at_least - masked,
    )


def _masked(
    numbers: NDArray[np.float64], states: NDArray[np.uint8], rows: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Numbers and states, shape (n,), without those of some rows; an absence stays the absence it was."""
    known = rows & (states <= ValueState.ZERO)
    masked = np.where(known, np.uint8(ValueState.MASKED), states).astype(np.uint8)
    return np.where(rows, np.nan, numbers), masked


def _safe_second(second: Second, rows: NDArray[np.bool_]) -> Second:
    if not rows.any():
        return second
    numbers, states = _masked(second.numbers, second.states, rows)
    return replace(second, numbers=numbers, states=states)


def _safe_symbols(symbols: Symbols, hidden: _Hidden) -> Symbols:
    rows = hidden.at(
        symbols.indicator, symbols.level, symbols.codes, symbols.year, estimated=symbols.estimated
    )
    if not rows.any():
        return symbols
    numbers, states = _masked(symbols.numbers, symbols.states, rows)
    return replace(symbols, numbers=numbers, states=states)


def _safe_references(
    drawn: Choropleth, hidden: _Hidden, territory: TerritoryService
) -> tuple[Reference, ...]:
    """Reference lines whose own value may be shown; one whose name is unknown here is kept."""
    places: dict[str, tuple[Level, str]] = {FRANCE.name: (Level.FRANCE, FRANCE.code)}
    for departement in territory.departements():
        region = territory.reference.region(departement.code_region)
        places[region.name] = (Level.REGION, region.code)
        places[departement.name] = (Level.DEPARTEMENT, departement.code)

    def shown(reference: Reference) -> bool:
        where = places.get(reference.name)
        if where is None:
            return True
        rows = hidden.at(drawn.indicator, where[0], (where[1],), drawn.year, estimated=drawn.estimated)
        return not rows.any()

    return tuple(reference for reference in drawn.references if shown(reference))


__all__: list[Any] = ["safe_map"]
