"""One booklet by Epci of a base: progress, stop, resume where it stopped; a failure stops no other."""

from __future__ import annotations

import datetime
import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.errors import DiskFull, DomainError
from app.domain.french import fold
from app.progress import Cancelled, Progress
from app.services.diagnostics_rows import BatchLine, BatchReport

if TYPE_CHECKING:
    from app.domain.diagnostic import DiagnosticOptions
    from app.services.diagnostics import DiagnosticService
    from app.services.territory import TerritoryService

LOG = logging.getLogger(__name__)
WRITTEN, KEPT, FAILED = "écrit", "déjà fait", "échec"


def file_name(code: str, short_name: str) -> str:
    """« diagnostic_200041317_niortais.pdf »: the code keeps two Epci of one name apart."""
    return f"diagnostic_{code}_{re.sub(r'[^a-z0-9]+', '-', fold(short_name))}.pdf"


def write_all(
    service: DiagnosticService,
    territory: TerritoryService,
    folder: Path,
    options: DiagnosticOptions | None,
    resume: bool,
    on: datetime.date | None,
    progress: Progress,
) -> BatchReport:
    """Write every booklet; resume: files already made from the same state of the base are kept.

    Raises Cancelled if a stop is asked (what is written stays), DiskFull.
    """
    epcis = territory.epcis()
    folder.mkdir(parents=True, exist_ok=True)
    lines: list[BatchLine] = []
    for rank, epci in enumerate(epcis):
        start = rank / len(epcis)
        progress.report(start, f"{epci.short_name} ({rank + 1} sur {len(epcis)})")
        path = folder / file_name(epci.code, epci.short_name)
        inner = Progress(
            lambda share, step, start=start, name=epci.short_name: progress.report(  # type: ignore[misc]
                start + share / len(epcis), f"{name}, {step}"
            )
        )
        try:
            if resume and is_current(path, service, epci.code, options, on):
                lines.append(BatchLine(epci.code, epci.name, path, KEPT))
                continue
            service.write_epci(epci.code, (path,), options, on=on, progress=inner)
            lines.append(BatchLine(epci.code, epci.name, path, WRITTEN))
        except (Cancelled, DiskFull):
            raise
        except DomainError as error:
            LOG.exception("booklet of %s", epci.code)
            lines.append(BatchLine(epci.code, epci.name, path, FAILED, type(error).__name__))
    progress.report(1.0, "Livrets écrits")
    return BatchReport(tuple(lines))


def is_current(
    path: Path,
    service: DiagnosticService,
    code: str,
    options: DiagnosticOptions | None,
    on: datetime.date | None,
) -> bool:
    """Tell whether a file is the booklet of that Epci, made from this very state of the base that day."""
    from app.domain.errors import UnreadableFile
    from reports.kit.manifest import read_manifest

    if not path.is_file():
        return False
    try:
        manifest = read_manifest(path)
    except UnreadableFile:
        return False
    facts = dict(manifest.extra)
    wanted = service.facts_of(code, options)
    day = service.day_of(code, options, on).isoformat()
    return manifest.date == day and all(facts.get(name) == value for name, value in wanted.items())
