"""What the rules of alerts look at: frozen facts, gathered by the services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Subject:
    """What an alert is about, and where to act on it; epci and departement may be empty.

    owner: key of the convention or of the contract that holds it, when the subject is a part of one.
    """

    kind: str
    uuid: str
    label: str
    departement: str = ""
    epci: str = ""
    fictitious: bool = False
    owner: str = ""


@dataclass(frozen=True, slots=True)
class HypothesisFact:
    """A hypothesis and what was observed, oldest first; low or high may be unknown."""

    subject: Subject
    low: float | None
    high: float | None
    observed: tuple[tuple[str, float | None], ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class TrajectoryFact:
    """An indicator by year: actual, tunnel, and the targets of each year; reference is the start."""

    subject: Subject
    actual: Mapping[int, float]
    tunnel: Mapping[int, tuple[float, float]]
    targets: Mapping[int, float]
    reference: float | None = None
    initial: float | None = None
    revised: float | None = None
    explained: float | None = None
    unit: str = ""
    follow_up_only: bool = False


@dataclass(frozen=True, slots=True)
class GainFact:
    """An effect counted in a forecast; observed_year is None while nothing is observed."""

    subject: Subject
    counted_year: int
    observed_year: int | None
    amount: str = ""


@dataclass(frozen=True, slots=True)
class GaugeFact:
    """Two gauges of one contract: (done, all) actions, (reached, all) results."""

    subject: Subject
    actions: tuple[int, int]
    results: tuple[int, int]


@dataclass(frozen=True, slots=True)
class CommitmentFact:
    """A commitment of a signatory with its due date; impact: what it holds up."""

    subject: Subject
    party: str
    is_caf: bool
    due_on: date | None
    done: bool
    impact: str


@dataclass(frozen=True, slots=True)
class SpreadFact:
    """A mean, its target, and the value of each territory behind it."""

    subject: Subject
    mean: float
    target: float
    values: tuple[tuple[str, float], ...]
    unit: str = ""
    higher_is_better: bool = True


@dataclass(frozen=True, slots=True)
class ShareFact:
    """Share of each funder by year, in %, for one object."""

    subject: Subject
    caf: str
    shares: Mapping[str, Mapping[int, float]]


@dataclass(frozen=True, slots=True)
class FreshnessFact:
    """Latest year held of a series that is renewed every so many years, with a delay of publication."""

    subject: Subject
    latest: int
    every_years: int
    delay_years: int


@dataclass(frozen=True, slots=True)
class RatioFact:
    """A ratio as imported and as recomputed from its counts."""

    subject: Subject
    imported: float
    recomputed: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class LeadFact:
    """An alert date, the days needed to act, and the end of the convention."""

    subject: Subject
    alert_on: date
    lead_days: int
    ends_on: date


@dataclass(frozen=True, slots=True)
class DueFact:
    """Something due at a date, by the code of the rule that watches it."""

    rule: str
    subject: Subject
    due_on: date
    done: bool = False
    what: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the rules look at."""

    hypotheses: Sequence[HypothesisFact] = ()
    trajectories: Sequence[TrajectoryFact] = ()
    gains: Sequence[GainFact] = ()
    gauges: Sequence[GaugeFact] = ()
    commitments: Sequence[CommitmentFact] = ()
    spreads: Sequence[SpreadFact] = ()
    shares: Sequence[ShareFact] = ()
    freshness: Sequence[FreshnessFact] = ()
    ratios: Sequence[RatioFact] = ()
    leads: Sequence[LeadFact] = ()
    dues: Sequence[DueFact] = ()
