"""What every part of the register shares: the base, the rules, the register kept in memory."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from app.changes import Changes
from app.domain.errors import UnknownTerritory
from app.domain.register import Equipment, Register, Site
from app.domain.register_errors import RegisterRowNotFound
from app.domain.register_lists import load_kinds
from app.domain.register_rules import Rules
from app.domain.zones import ZoneIndex
from app.services.clock import now
from app.services.register_rows import REGISTER
from db.queries.register import read_register

if TYPE_CHECKING:
    from app.services.outlines import OutlineService
    from app.services.territory import TerritoryService
    from db.session import Base


class RegisterCore:
    """Reads the register once, and again after each change."""

    def __init__(
        self, base: Base, territory: TerritoryService, outlines: OutlineService | None = None
    ) -> None:
        """outlines: to refuse a point outside its commune exactly, where real outlines were imported."""
        self._base = base
        self._territory = territory
        self._reference = territory.reference
        self._outlines = outlines
        self._rules = Rules(self._reference, self._contains)
        self._whole: Register | None = None
        self._days: dict[datetime.date, Register] = {}
        self._zone_indexes: dict[datetime.date, ZoneIndex] = {}
        self._listeners: list[Callable[[], None]] = []

    def forget(self) -> None:
        """Read again what is in the base at the next question."""
        self._whole = None
        self._days = {}
        self._zone_indexes = {}
        for listener in self._listeners:
            listener()

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call listener after each change: for services that keep what they computed from the register."""
        self._listeners.append(listener)

    def register(self, on: datetime.date | None = None) -> Register:
        """Return everything, or what lives on a day; a site without exact point is at its commune centre."""
        whole = self._whole
        if whole is None:
            with self._base.read() as session:
                whole = read_register(session)
            whole = replace(whole, sites=tuple(self._placed(site) for site in whole.sites))
            self._whole = whole
        if on is None:
            return whole
        if on not in self._days:
            self._days[on] = whole.at(on)
        return self._days[on]

    def site(self, uuid: str) -> Site:
        """Return a site with its services. Raises RegisterRowNotFound."""
        site = self.register().sites_by_uuid.get(uuid)
        if site is None:
            raise RegisterRowNotFound("site", uuid, what="site")
        return site

    def equipment(self, uuid: str) -> Equipment:
        """Return a service. Raises RegisterRowNotFound."""
        item = self.register().equipment_by_uuid.get(uuid)
        if item is None:
            raise RegisterRowNotFound("equipment", uuid, what="equipment")
        return item

    def commune_at(self, lon: float, lat: float) -> str | None:
        """Return the commune of a point clicked on the map, as the map draws it; None outside of it."""
        if self._outlines is None:
            return None
        from app.services.register_outlines import commune_at

        return commune_at(self._outlines.fond(), lon, lat)

    @staticmethod
    def today() -> datetime.date:
        """Return the day of the clock."""
        return datetime.date.fromisoformat(now()[:10])

    def zone_index(self, on: datetime.date) -> ZoneIndex:
        """Return the zones in force on a day, ready to be asked many times."""
        if on not in self._zone_indexes:
            self._zone_indexes[on] = ZoneIndex(self.register().zones, on)
        return self._zone_indexes[on]

    def _placed(self, site: Site) -> Site:
        if site.precise:
            return site
        try:
            commune = self._reference.commune(site.code_commune)
        except UnknownTerritory:
            return site
        return replace(site, lon=commune.lon, lat=commune.lat)

    def _changed(self, changes: Changes = REGISTER) -> Changes:
        self.forget()
        return changes

    def _title(self, item: Equipment) -> str:
        """Return what to call a service in the journal."""
        if item.name:
            return item.name
        kind = load_kinds().get(item.kind)
        site = self.register().site_of.get(item.uuid)
        where = self._reference.commune(site.code_commune).name if site else ""
        return f"{kind.label if kind else item.kind} {where}".strip()

    def _contains(self, code: str, lon: float, lat: float) -> bool | None:
        if self._outlines is None or not any(row.active for row in self._outlines.sets()):
            return None
        from app.services.register_outlines import contains

        return contains(self._outlines.fond(), code, lon, lat)
