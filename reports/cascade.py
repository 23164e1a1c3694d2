"""The cascade on paper: axes by EPCI, what stands alone, then every link from the widest object down."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.domain.cascade import CascadeNode, Matrix, Orphans
from app.domain.french import plural
from app.progress import SILENT, Progress
from reports.kit.blocks import Column, Document, Missing, Paragraph, Row, Section, Table
from reports.kit.write import write_pdf

INDENT = "\u2003"


@dataclass(frozen=True, slots=True)
class CascadeContent:
    """What the paper says. tree: (depth, node) in reading order; short: short name of each Epci."""

    territory: str
    made_on: datetime.date
    tree: tuple[tuple[int, CascadeNode], ...]
    matrix: Matrix
    orphans: Orphans
    short: Mapping[str, str]
    words: Mapping[str, str]


def write_cascade(content: CascadeContent, path: Path, progress: Progress = SILENT) -> None:
    """Write the cascade as PDF, whole or not at all. Raises Cancelled, DiskFull, WriteRefused."""
    write_pdf(cascade_document(content), path, progress)


def cascade_document(content: CascadeContent) -> Document:
    """Return the cascade as a document of the kit."""
    fictitious = any(node.fictitious for _, node in content.tree)
    return Document(
        title="Cascade",
        sections=(
            Section("Axes du SDSF par EPCI", (_matrix(content),), "1"),
            Section("Orphelins", tuple(_orphans(content)), "2", new_page=False),
            Section("Du plus large au plus précis", (_tree(content),), "3"),
        ),
        date=content.made_on,
        kicker="COG, CPOG, SDSF, CTG",
        territory=content.territory,
        watermark=("fictif",) if fictitious else (),
        annex=False,
    )


def _matrix(content: CascadeContent) -> Table | Missing:
    matrix = content.matrix
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


def _orphans(content: CascadeContent) -> list[Table | Paragraph]:
    found: list[Table | Paragraph] = []
    if content.orphans.objectives:
        rows = tuple(
            Row((f"{node.number} {node.label}", ", ".join(content.short[code] for code in missing)))
            for node, missing in content.orphans.objectives
        )
        columns = (Column("Objectif du SDSF"), Column("Sans fiche action dans"))
        found.append(Table(columns, rows, caption="Objectifs sans action dans un EPCI"))
    if content.orphans.fiches:
        lines = tuple(
            Row((node.number, node.label, _places(content, node))) for node in content.orphans.fiches
        )
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
