"""Frozen rows of what is followed in a convention: commitments, conformity, posts, alerts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.conformity import DutyOf, Point, PointState
from app.domain.ctg import PartyKind


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """What a signatory undertook; late_days counts to the day it was done, or to the day asked."""

    uuid: str
    party_uuid: str
    party: str
    kind: PartyKind
    text: str
    due_on: date | None
    done_on: date | None
    dropped_on: date | None
    late_days: int
    impact: str
    actions: tuple[tuple[str, str], ...]
    """(uuid, number) of the fiches that it delays."""


@dataclass(frozen=True, slots=True)
class ConformityRow:
    """One of the twelve points; evidence: (link uuid, kind, uuid, words)."""

    point: Point
    uuid: str
    state: PointState
    comment: str
    checked_on: date | None
    evidence: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ConformityState:
    """The checklist of a convention, and the duties of its communes."""

    rows: tuple[ConformityRow, ...]
    met: int
    stands_for_schema: bool
    duties: tuple[DutyOf, ...]


@dataclass(frozen=True, slots=True)
class FundingRow:
    """What a funder gives for a post in a year; cents None is unknown."""

    uuid: str
    year: int
    funder: str
    state: str
    cents: int | None


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post of chargé de coopération."""

    uuid: str
    title: str
    employer: str
    employer_kind: PartyKind
    fte: float | None
    starts_on: date | None
    ends_on: date | None
    vacant_from: date | None
    vacant_to: date | None
    vacant: bool
    """On the day asked."""
    fundings: tuple[FundingRow, ...]
    note: str


@dataclass(frozen=True, slots=True)
class PostRatios:
    """Chargés de coopération over conventions in force on a day; a ratio is None when nothing divides it."""

    on: date
    conventions: int
    posts: int
    vacant: int
    fte: float
    fte_unknown: int
    fte_by_ctg: float | None
    fte_by_post: float | None


@dataclass(frozen=True, slots=True)
class CtgAlert:
    """Something due about a convention: rule is ctg_end, cej_end, deliberation, document, theme, decision…

    severity: 0 information, 1 soon, 2 late. facts: what the sentence needs. text: the sentence.
    """

    rule: str
    severity: int
    ctg_uuid: str
    ctg_name: str
    due_on: date | None
    days: int | None
    """Days until the due date, negative once it is past."""
    text: str
    facts: tuple[tuple[str, object], ...] = ()
    target_kind: str = "ctg"
    target_uuid: str = ""
