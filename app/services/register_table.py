"""The table of services and the card of one: what is read, filtered and gathered for the screen."""

from __future__ import annotations

import datetime

from sqlalchemy import select

from app.changes import Changes
from app.domain.duplicates import compare, family, find_duplicates, pair_key, same_place
from app.domain.errors import UnknownTerritory
from app.domain.french import fold, typographic
from app.domain.register import Equipment, Site, Status
from app.domain.register_ledger import LedgerYear, ledger
from app.domain.register_lists import load_kinds, load_signals
from app.domain.register_signals import Reading, Threshold, crossed_count, signal_lines
from app.domain.zones import Standing
from app.services.register_follow import RegisterFollowing
from app.services.register_rows import (
    DuplicateRow,
    EquipmentCard,
    EquipmentRow,
    LicenceRow,
    RegisterFilter,
)
from db.models import key_of
from db.models.register import DistinctPair

LICENCE_ALERT_DAYS = (180, 90, 30)


class RegisterTable(RegisterFollowing):
    """Rows, cards, duplicates and ends of agréments."""

    def rows(self, filters: RegisterFilter | None = None) -> list[EquipmentRow]:
        """Return the services that pass the filters, projects and closed ones included, by name."""
        filters = filters or RegisterFilter()
        on = filters.on or self.today()
        readings, thresholds = self.readings(), self.thresholds()
        rows = [
            self._row(site, item, on, readings.get(item.uuid, ()), thresholds)
            for site, item in self.register().pairs(*filters.kinds)
            if self._passes(filters, site, item, on)
        ]
        return sorted(rows, key=lambda row: (fold(row.name or row.site), row.commune, row.uuid))

    def row(self, uuid: str) -> EquipmentRow:
        """Return one line of the table. Raises RegisterRowNotFound."""
        item = self.equipment(uuid)
        readings = self.readings(uuid).get(uuid, ())
        return self._row(self.site(item.site_uuid), item, self.today(), readings, self.thresholds())

    def card(self, uuid: str) -> EquipmentCard:
        """Return everything about a service. Raises RegisterRowNotFound."""
        item = self.equipment(uuid)
        site = self.site(item.site_uuid)
        movements = tuple(move for move in self.register().movements if move.service_uuid == uuid)
        return EquipmentCard(
            equipment=item,
            site=site,
            commune=self._commune_name(site.code_commune),
            code_epci=self._reference.epci_of(site.code_commune) or "",
            epci=self._epci_name(site.code_commune),
            neighbours=tuple(other for other in site.equipment if other.uuid != uuid),
            zones=self.zone_index(self.today()).of_site(site),
            movements=movements,
            ledger=ledger(movements),
            signals=self.signals(uuid),
            supports=self.supports(uuid),
        )

    def ledger(self, filters: RegisterFilter | None = None) -> tuple[LedgerYear, ...]:
        """Return creations, closures and net of places by year, over the services that pass the filters."""
        filters = filters or RegisterFilter()
        on = filters.on or self.today()
        kept = {
            item.uuid
            for site, item in self.register().pairs(*filters.kinds)
            if self._passes(filters, site, item, on)
        }
        return ledger(move for move in self.register().movements if move.service_uuid in kept)

    def licences_ending(
        self, on: datetime.date | None = None, days: int = LICENCE_ALERT_DAYS[0]
    ) -> list[LicenceRow]:
        """Return the agréments that end within some days of a day, and those already over, soonest first."""
        on = on or self.today()
        found = [
            LicenceRow(row, row.licence_to, (row.licence_to - on).days)
            for row in self.rows(RegisterFilter(on=on, statuses=(Status.OPEN, Status.SUSPENDED)))
            if row.licence_to is not None and (row.licence_to - on).days <= days
        ]
        return sorted(found, key=lambda line: (line.ends_on, line.row.name))

    def duplicates(self) -> list[DuplicateRow]:
        """Return the pairs of services that may be one, surest first, those set apart left out."""
        with self._base.read() as session:
            pairs = session.execute(select(DistinctPair.first, DistinctPair.second))
            distinct = frozenset((first, second) for first, second in pairs)
        found = find_duplicates(self.register().pairs(), distinct)
        rows = {row.uuid: row for row in self.rows()} if found else {}
        return [
            DuplicateRow(
                rows[pair.first.uuid], rows[pair.second.uuid], pair.likeness, pair.distance_km, pair.reasons
            )
            for pair in found
        ]

    def resembling(self, item: Equipment, site: Site) -> list[tuple[EquipmentRow, tuple[str, ...]]]:
        """Return the services that a service about to be added may be already, with the reasons."""
        found = []
        for other_site, other in self.register().pairs():
            if other.uuid == item.uuid or family(other.kind) != family(item.kind):
                continue
            if other_site.code_commune != site.code_commune:
                continue
            pair = compare(site, item, other_site, other)
            if pair is not None:
                found.append((self.row(other.uuid), pair.reasons))
        return found

    def sites_near(self, site: Site) -> list[Site]:
        """Return the sites that may be the same place: same address, or an exact point within 150 m."""
        return [
            other
            for other in self.register().sites
            if other.uuid != site.uuid and other.code_commune == site.code_commune and same_place(site, other)
        ]

    def set_apart(self, first: str, second: str) -> Changes:
        """Say that two services are not the same: their pair is not suggested any more."""
        names = (self._title(self.equipment(first)), self._title(self.equipment(second)))
        low, high = pair_key(first, second)
        uuid = key_of("distinct_pair", low, high)
        with self._base.write(typographic(f"« {names[0]} » et « {names[1]} » sont distincts")) as session:
            if session.get(DistinctPair, uuid) is None:
                session.add(DistinctPair(uuid=uuid, first=low, second=high))
        return self._changed()

    def _passes(self, filters: RegisterFilter, site: Site, item: Equipment, on: datetime.date) -> bool:
        if filters.statuses and item.status_at(on) not in filters.statuses:
            return False
        if filters.manager_kinds and item.manager_at(on)[1] not in filters.manager_kinds:
            return False
        return (
            self._in_territory(filters, site.code_commune)
            and self._in_zone(filters.zone, site, on)
            and self._says(filters.text, site, item)
        )

    def _in_territory(self, filters: RegisterFilter, code: str) -> bool:
        if filters.commune and code != filters.commune:
            return False
        if filters.epci and self._reference.epci_of(code) != filters.epci:
            return False
        if not filters.departement:
            return True
        return code.startswith(filters.departement)

    def _in_zone(self, wanted: str, site: Site, on: datetime.date) -> bool:
        if not wanted:
            return True
        return any(
            wanted in (found.zone.uuid, found.zone.kind) for found in self.zone_index(on).of_site(site)
        )

    def _says(self, text: str, site: Site, item: Equipment) -> bool:
        words = fold(text).split()
        if not words:
            return True
        kind = load_kinds().get(item.kind)
        parts = (item.name, site.name, item.manager, self._commune_name(site.code_commune),
                 kind.label if kind else item.kind)  # fmt: skip
        whole = fold(" ".join(parts))
        return all(word in whole for word in words)

    def _row(
        self,
        site: Site,
        item: Equipment,
        on: datetime.date,
        readings: tuple[Reading, ...],
        thresholds: tuple[Threshold, ...],
    ) -> EquipmentRow:
        then = item.at(on) if item.lives(on) else item
        year = max((reading.year for reading in readings), default=on.year)
        lines = signal_lines(item, load_signals(), readings, thresholds, year)
        manager, manager_kind = item.manager_at(on)
        zones = self.zone_index(on).of_site(site)
        return EquipmentRow(
            uuid=item.uuid, site_uuid=site.uuid, kind=item.kind, name=item.name, site=site.name,
            status=item.status_at(on), code_commune=site.code_commune,
            commune=self._commune_name(site.code_commune),
            code_epci=self._reference.epci_of(site.code_commune) or "",
            epci=self._epci_name(site.code_commune),
            manager=manager, manager_kind=manager_kind, licensed=then.licensed, opened=then.opened,
            opened_unknown=then.opened_unknown, expected=item.expected_places, licence_to=item.licence_to,
            licence_days=(item.licence_to - on).days if item.licence_to else None,
            itinerant=item.itinerant, points=len(item.points), signals=crossed_count(lines),
            signals_known=sum(line.crossed is not None for line in lines),
            zones=tuple(found.zone.name for found in zones if found.standing is Standing.INSIDE),
            zones_possible=tuple(found.zone.name for found in zones if found.standing is Standing.POSSIBLE),
            lon=site.lon, lat=site.lat, precise=site.precise, source=item.source,
            source_year=item.source_year, reliability=item.reliability, fictitious=item.fictitious,
        )  # fmt: skip

    def _commune_name(self, code: str) -> str:
        try:
            return self._reference.commune(code).name
        except UnknownTerritory:
            return code

    def _epci_name(self, code_commune: str) -> str:
        code = self._reference.epci_of(code_commune)
        return self._reference.epci(code).short_name if code else ""
