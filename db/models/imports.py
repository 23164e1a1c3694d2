"""Imports of files, and what was odd in them."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Model, new_uuid


class ImportRun(Model):
    """One file imported; values carry its number, which is local to the base."""

    __tablename__ = "import_run"

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)
    number: Mapped[int] = mapped_column(unique=True)
    source: Mapped[str]
    file: Mapped[str]
    sha256: Mapped[str]
    sheet: Mapped[str] = mapped_column(default="")
    licence: Mapped[str] = mapped_column(default="")
    imported_at: Mapped[str]
    rows_read: Mapped[int] = mapped_column(default=0)
    new: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    undone_at: Mapped[str | None]
    fictitious: Mapped[bool] = mapped_column(default=False)
    details: Mapped[str] = mapped_column(default="{}")


class AnomalyRecord(Model):
    """Something odd in a file, and what the user decided; facts is JSON text."""

    __tablename__ = "anomaly"

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)
    import_uuid: Mapped[str] = mapped_column(ForeignKey("import_run.uuid"), index=True)
    line: Mapped[int | None]
    column: Mapped[str]
    value: Mapped[str]
    rule: Mapped[str]
    severity: Mapped[int]
    decision: Mapped[str] = mapped_column(default="")
    facts: Mapped[str] = mapped_column(default="{}")
