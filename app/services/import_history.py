"""What is kept of an import: its line in the history, and its anomalies."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.domain.anomaly import Anomaly, Severity, anomaly_text
from app.domain.dictionary import load_sources, source_name
from app.services.decisions import REJECT, lines_of
from app.services.rows import AnomalyRow, ImportRunRow
from db.models import AnomalyRecord, ImportRun, Meta

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

TARGET = "target"
"""Fact of an anomaly record that keeps the indicator concerned."""
COUNTER = "last_import"
"""Fact of the base: the highest number given, since undoing takes lines of the history away."""


def next_number(session: Session) -> int:
    """Return the number of a new import: no number serves twice, even after an undo."""
    last = session.scalar(select(func.max(ImportRun.number))) or 0
    given = session.scalar(select(Meta.value).where(Meta.key == COUNTER))
    return max(last, int(given or 0)) + 1


def keep_number(session: Session, number: int) -> None:
    """Remember that a number was given, once something is written under it."""
    counter = session.scalar(select(Meta).where(Meta.key == COUNTER))
    if counter is None:
        session.add(Meta(key=COUNTER, value=str(number)))
    else:
        counter.value = str(number)


def is_known(session: Session, sha256: str, source: str, sheet: str) -> bool:
    """Tell whether the same table of the same bytes was imported and not undone."""
    found = session.scalar(
        select(func.count())
        .select_from(ImportRun)
        .where(
            ImportRun.sha256 == sha256,
            ImportRun.source == source,
            ImportRun.sheet == sheet,
            ImportRun.undone_at.is_(None),
        )
    )
    return bool(found)


def list_runs(session: Session) -> list[ImportRunRow]:
    """Return the imports, latest first."""
    counted = select(func.count()).where(AnomalyRecord.import_uuid == ImportRun.uuid).scalar_subquery()
    found = session.execute(select(ImportRun, counted).order_by(ImportRun.number.desc()))
    return [_run_row(run, count) for run, count in found]


def _run_row(run: ImportRun, anomalies: int) -> ImportRunRow:
    return ImportRunRow(
        number=run.number,
        file=run.file,
        source_label=_label(run),
        imported_at=datetime.fromisoformat(run.imported_at),
        new=run.new,
        changed=run.changed,
        unchanged=run.unchanged,
        rejected=run.rejected,
        undone_at=datetime.fromisoformat(run.undone_at) if run.undone_at else None,
        anomalies=anomalies,
        sha256=run.sha256,
        licence=run.licence,
        fictitious=run.fictitious,
    )


def _label(run: ImportRun) -> str:
    if run.source in load_sources():
        return source_name(run.source)
    return str(json.loads(run.details).get("label", run.source))


def list_anomalies(session: Session, number: int | None) -> list[AnomalyRow]:
    """Return the anomalies of the imports in force, or of one import."""
    query = (
        select(AnomalyRecord, ImportRun.number, ImportRun.file)
        .join(ImportRun, ImportRun.uuid == AnomalyRecord.import_uuid)
        .where(ImportRun.undone_at.is_(None) if number is None else ImportRun.number == number)
        .order_by(ImportRun.number.desc(), AnomalyRecord.line)
    )
    return [_anomaly_row(record, run, file) for record, run, file in session.execute(query)]


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


def record_of(import_uuid: str, anomaly: Anomaly) -> AnomalyRecord:
    """Return the row that keeps an anomaly."""
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
