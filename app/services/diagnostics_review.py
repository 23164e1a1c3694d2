"""What a booklet holds, section by section, before it leaves: data, missing lines, absences, masks."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING

from app.domain import french
from app.domain.french import NBSP, THIN
from app.domain.indicator import Value, ValueState
from app.domain.secrecy_model import Masked, Reason
from app.domain.territory import Level
from app.services.diagnostics_fresh import Outdated, outdated_of
from maps.choropleth import Choropleth
from reports.diagnostic_content import Absent, Compared, SectionContent, Title
from reports.diagnostic_numbers import is_fictitious

if TYPE_CHECKING:
    from app.services.diagnostics_guard import MinderMasks
    from app.services.diagnostics_maker import Made
    from app.services.diagnostics_study import Study
    from reports.kit.blocks import Document

NOTHING = (Absent, Title)
STATES = (ValueState.NO_DATA, ValueState.NOT_PUBLISHED, ValueState.MASKED)


@dataclass(frozen=True, slots=True)
class SectionReview:
    """One section as it will be printed.

    missing: (what, how to get it), each one line. small: rates about few people, in words. absent: how many
    figures of an indicator are in a state without number: (label, state, count). outdated: series of which a
    later year should be published.
    """

    code: str
    title: str
    has_data: bool
    failed: bool
    missing: tuple[tuple[str, str], ...] = ()
    small: tuple[str, ...] = ()
    absent: tuple[tuple[str, ValueState, int], ...] = ()
    fictitious: bool = False
    outdated: tuple[Outdated, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """A booklet made, ready to be drawn, and what is to be known of its sections."""

    document: Document
    year: int
    sections: tuple[SectionReview, ...]


@dataclass(frozen=True, slots=True)
class MaskedCell:
    """A figure that the readers of a profile do not see."""

    indicator: str
    level: Level
    territory: str
    year: int
    reason: Reason

    @property
    def complementary(self) -> bool:
        """True if it is hidden only to protect another one."""
        return self.reason in (Reason.COMPLEMENT, Reason.USES)


def review_of(made: Made) -> Review:
    """Return what there is to know of a booklet."""
    blocks = {section.key: section for section in made.document.sections}
    on = made.document.date
    sections = tuple(_section(found, blocks.get(found.code), on) for found in made.content.sections)
    return Review(made.document, made.content.head.year, sections)


def _section(section: SectionContent, printed: object, on: datetime.date) -> SectionReview:
    items = list(_walk(section.items))
    values = list({id(item): item for item in items if isinstance(item, Value)}.values())
    counts = Counter((v.indicator.label, v.state) for v in values if v.state in STATES)
    return SectionReview(
        code=section.code,
        title=section.title,
        has_data=any(not isinstance(item, NOTHING) for item in section.items) or bool(section.own),
        failed=section.failed,
        missing=tuple((item.what, item.how) for item in items if isinstance(item, Absent)),
        small=tuple(
            dict.fromkeys(_small(item) for item in items if isinstance(item, Compared) and item.small)
        ),
        absent=tuple((label, state, count) for (label, state), count in counts.items()),
        fictitious=is_fictitious(printed),
        outdated=outdated_of(values, on),
    )


def _small(item: Compared) -> str:
    count = french.number(item.small.number if item.small else None)
    return f"{item.indicator.label}{THIN}: sur {count}{NBSP}enfants seulement"


def _walk(item: object) -> Iterator[object]:
    """Everything in an item, without entering values and maps."""
    if isinstance(item, str | Choropleth):
        return
    if isinstance(item, Iterable):
        for part in item:
            yield from _walk(part)
    elif is_dataclass(item):
        yield item
        if not isinstance(item, Value):
            for field in fields(item):
                yield from _walk(getattr(item, field.name))


def masked_of(study: Study, minders: MinderMasks) -> tuple[MaskedCell, ...]:
    """Return what the booklet of an Epci hides: itself, its communes, its neighbours, its département."""
    names = study.names
    shown = {(Level.EPCI, epci.code) for epci in study.peers} | {(Level.DEPARTEMENT, study.departement)}
    shown |= {place for place in names if place[0] is Level.COMMUNE}
    series = [cell for found in study.figures.book.masked if (cell := _cell(found, study, shown))]
    reasons = dict(minders.reasons)
    counts = [
        MaskedCell(_minder_label(name), level, names.get((level, code)) or code, year,
                   reasons.get((name, level, code, year), Reason.USES))
        for name, level, code, year in sorted(minders.hidden)
        if (level, code) in shown
    ]  # fmt: skip
    return (*series, *counts)


def _minder_label(field: str) -> str:
    """« Assistants maternels, 55 à 59 ans »."""
    words = {"licensed": "agréés", "active": "en activité", "places": "places"}
    return f"Assistants maternels, {words.get(field, field.removeprefix('age '))}"


def _cell(found: Masked, study: Study, shown: set[tuple[Level, str]]) -> MaskedCell | None:
    if not isinstance(found.key, tuple):
        return None
    indicator, level, code, year = found.key
    if (level, code) not in shown:
        return None
    label = study.figures.get(indicator).label
    return MaskedCell(label, level, study.names.get((level, code)) or str(code), year, found.reason)
