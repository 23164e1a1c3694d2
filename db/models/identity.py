"""What the base is, which computers wrote in it, what the user chose."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Model, key_of, new_uuid


class Meta(Model):
    """One fact about the base: uuid, name, departements, created_at, app_version, demo."""

    __tablename__ = "meta"

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)
    key: Mapped[str] = mapped_column(unique=True)
    value: Mapped[str]


class Device(Model):
    """A computer, for one user, that wrote in the base."""

    __tablename__ = "device"

    uuid: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    first_seen_at: Mapped[str]


class Setting(Model):
    """One choice of the user, as JSON text; its key gives its uuid, so two laptops agree on the row."""

    __tablename__ = "setting"

    uuid: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    value: Mapped[str]


def setting_uuid(key: str) -> str:
    """Return the uuid of the row of that key: the same on every laptop."""
    return key_of("setting", key)
