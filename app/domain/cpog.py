"""What a CPOG is made of, as the tables hold it and the rules read it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from app.domain.cpog_codes import ContractState, IndicatorType, Nature, Sense, TargetKind
from app.domain.cpog_points import (
    Actual,
    Comment,
    Gap,
    Hypothesis,
    Movement,
    Observation,
    Peer,
    Revision,
    Target,
)

K = TypeVar("K")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cpog:
    """A contract; announced: number of indicators that its own text claims."""

    uuid: str
    code: str
    label: str
    departement: str
    starts_on: datetime.date
    ends_on: datetime.date
    signed: bool = False
    signed_on: datetime.date | None = None
    cog_code: str = ""
    delivered: bool = False
    announced: int | None = None
    previous_uuid: str = ""
    source: str = ""
    note: str = ""

    def state(self, on: datetime.date) -> ContractState:
        """Prévu until it is signed, échu after its last day."""
        if not self.signed:
            return ContractState.PLANNED
        return ContractState.ENDED if on > self.ends_on else ContractState.SIGNED

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the contract."""
        return tuple(range(self.starts_on.year, self.ends_on.year + 1))


@dataclass(frozen=True, slots=True)
class Party:
    """A party of a contract."""

    uuid: str
    cpog_uuid: str
    position: int
    name: str
    role: str = ""
    signed_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """An annex, an avenant, or another act of the contract."""

    uuid: str
    cpog_uuid: str
    kind: str
    label: str
    number: str = ""
    on: datetime.date | None = None
    signed: bool = False
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Engagement:
    """A node of the tree; kind: engagement_caf, engagement_cnaf, enjeu, defi; state empty if not followed."""

    uuid: str
    cpog_uuid: str
    position: int
    code: str
    kind: str
    title: str
    parent_uuid: str = ""
    theme: str = ""
    territory: str = ""
    measurable: bool = False
    target_text: str = ""
    state: str = ""
    due_on: datetime.date | None = None
    observed_on: datetime.date | None = None
    evidence: str = ""
    comment: str = ""
    reason: str = ""
    decided_by: str = ""
    decided_on: datetime.date | None = None
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class CpogIndicator:
    """One indicator or sub-series; rank: number of its row in the document, shared by sub-series.

    low and high bound what may be entered; tolerance: distance accepted around a value to converge to.
    """

    uuid: str
    cpog_uuid: str
    position: int
    label: str
    nature: Nature
    type: IndicatorType
    unit: str
    direction: Sense
    target_kind: TargetKind
    parent_uuid: str = ""
    rank: int = 0
    code: str = ""
    domain: str = ""
    heading: str = ""
    fiche: str = ""
    short_label: str = ""
    sub_series: str = ""
    unit_detail: str = ""
    decimals: int = 1
    converge_to: float | None = None
    target_text: str = ""
    start_year: int | None = None
    periodicity: str = "annuelle"
    due_on: datetime.date | None = None
    reference: float | None = None
    reference_year: int | None = None
    reference_text: str = ""
    cog_ref: str = ""
    low: float | None = None
    high: float | None = None
    tolerance: float | None = None
    weight: float | None = None
    pinned: bool = False
    computed: str = ""
    note: str = ""

    @property
    def is_follow(self) -> bool:
        """True for a suivi: never red, never green."""
        return self.type is IndicatorType.FOLLOW

    @property
    def name(self) -> str:
        """The short label and the sub-series, as lists and charts write them."""
        label = self.short_label or self.label
        return f"{label} – {self.sub_series}" if self.sub_series else label


@dataclass(frozen=True, slots=True)
class Flag:
    """A contradiction of the document, kept as printed; indicator_uuid empty for the whole contract."""

    uuid: str
    cpog_uuid: str
    position: int
    kind: str
    text: str
    indicator_uuid: str = ""
    printed: str = ""
    other: str = ""


@dataclass(frozen=True)
class Contract:
    """Everything of one contract at one time: what a closed year freezes."""

    cpog: Cpog
    parties: tuple[Party, ...] = ()
    documents: tuple[Document, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    indicators: tuple[CpogIndicator, ...] = ()
    flags: tuple[Flag, ...] = ()
    targets: tuple[Target, ...] = ()
    values: tuple[Actual, ...] = ()
    revisions: tuple[Revision, ...] = ()
    movements: tuple[Movement, ...] = ()
    gaps: tuple[Gap, ...] = ()
    comments: tuple[Comment, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    observations: tuple[Observation, ...] = ()
    peers: tuple[Peer, ...] = ()

    @cached_property
    def by_uuid(self) -> dict[str, CpogIndicator]:
        """Indicators by key."""
        return {indicator.uuid: indicator for indicator in self.indicators}

    @cached_property
    def targets_of(self) -> dict[str, tuple[Target, ...]]:
        """Targets by indicator."""
        return _grouped((t.indicator_uuid, t) for t in self.targets)

    @cached_property
    def values_of(self) -> dict[str, tuple[Actual, ...]]:
        """Values of every version by indicator."""
        return _grouped((v.indicator_uuid, v) for v in self.values)

    @cached_property
    def fictitious(self) -> bool:
        """True if one of its targets or values is invented: all that is said around them then is too."""
        return any(v.fictitious for v in self.values) or any(t.fictitious for t in self.targets)

    def parents(self) -> frozenset[str]:
        """Indicators that only hold sub-series."""
        return frozenset(i.parent_uuid for i in self.indicators if i.parent_uuid)


def _grouped(pairs: Iterable[tuple[K, T]]) -> dict[K, tuple[T, ...]]:
    groups: dict[K, list[T]] = {}
    for key, item in pairs:
        groups.setdefault(key, []).append(item)
    return {key: tuple(items) for key, items in groups.items()}
