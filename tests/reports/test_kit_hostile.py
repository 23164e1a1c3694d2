"""Texts typed or pasted by anybody never break a paper."""

from __future__ import annotations

import enum
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import numpy as np
import pytest

from maps.choropleth import Choropleth
from reports.docx import docx_bytes
from reports.kit.blocks import Document
from reports.kit.manifest import read_manifest
from reports.kit.write import pdf_bytes
from tests.reports.booklets import booklet
from tests.reports.pdfs import sizes

TAILS = (
    "\x00\x1b\ud800<b>&amp;%s{}\\n",
    "\u0627\u0644\u0639 \u4e2d\u6587 \U0001f600\u202e",
    "x" * 400,
    " \n\n\t\u00a0",
)


def spoilt(held: Any, tail: str) -> Any:
    """The same content with a tail after every text; keys alike, so that links still lead somewhere."""
    if isinstance(held, enum.Enum | Choropleth | np.ndarray | Path):
        return held
    if isinstance(held, str):
        return held + tail if held else held
    if isinstance(held, tuple):
        return tuple(spoilt(one, tail) for one in held)
    if hasattr(held, "__dataclass_fields__") and type(held).__module__.startswith("reports"):
        names = [name for name in held.__dataclass_fields__ if name not in KEPT]
        return replace(held, **{name: spoilt(getattr(held, name), tail) for name in names})
    return held


KEPT = {"align", "width", "colour", "texture", "code", "status", "level", "tone", "sources"}


def short() -> Document:
    """Two chapters, without the timeline of pages."""
    return booklet(sections=(booklet().sections[0], booklet().sections[1], booklet().sections[4]))


@pytest.mark.parametrize("tail", TAILS)
def test_any_text_makes_a_pdf_and_a_docx(tail: str, tmp_path: Path) -> None:
    made = spoilt(short(), tail)
    data = pdf_bytes(made)
    assert len(sizes(data)) > 3
    path = tmp_path / "livret.pdf"
    path.write_bytes(data)
    assert read_manifest(path).numbers
    assert docx.Document(BytesIO(docx_bytes(made))).paragraphs
