"""Check what is typed in the grid against a contract: every cell is read before any is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.cpog import Contract, CpogIndicator
from app.domain.cpog_codes import IndicatorType, SeriesKind
from app.domain.cpog_entry import Cell, read_cell
from app.domain.cpog_points import Actual, Period, Target
from app.domain.cpog_units import with_unit
from app.domain.french import THIN
from app.domain.indicator import ValueState
from app.domain.numbers import parse_number
from app.domain.trajectory import current, point

ACTUAL = "realise"
EARLIER = 10
"""Years before the contract for which past values may still be typed."""
RATE_TOLERANCE = 0.1


@dataclass(frozen=True, slots=True)
class Typed:
    """One cell as typed; reason: why a known value or a closed year changes."""

    indicator_uuid: str
    period: Period
    text: str
    series: str = ACTUAL
    numerator: str = ""
    denominator: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about one cell, in French; a blocking one refuses it."""

    code: str
    text: str
    blocking: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """A cell once read: number and terms, same as known (nothing to write), findings."""

    cell: Cell
    numerator: float | None = None
    denominator: float | None = None
    unchanged: bool = False
    findings: tuple[Finding, ...] = ()

    @property
    def refused(self) -> bool:
        """True if a finding blocks."""
        return any(f.blocking for f in self.findings)


def check(contract: Contract, typed: Typed, closed_years: Sequence[int] = ()) -> Checked:
    """Read one cell and say everything that is wrong or odd with it; nothing is raised."""
    indicator = contract.by_uuid.get(typed.indicator_uuid)
    if indicator is None:
        return Checked(Cell(), findings=(Finding("unknown_indicator", "Indicateur inconnu dans ce CPOG."),))
    terms = _terms(typed)
    if isinstance(terms, Finding):
        return Checked(Cell(), findings=(terms,))
    cell = _completed(read_cell(indicator, typed.text), indicator, *terms)
    if cell.empty:
        return Checked(cell, unchanged=True)
    if cell.problem:
        return Checked(cell, findings=(Finding(cell.problem, cell.sentence),))
    unchanged = _is_known(contract, typed, cell, *terms)
    context = _Context(contract, indicator, typed, cell, terms, tuple(closed_years), unchanged)
    found = [rule(context) for rule in _RULES]
    return Checked(cell, *terms, unchanged, tuple(f for f in found if f is not None))


@dataclass(frozen=True, slots=True)
class _Context:
    contract: Contract
    indicator: CpogIndicator
    typed: Typed
    cell: Cell
    terms: tuple[float | None, float | None]
    closed_years: tuple[int, ...]
    unchanged: bool

    @property
    def is_actual(self) -> bool:
        return self.typed.series == ACTUAL


def _terms(typed: Typed) -> tuple[float | None, float | None] | Finding:
    numbers: list[float | None] = []
    for text in (typed.numerator, typed.denominator):
        value = parse_number(text) if text.strip() else None
        if text.strip() and value is None:
            return Finding("not_a_number", f"« {text.strip()} » n’est pas un nombre.")
        numbers.append(value)
    if numbers[1] is not None and numbers[1] <= 0:
        return Finding("bad_denominator", "Le dénominateur doit être supérieur à zéro.")
    return numbers[0], numbers[1]


def _completed(
    cell: Cell, indicator: CpogIndicator, numerator: float | None, denominator: float | None
) -> Cell:
    """A rate left empty beside its two terms is computed."""
    if not cell.empty or numerator is None or denominator is None:
        return cell
    factor = 100.0 if indicator.unit == "%" else 1.0
    value = factor * numerator / denominator
    return Cell(value, ValueState.ZERO if value == 0 else ValueState.VALUE)


def known(contract: Contract, typed: Typed) -> Actual | Target | None:
    """Return what the contract already holds for a cell."""
    if typed.series == ACTUAL:
        return current(contract.values_of.get(typed.indicator_uuid, ()), typed.period)
    targets = contract.targets_of.get(typed.indicator_uuid, ())
    return point(targets, SeriesKind(typed.series), typed.period)


