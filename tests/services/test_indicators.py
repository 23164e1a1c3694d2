"""Figures of the demonstration base against published or hand-worked ones."""

from __future__ import annotations

import numpy as np
import pytest

from app.domain.errors import UnknownIndicator, UnknownTerritory
from app.domain.indicator import ValueState
from app.domain.territory import Level
from app.services import Services

NIORTAIS = "200041317"
MELLOIS = "200069755"
AIRVAUDAIS = "200041416"
OUEST_VOSGIEN = "200068559"


def test_official_coverage_is_read_with_its_file_and_row(demo: Services) -> None:
    # Cnaf 2023: CC Mellois en Poitou 67.2, line 14 of the file of Epci.
    value = demo.indicators.value("couv_global", Level.EPCI, MELLOIS, 2023)
    assert value.number == 67.2
    assert value.state is ValueState.VALUE
    assert not value.estimated
    assert not value.fictitious
    (origin,) = value.provenance
    assert origin.file == "txcouv_pe_epci_2023.csv"
    assert len(origin.sha256) == 64
    assert origin.row is not None
    assert [part.number for part in value.parts] == [54.9, 8.4, 3.1, 0.7]


@pytest.mark.parametrize(
    ("level", "code", "expected"),
    [(Level.DEPARTEMENT, "79", 70.6), (Level.DEPARTEMENT, "52", 70.2), (Level.FRANCE, "FR", 60.9)],
)
def test_references_are_the_published_ones(demo: Services, level: Level, code: str, expected: float) -> None:
    assert demo.indicators.value("couv_global", level, code, 2023).number == expected


def test_zero_is_a_value(demo: Services) -> None:
    # Cnaf 2023: no place in Eaje in CC Airvaudais-Val du Thouet.
    value = demo.indicators.value("couv_eaje", Level.EPCI, AIRVAUDAIS, 2023)
    assert (value.number, value.state) == (0, ValueState.ZERO)


@pytest.mark.parametrize(("departement", "births"), [("79", (2995, 2847, 2772)), ("52", (1375, 1250, 1241))])
def test_births_of_communes_add_up_to_the_departement(
    demo: Services, departement: str, births: tuple[int, ...]
) -> None:
    found = [
        demo.indicators.value("naissances", Level.DEPARTEMENT, departement, year).number
        for year in (2023, 2024, 2025)
    ]
    assert found == list(births)


def test_three_cohorts_of_an_epci_are_a_flagged_estimate_with_its_formula(demo: Services) -> None:
    # Births 2023 to 2025 of CC Mellois en Poitou: 895 in the published total.
    value = demo.indicators.value("naissances_3_ans", Level.EPCI, MELLOIS, 2025)
    assert value.number == 895
    assert value.estimated
    assert value.formula.endswith("= 895")
    assert len(value.parts) == 3
    assert all("somme de" in part.formula for part in value.parts)


def test_an_epci_partly_outside_the_files_has_no_partial_sum(demo: Services) -> None:
    # CC de l'Ouest Vosgien: one commune in Haute-Marne, 68 in Vosges without births here.
    value = demo.indicators.value("naissances", Level.EPCI, OUEST_VOSGIEN, 2025)
    assert value.number is None
    assert value.state is ValueState.NO_DATA
    assert "1\u00a0commune sur 69" in value.formula


def test_coverage_without_school_is_recomputed(demo: Services) -> None:
    value = demo.indicators.value("couv_hors_prescol", Level.EPCI, NIORTAIS, 2023)
    assert value.number == pytest.approx(20.4 + 49 + 1.4)
    assert "20,4" in value.formula


def test_series_keep_the_order_of_the_scope_and_say_what_is_missing(demo: Services) -> None:
    series = demo.indicators.series("couv_global", Level.EPCI, 2023)
    assert len(series.codes) == 17
    assert not np.isnan(series.numbers).any()
    communes = demo.indicators.series("couv_global", Level.COMMUNE, 2023, "79")
    assert len(communes.codes) == 252
    assert int((communes.states == ValueState.NO_DATA).sum()) == 248


def test_bpe_counts_are_the_published_totals(demo: Services) -> None:
    expected = {"79": (53, 30, 374, 8), "52": (29, 14, 120, 4)}
    for code, totals in expected.items():
        found = tuple(
            demo.indicators.value(name, Level.DEPARTEMENT, code, 2025).number
            for name in ("eaje", "rpe", "alsh", "micro_creche")
        )
        assert found == totals


def test_birth_rate_is_recomputed_from_counts(demo: Services) -> None:
    rate = demo.indicators.value("natalite", Level.DEPARTEMENT, "79", 2025)
    assert rate.number == pytest.approx(2772 / 375229 * 1000)


def test_every_available_indicator_gives_a_series(demo: Services) -> None:
    found = demo.indicators.available()
    assert {item.indicator.code for item in found} >= {"couv_global", "naissances", "eaje", "natalite"}
    for item in found:
        for level in item.levels:
            year = demo.indicators.years(item.indicator.code, level)[-1]
            series = demo.indicators.series(item.indicator.code, level, year)
            assert (series.states < ValueState.NO_DATA).any(), item.indicator.code


def test_an_empty_base_holds_nothing_and_says_so(empty: Services) -> None:
    assert empty.indicators.available() == ()
    assert empty.indicators.default_year() is None
    assert empty.indicators.values(Level.EPCI, NIORTAIS) == ()


def test_unknown_codes_are_refused(demo: Services) -> None:
    with pytest.raises(UnknownIndicator):
        demo.indicators.get("taux_magique")
    with pytest.raises(UnknownTerritory):
        demo.indicators.values(Level.EPCI, "999999999")


def test_catalogue_counts_states(demo: Services) -> None:
    rows = {(row.indicator.code, row.level, row.year): row for row in demo.indicators.catalogue()}
    eaje = rows["couv_eaje", Level.EPCI, 2023]
    assert eaje.count == 17
    assert dict(eaje.states) == {0: 16, 1: 1}
