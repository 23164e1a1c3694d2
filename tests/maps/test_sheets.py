"""Sheets of every format: nothing cut, same bytes, whole files."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from maps.canvas import Box, Face, Pen
from maps.compose import with_layers
from maps.draw import write_map
from maps.key import draw_panel
from maps.nothing import NothingCanvas
from maps.options import SHEET_LABELS, SHEETS, SheetOptions, sheet
from maps.scaled import ScaledCanvas
from maps.svg import SvgCanvas
from tests.maps.test_draw import coverage, pdf_text
from tests.maps.test_layers import POINTS, ZONES, stocks

BASE = SheetOptions(date=date(2026, 11, 19), author="Caf des Deux-Sèvres")


@pytest.mark.parametrize("code", SHEETS)
def test_a_sheet_has_its_size_its_author_and_its_date(tmp_path: Path, code: str) -> None:
    options = sheet(code, BASE)
    write_map(coverage(), tmp_path / "c.pdf", options)
    document = pypdfium2.PdfDocument(tmp_path / "c.pdf")
    assert document[0].get_size() == pytest.approx(SHEETS[code][:2])
    document.close()
    text = pdf_text(tmp_path / "c.pdf")
    assert "Caf des Deux-Sèvres, Maillage, 19 novembre 2026" in text
    assert "1ᵉʳ janvier 2026" in text


@pytest.mark.parametrize("code", SHEETS)
def test_no_text_leaves_the_sheet(tmp_path: Path, code: str) -> None:
    notes = ["Une phrase assez longue pour tenir sur plusieurs lignes de la légende."] * 6
    made = with_layers(stocks([10, 20, 30, 40, 500, 60]), points=[POINTS], zones=ZONES, notes=notes)
    options = sheet(code, BASE)
    write_map(made, tmp_path / "c.pdf", options)
    document = pypdfium2.PdfDocument(tmp_path / "c.pdf")
    page = document[0].get_textpage()
    for rank in range(page.count_rects()):
        left, bottom, right, top = page.get_rect(rank)
        assert left >= 0 <= bottom
        assert right <= options.width_pt
        assert top <= options.height_pt
    document.close()


@pytest.mark.parametrize("suffix", [".pdf", ".svg", ".png"])
def test_same_layers_same_bytes(tmp_path: Path, suffix: str) -> None:
    made = with_layers(stocks([10, 20, 30, 40, 500, 60]), points=[POINTS], zones=ZONES)
    options = sheet("16:9", replace(BASE, textures=True))
    for name in ("a", "b"):
        write_map(made, tmp_path / f"{name}{suffix}", options, dpi=72)
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()
    assert len(list(tmp_path.iterdir())) == 2


def test_an_unknown_format_is_refused() -> None:
    assert set(SHEETS) == set(SHEET_LABELS)
    with pytest.raises(ValueError, match="a5"):
        sheet("a5")


def test_a_long_legend_is_made_smaller_until_it_fits() -> None:
    made = with_layers(coverage(), points=[POINTS], zones=ZONES, notes=["Des mots et des mots. " * 12] * 5)
    for height in (500.0, 400.0, 330.0):
        under = draw_panel(NothingCanvas(), made, Box(0, 0, 172, height), 0.5)
        assert under <= height + 8


def test_what_is_scaled_is_drawn_larger() -> None:
    canvas = SvgCanvas(100, 100, "t")
    large = ScaledCanvas(canvas, 2.0)
    large.rect(Box(1, 2, 3, 4), pen=Pen("#000000", 1.0, (2.0,)))
    large.text(5, 6, "mot", Face(7))
    content = canvas.finish().decode()
    assert '<rect x="2" y="4" width="6" height="8"' in content
    assert 'stroke-width="2" stroke-dasharray="4"' in content
    assert re.search(r'<text x="10" y="12" font-size="14"', content)
