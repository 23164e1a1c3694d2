"""Relevé de décisions of a séance: who was there, what was said, what was decided, what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.domain.french import long_date, plural, short_date
from app.progress import SILENT, Progress
from maps.canvas import OCHRE, TEXT3
from reports.ctg_content import AgendaPoint, DecisionLine, SessionContent
from reports.ctg_paper import sheet_of
from reports.kit.blocks import (
    Block,
    Cell,
    Chip,
    Column,
    Document,
    Fields,
    Heading,
    Paragraph,
    Row,
    Section,
    Table,
)
from reports.kit.printed import Run
from reports.kit.write import write_pdf


def write_releve(content: SessionContent, path: Path, progress: Progress = SILENT) -> None:
    """Write the relevé as PDF, whole or not at all. Raises Cancelled, DiskFull, WriteRefused."""
    write_pdf(releve_document(content), path, progress)


def releve_document(content: SessionContent) -> Document:
    """Return the relevé de décisions as a document of the kit, for PDF or DOCX."""
    blocks: list[Block] = [_identity(content)]
    for rank, point in enumerate(content.agenda, 1):
        blocks += _point(rank, point)
    if not content.agenda:
        blocks.append(Paragraph(Run("L’ordre du jour n’est pas saisi.", colour=TEXT3)))
    if content.earlier:
        blocks += [Heading("Décisions antérieures encore ouvertes", numbered=False),
                   decisions_table(content.earlier, "Décisions antérieures")]  # fmt: skip
    if content.documents:
        blocks += [
            Heading("Documents présentés, figés tels que montrés", numbered=False),
            _documents(content),
        ]
    if content.next_on:
        blocks.append(Paragraph(f"Prochaine séance le {long_date(content.next_on)}."))
    title = "Relevé de décisions"
    section = Section(f"{title}, {content.body}", tuple(blocks))
    return sheet_of(content.head, title, section, f"{content.body}, {long_date(content.on)}")


def _identity(content: SessionContent) -> Fields:
    kind = "" if content.kind.casefold() == content.body.casefold() else content.kind
    decided = sum(len(point.decisions) for point in content.agenda)
    rows = (
        ("Convention", ", ".join(word for word in (content.head.name, content.head.period) if word)),
        ("Instance", f"{content.body} ({kind})" if kind else content.body),
        ("Date", long_date(content.on)),
        ("Lieu", content.place),
        ("Présents", ", ".join(content.present)),
        ("Excusés", ", ".join(content.excused)),
        ("Décisions", plural(decided, "décision")),
    )
    return Fields(rows)


def _point(rank: int, point: AgendaPoint) -> list[Block]:
    blocks: list[Block] = [Heading(f"{rank}. {point.title}", numbered=False)]
    if point.minutes:
        blocks += [Paragraph(part) for part in point.minutes.split("\n") if part.strip()]
    if point.decisions:
        blocks.append(decisions_table(point.decisions, ""))
    else:
        blocks.append(Paragraph(Run("Pas de décision sur ce point.", colour=TEXT3)))
    return blocks


def decisions_table(decisions: Sequence[DecisionLine], caption: str) -> Table:
    """Return decisions with owner, due date, fiche and state."""
    columns = (
        Column("N°", width=0.08),
        Column("Décision", width=0.4),
        Column("Responsable", width=0.18),
        Column("Échéance", width=0.18),
        Column("État", width=0.16),
    )
    rows = tuple(
        Row(
            (
                held.number,
                _text(held),
                held.owner or "à désigner",
                _due(held),
                Chip(held.state) if held.state else "·",
            )
        )
        for held in decisions
    )
    return Table(columns, rows, caption)


def _text(held: DecisionLine) -> Cell:
    return (held.text, Run(f" (fiche {held.fiche})", colour=TEXT3)) if held.fiche else held.text


def _due(held: DecisionLine) -> Cell:
    day = short_date(held.due) if held.due else "sans date"
    return (day, Run(f", {held.overdue}", bold=True, colour=OCHRE)) if held.overdue else day


def _documents(content: SessionContent) -> Table:
    rows = tuple(Row((title, sha256)) for title, sha256 in content.documents)
    return Table((Column("Document", width=0.44), Column("SHA-256", width=0.56)), rows, dense=True)
