"""A diagnostic partagé: its sections in order, their texts, its status and its options."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

import resources
from app.domain.diagnostic_errors import (
    DiagnosticRefused,
    ForbiddenDiagnosticStatus,
    UnknownProfile,
    UnknownSection,
)
from app.domain.secrecy_model import CAF, LABELS

LONGEST_TEXT = 20_000
TITLE = "Diagnostic partagé"


class DiagnosticStatus(StrEnum):
    """A validated diagnostic does not change until it becomes a draft again."""

    PROJECT = "projet"
    VALIDATED = "validé"


NEXT = {
    DiagnosticStatus.PROJECT: frozenset({DiagnosticStatus.VALIDATED}),
    DiagnosticStatus.VALIDATED: frozenset({DiagnosticStatus.PROJECT}),
}


@dataclass(frozen=True, slots=True)
class SectionKind:
    """One section of the model; number is empty for those that are not numbered."""

    code: str
    number: str
    title: str
    indicator: str
    """What a sentence of its text speaks of when it names no indicator."""
    purpose: str


@dataclass(frozen=True, slots=True)
class PlannedSection:
    """A section as a user wants it; title is empty to keep that of the model."""

    code: str
    enabled: bool = True
    text: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class DiagnosticOptions:
    """How a booklet is made. year: of the key figures, None for the latest; references: what it is compared
    with; group: code of a group of comparable Epci; period: words of the cover; logo: path of an image;
    date: ISO day printed, empty for the day it is made.
    """

    profile: str = CAF
    year: int | None = None
    references: tuple[str, ...] = ("departement", "france")
    group: str = ""
    period: str = ""
    logo: str = ""
    grey: bool = False
    date: str = ""

    def day(self, today: datetime.date) -> datetime.date:
        """The day printed."""
        return datetime.date.fromisoformat(self.date) if self.date else today


@lru_cache(maxsize=1)
def section_kinds() -> dict[str, SectionKind]:
    """Return the sections of the model, in order. Do not change the returned dict."""
    rows = resources.read_table("diagnostic", "sections.csv")
    return {row["code"]: SectionKind(**row) for row in rows}


def default_plan() -> tuple[PlannedSection, ...]:
    """Return every section, in the order of the model, with no text."""
    return tuple(PlannedSection(code) for code in section_kinds())


def completed(plan: Iterable[PlannedSection]) -> tuple[PlannedSection, ...]:
    """Return a stored plan with the sections that a later model added, at the end, switched off."""
    held = [section for section in plan if section.code in section_kinds()]
    codes = {section.code for section in held}
    added = (PlannedSection(code, enabled=False) for code in section_kinds() if code not in codes)
    return (*held, *added)


def only(plan: Sequence[PlannedSection], codes: Sequence[str]) -> tuple[PlannedSection, ...]:
    """Return the plan with only these sections switched on, in the order asked. Raises UnknownSection."""
    by_code = {section.code: section for section in plan}
    for code in codes:
        if code not in by_code:
            raise UnknownSection(code=code, known=tuple(section_kinds()))
    asked = tuple(replace(by_code[code], enabled=True) for code in dict.fromkeys(codes))
    return (*asked, *(replace(s, enabled=False) for s in plan if s.code not in codes))


def moved(plan: Sequence[PlannedSection], code: str, rank: int) -> tuple[PlannedSection, ...]:
    """Return the plan with one section at another rank, kept inside it. Raises UnknownSection."""
    section = found(plan, code)
    others = [other for other in plan if other.code != code]
    others.insert(min(max(rank, 0), len(others)), section)
    return tuple(others)


def edited(plan: Sequence[PlannedSection], code: str, **fields: object) -> tuple[PlannedSection, ...]:
    """Return the plan with fields of one section changed. Raises UnknownSection, DiagnosticRefused."""
    section = found(plan, code)
    for name, value in fields.items():
        if name not in ("enabled", "text", "title"):
            raise DiagnosticRefused(field=name, value=value, reason="unknown_field")
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            raise DiagnosticRefused(field=name, value=value[:40], reason="too_long")
    changed = replace(section, **fields)  # type: ignore[arg-type]
    return tuple(changed if other.code == code else other for other in plan)


def found(plan: Sequence[PlannedSection], code: str) -> PlannedSection:
    """Return one section of a plan. Raises UnknownSection."""
    for section in plan:
        if section.code == code:
            return section
    raise UnknownSection(code=code, known=tuple(section_kinds()))


def next_status(current: DiagnosticStatus, asked: DiagnosticStatus) -> DiagnosticStatus:
    """Return asked if it may follow, else raise ForbiddenDiagnosticStatus."""
    if asked not in NEXT[current]:
        raise ForbiddenDiagnosticStatus(current=current.value, asked=asked.value)
    return asked


def check_profile(code: str) -> str:
    """Return the code of a profile, or raise UnknownProfile."""
    if code not in LABELS:
        raise UnknownProfile(code=code, known=tuple(LABELS))
    return code
