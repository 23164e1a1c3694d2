"""Check the true vintage of each list against Insee's yearly tables of membership."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from resources.build.lists import Lists
from resources.build.tables import LICENCE, write_table

CENSUS = {2021: 2018, 2022: 2019, 2023: 2020, 2024: 2021, 2025: 2022, 2026: 2023}
"""Census year of the legal population in force at each millésime."""


def write_vintages(target: Path, lists: Mapping[int, Lists], truth: Path) -> int:
    """Write vintages.csv in the folder: what each list truly is, and how it was checked."""
    tables = _read_truth(truth)
    head = [
        "Millésime réel de chaque liste d’EPCI, vérifié avec les tables d’appartenance de l’Insee",
        "epci_vintage : année réelle de la liste ; carried : 1 si elle est reportée d’une autre année",
        "population_census : année de recensement de la population en vigueur à ce millésime",
        f"Licence : {LICENCE}",
        "Produit par resources/build/territory.py --truth",
    ]
    columns = "millesime package epci_vintage carried communes epcis members population_census check"
    return write_table(target / "vintages.csv", head, columns.split(), _rows(lists, tables))


def _rows(
    lists: Mapping[int, Lists], tables: Mapping[int, Mapping[str, str]]
) -> Iterator[tuple[object, ...]]:
    before: Lists | None = None
    vintage = 0
    for year, found in sorted(lists.items()):
        carried = before is not None and before.epcis == found.epcis
        vintage, check = (vintage, _same_as(before)) if carried else _closest(found, tables)
        yield (
            year,
            found.version,
            vintage,
            int(carried),
            len(found.current()),
            len(found.epcis),
            len(found.membership()),
            CENSUS[year],
            check,
        )
        before = found


def _same_as(before: Lists | None) -> str:
    version = before.version if before else ""
    return f"liste identique à celle de la version {version}, reportée sur les communes de l’année"


def _closest(found: Lists, tables: Mapping[int, Mapping[str, str]]) -> tuple[int, str]:
    members = found.membership()
    gaps = {year: _gaps(members, table) for year, table in tables.items()}
    year = min(gaps, key=lambda candidate: gaps[candidate])
    if gaps[year] == 0:
        return year, f"appartenance identique à la table de l’Insee de {year}"
    # No table of that year: the list is none of the older ones, and the population it carries dates it.
    last = max(tables)
    note = f"diffère de {gaps[last]} communes de la table de l’Insee de {last} ; liste de la DGCL"
    return found.millesime, f"{note} de {found.millesime}, datée par ses populations"


def _gaps(members: Mapping[str, str], table: Mapping[str, str]) -> int:
    return sum(members.get(code) != table.get(code) for code in members.keys() | table.keys())


def _read_truth(path: Path) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    with _open(path) as file:
        for row in csv.DictReader(file, delimiter=";"):
            if row["code_commune"] and not row["siren_epci"].startswith("Z"):
                found.setdefault(int(row["annee"]), {})[row["code_commune"]] = row["siren_epci"]
    return found


def _open(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    return path.open(encoding="utf-8-sig", newline="")
