"""Carry counts from the geography of one millésime to that of another: counts are added, rates recomputed.

A territory of the target is exact when the old ones that make it up lie wholly inside it. An old territory
that was split is shared by weights (inhabitants, births) and the result is an estimate; without weights it is
not known. A rate is never averaged: its numerator and its denominator are carried, then divided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np

from app.domain.derived import ratio_of_counts
from app.domain.indicator import Kind, Series, ValueState

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Membership(Protocol):
    """What conversion asks of the reference territory."""

    def members(self, code_epci: str, millesime: int = ...) -> tuple[str, ...]:
        """Communes of an Epci at a millésime."""

    def epci_of(self, code_commune: str, millesime: int = ...) -> str | None:
        """Epci of a commune at a millésime."""

    def successor(self, code_commune: str, to: int = ...) -> str | None:
        """Commune that holds the territory of a code at a millésime."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One old territory inside a new one: its communes there, and its share of the old one (0 to 1).

    share None: the old one is split and nothing says in what proportions.
    """

    old: str
    communes: tuple[str, ...]
    share: float | None


@dataclass(frozen=True)
class Passage:
    """How the territories of a target are made of those of a source; lost: communes that cannot be followed.

    pieces: by new code. exact: new codes whose old territories lie wholly inside.
    """

    from_millesime: int
    to_millesime: int
    pieces: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    lost: tuple[str, ...] = ()

    def is_exact(self, code: str) -> bool:
        """True if a count of that territory is the plain sum of old counts."""
        pieces = self.pieces.get(code, ())
        return bool(pieces) and all(piece.share == 1.0 for piece in pieces)


def commune_passage(
    reference: Membership, communes: Sequence[str], from_millesime: int, to_millesime: int
) -> Passage:
    """Each commune of the target with the old communes it holds; a commune once split cannot be told."""
    groups: dict[str, list[str]] = {}
    lost = []
    for code in communes:
        successor = reference.successor(code, to_millesime)
        if successor is None:
            lost.append(code)
        else:
            groups.setdefault(successor, []).append(code)
    pieces = {new: tuple(Piece(old, (old,), 1.0) for old in olds) for new, olds in groups.items()}
    return Passage(from_millesime, to_millesime, pieces, tuple(lost))


def epci_passage(
    reference: Membership,
    epcis: Sequence[str],
    from_millesime: int,
    to_millesime: int,
    weights: Mapping[str, float] | None = None,
) -> Passage:
    """Each Epci of the target with the old Epci it took over, followed commune by commune.

    epcis: old codes. weights: by old commune, to share an old Epci that was split.
    """
    groups: dict[str, dict[str, list[str]]] = {}
    lost: list[str] = []
    sizes: dict[str, tuple[str, ...]] = {}
    for old in epcis:
        sizes[old] = reference.members(old, from_millesime)
        for commune in sizes[old]:
            successor = reference.successor(commune, to_millesime)
            new = reference.epci_of(successor, to_millesime) if successor else None
            if new is None:
                lost.append(commune)
            else:
                groups.setdefault(new, {}).setdefault(old, []).append(commune)
    pieces = {
        new: tuple(Piece(old, tuple(held), _share(held, sizes[old], weights)) for old, held in olds.items())
        for new, olds in groups.items()
    }
    return Passage(from_millesime, to_millesime, pieces, tuple(lost))


def _share(held: Sequence[str], whole: Sequence[str], weights: Mapping[str, float] | None) -> float | None:
    if len(held) == len(whole):
        return 1.0
    if weights is None or any(code not in weights for code in whole):
        return None
    total = sum(weights[code] for code in whole)
    return sum(weights[code] for code in held) / total if total > 0 else None


def convert_stock(series: Series, passage: Passage, codes: Sequence[str]) -> tuple[Series, tuple[str, ...]]:
    """Carry a stock to the codes of the target; returns the series and the codes that are estimates.

    One absent part makes the whole absent, with the strongest absence: masked stays masked. Raises ValueError
    for a ratio.
    """
    if series.indicator.kind is not Kind.STOCK:
        raise ValueError("a ratio is recomputed from its counts, never carried")
    rank = {code: i for i, code in enumerate(series.codes)}
    numbers = np.full(len(codes), np.nan)
    states = np.full(len(codes), int(ValueState.NO_DATA), dtype=np.uint8)
    estimated = []
    for i, code in enumerate(codes):
        numbers[i], states[i] = _carried(series, rank, passage.pieces.get(code, ()))
        if states[i] <= ValueState.ZERO and not passage.is_exact(code):
            estimated.append(code)
    converted = Series(
        indicator=series.indicator,
        level=series.level,
        year=series.year,
        codes=tuple(codes),
        numbers=numbers,
        states=states,
        estimated=series.estimated or bool(estimated),
        fictitious=series.fictitious,
        millesime=passage.to_millesime,
        sources=series.sources,
    )
    return converted, tuple(estimated)


def _carried(series: Series, rank: Mapping[str, int], pieces: Sequence[Piece]) -> tuple[float, int]:
    absent = int(ValueState.NO_DATA)
    if not pieces:
        return float("nan"), absent
    total, worst = 0.0, 0
    for piece in pieces:
        row = rank.get(piece.old)
        state = absent if row is None else int(series.states[row])
        zero = state == ValueState.ZERO
        if state <= ValueState.ZERO and piece.share is None and not zero:
            state = absent
        worst = max(worst, state)
        if row is not None and state <= ValueState.ZERO:
            total += float(series.numbers[row]) * (piece.share or 0.0)
    if worst >= ValueState.NO_DATA:
        return float("nan"), worst
    return total, int(ValueState.ZERO if total == 0 else ValueState.VALUE)


def convert_ratio(
    numerator: Series, denominator: Series, ratio: Series, base: float, passage: Passage, codes: Sequence[str]
) -> tuple[Series, tuple[str, ...]]:
    """Carry a rate: both its counts are carried, then divided; returns the estimates too.

    numerator and denominator: stocks on the codes of the source. ratio: gives the indicator, its number is
    not read. Raises ValueError if one of the two is not a stock.
    """
    top, estimated_top = convert_stock(numerator, passage, codes)
    bottom, estimated_bottom = convert_stock(denominator, passage, codes)
    numbers = ratio_of_counts(top.numbers, bottom.numbers, base)
    worst = np.maximum(top.states, bottom.states)
    known = np.where(numbers == 0, int(ValueState.ZERO), int(ValueState.VALUE))
    computed = np.where(np.isnan(numbers), int(ValueState.NO_DATA), known)
    states = np.where(worst >= ValueState.NO_DATA, worst, computed).astype(np.uint8)
    estimated = tuple(dict.fromkeys((*estimated_top, *estimated_bottom)))
    series = Series(
        indicator=ratio.indicator,
        level=ratio.level,
        year=ratio.year,
        codes=tuple(codes),
        numbers=np.where(states >= ValueState.NO_DATA, np.nan, numbers),
        states=states,
        estimated=top.estimated or bottom.estimated,
        fictitious=numerator.fictitious or denominator.fictitious,
        millesime=passage.to_millesime,
        sources=tuple(dict.fromkeys((*numerator.sources, *denominator.sources))),
    )
    return series, estimated


def implied_counts(ratio: Series, denominator: Series, base: float, count: Series) -> Series:
    """Counts that a published rate implies: rate x denominator / base, always an estimate.

    count: gives the indicator of the result. States of the rate win: masked stays masked.
    """
    numbers: NDArray[np.float64] = ratio.numbers * denominator.numbers / base
    worst = np.maximum(ratio.states, denominator.states)
    known = np.where(numbers == 0, int(ValueState.ZERO), int(ValueState.VALUE))
    states = np.where(worst >= ValueState.NO_DATA, worst, known).astype(np.uint8)
    return Series(
        indicator=count.indicator,
        level=ratio.level,
        year=ratio.year,
        codes=ratio.codes,
        numbers=np.where(states >= ValueState.NO_DATA, np.nan, numbers),
        states=states,
        estimated=True,
        fictitious=ratio.fictitious or denominator.fictitious,
        millesime=ratio.millesime,
        sources=ratio.sources,
    )
