"""Several files in one go: all are read and checked before the first is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.progress import SILENT, Progress
from app.services.rows import ImportResult, Prepared
from app.services.table_imports import Asked

if TYPE_CHECKING:
    from app.services.imports import ImportService

NOTHING_ASKED = Asked()


def import_all(
    imports: ImportService,
    paths: Sequence[Path],
    *,
    simulate: bool = False,
    progress: Progress = SILENT,
    asked: Asked = NOTHING_ASKED,
) -> list[tuple[Prepared, ImportResult]]:
    """Import several files with the answers proposed; asked: what the files do not say themselves.

    A file that cannot be read stops everything before anything is written: its error is raised.
    """
    prepared = imports.prepare(paths, progress, asked)
    for item in prepared:
        if item.error is not None:
            raise item.error
    if simulate:
        return [(item, imports.simulated(item)) for item in prepared]
    return [(item, imports.apply(item, None, progress)) for item in prepared]
