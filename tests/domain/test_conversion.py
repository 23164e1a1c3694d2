"""Counts carried between geographies: 13 Epci to 8 in Deux-Sèvres, 17 to 9 in Haute-Marne, in 2017."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.conversion import (
    Passage,
    Piece,
    commune_passage,
    convert_ratio,
    convert_stock,
    epci_passage,
    implied_counts,
)
from app.domain.dictionary import load_indicators
from app.domain.evolution import common_breaks, evolve, symmetric_breaks
from app.domain.indicator import Series, ValueState
from app.domain.reference import Reference, load_reference
from app.domain.territory import Level

# Insee, tables d'appartenance géographique 2016 and 2017: the Mellois and the Val de Gâtine were born of
# these Epci on 1 January 2017; the Thouarsais gave two communes away
MELLOIS = {"247900475", "247900558", "200042323", "247900681"}
VAL_DE_GATINE = {"200022812", "247900608", "247900509"}


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


def codes(reference: Reference, departement: str, year: int) -> tuple[str, ...]:
    return tuple(epci.code for epci in reference.epcis(departement, year))


def stock(values: Mapping[str, float], level: Level = Level.EPCI, code: str = "naissances") -> Series:
    numbers = np.array(list(values.values()), dtype=np.float64)
    states = np.where(np.isnan(numbers), 2, np.where(numbers == 0, 1, 0)).astype(np.uint8)
    return Series(load_indicators()[code], level, 2016, tuple(values), numbers, states, millesime=2016)


@pytest.mark.parametrize(("departement", "before", "after"), [("79", 13, 8), ("52", 17, 9)])
def test_the_number_of_epci_before_and_after(
    reference: Reference, departement: str, before: int, after: int
) -> None:
    olds = codes(reference, departement, 2016)
    passage = epci_passage(reference, olds, 2016, 2017)
    assert len(olds) == before
    assert len(codes(reference, departement, 2017)) == after
    assert set(passage.pieces) >= set(codes(reference, departement, 2017))


def test_mergers_are_plain_sums(reference: Reference) -> None:
    passage = epci_passage(reference, codes(reference, "79", 2016), 2016, 2017)
    assert {piece.old for piece in passage.pieces["200069755"]} == MELLOIS
    assert passage.is_exact("200069748")
    assert {piece.old for piece in passage.pieces["200069748"]} == VAL_DE_GATINE
    one_each = stock(dict.fromkeys(codes(reference, "79", 2016), 1.0))
    carried, estimated = convert_stock(one_each, passage, ("200069748", "200041317"))
    assert carried.numbers.tolist() == [3.0, 1.0]
    assert estimated == ()
    assert carried.millesime == 2017


def test_a_split_epci_needs_weights_and_gives_an_estimate(reference: Reference) -> None:
    # Between 2014 and 2016 one of the 46 communes of Bourmont joined Joinville, and one of the 14 of
    # Chalindrey joined Auberive (Insee, tables d'appartenance 2014 and 2016)
    olds = codes(reference, "52", 2014)
    values = stock(dict.fromkeys(olds, 46.0))
    plain = epci_passage(reference, olds, 2014, 2016)
    assert not plain.is_exact("200036358")
    carried, _ = convert_stock(values, plain, ("200036358", "200044253"))
    assert carried.states.tolist() == [ValueState.NO_DATA, ValueState.NO_DATA]
    weights = {code: 1.0 for old in olds for code in reference.members(old, 2014)}
    shared = epci_passage(reference, olds, 2014, 2016, weights)
    carried, estimated = convert_stock(values, shared, ("200036358", "200035954"))
    assert carried.numbers.tolist() == pytest.approx([45.0, 46.0])
    assert estimated == ("200036358",)
    assert carried.estimated


@pytest.mark.parametrize("departement", ["79", "52"])
@pytest.mark.parametrize("year", [2014, 2016, 2020])
def test_nothing_is_lost_nor_made_on_the_way(reference: Reference, departement: str, year: int) -> None:
    olds = codes(reference, departement, year)
    weights = {code: 1.0 for old in olds for code in reference.members(old, year)}
    passage = epci_passage(reference, olds, year, 2026, weights)
    assert passage.lost == ()
    values = stock({old: float(len(reference.members(old, year))) for old in olds})
    carried, _ = convert_stock(values, passage, tuple(passage.pieces))
    assert np.nansum(carried.numbers) == pytest.approx(values.numbers.sum())


def test_communes_that_merged_are_added(reference: Reference) -> None:
    # five communes became Sauzé-entre-Bois on 1 January 2025 under the code of one of them, Sauzé-Vaussais
    olds = tuple(commune.code for commune in reference.communes("79", millesime=2024))
    passage = commune_passage(reference, olds, 2024, 2026)
    carried, estimated = convert_stock(
        stock(dict.fromkeys(olds, 2.0), Level.COMMUNE), passage, ("79307", "79191")
    )
    old = {"79060", "79180", "79205", "79212", "79307"}
    assert {piece.old for piece in passage.pieces["79307"]} == old
    assert carried.numbers.tolist() == [10.0, 2.0]
    assert estimated == ()
    assert passage.lost == ()
    assert len(passage.pieces) == 252


def test_an_absent_part_makes_the_whole_absent() -> None:
    passage = Passage(2016, 2017, {"N": (Piece("A", (), 1.0), Piece("B", (), 1.0))})
    carried, _ = convert_stock(stock({"A": 4.0, "B": float("nan")}), passage, ("N", "?"))
    assert carried.states.tolist() == [ValueState.NO_DATA, ValueState.NO_DATA]


@given(st.sampled_from([ValueState.NO_DATA, ValueState.NOT_PUBLISHED, ValueState.MASKED]))
def test_masked_stays_masked(state: ValueState) -> None:
    passage = Passage(2016, 2017, {"N": (Piece("A", (), 1.0), Piece("B", (), 0.5))})
    held = stock({"A": 4.0, "B": float("nan")})
    held.states[1] = state
    carried, _ = convert_stock(held, passage, ("N",))
    assert carried.states[0] == state
    assert np.isnan(carried.numbers[0])


def test_a_rate_is_recomputed_from_its_counts_never_averaged() -> None:
    # A: 10 for 100 = 10 %; B: 90 for 300 = 30 %. Together 100 for 400 = 25, and not 20
    passage = Passage(2016, 2017, {"N": (Piece("A", (), 1.0), Piece("B", (), 1.0))})
    top = stock({"A": 10.0, "B": 90.0})
    bottom = stock({"A": 100.0, "B": 300.0}, code="population")
    rate = stock({"A": 10.0, "B": 30.0}, code="couv_eaje")
    carried, estimated = convert_ratio(top, bottom, rate, 100, passage, ("N",))
    assert carried.numbers.tolist() == [25.0]
    assert estimated == ()
    with pytest.raises(ValueError, match="never carried"):
        convert_stock(rate, passage, ("N",))
    implied = implied_counts(rate, bottom, 100, top)
    assert implied.numbers.tolist() == [10.0, 90.0]
    assert implied.estimated


@given(st.lists(st.integers(0, 500), min_size=1, max_size=12), st.integers(1, 4))
def test_sums_are_kept_whatever_the_merger(numbers: list[int], groups: int) -> None:
    olds = [f"O{i}" for i in range(len(numbers))]
    pieces: dict[str, list[Piece]] = {}
    for i, old in enumerate(olds):
        pieces.setdefault(f"N{i % groups}", []).append(Piece(old, (), 1.0))
    passage = Passage(2016, 2017, {new: tuple(parts) for new, parts in pieces.items()})
    held = stock({old: float(number) for old, number in zip(olds, numbers, strict=True)})
    carried, estimated = convert_stock(held, passage, tuple(pieces))
    assert carried.numbers.sum() == sum(numbers)
    assert estimated == ()


def test_an_evolution_keeps_the_stronger_absence() -> None:
    early, late = stock({"A": 10.0, "B": 4.0, "C": 5.0}), stock({"A": 13.0, "B": float("nan"), "C": 5.0})
    late.states[1] = ValueState.MASKED
    found = evolve(early, late)
    assert found.difference.numbers.tolist()[::2] == [3.0, 0.0]
    assert found.difference.states.tolist() == [ValueState.VALUE, ValueState.MASKED, ValueState.ZERO]
    assert found.relative is not None
    assert found.relative.numbers[0] == pytest.approx(30)
    with pytest.raises(ValueError, match="same territories"):
        evolve(early, stock({"A": 1.0}))


def test_breaks_of_an_evolution_are_symmetric_and_hold_everything() -> None:
    found = symmetric_breaks(stock({"A": -7.0, "B": 3.0}))
    assert found == (-7.5, -5.0, -2.5, 0.0, 2.5, 5.0, 7.5)
    assert symmetric_breaks(stock({"A": float("nan")})) == ()


@given(st.lists(st.floats(-300, 300), min_size=1, max_size=20))
def test_breaks_bracket_every_number(numbers: list[float]) -> None:
    held = stock({str(i): number for i, number in enumerate(numbers)})
    for breaks in (symmetric_breaks(held), common_breaks([held])):
        assert breaks[0] <= min(numbers) + 1e-6
        assert breaks[-1] >= max(numbers) - 1e-6
        assert all(a < b for a, b in itertools.pairwise(breaks))