def _is_known(
    contract: Contract, typed: Typed, cell: Cell, numerator: float | None, denominator: float | None
) -> bool:
    held = known(contract, typed)
    if held is None or held.number != cell.number or held.state is not cell.state:
        return False
    if isinstance(held, Target):
        return True
    same = (numerator is None or numerator == held.numerator) and held.precision == cell.precision
    return same and (denominator is None or denominator == held.denominator)


def _locked_initial(c: _Context) -> Finding | None:
    if c.typed.series != SeriesKind.INITIAL or c.unchanged:
        return None
    held = known(c.contract, c.typed)
    if held is None:
        return None
    shown = with_unit(held.number, c.indicator.unit, c.indicator.decimals)
    return Finding(
        "initial_locked",
        f"La cible initiale de {c.typed.period.label} est déjà fixée ({shown}){THIN}; elle ne se modifie pas"
        f"{THIN}: révisez la cible.",
    )


def _revised_by_act(c: _Context) -> Finding | None:
    if c.typed.series != SeriesKind.REVISED or c.unchanged:
        return None
    return Finding("revised_by_act", "Une cible révisée se saisit avec son acte, par « Réviser la cible ».")


def _duplicate(c: _Context) -> Finding | None:
    if not c.is_actual or c.unchanged or c.typed.reason.strip():
        return None
    held = known(c.contract, c.typed)
    if not isinstance(held, Actual):
        return None
    shown = with_unit(held.number, c.indicator.unit, c.indicator.decimals)
    return Finding(
        "duplicate",
        f"{c.typed.period.label} a déjà une valeur ({shown}){THIN}; dites pourquoi elle change, "
        "l’ancienne reste comme version.",
    )


def _closed(c: _Context) -> Finding | None:
    if c.unchanged or c.typed.period.year not in c.closed_years or c.typed.reason.strip():
        return None
    return Finding(
        "closed_year",
        f"L’année {c.typed.period.year} est arrêtée{THIN}; une correction demande un motif et fait une "
        "version.",
    )


def _out_of_contract(c: _Context) -> Finding | None:
    years = c.contract.cpog.years
    year = c.typed.period.year
    if years[0] - EARLIER <= year <= years[-1] + 1:
        return None
    return Finding("out_of_contract", f"{year} est hors de la période du CPOG ({years[0]} à {years[-1]}).")


def _target_on_follow(c: _Context) -> Finding | None:
    if c.is_actual or c.indicator.type is not IndicatorType.FOLLOW:
        return None
    return Finding("target_on_follow", "Un indicateur de suivi n’a normalement pas de cible.", blocking=False)


def _before_start(c: _Context) -> Finding | None:
    start = c.indicator.start_year
    if start is None or c.typed.period.year >= start:
        return None
    return Finding("before_start", f"Cet indicateur est suivi à partir de {start}.", blocking=False)


def _on_parent(c: _Context) -> Finding | None:
    if c.indicator.uuid not in c.contract.parents():
        return None
    return Finding(
        "on_parent", "Cette ligne n’a pas de valeur propre, saisissez ses sous-séries.", blocking=False
    )


def _quarter_of_yearly(c: _Context) -> Finding | None:
    if not c.typed.period.quarter or c.indicator.periodicity != "annuelle":
        return None
    return Finding(
        "quarter_of_yearly", "Cet indicateur est annuel, la valeur est trimestrielle.", blocking=False
    )


def _rate_mismatch(c: _Context) -> Finding | None:
    numerator, denominator = c.terms
    if c.cell.number is None or numerator is None or denominator is None:
        return None
    factor = 100.0 if c.indicator.unit == "%" else 1.0
    computed = factor * numerator / denominator
    if abs(computed - c.cell.number) <= RATE_TOLERANCE:
        return None
    typed = with_unit(c.cell.number, c.indicator.unit, c.indicator.decimals)
    shown = with_unit(computed, c.indicator.unit, c.indicator.decimals)
    return Finding("rate_mismatch", f"{typed} saisi, {shown} d’après les deux termes.", blocking=False)


_RULES: tuple[Callable[[_Context], Finding | None], ...] = (
    _locked_initial, _revised_by_act, _duplicate, _closed, _out_of_contract, _target_on_follow,
    _before_start, _on_parent, _quarter_of_yearly, _rate_mismatch,
)  # fmt: skip
