"""The bilan of a CPOG keeps its four series, its two gauges and its contradictions apart."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from reports.bilan_cpog import bilan_document, notice_document, write_bilan, write_notice
from reports.cpog_content import IndicatorState
from reports.cpog_figures import at_year, trend_of
from reports.cpog_ledger import ledger_blocks, residues
from reports.kit.blocks import ChartBlock, Document
from reports.kit.charts import Style
from reports.kit.manifest import read_manifest
from reports.kit.printed import plain
from reports.kit.write import pdf_bytes
from tests.reports.cpog_samples import content, entry, ledger, notice, sheet
from tests.reports.pdfs import flaws, sizes, texts, titles


@pytest.fixture(scope="module")
def data() -> bytes:
    """The bilan, made once."""
    return pdf_bytes(bilan_document(content()))


def test_chapters_follow_domains_then_revisions(data: bytes) -> None:
    found = titles(data)
    for title in (
        "1. Synthèse",
        "2. Action sociale",
        "2.1 Fiche 1. Accueil du jeune enfant",
        "5. Révisions des cibles",
        "6. Actions déprogrammées ou reportées",
        "8. Précautions de lecture",
    ):
        assert title in found


def test_nothing_technical_is_printed(data: bytes) -> None:
    assert flaws(data) == []
    assert flaws(pdf_bytes(notice_document(notice()))) == []


def test_rates_are_given_with_their_rules(data: bytes) -> None:
    page = " ".join(texts(data))
    assert "29 sur 45 ; indisponibles comptés comme non atteints" in page
    assert "67,4 indisponibles exclus du dénominateur" in page
    assert "51,1 chiffre imprimé au rapport" in page


def test_draft_targets_and_fictitious_data_make_a_watermark() -> None:
    assert bilan_document(content()).watermark == ("hypothèse non notifiée",)
    assert bilan_document(content(fictitious=True)).watermark[1] == "données fictives"
    assert notice_document(notice(indicators=(sheet(0, IndicatorState.REACHED),))).watermark == ()


def test_the_ledger_says_what_it_does_not_explain(data: bytes) -> None:
    assert residues(ledger()) == [(2019, 0.0), (2020, 0.0), (2021, 0.0), (2022, 0.5)]
    page = " ".join(texts(data))
    assert "Part non expliquée : +0,5" in page
    assert "la part non expliquée est à instruire" in page


def test_the_four_series_are_four() -> None:
    chart = trend_of(sheet(0, IndicatorState.IN_TUNNEL))
    assert chart is not None
    assert [one.style for one in chart.series] == [Style.ACTUAL, Style.FORECAST, Style.REVISED, Style.INITIAL]
    assert trend_of(sheet(0, IndicatorState.NO_DATA, initial=(), revised=(), forecast=(), actual=())) is None


def test_a_followed_indicator_is_not_judged(data: bytes) -> None:
    page = " ".join(texts(data))
    assert "Suivi, sans jugement" in page
    assert "il n’est ni atteint ni manqué" in page


def test_missing_causes_and_deciders_are_said(data: bytes) -> None:
    page = " ".join(texts(data))
    assert "Cause à renseigner : COG 01-04" in page
    assert "Mobiliser un bus Reportée non renseigné non renseigné non renseigné" in page


def test_a_closed_year_says_so() -> None:
    made = bilan_document(content(closed_on=datetime.date(2026, 3, 31)))
    assert made.status == "validé"
    assert "close le 31 mars 2026" in " ".join(texts(pdf_bytes(made)))


def test_an_empty_contract_is_still_a_bilan() -> None:
    made = content(domains=(), ledgers=(), dropped=(), decisions=(), messages=(), flags=(), corrections=(),
                   other_rates=(), actions_rate=None, results_rate=None)  # fmt: skip
    page = " ".join(texts(pdf_bytes(bilan_document(made))))
    assert "Avancement des actions : aucune action n’a d’état." in page
    assert "Atteinte des résultats : aucune cible de cette année n’a de réalisé connu" in page
    assert "Aucune cible n’a été révisée." in page


@pytest.mark.parametrize("document", [bilan_document(content(actions_rate=None)),
                                      notice_document(notice(actions_rate=None))])  # fmt: skip
def test_a_missing_gauge_leaves_the_other_one(document: Document) -> None:
    page = " ".join(texts(pdf_bytes(document)))
    assert "29 sur 45" in page
    assert "Avancement des actions : aucune action n’a d’état." in page
    assert "jamais moyennées" not in page


def test_quarters_never_make_a_line_go_back_and_forth() -> None:
    years = [entry("x", "réalisé", year, 10.0 + year - 2023) for year in (2023.0, 2024.0)]
    quarters = [replace(entry("x", "réalisé", 2023 + q / 4, 10.0), words=f"T{q} 2024") for q in (1, 2, 3, 4)]
    late = replace(entry("x", "réalisé", 2024.25, 12.0), words="T1 2025")
    held = sheet(0, IndicatorState.REACHED, actual=(years[0], *quarters, years[1], late))
    chart = trend_of(held)
    assert chart is not None
    assert [point.at for point in chart.series[0].points] == [2023.0, 2024.0, 2024.25]
    assert at_year(held.actual, 2025) is late.value
    assert at_year(held.actual, 2024) is years[1].value


def test_the_notice_is_two_pages_with_a_manifest(tmp_path: Path) -> None:
    path = tmp_path / "avis.pdf"
    write_notice(notice(), path)
    assert len(sizes(path.read_bytes())) == 2
    assert {n.series for n in read_manifest(path).numbers} >= {"réalisé", "cible initiale", "prévu"}


def test_the_manifest_of_the_bilan_keeps_each_series(tmp_path: Path) -> None:
    path = tmp_path / "bilan.pdf"
    write_bilan(content(), path)
    numbers = [n for n in read_manifest(path).numbers if n.indicator == "COG 01-00" and n.year == 2025]
    assert {n.series: n.text for n in numbers} == {
        "cible initiale": "60,0",
        "cible révisée": "50,0",
        "prévu": "50,0",
        "réalisé": "50,0",
    }


def test_the_waterfall_is_that_of_a_year_that_moves() -> None:
    held = replace(
        ledger(),
        initial=tuple((year, plain(10.0)) for year in (2024, 2025, 2026)),
        revised=tuple((year, plain(x)) for year, x in ((2024, 10.0), (2025, 10.0), (2026, 8.0))),
        lines=(),
    )
    (chart, *_rest) = ledger_blocks(held, 2025)
    assert isinstance(chart, ChartBlock)
    assert chart.caption.endswith("en 2026")


def test_a_fiche_without_title_is_called_by_its_code() -> None:
    domain = content().domains[0]
    bare = replace(domain, fiches=(replace(domain.fiches[0], title=""),))
    page = " ".join(texts(pdf_bytes(bilan_document(content(domains=(bare,))))))
    code = domain.fiches[0].code
    assert f"Indicateurs, fiche {code}" in page
    assert f"Fiche {code}." not in page
