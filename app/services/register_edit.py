"""Sites, services, points, groups of places, gestionnaires and ledger: each method is one action."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import delete

from app.changes import Changes
from app.domain.french import typographic
from app.domain.register import Equipment, Movement, PlaceGroup, Point, Site, Transfer
from app.domain.register_change import corrected_manager
from app.domain.register_errors import MissingEntry, RegisterRowNotFound
from app.services.register_core import RegisterCore
from app.services.register_rows import REGISTER, Added
from db.models import new_uuid
from db.models.register import MovementRecord, SiteRecord
from db.queries import register as stored

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class RegisterEditing(RegisterCore):
    """Writes what the rules accept; a refusal changes nothing."""

    def add_site(self, site: Site) -> Added:
        """Add a site with its services, if it has some. Raises a RegisterRefusal."""
        site = self._rules.site(replace(site, uuid=site.uuid or new_uuid()))
        items = tuple(
            self._rules.equipment(replace(item, uuid=item.uuid or new_uuid(), site_uuid=site.uuid))
            for item in site.equipment
        )
        with self._base.write(_named("ajout de", site.name or self._commune(site))) as session:
            self._store_site(session, site)
            for item in items:
                self._store(session, item)
        return Added(site.uuid, self._changed())

    def edit_site(self, site: Site) -> Changes:
        """Change a site; its services are left as they are."""
        self.site(site.uuid)
        site = self._rules.site(site)
        with self._base.write(_named("modification de", site.name or self._commune(site))) as session:
            self._store_site(session, site)
        return self._changed()

    def remove_site(self, uuid: str) -> Changes:
        """Remove a site with all its services."""
        site = self.site(uuid)
        with self._base.write(_named("suppression de", site.name or self._commune(site))) as session:
            for item in site.equipment:
                stored.delete_equipment(session, item.uuid)
            session.execute(delete(SiteRecord).where(SiteRecord.uuid == uuid))
        return self._changed()

    def add_equipment(self, item: Equipment, site: Site | None = None) -> Added:
        """Add a service to the site it names, or to a new site given with it."""
        if site is None:
            if not item.site_uuid:
                raise MissingEntry("code_commune")
            host = self.site(item.site_uuid)
        else:
            host = self._rules.site(replace(site, uuid=site.uuid or new_uuid(), equipment=()))
        item = self._rules.equipment(replace(item, uuid=item.uuid or new_uuid(), site_uuid=host.uuid))
        with self._base.write(_named("ajout de", self._title(item))) as session:
            if site is not None:
                self._store_site(session, host)
            self._store(session, item)
        return Added(item.uuid, self._changed())

    def edit_equipment(self, item: Equipment, site: Site | None = None) -> Changes:
        """Change a service whole: fields, points and groups; site: its site too, in the same action.

        A gestionnaire changed here is a correction; `add_transfer` is for a change that happened.
        """
        before = self.equipment(item.uuid)
        item = self._rules.equipment(corrected_manager(before, item))
        place = self._rules.site(site) if site is not None else None
        with self._base.write(_named("modification de", self._title(item))) as session:
            if place is not None:
                self._store_site(session, place)
            self._store(session, item)
        return self._changed()

    def remove_equipment(self, uuid: str) -> Changes:
        """Remove a service, and its site if it hosted nothing else."""
        return self.remove_equipments((uuid,))

    def remove_equipments(self, uuids: tuple[str, ...]) -> Changes:
        """Remove several services in one action, and the sites left empty."""
        items = [self.equipment(uuid) for uuid in uuids]
        if not items:
            return Changes()
        gone = set(uuids)
        name = _named("suppression de", self._title(items[0]))
        if len(items) > 1:
            name = f"suppression de {len(items)} équipements"
        sites = {item.site_uuid: self.site(item.site_uuid) for item in items}
        with self._base.write(name) as session:
            for item in items:
                stored.delete_equipment(session, item.uuid)
            for site in sites.values():
                if all(item.uuid in gone for item in site.equipment):
                    session.execute(delete(SiteRecord).where(SiteRecord.uuid == site.uuid))
        return self._changed()

    def add_point(self, equipment_uuid: str, point: Point) -> Added:
        """Add a point of itinerance."""
        item = self.equipment(equipment_uuid)
        point = replace(point, uuid=point.uuid or new_uuid())
        return Added(point.uuid, self._keep(replace(item, points=(*item.points, point)), "point de"))

    def edit_point(self, equipment_uuid: str, point: Point) -> Changes:
        """Change a point of itinerance."""
        item = self.equipment(equipment_uuid)
        points = _replaced(item.points, point, "point")
        return self._keep(replace(item, points=points), "point de")

    def remove_point(self, equipment_uuid: str, uuid: str) -> Changes:
        """Remove a point; the last one of an itinerant service stays (ItinerantWithoutPoint)."""
        item = self.equipment(equipment_uuid)
        return self._keep(replace(item, points=_without(item.points, uuid, "point")), "point de")

    def add_group(self, equipment_uuid: str, group: PlaceGroup) -> Added:
        """Add a group of places."""
        item = self.equipment(equipment_uuid)
        group = replace(group, uuid=group.uuid or new_uuid())
        return Added(group.uuid, self._keep(replace(item, groups=(*item.groups, group)), "places de"))

    def edit_group(self, equipment_uuid: str, group: PlaceGroup) -> Changes:
        """Change a group of places."""
        item = self.equipment(equipment_uuid)
        return self._keep(replace(item, groups=_replaced(item.groups, group, "group")), "places de")

    def remove_group(self, equipment_uuid: str, uuid: str) -> Changes:
        """Remove a group of places."""
        item = self.equipment(equipment_uuid)
        return self._keep(replace(item, groups=_without(item.groups, uuid, "group")), "places de")

    def add_transfer(self, equipment_uuid: str, move: Transfer) -> Added:
        """Record a change of gestionnaire; the one it leaves is told by the date."""
        item = self.equipment(equipment_uuid)
        move = self._rules.transfer(item, replace(move, uuid=move.uuid or new_uuid()))
        return Added(move.uuid, self._keep(_chained(item, (*item.transfers, move)), "transfert de"))

    def remove_transfer(self, equipment_uuid: str, uuid: str) -> Changes:
        """Remove a change of gestionnaire; the gestionnaire is again that of the change before."""
        item = self.equipment(equipment_uuid)
        kept = _without(item.transfers, uuid, "transfer")
        return self._keep(_chained(item, kept), "transfert de")

    def add_movement(self, move: Movement) -> Added:
        """Add a line to the ledger of places of a service."""
        move = self._rules.movement(replace(move, uuid=move.uuid or new_uuid()))
        return Added(move.uuid, self._keep_movement(move, "ajout d’un mouvement de places de"))

    def edit_movement(self, move: Movement) -> Changes:
        """Change a line of the ledger."""
        self._movement(move.uuid)
        return self._keep_movement(self._rules.movement(move), "modification d’un mouvement de places de")

    def remove_movement(self, uuid: str) -> Changes:
        """Remove a line of the ledger."""
        move = self._movement(uuid)
        title = self._title(self.equipment(move.service_uuid))
        with self._base.write(_named("suppression d’un mouvement de places de", title)) as session:
            session.execute(delete(MovementRecord).where(MovementRecord.uuid == uuid))
        return self._changed()

    def _keep(self, item: Equipment, what: str) -> Changes:
        item = self._rules.equipment(item)
        with self._base.write(_named(what, self._title(item))) as session:
            self._store(session, item)
        return self._changed()

    def _keep_movement(self, move: Movement, what: str) -> Changes:
        title = self._title(self.equipment(move.service_uuid))
        with self._base.write(_named(what, title)) as session:
            stored.save_movement(session, move)
        return self._changed(REGISTER)

    def _movement(self, uuid: str) -> Movement:
        for move in self.register().movements:
            if move.uuid == uuid:
                return move
        raise RegisterRowNotFound("movement", uuid, what="movement")

    def _commune(self, site: Site) -> str:
        return self._reference.commune(site.code_commune).name

    def _store_site(self, session: Session, site: Site) -> None:
        """Keep no coordinates for an imprecise site: its commune gives them."""
        before = self.register().sites_by_uuid.get(site.uuid)
        stored.save_site(session, _bare(site), before and _bare(before))

    def _store(self, session: Session, item: Equipment) -> None:
        stored.save_equipment(session, item, self.register().equipment_by_uuid.get(item.uuid))


def _bare(site: Site) -> Site:
    return site if site.precise else replace(site, lon=None, lat=None)


def _named(what: str, title: str) -> str:
    return typographic(f"{what} « {title} »")


def _chained(item: Equipment, transfers: tuple[Transfer, ...]) -> Equipment:
    """Make each transfer leave the gestionnaire of the one before; the last one gives that of today."""
    first = min(item.transfers, key=lambda move: move.on, default=None)
    manager, kind = (first.from_manager, first.from_kind) if first else (item.manager, item.manager_kind)
    chain = []
    for move in sorted(transfers, key=lambda move: move.on):
        chain.append(replace(move, from_manager=manager, from_kind=kind))
        manager, kind = move.to_manager, move.to_kind
    return replace(item, transfers=tuple(chain), manager=manager, manager_kind=kind)


_Child = TypeVar("_Child", Point, PlaceGroup, Transfer)


def _replaced(items: tuple[_Child, ...], row: _Child, what: str) -> tuple[_Child, ...]:
    if all(item.uuid != row.uuid for item in items):
        raise RegisterRowNotFound(what, row.uuid, what=what)
    return tuple(row if item.uuid == row.uuid else item for item in items)


def _without(items: tuple[_Child, ...], uuid: str, what: str) -> tuple[_Child, ...]:
    kept = tuple(item for item in items if item.uuid != uuid)
    if len(kept) == len(items):
        raise RegisterRowNotFound(what, uuid, what=what)
    return kept
