"""Three booklets as they leave: a rural Epci with gaps, one over two départements, one with masked values."""

from __future__ import annotations

import csv
import ctypes
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import resources
from app.domain.diagnostic import DiagnosticOptions
from app.services import Services
from app.services.diagnostics_maker import Made
from reports.diagnostic_numbers import printed_in
from reports.docx import docx_bytes
from reports.kit.blocks import ChartBlock, MapBlock, Paragraph, Table
from reports.kit.manifest import Manifest, ManifestNumber, read_manifest
from reports.kit.printed import bare
from reports.kit.write import pdf_bytes, write_pdf
from tests.reports.pdfs import flaws, texts
from tests.services.diagnostic_cases import DAY, DER, MEUSE_ROGNON, NIORTAIS, opened

RAW = re.compile(r"\d{5,}|\d\.\d|[.,]\d{3,}")
"""A number without its thin spaces, with a point, or with too many decimals."""
TECHNICAL = re.compile(r"\b(nan|NaN|None|inf|null|True|False)\b")
SAMPLE = 10


@dataclass(frozen=True)
class Paper:
    """A booklet, written and read back."""

    made: Made
    path: Path
    manifest: Manifest


@dataclass(frozen=True)
class Link:
    """A link of a page to another, with the words under it; pages from 1."""

    page: int
    target: int
    words: str


@pytest.fixture(scope="module")
def shared(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    yield from opened(demo_file, tmp_path_factory.mktemp("papiers"), read_only=True)


@pytest.fixture(scope="module", params=[MEUSE_ROGNON, DER, NIORTAIS])
def paper(
    request: pytest.FixtureRequest, shared: Services, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Paper]:
    """The last one is for the public, small counts of births hidden."""
    code = request.param
    with pytest.MonkeyPatch.context() as patch:
        options = DiagnosticOptions()
        if code == NIORTAIS:
            births = replace(shared.indicators.get("naissances"), masking="")
            patch.setitem(shared.indicators._dictionary, "naissances", births)
            options = DiagnosticOptions(profile="public")
        shared.diagnostics.forget()
        made = shared.diagnostics.made_for(code, options, on=DAY)
        path = tmp_path_factory.mktemp("papier") / f"{code}.pdf"
        write_pdf(made.document, path)
        yield Paper(made, path, read_manifest(path))
    shared.diagnostics.forget()


def links(path: Path) -> list[Link]:
    """Inner links of a PDF, with the words that say what each is about."""
    import pypdfium2.raw as pdfium

    document = pypdfium2.PdfDocument(path)
    found = []
    for number, page in enumerate(document, 1):
        at, link = ctypes.c_int(0), pdfium.FPDF_LINK()
        while pdfium.FPDFLink_Enumerate(page.raw, ctypes.byref(at), ctypes.byref(link)):
            target = pdfium.FPDFLink_GetDest(document.raw, link)
            index = pdfium.FPDFDest_GetDestPageIndex(document.raw, target)
            found.append(Link(number, index + 1, words_of(pdfium.FPDFLink_GetAnnot(page.raw, link))))
    document.close()
    return found


def words_of(annotation: Any) -> str:
    """Words of an annotation."""
    import pypdfium2.raw as pdfium

    size = pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
    buffer = ctypes.create_string_buffer(size)
    pointer = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", pointer, size)
    pdfium.FPDFPage_CloseAnnot(annotation)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def annex_of(path: Path) -> int:
    """Number of the first page of the annex."""
    pages = texts(path.read_bytes())
    return next(n for n, page in enumerate(pages, 1) if "Chaque chiffre du document porte un repère" in page)


def test_each_mark_leads_to_its_line_and_the_line_back_to_the_mark(paper: Paper) -> None:
    annex, every = annex_of(paper.path), links(paper.path)
    there = {(link.page, link.words) for link in every if link.page < annex <= link.target}
    back = {link.target for link in every if link.page >= annex > link.target}
    pages_of: dict[int, set[int]] = {}
    for number in paper.manifest.numbers:
        if number.mark:
            pages_of.setdefault(number.mark, set()).update(number.pages)
    assert len(pages_of) > 20
    for mark, pages in pages_of.items():
        bearing = {page for page in pages if (page, str(mark)) in there}
        assert bearing, f"repère {mark} absent des pages {pages}"
        assert bearing & back, f"aucun retour vers les pages du repère {mark}"


@pytest.mark.parametrize("kind", [ChartBlock, MapBlock, Table, Paragraph])
def test_numbers_of_charts_maps_tables_and_sentences_are_in_the_manifest(
    paper: Paper, kind: type[Any]
) -> None:
    held = {number.id: number for number in paper.manifest.numbers}
    traced = 0
    for section in paper.made.document.sections:
        for block in walked(section.blocks, kind):
            for shown in printed_in(block):
                if shown.is_traced and shown.number is not None:
                    traced += 1
                    assert held[shown.id].pages, (section.title, shown.label, shown.text)
                    assert held[shown.id].mark, (section.title, shown.label, shown.text)
    assert traced or kind is MapBlock


def walked(item: object, kind: type[Any]) -> Iterator[Any]:
    """Blocks of a kind, those inside others included."""
    if isinstance(item, kind):
        yield item
    elif isinstance(item, tuple):
        for part in item:
            yield from walked(part, kind)
    else:
        for name in ("left", "right"):
            yield from walked(getattr(item, name, ()), kind)


def test_ten_numbers_drawn_at_random_are_those_of_their_lines(paper: Paper) -> None:
    held = [
        number
        for number in paper.manifest.numbers
        if number.number is not None
        and not number.formula
        and len(number.sources) == 1
        and number.sources[0].row
    ]
    for number in random.Random(paper.manifest.title + paper.path.name).sample(held, SAMPLE):
        cells = line_of(number)
        assert number.number in [as_number(cell) for cell in cells], (number.label, number.text, cells)
        assert number.code in cells or number.code[:2] in cells or number.code == "FR"


def line_of(number: ManifestNumber) -> list[str]:
    """Cells of the line that a number says it comes from."""
    source = number.sources[0]
    path = resources.path("demo", source.file)
    line = path.read_text("utf-8-sig").splitlines()[(source.row or 0) - 1]
    return next(csv.reader([line], delimiter=";"))


def as_number(cell: str) -> float | None:
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return None


def test_sums_of_communes_are_those_of_their_file(paper: Paper, shared: Services) -> None:
    lines = resources.path("demo", "naissances_2023_2025.csv").read_text("utf-8-sig").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter=";")
    counts = {(row["GEO"], int(row["TIME_PERIOD"])): float(row["OBS_VALUE"]) for row in rows}
    sums = [
        number
        for number in paper.manifest.numbers
        if number.indicator == "naissances" and number.level == "epci" and number.number is not None
        and number.formula.startswith("somme de ")
    ]  # fmt: skip
    for number in sums:
        members = shared.territory.reference.members(number.code)
        assert number.number == sum(counts[code, number.year or 0] for code in members)
    assert sums or paper.path.stem == DER


