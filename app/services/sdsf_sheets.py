"""The yearly sheet of common indicators: versions, what the base can fill, what goes to the comité."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.changes import Changes, Topic
from app.domain import french
from app.domain.errors import DomainError
from app.domain.indicator import Value, ValueState
from app.domain.sdsf import FilledBy, count_sheet, sheet_deadline
from app.domain.sdsf_errors import SdsfNotFound, SheetRefused
from app.domain.secrecy_model import CAF
from app.domain.territory import Level
from app.services.clock import now
from app.services.export import write_csv, write_table
from app.services.sdsf_rows import LineChange, SheetDetail, SheetLine, SheetRow
from db.models.base import new_uuid
from db.models.sdsf import SdsfSheetLineRecord, SdsfSheetRecord

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.orm import Session

    from app.services.indicators import IndicatorService
    from app.services.secrecy import SecrecyService
    from app.services.territory import TerritoryService
    from db.session import Base

CHANGED = Changes(frozenset({Topic.SDSF, Topic.ALERTS, Topic.JOURNAL}))
HEADERS = ("Code", "Indicateur", "Unité", "Thème", "Valeur", "Rempli par", "Source", "Remarque", "Année")
STATE_WORDS = {
    ValueState.NO_DATA: "n.d.",
    ValueState.NOT_PUBLISHED: "n.p.",
    ValueState.MASKED: "s",
}
PEOPLE = ("enfant", "jeune", "famille", "parent", "personne", "allocataire", "bénéficiaire", "assistant")
"""How the unit of a count of people starts."""
FILLED_WORDS = {FilledBy.NOBODY: "", FilledBy.CNAF: "Cnaf", FilledBy.DREES: "Drees", FilledBy.LOCAL: "local"}


class SdsfSheets:
    """Sheets of the départements of the base; a version is never rewritten."""

    def __init__(
        self,
        base: Base,
        territory: TerritoryService,
        indicators: IndicatorService,
        secrecy: SecrecyService | None = None,
    ) -> None:
        """secrecy: what a sheet goes through when it leaves."""
        self._base = base
        self._territory = territory
        self._indicators = indicators
        self._secrecy = secrecy

    def sheets(self, departement: str | None = None) -> list[SheetRow]:
        """Every version, latest year and version first."""
        with self._base.read() as session:
            query = select(SdsfSheetRecord)
            if departement is not None:
                query = query.where(SdsfSheetRecord.code_departement == departement)
            records = session.scalars(
                query.order_by(SdsfSheetRecord.year.desc(), SdsfSheetRecord.version.desc())
            ).all()
            return [_sheet_row(session, record) for record in records]

    def sheet(self, uuid: str) -> SheetDetail:
        """One version with, beside each line linked to an indicator, what the base computes."""
        with self._base.read() as session:
            record = _sheet(session, uuid)
            row = _sheet_row(session, record)
            lines = _lines(session, uuid)
        return SheetDetail(row, tuple(self._beside(line, row) for line in lines))

    def _beside(self, line: SheetLine, row: SheetRow) -> SheetLine:
        return replace(line, computed=self._computed(line.indicator, row)) if line.indicator else line

    def _computed(self, indicator: str, row: SheetRow) -> Value | None:
        try:
            return self._indicators.value(indicator, Level.DEPARTEMENT, row.code_departement, row.year)
        except DomainError:
            return None

    def link_line(self, uuid: str, indicator: str) -> Changes:
        """Say which indicator of the base a line is; empty: none. Raises UnknownIndicator, SdsfNotFound."""
        if indicator:
            self._indicators.get(indicator)
        with self._base.write("Lien d’une ligne de la fiche d’indicateurs") as session:
            line = session.get(SdsfSheetLineRecord, uuid)
            if line is None:
                raise SdsfNotFound(what="line")
            line.indicator = indicator
        return CHANGED

    def fill(self, uuid: str) -> tuple[str, int, Changes]:
        """Make a version where the empty lines linked to an indicator hold what the base computes.

        Returns the uuid of the version, how many lines were filled, and the changes; the same sheet and 0
        when nothing could be filled. A line that Cnaf or Drees fills is left alone.
        """
        detail = self.sheet(uuid)
        lines = [_filled(line) for line in detail.lines]
        count = sum(1 for old, new in zip(detail.lines, lines, strict=True) if old is not new)
        if not count:
            return uuid, 0, Changes()
        with self._base.write(f"Fiche d’indicateurs {detail.row.year} remplie par la base") as session:
            made = self.add_version(session, detail.row.code_departement, detail.row.year, lines)
        return made, count, CHANGED

    def set_value(
        self, uuid: str, number: float | None, state: ValueState, filled_by: FilledBy, source: str = ""
    ) -> Changes:
        """Type the value of a line: the former one stays in the journal. Raises SdsfNotFound."""
        with self._base.write("Saisie d’une ligne de la fiche d’indicateurs") as session:
            line = session.get(SdsfSheetLineRecord, uuid)
            if line is None:
                raise SdsfNotFound(what="line")
            line.number = number if state.is_known else None
            line.state, line.filled_by, line.source = int(state), filled_by.value, source
        return CHANGED

    def mark_sent(self, uuid: str, on: date) -> Changes:
        """Note the day a version was sent to the comité départemental."""
        with self._base.write("Envoi de la fiche d’indicateurs") as session:
            _sheet(session, uuid).sent_on = on.isoformat()
        return CHANGED

    def add_version(
        self,
        session: Session,
        departement: str,
        year: int,
        lines: Sequence[SheetLine],
        *,
        file: str = "",
        sha256: str = "",
    ) -> str:
        """Write a version in an open action; its uuid."""
        last = session.scalar(
            select(func.max(SdsfSheetRecord.version)).where(
                SdsfSheetRecord.code_departement == departement, SdsfSheetRecord.year == year
            )
        )
        sheet = SdsfSheetRecord(
            uuid=new_uuid(), code_departement=departement, year=year, version=(last or 0) + 1, file=file,
            sha256=sha256, recorded_at=now(),
        )  # fmt: skip
        session.add(sheet)
        for position, line in enumerate(lines, 1):
            session.add(
                SdsfSheetLineRecord(
                    uuid=new_uuid(), sheet_uuid=sheet.uuid, position=position, code=line.code,
                    label=line.label, unit=line.unit, theme=line.theme, number=line.number,
                    state=int(line.state), filled_by=line.filled_by.value, indicator=line.indicator,
                    source=line.source, note=line.note,
                )
            )  # fmt: skip
        return sheet.uuid

    def latest(self, departement: str, year: int) -> SheetDetail | None:
        """The latest version of a year, None if there is none."""
        for row in self.sheets(departement):
            if row.year == year and row.latest:
                return self.sheet(row.uuid)
        return None

    def compare(self, before: str, after: str) -> tuple[LineChange, ...]:
        """What differs between two versions, line by line (same code, else same label)."""
        old = {_name(line): line for line in self.sheet(before).lines}
        new = {_name(line): line for line in self.sheet(after).lines}
        names = [*old, *(name for name in new if name not in old)]
        pairs = [(name, _shown(old.get(name)), _shown(new.get(name))) for name in names]
        return tuple(LineChange(name[1], was, now) for name, was, now in pairs if was != now)

    def export_sheet(self, uuid: str, path: Path, profile: str = CAF) -> None:
        """Write a version as .xlsx or .csv, which the import reads again, as a profile may read it.

        Raises SheetRefused, UnknownProfile, WriteRefused, DiskFull.
        """
        detail = self.sheet(uuid)
        last = self.latest(detail.row.code_departement, detail.row.year) or detail
        masked = {_name(line) for line in last.lines if line.state is ValueState.MASKED}
        lines = [self._leaving(line, detail.row, profile, masked) for line in detail.lines]
        rows = [_exported(line, detail.row.year) for line in lines]
        if path.suffix.lower() == ".xlsx":
            write_table(path, f"Fiche {detail.row.year}", HEADERS, rows)
        elif path.suffix.lower() == ".csv":
            write_csv(path, (HEADERS, *rows))
        else:
            raise SheetRefused(path, reason="suffix")

    def _leaving(
        self, line: SheetLine, row: SheetRow, profile: str, masked: Collection[tuple[str, str]]
    ) -> SheetLine:
        """Mask a figure of the base that is masked elsewhere, and a small count of people of the Caf.

        masked: lines masked in the last version, whose former versions would tell the number.
        """
        if self._secrecy is None or not line.number:
            return line
        book = self._secrecy.book(profile)
        place = (Level.DEPARTEMENT, row.code_departement, row.year)
        people = line.filled_by is FilledBy.LOCAL and line.unit.casefold().startswith(PEOPLE)
        small = people and line.number < book.profile.threshold
        if small or _name(line) in masked or (line.indicator and book.hides(line.indicator, *place)):
            return replace(line, number=None, state=ValueState.MASKED)
        return line


def _filled(line: SheetLine) -> SheetLine:
    value = line.computed
    theirs = line.filled_by in (FilledBy.CNAF, FilledBy.DREES)
    if value is None or value.number is None or line.state.is_known or theirs:
        return line
    files = ", ".join(dict.fromkeys(origin.source for origin in value.provenance))
    return replace(
        line, number=value.number, state=value.state, filled_by=FilledBy.LOCAL,
        source=files or "calcul de la base",
        note="estimation" if value.estimated else line.note,
    )  # fmt: skip


def _sheet(session: Session, uuid: str) -> SdsfSheetRecord:
    record = session.get(SdsfSheetRecord, uuid)
    if record is None:
        raise SdsfNotFound(what="sheet")
    return record


def _sheet_row(session: Session, record: SdsfSheetRecord) -> SheetRow:
    last = session.scalar(
        select(func.max(SdsfSheetRecord.version)).where(
            SdsfSheetRecord.code_departement == record.code_departement, SdsfSheetRecord.year == record.year
        )
    )
    filled = [(line.state.is_known, line.filled_by) for line in _lines(session, record.uuid)]
    return SheetRow(
        record.uuid, record.code_departement, record.year, record.version, record.file, record.recorded_at,
        date.fromisoformat(record.sent_on) if record.sent_on else None, sheet_deadline(record.year),
        record.version == last, count_sheet(filled),
    )  # fmt: skip


def _lines(session: Session, uuid: str) -> list[SheetLine]:
    query = (
        select(SdsfSheetLineRecord)
        .where(SdsfSheetLineRecord.sheet_uuid == uuid)
        .order_by(SdsfSheetLineRecord.position)
    )
    return [
        SheetLine(
            line.uuid, line.position, line.code, line.label, line.unit, line.theme, line.number,
            ValueState(line.state), FilledBy(line.filled_by), line.indicator, line.source, line.note,
        )
        for line in session.scalars(query)
    ]  # fmt: skip


def _name(line: SheetLine) -> tuple[str, str]:
    return (line.code or french.fold(line.label), line.label)


def _shown(line: SheetLine | None) -> str:
    if line is None:
        return "absente"
    return french.value_text(line.number, line.state, 1 if line.number and line.number % 1 else 0)


def _exported(line: SheetLine, year: int) -> tuple[object, ...]:
    value: object = line.number if line.state.is_known else STATE_WORDS[line.state]
    return (
        line.code, line.label, line.unit, line.theme, value, FILLED_WORDS[line.filled_by], line.source,
        line.note, year,
    )  # fmt: skip
