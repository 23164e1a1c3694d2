"""What the annual bilan of a CPOG prints, frozen before any drawing."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reports.kit.charts import TunnelPoint
from reports.kit.printed import Printed


class IndicatorState(StrEnum):
    """Reading of an indicator in a year; a followed indicator is never judged."""

    IN_TUNNEL = "dans_le_tunnel"
    REACHED = "atteinte"
    LOW = "sortie_basse"
    HIGH = "sortie_haute"
    NOT_REACHED = "non_atteinte"
    FOLLOWED = "suivi"
    NO_DATA = "pas_de_donnee"
    NO_TARGET = "sans_cible"


class Origin(StrEnum):
    """Whose a gap is."""

    INTERNAL = "interne"
    EXTERNAL = "non_imputable"
    MIXED = "mixte"
    UNSAID = ""


@dataclass(frozen=True, slots=True)
class YearValue:
    """A value of one of the four series; at: a year is its own end, T1 2025 is 2024.25."""

    at: float
    words: str
    """« 2025 », « T2 2025 »."""
    value: Printed


@dataclass(frozen=True, slots=True)
class GapLine:
    """The gap of an indicator at a date: never a colour without its cause."""

    gap: Printed
    cause: str
    origin: Origin
    decision: str = ""
    author: str = ""
    on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A hypothesis a target rests on; kept: within its range."""

    label: str
    expected: str
    observed: Printed
    kept: bool | None


@dataclass(frozen=True, slots=True)
class IndicatorSheet:
    """One indicator of the contract, over its years.

    initial, revised, forecast, actual: the four series, never merged. parts: numerator and denominator by
    period, as (label, values). target_words: what the contract says of the target, kinds in prose included.
    state_words: replaces the word of the state. flags: contradictions of the source, kept as printed.
    """

    code: str
    label: str
    nature: str
    kind: str
    unit: str
    direction: str
    target_words: str
    state: IndicatorState
    initial: tuple[YearValue, ...] = ()
    revised: tuple[YearValue, ...] = ()
    forecast: tuple[YearValue, ...] = ()
    actual: tuple[YearValue, ...] = ()
    tunnel: tuple[TunnelPoint, ...] = ()
    parts: tuple[tuple[str, tuple[YearValue, ...]], ...] = ()
    gap: GapLine | None = None
    hypotheses: tuple[Hypothesis, ...] = ()
    computed: Printed | None = None
    """What the base computes itself, beside the declared value."""
    comment: str = ""
    flags: tuple[str, ...] = ()
    pinned: bool = False
    draft_target: bool = False
    """Target « hypothèse non notifiée »."""
    fictitious: bool = False
    decimals: int = 1
    state_words: str = ""


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action or évaluation of a fiche; status: code of `kit.signs.SIGNS`; years: its deadlines."""

    code: str
    label: str
    status: str
    years: str = ""
    evidence: str = ""
    comment: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """One line of the ledger of revisions."""

    on: datetime.date | None
    act: str
    reason: str
    nature: str
    amounts: tuple[tuple[int, Printed], ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Revisions of one indicator: initial and revised by year, lines between them, residue said."""

    indicator: str
    unit: str
    initial: tuple[tuple[int, Printed], ...]
    lines: tuple[RevisionLine, ...]
    revised: tuple[tuple[int, Printed], ...]
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class DroppedAction:
    """A deprogrammed, postponed or abandoned action: reason, decider, date are due."""

    code: str
    label: str
    status: str
    reason: str
    decider: str
    on: datetime.date | None


@dataclass(frozen=True, slots=True)
class FicheSheet:
    """One fiche thématique."""

    code: str
    title: str
    indicators: tuple[IndicatorSheet, ...]
    actions: tuple[ActionLine, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class DomainSheet:
    """One domain of the contract and its fiches."""

    title: str
    fiches: tuple[FicheSheet, ...]
    message: str = ""


@dataclass(frozen=True, slots=True)
class RateLine:
    """A rate with its terms and the rule for unavailable values: « 29/45, indisponibles comptés »."""

    name: str
    part: Printed
    whole: Printed
    rule: str
    share: Printed


@dataclass(frozen=True, slots=True)
class CpogContent:
    """The annual bilan of a CPOG.

    actions_rate, results_rate: the two gauges, never averaged; other_rates: the same results by other rules.
    closed_on: date of closing of the year, None while open. corrections: what changed after the closing.
    """

    title: str
    caf: str
    cog: str
    period: str
    year: int
    made_on: datetime.date
    domains: tuple[DomainSheet, ...]
    actions_rate: RateLine | None = None
    results_rate: RateLine | None = None
    other_rates: tuple[RateLine, ...] = ()
    ledgers: tuple[Ledger, ...] = ()
    dropped: tuple[DroppedAction, ...] = ()
    decisions: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    """Sentences of the synthesis, most important first."""
    flags: tuple[str, ...] = ()
    """Contradictions of the contract itself, kept as printed."""
    corrections: tuple[str, ...] = ()
    closed_on: datetime.date | None = None
    status: str = "projet"
    parties: tuple[str, ...] = ()
    logo: Path | None = None
    fictitious: bool = False
    demo: bool = False
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeContent:
    """The two-page « avis annuel » on a set of indicators."""

    title: str
    caf: str
    period: str
    year: int
    made_on: datetime.date
    indicators: tuple[IndicatorSheet, ...]
    opinion: str = ""
    reserves: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    actions_rate: RateLine | None = None
    results_rate: RateLine | None = None
    status: str = "projet"
    parties: tuple[str, ...] = ()
    logo: Path | None = None
    fictitious: bool = False
    extra: tuple[tuple[str, str], ...] = ()