def test_pages_read_well(paper: Paper) -> None:
    assert flaws(paper.path.read_bytes()) == []
    for shown in printed_in(paper.made.document.sections):
        assert not RAW.search(shown.text), shown
    for section in paper.made.document.sections:
        for block in walked(section.blocks, Paragraph):
            assert not RAW.search(bare(block.text)), bare(block.text)


def test_masked_values_are_said_and_their_numbers_nowhere(paper: Paper) -> None:
    hidden = [number for number in paper.manifest.numbers if number.state == "masque"]
    assert all(number.number is None for number in hidden)
    if paper.path.stem == NIORTAIS:
        assert hidden
        assert {number.text for number in hidden} == {"s"}


def test_the_same_booklet_twice_has_the_same_bytes(paper: Paper) -> None:
    assert pdf_bytes(paper.made.document) == paper.path.read_bytes()


def test_other_forms_read_well_too(paper: Paper, tmp_path: Path) -> None:
    import docx
    import python_calamine
    from pptx import Presentation

    from reports.diagnostic_xlsx import write_xlsx
    from reports.pptx import write_pptx

    written = docx.Document(BytesIO(docx_bytes(paper.made.document)))
    words = [one.text for one in written.paragraphs]
    words += [cell.text for table in written.tables for row in table.rows for cell in row.cells]
    write_pptx(paper.made.document, tmp_path / "d.pptx")
    slides = Presentation(str(tmp_path / "d.pptx")).slides
    words += [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    words += [
        slide.notes_slide.notes_text_frame.text for slide in slides if slide.notes_slide.notes_text_frame
    ]
    write_xlsx(paper.made.document, tmp_path / "d.xlsx")
    book = python_calamine.CalamineWorkbook.from_path(tmp_path / "d.xlsx")
    for name in book.sheet_names:
        words += [str(cell) for row in book.get_sheet_by_name(name).to_python() for cell in row]
    assert [text for text in words if TECHNICAL.search(text)] == []
    assert bare(paper.made.document.title) in " ".join(words)
