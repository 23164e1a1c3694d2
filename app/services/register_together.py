"""Several cells of several services, and two services made one: each in one action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from sqlalchemy import delete, select, update

from app.changes import Changes
from app.domain.french import plural, typographic
from app.domain.register import Childminders, Equipment, Site
from app.domain.register_change import changed_field, with_values
from app.domain.register_errors import AlreadyThere, NotTogether, RegisterRefusal
from app.domain.register_fields import BY_CODE, SITE, FieldSpec
from app.services.register_bulk import APART, RegisterBulk
from db.models import new_uuid
from db.models.register import (
    ChildmindersRecord,
    MovementRecord,
    SignalValueRecord,
    SiteRecord,
    SupportRecord,
)
from db.queries import register as stored

KEPT = frozenset({"uuid", "site_uuid", "kind", "status", "fictitious"})
"""Facts that never come from the service that disappears."""
SPREAD_OVER_SITE = frozenset({"code_commune", "commune"})


class RegisterTogether(RegisterBulk):
    """Writes a block of a table, and unites duplicates."""

    def edit_cells(self, cells: Sequence[tuple[str, str, object]]) -> Changes:
        """Write cells (uuid of the service, code of the field, text or value) in one action.

        The cells of one service are checked together, so that two dates may move at once. Raises the first
        RegisterRefusal, its facts holding `equipment`: the title of the service; nothing is then written.
        """
        items: dict[str, Equipment] = {}
        sites: dict[str, Site] = {}
        for uuid, field, value in cells:
            item = items.get(uuid) or self.equipment(uuid)
            items[uuid] = item
            try:
                items[uuid] = self._with_cell(item, sites, field, value)
            except RegisterRefusal as refusal:
                raise self._about(refusal, item) from None
        checked = [self._checked(item) for item in items.values()]
        places = [self._rules.site(site) for site in sites.values()]
        if not checked:
            return Changes()
        with self._base.write(self._cells_name(cells, checked)) as session:
            for site in places:
                self._store_site(session, site)
            for item in checked:
                self._store(session, item)
        return self._changed()

    def unite(self, kept: str, gone: str) -> Changes:
        """Make one service of two, in one action: what the kept one does not know comes from the other.

        Its log, its ledger and its signals follow, those of the kept one first; the other is removed, with
        its site if that hosted nothing else. Raises NotTogether for twice the same, or a RegisterRefusal.
        """
        if kept == gone:
            raise NotTogether("uuid", kept)
        item, other = self.equipment(kept), self.equipment(gone)
        united = self._rules.equipment(_united(item, other))
        left = self.site(other.site_uuid)
        name = typographic(f"réunion de « {self._title(item)} » et « {self._title(other)} »")
        with self._base.write(name) as session:
            for record in (MovementRecord, SupportRecord):
                session.execute(
                    update(record).where(record.equipment_uuid == gone).values(equipment_uuid=kept)
                )
            known = select(SignalValueRecord).where(SignalValueRecord.equipment_uuid == kept)
            held = {(reading.signal, reading.year) for reading in session.scalars(known)}
            query = select(SignalValueRecord).where(SignalValueRecord.equipment_uuid == gone)
            for reading in session.scalars(query).all():
                if (reading.signal, reading.year) not in held:
                    reading.equipment_uuid = kept
            session.flush()
            stored.delete_equipment(session, gone)
            self._store(session, united)
            if all(hosted.uuid == gone for hosted in left.equipment):
                session.execute(delete(SiteRecord).where(SiteRecord.uuid == left.uuid))
        return self._changed()

    def save_childminders(self, rows: Sequence[Childminders]) -> Changes:
        """Write lines about childminders in one action; those without uuid are new, those without count go.

        Raises AlreadyThere for the same territory, year and source, UnknownCommune, NegativeNumber, NotWhole,
        OpenedOverLicensed; nothing is then written.
        """
        known = {_childminders_key(row): row.uuid for row in self.register().childminders}
        kept: list[Childminders] = []
        gone: list[str] = []
        for row in rows:
            if row.licensed is None and row.active is None and row.places is None and not row.ages:
                gone += [row.uuid] if row.uuid else []
                continue
            checked = self._rules.childminders(replace(row, uuid=row.uuid or new_uuid()))
            if known.setdefault(_childminders_key(checked), checked.uuid) != checked.uuid:
                raise AlreadyThere("year", checked.year)
            kept.append(checked)
        if not kept and not gone:
            return Changes()
        with self._base.write("effectifs d’assistants maternels") as session:
            session.execute(delete(ChildmindersRecord).where(ChildmindersRecord.uuid.in_(gone)))
            for row in kept:
                stored.save_childminders(session, row)
        return self._changed()

    def _with_cell(self, item: Equipment, sites: dict[str, Site], field: str, value: object) -> Equipment:
        spec = BY_CODE.get(field)
        if spec is None or field in APART - SPREAD_OVER_SITE:
            raise NotTogether(field, value)
        read = self.read(spec, value)
        if spec.target != SITE:
            return changed_field(item, spec, read)
        sites[item.site_uuid] = _site_with(sites.get(item.site_uuid) or self.site(item.site_uuid), spec, read)
        return item

    def _checked(self, item: Equipment) -> Equipment:
        try:
            return self._rules.equipment(item)
        except RegisterRefusal as refusal:
            raise self._about(refusal, item) from None

    def _about(self, refusal: RegisterRefusal, item: Equipment) -> RegisterRefusal:
        refusal.facts["equipment"] = self._title(self.equipment(item.uuid))
        return refusal

    def _cells_name(self, cells: Sequence[tuple[str, str, object]], items: Sequence[Equipment]) -> str:
        codes = {field for _, field, _ in cells}
        label = BY_CODE[codes.pop()].label if len(codes) == 1 else "modification"
        if len(items) == 1:
            return typographic(f"{label} de « {self._title(items[0])} »")
        return typographic(f"{label} de {plural(len(items), 'équipement')}")


def _childminders_key(row: Childminders) -> tuple[object, ...]:
    return (row.level, row.code, row.year, row.source)


def _site_with(site: Site, spec: FieldSpec, read: object) -> Site:
    name = {"site": "name", "commune": "code_commune"}.get(spec.code, spec.code)
    values: dict[str, object] = {name: read}
    if name == "code_commune" and read != site.code_commune:
        values.update(lon=None, lat=None, precise=False)  # the old point is in the old commune
    return with_values(site, values)


def _united(item: Equipment, other: Equipment) -> Equipment:
    unknown: tuple[object, ...] = (None, "", ())
    found: Mapping[str, object] = {
        field.name: getattr(other, field.name)
        for field in fields(Equipment)
        if field.name not in KEPT
        and getattr(item, field.name) in unknown
        and getattr(other, field.name) not in unknown
    }
    return replace(item, **found)  # type: ignore[arg-type]
