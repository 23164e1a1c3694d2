"""Official series: a long clustered table, the versions it replaced, and blocks derived from it."""

from __future__ import annotations

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Model


def _key() -> Mapped[int]:
    return mapped_column(primary_key=True, autoincrement=False)


class StoredRow(Model):
    """The current value of an indicator, a year, a territory and a source.

    indicator, territory and source are local numbers; number is null unless the state says value or zero.
    """

    __tablename__ = "value"
    __table_args__ = ({"sqlite_with_rowid": False},)

    indicator: Mapped[int] = _key()
    period: Mapped[int] = _key()
    territory: Mapped[int] = _key()
    source: Mapped[int] = _key()
    millesime: Mapped[int]
    number: Mapped[float | None]
    state: Mapped[int]
    status: Mapped[int]
    estimated: Mapped[int]
    fictitious: Mapped[int]
    import_number: Mapped[int]
    row: Mapped[int]


class ValueVersion(Model):
    """A value that is not current: replaced by an import, or kept aside because the current one is frozen."""

    __tablename__ = "value_version"
    __table_args__ = (
        Index("ix_value_version_key", "indicator", "period", "territory", "source"),
        {"sqlite_with_rowid": False},
    )

    superseded_by: Mapped[int] = _key()
    """Import that replaced it; for a value kept aside, the import that brought it."""
    indicator: Mapped[int] = _key()
    period: Mapped[int] = _key()
    territory: Mapped[int] = _key()
    source: Mapped[int] = _key()
    aside: Mapped[int] = _key()
    millesime: Mapped[int]
    number: Mapped[float | None]
    state: Mapped[int]
    status: Mapped[int]
    estimated: Mapped[int]
    fictitious: Mapped[int]
    import_number: Mapped[int]
    row: Mapped[int]


class StoredBlock(Model):
    """One indicator, year and level as aligned little-endian arrays; derived, rebuilt at will."""

    __tablename__ = "series_block"
    __table_args__ = ({"sqlite_with_rowid": False},)

    indicator: Mapped[int] = _key()
    period: Mapped[int] = _key()
    level: Mapped[int] = _key()
    count: Mapped[int]
    estimated: Mapped[int]
    fictitious: Mapped[int]
    millesime: Mapped[int]
    codes: Mapped[bytes] = mapped_column(LargeBinary)
    numbers: Mapped[bytes] = mapped_column(LargeBinary)
    states: Mapped[bytes] = mapped_column(LargeBinary)
    import_numbers: Mapped[bytes] = mapped_column(LargeBinary)
    rows: Mapped[bytes] = mapped_column(LargeBinary)
