"""Zones by list of communes, one commune a line: the lines of one zone are gathered."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain.anomaly import Anomaly, Decision, Severity
from app.domain.french import fold
from app.domain.register import Zone
from app.domain.register_entry import read_date
from app.domain.register_errors import MissingEntry
from app.domain.register_lists import find_choice, load_choices
from app.ingestion.fields import Field
from app.ingestion.register_cells import Line, lines_of
from app.ingestion.register_counts import Found, count_of, needed

if TYPE_CHECKING:
    from app.domain.register_places import PlaceReader
    from app.ingestion.grids import Grid

ZONE_FIELDS: tuple[Field, ...] = (
    Field("kind", "Zonage", True, "text", ("type de zone", "zone", "zonage")),
    Field("code", "Code de zone", False, "text", ("code", "code qpv", "code_qpv")),
    Field("name", "Nom de zone", False, "text", ("nom", "nom qpv", "libellé", "quartier")),
    Field("code_commune", "Code commune", True, "commune", ("code insee", "depcom", "codgeo", "insee_com")),
    Field("standing", "Classement", False, "text", ("statut", "part")),
    Field("starts_on", "Début", False, "date", ("en vigueur le", "depuis le", "annee", "année")),
    Field("ends_on", "Fin", False, "date", ("jusqu’au",)),
    Field("population", "Population", False, "integer", ("habitants",)),
    Field("source", "Source", synonyms=("origine",)),
)

_YEARED = re.compile(r"(?P<kind>.*?\D)\s*(?P<year>(?:19|20)[0-9]{2})")
_NOT_ZONED = {"non classee", "non", "hors zone", "non classe", "hors"}
_IN_PART = {"partiellement classee", "partiel", "en partie", "partielle", "partie", "qpv"}


@dataclass(frozen=True, slots=True)
class _ZoneLine:
    line: int
    zone: Zone
    partial: bool


def read_zones(
    grid: Grid, columns: Mapping[str, str], places: PlaceReader
) -> tuple[tuple[tuple[int, Zone], ...], Found]:
    """Return (first line, zone): the lines of one zone and one start are gathered.

    A Qpv is below the commune: its communes are in part, as those said to be. Lines « non classée » are left
    out and counted. A zonage without code nor name is one zone a département.
    """
    lines: list[_ZoneLine] = []
    anomalies: list[Anomaly] = []
    skipped: list[int] = []
    for line in lines_of(grid, columns):
        if fold(line.text("standing")) in _NOT_ZONED:
            skipped.append(line.number)
            continue
        found = _zone_line(line, places)
        if found is not None:
            lines.append(found)
        anomalies += line.anomalies
    if skipped:
        facts = (("count", len(skipped)),)
        anomalies.append(
            Anomaly(
                skipped[0],
                columns.get("standing", ""),
                "",
                "register_not_zoned",
                Severity.INFO,
                facts,
                Decision.UNDERSTOOD,
            )
        )
    return tuple(_gathered(lines)), tuple(anomalies)


def _zone_line(line: Line, places: PlaceReader) -> _ZoneLine | None:
    commune = needed(line, "code_commune", line.read("code_commune", places.commune))
    text, year = _zonage(line.text("kind"))
    kind = _zone_kind(text)
    if not kind:
        line.refuse(MissingEntry("kind"))
    starts_on = line.read("starts_on", lambda text: read_date("starts_on", text))
    ends_on = line.read("ends_on", lambda text: read_date("ends_on", text))
    population = count_of(line, "population")
    if line.refused or commune is None:
        return None
    if year is not None:
        starts_on = datetime.date(year, 1, 1)
    code, name = _zone_name(line, kind, commune)
    partial = kind == "qpv" or fold(line.text("standing")) in _IN_PART
    zone = Zone(
        "", kind, code, name, (commune,), (), None, starts_on, ends_on, population, line.text("source")
    )
    return _ZoneLine(line.number, zone, partial)


def _zonage(text: str) -> tuple[str, int | None]:
    """Return kind and year of « QPV2015 » or « Zrr »."""
    match = _YEARED.fullmatch(text)
    return (match["kind"].strip(), int(match["year"])) if match else (text, None)


def _zone_kind(text: str) -> str:
    return find_choice(text, load_choices("zone_kind").values()) or text


def _zone_name(line: Line, kind: str, commune: str) -> tuple[str, str]:
    """Return code and name; where the code is that of the commune, the zone is that of the département."""
    code, name = line.text("code").upper(), line.text("name")
    if code in ("", line.text("code_commune").upper()) and not name:
        departement = commune[:3] if commune.startswith("97") else commune[:2]
        label = load_choices("zone_kind")[kind].label if kind in load_choices("zone_kind") else kind
        return f"{label.upper()}-{departement}", f"{label}, département {departement}"
    return code or name.upper(), name or code


def _gathered(lines: Iterable[_ZoneLine]) -> Iterator[tuple[int, Zone]]:
    groups: dict[tuple[object, ...], list[_ZoneLine]] = {}
    for found in lines:
        zone = found.zone
        groups.setdefault((zone.kind, zone.code, zone.starts_on), []).append(found)
    for group in groups.values():
        first = group[0]
        whole = dict.fromkeys(code for item in group if not item.partial for code in item.zone.communes)
        partial = dict.fromkeys(code for item in group if item.partial for code in item.zone.communes)
        kept = tuple(code for code in partial if code not in whole)
        yield first.line, replace(first.zone, communes=tuple(whole), partial=kept)
