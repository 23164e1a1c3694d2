"""The sheets of the four networks, from frozen coverages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.domain.coverage import (
    Answer,
    Certainty,
    Count,
    Criterion,
    Network,
    NetworkCoverage,
    Share,
    TerritoryCoverage,
)
from app.domain.indicator import Indicator, Value, ValueState
from app.domain.territory import Level
from maps.coverage import coverage_sheet
from maps.draw import write_map
from tests.maps.samples import births, fond, indicator
from tests.maps.test_draw import OPTIONS, pdf_text

ANSWERS = (Answer.YES, Answer.YES, Answer.NO, Answer.UNKNOWN, Answer.YES, Answer.NO)
RATE = indicator(code="propre_eaje", label="Places pour 100 enfants")
COUNT = replace(births(), code="nb_laep", label="Laep", unit="lieux")


def value(of: Indicator, code: str, number: float | None) -> Value:
    """A value of 2026."""
    state = ValueState.NO_DATA if number is None else ValueState.ZERO if number == 0 else ValueState.VALUE
    return Value(of, Level.EPCI, code, 2026, number, state)


def row(code: str, name: str, figure: Value, answer: Answer) -> TerritoryCoverage:
    """A territory of a thousand inhabitants with one figure."""
    count = Count(figure.number, Certainty.EXACT)
    return TerritoryCoverage(code, name, 1000, count, count, answer, answer, Share(1), Share(1), (figure,),
                             (Certainty.EXACT,))  # fmt: skip


def network(which: Network, main: Indicator, numbers: tuple[float | None, ...]) -> NetworkCoverage:
    """A coverage of the six Epci."""
    names = fond().epcis.names
    rows = tuple(
        row(code, name, value(main, code, number), answer)
        for code, name, number, answer in zip(fond().epcis.codes, names, numbers, ANSWERS, strict=True)
    )
    territories, people = Share(3, 2, 1), Share(30_000, 20_000, 0)
    return NetworkCoverage(
        which, "Accueil", 2026, date(2026, 11, 19), Level.EPCI, Criterion(), False, main.code, (main,), rows,
        territories, people, territories, people, Share(), Share(),
        notes=("Une note.",), sources=("registre",),
    )  # fmt: skip


@pytest.mark.parametrize("which", Network)
def test_a_rate_colours_the_areas_and_the_uncovered_are_outlined(which: Network, tmp_path: Path) -> None:
    coverage = network(which, RATE, (8.4, 15.0, 0.0, None, 20.4, 0.0))
    made = coverage_sheet(coverage, fond(), where="Deux-Sèvres", bounds=(0, 5, 10, 30))
    assert made.flags is not None
    assert made.flags.codes == {"200000002", "200000005"}
    assert made.classes.counts == (2, 1, 2)
    write_map(made, tmp_path / "c.pdf", OPTIONS)
    text = pdf_text(tmp_path / "c.pdf")
    for words in (
        "Accueil : places pour 100 enfants en 2026, Deux-Sèvres",
        "non couvert",
        "Couverts : 3 EPCI sur 6",
        "60,0 % de 50 000",
        "Une note.",
        "pas de donnée",
    ):
        assert words in text, words


def test_a_count_is_circles_over_covered_white_and_unknown(tmp_path: Path) -> None:
    made = coverage_sheet(network(Network.LAEP, COUNT, (2, 1, 0, None, 5, 0)), fond())
    assert made.symbols is not None
    assert made.blank_zero
    assert made.class_of.tolist() == [0, 0, -1, -1, 0, -1]
    assert made.states.tolist() == [0, 0, ValueState.ZERO, ValueState.NO_DATA, 0, ValueState.ZERO]
    write_map(made, tmp_path / "c.pdf", OPTIONS)
    text = pdf_text(tmp_path / "c.pdf")
    assert "couvert" in text
    assert "aucun service (zone blanche)" in text


def test_an_invented_coverage_says_so() -> None:
    coverage = replace(network(Network.EAJE, RATE, (1, 2, 3, 4, 5, 6)), fictitious=True)
    assert coverage_sheet(coverage, fond()).fictitious
