"""Makes a booklet: masks chosen once for a profile, study of the Epci, sections, document, files."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from app.domain.diagnostic import TITLE, DiagnosticOptions, PlannedSection
from app.domain.errors import WriteRefused
from app.progress import SILENT, Progress
from app.services.diagnostics_assemble import Assembler
from app.services.diagnostics_conventions import ConventionSections
from app.services.diagnostics_partners import PartnerSections
from app.services.diagnostics_store import base_state, options_text, plan_text
from app.services.diagnostics_study import Study, study_epci

if TYPE_CHECKING:
    from app.services.diagnostics_secrecy import SafeFigures
    from app.services.indicators import IndicatorService
    from app.services.outlines import OutlineService
    from app.services.secrecy import SecrecyService
    from app.services.territory import TerritoryService
    from db.session import Base
    from reports.diagnostic_content import DiagnosticContent, Head
    from reports.kit.blocks import Document

FILE_SUFFIXES = (".pdf", ".docx", ".xlsx", ".pptx")
FICTITIOUS = "valeurs fictives"


@dataclass(frozen=True, slots=True)
class Made:
    """A booklet made: frozen content, document, and the numbers a version keeps."""

    content: DiagnosticContent
    document: Document
    numbers: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a booklet is asked to be."""

    plan: tuple[PlannedSection, ...]
    options: DiagnosticOptions
    title: str = ""
    status: str = "projet"

    @property
    def digest(self) -> str:
        """Changes with anything that changes the booklet, the base apart."""
        said = (plan_text(self.plan), options_text(self.options), self.title or TITLE, self.status)
        return hashlib.sha256("\0".join(said).encode()).hexdigest()


class Maker:
    """Knows where everything is read; keeps the masks of each profile until the base changes."""

    def __init__(
        self,
        base: Base,
        territory: TerritoryService,
        indicators: IndicatorService,
        outlines: OutlineService,
        secrecy: SecrecyService,
        partners: PartnerSections,
        conventions: ConventionSections,
    ) -> None:
        self.base = base
        self.territory = territory
        self.indicators = indicators
        self._outlines = outlines
        self.secrecy = secrecy
        self.partners = partners
        self.conventions = conventions

    def forget(self) -> None:
        """Choose the masks again at the next paper."""
        self.secrecy.forget()

    def figures(self, code: str) -> SafeFigures:
        """The figures as a profile may read them. Raises UnknownProfile."""
        return self.secrecy.figures(code)

    def study(self, code_epci: str, options: DiagnosticOptions, on: datetime.date) -> Study:
        """One Epci as an audience may see it. Raises UnknownTerritory, UnknownProfile."""
        from app.services.maps import MapService

        figures = self.figures(options.profile)
        maps = MapService(self.territory, cast("IndicatorService", figures), self._outlines)
        epci, group = study_epci(self.territory, code_epci), self.partners.group(options.group)
        return Study(self.territory, figures, maps, epci, options, on, group)

    # -- booklet ------------------------------------------------------------------------------------

    def make(
        self,
        code_epci: str,
        plan: Sequence[PlannedSection],
        options: DiagnosticOptions,
        on: datetime.date,
        *,
        title: str = "",
        status: str = "projet",
        progress: Progress = SILENT,
    ) -> Made:
        """Return the booklet; nothing is written. Raises UnknownTerritory, NoValue, Cancelled."""
        from reports.diagnostic import document_of
        from reports.diagnostic_content import DiagnosticContent
        from reports.diagnostic_numbers import is_fictitious, numbers_of

        progress.report(0.0, "Lecture des chiffres")
        study = self.study(code_epci, options, on)
        assembler = Assembler(study, self.partners, self.conventions)
        inner = Progress(lambda share, step: progress.report(share * 0.5, step))
        sections = assembler.sections(plan, inner)
        asked = Asked(tuple(plan), options, title, status)
        head = self._head(study, asked)
        content = DiagnosticContent(head, sections)
        document = document_of(content)
        numbers = numbers_of(document)
        if is_fictitious(document.sections):
            document = replace(document, watermark=(*document.watermark, FICTITIOUS))
        return Made(content, document, numbers)

    def _head(self, study: Study, asked: Asked) -> Head:
        from reports.diagnostic_content import Head

        epci, options = study.epci, study.options
        book = study.figures.book.profile
        picture = study.epci_map("couv_global", "")
        return Head(
            title=asked.title or TITLE,
            epci_name=epci.name,
            code_epci=epci.code,
            place=study.place,
            departement=study.departement_place,
            year=study.year,
            made_on=study.on,
            status=asked.status,
            profile="" if options.profile == "caf" else f"Profil {book.label.lower()}",
            period=options.period,
            author=self.territory.caf_name(),
            scope_note=self.territory.scope_note(epci.code),
            logo=Path(options.logo) if options.logo else None,
            grey=options.grey,
            demo=self.base.info.demo,
            picture=picture.choropleth if picture else None,
            extra=(*self._extra(study), ("plan", asked.digest)),
            names=study.names,
        )

    def _extra(self, study: Study) -> tuple[tuple[str, str], ...]:
        """Facts that a manifest keeps, to know what the booklet was made from."""
        with self.base.read() as session:
            state, words = base_state(session)
        return (
            ("base", self.base.info.uuid),
            ("nom de la base", self.base.info.name),
            ("état de la base", state),
            ("contenu de la base", words),
            ("code", study.epci.code),
            ("profil", study.options.profile),
            ("seuil", str(study.figures.book.profile.threshold)),
            ("année", str(study.year)),
        )

    def facts_of(self, code_epci: str, asked: Asked) -> dict[str, str]:
        """What a booklet made now would keep of its origin, the year apart."""
        with self.base.read() as session:
            state, _ = base_state(session)
        return {
            "base": self.base.info.uuid,
            "état de la base": state,
            "code": code_epci,
            "profil": asked.options.profile,
            "seuil": str(self.secrecy.threshold()),
            "plan": asked.digest,
        }

    def write(self, document: Document, paths: Sequence[Path], progress: Progress = SILENT) -> None:
        """Write one document to several forms; each file appears whole or not at all."""
        for rank, path in enumerate(paths):
            inner = _part(progress, 0.5 + 0.5 * rank / len(paths), 0.5 / len(paths))
            suffix = path.suffix.lower()
            if suffix == ".pdf":
                from reports.kit.write import write_pdf

                write_pdf(document, path, inner)
            elif suffix == ".docx":
                from reports.docx import write_docx

                write_docx(document, path, inner)
            elif suffix == ".xlsx":
                from reports.diagnostic_xlsx import write_xlsx

                write_xlsx(document, path)
            elif suffix == ".pptx":
                from reports.pptx import write_pptx

                write_pptx(document, path, inner)
            else:
                raise WriteRefused(path, reason="suffix", suffixes=FILE_SUFFIXES)
        progress.report(1.0, "Diagnostic écrit")


def _part(progress: Progress, start: float, share: float) -> Progress:
    """A progress that fills a part of another, and stops with it."""
    return Progress(lambda done, step: progress.report(start + done * share, step))
