"""What the frame itself reads from a base: steps to undo, years held, what the figures are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.french import plural
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services

SHOWN_LEVELS = (Level.EPCI, Level.COMMUNE, Level.DEPARTEMENT)


@dataclass(frozen=True, slots=True)
class FrameState:
    """Read away from the screen, shown by the frame."""

    undo: str | None
    redo: str | None
    years: tuple[int, ...]
    default_year: int
    outlines: str
    sources: str


def read_state(services: Services, _progress: Progress) -> FrameState:
    """Read it; a few milliseconds once the base is open."""
    years: set[int] = set()
    for available in services.indicators.available():
        years.update(available.years)
    active = [row for row in services.outlines.sets() if row.active]
    outlines = active[0].label if active else "Fond approché"
    return FrameState(
        undo=services.base.undo_name(),
        redo=services.base.redo_name(),
        years=tuple(sorted(years)),
        default_year=services.indicators.default_year() or 0,
        outlines=outlines,
        sources=_sources(services),
    )


def _sources(services: Services) -> str:
    runs = [run for run in services.imports.runs() if run.undone_at is None]
    return plural(len(runs), "fichier importé", "fichiers importés") if runs else "Aucun fichier importé"
