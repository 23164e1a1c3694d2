"""Outlines imported by the user: the set is journaled, its geometries are not.

No foreign key between them: undoing an import of outlines removes the set and leaves its geometries, which
wait for the redo.
"""

from __future__ import annotations

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Model, new_uuid


class OutlineSet(Model):
    """One file of outlines for one level and one millésime."""

    __tablename__ = "outline_set"

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)
    label: Mapped[str]
    file: Mapped[str]
    sha256: Mapped[str]
    source: Mapped[str] = mapped_column(default="")
    licence: Mapped[str] = mapped_column(default="")
    millesime: Mapped[int | None]
    level: Mapped[int]
    epsg: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)
    imported_at: Mapped[str]


class Outline(Model):
    """One polygon of a set, as WKB in the projection of the set."""

    __tablename__ = "outline"
    __table_args__ = ({"sqlite_with_rowid": False},)

    set_uuid: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    wkb: Mapped[bytes] = mapped_column(LargeBinary)
