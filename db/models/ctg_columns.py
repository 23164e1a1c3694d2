"""Columns that the tables of CTG repeat: key, parent, prose."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import MappedColumn, mapped_column

from db.models.base import new_uuid


def key() -> MappedColumn[str]:
    """A random primary key, first column of its table: the journal looks for it there."""
    return mapped_column(primary_key=True, default=new_uuid)


def parent(table: str) -> MappedColumn[str]:
    """The row this one belongs to, checked at the commit."""
    return mapped_column(_to(table), index=True)


def optional_parent(table: str) -> MappedColumn[str | None]:
    """Same, or none."""
    return mapped_column(_to(table))


def prose() -> MappedColumn[str]:
    """A text that may be empty, never null."""
    return mapped_column(default="")


def _to(table: str) -> ForeignKey:
    return ForeignKey(f"{table}.uuid", deferrable=True, initially="DEFERRED")
