"""What the view « Bilan annuel » reads, and the columns of its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.cpog_codes import Origin
from app.domain.cpog_errors import UnknownCog
from app.services.cpog_reading import gauges_of, today
from app.services.cpog_rows import ClosingRow, DifferenceRow, GapRow, GaugesRow, IndicatorRow
from ui import labels_cpog
from ui.models.grid import CellRefused, EditColumn
from ui.models.table import Column

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services

ORIGINS = {words: origin for origin, words in labels_cpog.ORIGIN.items()}
NO_FICHE = "Sans fiche"


@dataclass(frozen=True, slots=True)
class BilanLine:
    """One indicator of the bilan, and its gap if it has one."""

    row: IndicatorRow
    fiche: str
    gap: GapRow | None
    year: int

    @property
    def value(self) -> str | None:
        """Value of the year, None if it has none of its own."""
        last = self.row.last
        return last.text if last is not None and last.period.year == self.year else None

    @property
    def target(self) -> str | None:
        """Target of the year."""
        target = self.row.target
        return target.text if target is not None and target.period.year == self.year else None


@dataclass(frozen=True, slots=True)
class Bilan:
    """Everything of one year."""

    lines: tuple[BilanLine, ...]
    gauges: GaugesRow
    missing: tuple[str, ...]
    closings: tuple[ClosingRow, ...]
    differences: tuple[DifferenceRow, ...]
    """Since the first time it was closed."""
    moved: bool
    """Something changed since the last time."""


def read(services: Services, code: str, year: int, _progress: Progress) -> Bilan:
    """Read a year of a contract."""
    cpog = services.cpog
    contract = cpog.contract(code)
    rows = cpog.indicators(code, year)
    gaps = {gap.indicator_uuid: gap for gap in cpog.gaps(code, year) if not gap.period.quarter}
    names = _fiches(services, contract.cpog.cog_code)
    parents = contract.parents()
    lines = [
        BilanLine(
            row,
            names.get(row.fiche, f"Fiche {row.fiche}") if row.fiche else NO_FICHE,
            gaps.get(row.uuid),
            year,
        )
        for row in rows
        if row.uuid not in parents
    ]
    lines.sort(key=lambda line: (line.row.fiche == "", len(line.row.fiche), line.row.fiche, line.row.rank))
    closings = tuple(row for row in cpog.closings(contract.cpog.uuid) if row.year == year)
    differences = tuple(cpog.difference(code, year, closings[0].version)) if closings else ()
    moved = bool(closings and cpog.difference(code, year, closings[-1].version))
    gauges = _gauges(services, code, year, closings)
    return Bilan(tuple(lines), gauges, cpog.to_explain(code, year), closings, differences, moved)


def _gauges(services: Services, code: str, year: int, closings: Sequence[ClosingRow]) -> GaugesRow:
    """Those of the closed version, as its paper prints them; else those of today."""
    if not closings:
        return services.cpog.gauges(code, year)
    return gauges_of(services.cpog.closed_contract(code, year), year, today())


def _fiches(services: Services, cog: str) -> dict[str, str]:
    try:
        nodes = services.cpog.cog_nodes(cog)
    except UnknownCog:
        return {}
    return {node.code: f"{node.code}. {node.title}" for node in nodes if node.kind == "fiche"}


def _can_explain(line: BilanLine) -> bool:
    return line.gap is not None


def _origin(typed: str) -> Origin | None:
    if not typed.strip():
        return None
    found = next(
        (origin for words, origin in ORIGINS.items() if words.lower() == typed.strip().lower()), None
    )
    if found is None:
        raise CellRefused("L’origine est interne, non imputable ou mixte.")
    return Origin(found)


def _needed(line: BilanLine) -> str:
    return "ocre" if line.gap is not None and line.gap.adverse and not line.gap.explained else ""


def _difference_tone(line: BilanLine) -> str:
    if line.row.state == "suivi" or line.gap is None:
        return ""
    return "rouge" if line.gap.adverse else ""


def _cause(line: BilanLine) -> str | None:
    if line.gap is None:
        return None
    return line.gap.cause or ("à expliquer" if line.gap.adverse else None)


COLUMNS: tuple[Column[BilanLine], ...] = (
    Column("Fiche", lambda line: line.fiche, hint=lambda line: line.fiche),
    Column("Indicateur", lambda line: line.row.name, hint=lambda line: line.row.label),
    Column("Cible", lambda line: line.target, right=True, absent="·"),
    Column("Réalisé", lambda line: line.value, right=True),
    Column("Écart", lambda line: line.row.difference_text or None, right=True, absent="·",
           tone=_difference_tone),
    Column("État", lambda line: labels_cpog.STATE[line.row.state]),
    EditColumn(
        "Cause de l’écart", _cause, absent="", tone=_needed, parse=str, editable=_can_explain,
        typed=lambda line: line.gap.cause if line.gap else "", code="cause",
        hint=lambda line: line.gap.cause if line.gap else "",
    ),
    EditColumn(
        "Origine", lambda line: labels_cpog.ORIGIN[line.gap.origin] if line.gap and line.gap.origin else None,
        absent="", parse=_origin, editable=_can_explain, choices=("", *ORIGINS), code="origin",
    ),
    EditColumn(
        "Action décidée", lambda line: line.gap.action or None if line.gap else None, absent="", parse=str,
        editable=_can_explain, code="action", hint=lambda line: line.gap.action if line.gap else "",
    ),
)  # fmt: skip

DIFFERENCES: tuple[Column[DifferenceRow], ...] = (
    Column("Indicateur ou action", lambda row: row.indicator),
    Column("Ce qui change", lambda row: row.what),
    Column("Version 1, arrêtée", lambda row: row.before or None, absent="rien", right=True),
    Column("Maintenant", lambda row: row.after or None, absent="rien", right=True),
)


def closing_words(closings: Sequence[ClosingRow]) -> str:
    """« Arrêté le 15/03/2026, version 2. »."""
    import datetime

    from app.domain.french import long_date

    if not closings:
        return "Bilan ouvert"
    last = closings[-1]
    day = long_date(datetime.date.fromisoformat(last.closed_at[:10]))
    reason = f", motif : {last.reason}".replace(" :", "\u202f:") if last.reason else ""
    return f"Bilan arrêté le {day}, version {last.version}{reason}"
