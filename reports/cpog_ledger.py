"""Revisions of a contract: waterfall and ledger of each indicator, what is not explained never hidden."""

from __future__ import annotations

from dataclasses import replace

from app.domain.french import number, short_date
from reports.cpog_content import Ledger
from reports.cpog_figures import EMPTY
from reports.kit.blocks import Block, Callout, ChartBlock, Column, Row, RowKind, Table, Tone
from reports.kit.charts import Step, Waterfall
from reports.kit.printed import Printed, plain


def ledger_blocks(ledger: Ledger, year: int) -> list[Block]:
    """Return the waterfall of a year and the table of all years, what is not explained in both."""
    blocks: list[Block] = []
    year = _drawn_year(ledger, year)
    chart = waterfall_of(ledger, year)
    if chart is not None:
        blocks.append(
            ChartBlock(chart, f"{ledger.indicator}, de la cible initiale à la cible révisée en {year}")
        )
    blocks.append(_ledger_table(ledger))
    if any(left for _, left in residues(ledger)):
        words = "Le registre n’explique pas tout l’écart\u202f: la part non expliquée est à instruire."
        blocks.append(Callout(words, Tone.WARNING))
    return blocks


def _drawn_year(ledger: Ledger, year: int) -> int:
    """Return the latest year up to that one whose target moved, else the first that moves later."""
    initial = {at: value.number for at, value in ledger.initial}
    amounts = {at for line in ledger.lines for at, _ in line.amounts}
    moved = [
        at for at, value in ledger.revised
        if at in initial and (value.number != initial[at] or at in amounts)
    ]  # fmt: skip
    return max((at for at in moved if at <= year), default=min(moved, default=year))


def waterfall_of(ledger: Ledger, year: int) -> Waterfall | None:
    """Return the waterfall of a year, None where its initial or revised value is unknown."""
    start, end = dict(ledger.initial).get(year), dict(ledger.revised).get(year)
    if start is None or end is None or not (start.state.is_known and end.state.is_known):
        return None
    steps = [
        Step(line.reason, signed(dict(line.amounts)[year], ledger.decimals))
        for line in ledger.lines
        if year in dict(line.amounts)
    ]
    first, last = Step(f"Initiale {year}", start), Step(f"Révisée {year}", end)
    return Waterfall(first, tuple(steps), last, ledger.unit, ledger.decimals)


def signed(shown: Printed, decimals: int) -> Printed:
    """Return the number with its sign, as changes are written; origin kept."""
    if shown.number is None or not shown.state.is_known:
        return shown
    return replace(shown, text=number(shown.number, decimals, signed=True))


def residues(ledger: Ledger) -> list[tuple[int, float]]:
    """Return what the lines do not explain, by year, rounded as printed; years without a term left out."""
    initial, revised = dict(ledger.initial), dict(ledger.revised)
    found = []
    for year, start in ledger.initial:
        end = revised.get(year)
        amounts = [dict(line.amounts)[year] for line in ledger.lines if year in dict(line.amounts)]
        terms = [start, *([end] if end else []), *amounts]
        if end is None or any(term.number is None for term in terms):
            continue
        explained = sum(amount.drawn() for amount in amounts)
        found.append((year, round(end.drawn() - initial[year].drawn() - explained, ledger.decimals) + 0.0))
    return found


def _ledger_table(ledger: Ledger) -> Table:
    years = [year for year, _ in ledger.initial]
    initial, revised, left = dict(ledger.initial), dict(ledger.revised), dict(residues(ledger))
    rows = [Row(("Cible initiale", "", "", *(initial[year] for year in years)))]
    for line in ledger.lines:
        amounts = dict(line.amounts)
        act = f"{line.act}, {short_date(line.on)}" if line.on else line.act
        cells = (signed(amounts[year], ledger.decimals) if year in amounts else EMPTY for year in years)
        rows.append(Row((line.reason, act, line.nature, *cells)))
    rest = (plain(left[year], ledger.decimals, signed=True) if year in left else EMPTY for year in years)
    rows.append(Row(("Part non expliquée", "", "", *rest), RowKind.REFERENCE))
    rows.append(Row(("Cible révisée", "", "", *(revised.get(year, EMPTY) for year in years)), RowKind.TOTAL))
    columns = (
        Column("Motif"),
        Column("Acte"),
        Column("Nature"),
        *(Column(str(year), "right") for year in years),
    )
    unit = f" ({ledger.unit})" if ledger.unit else ""
    return Table(columns, tuple(rows), f"Registre des révisions, {ledger.indicator}{unit}", dense=True)
