"""The cascade on paper: the flow of every level, whole names, cards apart, cut in parts when it is long."""

from __future__ import annotations

import datetime
import re
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from app.domain.cascade import Cascade, CascadeLink, CascadeNode, Orphans
from app.domain.cascade_flow import FlowDiagram, flow_of
from maps.canvas import Box
from reports.cascade import CascadeContent, CascadePart, write_cascade
from reports.kit.charts import Flow
from reports.kit.draw_flow import draw_flow, flow_height
from tests.reports.pdfs import texts
from tests.reports.recorder import Recorder
from ui.labels_sdsf import KIND_MANY, KIND_ONE

LONG = "Développer l’accueil du jeune enfant en réduisant les inégalités sociales et territoriales"
KINDS = ("cog_node", "cpog_engagement", "sdsf_axis", "sdsf_objective", "ctg_objective", "fiche", "evidence")


def case(fiches: int) -> Cascade:
    """A chain of one node a level, then as many fiches as asked, each with its piece."""
    nodes = [CascadeNode(kind, kind, f"{LONG} {rank}", str(rank)) for rank, kind in enumerate(KINDS[:5], 1)]
    nodes += [
        CascadeNode("fiche", f"f{i}", f"Fiche numéro {i}", f"1.{i}", fictitious=True) for i in range(fiches)
    ]
    nodes += [CascadeNode("evidence", f"e{i}", f"Pièce numéro {i}", fictitious=True) for i in range(fiches)]
    links = [CascadeLink("", one, other) for one, other in pairwise(KINDS[:5])]
    links += [CascadeLink("", "ctg_objective", f"f{i}") for i in range(fiches)]
    links += [CascadeLink("", f"f{i}", f"e{i}") for i in range(fiches)]
    return Cascade(nodes, links)


def chart(flow: FlowDiagram) -> Flow:
    return Flow(flow, KIND_MANY, {box.uuid: flow.count_words(box) for box in flow.boxes})


@pytest.mark.parametrize("width", [751.0, 1100.0])
def test_names_are_whole_apart_and_inside(width: float) -> None:
    shown = chart(flow_of(case(6)))
    box = Box(40, 60, width, flow_height(shown, width))
    canvas = Recorder()
    draw_flow(canvas, shown, box)
    assert canvas.overlaps() == []
    assert canvas.outside(box) == []
    said = " ".join(text for text, _ in canvas.texts)
    for node in shown.diagram.boxes:
        assert node.label in said
    assert "…" not in said
    assert "Fiches action (6)" in said
    assert said.count("6\u00a0fiches") == 5
    assert said.count("1\u00a0pièce, fictif") == 6


def write(cascade: Cascade, path: Path) -> bytes:
    part = CascadePart("Haute-Marne", cascade.matrix("52", ()), Orphans((), ()), flow_of(cascade, "52"))
    tree = tuple((0, node) for node in cascade.nodes.values())
    write_cascade(
        CascadeContent("Haute-Marne", datetime.date(2026, 11, 21), tree, (part,), {}, KIND_ONE, KIND_MANY),
        path,
    )
    return path.read_bytes()


def test_a_long_flow_is_cut_in_parts_that_keep_every_name(tmp_path: Path) -> None:
    data = write(case(90), tmp_path / "c.pdf")
    document = pypdfium2.PdfDocument(data)
    sizes = [tuple(round(side) for side in page.get_size()) for page in document]
    document.close()
    wide = [text for text, (width, height) in zip(texts(data), sizes, strict=True) if width > height]
    assert len(wide) >= 3
    assert set(sizes) == {(595, 842), (1191, 842)}
    said = re.sub(r"\s+", " ", " ".join(wide))
    assert f"partie 1 sur {len(wide)}" in said
    for rank in range(90):
        assert f"Fiche numéro {rank} " in said
        assert f"Pièce numéro {rank} " in said


def test_without_any_link_the_paper_says_how(tmp_path: Path) -> None:
    axis = CascadeNode("sdsf_axis", "a", "Petite enfance", "1", "52")
    said = " ".join(texts(write(Cascade([axis], []), tmp_path / "c.pdf")))
    assert "Aucun lien d’un niveau à l’autre" in said
