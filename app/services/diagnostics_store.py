"""Rows of diagnostics, sections and versions in the base."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select

from app.domain.diagnostic import (
    DiagnosticOptions,
    DiagnosticStatus,
    PlannedSection,
    completed,
)
from app.domain.diagnostic_errors import DiagnosticNotFound
from db.models import ImportRun, JournalEntry
from db.models.diagnostic import DiagnosticRecord, DiagnosticSectionRecord, DiagnosticVersionRecord

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

OWN_ACTIONS = "Diagnostic"
"""First word of the names of the actions of this subject in the journal."""


def as_json(value: object) -> str:
    """JSON text, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def options_of(text: str) -> DiagnosticOptions:
    """Options read from JSON; unknown names of another version are left out."""
    held = {name: value for name, value in json.loads(text).items() if name in DiagnosticOptions.__slots__}
    if "references" in held:
        held["references"] = tuple(held["references"])
    return DiagnosticOptions(**held)


def options_text(options: DiagnosticOptions) -> str:
    """Options as JSON."""
    return as_json(asdict(options))


def plan_of(text: str) -> tuple[PlannedSection, ...]:
    """Plan read from JSON."""
    return tuple(PlannedSection(**row) for row in json.loads(text))


def plan_text(plan: Sequence[PlannedSection]) -> str:
    """Plan as JSON."""
    return as_json([asdict(section) for section in plan])


def packed(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Numbers of a version, compressed."""
    return zlib.compress(as_json(list(rows)).encode(), 9)


def unpacked(data: bytes) -> list[dict[str, Any]]:
    """Numbers of a version."""
    found: list[dict[str, Any]] = json.loads(zlib.decompress(data))
    return found


def status_of(text: str) -> DiagnosticStatus:
    """Status stored."""
    return DiagnosticStatus(text)


def record_of(session: Session, uuid: str) -> DiagnosticRecord:
    """A diagnostic. Raises DiagnosticNotFound."""
    record = session.get(DiagnosticRecord, uuid)
    if record is None:
        raise DiagnosticNotFound(what=uuid)
    return record


def version_of(session: Session, uuid: str) -> DiagnosticVersionRecord:
    """A version. Raises DiagnosticNotFound."""
    record = session.get(DiagnosticVersionRecord, uuid)
    if record is None:
        raise DiagnosticNotFound(what=uuid)
    return record


def read_plan(session: Session, uuid: str) -> tuple[PlannedSection, ...]:
    """Plan of a diagnostic, in order."""
    rows = session.scalars(
        select(DiagnosticSectionRecord)
        .where(DiagnosticSectionRecord.diagnostic_uuid == uuid)
        .order_by(DiagnosticSectionRecord.position, DiagnosticSectionRecord.uuid)
    )
    return completed(PlannedSection(row.code, row.enabled, row.text, row.title) for row in rows)


def write_plan(session: Session, uuid: str, plan: Sequence[PlannedSection]) -> None:
    """Write a plan over the one stored; sections that did not change are left alone."""
    held = {
        row.code: row
        for row in session.scalars(
            select(DiagnosticSectionRecord).where(DiagnosticSectionRecord.diagnostic_uuid == uuid)
        )
    }
    for rank, section in enumerate(plan):
        row = held.pop(section.code, None)
        if row is None:
            row = DiagnosticSectionRecord(diagnostic_uuid=uuid, code=section.code)
            session.add(row)
        row.position, row.enabled = rank, section.enabled
        row.text, row.title = section.text, section.title
    for row in held.values():
        session.delete(row)


def erase(session: Session, record: DiagnosticRecord) -> None:
    """Delete a diagnostic with its sections and its versions."""
    for model in (DiagnosticSectionRecord, DiagnosticVersionRecord):
        session.execute(delete(model).where(model.diagnostic_uuid == record.uuid))
    session.delete(record)


def base_state(session: Session) -> tuple[str, str]:
    """Digest of what figures rest on, and French words for it: imports in force and latest edit.

    Actions on diagnostics themselves leave it as it was.
    """
    imports = session.execute(
        select(ImportRun.number, ImportRun.sha256, ImportRun.undone_at).order_by(ImportRun.number)
    ).all()
    edits = session.scalar(
        select(func.max(JournalEntry.sequence)).where(~JournalEntry.name.startswith(OWN_ACTIONS))
    )
    digest = hashlib.sha256(as_json([[*row] for row in imports]).encode() + str(edits).encode()).hexdigest()
    live = sum(row.undone_at is None for row in imports)
    words = f"{live} import{'s' if live > 1 else ''} en vigueur, dernière saisie n° {edits or 0}"
    return digest, words


def moment(text: str) -> datetime:
    """Moment stored as ISO text."""
    return datetime.fromisoformat(text)
