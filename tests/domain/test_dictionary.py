"""The dictionary of indicators, the parameters, the sources and the demonstration tables."""

from __future__ import annotations

import csv
import re

import pytest

import resources
from app.domain.dictionary import load_indicators, load_parameters, load_sources
from app.domain.indicator import Kind
from app.domain.reference import load_reference


def test_indicators_name_known_sources_and_say_what_they_are() -> None:
    indicators = load_indicators()
    assert len(indicators) == 42
    for indicator in indicators.values():
        assert indicator.source in load_sources()
        assert indicator.definition.endswith(".")
        assert indicator.unit
        assert bool(indicator.formula) == bool(indicator.inputs)
        assert (indicator.kind is Kind.RATIO) == bool(indicator.denominator)


def test_a_coverage_rate_is_never_a_percentage() -> None:
    for code, indicator in load_indicators().items():
        assert ("%" in indicator.unit) == (code == "taux_pauvrete")


def test_fixed_breaks_increase() -> None:
    breaks = load_indicators()["couv_global"].breaks
    assert list(breaks) == sorted(set(breaks))
    assert {60.9, 66.0, 70.6, 75.0} <= set(breaks)


def test_texts_shown_to_the_user_have_french_typography() -> None:
    wrong = re.compile(r"[ \w][;:!?%](?: |$)|'|\d \d{3}")
    texts = [
        text for i in load_indicators().values() for text in (i.label, i.definition, i.numerator, i.unit)
    ]
    texts += [text for p in load_parameters() for text in (p.label, p.note)]
    assert [text for text in texts if wrong.search(text)] == []


def test_parameters_are_dated_and_sourced() -> None:
    parameters = {parameter.code: parameter for parameter in load_parameters()}
    assert parameters["small_denominator"].value == 50
    assert parameters["rpe_am_per_etp"].value == 70
    assert parameters["rpe_population"].value == 10_000
    assert parameters["rpe_population"].valid_from is not None
    assert all(parameter.source for parameter in parameters.values())


@pytest.mark.parametrize(
    "path", sorted(resources.path("territory").glob("*.csv")), ids=lambda path: path.name
)
def test_each_embedded_table_says_its_licence(path: object) -> None:
    name = getattr(path, "name", "")
    assert any("Licence Ouverte" in line for line in resources.read_head("territory", name))


def test_demonstration_births_add_up_to_the_official_totals() -> None:
    totals: dict[tuple[str, str], float] = {}
    for row in resources.read_table("demo", "naissances_2023_2025.csv"):
        key = (row["GEO"][:2], row["TIME_PERIOD"])
        totals[key] = totals.get(key, 0) + float(row["OBS_VALUE"])
    assert [totals["79", year] for year in ("2023", "2024", "2025")] == [2_995, 2_847, 2_772]
    assert [totals["52", year] for year in ("2023", "2024", "2025")] == [1_375, 1_250, 1_241]


def test_demonstration_coverage_holds_the_seventeen_epcis() -> None:
    reference = load_reference()
    rows = resources.read_table("demo", "txcouv_pe_epci_2023.csv")
    expected = {epci.code for code in ("79", "52") for epci in reference.epcis(code)}
    assert {row["numepci"] for row in rows} == expected
    assert len(expected) == 17
    (france,) = resources.read_table("demo", "txcouv_pe_nat_2023.csv")
    assert france["txcouv_nat"] == "60.9"
    departements = resources.read_table("demo", "txcouv_pe_dep_2023.csv")
    rates = {row["numdep"]: row["txcouv_dep"] for row in departements}
    assert (rates["79"], rates["52"]) == ("70.6", "70.2")


def test_demonstration_equipment_and_population_cover_the_two_departements() -> None:
    equipment = resources.read_table("demo", "bpe_2025.csv")
    assert len(equipment) == 678
    totals = [
        sum(int(row[column]) for row in equipment if row["DEPCOM"].startswith("79"))
        for column in ("D502_EAJE", "D504_RPE", "D505_ALSH", "D509_MICROCRECHE")
    ]
    assert totals == [53, 30, 374, 8]
    inhabitants = resources.read_table("demo", "population_2023.csv")
    assert sum(int(row["PMUN"]) for row in inhabitants if row["DEP"] == "79") == 375_229
    assert len(inhabitants) == 759


def test_embedded_tables_have_cells_for_every_column() -> None:
    for path in resources.path().rglob("*.csv"):
        head = len(resources.read_head(*path.relative_to(resources.path()).parts))
        lines = path.read_text(encoding="utf-8").splitlines()[head:]
        widths = {len(row) for row in csv.reader(lines, delimiter=";")}
        assert len(widths) == 1, path
