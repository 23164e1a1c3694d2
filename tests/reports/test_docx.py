"""The DOCX has the styles, captions, native tables and pictures of the PDF, and the same marks."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from PIL import Image

from app.progress import Cancelled, Progress
from reports.bilan_cpog import bilan_document
from reports.docx import docx_bytes, write_docx
from reports.evaluation import evaluation_document
from reports.kit.blocks import PageBreak, Section
from reports.releve import releve_document
from tests.reports.booklets import booklet, table, words_table
from tests.reports.cpog_samples import content
from tests.reports.ctg_samples import evaluation, session


@pytest.fixture(scope="module")
def made() -> Any:
    """The booklet read again by python-docx; figures of the last chapter left out."""
    document = booklet(sections=(*booklet().sections[:2], booklet().sections[4]))
    return docx.Document(BytesIO(docx_bytes(document)))


def words(made: Any) -> str:
    """Every word of paragraphs and tables."""
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in made.paragraphs] + cells)


def test_headings_are_styles_of_word(made: Any) -> None:
    heads = [(p.style.name, p.text) for p in made.paragraphs if p.style.name.startswith("Heading")]
    assert ("Heading 1", "1. Synthèse") in heads
    assert any(name == "Heading 2" and text.startswith("2.1") for name, text in heads)
    assert ("Heading 3", "Sans numéro") in heads


def test_captions_are_numbered_by_fields(made: Any) -> None:
    captions = [p for p in made.paragraphs if p.style.name == "Caption"]
    assert [p.text.split("\u00a0")[0] for p in captions] == ["Carte", "Figure", "Tableau", "Tableau"]
    assert all("SEQ" in p._p.xml for p in captions)


def test_tables_are_native_with_headers_repeated(made: Any) -> None:
    found = [t for t in made.tables if "tblHeader" in t._tbl.xml]
    assert len(found) == 2
    modes = found[0]
    assert modes.cell(0, 1).text == "Places pour 100 enfants"
    assert modes.cell(0, 1)._tc is modes.cell(0, 3)._tc
    assert "54,9" in [cell.text for cell in modes.rows[3].cells]
    assert "vMerge" in found[1]._tbl.xml


def test_pictures_have_words_for_those_who_do_not_see(made: Any) -> None:
    pictures = made.inline_shapes
    assert len(pictures) == 2
    assert pictures[0]._inline.docPr.get("descr") == "Taux de couverture petite enfance en 2023"


def test_pictures_are_light_and_keep_flat_colours(made: Any) -> None:
    parts = [part for part in made.part.package.iter_parts() if part.partname.endswith(".png")]
    pictures = [Image.open(BytesIO(part.blob)) for part in parts]
    assert [picture.mode for picture in pictures] == ["P"] * len(parts)
    bars = pictures[1].convert("RGB").getcolors(1 << 24)
    assert {(0x5B, 0x6F, 0xA8), (0xD9, 0x8E, 0x4A)} <= {colour for _, colour in bars or ()}


def test_marks_lead_to_the_annex(made: Any) -> None:
    xml = made.element.xml
    assert 'w:anchor="m_s1"' in xml
    assert 'w:name="m_s1"' in xml
    assert "txcouv_pe_epci_2023.csv" in words(made)


def test_language_title_and_date(made: Any) -> None:
    assert made.core_properties.language == "fr-FR"
    assert made.core_properties.title == "Diagnostic partagé"
    assert made.core_properties.created.year == 2026
    assert 'w:val="fr-FR"' in made.styles.element.xml


def test_states_and_absences_are_written(made: Any) -> None:
    text = words(made)
    for sign in ("n.d.", "n.p.", "non renseigné", "À compléter", "Rien n’est noté.", "fictif"):
        assert sign in text


def test_same_document_same_bytes() -> None:
    document = booklet(sections=(Section("Tableaux", (table(), words_table(4))),))
    assert docx_bytes(document) == docx_bytes(document)


def test_landscape_pages_are_sections_of_word() -> None:
    made = docx.Document(BytesIO(docx_bytes(evaluation_document(evaluation()))))
    widths = [round(section.page_width.pt) for section in made.sections if section.page_width]
    assert 842 in widths
    assert any(isinstance(block, PageBreak) for block in evaluation_document(evaluation()).sections[1].blocks)


@pytest.mark.parametrize("document", [bilan_document(content()), releve_document(session())])
def test_other_papers_become_docx(document: Any, tmp_path: Path) -> None:
    write_docx(document, tmp_path / "papier.docx")
    text = words(docx.Document(str(tmp_path / "papier.docx")))
    assert "None" not in text
    assert "nan" not in text.split()


def test_a_stop_leaves_no_file(tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        write_docx(releve_document(session()), tmp_path / "papier.docx", progress)
    assert list(tmp_path.iterdir()) == []
