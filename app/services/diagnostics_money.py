"""Funding of the CTG in a booklet: budget of the plan by state, estimate of the bonus, posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain import french
from app.domain.ctg_sentences import euros, eviction_text, paid_text, period_text, remainder_text, share_text
from app.domain.ctg_words import MONEY
from app.domain.french import THIN
from app.domain.indicator import ValueState
from app.domain.secrecy_model import CAF
from app.domain.sentences import Sentence, said
from app.services.ctg_fiche_content import budget_content
from app.services.diagnostics_plan import current_ctg

if TYPE_CHECKING:
    from app.domain.ctg_parameters import BonusEstimate, BonusLine
    from app.services.ctg import CtgService
    from app.services.ctg_plan_rows import Budget
    from app.services.ctg_rows import CtgRow, PostRow
    from app.services.diagnostics_study import Study
    from reports.diagnostic_content import Item
    from reports.kit.blocks import Block
    from reports.kit.printed import Printed

MOST_FUNDERS = 6
"""Funders told apart on the chart; the others are drawn together."""


def money_items(ctg: CtgService | None, study: Study) -> list[Item]:
    """Money of the plan, bonus and posts; amounts stay with the Caf."""
    from reports.diagnostic_content import Absent, Framed, Title

    if study.options.profile != CAF:
        return [Framed("Les montants ne figurent pas dans cette version.", "note")]
    row = current_ctg(ctg, study)
    budget = ctg.budget(row.uuid, study.on) if row is not None and ctg is not None else None
    if ctg is None or row is None:
        return [Absent("Financements par signataire", "saisir ou importer la CTG de ce territoire")]
    items: list[Item] = []
    if budget is None or not budget.cells:
        items.append(Absent("Financements par signataire", "les saisir au budget des fiches actions"))
    else:
        items += _budget(budget, row, study)
    items += [Title("Bonus territoire, estimation"), *_bonus(ctg, row)]
    posts = ctg.posts(row.uuid, study.on)
    return [*items, Title("Postes de coopération"), *_posts(posts)]


# -- budget -----------------------------------------------------------------------------------------


def _budget(budget: Budget, row: CtgRow, study: Study) -> list[Item]:
    from reports.diagnostic_content import Framed, Points, Said
    from reports.diagnostic_items import Ready
    from reports.fiche_action import budget_table

    content = budget_content(budget)
    table = budget_table(content, f"Budget du plan par financeur, {row.name}")
    note = f"n.d.{THIN}: attendu, non connu. Prévu, voté et payé ne s’ajoutent jamais entre eux."
    blocks: list[Block] = [*_chart(budget, row), replace(table, note=note, fictitious=row.fictitious)]
    items: list[Item] = [Said(tuple(_sentences(budget, study)), lead=True), Ready(tuple(blocks))]
    rests = tuple(
        f"{year.year}{THIN}: {remainder_text(rest)}"
        for year in budget.years
        for rest in year.remainders
        if rest.state is year.shown and rest.rest is not None
    )
    items += [Points(rests)] if rests else []
    warnings = [
        *(eviction_text(one) for one in budget.evictions),
        *(paid_text(one) for one in budget.warnings),
    ]
    return [*items, *(Framed(text, "attention") for text in warnings)]


def _sentences(budget: Budget, study: Study) -> list[Sentence]:
    found = []
    for total in budget.totals:
        if total.cents is not None:
            absent = "" if total.complete else ", montants attendus non connus laissés de côté"
            words = f"montant {MONEY[total.state]} connu, toutes années{THIN}: {euros(total.cents)}"
            found.append(said(f"{words}{absent}"))
    shares = [share for share in budget.caf_shares if share.year <= study.on.year]
    if shares:
        last = shares[-1]
        found.append(said(f"la Caf en porte {share_text(last.share)} en {last.year}"))
    return found


def _chart(budget: Budget, row: CtgRow) -> list[Block]:
    """One bar a year, each in its most advanced state; nothing is drawn where nothing is known."""
    from reports.kit.blocks import ChartBlock
    from reports.kit.charts import Part, Stacked, StackRow
    from reports.kit.printed import plain

    shown = {year.year: year.shown for year in budget.years if year.shown is not None}
    sums: dict[tuple[str, int], int] = {}
    for cell in budget.cells:
        if cell.cents is not None and shown.get(cell.year) is cell.state:
            sums[cell.funder, cell.year] = sums.get((cell.funder, cell.year), 0) + cell.cents
    funders = list(dict.fromkeys(cell.funder for cell in budget.cells))
    weight = {funder: sum(n for (name, _), n in sums.items() if name == funder) for funder in funders}
    kept = sorted(funders, key=lambda name: -weight[name])[:MOST_FUNDERS]
    others = [name for name in funders if name not in kept]
    groups = [(name, (name,)) for name in kept] + ([("Autres", tuple(others))] if others else [])
    rows = []
    for year, state in shown.items():
        parts = tuple(
            _amount([sums[name, year] for name in names if (name, year) in sums]) for _, names in groups
        )
        known = [cents for (_, at), cents in sums.items() if at == year]
        if known:
            total = plain(round(sum(known) / 100), unit="€")
            rows.append(StackRow(f"{year}, {MONEY[state]}", parts, total))
    if len(rows) < 2:
        return []
    chart = Stacked(tuple(Part(name) for name, _ in groups), tuple(rows), "euros")
    note = "Chaque année dans son état le plus avancé ; les montants inconnus ne sont pas dessinés."
    return [
        ChartBlock(chart, f"Financement du plan par année, {row.name}", note=french.typographic(note),
                   fictitious=row.fictitious)
    ]  # fmt: skip


def _amount(cents: Sequence[int]) -> Printed:
    from reports.kit.printed import Printed, plain

    if not cents:
        return Printed("", None, ValueState.NO_DATA)
    return plain(round(sum(cents) / 100), unit="€")


# -- bonus ------------------------------------------------------------------------------------------


def _bonus(ctg: CtgService, row: CtgRow) -> list[Item]:
    """One table: each product with its formula, the known total of the year, what is missing."""
    from reports.diagnostic_content import Absent, Framed
    from reports.diagnostic_items import Ready
    from reports.kit.blocks import Column, Row, RowKind, Table

    years = range(row.starts_on.year, row.ends_on.year + 1) if row.starts_on and row.ends_on else ()
    found = [estimate for year in years if (estimate := ctg.bonus(row.uuid, year)).lines]
    if not found:
        return [Absent("Quantités du bonus territoire", "les saisir dans la CTG, onglet Financement")]
    rows: list[Row] = []
    for estimate in found:
        rows += [Row((str(estimate.year), _label(line), line.formula)) for line in estimate.lines]
        rows.append(Row((str(estimate.year), "Total connu", _known(estimate)), RowKind.TOTAL))
    columns = (Column("Année", width=0.1), Column("Ligne", width=0.4), Column("Calcul", width=0.5))
    table = Table(columns, tuple(rows), "Bonus territoire, estimation et formule", merge=1,
                  fictitious=row.fictitious)  # fmt: skip
    missing = list(dict.fromkeys(name for estimate in found for name in estimate.missing))
    words = "Estimation de l’application, jamais un montant officiel."
    if missing:
        words += f" Montants ou quantités non connus{THIN}: {french.listing(missing)}."
    return [Ready((table,)), Framed(words, "note")]


def _label(line: BonusLine) -> str:
    return line.amount.label if line.amount else line.quantity.parameter


def _known(estimate: BonusEstimate) -> str:
    return estimate.formula or french.NO_DATA


# -- posts ------------------------------------------------------------------------------------------


def _posts(posts: Sequence[PostRow]) -> list[Item]:
    from reports.diagnostic_content import Absent, TableItem

    if not posts:
        return [Absent("Postes de coopération", "les saisir dans la CTG, onglet Pilotage")]
    rows = tuple(
        (
            post.title,
            post.employer,
            french.NO_DATA if post.fte is None else french.number(post.fte, 2),
            period_text(post.starts_on, post.ends_on),
            "vacant" if post.vacant else "pourvu",
        )
        for post in posts
    )
    heads = (
        ("Poste", "left"), ("Employeur", "left"), ("ETP", "right"), ("Période", "left"), ("État", "left"),
    )  # fmt: skip
    return [TableItem("Postes de coopération", heads, rows)]
