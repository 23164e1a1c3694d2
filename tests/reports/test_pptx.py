"""The slides of a comité: ten of them, native text, pictures with words, sources in the notes."""

from __future__ import annotations

import os
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import DiskFull
from app.progress import Cancelled, Progress
from maps.canvas import VIOLET
from reports.deck_content import SLIDES, deck_of
from reports.docx import write_docx
from reports.kit import charts as c
from reports.kit.blocks import (
    Beside,
    Block,
    Bullets,
    ChartBlock,
    Chip,
    Column,
    Document,
    Heading,
    KeyNumber,
    KeyNumbers,
    MapBlock,
    Missing,
    Paragraph,
    Row,
    Section,
    Swot,
    Table,
)
from reports.kit.printed import plain
from reports.pptx import pptx_bytes, write_pptx
from tests.reports.booklets import booklet, choropleth, every_chart, shown

WORST = "A\x00\x0bB\ud800 <b>& « " + "mot" * 40


def _document(**changes: Any) -> Document:
    charts = every_chart()
    blocks: dict[str, tuple[Block, ...]] = {
        "synthese": (
            Paragraph(("Le taux est de ", shown(67.2), "."), lead=True),
            KeyNumbers(
                (
                    KeyNumber("Couverture", shown(67.2), "places", (("France", shown(60.9)),)),
                    KeyNumber("Fictive", replace(shown(12.0), fictitious=True), "places"),
                )
            ),
            Swot((WORST, ("Force ", shown(70.6))), (), ("Opportunité",), ()),
            Bullets(tuple(f"{rank}. Enjeu" for rank in range(1, 15))),
        ),
        "portrait": (
            Paragraph("Le territoire.", lead=True),
            MapBlock(choropleth(), "Situation", key="carte_situation"),
            ChartBlock(charts["bars"], "Naissances", key="naissances"),
        ),
        "petite_enfance": (
            Beside(
                (MapBlock(choropleth(), "Couverture", key="carte_couverture"),),
                (ChartBlock(charts["stacked"], "Modes"),),
            ),
            Heading("Les modes d’accueil"),
            Paragraph(("Les assistants maternels : ", shown(54.9))),
            *(
                MapBlock(choropleth(), key, key=key)
                for key in ("carte_eaje", "carte_rpe", "carte_laep", "carte_avs")
            ),
        ),
        "maillage": (
            Table(
                (Column("Règle"), Column("Territoire"), Column("Réponse"), Column("Constat")),
                (Row(("Un Rpe par commune", "Niort", Chip("atteinte", "remplie"), "Trouvé")),),
                "Règles",
            ),
            Missing("Carte\u202f:", "saisir le registre."),
        ),
        "actions": (ChartBlock(c.HorizontalBars((c.Bar("En cours", plain(3.0)),)), "États"),),
    }
    sections = tuple(Section(key, held, key=key) for key, held in blocks.items())
    return booklet(sections=sections, picture=choropleth(), **changes)


@pytest.fixture(scope="module")
def made() -> Any:
    import pptx

    return pptx.Presentation(BytesIO(pptx_bytes(_document())))


def words(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_there_are_ten_slides_with_a_title_and_notes(made: Any) -> None:
    slides = list(made.slides)
    assert len(slides) == SLIDES
    assert all(slide.shapes.title.text for slide in slides)
    assert all(slide.notes_slide.notes_text_frame.text.strip() for slide in slides)
    assert [words(slide).count(f"{rank}\u202f/\u202f10") for rank, slide in enumerate(slides, 1)] == [1] * 10


def test_notes_tell_the_origin_of_the_numbers(made: Any) -> None:
    notes = made.slides[1].notes_slide.notes_text_frame.text
    assert "Sources" in notes
    assert "txcouv_pe_epci_2023.csv" in notes
    assert "ligne" in notes
    assert "Le taux est de 67,2." in notes


def test_text_is_native_and_pictures_have_words(made: Any) -> None:
    assert "67,2" in words(made.slides[1])
    assert "fictif" in words(made.slides[1])
    pictures = [shape for slide in made.slides for shape in slide.shapes if shape.shape_type == 13]
    assert len(pictures) == 10
    assert all(shape._element.nvPicPr.cNvPr.get("descr") for shape in pictures)
    for shape in pictures:
        assert shape.left >= 0
        assert shape.left + shape.width <= made.slide_width
        assert shape.top + shape.height <= made.slide_height


def test_no_raw_value_nor_control_sign_is_shown(made: Any) -> None:
    for slide in made.slides:
        text = words(slide) + slide.notes_slide.notes_text_frame.text
        assert not any(word in text.split() for word in ("nan", "None", "inf"))
        assert all(sign >= " " or sign == "\n" for sign in text)


def test_what_is_fictitious_is_violet(made: Any) -> None:
    runs = [
        run
        for shape in made.slides[1].shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if "fictif" in run.text
    ]
    assert [str(run.font.color.rgb) for run in runs] == [VIOLET.lstrip("#").upper()]


def test_a_booklet_without_data_says_what_is_missing_on_each_slide() -> None:
    empty = booklet(sections=(Section("S", (Missing("Rien\u202f:", "importer."),), key="synthese"),))
    slides = deck_of(empty)
    assert len(slides) == SLIDES
    assert all(slide.missing for slide in slides[1:])
    assert slides[1].missing == ("Rien\u202f: importer.",)
    assert "non retenue" in slides[3].missing[0]
    assert len(pptx_bytes(empty)) > 10_000


def test_same_document_same_bytes() -> None:
    document = _document(grey=True)
    assert pptx_bytes(document) == pptx_bytes(document)


def test_a_stop_leaves_no_file(tmp_path: Path) -> None:
    progress = Progress(lambda share, _: progress.cancel() if share > 0.5 else None)
    with pytest.raises(Cancelled):
        write_pptx(_document(), tmp_path / "d.pptx", progress)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", ["docx", "pptx"])
def test_a_full_disk_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    write = {"docx": write_docx, "pptx": write_pptx}[suffix]
    (tmp_path / f"d.{suffix}").write_bytes(b"before")
    with pytest.raises(DiskFull):
        write(booklet(sections=()), tmp_path / f"d.{suffix}")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"before"]
