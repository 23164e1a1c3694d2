"""Regenerate resources/demo: facts of Deux-Sèvres and Haute-Marne, in the columns of their producers.

    python -m resources.build.demo FOLDER

FOLDER holds cnaf/txcouv_pe_{epci,com,dep,reg,nat}_2023*.csv (Cnaf), insee/naissances_2023_2025*.csv and
structures/bpe2025*.csv (Insee). Populations come from resources/territory. The demonstration base is filled
by the ordinary imports, so these tables keep columns, codes and numbers as their producers write them.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import resources
from resources.build.facts import departement_of
from resources.build.tables import write_table

TARGET = Path(__file__).resolve().parents[1] / "demo"
SCOPE = ("79", "52")
COVERAGE_LEVELS = {
    "epci": "17 EPCI présents dans les Deux-Sèvres et la Haute-Marne",
    "com": "6 communes des Deux-Sèvres et de la Haute-Marne",
    "dep": "Deux-Sèvres, Haute-Marne et trois départements voisins",
    "reg": "Nouvelle-Aquitaine et Grand Est",
    "nat": "France entière hors Mayotte",
}
BUILT = "Faits repris pour la démonstration par resources/build/demo.py, valeurs inchangées"
LICENCE = "Licence : Licence Ouverte 2.0"


def main(arguments: list[str] | None = None) -> int:
    """Run the script; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args(arguments).folder
    TARGET.mkdir(exist_ok=True)
    steps: tuple[Callable[[Path], dict[str, int]], ...] = (coverage, births, equipment, population)
    for step in steps:
        for name, count in step(folder).items():
            sys.stdout.write(f"{name}: {count}\n")
    return 0


def coverage(folder: Path) -> dict[str, int]:
    """Write the coverage rates of 2023, one table a level."""
    counts: dict[str, int] = {}
    for level, scope in COVERAGE_LEVELS.items():
        columns, rows = _read(_only(folder / "cnaf", f"txcouv_pe_{level}_2023*.csv"))
        head = [
            f"Taux de couverture petite enfance 2023, {scope}",
            "Source : Cnaf, data.caf.fr (colonnes du jeu de données de la Cnaf ; données 2023)",
        ]
        name = f"txcouv_pe_{level}_2023.csv"
        counts[name] = _write(name, head, columns, rows)
    return counts


def births(folder: Path) -> dict[str, int]:
    """Write births of 2023 to 2025 by commune of residence."""
    columns, rows = _read(_only(folder / "insee", "naissances_2023_2025*.csv"))
    head = [
        "Naissances vivantes domiciliées 2023 à 2025, communes des Deux-Sèvres et de la Haute-Marne",
        "Source : Insee, état civil (colonnes du catalogue Melodi)",
    ]
    name = "naissances_2023_2025.csv"
    return {name: _write(name, head, columns, rows)}


def equipment(folder: Path) -> dict[str, int]:
    """Write counts of equipment of 2025 by commune."""
    columns, rows = _read(_only(folder / "structures", "bpe2025*.csv"))
    head = [
        "Équipements petite enfance et enfance 2025, communes des Deux-Sèvres et de la Haute-Marne",
        "Nombre d’établissements, non de places ; 0 : aucun équipement recensé",
        "Source : Insee, base permanente des équipements 2025 (codes D502, D504, D505, D509)",
    ]
    return {"bpe_2025.csv": _write("bpe_2025.csv", head, columns, rows)}


def population(_: Path) -> dict[str, int]:
    """Write legal populations of 2023 of all communes of the Epci present in the two départements."""
    latest = [row for row in resources.read_table("territory", "membership.csv") if row["to"] == "2026"]
    epcis = {row["code_epci"] for row in latest if departement_of(row["code_commune"]) in SCOPE}
    inside = {row["code_commune"] for row in latest if row["code_epci"] in epcis}
    rows = [
        [departement_of(row["code"]), row["code"], row["2023"]]
        for row in resources.read_table("territory", "populations.csv")
        if row["code"] in inside
    ]
    head = [
        "Populations municipales 2023, en vigueur au 1er janvier 2026, communes de 17 EPCI",
        "Source : Insee, recensement de la population, via @etalab/decoupage-administratif 6.0.0",
    ]
    return {"population_2023.csv": _write("population_2023.csv", head, ["DEP", "COM", "PMUN"], rows)}


def _write(name: str, head: Sequence[str], columns: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    return write_table(TARGET / name, [*head, LICENCE, BUILT], columns, rows)


def _only(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        raise FileNotFoundError(f"{folder / pattern}: {len(found)} files")
    return found[0]


def _read(path: Path) -> tuple[list[str], list[list[str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        columns, *rows = csv.reader(file, delimiter=";")
    return columns, rows


if __name__ == "__main__":
    sys.exit(main())
