"""Importers of what stands beside services: childminders, totals, zones, ledger of places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.anomaly import Anomaly, Decision, Severity
from app.domain.french import fold
from app.domain.register import Childminders, KnownTotal, Movement, Zone
from app.ingestion.register_counts import (
    CHILDMINDER_FIELDS,
    MOVEMENT_FIELDS,
    TOTAL_FIELDS,
    Found,
    MovementEntry,
    read_childminders,
    read_movements,
    read_totals,
)
from app.ingestion.register_zones import ZONE_FIELDS, read_zones
from app.services.register_import_rows import RowImporter
from app.services.register_rows import ZONES
from db.queries import register as stored

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.ingestion.grids import Grid

Columns = Mapping[str, str]


class ChildmindersImporter(RowImporter[Childminders]):
    """Childminders by commune or Epci and year."""

    code = "assistants-maternels"
    label = "Assistants maternels par commune ou EPCI"
    noun = "effectif d’assistants maternels"
    fields = CHILDMINDER_FIELDS

    def _read(self, grid: Grid, columns: Columns) -> tuple[Sequence[tuple[int, Childminders]], Found]:
        return read_childminders(grid, columns, self._register.reference)

    def _held(self) -> Sequence[Childminders]:
        return self._register.register().childminders

    def _key(self, row: Childminders) -> object:
        return (row.level, row.code, row.year, row.source)

    def _merged(self, old: Childminders, row: Childminders) -> Childminders:
        return replace(
            old,
            licensed=_or(row.licensed, old.licensed),
            active=_or(row.active, old.active),
            places=_or(row.places, old.places),
            ages=row.ages or old.ages,
            fictitious=row.fictitious,
        )

    def _check(self, row: Childminders) -> Childminders:
        return self._register.rules.childminders(row)

    def _title(self, row: Childminders) -> str:
        return f"{row.code}, {row.year}"

    @staticmethod
    def _save(session: Session, row: Childminders) -> object:
        return stored.save_childminders(session, row)


class TotalsImporter(RowImporter[KnownTotal]):
    """Counts known only as the total of a territory."""

    code = "totaux"
    label = "Totaux connus, sans liste d’équipements"
    noun = "total connu"
    fields = TOTAL_FIELDS

    def _read(self, grid: Grid, columns: Columns) -> tuple[Sequence[tuple[int, KnownTotal]], Found]:
        return read_totals(grid, columns, self._register.reference)

    def _held(self) -> Sequence[KnownTotal]:
        return self._register.register().totals

    def _key(self, row: KnownTotal) -> object:
        return (row.kind, row.level, row.code, row.year, row.source)

    def _merged(self, old: KnownTotal, row: KnownTotal) -> KnownTotal:
        return replace(old, count=row.count)

    def _title(self, row: KnownTotal) -> str:
        return f"{row.kind}, {row.code}, {row.year}"

    @staticmethod
    def _save(session: Session, row: KnownTotal) -> object:
        return stored.save_total(session, row)


class ZonesImporter(RowImporter[Zone]):
    """Zones by list of communes: Qpv, Zrr, Frr, or of the user."""

    code = "zones"
    label = "Zonages par liste de communes"
    noun = "zone"
    changes = ZONES
    fields = ZONE_FIELDS

    def _read(self, grid: Grid, columns: Columns) -> tuple[Sequence[tuple[int, Zone]], Found]:
        return read_zones(grid, columns, self._register.places)

    def _held(self) -> Sequence[Zone]:
        return self._register.register().zones

    def _key(self, row: Zone) -> object:
        return (row.kind, row.code, row.starts_on)

    def _merged(self, old: Zone, row: Zone) -> Zone:
        return replace(
            old,
            name=row.name,
            communes=row.communes,
            partial=row.partial,
            ends_on=row.ends_on or old.ends_on,
            population=_or(row.population, old.population),
            source=row.source or old.source,
        )

    def _check(self, row: Zone) -> Zone:
        return self._register.rules.zone(row, self._held())

    def _title(self, row: Zone) -> str:
        return row.name

    @staticmethod
    def _save(session: Session, row: Zone) -> object:
        return stored.save_zone(session, row)


class MovementsImporter(RowImporter[Movement]):
    """The ledger of places: creations and closures of services of the register."""

    code = "mouvements"
    label = "Mouvements de places"
    noun = "mouvement de places"
    fields = MOVEMENT_FIELDS

    def _read(self, grid: Grid, columns: Columns) -> tuple[Sequence[tuple[int, Movement]], Found]:
        entries, anomalies = read_movements(grid, columns, self._register.places)
        services = self._services()
        rows: list[tuple[int, Movement]] = []
        missing: list[Anomaly] = []
        for entry in entries:
            uuid = self._service(entry, services)
            if uuid is None:
                missing.append(
                    Anomaly(
                        entry.line, columns.get("name", ""), entry.name or entry.code_commune,
                        "register_no_service", Severity.ERROR, (), Decision.REJECT,
                    )
                )  # fmt: skip
                continue
            move = Movement("", uuid, entry.on, entry.movement, entry.places, entry.code_qpv,
                            entry.expected, entry.note, entry.year_only)  # fmt: skip
            rows.append((entry.line, move))
        return rows, (*anomalies, *missing)

    def _services(self) -> dict[tuple[str, str, str], str]:
        return {
            (item.kind, fold(item.name), site.code_commune): item.uuid
            for site, item in self._register.register().pairs()
        }

    def _service(self, entry: MovementEntry, services: Mapping[tuple[str, str, str], str]) -> str | None:
        if entry.uuid in self._register.register().site_of:
            return entry.uuid
        return services.get((entry.kind, fold(entry.name), entry.code_commune))

    def _held(self) -> Sequence[Movement]:
        return self._register.register().movements

    def _key(self, row: Movement) -> object:
        return (row.service_uuid, row.on, row.kind, row.code_qpv, row.expected)

    def _merged(self, old: Movement, row: Movement) -> Movement:
        return replace(old, places=row.places, note=row.note or old.note, year_only=row.year_only)

    def _check(self, row: Movement) -> Movement:
        return self._register.rules.movement(row)

    @staticmethod
    def _save(session: Session, row: Movement) -> object:
        return stored.save_movement(session, row)


def _or(value: int | None, other: int | None) -> int | None:
    return other if value is None else value
