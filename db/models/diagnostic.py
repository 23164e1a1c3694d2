"""Diagnostics: models, texts and frozen versions.

A version is written once and never edited: it keeps the sections, the options, the numbers printed and the
state of the base they were read from.
"""

from __future__ import annotations

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Model, new_uuid

JOURNALED: tuple[str, ...] = ("diagnostic", "diagnostic_section", "diagnostic_version")
"""Tables of this module that people edit."""


class DiagnosticRecord(Model):
    """A diagnostic of an Epci. options: JSON text."""

    __tablename__ = "diagnostic"

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)
    code_epci: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    status: Mapped[str]
    options: Mapped[str]
    created_at: Mapped[str]


class DiagnosticSectionRecord(Model):
    """A section of a diagnostic, with its own text."""

    __tablename__ = "diagnostic_section"

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)
    diagnostic_uuid: Mapped[str] = mapped_column(index=True)
    code: Mapped[str]
    position: Mapped[int]
    enabled: Mapped[bool]
    title: Mapped[str]
    text: Mapped[str]


class DiagnosticVersionRecord(Model):
    """A version kept. base_state: digest of the base; plan, options: JSON; numbers: JSON, compressed."""

    __tablename__ = "diagnostic_version"

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)
    diagnostic_uuid: Mapped[str] = mapped_column(index=True)
    number: Mapped[int]
    status: Mapped[str]
    made_at: Mapped[str]
    device: Mapped[str]
    device_name: Mapped[str]
    base_state: Mapped[str]
    base_words: Mapped[str]
    note: Mapped[str]
    plan: Mapped[str]
    options: Mapped[str]
    numbers: Mapped[bytes] = mapped_column(LargeBinary)
