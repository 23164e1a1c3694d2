"""Childminders, totals known alone, and zones: what the register holds beside services."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import delete

from app.changes import Changes
from app.domain.french import plural, typographic
from app.domain.register import Childminders, KnownTotal, Zone
from app.domain.register_entry import checked_number
from app.domain.register_errors import AlreadyThere, RegisterRowNotFound, UnknownChoice, UnknownCommune
from app.domain.register_lists import load_kinds
from app.domain.territory import Level
from app.services.register_core import RegisterCore
from app.services.register_rows import ZONES, Added
from db.models import new_uuid
from db.models.register import ChildmindersRecord, KnownTotalRecord, ZoneRecord
from db.queries import register as stored


class RegisterCounts(RegisterCore):
    """Writes counts and zones; each method is one action."""

    def childminders(self, level: Level | None = None, year: int | None = None) -> tuple[Childminders, ...]:
        """Return the lines about childminders, of one level and one year if asked."""
        return tuple(
            row
            for row in self.register().childminders
            if (level is None or row.level is level) and (year is None or row.year == year)
        )

    def add_childminders(self, row: Childminders) -> Added:
        """Add a line. Raises AlreadyThere for the same territory, year and source."""
        row = self._rules.childminders(replace(row, uuid=row.uuid or new_uuid()))
        self._check_alone(row)
        return Added(row.uuid, self._keep_childminders(row, "ajout"))

    def edit_childminders(self, row: Childminders) -> Changes:
        """Change a line."""
        if all(other.uuid != row.uuid for other in self.register().childminders):
            raise RegisterRowNotFound("childminders", row.uuid, what="childminders")
        row = self._rules.childminders(row)
        self._check_alone(row)
        return self._keep_childminders(row, "modification")

    def remove_childminders(self, uuid: str) -> Changes:
        """Remove a line."""
        return self._remove(ChildmindersRecord, uuid, "suppression d’un effectif d’assistants maternels")

    def totals(self, kind: str = "") -> tuple[KnownTotal, ...]:
        """Return the totals known alone, of one kind of service if asked."""
        return tuple(row for row in self.register().totals if not kind or row.kind == kind)

    def add_total(self, row: KnownTotal) -> Added:
        """Add a total known alone. Raises AlreadyThere, UnknownChoice, UnknownCommune, NegativeNumber."""
        if row.kind not in load_kinds():
            labels = tuple(kind.label for kind in load_kinds().values())
            raise UnknownChoice("kind", row.kind, choices=labels)
        if not self._reference.exists(row.level, row.code):
            raise UnknownCommune("code", row.code)
        checked_number("count", row.count, whole=True)
        for other in self.register().totals:
            if other.uuid != row.uuid and _total_key(other) == _total_key(row):
                raise AlreadyThere("code", row.code)
        row = replace(row, uuid=row.uuid or new_uuid())
        with self._base.write("ajout d’un total connu") as session:
            stored.save_total(session, row)
        return Added(row.uuid, self._changed())

    def remove_total(self, uuid: str) -> Changes:
        """Remove a total."""
        return self._remove(KnownTotalRecord, uuid, "suppression d’un total connu")

    def zones(self, kind: str = "") -> tuple[Zone, ...]:
        """Return the zones of all times, of one kind if asked."""
        return tuple(zone for zone in self.register().zones if not kind or zone.kind == kind)

    def add_zone(self, zone: Zone) -> Added:
        """Add a zone. Raises EmptyZone, ZoneOverlap, DatesReversed, UnknownCommune."""
        zone = self._rules.zone(replace(zone, uuid=zone.uuid or new_uuid()), self.register().zones)
        with self._base.write(typographic(f"ajout de la zone « {zone.name} »")) as session:
            stored.save_zone(session, zone)
        return Added(zone.uuid, self._changed(ZONES))

    def edit_zone(self, zone: Zone) -> Changes:
        """Change a zone."""
        zone = self._rules.zone(zone, self.register().zones)
        with self._base.write(typographic(f"modification de la zone « {zone.name} »")) as session:
            stored.save_zone(session, zone)
        return self._changed(ZONES)

    def remove_zones(self, uuids: Sequence[str]) -> Changes:
        """Remove zones in one action."""
        name = f"suppression de {plural(len(uuids), 'zone')}"
        with self._base.write(name) as session:
            session.execute(delete(ZoneRecord).where(ZoneRecord.uuid.in_(uuids)))
        return self._changed(ZONES)

    def import_zone_outlines(self, path: Path, template: Zone) -> Changes:
        """Add one zone an outline of a file (gpkg, shp, geojson), in one action.

        template gives kind, dates and source. Those far from the base are left out.
        Raises UnreadableFile and the refusals of `add_zone`.
        """
        from app.services.register_zone_files import zones_of_file

        found = zones_of_file(path, template, self._territory.communes())
        known = list(self.register().zones)
        kept = []
        for zone in found:
            checked = self._rules.zone(replace(zone, uuid=new_uuid()), known)
            known.append(checked)
            kept.append(checked)
        self._save_zones(kept, f"import de {plural(len(kept), 'zone')}")
        return self._changed(ZONES)

    def _save_zones(self, zones: Iterable[Zone], name: str) -> None:
        with self._base.write(name) as session:
            for zone in zones:
                stored.save_zone(session, zone)

    def _keep_childminders(self, row: Childminders, deed: str) -> Changes:
        with self._base.write(f"{deed} d’un effectif d’assistants maternels") as session:
            stored.save_childminders(session, row)
        return self._changed()

    def _check_alone(self, row: Childminders) -> None:
        key = (row.level, row.code, row.year, row.source)
        for other in self.register().childminders:
            if other.uuid != row.uuid and (other.level, other.code, other.year, other.source) == key:
                raise AlreadyThere("year", row.year)

    def _remove(self, model: type[ChildmindersRecord | KnownTotalRecord], uuid: str, name: str) -> Changes:
        with self._base.write(name) as session:
            session.execute(delete(model).where(model.uuid == uuid))
        return self._changed()


def _total_key(row: KnownTotal) -> tuple[object, ...]:
    return (row.kind, row.level, row.code, row.year, row.source)
