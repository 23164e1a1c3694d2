"""Imports: files are read and checked first, then written in one transaction, and undone whole."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.changes import Changes, Topic
from app.domain.errors import ImportNotFound
from app.domain.territory import Level
from app.progress import SILENT, Progress
from app.services.clock import now
from app.services.decisions import apply_decisions
from app.services.import_history import (
    is_known,
    keep_number,
    list_anomalies,
    list_runs,
    next_number,
    record_of,
    rejected,
)
from app.services.import_reading import FileReader
from app.services.import_tables import KIND, TableImports
from app.services.rows import AnomalyRow, Forecast, ImportResult, ImportRunRow, Prepared
from app.services.table_imports import Asked, ModelChoice, TableImporter
from db import values as stored
from db.models import AnomalyRecord, ImportRun

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.domain.anomaly import Anomaly
    from app.domain.reference import Reference
    from app.ingestion import Clean, CleanRow
    from app.services.indicators import IndicatorService
    from app.services.outlines import OutlineService
    from db.session import Base

ZERO_RULE = "zero_eaje"
EAJE = "eaje"
NOTHING_ASKED = Asked()
CHANGED = Changes(frozenset({Topic.VALUES, Topic.IMPORTS}))


class ImportService:
    """Prepares, applies and undoes imports of values and of outlines."""

    def __init__(
        self,
        base: Base,
        reference: Reference,
        indicators: IndicatorService,
        outlines: OutlineService,
        importers: Sequence[TableImporter] = (),
        forget: Callable[[], None] = lambda: None,
    ) -> None:
        """importers: the free tables that the subjects read; forget: told when one of them was written."""
        self._base = base
        self._indicators = indicators
        self._outlines = outlines
        self._tables = TableImports(base, importers, forget)
        self._reader = FileReader(base.info.departements, reference, outlines, self._tables)

    # -- before writing -----------------------------------------------------------------------------

    def prepare(
        self, paths: Sequence[Path], progress: Progress = SILENT, asked: Asked = NOTHING_ASKED
    ) -> list[Prepared]:
        """Read and check files: one Prepared a table, several for a zip or a workbook; nothing is written.

        A file or a table that cannot be read gives its error, the others go on.
        """
        found = []
        for i, path in enumerate(paths):
            progress.report(i / len(paths), f"Lecture de {path.name}")
            found += [self._checked(item) for item in self._reader.read(path, asked, progress)]
        progress.report(1.0, "Lecture terminée")
        return found

    def choices(self, headers: Sequence[str]) -> list[ModelChoice]:
        """Models that a table may follow, the closest first, with the columns found for each."""
        return self._tables.choices(headers)

    def _checked(self, prepared: Prepared) -> Prepared:
        """Add what only the base can say of official series."""
        clean = prepared.clean
        if clean is None:
            return prepared
        clean = replace(clean, anomalies=tuple(self._with_counts(a) for a in clean.anomalies))
        with self._base.read() as session:
            known = is_known(session, clean.sha256, clean.source, clean.sheet or prepared.part)
        return replace(prepared, clean=clean, count=self._forecast(clean), known=known)

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
        if prepared.model and prepared.given:
            self._tables.remember(prepared.model, dict(prepared.given))
        if prepared.table is not None:
            return self._tables.apply(prepared, decisions or {}, progress)
        if prepared.clean is None:
            raise ValueError("nothing was prepared")
        clean, anomalies = apply_decisions(prepared.clean, decisions or {})
        clean = replace(clean, sheet=clean.sheet or prepared.part)
        with self._base.bulk() as session:
            return self._write(session, prepared.path, clean, anomalies, progress)

    def _write(
        self, session: Session, path: Path, clean: Clean, anomalies: Sequence[Anomaly], progress: Progress
    ) -> ImportResult:
        rows = value_rows(clean)
        fictitious = "fictif" in path.name.lower()
        number = next_number(session)
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
        keep_number(session, number)
        run.new, run.changed, run.unchanged = count.new, count.changed, count.unchanged
        session.add_all(record_of(run.uuid, anomaly) for anomaly in anomalies)
        progress.report(1.0, "Écriture terminée")
        session.flush()
        self._indicators.forget()
        return ImportResult(number, count.new, count.changed, count.unchanged, rejected(anomalies), CHANGED)

    def import_file(
        self, path: Path, simulate: bool = False, progress: Progress = SILENT
    ) -> tuple[Prepared, ImportResult]:
        """Prepare and write one file with the answers proposed; a simulation writes nothing.

        Returns its first table. Raises what the file raises, before anything is written.
        """
        prepared = self.prepare([path], progress)
        for item in prepared:
            if item.error is not None:
                raise item.error
        results = [
            self.simulated(item) if simulate else self.apply(item, None, progress) for item in prepared
        ]
        return prepared[0], results[0]

    @staticmethod
    def simulated(prepared: Prepared) -> ImportResult:
        """What writing a prepared file would change."""
        refused = rejected(prepared.anomalies)
        count = prepared.count
        return ImportResult(None, count.new, count.changed, count.unchanged, refused)

    def undo(self, number: int) -> Changes:
        """Undo an import whole: what it changed comes back as it was.

        Raises ImportNotFound; ImportSuperseded or UndoConflict if something later changed the same.
        """
        with self._base.read() as session:
            held = session.scalar(select(ImportRun.details).where(ImportRun.number == number))
        if held is not None and KIND in json.loads(held):
            return self._tables.undo(number)
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
        with self._base.read() as session:
            return list_runs(session)

    def anomalies(self, number: int | None = None) -> list[AnomalyRow]:
        """Anomalies of the imports in force, or of one import."""
        with self._base.read() as session:
            return list_anomalies(session, number)

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
