"""Files of ages, families, incomes and Caf imported by the user are drawn in the booklet, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.french import THIN
from app.services import Services
from app.services.diagnostics_maker import Made
from app.services.diagnostics_people import AGES
from reports.kit.blocks import Callout, ChartBlock, KeyNumbers, MapBlock, Missing
from reports.kit.charts import DotStrip, HorizontalBars, Pyramid
from reports.kit.printed import bare
from tests.services.diagnostic_cases import DAY, NIORTAIS, blocks, opened, texts

SECTIONS = ("portrait", "population_caf")


@pytest.fixture
def services(demo_file: Path, tmp_path: Path) -> Iterator[Services]:
    yield from opened(demo_file, tmp_path, read_only=False)


def imported(services: Services, path: Path, text: str) -> None:
    """Import a small invented file."""
    path.write_text(text, encoding="utf-8")
    services.imports.import_file(path)


def ages(code: str, size: int) -> str:
    """One line of the census, fourteen counts."""
    counts = [str(size * (8 - rank) + shift) for shift in (10, 0) for rank in range(len(AGES))]
    return ";".join([code, *counts])


def made(services: Services) -> Made:
    return services.diagnostics.made_for(NIORTAIS, sections=SECTIONS, on=DAY)


def lacks(found: Made, key: str) -> dict[str, str]:
    """What a section misses, and how to get it."""
    return {item.what.removesuffix(f"{THIN}:"): item.how for item in blocks(found, key, Missing)}


def test_what_is_missing_says_the_file_and_where_to_import_it(services: Services) -> None:
    found = made(services)
    missing = lacks(found, "portrait") | lacks(found, "population_caf")
    assert "base-cc-evol-struct-pop" in missing["Âges de la population"]
    assert "base-cc-coupl-fam-men" in missing["Familles"]
    assert "Filosofi" in missing["Revenus et pauvreté"]
    assert "s_ben_com_f" in missing["Bénéficiaires du Rsa et de la prime d’activité"]
    for what, how in missing.items():
        assert "page Données" in how or what == "Quotient familial"


def test_ages_give_a_pyramid_with_the_shape_of_the_departement(services: Services, tmp_path: Path) -> None:
    heads = [
        f"P21_{sex}{age}" for sex in "FH" for age in ("0014", "1529", "3044", "4559", "6074", "7589", "90P")
    ]
    lines = [";".join(["CODGEO", *heads]), ages(NIORTAIS, 1000), ages("79", 3000)]
    imported(services, tmp_path / "ages_fictifs.csv", "\n".join(lines) + "\n")
    found = made(services)
    charts = [one for one in blocks(found, "portrait", ChartBlock) if isinstance(one.chart, Pyramid)]
    (block,) = charts
    assert isinstance(block.chart, Pyramid)
    assert [value.number for value in block.chart.women[:2]] == [8010, 7010]
    assert block.chart.women[0].is_traced
    assert block.chart.outline_name == "des Deux-Sèvres"
    assert sum((*block.chart.outline_women, *block.chart.outline_men)) == pytest.approx(100)
    assert "des habitants de la CA du Niortais ont moins de 15" in texts(found, "portrait")
    assert "Âges de la population" not in lacks(found, "portrait")


def test_families_and_incomes_are_drawn(services: Services, tmp_path: Path) -> None:
    text = f"CODGEO;C21_FAM;C21_COUPAENF;C21_COUPSENF;C21_FAMMONO\n{NIORTAIS};100;40;45;15\n"
    imported(services, tmp_path / "familles_fictives.csv", text)
    codes = [epci.code for epci in services.territory.epcis("79")]
    lines = [f"{code};{21000 + 500 * rank};{12 + rank},5" for rank, code in enumerate(codes)]
    lines.append(f"79;{21000 + 500 * codes.index(NIORTAIS) - 1000};11,0")
    imported(services, tmp_path / "FILO2021_fictif.csv", "\n".join(["CODGEO;MED21;TP6021", *lines]) + "\n")
    found = made(services)
    kinds = [type(one.chart) for one in blocks(found, "portrait", ChartBlock)]
    assert HorizontalBars in kinds
    assert kinds.count(DotStrip) == 3
    assert "15,0\u202f% des familles de la CA du Niortais sont monoparentales" in texts(found, "portrait")
    told = texts(found, "portrait")
    assert "le niveau de vie médian de la CA du Niortais est de " in told
    assert "supérieur de 1\u202f000\u202f€ à celui des Deux-Sèvres" in told
    assert "le taux de pauvreté de la CA du Niortais est de " in told
    assert list(lacks(found, "portrait")) == ["Âges de la population"]


def test_allocataires_fill_the_section_of_the_caf(services: Services, tmp_path: Path) -> None:
    codes = [commune.code for commune in services.territory.communes(NIORTAIS)]
    lines = "\n".join(f"{code};{100 + rank};{300 + rank}" for rank, code in enumerate(codes))
    imported(services, tmp_path / "caf_fictif_2023.csv", f"codgeo;A;PERCOU\n{lines}\n")
    found = made(services)
    total = sum(100 + rank for rank in range(len(codes)))
    figures = [item for block in blocks(found, "population_caf", KeyNumbers) for item in block.items]
    assert figures[0].value.number == total
    assert blocks(found, "population_caf", MapBlock)
    assert any("Msa" in bare(note.text) for note in blocks(found, "population_caf", Callout))
    assert set(lacks(found, "population_caf")) == {
        "Bénéficiaires du Rsa et de la prime d’activité",
        "Quotient familial",
    }
