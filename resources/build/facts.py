"""What the scripts of the reference territory read, and how they write a table of it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from resources.build.lists import VERSIONS, Lists, read_lists
from resources.build.tables import LICENCE, write_table

TARGET = Path(__file__).resolve().parents[1] / "territory"
LATEST = max(VERSIONS)
FIRST = min(VERSIONS)
OLDEST = 2014
NO_EPCI = "ZZZZZZZZZ"

PACKAGE = "Insee (code officiel géographique), DGCL, via @etalab/decoupage-administratif"
BUILT = "Produit par resources/build/territory.py ; les codes sont du texte"


@dataclass(frozen=True)
class Facts:
    """What the script read: lists by millésime, older membership and names, centres and areas."""

    lists: dict[int, Lists]
    older: list[dict[str, str]]
    centres: dict[str, tuple[str, str, str]]

    @property
    def latest(self) -> Lists:
        """Lists of the latest millésime."""
        return self.lists[LATEST]


def read_facts(archives: Path, membership: Path, centres: Path) -> Facts:
    """Read all inputs; raise FileNotFoundError when one is missing."""
    with membership.open(encoding="utf-8-sig", newline="") as file:
        older = list(csv.DictReader(file, delimiter=";"))
    with centres.open(encoding="utf-8-sig", newline="") as file:
        points = {
            row["code_commune"]: (row["lon"], row["lat"], row["superficie_km2"])
            for row in csv.DictReader(file)
        }
    return Facts(read_lists(archives), older, points)


def departement_of(code_commune: str) -> str:
    """Return the département of a commune, or the collectivité d'outre-mer."""
    return code_commune[:3] if code_commune.startswith(("97", "98")) else code_commune[:2]


def write(name: str, head: list[str], columns: str, rows: Iterator[tuple[object, ...]]) -> tuple[str, int]:
    head = [*head, f"Licence : {LICENCE}", BUILT]
    return name, write_table(TARGET / name, head, columns.split(), rows)
