"""A fiche action on one page: finding, content, étapes, budget, expected results, decisions."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

from app.domain.french import THIN, long_date, percent, short_date
from app.progress import SILENT, Progress
from maps.canvas import OCHRE, TEXT2, TEXT3
from reports.ctg_content import Budget, CtgHead, FicheAction, StageLine
from reports.ctg_paper import sheet_of
from reports.kit.blocks import (
    Beside,
    Block,
    Bullets,
    Callout,
    Cell,
    ChartBlock,
    Chip,
    Chips,
    Column,
    Document,
    Fields,
    Heading,
    MapBlock,
    Paragraph,
    Row,
    RowKind,
    Section,
    Table,
    Tone,
)
from reports.kit.charts import Progression, ProgressRow
from reports.kit.desk import Captions, Desk
from reports.kit.notes import Notes
from reports.kit.printed import Run, Text, bare
from reports.kit.write import lay_pages, write_pdf

MAP_HEIGHT, TIGHT_MAP = 150.0, 112.0


def write_fiche_action(fiche: FicheAction, head: CtgHead, path: Path, progress: Progress = SILENT) -> None:
    """Write a fiche action as PDF, whole or not at all. Raises Cancelled, DiskFull, WriteRefused."""
    write_pdf(fiche_document(fiche, head), path, progress)


def fiche_document(fiche: FicheAction, head: CtgHead) -> Document:
    """Return the fiche as a document; what would take two pages is set tighter, and flows if it must."""
    return sheet_of(
        head, f"Fiche action {fiche.number}", fiche_section(fiche), head.name, fictitious=fiche.fictitious
    )


def fiche_section(fiche: FicheAction) -> Section:
    """Return the page of a fiche, alone or in the plan d’actions, set tighter if it would take two."""
    made = _section(fiche, tight=False)
    alone = Document("", (made,), datetime.date.min, cover=False, contents=False, annex=False)
    pages = lay_pages(alone, Desk(alone, Captions(alone.sections), Notes(annexed=False)))
    return made if len(pages) == 1 else _section(fiche, tight=True)


def _section(fiche: FicheAction, *, tight: bool) -> Section:
    blocks: list[Block] = [Chips(_chips(fiche))]
    if bare(fiche.finding).strip():
        blocks.append(Callout(_finding(fiche), Tone.NOTE, "Constat d’origine"))
    if fiche.description:
        blocks.append(Paragraph(fiche.description, small=tight))
    blocks += _identity(fiche, TIGHT_MAP if tight else MAP_HEIGHT)
    if fiche.decision:
        blocks.append(Callout(fiche.decision, Tone.DECISION))
    blocks += _stages(fiche)
    blocks += _budget(fiche.budget, tight=tight)
    results, life = _results(fiche), _life(fiche)
    if tight and results and life:
        blocks.append(Beside(tuple(results), tuple(life), 0.46))
    else:
        blocks += [*results, *life]
    title = f"{fiche.number}\u00a0 {fiche.title}" if fiche.number else fiche.title
    held = tuple(_tight(block) if tight else block for block in blocks)
    return Section(title, held, key=f"fiche-{fiche.number}")


def _tight(block: Block) -> Block:
    return replace(block, dense=True) if isinstance(block, Table) else block


def _chips(fiche: FicheAction) -> tuple[Chip, ...]:
    words = [Chip("", word) for word in (fiche.theme, fiche.kind, fiche.origin) if word]
    fictitious = [Chip("fictif")] if fiche.fictitious else []
    return (Chip(fiche.status), *words, *fictitious)


def _finding(fiche: FicheAction) -> Text:
    pieces = fiche.finding if isinstance(fiche.finding, tuple) else (fiche.finding,)
    source = (Run(f" ({fiche.finding_source})", colour=TEXT2),) if fiche.finding_source else ()
    return (*pieces, *source)


def _identity(fiche: FicheAction, map_height: float) -> list[Block]:
    """Return who, where and when, beside the map of communes if there is one."""
    rows: tuple[tuple[str, Text], ...] = (
        ("Public", fiche.public),
        ("Communes", fiche.communes),
        ("Période", period_words(fiche)),
        ("Pilote", fiche.pilot),
        ("Élu référent", fiche.elected),
        ("Partenaires", fiche.partners),
        ("Rôle de la Caf", fiche.caf_role),
        ("Moyens humains", fiche.fte),
        ("Résultat attendu", fiche.expected),
    )
    links: tuple[tuple[str, Text], ...] = (("Liens", " ; ".join(fiche.links)),) if fiche.links else ()
    if fiche.map is None:
        return [Fields((*rows, *links), columns=2)]
    picture = MapBlock(fiche.map, "Communes concernées", height=map_height, legend=False)
    return [Beside((Fields((*rows, *links)),), (picture,), 0.6)]


def period_words(fiche: FicheAction) -> str:
    """Return « du 1er mars 2024 au 31 décembre 2026 », what is known of it, or nothing."""
    start = long_date(fiche.starts_on) if fiche.starts_on else ""
    end = long_date(fiche.ends_on) if fiche.ends_on else ""
    if start and end:
        return f"du {start} au {end}"
    return f"à partir du {start}" if start else f"jusqu’au {end}" if end else ""


def _stages(fiche: FicheAction) -> list[Block]:
    words = fiche.stages_words
    if fiche.done is not None:
        share = percent(100 * fiche.done, 0)
        words = f"{words}, avancement {share}" if words else f"avancement {share}"
    if fiche.override:
        words = f"{words}, corrigé{THIN}: {fiche.override}"
    title: Text = ("Étapes", Run(f"\u2003{words}", colour=TEXT2)) if words else "Étapes"
    blocks: list[Block] = [Heading(title, 3)]
    if not fiche.stages:
        return [*blocks, Paragraph(Run("Aucune étape n’est prévue.", colour=TEXT3))]
    columns = (
        Column("", width=0.05),
        Column("Étape", width=0.48),
        Column("Porteur", width=0.19),
        Column("Prévue", width=0.14),
        Column("Réalisée", width=0.14),
    )
    rows = tuple(_stage_row(stage) for stage in fiche.stages)
    table = Table(columns, rows)
    deliverables = f"Livrables{THIN}: {', '.join(fiche.deliverables)}." if fiche.deliverables else ""
    return [*blocks, table, *([Paragraph(deliverables, small=True)] if deliverables else [])]


def _stage_row(stage: StageLine) -> Row:
    planned: Cell = short_date(stage.planned_on) if stage.planned_on else "sans date"
    if stage.late_days > 0 and stage.planned_on:
        planned = (str(planned), Run(f" +{stage.late_days}\u00a0j", bold=True, colour=OCHRE))
    done = short_date(stage.done_on) if stage.done_on else "–"
    code = "faite" if stage.done_on else "en_retard" if stage.late_days > 0 else "a_faire"
    return Row((Chip(code, "\u00a0"), stage.label, stage.holder or "·", planned, done))


def _budget(budget: Budget | None, *, tight: bool) -> list[Block]:
    if budget is None or not budget.lines:
        return [Heading("Budget", 3), Paragraph(Run("Aucun montant n’est saisi.", colour=TEXT3))]
    blocks: list[Block] = [Heading("Budget", 3), budget_table(budget)]
    if tight:
        alert = Run("Attention. ", bold=True, colour=OCHRE)
        return blocks + [Paragraph((alert, words), small=True) for words in budget.alerts]
    return blocks + [Callout(words, Tone.WARNING) for words in budget.alerts]


def budget_table(budget: Budget, caption: str = "") -> Table:
    """Return the amounts by funder and year, each with its state; totals one line a state, never mixed."""
    rows = []
    for held in budget.lines:
        cells: list[Cell] = [held.funder, held.nature or "·"]
        for amount, state in zip(held.amounts, held.states, strict=True):
            cells.append((amount, Run(f" {state}", colour=TEXT2)) if state else amount)
        rows.append(Row(tuple(cells)))
    for words, amounts in budget.totals:
        rows.append(Row((words, "", *amounts), RowKind.TOTAL))
    columns = (
        Column("Financeur, en euros"),
        Column("Nature"),
        *(Column(str(year), "right") for year in budget.years),
    )
    return Table(columns, tuple(rows), caption)


def _results(fiche: FicheAction) -> list[Block]:
    if not fiche.indicators:
        return []
    rows = tuple(
        ProgressRow(
            one.label, one.baseline, one.actual, one.target, one.unit,
            (one.baseline_words, one.actual_words, one.target_words),
        )
        for one in fiche.indicators
    )  # fmt: skip
    return [ChartBlock(Progression(rows), "Résultats attendus")]


def _life(fiche: FicheAction) -> list[Block]:
    """Return what happened: facts by year, decisions of comités, what was learnt."""
    blocks: list[Block] = []
    if fiche.facts:
        items: list[Text] = []
        for fact in sorted(fiche.facts, key=lambda one: one.year):
            word = "vigilance" if fact.vigilance else "fait marquant"
            items.append((Run(f"{fact.year}, {word}. ", bold=True), fact.text))
        blocks += [Heading("Faits marquants et points de vigilance", 3), Bullets(tuple(items))]
    if fiche.decisions:
        blocks += [Heading("Décisions", 3), Bullets(fiche.decisions)]
    if fiche.retex:
        blocks.append(Callout(fiche.retex, Tone.NOTE, "Retour d’expérience"))
    return blocks
