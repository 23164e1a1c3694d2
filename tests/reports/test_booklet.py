"""A booklet: pages, contents, marks, manifest, formats; whole or not at all; same document, same bytes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import DiskFull, UnreadableFile, WriteRefused
from app.progress import Cancelled, Progress
from reports.kit.blocks import Document, Missing, Paragraph, Section
from reports.kit.manifest import read_manifest
from reports.kit.write import pdf_bytes, write_pdf
from tests.reports.booklets import booklet, table, words_table
from tests.reports.pdfs import flaws, sizes, texts, titles


@pytest.fixture(scope="module")
def data() -> bytes:
    """The whole booklet, made once."""
    return pdf_bytes(booklet())


@pytest.fixture(scope="module")
def pages(data: bytes) -> list[str]:
    """Text of its pages."""
    return texts(data)


def test_same_document_same_bytes(data: bytes) -> None:
    assert pdf_bytes(booklet()) == data


def test_each_page_says_its_number_and_how_many_there_are(pages: list[str]) -> None:
    for number, page in enumerate(pages[1:], 2):
        assert f"page {number} sur {len(pages)}" in page


def test_contents_give_the_page_of_each_chapter(pages: list[str]) -> None:
    for title in ("1. Synthèse", "2. Petite enfance", "3. Cartes", "4. Figures", "Glossaire", "Annexe."):
        number = int(re.search(rf"{re.escape(title)}\D*?(\d+)(?= |$)", pages[1].split("Sommaire", 2)[-1])[1])  # type: ignore[index]
        assert title in pages[number - 1]


def test_outline_metadata_language_and_fonts(data: bytes) -> None:
    found = titles(data)
    for title in (
        "1. Synthèse",
        "2.1 Une offre portée par les assistants maternels",
        "Tableau\u00a02. Actions et leur état",
    ):
        assert title in found
    assert b"/Lang (fr-FR)" in data
    assert b"D:20261119" in data
    fonts = set(re.findall(rb"/BaseFont /([A-Za-z0-9+-]+)", data))
    assert fonts
    assert all(re.match(rb"[A-Z]{6}\+", name) for name in fonts)


def test_maps_lie_on_pages_of_their_format(data: bytes) -> None:
    found = sizes(data)
    assert (842, 595) in found
    assert (1191, 842) in found
    assert found[0] == found[-1] == (595, 842)


def test_no_technical_word_nor_lone_sign_is_printed(data: bytes) -> None:
    assert flaws(data) == []


def test_typed_markup_is_printed_as_typed(pages: list[str]) -> None:
    made = booklet(sections=(Section("Essai", (Paragraph("Un <b>x</b> & y"),)),))
    assert "Un <b>x</b> & y" in " ".join(texts(pdf_bytes(made)))


def test_numbers_lead_to_the_annex_and_back(data: bytes, pages: list[str]) -> None:
    annex = next(page for page in pages if "Chaque chiffre du document porte un repère" in page)
    assert "txcouv_pe_epci_2023.csv, ligne 14" in annex
    assert "SHA-256 3fa9c1d2" in annex
    assert data.count(b"/Dest") > 60


def test_the_manifest_is_read_back(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "livret.pdf"
    path.write_bytes(data)
    made = read_manifest(path)
    assert made.title == "Diagnostic partagé"
    assert made.extra == (("base", "essai"),)
    places = [n for n in made.numbers if n.code == "200000005" and n.indicator == "couv_global"]
    found = [n for n in places if n.text == "67,2"]
    assert found
    assert found[0].sources[0].file == "txcouv_pe_epci_2023.csv"
    assert found[0].sources[0].row == 14
    assert found[0].pages
    assert {n.state for n in made.numbers} >= {"valeur", "zero", "pas_de_donnee", "non_publie", "masque"}
    assert all(n.number is None for n in made.numbers if n.state not in ("valeur", "zero"))


def test_another_file_has_no_manifest(tmp_path: Path) -> None:
    other = tmp_path / "autre.pdf"
    other.write_bytes(b"not a pdf")
    with pytest.raises(UnreadableFile):
        read_manifest(other)
    with pytest.raises(UnreadableFile):
        read_manifest(tmp_path / "absent.pdf")


def test_headers_come_again_and_no_row_is_lost() -> None:
    made = booklet(sections=(Section("Tableau", (table(120, states=False), words_table(60))),), cover=False)
    pages = texts(pdf_bytes(made))
    assert sum("Places pour 100 enfants EPCI" in page or "Ensemble" in page for page in pages) > 2
    joined = " ".join(pages)
    for rank in range(60):
        assert f" 1.{rank} " in joined
    assert sum("Échéance" in page for page in pages) > 1


def test_a_very_tall_cell_goes_over_pages() -> None:
    from reports.kit.blocks import Column, Row, Table

    long = " ".join(f"mot{i}" for i in range(3000))
    made = booklet(sections=(Section("Long", (Table((Column("A"), Column("B")), (Row((long, "fin")),)),)),))
    joined = " ".join(texts(pdf_bytes(made)))
    assert all(f"mot{i}" in joined for i in (0, 1500, 2999))


def test_what_is_missing_is_one_line() -> None:
    made = booklet(sections=(Section("Vide", (Missing("Rien n’est connu.", "Importez un fichier."),)),))
    assert "À compléter. Rien n’est connu. Importez un fichier." in " ".join(texts(pdf_bytes(made)))


def test_an_empty_document_is_still_a_document() -> None:
    made = Document("Vide", (), booklet().date)
    assert len(sizes(pdf_bytes(made))) == 2


def test_the_watermark_gives_its_reasons() -> None:
    made = booklet(watermark=("hypothèse non notifiée", "données fictives"))
    pages = texts(pdf_bytes(made))
    assert all("hypothèse non notifiée" in page for page in pages)
    assert any("HYPOTHÈSE NON NOTIFIÉE ET DONNÉES FICTIVES" in page for page in pages)


def test_without_annex_no_mark_is_printed() -> None:
    made = booklet(annex=False)
    assert b"/Dest" in pdf_bytes(made)
    assert "Chaque chiffre du document" not in " ".join(texts(pdf_bytes(made)))


def test_a_stop_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "livret.pdf"
    seen: list[float] = []
    progress = Progress(
        lambda share, _step: seen.append(share) or (progress.cancel() if share > 0.5 else None)
    )  # type: ignore[func-returns-value]
    with pytest.raises(Cancelled):
        write_pdf(booklet(), path, progress)
    assert list(tmp_path.iterdir()) == []
    assert seen == sorted(seen)


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno
    import os

    path = tmp_path / "livret.pdf"
    path.write_bytes(b"avant")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        write_pdf(booklet(sections=()), path)
    assert path.read_bytes() == b"avant"
    assert [held.name for held in tmp_path.iterdir()] == ["livret.pdf"]


def test_a_refused_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(WriteRefused):
        write_pdf(booklet(sections=()), tmp_path / "absent" / "livret.pdf")


@pytest.mark.parametrize(
    "changes", [{"grey": True}, {"title": "Ti <&> \x00 tre\u202e"}, {"territory": "é" * 300}]
)
def test_odd_documents_are_written(changes: dict[str, Any]) -> None:
    made = replace(booklet(sections=booklet().sections[:2]), **changes)
    assert pdf_bytes(made).startswith(b"%PDF")
