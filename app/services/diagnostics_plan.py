"""The plan d’actions of the CTG in a booklet: progress and results apart, calendar, fiches, plan before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain import french
from app.domain.action import ActionState
from app.domain.ctg_sentences import period_text
from app.domain.ctg_themes import theme_label
from app.domain.french import THIN
from app.domain.sentences import Sentence, said

if TYPE_CHECKING:
    from app.services.ctg import CtgService
    from app.services.ctg_plan_rows import ActionDetail, ActionIndicatorRow, ActionRow, IndicatorValueRow
    from app.services.ctg_rows import CtgRow, Gauge
    from app.services.diagnostics_study import Study
    from reports.diagnostic_content import Item
    from reports.kit.blocks import Block
    from reports.kit.charts import GanttTask, ProgressRow
    from reports.kit.charts import Gauge as GaugeChart
    from reports.kit.printed import Printed, Text

MOST_TASKS = 22
"""Lines of one timeline: beyond it there is another."""
MOST_RESULTS = 10
"""Results drawn on one chart."""
NO_LINK = "relier la CTG à celle qu’elle renouvelle"


def current_ctg(ctg: CtgService | None, study: Study) -> CtgRow | None:
    """The CTG in force, else the one that ends last."""
    if ctg is None:
        return None
    rows = study.once(("ctg", study.epci.code, study.on), lambda: ctg.rows(study.on, study.epci.code))
    running = [row for row in rows if row.in_force]
    return (running or rows)[-1] if rows else None


def plan_items(ctg: CtgService | None, study: Study) -> list[Item]:
    """The plan in force, fiche by fiche, and what became of the one before."""
    from reports.diagnostic_content import Absent, Said, Title

    row = current_ctg(ctg, study)
    if row is None or ctg is None:
        return [Absent("Plan d’actions en vigueur", "saisir ou importer la CTG de ce territoire")]
    items: list[Item] = [Said((ctg_sentence(row),), lead=True)]
    details = ctg.details(row.uuid, study.on)
    items += _progress(row, details) if details else []
    items += _fiches(row, details)
    items += [*_results(row, details), Title("Bilan du plan précédent")]
    detail = ctg.ctg(row.uuid, study.on)
    if detail.previous is None:
        items.append(Absent("Plan précédent", NO_LINK))
    else:
        uuid, name = detail.previous
        items += _previous(name, ctg.actions(uuid, study.on))
    return [*items, *_calendar(row, details, study)]


def ctg_sentence(row: CtgRow) -> Sentence:
    """« CTG du Niortais : du … au …. 5 fiches réalisées sur 18 ; 5 résultats atteints sur 11 connus. »"""
    start = said(f"{row.name}{THIN}: {period_text(row.starts_on, row.ends_on)}")
    if not row.actions.total:
        return start
    done = f"{row.actions.count} fiches réalisées sur {row.actions.total}"
    results = f"{row.results.count} résultats atteints sur {row.results.total} connus"
    if row.actions.count < 2:
        done = done.replace("fiches réalisées", "fiche réalisée")
    if row.results.count < 2:
        results = results.replace("résultats atteints", "résultat atteint")
    return Sentence((*start.pieces[:-1], f". {done}", f"{THIN}; {results}." if row.results.total else "."))


# -- progress ---------------------------------------------------------------------------------------


def _progress(row: CtgRow, details: Sequence[ActionDetail]) -> list[Item]:
    """Two measures, never averaged: fiches done, results reached; then the states."""
    from reports.diagnostic_items import Ready
    from reports.kit.blocks import ChartBlock
    from reports.kit.charts import Bar, GaugePair, HorizontalBars
    from reports.kit.printed import plain
    from reports.kit.signs import sign_of

    blocks: list[Block] = []
    if row.results.total:
        pair = GaugePair(
            _gauge("Fiches réalisées", row.actions, "fiches réalisées, hors déprogrammées et abandonnées"),
            _gauge("Résultats atteints", row.results, "indicateurs dont la cible est atteinte, connus seuls"),
        )
        blocks.append(
            ChartBlock(pair, "Avancement des actions et atteinte des résultats", fictitious=row.fictitious)
        )
    states = Counter(detail.row.status for detail in details)
    bars = tuple(
        Bar(sign_of(state.value).word, plain(float(states[state]))) for state in ActionState if states[state]
    )
    blocks.append(
        ChartBlock(HorizontalBars(bars), "Fiches action selon leur état", fictitious=row.fictitious)
    )
    return [Ready(tuple(blocks))]


def _results(row: CtgRow, details: Sequence[ActionDetail]) -> list[Item]:
    """Results of the fiches, each on its own track."""
    from reports.diagnostic_items import Ready
    from reports.kit.blocks import ChartBlock
    from reports.kit.charts import Progression

    every = [_result(one) for detail in details for one in detail.indicators]
    known = [one for one in every if one.actual.state.is_known or one.target.state.is_known]
    if not known:
        return []
    shown = known[:MOST_RESULTS]
    left = len(known) - len(shown)
    note = (
        f"{french.plural(left, 'autre résultat suivi', 'autres résultats suivis')} dans les fiches."
        if left
        else ""
    )
    caption = "Résultats attendus des fiches, de leur départ à leur cible"
    block = ChartBlock(Progression(tuple(shown)), caption, note=note, fictitious=row.fictitious)
    return [Ready((block,))]


def _gauge(name: str, gauge: Gauge, rule: str) -> GaugeChart:
    from reports.kit.charts import Gauge as Chart
    from reports.kit.printed import plain, with_unit

    share = gauge.count / gauge.total * 100 if gauge.total else None
    shown = with_unit(plain(share), "%")
    return Chart(name, plain(float(gauge.count)), plain(float(gauge.total)), french.typographic(rule), shown)


def _result(row: ActionIndicatorRow) -> ProgressRow:
    from reports.kit.charts import ProgressRow as Chart
    from reports.kit.printed import plain

    def shown(cell: IndicatorValueRow | None) -> Printed:
        found = plain(None) if cell is None else plain(cell.number, row.decimals, cell.state, unit=row.unit)
        return replace(found, fictitious=cell.fictitious) if cell is not None else found

    def words(name: str, cell: IndicatorValueRow | None) -> str:
        return name if cell is None else f"{name} {cell.year}"

    baseline, actual, target = row.baseline, row.actual, row.target
    return Chart(
        row.label,
        shown(baseline),
        shown(actual),
        shown(target),
        row.unit,
        (words("départ", baseline), words("réalisé", actual), words("cible", target)),
    )


# -- fiches -----------------------------------------------------------------------------------------


def _fiches(row: CtgRow, details: Sequence[ActionDetail]) -> list[Item]:
    from reports.diagnostic_content import Absent
    from reports.diagnostic_items import Ready
    from reports.kit.blocks import Chip, Column, Row, Table

    if not details:
        return [Absent("Fiches actions", "les saisir ou les importer dans la CTG")]
    rows = tuple(
        Row(
            (
                fiche.number,
                fiche.title,
                theme_label(fiche.theme) if fiche.theme else "·",
                fiche.pilot or "non renseigné",
                french.short_date(fiche.ends_on) if fiche.ends_on else "sans date",
                Chip(fiche.status.value),
                _steps(fiche),
            )
        )
        for fiche in (detail.row for detail in details)
    )
    columns = (
        Column("N°", width=0.07), Column("Fiche action", width=0.25), Column("Thème", width=0.13),
        Column("Pilote", width=0.17), Column("Échéance", width=0.11), Column("État", width=0.14),
        Column("Étapes faites", "right", width=0.13),
    )  # fmt: skip
    note = "Étapes faites : part des étapes prévues, « · » sans étape ; + j : jours de retard."
    table = Table(
        columns, rows, f"Plan d’actions, {row.name}", note=french.typographic(note), dense=True,
        fictitious=any(detail.row.fictitious for detail in details), key="plan_actions",
    )  # fmt: skip
    return [Ready((table,))]


def _steps(fiche: ActionRow) -> Text:
    """« 25 % », and the days of delay of what is late."""
    from maps.canvas import OCHRE
    from reports.kit.printed import Run

    late = Run(f" +{fiche.late_days}\u00a0j", bold=True, colour=OCHRE)
    return (_percent(fiche), late) if fiche.late_days > 0 else _percent(fiche)


def _percent(fiche: ActionRow) -> str:
    return "·" if fiche.progress.percent is None else french.percent(fiche.progress.percent, 0)


def _calendar(row: CtgRow, details: Sequence[ActionDetail], study: Study) -> list[Item]:
    """Timelines on landscape pages, none where the dates of the CTG are not known."""
    from reports.diagnostic_items import Landscape, Ready
    from reports.kit.blocks import ChartBlock
    from reports.kit.charts import Gantt

    if row.starts_on is None or row.ends_on is None or not details:
        return []
    tasks = [_task(detail) for detail in details]
    parts = [tasks[start : start + MOST_TASKS] for start in range(0, len(tasks), MOST_TASKS)]
    note = f"Barre pleine{THIN}: part faite. Losange{THIN}: étape, plein quand elle est faite."
    pages: list[Item] = []
    for rank, part in enumerate(parts, 1):
        count = f", {rank} sur {len(parts)}" if len(parts) > 1 else ""
        chart = Gantt(tuple(part), row.starts_on, row.ends_on, study.on)
        block = ChartBlock(chart, f"Calendrier des actions{count}", note=note, fictitious=row.fictitious)
        pages.append(Landscape((Ready((block,)),)))
    return pages


def _task(detail: ActionDetail) -> GanttTask:
    from reports.kit.charts import GanttTask as Task

    fiche = detail.row
    dates = [(step.done_on or step.planned_on, step.done_on is not None) for step in detail.steps]
    stones = tuple((day, reached) for day, reached in dates if day is not None)
    done = None if fiche.progress.percent is None else fiche.progress.percent / 100
    name = f"{fiche.number} {fiche.title}".strip()
    return Task(name, fiche.starts_on, fiche.ends_on, fiche.status.value, done, stones)


def _previous(name: str, fiches: Sequence[ActionRow]) -> list[Item]:
    """What became of the fiches of the plan before."""
    from reports.diagnostic_content import Said
    from reports.diagnostic_items import Ready
    from reports.kit.blocks import Chip, Column, Row, Table

    if not fiches:
        return [Said((said(f"{name}{THIN}: aucune fiche saisie"),))]
    rows = tuple(
        Row((fiche.number, fiche.title, Chip(fiche.status.value), _percent(fiche))) for fiche in fiches
    )
    columns = (
        Column("N°", width=0.1), Column("Fiche action", width=0.55), Column("État", width=0.2),
        Column("Étapes faites", "right", width=0.15),
    )  # fmt: skip
    table = Table(
        columns, rows, f"Fiches de {name}", dense=True, fictitious=any(f.fictitious for f in fiches)
    )
    return [Ready((table,))]
