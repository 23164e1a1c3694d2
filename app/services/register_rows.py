"""What the register hands to pages and to the command line: frozen rows, without session."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.changes import Changes, Topic
from app.domain.register import (
    Equipment,
    Movement,
    Reliability,
    Site,
    Status,
)

if TYPE_CHECKING:
    from app.domain.anomaly import Anomaly
    from app.domain.register_ledger import LedgerYear
    from app.domain.register_signals import SignalLine
    from app.domain.zones import ZoneStanding

REGISTER = Changes(frozenset({Topic.REGISTER, Topic.JOURNAL}))
ZONES = Changes(frozenset({Topic.ZONES, Topic.REGISTER, Topic.JOURNAL}))


@dataclass(frozen=True, slots=True)
class Added:
    """What an addition made: the uuid of the new row, and the topics to read again."""

    uuid: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """Which services to list; an empty criterion keeps everything.

    text: words looked for in name, site, gestionnaire and commune, whatever case and accents. zone: uuid, or
    a kind of zone (« qpv »). on: day of the status, of the gestionnaire and of the zones; today if None.
    """

    kinds: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    manager_kinds: tuple[str, ...] = ()
    departement: str = ""
    epci: str = ""
    commune: str = ""
    zone: str = ""
    text: str = ""
    on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class EquipmentRow:
    """One line of the table of services; None is « not known » everywhere.

    opened is a part only when opened_unknown is above zero. signals: how many are beyond their threshold,
    signals_known: how many could be told. lon, lat: centre of the commune when precise is False.
    """

    uuid: str
    site_uuid: str
    kind: str
    name: str
    site: str
    status: Status
    code_commune: str
    commune: str
    code_epci: str
    epci: str
    manager: str
    manager_kind: str
    licensed: int | None
    opened: int | None
    opened_unknown: int
    expected: int | None
    licence_to: datetime.date | None
    licence_days: int | None
    """Days left before the end of the agrément, below zero once it is over."""
    itinerant: bool | None
    points: int
    signals: int
    signals_known: int
    zones: tuple[str, ...]
    """Names of the zones where it stands."""
    zones_possible: tuple[str, ...]
    """Names of the zones that its commune touches in part: its exact place would tell."""
    lon: float | None
    lat: float | None
    precise: bool
    source: str
    source_year: int | None
    reliability: Reliability
    fictitious: bool


@dataclass(frozen=True, slots=True)
class EquipmentCard:
    """Everything about one service, for its card."""

    equipment: Equipment
    site: Site
    commune: str
    code_epci: str
    epci: str
    neighbours: tuple[Equipment, ...]
    """Other services of the same site."""
    zones: tuple[ZoneStanding, ...]
    movements: tuple[Movement, ...]
    ledger: tuple[LedgerYear, ...]
    signals: tuple[SignalLine, ...]
    supports: tuple[SupportRow, ...]


@dataclass(frozen=True, slots=True)
class SupportRow:
    """A line of the log of the support given; done_by: a function or an organisation, never a name."""

    uuid: str
    equipment_uuid: str
    on: datetime.date
    kind: str
    text: str
    done_by: str = ""
    amount_cents: int | None = None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column of one row before and after an action; None: the row was not there, or no value."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """What one action did to a service or to something of it. table: site, equipment, place_group, …

    kind: edit, undo or redo. deed: added, changed or removed.
    """

    at: datetime.datetime
    name: str
    kind: str
    table: str
    uuid: str
    deed: str
    fields: tuple[FieldChange, ...]
    device_is_here: bool


@dataclass(frozen=True, slots=True)
class DuplicateRow:
    """Two services that may be one. reasons: codes said by ui.labels_register.DUPLICATE_REASONS."""

    first: EquipmentRow
    second: EquipmentRow
    likeness: float
    distance_km: float | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PasteResult:
    """What pasting did, or would do: services, and every anomaly with its line (1 for the first pasted)."""

    rows_read: int
    new: int
    changed: int
    unchanged: int
    anomalies: tuple[Anomaly, ...] = field(default=())
    columns: tuple[tuple[str, str], ...] = ()
    """(field code, header) of each column understood."""
    changes: Changes = field(default=Changes())


@dataclass(frozen=True, slots=True)
class LicenceRow:
    """An agrément that ends: days below zero once it is over."""

    row: EquipmentRow
    ends_on: datetime.date
    days: int
