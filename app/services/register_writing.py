"""Services from tables: scope of the base, comparison with the register, writing in one action."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from app.domain.french import plural
from app.domain.register import Site
from app.progress import SILENT, Progress
from app.services.register_bulk import RegisterBulk
from app.services.register_merge import Deed, Merge, Planned
from db.models import new_uuid
from db.queries import register as stored

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.domain.reference import Reference
    from app.domain.register_rules import Rules

_Row = TypeVar("_Row")
EACH = 50
"""Services between two reports of progress."""


class RegisterWriting(RegisterBulk):
    """What the importers of the register need."""

    @cached_property
    def _scope(self) -> frozenset[str]:
        return frozenset(commune.code for commune in self._territory.communes())

    def scope(self) -> frozenset[str]:
        """Return the communes of the base."""
        return self._scope

    @property
    def rules(self) -> Rules:
        """Return what checks entries before they are kept."""
        return self._rules

    @property
    def reference(self) -> Reference:
        """Return the territory of France."""
        return self._reference

    def write_rows(self, name: str, rows: Sequence[_Row], save: Callable[[Session, _Row], object]) -> None:
        """Write rows in one action."""
        try:
            with self._base.write(name) as session:
                for row in rows:
                    save(session, row)
        finally:
            self.forget()

    def merge(self, columns: Mapping[str, str]) -> Merge:
        """Return what compares entries with the register as it is now."""
        return Merge(self.register(), self._rules, columns, new_uuid)

    def write_services(self, planned: Sequence[Planned], progress: Progress = SILENT) -> None:
        """Write the services that are new or changed, with their sites, in one action."""
        todo = [item for item in planned if item.deed is not Deed.UNCHANGED]
        if not todo:
            return
        try:
            with self._base.write(f"import de {plural(len(todo), 'équipement')}") as session:
                written: dict[str, Site] = {}
                for rank, found in enumerate(todo):
                    if rank % EACH == 0:
                        progress.report(rank / len(todo), "Écriture du registre")
                    site = found.site
                    if written.get(site.uuid) != site and (found.site_changed or found.deed is Deed.NEW):
                        if site.uuid in written:
                            stored.save_site(session, site, written[site.uuid])
                        else:
                            self._store_site(session, site)
                        written[site.uuid] = site
                    self._store(session, replace(found.item, site_uuid=site.uuid))
        finally:
            self.forget()
