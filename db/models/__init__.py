"""Tables, one module a subject."""

from __future__ import annotations

from db.models import cpog, ctg, diagnostic, register, sdsf
from db.models.base import Model, key_of, new_uuid
from db.models.identity import Device, Meta, Setting, setting_uuid
from db.models.imports import AnomalyRecord, ImportRun
from db.models.journal import JournalEntry
from db.models.outlines import Outline, OutlineSet
from db.models.reference import IndicatorKey, SourceKey, TerritoryKey
from db.models.series import StoredBlock, StoredRow, ValueVersion

JOURNALED: tuple[str, ...] = (
    "anomaly",
    "import_run",
    "outline_set",
    "setting",
    *register.JOURNALED,
    *cpog.JOURNALED,
    *ctg.JOURNALED,
    *sdsf.JOURNALED,
    *diagnostic.JOURNALED,
)
"""Tables that people edit. A migration may append columns to them, never move or drop one: old changesets
name columns by position."""

__all__ = [
    "JOURNALED",
    "AnomalyRecord",
    "Device",
    "ImportRun",
    "IndicatorKey",
    "JournalEntry",
    "Meta",
    "Model",
    "Outline",
    "OutlineSet",
    "Setting",
    "SourceKey",
    "StoredBlock",
    "StoredRow",
    "TerritoryKey",
    "ValueVersion",
    "key_of",
    "new_uuid",
    "setting_uuid",
]
