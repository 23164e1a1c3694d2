"""Plan d’actions of a CTG: overview, calendar, enjeux down to fiches, budget, commitments, the fiches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from app.domain.french import listing, percent, plural, short_date
from app.progress import SILENT, Progress
from maps.canvas import OCHRE
from reports.ctg_content import Commitment, FicheAction, Issue, PlanContent
from reports.ctg_paper import booklet_of
from reports.fiche_action import budget_table, fiche_section
from reports.kit.blocks import (
    Block,
    Bullets,
    Callout,
    Cell,
    ChartBlock,
    Chip,
    Column,
    Document,
    Heading,
    Missing,
    PageBreak,
    Paper,
    Paragraph,
    Row,
    RowKind,
    Section,
    Table,
    Tone,
)
from reports.kit.charts import Bar, Gantt, GanttTask, HorizontalBars
from reports.kit.printed import Ref, Run, plain
from reports.kit.signs import sign_of
from reports.kit.write import write_pdf

MOST_TASKS = 24
"""Lines of one timeline: beyond it there is another."""


def write_plan(content: PlanContent, path: Path, progress: Progress = SILENT) -> None:
    """Write the plan d’actions as PDF, whole or not at all. Raises Cancelled, DiskFull, WriteRefused."""
    write_pdf(plan_document(content), path, progress)


def plan_document(content: PlanContent) -> Document:
    """Return the plan d’actions as a document of the kit, for PDF or DOCX."""
    chapters: list[tuple[str, tuple[Block, ...]]] = [("Vue d’ensemble", tuple(_overview(content)))]
    chapters += [
        (f"Enjeu {issue.number}. {issue.title}".strip(), tuple(_issue(issue, content)))
        for issue in content.issues
    ]
    chapters.append(("Budget", tuple(_budget(content))))
    chapters.append(("Engagements des signataires", tuple(_commitments(content.commitments))))
    calendar = _calendar(content)
    if calendar:
        chapters.insert(1, ("Calendrier", tuple(calendar)))
    fresh = {1, 2, 3} if calendar else {1, 2}  # overview, calendar, first enjeu: the others follow on
    sections = [
        Section(title, blocks, str(rank), new_page=rank in fresh)
        for rank, (title, blocks) in enumerate(chapters, 1)
    ]
    if content.with_sheets:
        sections += [fiche_section(fiche) for fiche in fiches_of(content)]
    fictitious = any(fiche.fictitious for fiche in fiches_of(content))
    return booklet_of(content.head, "Plan d’actions", sections, fictitious=fictitious)


def fiches_of(content: PlanContent) -> list[FicheAction]:
    """Return every fiche of the plan, in order."""
    return [fiche for issue in content.issues for _, _, fiche in _walk(issue)]


def _walk(issue: Issue) -> Iterator[tuple[str, str, FicheAction]]:
    """Yield strategic objective, operational objective and fiche."""
    for strategic in issue.strategics:
        for operational in strategic.operationals:
            for fiche in operational.actions:
                yield (
                    f"{strategic.number} {strategic.title}".strip(),
                    f"{operational.number} {operational.title}".strip(),
                    fiche,
                )


def _overview(content: PlanContent) -> list[Block]:
    blocks: list[Block] = [Paragraph(content.messages[0], lead=True)] if content.messages else []
    if len(content.messages) > 1:
        blocks.append(Bullets(content.messages[1:]))
    if content.missing_themes:
        words = f"Thèmes obligatoires sans action\u202f: {listing(list(content.missing_themes))}."
        blocks.append(Callout(words, Tone.WARNING))
    for counts, caption in (
        ([(sign_of(code).word, n) for code, n in content.status_counts], "Fiches action selon leur état"),
        (list(content.themes), "Fiches action selon leur thème"),
    ):
        if counts:
            bars = tuple(Bar(name, plain(count)) for name, count in counts)
            blocks.append(ChartBlock(HorizontalBars(bars), caption))
    blocks.append(_tree_table(content))
    return blocks


def _tree_table(content: PlanContent) -> Table:
    rows = []
    for issue in content.issues:
        fiches = [fiche for _, _, fiche in _walk(issue)]
        done = sum(fiche.status == "realisee" for fiche in fiches)
        name = f"{issue.number} {issue.title}".strip()
        rows.append(Row((name, plain(len(issue.strategics)), plain(len(fiches)), plain(done))))
    columns = (
        Column("Enjeu"),
        Column("Objectifs stratégiques", "right"),
        Column("Fiches action", "right"),
        Column("Réalisées", "right"),
    )
    return Table(columns, tuple(rows), "Enjeux, objectifs et fiches")


def _calendar(content: PlanContent) -> list[Block]:
    """Return the timelines on landscape pages, none where the dates of the CTG are unknown."""
    if content.starts_on is None or content.ends_on is None:
        return []
    tasks = [_task(group, fiche) for issue in content.issues for _, group, fiche in _walk(issue)]
    if not tasks:
        return []
    blocks: list[Block] = [PageBreak(Paper.A4_LANDSCAPE)]
    parts = [tasks[start : start + MOST_TASKS] for start in range(0, len(tasks), MOST_TASKS)]
    for rank, part in enumerate(parts, 1):
        chart = Gantt(tuple(part), content.starts_on, content.ends_on, content.head.made_on)
        count = f", {rank} sur {len(parts)}" if len(parts) > 1 else ""
        note = "Barre pleine\u202f: part faite. Losange\u202f: étape, plein quand elle est faite."
        blocks.append(ChartBlock(chart, f"Calendrier des actions{count}", note=note))
    return blocks


def _task(group: str, fiche: FicheAction) -> GanttTask:
    stages = tuple(
        (stage.done_on or stage.planned_on, stage.done_on is not None)
        for stage in fiche.stages
        if stage.done_on or stage.planned_on
    )
    milestones = tuple((day, reached) for day, reached in stages if day is not None)
    name = f"{fiche.number} {fiche.title}".strip()
    return GanttTask(name, fiche.starts_on, fiche.ends_on, fiche.status, fiche.done, milestones, group)


def _issue(issue: Issue, content: PlanContent) -> list[Block]:
    blocks: list[Block] = []
    if issue.findings:
        blocks += [Heading("Ce qui a été constaté", 3), Bullets(issue.findings)]
    rows: list[Row] = []
    group = ""
    for strategic, operational, fiche in _walk(issue):
        title = f"{strategic} › {operational}"
        if title != group:
            rows.append(Row((title,), RowKind.GROUP))
            group = title
        rows.append(_fiche_row(fiche, content))
    if not rows:
        how = "Créez-en une dans Plan d’actions."
        return [*blocks, Missing("Cet enjeu n’a pas encore de fiche action.", how)]
    columns = (
        Column("N°"),
        Column("Fiche action", width=0.36),
        Column("Pilote", width=0.18),
        Column("Échéance"),
        Column("État"),
        Column("Avancement", "right"),
    )
    return [*blocks, Table(columns, tuple(rows), "Objectifs et fiches action")]


def _fiche_row(fiche: FicheAction, content: PlanContent) -> Row:
    number: Cell = Ref(f"fiche-{fiche.number}", fiche.number) if content.with_sheets else fiche.number
    end = short_date(fiche.ends_on) if fiche.ends_on else "sans date"
    done = percent(100 * fiche.done, 0) if fiche.done is not None else "·"
    pilot = fiche.pilot or "non renseigné"
    return Row((number, fiche.title, pilot, end, Chip(fiche.status), done))


def _budget(content: PlanContent) -> list[Block]:
    if content.budget is None or not content.budget.lines:
        return [Missing("Aucun montant n’est saisi.", "Ouvrez l’onglet Financement d’une fiche action.")]
    note = "Les montants prévus, votés et payés ne sont jamais additionnés entre eux."
    blocks: list[Block] = [
        budget_table(content.budget, "Budget du plan, par financeur"),
        Paragraph(note, small=True),
    ]
    return blocks + [Callout(alert, Tone.WARNING) for alert in content.budget.alerts]


def _commitments(lines: Sequence[Commitment]) -> list[Block]:
    if not lines:
        return [Missing("Aucun engagement n’est saisi.", "Ouvrez l’onglet Pilotage de la convention.")]
    rows = tuple(
        Row((held.party, held.text, _due(held), Chip(held.state), held.impact or "·"))
        for held in sorted(lines, key=lambda one: one.party)
    )
    columns = (
        Column("Signataire"),
        Column("Engagement"),
        Column("Échéance"),
        Column("État"),
        Column("Effet du retard"),
    )
    title = f"{plural(len(rows), 'engagement')}, tous signataires"
    return [Table(columns, rows, title, merge=1)]


def _due(held: Commitment) -> Cell:
    day = short_date(held.due) if held.due else "sans date"
    return (day, Run(f" +{held.delay_days}\u00a0j", bold=True, colour=OCHRE)) if held.delay_days > 0 else day
