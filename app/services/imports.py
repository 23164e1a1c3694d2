"""Imports: files are read and checked first, then written in one transaction, and undone whole."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.changes import Changes, Topic
from app.domain.anomaly import Anomaly, Severity, anomaly_text
from app.domain.dictionary import source_name
from app.domain.errors import DomainError, ImportNotFound
from app.domain.territory import Level
from app.ingestion import Options, read_file, recognise
from app.progress import SILENT, Progress
from app.services.clock import now
from app.services.decisions import REJECT, apply_decisions, lines_of
from app.services.rows import AnomalyRow, Forecast, ImportResult, ImportRunRow, Prepared
from db import values as stored
from db.models import AnomalyRecord, ImportRun

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.domain.reference import Reference
    from app.ingestion import Clean, CleanRow
    from app.services.indicators import IndicatorService
    from app.services.outlines import OutlineService
    from db.session import Base

ZERO_RULE = "zero_eaje"
EAJE = "eaje"
TARGET = "target"
"""Fact of an anomaly record that keeps the indicator concerned."""

CHANGED = Changes(frozenset({Topic.VALUES, Topic.IMPORTS}))


class ImportService:
    """Prepares, applies and undoes imports of values and of outlines."""

    def __init__(
        self, base: Base, reference: Reference, indicators: IndicatorService, outlines: OutlineService
    ) -> None:
        self._base = base
        self._reference = reference
        self._indicators = indicators
        self._outlines = outlines

    # -- before writing -----------------------------------------------------------------------------

    def prepare(self, paths: Sequence[Path], progress: Progress = SILENT) -> list[Prepared]:
        """Read and check files; nothing is written. An unreadable file gives its error, the others go on."""
        found = []
        for i, path in enumerate(paths):
            progress.report(i / len(paths), f"Lecture de {path.name}")
            found.append(self._prepare_one(path, progress))
        progress.report(1.0, "Lecture terminée")
        return found

    def _prepare_one(self, path: Path, progress: Progress) -> Prepared:
        try:
            if recognise(path).kind == "outlines":
                outline = self._outlines.read(path, progress)
                return Prepared(path, outline=outline, count=Forecast(new=len(outline.codes)))
            options = Options(departements=frozenset(self._base.info.departements))
            clean = read_file(path, self._reference, progress=progress, options=options)
        except DomainError as error:
            return Prepared(path, error=error)
        clean = replace(clean, anomalies=tuple(self._with_counts(a) for a in clean.anomalies))
        with self._base.read() as session:
            known = session.scalar(
                select(func.count())
                .select_from(ImportRun)
                .where(ImportRun.sha256 == clean.sha256, ImportRun.undone_at.is_(None))
            )
        return Prepared(path, clean=clean, count=self._forecast(clean), known=bool(known))

    def _with_counts(self, anomaly: Anomaly) -> Anomaly:
        """Says how many Eaje the BPE of the base counts where a file says zero."""
        facts = anomaly.facts_dict
        if anomaly.rule != ZERO_RULE or int(facts["level"]) != Level.EPCI:
            return anomaly
        held = self._indicators.years(EAJE, Level.EPCI)
        if not held:
            return anomaly
        count = self._indicators.value(EAJE, Level.EPCI, str(facts["code"]), held[-1]).number
        return anomaly if count is None else anomaly.with_facts(bpe_year=held[-1], bpe_count=int(count))

    def forecast(self, prepared: Prepared, decisions: Mapping[int, str]) -> Forecast:
        """What writing a prepared file would change, once these decisions are taken."""
        if prepared.clean is None:
            return prepared.count
        return self._forecast(apply_decisions(prepared.clean, decisions)[0])

    def _forecast(self, clean: Clean) -> Forecast:
        """Counts by comparing with the stored blocks: nothing is written, even for a moment."""
        groups: dict[tuple[str, int, Level], list[CleanRow]] = {}
        for row in clean.rows:
            groups.setdefault((row.indicator, row.year, row.level), []).append(row)
        new = changed = unchanged = 0
        with self._base.read() as session:
            for (indicator, year, level), rows in groups.items():
                block = stored.read_series(session, indicator, year, level)
                held = dict(
                    zip(
                        block.codes,
                        zip(block.numbers.tolist(), block.states.tolist(), strict=True),
                        strict=True,
                    )
                )
                for row in rows:
                    if row.code not in held:
                        new += 1
                    elif _same(held[row.code], row):
                        unchanged += 1
                    else:
                        changed += 1
        return Forecast(new, changed, unchanged)

    # -- writing ------------------------------------------------------------------------------------

    def apply(
        self, prepared: Prepared, decisions: Mapping[int, str] | None = None, progress: Progress = SILENT
    ) -> ImportResult:
        """Write one prepared file; decisions: rank of an anomaly -> keep, no_data, reject or understood.

        Raises the error of the file if it could not be read. Cancelling leaves the base as it was.
        """
        if prepared.error is not None:
            raise prepared.error
        if prepared.outline is not None:
            return self._outlines.store(prepared.outline, progress)
        if prepared.clean is None:
            raise ValueError("nothing was prepared")
        clean, anomalies = apply_decisions(prepared.clean, decisions or {})
        with self._base.bulk() as session:
            return self._write(session, prepared.path, clean, anomalies, progress)

    def _write(
        self, session: Session, path: Path, clean: Clean, anomalies: Sequence[Anomaly], progress: Progress
    ) -> ImportResult:
        rows = value_rows(clean)
        fictitious = "fictif" in path.name.lower()
        number = (session.scalar(select(func.max(ImportRun.number))) or 0) + 1
        run = ImportRun(
            uuid=uuid.uuid4().hex, number=number, source=clean.source, file=path.name, sha256=clean.sha256,
            sheet=clean.sheet, licence=clean.licence, imported_at=now(), rows_read=clean.rows_read,
            new=0, changed=0, unchanged=0, rejected=rejected(anomalies), undone_at=None,
            fictitious=fictitious, details=json.dumps({"encoding": clean.encoding, "label": clean.label}),
        )  # fmt: skip
        session.add(run)
        session.flush()
        count = stored.write_values(
            session, number, clean.source, rows, fictitious=fictitious, progress=progress
        )
        if not count.new and not count.changed:
            # The same content again: nothing to remember, so that a second import changes nothing.
            session.delete(run)
            session.flush()
            return ImportResult(None, 0, 0, count.unchanged, rejected(anomalies))
        run.new, run.changed, run.unchanged = count.new, count.changed, count.unchanged
        session.add_all(_record(run.uuid, anomaly) for anomaly in anomalies)
        progress.report(1.0, "Écriture terminée")
        session.flush()
        self._indicators.forget()
        return ImportResult(number, count.new, count.changed, count.unchanged, rejected(anomalies), CHANGED)

    def import_file(
        self, path: Path, simulate: bool = False, progress: Progress = SILENT
    ) -> tuple[Prepared, ImportResult]:
        """Prepare and write one file with the answers proposed; a simulation writes nothing."""
        prepared = self._prepare_one(path, progress)
        if prepared.error is not None:
            raise prepared.error
        return prepared, self.simulated(prepared) if simulate else self.apply(prepared, None, progress)

    @staticmethod
    def simulated(prepared: Prepared) -> ImportResult:
        """What writing a prepared file would change."""
        refused = rejected(prepared.clean.anomalies) if prepared.clean else 0
        count = prepared.count
        return ImportResult(None, count.new, count.changed, count.unchanged, refused)

    def undo(self, number: int) -> Changes:
        """Undo an import whole: values come back as they were. Raises ImportNotFound, ImportSuperseded."""
        with self._base.bulk() as session:
            run = session.scalar(select(ImportRun).where(ImportRun.number == number))
            if run is None or run.undone_at is not None:
                raise ImportNotFound(number=number)
            stored.undo_import(session, number)
            run.undone_at = now()
        self._indicators.forget()
        return CHANGED

    # -- history and anomalies ----------------------------------------------------------------------

    def runs(self) -> list[ImportRunRow]:
        """Imports, latest first."""
        counted = select(func.count()).where(AnomalyRecord.import_uuid == ImportRun.uuid).scalar_subquery()
        with self._base.read() as session:
            return [
                ImportRunRow(
                    number=run.number,
                    file=run.file,
                    source_label=source_name(run.source),
                    imported_at=datetime.fromisoformat(run.imported_at),
                    new=run.new,
                    changed=run.changed,
                    unchanged=run.unchanged,
                    rejected=run.rejected,
                    undone_at=datetime.fromisoformat(run.undone_at) if run.undone_at else None,
                    anomalies=count,
                    sha256=run.sha256,
                    licence=run.licence,
                    fictitious=run.fictitious,
                )
                for run, count in session.execute(
                    select(ImportRun, counted).order_by(ImportRun.number.desc())
                )
            ]

    def anomalies(self, number: int | None = None) -> list[AnomalyRow]:
        """Anomalies of the imports in force, or of one import."""
        query = (
            select(AnomalyRecord, ImportRun.number, ImportRun.file)
            .join(ImportRun, ImportRun.uuid == AnomalyRecord.import_uuid)
            .where(ImportRun.undone_at.is_(None) if number is None else ImportRun.number == number)
            .order_by(ImportRun.number.desc(), AnomalyRecord.line)
        )
        with self._base.read() as session:
            return [_anomaly_row(record, run, file) for record, run, file in session.execute(query)]

    def decide(self, anomaly_uuid: str, decision: str) -> Changes:
        """Change the decision noted on an anomaly, as one undoable action."""
        with self._base.write("décision sur une anomalie") as session:
            record = session.get_one(AnomalyRecord, anomaly_uuid)
            record.decision = decision
        return Changes(frozenset({Topic.IMPORTS, Topic.JOURNAL}))

    def export_anomalies(self, path: Path, number: int | None = None) -> None:
        """Write anomalies to an XLSX for the producer; no text becomes a formula."""
        from app.services.export import write_table

        headers = ("Import", "Fichier", "Ligne", "Colonne", "Valeur", "Constat", "Explication", "Décision")
        rows = [
            (r.import_number, r.file, r.line, r.column, r.value, r.title, r.explanation, r.decision)
            for r in self.anomalies(number)
        ]
        write_table(path, "Anomalies", headers, rows)


def _same(held: tuple[float, int], row: CleanRow) -> bool:
    number, state = held
    return state == int(row.state) and (number == row.number or (row.number is None and number != number))


def rejected(anomalies: Sequence[Anomaly]) -> int:
    """Lines that are set aside: those with an error, or whose decision is to reject them."""
    return len(
        {
            line
            for anomaly in anomalies
            if anomaly.severity is Severity.ERROR or anomaly.decision == REJECT
            for line in lines_of(anomaly)
        }
    )


def value_rows(clean: Clean) -> list[stored.ValueRow]:
    """Rows of a file as the base writes them."""
    return [
        stored.ValueRow(
            indicator=row.indicator, year=row.year, level=row.level, code=row.code, number=row.number,
            state=int(row.state), status=int(row.status), estimated=row.estimated, millesime=row.millesime,
            row=row.row, name=row.name,
        )
        for row in clean.rows
    ]  # fmt: skip


def _record(import_uuid: str, anomaly: Anomaly) -> AnomalyRecord:
    return AnomalyRecord(
        uuid=uuid.uuid4().hex,
        import_uuid=import_uuid,
        line=anomaly.line,
        column=anomaly.column,
        value=anomaly.value,
        rule=anomaly.rule,
        severity=int(anomaly.severity),
        decision=anomaly.decision,
        facts=json.dumps({**anomaly.facts_dict, TARGET: anomaly.target}, ensure_ascii=False),
    )


def _anomaly_row(record: AnomalyRecord, number: int, file: str) -> AnomalyRow:
    facts = json.loads(record.facts)
    target = facts.pop(TARGET, "")
    anomaly = Anomaly(
        line=record.line,
        column=record.column,
        value=record.value,
        rule=record.rule,
        severity=Severity(record.severity),
        facts=tuple(facts.items()),
        decision=record.decision,
        target=target,
    )
    title, explanation = anomaly_text(anomaly)
    return AnomalyRow(
        record.uuid, number, file, record.line, record.column, record.value, title, explanation,
        anomaly.severity, record.decision, record.rule, anomaly.ranges,
    )  # fmt: skip
