"""Booklets of an Epci: their plan, texts and versions, and the papers made from them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain import diagnostic as rules
from app.domain.diagnostic import DiagnosticOptions
from app.progress import SILENT, Progress
from app.services.diagnostics_conventions import ConventionSections
from app.services.diagnostics_maker import Asked, Made, Maker
from app.services.diagnostics_partners import PartnerSections
from app.services.diagnostics_plans import DiagnosticPlans
from app.services.diagnostics_rows import BatchReport
from app.services.secrecy import SecrecyService

if TYPE_CHECKING:
    from app.domain.manifest import TraceReport
    from app.services.diagnostics_partners import CoverageSource, RegisterSource
    from app.services.diagnostics_review import MaskedCell, Review
    from app.services.indicators import IndicatorService
    from app.services.outlines import OutlineService
    from app.services.settings import SettingsService
    from app.services.territory import TerritoryService
    from db.session import Base
    from reports.kit.blocks import Document

FILE_SUFFIXES = (".pdf", ".docx", ".xlsx", ".pptx")


class DiagnosticService(DiagnosticPlans):
    """Plans: rows, detail, create, rename, remove, set_options, edit_section, move_section, check_texts,
    check_text, keep_version, validate, reopen, versions, compare. Papers: document, review, masked, write,
    write_epci, made_for, write_all, trace.
    """

    def __init__(
        self,
        base: Base,
        territory: TerritoryService,
        indicators: IndicatorService,
        outlines: OutlineService,
        settings: SettingsService,
        register: RegisterSource | None = None,
        coverage: CoverageSource | None = None,
        conventions: ConventionSections | None = None,
        secrecy: SecrecyService | None = None,
    ) -> None:
        """register, coverage, conventions: subjects that a booklet does without when they are absent.

        secrecy: the guard shared with the other exports, one of its own without it.
        """
        partners = PartnerSections(register, coverage)
        guard = secrecy or SecrecyService(base, territory, indicators, settings, register)
        maker = Maker(
            base, territory, indicators, outlines, guard, partners, conventions or ConventionSections()
        )
        super().__init__(base, territory, maker)

    def forget(self) -> None:
        """Choose the masks again: call it after an import, an undo or a redo."""
        self._maker.forget()

    # -- papers -------------------------------------------------------------------------------------

    def document(self, uuid: str, on: datetime.date | None = None, progress: Progress = SILENT) -> Document:
        """The booklet ready to be previewed or written. Raises DiagnosticNotFound, NoValue."""
        return self._made(self.detail(uuid), on, progress).document

    def review(self, uuid: str, on: datetime.date | None = None, progress: Progress = SILENT) -> Review:
        """The booklet made, with the state of each of its sections. Raises DiagnosticNotFound, NoValue."""
        from app.services.diagnostics_review import review_of

        return review_of(self._made(self.detail(uuid), on, progress))

    def masked(self, uuid: str, profile: str = "") -> tuple[MaskedCell, ...]:
        """What the readers of a profile (that of the diagnostic if empty) do not see in its booklet."""
        from app.services.diagnostics_review import masked_of

        detail = self.detail(uuid)
        options = replace(detail.options, profile=profile or detail.options.profile)
        study = self._maker.study(detail.row.code_epci, options, datetime.date.today())
        return masked_of(study, self._maker.partners.networks.minders(study))

    def write(
        self,
        uuid: str,
        paths: Sequence[Path],
        on: datetime.date | None = None,
        progress: Progress = SILENT,
        *,
        pptx: Path | None = None,
    ) -> None:
        """Write a kept diagnostic to .pdf, .docx, .xlsx and .pptx files; pptx: one more, for the comité.

        Raises WriteRefused, DiskFull, NoValue, Cancelled.
        """
        every = (*paths, *((pptx,) if pptx is not None else ()))
        self._maker.write(self.document(uuid, on, progress), every, progress)

    def write_epci(
        self,
        code_epci: str,
        paths: Sequence[Path],
        options: DiagnosticOptions | None = None,
        sections: Sequence[str] = (),
        on: datetime.date | None = None,
        progress: Progress = SILENT,
    ) -> None:
        """Write the booklet of an Epci: from its latest diagnostic if it has one, else from the model.

        sections: codes of those wanted, in order; empty for those of the plan. Raises UnknownTerritory,
        UnknownSection, UnknownProfile, NoValue, WriteRefused, DiskFull, Cancelled.
        """
        made = self.made_for(code_epci, options, sections, on, progress)
        self._maker.write(made.document, paths, progress)

    def made_for(
        self,
        code_epci: str,
        options: DiagnosticOptions | None = None,
        sections: Sequence[str] = (),
        on: datetime.date | None = None,
        progress: Progress = SILENT,
    ) -> Made:
        """The booklet of an Epci, not written; see write_epci."""
        asked = self._asked(code_epci, options)
        rules.check_profile(asked.options.profile)
        plan = rules.only(asked.plan, sections) if sections else asked.plan
        return self._maker.make(
            code_epci, plan, asked.options, on or asked.options.day(datetime.date.today()),
            title=asked.title, status=asked.status, progress=progress,
        )  # fmt: skip

    def _asked(self, code_epci: str, options: DiagnosticOptions | None) -> Asked:
        """What is asked for an Epci: its latest diagnostic, the model without one; options go first."""
        kept = next((row for row in self.rows() if row.code_epci == code_epci), None)
        if kept is None:
            return Asked(rules.default_plan(), options or DiagnosticOptions())
        detail = self.detail(kept.uuid)
        return Asked(detail.plan, options or detail.options, kept.title, kept.status.value)

    def write_all(
        self,
        folder: Path,
        options: DiagnosticOptions | None = None,
        *,
        resume: bool = True,
        on: datetime.date | None = None,
        progress: Progress = SILENT,
    ) -> BatchReport:
        """Write one booklet by Epci of the base; see diagnostics_batch. Raises Cancelled, WriteRefused."""
        from app.services.diagnostics_batch import write_all

        return write_all(self, self._territory, folder, options, resume, on, progress)

    def facts_of(self, code_epci: str, options: DiagnosticOptions | None) -> dict[str, str]:
        """What the manifest of a booklet made now would say of its origin."""
        return self._maker.facts_of(code_epci, self._asked(code_epci, options))

    def day_of(
        self, code_epci: str, options: DiagnosticOptions | None, on: datetime.date | None
    ) -> datetime.date:
        """The day that a booklet made now would print."""
        return on or self._asked(code_epci, options).options.day(datetime.date.today())

    def trace(self, path: Path) -> TraceReport:
        """Read a booklet back and tell what changed in the base since. Raises UnreadableFile."""
        from app.services.diagnostics_trace import trace_file

        return trace_file(path, self._maker)
