"""Short local numbers of territories, indicators and sources, used by the long tables."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Model


class TerritoryKey(Model):
    """A territory that has a value; number is level * 1,000,000 + rank, so a level is one range.

    The uuid comes from level and code: two bases can be merged, their numbers cannot.
    """

    __tablename__ = "territory"

    uuid: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    level: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]


class IndicatorKey(Model):
    """An indicator that has a value; its definition is in the dictionary."""

    __tablename__ = "indicator_key"

    uuid: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(unique=True)


class SourceKey(Model):
    """A source that gave a value; its description is in the list of sources."""

    __tablename__ = "source_key"

    uuid: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(unique=True)
