"""The papers of a CTG: one page a fiche, amounts never mixed, what is not filled in is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.ctg_content import Budget, FicheAction
from reports.evaluation import evaluation_document, write_evaluation
from reports.fiche_action import fiche_document, write_fiche_action
from reports.kit.manifest import read_manifest
from reports.kit.write import pdf_bytes
from reports.plan_actions import fiches_of, plan_document, write_plan
from reports.releve import releve_document, write_releve
from tests.reports.booklets import choropleth
from tests.reports.ctg_samples import STATUSES, evaluation, fiche, head, plan, session
from tests.reports.pdfs import flaws, sizes, texts, titles


@pytest.fixture(scope="module")
def data() -> bytes:
    """The plan d’actions, made once."""
    return pdf_bytes(plan_document(plan()))


def test_the_plan_goes_from_overview_to_fiches(data: bytes) -> None:
    found = titles(data)
    assert found[:3] == ["Sommaire", "1. Vue d’ensemble", "Figure\u00a01. Fiches action selon leur état"]
    assert "2. Calendrier" in found
    assert len([title for title in found if title.startswith("1.") and "Ouvrir deux points" in title]) == 9
    assert (842, 595) in sizes(data)
    assert flaws(data) == []


def test_each_fiche_of_the_plan_has_one_page(data: bytes) -> None:
    pages = texts(data)
    for one in fiches_of(plan()):
        held = [page for page in pages if page.count(one.title) > 0 and "Constat d’origine" in page]
        assert len(held) == 1, one.number


def test_compulsory_themes_without_action_are_said(data: bytes) -> None:
    assert "Thèmes obligatoires sans action : accès aux droits." in " ".join(texts(data))


def test_a_plan_without_dates_nor_money_says_so() -> None:
    made = plan(0, starts_on=None, budget=None, commitments=(), status_counts=(), themes=())
    page = " ".join(texts(pdf_bytes(plan_document(made))))
    assert "Cet enjeu n’a pas encore de fiche action." in page
    assert "Aucun montant n’est saisi." in page
    assert "Aucun engagement n’est saisi." in page
    assert "Calendrier" not in page


@pytest.mark.parametrize("rank", range(len(STATUSES)))
def test_a_full_fiche_takes_one_page(rank: int) -> None:
    made = fiche_document(fiche(rank, map=choropleth()), head())
    data = pdf_bytes(made)
    assert len(sizes(data)) == 1
    assert flaws(data) == []


def test_a_bare_fiche_says_what_is_not_filled_in() -> None:
    page = texts(
        pdf_bytes(fiche_document(FicheAction("2.1", "Créer un Laep", "Parentalité", "a_lancer"), head()))
    )[0]
    assert "Aucune étape n’est prévue." in page
    assert "Aucun montant n’est saisi." in page
    assert page.count("non renseigné") >= 8


def test_amounts_of_different_states_have_their_own_totals() -> None:
    page = texts(pdf_bytes(fiche_document(fiche(0), head())))[0]
    assert "Total payé 12 500 n.d. n.d." in page
    assert "Total voté n.d. 12 700 n.d." in page
    assert "4 800 payé 5 700 voté 6 600 prévu" in page


def test_fictitious_fiches_are_marked() -> None:
    made = fiche_document(fiche(1), head())
    assert made.watermark == ("données fictives",)
    assert "fictif" in texts(pdf_bytes(made))[0]


def test_a_budget_without_line_is_not_a_table_of_zeros() -> None:
    page = texts(pdf_bytes(fiche_document(fiche(0, budget=Budget((2025,), ())), head())))[0]
    assert "Aucun montant n’est saisi." in page


def test_the_releve_lists_decisions_old_ones_and_documents() -> None:
    data = pdf_bytes(releve_document(session()))
    page = " ".join(texts(data))
    assert flaws(data) == []
    assert "D11 Réviser la cible des points d’itinérance (fiche 1.1.1) Caf 15/12/2026 À faire" in page
    assert "plus de 90 jours" in page
    assert "à désigner sans date Faite" in page
    assert "Pas de décision sur ce point." in page
    assert "Prochaine séance le 1er mars 2027." in page
    assert "3fa9c1d2" in page


def test_the_evaluation_lies_on_landscape_pages() -> None:
    data = pdf_bytes(evaluation_document(evaluation()))
    page = " ".join(texts(data))
    assert flaws(data) == []
    assert sizes(data)[2] == (842, 595)
    assert "à relever" in page
    assert "à porter" in page
    assert "Aucun critère n’est saisi." in page


def test_each_writer_leaves_a_file_with_its_manifest(tmp_path: Path) -> None:
    write_plan(plan(3), tmp_path / "plan.pdf")
    write_fiche_action(fiche(), head(), tmp_path / "fiche.pdf")
    write_releve(session(), tmp_path / "releve.pdf")
    write_evaluation(evaluation(), tmp_path / "evaluation.pdf")
    for path in tmp_path.iterdir():
        assert read_manifest(path).territory == "CA du Niortais"
    assert any(n.text == "67,2" for n in read_manifest(tmp_path / "fiche.pdf").numbers)
