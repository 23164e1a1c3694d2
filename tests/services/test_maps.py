"""Maps from a real base: around a reference, over time, two quantities, layers, sheets."""

from __future__ import annotations

import datetime
from pathlib import Path

import numpy as np
import pytest

from app.domain.errors import NoValue
from app.domain.indicator import ValueState
from app.domain.territory import Level
from app.services import Services
from maps.choropleth import Mark
from maps.draw import source_words
from maps.layers import MapPoint, PointKind, PointLayer

RATE, BIRTHS, NATALITY = "couv_global", "naissances", "natalite"
EPCIS = 8


def test_a_rate_is_compared_to_its_departement(demo: Services) -> None:
    made = demo.maps.diverging(RATE, 2023, Level.EPCI, departement="79")
    assert made.middle is not None
    assert (made.middle.name, made.middle.number) == ("Deux-Sèvres", 70.6)
    assert 70.6 in made.classes.bounds
    assert sum(made.classes.counts) == EPCIS
    above = made.numbers >= 70.6
    assert (made.class_of[above] >= len(made.palette) // 2).all()


def test_a_rate_is_compared_to_france(demo: Services) -> None:
    made = demo.maps.diverging(RATE, 2023, Level.EPCI, departement="79", reference="france")
    assert made.middle is not None
    assert made.middle.name == "France"


def test_a_stock_has_no_reference(demo: Services) -> None:
    with pytest.raises(NoValue):
        demo.maps.diverging(BIRTHS, 2023, Level.EPCI, departement="79")


def test_an_evolution_is_the_difference_of_what_each_map_prints(demo: Services) -> None:
    before = demo.maps.choropleth(NATALITY, 2023, Level.EPCI, departement="79")
    after = demo.maps.choropleth(NATALITY, 2025, Level.EPCI, departement="79")
    made = demo.maps.evolution(NATALITY, 2023, 2025, Level.EPCI, departement="79")
    assert made.signed
    assert np.allclose(made.numbers, np.round(after.numbers, 1) - np.round(before.numbers, 1))
    assert made.title == "Taux de natalité\u202f: évolution de 2023 à 2025, Deux-Sèvres"
    assert made.subtitle.startswith("Écart en points")


def test_an_evolution_of_births_is_in_circles_and_keeps_absences(demo: Services) -> None:
    made = demo.maps.evolution(BIRTHS, 2023, 2025, Level.EPCI, departement="52")
    assert made.mark is Mark.SYMBOL
    assert (made.states == ValueState.NO_DATA).any()
    assert np.isnan(made.numbers[made.states == ValueState.NO_DATA]).all()


def test_years_share_their_classes_and_name_each_source_once(demo: Services) -> None:
    made = demo.maps.multiples(NATALITY, (2023, 2024, 2025), departement="79")
    assert made.captions == ("2023", "2024", "2025")
    assert len({choropleth.classes.bounds for choropleth in made.maps}) == 1
    words = source_words(made.maps[0])
    assert words.count("naissances domiciliées") == 1
    assert "2023, 2024 et 2025" in words


def test_two_quantities_have_a_cell_for_each_epci(demo: Services) -> None:
    made = demo.maps.bivariate(RATE, 2023, BIRTHS, 2025, Level.EPCI, departement="79")
    assert made.second is not None
    assert sum(made.classes.counts) == EPCIS
    assert made.title == "Couverture petite enfance (2023) et Naissances (2025), Deux-Sèvres"


def test_circles_of_communes_lie_over_epcis(demo: Services) -> None:
    plain = demo.maps.choropleth(RATE, 2023, Level.EPCI, departement="79")
    made = demo.maps.with_symbols(plain, BIRTHS, 2025, Level.COMMUNE)
    assert made.symbols is not None
    assert len(made.symbols.codes) == len(plain.fond.communes.codes)
    with pytest.raises(NoValue):
        demo.maps.with_symbols(plain, BIRTHS, 1990)


def test_points_out_of_the_departement_are_not_counted(demo: Services) -> None:
    plain = demo.maps.choropleth(RATE, 2023, Level.EPCI, departement="79")
    layer = PointLayer(
        "S", (PointKind("eaje", "Eaje", "circle"),), (MapPoint("eaje", "79191"), MapPoint("eaje", "52121"))
    )
    made = demo.maps.with_points(plain, [layer])
    assert [point.code_commune for point in made.points[0].points] == ["79191"]


def test_a_year_without_value_is_refused(demo: Services) -> None:
    with pytest.raises(NoValue) as caught:
        demo.maps.evolution(RATE, 2016, 2023, Level.EPCI)
    assert caught.value.facts["years"] == (2023,)


def test_a_sheet_is_signed_and_dated(demo: Services, tmp_path: Path) -> None:
    options = demo.maps.sheet("a3", grey=True)
    assert options.author == "Caf des Deux-Sèvres et de la Haute-Marne"
    assert isinstance(options.date, datetime.date)
    assert (options.width_pt, options.height_pt, options.grey) == (1191, 842, True)
    made = demo.maps.multiples(BIRTHS, (2023, 2025), departement="79")
    demo.maps.write(made, tmp_path / "c.svg", options=options)
    assert "Caf des Deux-Sèvres" in (tmp_path / "c.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("network", ["eaje", "rpe", "avs", "laep"])
def test_each_network_has_its_map(demo: Services, tmp_path: Path, network: str) -> None:
    coverage = demo.coverage.network(network, 2026, departement="79")
    made = demo.maps.coverage(coverage, departement="79")
    assert len(made.layer.codes) == EPCIS
    demo.maps.write(made, tmp_path / "c.pdf")
    assert (tmp_path / "c.pdf").stat().st_size > 10_000
