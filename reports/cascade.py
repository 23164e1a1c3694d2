"""The cascade on paper: axes by EPCI, what stands alone, the flow, then every link from the widest down."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.cascade import CascadeNode, Matrix, Orphans
from app.domain.cascade_flow import FlowDiagram, parts_of
from app.domain.french import plural
from app.progress import SILENT, Progress
from reports.kit.blocks import (
    Block,
    ChartBlock,
    Column,
    Document,
    Missing,
    PageBreak,
    Paper,
    Paragraph,
    Row,
    Section,
    Table,
)
from reports.kit.charts import Flow
from reports.kit.draw_flow import flow_height
from reports.kit.write import write_pdf

INDENT = "\u2003"


FLOW_PAPERS = ((Paper.A4_LANDSCAPE, 751.2, 380.0), (Paper.A3_LANDSCAPE, 1099.8, 620.0))
"""Format, width, and height left for a flow under its title, the small one tried first."""


@dataclass(frozen=True, slots=True)
class CascadePart:
    """What is said of one département."""

    name: str
    matrix: Matrix
    orphans: Orphans
    flow: FlowDiagram


@dataclass(frozen=True, slots=True)
class CascadeContent:
    """What the paper says. tree: (depth, node) in reading order; short: short name of each Epci.

    words, levels: name of each level, one and many.
    """

    territory: str
    made_on: datetime.date
    tree: tuple[tuple[int, CascadeNode], ...]
    parts: tuple[CascadePart, ...]
    short: Mapping[str, str]
    words: Mapping[str, str]
    levels: Mapping[str, str]


def write_cascade(content: CascadeContent, path: Path, progress: Progress = SILENT) -> None:
    """Write the cascade as PDF, whole or not at all. Raises Cancelled, DiskFull, WriteRefused."""
    write_pdf(cascade_document(content), path, progress)


def cascade_document(content: CascadeContent) -> Document:
    """Return the cascade as a document of the kit."""
    fictitious = any(node.fictitious for _, node in content.tree)
    sections: list[Section] = []
    for part in content.parts:
        where = f", {part.name}" if len(content.parts) > 1 else ""
        sections.append(Section(f"Axes du SDSF par EPCI{where}", (_matrix(content, part),)))
        sections.append(Section(f"Orphelins{where}", tuple(_orphans(content, part)), new_page=False))
        sections.append(Section(f"Flux{where}", tuple(_flow(content, part))))
    sections.append(Section("Du plus large au plus précis", (PageBreak(Paper.A4), _tree(content))))
    return Document(
        title="Cascade",
        sections=tuple(replace(section, number=str(rank)) for rank, section in enumerate(sections, 1)),
        date=content.made_on,
        kicker="COG, CPOG, SDSF, CTG",
        territory=content.territory,
        watermark=("fictif",) if fictitious else (),
        annex=False,
    )


def _matrix(content: CascadeContent, part: CascadePart) -> Table | Missing:
    matrix = part.matrix
    if not matrix.axes:
        return Missing("Aucun axe de SDSF", "saisir le schéma dans la page SDSF")
    columns = [Column("Axe")]
    columns += [Column(content.short[code], "right") for code in matrix.epcis]
    rows = tuple(
        Row((f"{axis.number}. {axis.label}", *(str(count) for count in counts)))
        for axis, counts in zip(matrix.axes, matrix.counts, strict=True)
    )
    return Table(
        tuple(columns), rows, caption="Fiches action par axe et par EPCI",
        note="Une fiche compte une fois par axe. Zéro : angle mort.", dense=True,
    )  # fmt: skip


def _flow(content: CascadeContent, part: CascadePart) -> list[Block]:
    """The flow on the smallest paper that holds it, else in several figures: no name is cut."""
    if not part.flow.ribbons:
        return [Missing("Aucun lien d’un niveau à l’autre", "relier les objets dans la page SDSF, Cascade")]
    counts = {box.uuid: part.flow.count_words(box) for box in part.flow.boxes}
    whole = Flow(part.flow, content.levels, counts)
    paper, width, height = next(
        (found for found in FLOW_PAPERS if flow_height(whole, found[1]) <= found[2] and _airy(whole, found)),
        FLOW_PAPERS[-1],
    )
    figures = parts_of(
        part.flow, lambda flow: flow_height(Flow(flow, content.levels, counts), width) <= height
    )
    blocks: list[Block] = [PageBreak(paper)]
    for rank, figure in enumerate(figures, 1):
        told = f", partie {rank} sur {len(figures)}" if len(figures) > 1 else ""
        note = "Sous chaque intitulé, les fiches action qui y répondent." if rank == 1 else ""
        chart = Flow(figure, content.levels, counts)
        blocks.append(ChartBlock(chart, f"De la COG aux pièces{told}", note=note))
    return blocks


def _airy(chart: Flow, paper: tuple[Paper, float, float]) -> bool:
    """Tell whether a paper leaves each level a column wide enough for a few words."""
    return paper[1] / len(chart.diagram.kinds) >= 120


def _orphans(content: CascadeContent, part: CascadePart) -> list[Table | Paragraph]:
    found: list[Table | Paragraph] = []
    if part.orphans.objectives:
        rows = tuple(
            Row((f"{node.number} {node.label}", ", ".join(content.short[code] for code in missing)))
            for node, missing in part.orphans.objectives
        )
        columns = (Column("Objectif du SDSF"), Column("Sans fiche action dans"))
        found.append(Table(columns, rows, caption="Objectifs sans action dans un EPCI"))
    if part.orphans.fiches:
        lines = tuple(Row((node.number, node.label, _places(content, node))) for node in part.orphans.fiches)
        heads = (Column("N°"), Column("Fiche action"), Column("EPCI"))
        found.append(Table(heads, lines, caption="Fiches sans objectif du SDSF"))
    return found or [Paragraph("Aucun objectif saisi sans action, aucune fiche isolée.")]


def _tree(content: CascadeContent) -> Table | Missing:
    if not content.tree:
        return Missing("Aucun lien", "relier les objets dans la page SDSF, onglet Cascade")
    rows = tuple(
        Row(
            (
                content.words.get(node.kind, node.kind),
                f"{INDENT * depth}{node.number} {node.label}".rstrip(),
                _places(content, node),
            )
        )
        for depth, node in content.tree
    )
    columns = (Column("Niveau"), Column("Objet"), Column("EPCI"))
    return Table(columns, rows, caption=f"Cascade, {plural(len(rows), 'ligne')}", dense=True)


def _places(content: CascadeContent, node: CascadeNode) -> str:
    return ", ".join(content.short.get(code, code) for code in node.epcis)
