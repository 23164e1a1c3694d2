"""Compare entries of a table with the register: which services they are, what they would change."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from app.domain.anomaly import Anomaly, Decision, Severity
from app.domain.duplicates import compare, family
from app.domain.french import fold, short_date
from app.domain.register import Equipment, Register, Site
from app.domain.register_change import changed_field, with_values
from app.domain.register_errors import RegisterRefusal
from app.domain.register_fields import BY_CODE, SITE
from app.domain.register_rules import Rules
from app.domain.register_words import refusal_anomaly
from app.ingestion.register import Entry


class Deed(Enum):
    """What an entry does to the register."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Planned:
    """One service to write, with its site; new_site: the site is to be made with it, under this uuid."""

    line: int
    deed: Deed
    item: Equipment
    site: Site
    site_changed: bool


class Merge:
    """Finds the service that each entry is about: by uuid, or by kind, name and commune."""

    def __init__(
        self,
        register: Register,
        rules: Rules,
        columns: Mapping[str, str],
        new_uuid: Callable[[], str],
    ) -> None:
        self._rules = rules
        self._columns = columns
        self._new_uuid = new_uuid
        self._by_uuid: dict[str, tuple[Site, Equipment]] = {}
        self._by_key: dict[tuple[str, str, str], tuple[Site, Equipment]] = {}
        self._by_place: dict[tuple[str, str], list[tuple[Site, Equipment]]] = {}
        self._sites: dict[tuple[str, str], Site] = {}
        for site in register.sites:
            self._know_site(site)
            for item in site.equipment:
                self._know(site, item)

    def plan(self, entries: Iterable[Entry]) -> tuple[tuple[Planned, ...], tuple[Anomaly, ...]]:
        """Return what each entry does, and the refusals and questions that only the register can raise."""
        planned: list[Planned] = []
        anomalies: list[Anomaly] = []
        for entry in entries:
            try:
                found = self._one(entry)
            except RegisterRefusal as error:
                header = self._columns.get(_column(error.field), "")
                value = _written(error.facts["value"])
                anomalies.append(refusal_anomaly(error, entry.line, header, value))
                continue
            if found.deed is Deed.NEW:
                anomalies += self._alike(found, entry)
            planned.append(found)
        for found in planned:
            if found.deed is Deed.NEW:
                self._know(found.site, found.item)
        return tuple(planned), tuple(anomalies)

    def _one(self, entry: Entry) -> Planned:
        known = self._by_uuid.get(entry.uuid) or self._by_key.get(
            _key(entry.kind, entry.name, entry.code_commune)
        )
        if known is None:
            site, made = self._host(entry), True
            item = Equipment("", site.uuid, entry.kind, entry.name)
        else:
            (site, item), made = known, False
            name = entry.name if entry.uuid else item.name  # found by its name: its spelling is kept
            item = replace(item, kind=entry.kind, name=name or item.name)
        kept_site = self._rules.site(_placed(_moved(site, entry), entry, self._columns))
        for code, value in entry.values.items():
            spec = BY_CODE[code]
            if spec.target != SITE and code != "name":
                item = changed_field(item, spec, value)
        item = self._rules.equipment(item)
        if made:
            self._know_site(kept_site)
            return Planned(
                entry.line, Deed.NEW, replace(item, uuid=self._new_uuid()), kept_site, kept_site != site
            )
        changed = known is not None and (item != known[1] or kept_site != site)
        deed = Deed.CHANGED if changed else Deed.UNCHANGED
        return Planned(entry.line, deed, item, kept_site, kept_site != site)

    def _host(self, entry: Entry) -> Site:
        """Return the site that an entry names in its commune, or a new one."""
        for value in (entry.values.get("site"), entry.values.get("address")):
            if value:
                found = self._sites.get((fold(str(value)), entry.code_commune))
                if found is not None:
                    return found
        return Site(self._new_uuid(), str(entry.values.get("site", "")), entry.code_commune)

    def _alike(self, planned: Planned, entry: Entry) -> Iterator[Anomaly]:
        """Ask about the first service of the commune that may be the same, by its name or its place."""
        for site, other in self._by_place.get((family(entry.kind), entry.code_commune), ()):
            found = compare(planned.site, planned.item, site, other)
            if found is None:
                continue
            near = "near" in found.reasons and found.distance_km is not None
            metres = (("metres", round(1000 * (found.distance_km or 0))),) if near else ()
            yield Anomaly(
                entry.line, self._columns.get("name", ""), entry.name, "register_alike", Severity.QUESTION,
                (("name", other.name or site.name), *metres), Decision.KEEP,
            )  # fmt: skip
            return

    def _know(self, site: Site, item: Equipment) -> None:
        self._by_uuid[item.uuid] = (site, item)
        self._by_key.setdefault(_key(item.kind, item.name, site.code_commune), (site, item))
        self._by_place.setdefault((family(item.kind), site.code_commune), []).append((site, item))

    def _know_site(self, site: Site) -> None:
        for name in (site.name, site.address):
            if name:
                self._sites.setdefault((fold(name), site.code_commune), site)


def _moved(site: Site, entry: Entry) -> Site:
    """Return the site in the commune of the entry; a point in another commune is lost."""
    if site.code_commune == entry.code_commune:
        return site
    return replace(site, code_commune=entry.code_commune, lon=None, lat=None, precise=False)


def _placed(site: Site, entry: Entry, columns: Mapping[str, str]) -> Site:
    values = {
        "name" if code == "site" else code: entry.values[code]
        for code in ("site", "address", "lon", "lat")
        if code in entry.values
    }
    if "lon" in columns or "lat" in columns:
        both = "lon" in values or "lat" in values
        if both:
            values.setdefault("lon", None)
            values.setdefault("lat", None)
            values["precise"] = True
    return with_values(site, values)


def _written(value: object) -> str:
    """A value as people write it in a table; errors carry dates in their ISO form."""
    try:
        return short_date(datetime.date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


def _key(kind: str, name: str, commune: str) -> tuple[str, str, str]:
    return (kind, fold(name), commune)


def _column(field: str) -> str:
    """Return the column where a refusal of a rule is shown."""
    return {"licensed": "licensed_places"}.get(field, field)
