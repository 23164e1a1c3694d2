"""Papers of a CTG as files: plan d’actions, evaluation, relevé, fiche; the suffix says the format."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.progress import SILENT, Progress

if TYPE_CHECKING:
    from app.services.ctg import CtgService
    from app.services.steering import SteeringService
    from app.services.territory import TerritoryService
    from reports.kit.blocks import Document


class CtgPapers:
    """Writes .pdf or .docx, the plan as .xlsx too; raises UnknownObject, WriteRefused, DiskFull."""

    def __init__(self, ctg: CtgService, steering: SteeringService, territory: TerritoryService) -> None:
        from app.services.ctg_content import CtgContents

        self._ctg = ctg
        self._contents = CtgContents(ctg, steering, territory)

    def write_plan(self, ctg: str, path: Path, on: date | None = None, progress: Progress = SILENT) -> None:
        """Write the plan d’actions of a convention."""
        if path.suffix.lower() == ".xlsx":
            from app.services import ctg_xlsx

            ctg_xlsx.write_plan(path, self._ctg, ctg, on)
            return
        from reports.plan_actions import plan_document

        _write(plan_document(self._contents.plan(ctg, on)), path, progress)

    def write_evaluation(
        self, ctg: str, path: Path, on: date | None = None, progress: Progress = SILENT
    ) -> None:
        """Write the evaluation grid."""
        from reports.evaluation import evaluation_document

        _write(evaluation_document(self._contents.evaluation(ctg, on)), path, progress)

    def write_minutes(
        self, meeting: str, path: Path, on: date | None = None, progress: Progress = SILENT
    ) -> None:
        """Write the relevé de décisions of a séance."""
        from reports.releve import releve_document

        _write(releve_document(self._contents.minutes(meeting, on)), path, progress)

    def write_fiche(
        self, action: str, path: Path, on: date | None = None, progress: Progress = SILENT
    ) -> None:
        """Write one fiche action."""
        from reports.fiche_action import fiche_document

        head = self._contents.head(self._ctg.owner_of("action", action), on)
        _write(fiche_document(self._contents.fiche(action, on), head), path, progress)


def _write(document: Document, path: Path, progress: Progress) -> None:
    if path.suffix.lower() == ".docx":
        from reports.docx import write_docx

        write_docx(document, path, progress)
        return
    from reports.kit.write import write_pdf

    write_pdf(document, path, progress)
