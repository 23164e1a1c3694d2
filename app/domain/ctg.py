"""CTG: statuses and allowed passages, what is in force at a date, overlaps, alerts before the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.ctg_errors import EndBeforeStart, ForbiddenTransition, OverlappingCtg


class CtgStatus(StrEnum):
    """Where a convention is in its life."""

    PREFIGURATION = "prefiguration"
    DIAGNOSTIC = "diagnostic"
    SIGNED = "signee"
    RUNNING = "en_cours"
    EVALUATION = "evaluation"
    RENEWED = "renouvelee"
    EXPIRED = "echue"

    @property
    def is_signed(self) -> bool:
        """True once the convention has been signed, whatever came next."""
        return self not in (CtgStatus.PREFIGURATION, CtgStatus.DIAGNOSTIC)

    @property
    def is_over(self) -> bool:
        """True for the two ends of the life."""
        return self in (CtgStatus.RENEWED, CtgStatus.EXPIRED)


STEPS: tuple[CtgStatus, ...] = (
    CtgStatus.PREFIGURATION,
    CtgStatus.DIAGNOSTIC,
    CtgStatus.SIGNED,
    CtgStatus.RUNNING,
    CtgStatus.EVALUATION,
)
"""The steps before the two possible ends, in order."""

NEXT_STATUSES: Mapping[CtgStatus, tuple[CtgStatus, ...]] = {
    CtgStatus.PREFIGURATION: (CtgStatus.DIAGNOSTIC,),
    CtgStatus.DIAGNOSTIC: (CtgStatus.SIGNED,),
    CtgStatus.SIGNED: (CtgStatus.RUNNING,),
    CtgStatus.RUNNING: (CtgStatus.EVALUATION, CtgStatus.EXPIRED),
    CtgStatus.EVALUATION: (CtgStatus.RENEWED, CtgStatus.EXPIRED),
    CtgStatus.RENEWED: (),
    CtgStatus.EXPIRED: (),
}


def order_of(status: CtgStatus) -> int:
    """Rank of a status in the life of a convention; the two ends share the last one."""
    return STEPS.index(status) if status in STEPS else len(STEPS)


def next_status(current: CtgStatus, requested: CtgStatus) -> CtgStatus:
    """Return requested if the lifecycle allows it, else raise ForbiddenTransition."""
    if requested not in NEXT_STATUSES[current]:
        raise ForbiddenTransition(current=current, requested=requested, allowed=NEXT_STATUSES[current])
    return requested


class Scope(StrEnum):
    """What a convention is created from; communes are stored, all the rest is derived from them."""

    EPCI = "epci"
    EPCIS = "epcis"
    COMMUNE = "commune"
    DEPARTEMENT = "departement"


class PartyKind(StrEnum):
    """Kinds of signatories; of funders and of employers too."""

    CAF = "caf"
    EPCI = "epci"
    COMMUNE = "commune"
    DEPARTEMENT = "departement"
    REGION = "region"
    MSA = "msa"
    STATE = "etat"
    EDUCATION = "education"
    HEALTH = "sante"
    ASSOCIATION = "association"
    OTHER = "autre"


class AmendmentKind(StrEnum):
    """What an avenant is for."""

    JOINING = "adhesion"
    THEME = "theme"
    PROLONGATION = "prolongation"
    SCHEMA = "schema"
    OTHER = "autre"


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day, both included; None is open."""

    start: date | None
    end: date | None

    def holds(self, on: date) -> bool:
        """Tell whether a day is inside."""
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)

    def meets(self, other: Span) -> bool:
        """Tell whether two spans share a day."""
        return _before(self.start, other.end) and _before(other.start, self.end)

    def within(self, other: Span) -> Span:
        """Return the part of this span that is inside another."""
        starts = [day for day in (self.start, other.start) if day is not None]
        ends = [day for day in (self.end, other.end) if day is not None]
        return Span(max(starts, default=None), min(ends, default=None))


def _before(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start <= end


@dataclass(frozen=True, slots=True)
class Member:
    """A commune in a convention; empty dates follow the convention."""

    code: str
    span: Span


@dataclass(frozen=True, slots=True)
class Prolongation:
    """A later end, in force from a day."""

    effective_on: date
    new_ends_on: date


@dataclass(frozen=True, slots=True)
class Convention:
    """What coverage and overlaps need of a CTG; span is the one first agreed."""

    uuid: str
    name: str
    status: CtgStatus
    span: Span
    signed_on: date | None
    members: tuple[Member, ...]
    prolongations: tuple[Prolongation, ...] = ()

    def end_at(self, on: date | None = None) -> date | None:
        """The end as known at a day (None: as known at last); an avenant is unknown before its effect."""
        known = [p for p in self.prolongations if on is None or p.effective_on <= on]
        latest = max(known, key=lambda p: p.effective_on, default=None)
        return self.span.end if latest is None else latest.new_ends_on

    def whole(self) -> Span:
        """From the start to the latest known end."""
        return Span(self.span.start, self.end_at())

    def in_force(self, on: date) -> bool:
        """True from its start, or its signature if later, to its end as known that day."""
        return (
            self.status.is_signed
            and self.signed_on is not None
            and self.signed_on <= on
            and Span(self.span.start, self.end_at(on)).holds(on)
        )

    def communes_at(self, on: date) -> frozenset[str]:
        """Communes that belong to it on a day, whether it is in force or not."""
        return frozenset(member.code for member in self.members if member.span.holds(on))


def check_span(start: date | None, end: date | None, field: str = "ends_on") -> None:
    """Raise EndBeforeStart if both are known and reversed."""
    if not _before(start, end):
        raise EndBeforeStart(field=field, start=start, end=end)


def check_overlaps(candidate: Convention, others: Iterable[Convention]) -> None:
    """Raise OverlappingCtg if a commune would be in two conventions on the same day.

    A convention without a start is only being prepared: it overlaps nothing yet.
    """
    whole = candidate.whole()
    if whole.start is None:
        return
    mine = [(member.code, member.span.within(whole)) for member in candidate.members]
    for other in others:
        theirs = other.whole()
        if other.uuid == candidate.uuid or theirs.start is None or not whole.meets(theirs):
            continue
        shared = shared_communes(mine, other)
        if shared:
            raise OverlappingCtg(other=other.name, communes=shared, span=theirs)


def shared_communes(mine: Sequence[tuple[str, Span]], other: Convention) -> tuple[str, ...]:
    """Communes of both on a same day, sorted."""
    whole = other.whole()
    theirs: dict[str, list[Span]] = {}
    for member in other.members:
        theirs.setdefault(member.code, []).append(member.span.within(whole))
    return tuple(
        sorted({code for code, span in mine if any(span.meets(held) for held in theirs.get(code, ()))})
    )


END_MONTHS = (12, 6, 3)
"""Months before the end of a convention at which it is said."""


def months_before(day: date, months: int) -> date:
    """Return the same day of the month some months earlier, or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = first_of_next - timedelta(days=1)
    return date(year, month + 1, min(day.day, last.day))


def end_notice(end: date | None, on: date) -> int | None:
    """Return the notice reached (12, 6 or 3 months before the end, 0 once it is past), None before."""
    if end is None:
        return None
    if on > end:
        return 0
    reached = [months for months in END_MONTHS if on >= months_before(end, months)]
    return min(reached, default=None)
