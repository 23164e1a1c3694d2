"""What the register view reads away from the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.services.register_rows import EquipmentRow, RegisterFilter

if TYPE_CHECKING:
    from app.domain.register import KnownTotal, Zone
    from app.progress import Progress
    from app.services import Services
    from ui.context import Context


@dataclass(frozen=True, slots=True)
class RegisterRead:
    """Services of a territory. in_zone: uuids of those in the zone asked, None without a zone."""

    rows: tuple[EquipmentRow, ...]
    in_zone: frozenset[str] | None
    zones: tuple[Zone, ...]
    totals: tuple[KnownTotal, ...]
    """Totals known for this very territory: said, never spread."""
    anything: bool
    """False in a base without any service."""


def read_rows(services: Services, context: Context, zone: str, _progress: Progress) -> RegisterRead:
    """Read the services of the territory of the context."""
    register = services.register
    here = RegisterFilter(
        departement=context.departement or "", epci=context.epci or "", commune=context.commune or ""
    )
    rows = tuple(register.rows(here))
    in_zone = None
    if zone:
        in_zone = frozenset(row.uuid for row in register.rows(replace(here, zone=zone)))
    today = register.today()
    codes = _communes(services, context)
    zones = tuple(
        found
        for found in register.zones()
        if found.lives(today) and not codes.isdisjoint((*found.communes, *found.partial))
    )
    shown = context.commune or context.epci or context.departement
    totals = tuple(total for total in register.totals() if total.code == shown)
    return RegisterRead(rows, in_zone, zones, totals, bool(register.register().sites))


def _communes(services: Services, context: Context) -> frozenset[str]:
    if context.commune:
        return frozenset((context.commune,))
    found = services.territory.communes(context.epci, context.departement)
    return frozenset(commune.code for commune in found)
