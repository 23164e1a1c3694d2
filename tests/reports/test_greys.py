"""A booklet for a black and white printer bears no colour, and its series stay apart."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pypdfium2
import pytest

from maps.palettes import luminance
from reports.kit.blocks import ChartBlock, Document, Section
from reports.kit.chart_base import COLOURS, SOFT, TEXTURES
from reports.kit.greys import grey_of
from reports.kit.write import pdf_bytes
from tests.reports.booklets import booklet, every_chart


def coloured(document: Document) -> list[int]:
    """Numbers of the pages on which one point at least is not a grey."""
    pages = pypdfium2.PdfDocument(pdf_bytes(document))
    found = []
    for number, page in enumerate(pages, 1):
        points = page.render(scale=0.5).to_numpy()[:, :, :3].astype(int)
        if np.ptp(points, axis=2).max() > 0:
            found.append(number)
    pages.close()
    return found


@pytest.mark.parametrize("name", [*every_chart()])
def test_a_chart_in_greys_has_no_colour(name: str) -> None:
    section = Section("Figures", (ChartBlock(every_chart()[name], "Une figure"),))
    document = booklet(sections=(section,), logo=None)
    assert coloured(document)
    assert coloured(booklet(sections=(section,), logo=None, grey=True)) == []


def test_maps_and_words_in_greys_have_no_colour() -> None:
    assert coloured(booklet(logo=None, grey=True)) == []


def test_neighbours_of_a_series_differ_by_lightness_or_by_signs() -> None:
    levels = [luminance(grey_of(code)) for code in COLOURS]
    for (one, other), signs in zip(pairwise(levels), pairwise(TEXTURES), strict=False):
        assert abs(one - other) > 0.03 or signs[0] != signs[1]
    assert abs(luminance(grey_of(COLOURS[0])) - luminance(grey_of(SOFT))) > 0.3


def test_other_colours_keep_their_lightness() -> None:
    assert grey_of("#FFFFFF") == "#FFFFFF"
    assert grey_of("#000000") == "#000000"
    assert luminance(grey_of("#B3261E")) < luminance(grey_of("#E1F1EA"))
