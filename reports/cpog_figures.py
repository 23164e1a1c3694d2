"""Charts and tables of indicators of a contract: four series never merged, gaps with their causes."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from app.domain.french import NBSP, short_date
from maps.canvas import TEXT2
from reports.cpog_content import (
    GapLine,
    IndicatorSheet,
    IndicatorState,
    Origin,
    RateLine,
    YearValue,
)
from reports.kit.blocks import (
    Beside,
    Block,
    Cell,
    ChartBlock,
    Chip,
    Column,
    Missing,
    Row,
    Table,
)
from reports.kit.charts import (
    Gauge,
    GaugePair,
    Style,
    Trend,
    TrendPoint,
    TrendSeries,
)
from reports.kit.printed import Printed, Run, Text

EMPTY = Printed("·")
"""Not applicable: nothing was to be there."""
ORIGINS = {
    Origin.INTERNAL: "interne",
    Origin.EXTERNAL: "non imputable",
    Origin.MIXED: "mixte",
    Origin.UNSAID: "non précisée",
}
STATE_ORDER = (
    IndicatorState.IN_TUNNEL,
    IndicatorState.REACHED,
    IndicatorState.NOT_REACHED,
    IndicatorState.LOW,
    IndicatorState.HIGH,
    IndicatorState.FOLLOWED,
    IndicatorState.NO_TARGET,
    IndicatorState.NO_DATA,
)
STATE_HEADS = {
    IndicatorState.IN_TUNNEL: "Dans le tunnel",
    IndicatorState.REACHED: "Cible atteinte",
    IndicatorState.NOT_REACHED: "Cible non atteinte",
    IndicatorState.LOW: "Sous le tunnel",
    IndicatorState.HIGH: "Au-dessus",
    IndicatorState.FOLLOWED: "Suivi",
    IndicatorState.NO_TARGET: "Sans cible",
    IndicatorState.NO_DATA: "Pas de donnée",
}


def at_year(values: Sequence[YearValue], year: int) -> Printed:
    """Return the value of a year, its last quarter where there is no yearly one; « · » without any."""
    held = [value for value in values if year - 1 < value.at <= year]
    return held[-1].value if held else EMPTY


def _by_year(values: Sequence[YearValue]) -> list[YearValue]:
    """Leave out the quarters of years that have a yearly value: one line never goes back and forth."""
    whole = {int(held.at) for held in values if held.words == str(int(held.at))}
    return [held for held in values if held.words == str(int(held.at)) or ceil(held.at) not in whole]


def name_cell(sheet: IndicatorSheet) -> Text:
    """Return code, label, unit and direction of an indicator."""
    code = (Run(f"{sheet.code} ", bold=True),) if sheet.code else ()
    facts = ", ".join(word for word in (sheet.unit, sheet.direction, sheet.nature) if word)
    return (*code, sheet.label, Run(f" ({facts})" if facts else "", colour=TEXT2))


def indicators_table(sheets: Sequence[IndicatorSheet], year: int, caption: str, key: str = "") -> Table:
    """Return the table of indicators: targets and actual values of the year and the one before."""
    columns = (
        Column("Indicateur"),
        Column("Initiale", "right", group=f"Cible {year}"),
        Column("Révisée", "right", group=f"Cible {year}"),
        Column(str(year - 1), "right", group="Réalisé"),
        Column(str(year), "right", group="Réalisé"),
        Column("Écart", "right"),
        Column("État"),
    )
    rows = tuple(_indicator_row(sheet, year) for sheet in sheets)
    note = f"·{NBSP}: sans objet. L’écart est celui du réalisé à la cible en vigueur."
    return Table(columns, rows, caption, note=note, key=key, dense=True,
                 fictitious=any(sheet.fictitious for sheet in sheets))  # fmt: skip


def _indicator_row(sheet: IndicatorSheet, year: int) -> Row:
    initial = at_year(sheet.initial, year)
    target: Cell = (
        initial if initial is not EMPTY or not sheet.target_words else Run(sheet.target_words, colour=TEXT2)
    )
    return Row(
        (
            name_cell(sheet),
            target,
            at_year(sheet.revised, year),
            at_year(sheet.actual, year - 1),
            at_year(sheet.actual, year),
            sheet.gap.gap if sheet.gap else EMPTY,
            Chip(sheet.state.value, sheet.state_words),
        )
    )


def trend_of(sheet: IndicatorSheet, today: float | None = None) -> Trend | None:
    """Return the trajectory of an indicator, None where fewer than two years have a number."""
    held = (
        ("Réalisé", Style.ACTUAL, sheet.actual),
        ("Prévu", Style.FORECAST, sheet.forecast),
        ("Cible révisée", Style.REVISED, sheet.revised),
        ("Cible initiale", Style.INITIAL, sheet.initial),
    )
    series = tuple(_series(name, style, values) for name, style, values in held if values)
    known = {
        p.at for one in series for p in one.points if p.value.state.is_known and p.value.number is not None
    }
    if len(known) < 2:
        return None
    return Trend(series=series, tunnel=sheet.tunnel, ticks=_ticks(sheet), unit=sheet.unit, today=today)


def _series(name: str, style: Style, values: Sequence[YearValue]) -> TrendSeries:
    return TrendSeries(name, style, tuple(TrendPoint(held.at, held.value) for held in _by_year(values)))


def _ticks(sheet: IndicatorSheet) -> tuple[tuple[float, str], ...]:
    """Return the years of all series, and only them: quarters fall between."""
    places = [v.at for v in (*sheet.initial, *sheet.revised, *sheet.forecast, *sheet.actual)]
    years = sorted({ceil(at) for at in places})
    return tuple((float(year), str(year)) for year in years)


def trend_blocks(sheets: Sequence[IndicatorSheet], today: float | None) -> list[Block]:
    """Return the trajectories two by two, each with its comment; none for an indicator without number."""
    charts: list[Block] = []
    for sheet in sheets:
        chart = trend_of(sheet, today)
        if chart is not None:
            charts.append(_trend_block(sheet, chart))
    pairs = [charts[start : start + 2] for start in range(0, len(charts), 2)]
    return [Beside(tuple(pair[:1]), tuple(pair[1:])) for pair in pairs]


def _trend_block(sheet: IndicatorSheet, chart: Trend) -> ChartBlock:
    caption = f"{sheet.code} {sheet.label}".strip()
    words = f"{caption} ({sheet.unit})" if sheet.unit else caption
    return ChartBlock(chart, words, note=_chart_note(sheet), height=150.0, fictitious=sheet.fictitious)


def _chart_note(sheet: IndicatorSheet) -> str:
    items = [sheet.comment]
    if sheet.draft_target:
        items.append("Cible non notifiée, hypothèse de travail.")
    return " ".join(item for item in items if item)


def gaps_table(sheets: Sequence[IndicatorSheet], year: int) -> Table | None:
    """Return gaps, their causes and origins, and what was decided; None where there is none."""
    rows = [
        Row(
            (
                name_cell(sheet),
                sheet.gap.gap,
                ORIGINS[sheet.gap.origin],
                _cause(sheet.gap),
                sheet.gap.decision or "·",
            )
        )
        for sheet in sheets
        if sheet.gap is not None
    ]
    if not rows:
        return None
    columns = (
        Column("Indicateur", width=0.26),
        Column("Écart", "right", width=0.1),
        Column("Origine", width=0.12),
        Column("Cause", width=0.28),
        Column("Décision", width=0.24),
    )
    return Table(columns, tuple(rows), f"Écarts de {year}, causes et décisions", dense=True)


def _cause(gap: GapLine) -> Text:
    cause = gap.cause or Run("cause non renseignée", colour=TEXT2)
    who = ", ".join(word for word in (gap.author, short_date(gap.on) if gap.on else "") if word)
    return (cause, Run(f" ({who})", colour=TEXT2)) if who else cause


def parts_table(sheets: Sequence[IndicatorSheet]) -> Table | None:
    """Return the numerators and denominators of rates, by period; None where none is given."""
    periods = list(dict.fromkeys(v.words for sheet in sheets for _, held in sheet.parts for v in held))
    if not periods:
        return None
    rows = []
    for sheet in sheets:
        for label, values in sheet.parts:
            by_period = {value.words: value.value for value in values}
            rows.append(Row((name_cell(sheet), label, *(by_period.get(period, EMPTY) for period in periods))))
    columns = (Column("Indicateur"), Column("Terme"), *(Column(period, "right") for period in periods))
    return Table(columns, tuple(rows), "Numérateurs et dénominateurs", merge=1, dense=True)


def hypotheses_table(sheets: Sequence[IndicatorSheet]) -> Table | None:
    """Return the hypotheses targets rest on and what was observed; None where there is none."""
    words = {True: Chip("dans_le_tunnel", "Dans sa plage"), False: Chip("en_retard", "Hors de sa plage"),
             None: Chip("pas_de_donnee", "Non observée")}  # fmt: skip
    rows = [
        Row((name_cell(sheet), held.label, held.expected, held.observed, words[held.kept]))
        for sheet in sheets
        for held in sheet.hypotheses
    ]
    if not rows:
        return None
    columns = (
        Column("Indicateur"),
        Column("Hypothèse"),
        Column("Prévu"),
        Column("Observé", "right"),
        Column("État"),
    )
    return Table(columns, tuple(rows), "Hypothèses suivies", merge=1, dense=True)


def computed_table(sheets: Sequence[IndicatorSheet], year: int) -> Table | None:
    """Return declared values beside those the base computes; None where there is none."""
    held = [sheet for sheet in sheets if sheet.computed is not None]
    if not held:
        return None
    rows = tuple(Row((name_cell(s), at_year(s.actual, year), s.computed or EMPTY)) for s in held)
    columns = (Column("Indicateur"), Column("Déclaré", "right"), Column("Calculé par la base", "right"))
    return Table(columns, rows, f"Valeurs déclarées et valeurs calculées, {year}", dense=True)


def gauge_of(rate: RateLine | None) -> Gauge | None:
    """Return the gauge of a rate, None without a rate."""
    if rate is None:
        return None
    return Gauge(rate.name, rate.part, rate.whole, rate.rule, rate.share)


NO_ACTION = Missing(
    "Avancement des actions\u202f: aucune action n’a d’état.",
    "Dites où en est chacune dans CPOG, onglet Actions.",
)
NO_RESULT = Missing(
    "Atteinte des résultats\u202f: aucune cible de cette année n’a de réalisé connu.",
    "Saisissez cibles et réalisés dans CPOG, onglet Saisie.",
)


def gauges_blocks(actions: RateLine | None, results: RateLine | None) -> list[Block]:
    """Return the two gauges, never averaged; where one is missing, the other and a sentence."""
    held = [rate for rate in (actions, results) if rate is not None]
    blocks: list[Block] = []
    if held:
        caption = "Avancement des actions et atteinte des résultats, deux mesures distinctes"
        pair = GaugePair(gauge_of(actions), gauge_of(results))
        blocks.append(ChartBlock(pair, caption if len(held) > 1 else held[0].name))
    blocks += [NO_ACTION] if actions is None else []
    return blocks + ([NO_RESULT] if results is None else [])


def rates_table(rates: Sequence[RateLine]) -> Table | None:
    """Return the same results by other rules, so that none passes for the only one."""
    if not rates:
        return None
    rows = tuple(Row((rate.name, rate.part, rate.whole, rate.share, rate.rule)) for rate in rates)
    columns = (
        Column("Lecture"),
        Column("Numérateur", "right"),
        Column("Dénominateur", "right"),
        Column("Taux", "right"),
        Column("Règle des valeurs indisponibles"),
    )
    return Table(columns, rows, "Un même tableau, plusieurs taux selon la règle")
