"""What the tables of the contracts share."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import new_uuid


class Row:
    """A row of its own."""

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)


class Child(Row):
    """A row of one contract."""

    cpog_uuid: Mapped[str] = mapped_column(index=True)


class OfIndicator(Child):
    """A row of one indicator of a contract."""

    indicator_uuid: Mapped[str] = mapped_column(index=True)
