"""The bilan of a CPOG as a workbook: rates are formulas, texts are never formulas."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.domain.cpog import Contract, CpogIndicator
from app.domain.cpog_closing import STATE_WORDS as ACTION_WORDS
from app.domain.cpog_codes import SeriesKind, TargetStatus
from app.domain.cpog_gauges import Gauge
from app.domain.cpog_points import Actual, Period, Target
from app.domain.cpog_units import unit_of
from app.domain.french import value_text
from app.domain.indicator import ValueState
from app.domain.ledger import Bar, ledger
from app.domain.trajectory import current, point, standing
from app.services.cpog_cards import STATE_SENTENCES, yearly
from app.services.cpog_reading import gauges_of
from app.services.export import workbook

Sheet = Any
Cell = str | float | int | datetime.date | None

BILAN = (
    "Domaine", "Fiche", "Code", "Indicateur", "Sous-série", "Nature", "Type", "Unité", "Cible (texte)",
    "Cible initiale", "Cible révisée", "Prévu", "Réalisé", "Écart à la cible", "Numérateur", "Dénominateur",
    "Taux recalculé", "État", "Cause", "Origine", "Action décidée", "Commentaire", "Fictif",
)  # fmt: skip
SERIES = (
    "Code", "Indicateur", "Sous-série", "Unité", "Série", "Année", "Trimestre", "Valeur", "État",
    "Texte imprimé", "Version", "En vigueur", "Statut", "Observé le", "Saisi le", "Source", "Motif", "Fictif",
)  # fmt: skip
GAUGES = ("Jauge", "Numérateur", "Dénominateur", "Taux", "Règle")
LEDGER = ("Indicateur", "Unité", "Année", "Ligne", "Montant", "Nature", "Acte", "Compté")
ACTIONS = (
    "Code",
    "Engagement",
    "Thème",
    "Territoire",
    "État",
    "Motif",
    "Décideur",
    "Date",
    "Preuve",
    "Commentaire",
)
FLAGS = ("Indicateur", "Constat", "Imprimé", "Autre valeur", "Explication")
ORIGINS = {"interne": "interne", "non_imputable": "non imputable", "mixte": "mixte"}
SERIES_WORDS = {
    SeriesKind.INITIAL: "cible initiale", SeriesKind.REVISED: "cible révisée", SeriesKind.FORECAST: "prévu",
    SeriesKind.LOW: "tunnel, bas", SeriesKind.CENTRAL: "tunnel, centre", SeriesKind.HIGH: "tunnel, haut",
}  # fmt: skip
MOVEMENTS = {"perenne": "pérenne", "conjoncturel": "conjoncturel", "autofinance": "autofinancé"}
TARGET_COLUMNS = ("J", "K")
VALUE_COLUMN = "M"


def write_bilan(contract: Contract, year: int, on: datetime.date, path: Path) -> None:
    """Write the workbook, whole or not at all. Raises WriteRefused, DiskFull."""
    with workbook(path, default_date_format="dd/mm/yyyy") as book:
        book.set_properties({"title": f"Bilan {year}, {contract.cpog.label}", "created": _noon(on)})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        share = book.add_format({"num_format": "0.0"})
        _bilan(book, bold, share, contract, year, on)
        _table(book, bold, "Séries", SERIES, series_rows(contract))
        _gauges(book, bold, share, contract, year, on)
        _ledger(book, bold, contract)
        _table(book, bold, "Actions", ACTIONS, _action_rows(contract))
        _table(book, bold, "Signalements", FLAGS, _flag_rows(contract))
        _table(book, bold, "Sources", ("Quoi", "Valeur"), _source_rows(contract, year, on))


def _noon(on: datetime.date) -> datetime.datetime:
    return datetime.datetime(on.year, on.month, on.day, 12)


def _table(book: Any, bold: Any, name: str, headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Sheet:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, headers, bold)
    for i, row in enumerate(rows, start=1):
        for j, cell in enumerate(row):
            _put(sheet, i, j, cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(headers) - 1)
    sheet.autofit()
    return sheet


def _put(sheet: Sheet, row: int, column: int, cell: Cell) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif isinstance(cell, datetime.date):
        sheet.write_datetime(row, column, _noon(cell).replace(hour=0))
    else:
        sheet.write_number(row, column, cell)


def _bilan(book: Any, bold: Any, share: Any, contract: Contract, year: int, on: datetime.date) -> None:
    parents = contract.parents()
    kept = [i for i in contract.indicators if i.uuid not in parents]
    rows = [_bilan_row(contract, i, year, on) for i in kept]
    sheet = _table(book, bold, f"Bilan {year}", BILAN, rows)
    for i, indicator in enumerate(kept, start=1):
        _bilan_formulas(sheet, share, contract, indicator, i, year)


def _bilan_row(contract: Contract, indicator: CpogIndicator, year: int, on: datetime.date) -> list[Cell]:
    stand = standing(contract, indicator, Period(year), on)
    targets = contract.targets_of.get(indicator.uuid, ())
    value = current(contract.values_of.get(indicator.uuid, ()), Period(year))
    gap = next(
        (g for g in contract.gaps if g.indicator_uuid == indicator.uuid and g.period == Period(year)), None
    )
    comment = next(
        (c.text for c in contract.comments if (c.indicator_uuid, c.year) == (indicator.uuid, year)), ""
    )
    series = (SeriesKind.INITIAL, SeriesKind.REVISED, SeriesKind.FORECAST)
    fictitious = (value is not None and value.fictitious) or any(t.fictitious for t in targets)
    return [
        indicator.domain, indicator.fiche, indicator.code, indicator.label, indicator.sub_series,
        "COG" if indicator.nature == "COG" else "hors COG",
        "suivi" if indicator.is_follow else "résultat", unit_of(indicator.unit).label,
        indicator.target_text, *(_cell(point(targets, kind, Period(year))) for kind in series), _cell(value),
        None, value.numerator if value else None, value.denominator if value else None, None,
        STATE_SENTENCES[stand.state], gap.cause if gap else "", ORIGINS[gap.origin] if gap else "",
        gap.action if gap else "", comment, "fictif" if fictitious else "",
    ]  # fmt: skip


def _cell(item: Actual | Target | None) -> Cell:
    """A number, or the letters of its state."""
    if item is None:
        return None
    if item.number is not None:
        return item.number
    return value_text(None, ValueState(item.state), 0)


def _bilan_formulas(
    sheet: Sheet, share: Any, contract: Contract, indicator: CpogIndicator, row: int, year: int
) -> None:
    value = current(contract.values_of.get(indicator.uuid, ()), Period(year))
    if value is None or value.number is None:
        return
    line = row + 1
    initial, revised = (f"{column}{line}" for column in TARGET_COLUMNS)
    known = f"IF(ISNUMBER({revised}),{revised},{initial})"
    target = _target(contract, indicator, year)
    result = value.number - target if target is not None else ""
    sheet.write_formula(
        row,
        BILAN.index("Écart à la cible"),
        f'=IF(ISNUMBER({known}),{VALUE_COLUMN}{line}-{known},"")',
        None,
        result,
    )
    if value.numerator is not None and value.denominator:
        factor = "100*" if indicator.unit == "%" else ""
        rate = (100 if indicator.unit == "%" else 1) * value.numerator / value.denominator
        sheet.write_formula(row, BILAN.index("Taux recalculé"), f"={factor}O{line}/P{line}", share, rate)


def _target(contract: Contract, indicator: CpogIndicator, year: int) -> float | None:
    targets = contract.targets_of.get(indicator.uuid, ())
    for kind in (SeriesKind.REVISED, SeriesKind.INITIAL):
        found = point(targets, kind, Period(year))
        if found is not None and found.number is not None:
            return found.number
    return None


def series_rows(contract: Contract) -> list[list[Cell]]:
    """Every point of every series and version, as SERIES says."""
    rows: list[list[Cell]] = []
    for i in contract.indicators:
        head: list[Cell] = [i.code, i.label, i.sub_series, unit_of(i.unit).label]
        targets = contract.targets_of.get(i.uuid, ())
        rows += [[*head, *_target_row(t, point(targets, t.series, t.period) is t)] for t in targets]
        values = contract.values_of.get(i.uuid, ())
        rows += [[*head, *_value_row(v, current(values, v.period) is v)] for v in values]
    return rows


def _target_row(item: Target, kept: bool) -> list[Cell]:
    status = "notifiée" if item.status is TargetStatus.NOTIFIED else "hypothèse non notifiée"
    return [
        *_point(SERIES_WORDS[item.series], item), item.text, item.version, _yes(kept), status, None,
        item.entered_at, "", "", _fictitious(item.fictitious),
    ]  # fmt: skip


def _value_row(item: Actual, kept: bool) -> list[Cell]:
    status = ("provisoire", "consolidé", "figé")[item.status]
    return [
        *_point("réalisé", item), item.precision, item.version, _yes(kept), status, item.observed_on,
        item.entered_at, item.source, item.reason, _fictitious(item.fictitious),
    ]  # fmt: skip


def _fictitious(fictitious: bool) -> str:
    return "fictif" if fictitious else ""


def _point(word: str, item: Actual | Target) -> list[Cell]:
    state = ("valeur", "zéro", "pas de donnée", "non publié", "secret")[item.state]
    return [word, item.year, f"T{item.quarter}" if item.quarter else "", _cell(item), state]


def _yes(kept: bool) -> str:
    return "oui" if kept else "non"


def _gauges(book: Any, bold: Any, share: Any, contract: Contract, year: int, on: datetime.date) -> None:
    found = gauges_of(contract, year, on)
    named = [("Avancement des actions", g) for g in found.progress] + [
        ("Cibles atteintes", g) for g in found.results
    ]
    unread = () if found.has_results else found.results  # nothing typed is « n.d. », never a zero
    rows: list[list[Cell]] = [
        [name, "n.d." if g in unread else g.numerator, g.denominator, None, _rule(g)] for name, g in named
    ]
    sheet = _table(book, bold, "Jauges", GAUGES, rows)
    for i, (_, gauge) in enumerate(named, start=1):
        if gauge.denominator and gauge not in unread:
            sheet.write_formula(i, 3, f"=100*B{i + 1}/C{i + 1}", share, gauge.share)


def _rule(gauge: Gauge) -> str:
    return gauge.rule + (", pondérées" if gauge.weighted else "")


def _ledger(book: Any, bold: Any, contract: Contract) -> None:
    rows: list[list[Cell]] = []
    sums: list[tuple[int, int, int, float]] = []
    for uuid in dict.fromkeys(r.indicator_uuid for r in contract.revisions):
        indicator = contract.by_uuid[uuid]
        targets = contract.targets_of.get(uuid, ())
        movements = [m for m in contract.movements if m.indicator_uuid == uuid]
        acts = {r.uuid: r.act_label or r.act.value for r in contract.revisions}
        head: list[Cell] = [indicator.name, unit_of(indicator.unit).label]
        years = ledger(yearly(targets, SeriesKind.INITIAL), yearly(targets, SeriesKind.REVISED), movements)
        for fall in years:
            first = len(rows)
            rows.append([*head, fall.year, "Cible initiale", fall.initial])
            rows += [[*head, fall.year, *_bar(bar, acts)] for bar in fall.bars]
            rows.append([*head, fall.year, "Cible révisée", fall.revised])
            sums.append((first, len(rows) - 1, len(rows), fall.residue))
            rows.append([*head, fall.year, "Non expliqué", None])
    sheet = _table(book, bold, "Registre", LEDGER, rows)
    for first, revised, place, residue in sums:
        start, end = first + 2, revised + 2
        counted = f'SUMIFS(E{start + 1}:E{end - 1},H{start + 1}:H{end - 1},"oui")' if end - start > 1 else "0"
        sheet.write_formula(place + 1, 4, f"=E{end}-E{start}-{counted}", None, residue)


def _bar(bar: Bar, acts: Mapping[str, str]) -> list[Cell]:
    nature = MOVEMENTS[bar.nature]
    return [bar.motive, bar.amount, nature, acts.get(bar.revision_uuid, ""), _yes(bar.counted)]


def _action_rows(contract: Contract) -> list[list[Cell]]:
    return [
        [e.code, e.title, e.theme, e.territory, ACTION_WORDS[e.state], e.reason, e.decided_by, e.decided_on,
         e.evidence, e.comment]
        for e in contract.engagements
    ]  # fmt: skip


def _flag_rows(contract: Contract) -> list[list[Cell]]:
    names = {i.uuid: i.name for i in contract.indicators}
    return [[names.get(f.indicator_uuid, ""), f.kind, f.printed, f.other, f.text] for f in contract.flags]


def _source_rows(contract: Contract, year: int, on: datetime.date) -> list[list[Cell]]:
    sources: list[list[Cell]] = [
        ["Source de valeurs", source] for source in sorted({v.source for v in contract.values if v.source})
    ]
    return [
        ["Contrat", contract.cpog.label],
        ["Code", contract.cpog.code],
        ["Document", contract.cpog.source],
        ["Année du bilan", year],
        ["Établi le", on],
        ["Remarque", contract.cpog.note],
        *sources,
    ]
