"""What the page of diagnostics asks of the services away from the screen; no Qt widget here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.changes import Changes
from app.domain.diagnostic import DiagnosticOptions
from app.progress import Progress
from app.services.diagnostics_rows import DiagnosticDetail, TextFinding
from ui.widgets.pdf_pages import PdfPages

if TYPE_CHECKING:
    from app.services import Services
    from app.services.diagnostics_review import Review

MAKING = 0.55
"""Share of the work before pages are laid out."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A booklet made and laid out, for one state of its diagnostic."""

    uuid: str
    review: Review
    pages: PdfPages


def part(progress: Progress, start: float, share: float) -> Progress:
    """A progress that fills a part of another, and stops with it."""
    return Progress(lambda done, step: progress.report(start + done * share, step))


def read_detail(services: Services, uuid: str, _progress: Progress) -> DiagnosticDetail:
    """One diagnostic."""
    return services.diagnostics.detail(uuid)


def make_preview(services: Services, uuid: str, progress: Progress) -> Preview:
    """Make the booklet and lay its pages out. Raises Cancelled, NoValue."""
    from reports.kit.write import pdf_bytes

    review = services.diagnostics.review(uuid, progress=part(progress, 0.0, 2 * MAKING))
    data = pdf_bytes(review.document, part(progress, MAKING, 1 - MAKING))
    return Preview(uuid, review, PdfPages(data))


def check(services: Services, uuid: str, _progress: Progress) -> list[TextFinding]:
    """What the texts of a diagnostic say against the base."""
    return services.diagnostics.check_texts(uuid)


def create(
    services: Services, code_epci: str, model: str, year: int | None, _progress: Progress
) -> tuple[str, Changes]:
    """Create a diagnostic; its key."""
    return services.diagnostics.create(code_epci, model=model, options=DiagnosticOptions(year=year))


def remove(services: Services, uuid: str, _progress: Progress) -> Changes:
    """Delete a diagnostic."""
    return services.diagnostics.remove(uuid)


def enable(services: Services, uuid: str, code: str, value: bool, _progress: Progress) -> Changes:
    """Switch a section on or off."""
    return services.diagnostics.edit_section(uuid, code, enabled=value)


def write_section(
    services: Services, uuid: str, code: str, field: str, value: str, _progress: Progress
) -> Changes:
    """Change text or title of a section."""
    return services.diagnostics.edit_section(uuid, code, **{field: value})


def move(services: Services, uuid: str, code: str, rank: int, _progress: Progress) -> Changes:
    """Move a section."""
    return services.diagnostics.move_section(uuid, code, rank)


def set_options(services: Services, uuid: str, options: DiagnosticOptions, _progress: Progress) -> Changes:
    """Change the options."""
    return services.diagnostics.set_options(uuid, options)


def rename(services: Services, uuid: str, title: str, _progress: Progress) -> Changes:
    """Change the title."""
    return services.diagnostics.rename(uuid, title)


def reopen(services: Services, uuid: str, _progress: Progress) -> Changes:
    """Pass back to « projet »."""
    return services.diagnostics.reopen(uuid)
