"""One field of many services at once."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cached_property

from app.changes import Changes
from app.domain.french import typographic
from app.domain.register import Equipment
from app.domain.register_change import changed_field, with_values
from app.domain.register_entry import read_entry
from app.domain.register_errors import NotTogether
from app.domain.register_fields import BY_CODE, SITE, FieldSpec
from app.domain.register_places import PlaceReader
from app.services.register_edit import RegisterEditing

APART = frozenset({"uuid", "commune", "lon", "lat"})
"""Fields that only the form or the map may change."""


class RegisterBulk(RegisterEditing):
    """Bulk edit, and the cell of a table as its case of one service."""

    @cached_property
    def places(self) -> PlaceReader:
        """Finds communes by code or name, those of the base first."""
        return PlaceReader(self._reference, tuple(dep.code for dep in self._territory.departements()))

    def edit_field(self, uuid: str, field: str, text: str) -> Changes:
        """Write one cell of the table as typed. Raises the RegisterRefusal that names the field."""
        return self.bulk_edit((uuid,), field, text)

    def bulk_edit(self, uuids: Sequence[str], field: str, value: object) -> Changes:
        """Write one field of several services, in one action.

        value: text as typed, or a value (date, number, bool). All are checked before the first is written.
        Raises NotTogether for a field that belongs to one service, or the RegisterRefusal of the first one.
        """
        items = [self.equipment(uuid) for uuid in dict.fromkeys(uuids)]
        spec = BY_CODE.get(field)
        if spec is None or field in APART or not (spec.bulk or len(items) == 1):
            raise NotTogether(field, value)
        read = self.read(spec, value)
        if spec.target == SITE:
            return self._set_site(items[0], spec, read)
        changed = [self._rules.equipment(changed_field(item, spec, read)) for item in items]
        with self._base.write(self._bulk_name(spec, items)) as session:
            for item in changed:
                self._store(session, item)
        return self._changed()

    def read(self, spec: FieldSpec, value: object) -> object:
        """Return the value of a field from what was typed. Raises a RegisterRefusal."""
        text = _as_text(value)
        if spec.kind == "commune":
            return self.places.commune(text, spec.code)
        if spec.kind == "communes":
            return self.places.communes(text, spec.code)
        if spec.kind == "points":
            return self.places.points(text, spec.code)
        return read_entry(spec, text)

    def _set_site(self, item: Equipment, spec: FieldSpec, read: object) -> Changes:
        name = "name" if spec.code == "site" else spec.code
        values = {name: read}
        site = self.site(item.site_uuid)
        if name == "code_commune" and read != site.code_commune:
            values.update(lon=None, lat=None, precise=False)  # the old point is in the old commune
        return self.edit_site(with_values(site, values))

    def _bulk_name(self, spec: FieldSpec, items: Sequence[Equipment]) -> str:
        if len(items) == 1:
            return typographic(f"{spec.label} de « {self._title(items[0])} »")
        return typographic(f"{spec.label} de {len(items)} équipements")


def _as_text(value: object) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bool):
        return "oui" if value else "non"
    return "" if value is None else str(value)
