"""Evaluation grid of a CTG: question, criterion, indicator, source, T0 to T2, judgement and argument."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.progress import SILENT, Progress
from maps.canvas import TEXT3
from reports.ctg_content import EvaluationContent, EvaluationLine, EvaluationQuestion
from reports.ctg_paper import booklet_of
from reports.kit.blocks import (
    Block,
    Callout,
    Cell,
    Column,
    Document,
    Heading,
    Missing,
    PageBreak,
    Paper,
    Paragraph,
    Row,
    Section,
    Table,
    Tone,
)
from reports.kit.printed import Printed, Run
from reports.kit.write import write_pdf


def write_evaluation(content: EvaluationContent, path: Path, progress: Progress = SILENT) -> None:
    """Write the evaluation as PDF, whole or not at all. Raises Cancelled, DiskFull, WriteRefused."""
    write_pdf(evaluation_document(content), path, progress)


def evaluation_document(content: EvaluationContent) -> Document:
    """Return the evaluation grid as a document of the kit, for PDF or DOCX; grids are on landscape pages."""
    sections: list[Section] = []
    opening: list[Block] = [Paragraph(content.summary, lead=True)] if content.summary else []
    if content.method:
        opening += [Heading("Méthode", numbered=False), Paragraph(content.method)]
    if opening:
        sections.append(Section("Synthèse de l’évaluation", tuple(opening)))
    grid: list[Block] = [PageBreak(Paper.A4_LANDSCAPE)]
    for question in content.questions:
        grid += _question(question, content.times)
    if not content.questions:
        grid.append(
            Missing("Aucune question évaluative n’est saisie.", "Ouvrez l’onglet Évaluation de la CTG.")
        )
    sections.append(Section("Grille d’évaluation", tuple(grid)))
    return replace(booklet_of(content.head, "Évaluation", sections), contents=False)


def _question(question: EvaluationQuestion, times: tuple[str, str, str]) -> list[Block]:
    title = f"{question.number}. {question.text}" if question.number else question.text
    blocks: list[Block] = [Heading(title, numbered=False)]
    if not question.lines:
        return [*blocks, Paragraph(Run("Aucun critère n’est saisi.", colour=TEXT3))]
    columns = (
        Column("Critère", width=0.17),
        Column("Indicateur", width=0.19),
        Column("Source", width=0.12),
        *(Column(time, "right", width=0.07) for time in times),
        Column("Jugement", width=0.11),
        Column("Argument", width=0.20),
    )
    table = Table(columns, tuple(_row(line) for line in question.lines), question.text, merge=1)
    answer = [Callout(question.answer, Tone.NOTE, "Réponse")] if question.answer else []
    return [*blocks, table, *answer]


def _row(line: EvaluationLine) -> Row:
    values: tuple[Cell, ...] = tuple(_value(shown) for shown in (line.t0, line.t1, line.t2))
    judgement = line.judgement or Run("à porter", colour=TEXT3)
    return Row((line.criterion, line.indicator, line.source, *values, judgement, line.argument or "·"))


def _value(shown: Printed | None) -> Cell:
    return shown if shown is not None else Run("à relever", colour=TEXT3)
