"""Plans, texts and versions of the diagnostics of a base: each edit is one undoable action."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.changes import Changes
from app.domain import diagnostic as rules
from app.domain.diagnostic import TITLE, DiagnosticOptions, DiagnosticStatus, PlannedSection
from app.domain.diagnostic_errors import DiagnosticRefused, NotesPending
from app.domain.diagnostic_models import WHOLE, plan_of_model
from app.domain.manifest import differences
from app.domain.sentences_names import epci_place
from app.progress import SILENT, Progress
from app.services import diagnostics_store as store
from app.services.clock import now
from app.services.diagnostics_checks import check_plan
from app.services.diagnostics_maker import Made, Maker
from app.services.diagnostics_rows import (
    CHANGED,
    Comparison,
    DiagnosticDetail,
    DiagnosticRow,
    TextFinding,
    VersionRow,
)
from app.services.diagnostics_study import study_epci
from db.device import device_name
from db.models.base import new_uuid
from db.models.diagnostic import DiagnosticRecord, DiagnosticVersionRecord

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.services.territory import TerritoryService
    from db.session import Base


class DiagnosticPlans:
    """What pages edit; a validated diagnostic is edited only once a draft again."""

    def __init__(self, base: Base, territory: TerritoryService, maker: Maker) -> None:
        self._base = base
        self._territory = territory
        self._maker = maker

    # -- plan and texts -----------------------------------------------------------------------------

    def rows(self) -> list[DiagnosticRow]:
        """Diagnostics, by name of Epci then the latest first."""
        with self._base.read() as session:
            records = session.scalars(select(DiagnosticRecord)).all()
            rows = [self._row(session, record) for record in records]
        return sorted(rows, key=lambda row: (row.epci, -row.created_at.timestamp(), row.uuid))

    def detail(self, uuid: str) -> DiagnosticDetail:
        """One diagnostic. Raises DiagnosticNotFound."""
        with self._base.read() as session:
            record = store.record_of(session, uuid)
            plan = store.read_plan(session, uuid)
            return DiagnosticDetail(self._row(session, record), plan, store.options_of(record.options))

    def _row(self, session: Session, record: DiagnosticRecord) -> DiagnosticRow:
        query = select(func.count()).where(DiagnosticVersionRecord.diagnostic_uuid == record.uuid)
        return DiagnosticRow(
            uuid=record.uuid,
            code_epci=record.code_epci,
            epci=self._territory.reference.epci(record.code_epci).name,
            title=record.title,
            status=store.status_of(record.status),
            versions=session.scalar(query) or 0,
            created_at=store.moment(record.created_at),
        )

    def create(
        self,
        code_epci: str,
        title: str = "",
        *,
        model: str = WHOLE,
        options: DiagnosticOptions | None = None,
    ) -> tuple[str, Changes]:
        """Create a diagnostic with the sections of a model; its key. Raises UnknownTerritory."""
        plan = plan_of_model(model)
        epci = study_epci(self._territory, code_epci)
        uuid = new_uuid()
        with self._base.write(f"Diagnostic {epci_place(epci).of}") as session:
            session.add(
                DiagnosticRecord(
                    uuid=uuid,
                    code_epci=code_epci,
                    title=title or TITLE,
                    status=DiagnosticStatus.PROJECT.value,
                    options=store.options_text(options or DiagnosticOptions()),
                    created_at=now(),
                )
            )
            store.write_plan(session, uuid, plan)
        return uuid, CHANGED

    def rename(self, uuid: str, title: str) -> Changes:
        """Change the title. Raises DiagnosticRefused if it is empty."""
        if not title.strip():
            raise DiagnosticRefused(field="title", value=title, reason="empty")
        with self._base.write("Diagnostic renommé") as session:
            self._draft(session, uuid).title = title.strip()
        return CHANGED

    def remove(self, uuid: str) -> Changes:
        """Delete a diagnostic with its versions."""
        with self._base.write("Diagnostic supprimé") as session:
            store.erase(session, store.record_of(session, uuid))
        return CHANGED

    def set_options(self, uuid: str, options: DiagnosticOptions) -> Changes:
        """Change the options. Raises UnknownProfile."""
        rules.check_profile(options.profile)
        with self._base.write("Diagnostic, options") as session:
            self._draft(session, uuid).options = store.options_text(options)
        return CHANGED

    def edit_section(self, uuid: str, code: str, **fields: object) -> Changes:
        """Change enabled, text or title of a section. Raises UnknownSection, DiagnosticRefused."""
        with self._base.write(f"Diagnostic, {rules.section_kinds()[code].title.lower()}") as session:
            self._draft(session, uuid)
            store.write_plan(session, uuid, rules.edited(store.read_plan(session, uuid), code, **fields))
        return CHANGED

    def move_section(self, uuid: str, code: str, rank: int) -> Changes:
        """Move a section to a rank (from 0)."""
        with self._base.write("Diagnostic, ordre des sections") as session:
            self._draft(session, uuid)
            store.write_plan(session, uuid, rules.moved(store.read_plan(session, uuid), code, rank))
        return CHANGED

    def _draft(self, session: Session, uuid: str) -> DiagnosticRecord:
        """A diagnostic that may be edited."""
        record = store.record_of(session, uuid)
        if store.status_of(record.status) is DiagnosticStatus.VALIDATED:
            raise DiagnosticRefused(field="status", value=record.status, reason="validated")
        return record

    # -- checks -------------------------------------------------------------------------------------

    def check_texts(self, uuid: str) -> list[TextFinding]:
        """Figures typed in the sections that disagree with the base, and fields that cannot be filled."""
        detail = self.detail(uuid)
        study = self._maker.study(detail.row.code_epci, detail.options, datetime.date.today())
        return check_plan(study, self._maker.partners, detail.plan)

    def check_text(self, code_epci: str, section: str, text: str) -> list[TextFinding]:
        """Same, for a text being typed. Raises UnknownTerritory."""
        study = self._maker.study(code_epci, DiagnosticOptions(), datetime.date.today())
        return check_plan(study, self._maker.partners, (PlannedSection(section, text=text),))

    # -- versions -----------------------------------------------------------------------------------

    def keep_version(
        self,
        uuid: str,
        note: str = "",
        *,
        on: datetime.date | None = None,
        progress: Progress = SILENT,
    ) -> Changes:
        """Keep the booklet as it is now: plan, options, numbers printed, state of the base."""
        detail = self.detail(uuid)
        made = self._made(detail, on, progress)
        progress.report(0.9, "Version gardée")
        with self._base.write(f"Diagnostic, version {detail.row.versions + 1}") as session:
            self._add_version(session, detail, made, note)
        return CHANGED

    def validate(
        self,
        uuid: str,
        note: str = "",
        *,
        on: datetime.date | None = None,
        anyway: bool = False,
        progress: Progress = SILENT,
    ) -> Changes:
        """Pass to « validé », with a version kept. Raises NotesPending if a text contradicts the base."""
        detail = self.detail(uuid)
        rules.next_status(detail.row.status, DiagnosticStatus.VALIDATED)
        wrong = [found for found in self.check_texts(uuid) if found.finding.is_error]
        if wrong and not anyway:
            sections = tuple(dict.fromkeys(found.title for found in wrong))
            raise NotesPending(count=len(wrong), sections=sections)
        validated = replace(detail, row=replace(detail.row, status=DiagnosticStatus.VALIDATED))
        made = self._made(validated, on, progress)
        progress.report(0.9, "Version gardée")
        with self._base.write("Diagnostic validé") as session:
            store.record_of(session, uuid).status = DiagnosticStatus.VALIDATED.value
            self._add_version(session, validated, made, note)
        return CHANGED

    def reopen(self, uuid: str) -> Changes:
        """Pass back to « projet »; versions stay."""
        rules.next_status(self.detail(uuid).row.status, DiagnosticStatus.PROJECT)
        with self._base.write("Diagnostic repassé en projet") as session:
            store.record_of(session, uuid).status = DiagnosticStatus.PROJECT.value
        return CHANGED

    def _add_version(self, session: Session, detail: DiagnosticDetail, made: Made, note: str) -> None:
        digest, words = store.base_state(session)
        session.add(
            DiagnosticVersionRecord(
                diagnostic_uuid=detail.row.uuid,
                number=detail.row.versions + 1,
                status=detail.row.status.value,
                made_at=now(),
                device=self._base.device,
                device_name=device_name(),
                base_state=digest,
                base_words=words,
                note=note.strip(),
                plan=store.plan_text(detail.plan),
                options=store.options_text(detail.options),
                numbers=store.packed(made.numbers),
            )
        )

    def versions(self, uuid: str) -> list[VersionRow]:
        """Versions of a diagnostic, latest first."""
        with self._base.read() as session:
            state, _ = store.base_state(session)
            records = session.scalars(
                select(DiagnosticVersionRecord)
                .where(DiagnosticVersionRecord.diagnostic_uuid == uuid)
                .order_by(DiagnosticVersionRecord.number.desc())
            )
            return [self._version_row(record, state) for record in records]

    def _version_row(self, record: DiagnosticVersionRecord, state: str) -> VersionRow:
        return VersionRow(
            uuid=record.uuid,
            number=record.number,
            status=store.status_of(record.status),
            made_at=store.moment(record.made_at),
            device_is_here=record.device == self._base.device,
            device_name=record.device_name,
            base_state=record.base_state,
            base_words=record.base_words,
            note=record.note,
            plan=store.plan_of(record.plan),
            options=store.options_of(record.options),
            numbers=len(store.unpacked(record.numbers)),
            base_is_same=record.base_state == state,
        )

    def compare(self, before: str, after: str) -> Comparison:
        """What two versions say apart. Raises DiagnosticNotFound."""
        with self._base.read() as session:
            old, new = store.version_of(session, before), store.version_of(session, after)
            plans = store.plan_of(old.plan), store.plan_of(new.plan)
            numbers = differences(store.unpacked(old.numbers), store.unpacked(new.numbers))
            return Comparison(old.number, new.number, numbers, *_plan_changes(*plans))

    def _made(self, detail: DiagnosticDetail, on: datetime.date | None, progress: Progress = SILENT) -> Made:
        """on: the day printed; without it that of the options, else today."""
        row = detail.row
        on = on or detail.options.day(datetime.date.today())
        return self._maker.make(
            row.code_epci, detail.plan, detail.options, on,
            title=row.title, status=row.status.value, progress=progress,
        )  # fmt: skip


def _plan_changes(
    before: Sequence[PlannedSection], after: Sequence[PlannedSection]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Titles of the sections whose text changed, and of those added, removed or moved."""
    kinds = rules.section_kinds()
    old = {section.code: section for section in before if section.enabled}
    new = {section.code: section for section in after if section.enabled}
    texts = [code for code in new if code in old and new[code].text != old[code].text]
    kept = [[code for code in plan if code in old and code in new] for plan in (old, new)]
    moved = [code for code, other in zip(*kept, strict=True) if code != other]
    changed = [code for code in dict.fromkeys((*old, *new)) if (code in old) != (code in new)]
    return (
        tuple(kinds[code].title for code in texts),
        tuple(kinds[code].title for code in dict.fromkeys((*changed, *moved))),
    )
