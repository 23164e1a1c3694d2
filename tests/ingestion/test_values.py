"""Tables of one series a column: census, Filosofi and Caf, by the headers of their producers or ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.errors import UnreadableFile
from app.domain.indicator import ValueState
from app.domain.reference import load_reference
from app.domain.territory import Level
from app.ingestion import Clean, Options, read_file
from app.ingestion.sources import MODELS, VALUES, find_model, value_columns
from app.ingestion.values import level_of_code


def read(folder: Path, name: str, text: str, year: int | None = None) -> Clean:
    """Read a small invented file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_file(path, load_reference(), options=Options(year=year))


def numbers(clean: Clean) -> dict[tuple[str, str], float | None]:
    """Number of each series and territory."""
    return {(row.indicator, row.code): row.number for row in clean.rows}


def test_ages_of_the_census_are_read_at_several_levels(tmp_path: Path) -> None:
    text = (
        "CODGEO;LIBGEO;P21_POP;P21_F0014;P21_H0014\n79191;Niort;0;4012,5;4201\n"
        "200041317;CA;0;9000;9400\n79;DS;0;30000;31000\n"
    )
    clean = read(tmp_path, "fictif.csv", text)
    assert clean.source == "insee_rp_ages"
    assert clean.years == (2021,)
    assert clean.millesime == 2024
    assert clean.levels == (Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE)
    assert numbers(clean)[("femmes_0_14", "79191")] == 4012.5
    assert numbers(clean)[("hommes_0_14", "79")] == 31000


def test_our_own_words_are_headers_too(tmp_path: Path) -> None:
    text = "Code commune;Familles;Familles monoparentales;Année\n79191;15000;2500;2021\n"
    clean = read(tmp_path, "familles_fictives.csv", text)
    assert numbers(clean) == {("familles", "79191"): 15000, ("monoparentales", "79191"): 2500}


def test_an_empty_cell_of_filosofi_is_a_secret_and_nowhere_else(tmp_path: Path) -> None:
    clean = read(tmp_path, "FILO2021_DISP_COM_fictif.csv", "CODGEO;MED21;TP6021\n79191;22080;\n")
    assert {row.indicator: row.state for row in clean.rows} == {
        "niveau_vie": ValueState.VALUE,
        "taux_pauvrete": ValueState.MASKED,
    }
    clean = read(tmp_path, "caf_fictif_2023.csv", "codgeo;A;PERCOU\n79191;12000;\n")
    assert [row.state for row in clean.rows] == [ValueState.VALUE, ValueState.NO_DATA]


def test_benefits_of_the_caf_are_read_by_their_month(tmp_path: Path) -> None:
    text = "dtreffre;numcomdo;nomcom;indfoy_rsa;indmtt_rsa;indfoy_ppa\n2023-12;79191;NIORT;1500;1;4000\n"
    clean = read(tmp_path, "s_ben_com_f_fictif.csv", text)
    assert clean.years == (2023,)
    assert numbers(clean) == {("foyers_rsa", "79191"): 1500, ("foyers_ppa", "79191"): 4000}


def test_a_file_that_says_no_year_asks_for_it(tmp_path: Path) -> None:
    text = "codgeo;A\n79191;12000\n"
    with pytest.raises(UnreadableFile):
        read(tmp_path, "fictif.csv", text)
    assert read(tmp_path, "fictif.csv", text, year=2024).years == (2024,)


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("79191", Level.COMMUNE),
        ("1004", Level.COMMUNE),
        ("200041317", Level.EPCI),
        ("79", Level.DEPARTEMENT),
        ("974", Level.DEPARTEMENT),
        ("FR", Level.FRANCE),
    ],
)
def test_the_level_is_told_by_the_code(code: str, level: Level) -> None:
    assert level_of_code(code) is level


def test_headers_of_other_tables_are_left_to_their_models() -> None:
    rates = ("annee", "numepci", "nomepci", "txcouv_epci", "txcouv_am_ind_epci")
    found = [find_model(headers) for headers in (rates, ("COM", "Commune", "PMUN"), ("Nom", "Places"))]
    assert [model and model.source for model in found] == ["cnaf_txcouv", "insee_population", None]


def test_each_series_is_read_by_one_model_under_our_name() -> None:
    models = [model for model in MODELS if model.variant == VALUES]
    every = [
        code for model in models for code in value_columns(model, tuple(role.name for role in model.useful))
    ]
    assert len(models) == 4
    assert len(every) == len(set(every)) == 26


@pytest.mark.shared
def test_real_filosofi_files_are_read(shared_data: Path) -> None:
    clean = read_file(shared_data / "insee" / "FILO2019_DISP_EPCI.csv", load_reference())
    assert clean.years == (2019,)
    assert numbers(clean)[("niveau_vie", "200041317")] == pytest.approx(22_000, abs=2_000)
    assert clean.rejected < 20
