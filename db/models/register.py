"""Sites, services, places, childminders, zones: the register of equipment.

Dates are ISO text, days and communes are separated by spaces, None is « not known ». Amounts are cents.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Model, new_uuid

JOURNALED: tuple[str, ...] = (
    "site",
    "equipment",
    "equipment_point",
    "place_group",
    "place_movement",
    "equipment_transfer",
    "equipment_support",
    "signal_value",
    "signal_threshold",
    "childminders",
    "known_total",
    "zone",
    "distinct_pair",
)
"""Tables of this module that people edit."""


def _of(table: str) -> ForeignKey:
    """Refer to a table; checked at the end of a transaction, whatever the order of the writes."""
    return ForeignKey(f"{table}.uuid", deferrable=True, initially="DEFERRED")


class SiteRecord(Model):
    """A place that hosts services."""

    __tablename__ = "site"

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)
    name: Mapped[str]
    code_commune: Mapped[str]
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    precise: Mapped[bool] = mapped_column(default=False)
    address: Mapped[str] = mapped_column(default="")


class EquipmentRecord(Model):
    """One service of a site; served: codes of communes; licensed_places: places of the agrément."""

    __tablename__ = "equipment"

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)
    site_uuid: Mapped[str] = mapped_column(_of("site"), index=True)
    kind: Mapped[str]
    name: Mapped[str]
    status: Mapped[str]
    manager: Mapped[str] = mapped_column(default="")
    manager_kind: Mapped[str] = mapped_column(default="")
    opened_on: Mapped[str | None]
    closed_on: Mapped[str | None]
    status_on: Mapped[str | None]
    licence_from: Mapped[str | None]
    licence_to: Mapped[str | None]
    licensed_places: Mapped[int | None]
    itinerant: Mapped[bool | None]
    served: Mapped[str] = mapped_column(default="")
    hours_per_year: Mapped[float | None]
    fte: Mapped[float | None]
    source: Mapped[str] = mapped_column(default="")
    source_year: Mapped[int | None]
    reliability: Mapped[str] = mapped_column(default="")
    fictitious: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")


class PointRecord(Model):
    """A place where an equipment receives; days: numbers from 0 (Monday)."""

    __tablename__ = "equipment_point"

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)
    equipment_uuid: Mapped[str] = mapped_column(_of("equipment"), index=True)
    rank: Mapped[int] = mapped_column(default=0)
    label: Mapped[str]
    code_commune: Mapped[str]
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    days: Mapped[str] = mapped_column(default="")
    hours_per_year: Mapped[float | None]


class GroupRecord(Model):
    """Places of one equipment under one funding."""

    __tablename__ = "place_group"

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)
    equipment_uuid: Mapped[str] = mapped_column(_of("equipment"), index=True)
    rank: Mapped[int] = mapped_column(default=0)
    label: Mapped[str]
    funding: Mapped[str] = mapped_column(default="")
    licensed: Mapped[int | None]
    opened: Mapped[int | None]
    starts_on: Mapped[str | None]
    ends_on: Mapped[str | None]
    expected: Mapped[bool] = mapped_column(default=False)
    code_qpv: Mapped[str] = mapped_column(default="")


class MovementRecord(Model):
    """One line of the ledger of places; kind: creation or fermeture."""

    __tablename__ = "place_movement"

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)
    equipment_uuid: Mapped[str] = mapped_column(_of("equipment"), index=True)
    happened_on: Mapped[str]
    year_only: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[str]
    places: Mapped[int]
    code_qpv: Mapped[str] = mapped_column(default="")
    expected: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")


class TransferRecord(Model):
    """A change of gestionnaire."""

    __tablename__ = "equipment_transfer"

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)
    equipment_uuid: Mapped[str] = mapped_column(_of("equipment"), index=True)
    happened_on: Mapped[str]
    from_manager: Mapped[str]
    from_kind: Mapped[str]
    to_manager: Mapped[str]
    to_kind: Mapped[str]
    note: Mapped[str] = mapped_column(default="")


class SupportRecord(Model):
    """A line of the log of the support given; done_by: a function or an organisation."""

    __tablename__ = "equipment_support"

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)
    equipment_uuid: Mapped[str] = mapped_column(_of("equipment"), index=True)
    happened_on: Mapped[str]
    kind: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    done_by: Mapped[str] = mapped_column(default="")
    amount_cents: Mapped[int | None]


class SignalValueRecord(Model):
    """A value typed for one signal, one equipment and one year."""

    __tablename__ = "signal_value"
    __table_args__ = (UniqueConstraint("equipment_uuid", "signal", "year"),)

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)
    equipment_uuid: Mapped[str] = mapped_column(_of("equipment"))
    signal: Mapped[str]
    year: Mapped[int]
    number: Mapped[float]
    source: Mapped[str] = mapped_column(default="")
    fictitious: Mapped[bool] = mapped_column(default=False)


class ThresholdRecord(Model):
    """The threshold of a signal from a day on, as the user sets it; no bound: no threshold from then."""

    __tablename__ = "signal_threshold"
    __table_args__ = (UniqueConstraint("signal", "starts_on"),)

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)
    signal: Mapped[str]
    starts_on: Mapped[str]
    bound: Mapped[float | None]
    note: Mapped[str] = mapped_column(default="")


class ChildmindersRecord(Model):
    """Assistants maternels of one territory and one year, by one source; ages is JSON text."""

    __tablename__ = "childminders"
    __table_args__ = (UniqueConstraint("level", "code", "year", "source"),)

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)
    level: Mapped[int]
    code: Mapped[str]
    year: Mapped[int]
    licensed: Mapped[int | None]
    active: Mapped[int | None]
    places: Mapped[int | None]
    ages: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    fictitious: Mapped[bool] = mapped_column(default=False)


class KnownTotalRecord(Model):
    """A count known only as a total."""

    __tablename__ = "known_total"
    __table_args__ = (UniqueConstraint("kind", "level", "code", "year", "source"),)

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)
    kind: Mapped[str]
    level: Mapped[int]
    code: Mapped[str]
    year: Mapped[int]
    count: Mapped[int]
    source: Mapped[str] = mapped_column(default="")


class ZoneRecord(Model):
    """A dated zone; wkb: outline in longitude and latitude."""

    __tablename__ = "zone"

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)
    kind: Mapped[str]
    code: Mapped[str]
    name: Mapped[str]
    communes: Mapped[str] = mapped_column(default="")
    partial: Mapped[str] = mapped_column(default="")
    wkb: Mapped[bytes | None] = mapped_column(LargeBinary)
    starts_on: Mapped[str | None]
    ends_on: Mapped[str | None]
    population: Mapped[int | None]
    source: Mapped[str] = mapped_column(default="")


class DistinctPair(Model):
    """Two equipment that look like duplicates and are not: somebody said so."""

    __tablename__ = "distinct_pair"
    __table_args__ = (UniqueConstraint("first", "second"),)

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)
    first: Mapped[str]
    second: Mapped[str]
