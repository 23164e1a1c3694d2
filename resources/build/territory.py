"""Regenerate resources/territory from the official lists.

    npm pack @etalab/decoupage-administratif@VERSION     (1.1.1, 2.3.1, 3.1.1, 4.1.0, 5.3.0, 6.0.0)
    python -m resources.build.territory ARCHIVES MEMBERSHIP CENTRES [--truth TABLE]

ARCHIVES: folder with the six .tgz files. MEMBERSHIP: table of facts annee;code_commune;nom_commune;
departement;siren_epci;nom_epci of Deux-Sèvres and Haute-Marne, 2014 to 2024 (Insee). CENTRES: table
code_commune,lon,lat,superficie_km2 (IGN). --truth: table annee;code_commune;departement;siren_epci (Insee,
may be gzipped); with it the true vintage of each list is checked again and vintages.csv rewritten.
The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from resources.build import words
from resources.build.facts import LATEST, PACKAGE, TARGET, Facts, departement_of, read_facts, write
from resources.build.history import write_epcis, write_former, write_membership, write_populations
from resources.build.lists import OVERSEAS
from resources.build.vintages import write_vintages


def main(arguments: list[str] | None = None) -> int:
    """Run the script; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("archives", "membership", "centres"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--truth", type=Path)
    options = parser.parse_args(arguments)
    facts = read_facts(options.archives, options.membership, options.centres)
    TARGET.mkdir(exist_ok=True)
    steps: tuple[Callable[[Facts], tuple[str, int]], ...] = (
        write_regions,
        write_departements,
        write_arrondissements,
        write_municipal,
        write_communes,
        write_former,
        write_membership,
        write_populations,
        write_epcis,
    )
    for step in steps:
        name, count = step(facts)
        sys.stdout.write(f"{name}: {count}\n")
    if options.truth is not None:
        sys.stdout.write(f"vintages.csv: {write_vintages(TARGET, facts.lists, options.truth)}\n")
    return 0


def write_regions(facts: Facts) -> tuple[str, int]:
    """Régions, with « de » and « en » forms."""
    rows = (
        (row["code"], name, words.of_region(name, tncc), words.in_region(row["code"], name, tncc))
        for row in facts.latest.regions
        if row["code"] not in OVERSEAS
        for name, tncc in [(words.clean(row["nom"]), str(row["typeLiaison"]))]
    )
    return write(
        "regions.csv",
        [f"Régions au 1er janvier {LATEST}", f"Source : {PACKAGE}"],
        "code name of_name in_name",
        rows,
    )


def write_departements(facts: Facts) -> tuple[str, int]:
    """Départements and collectivités d'outre-mer, with « de » and « en » forms."""
    rows = (
        (
            code,
            name,
            "" if code in OVERSEAS else row["region"],
            row["zone"],
            words.of_departement(code, name, tncc),
            words.in_departement(code, name, tncc),
        )
        for row in facts.latest.departements
        for code, name, tncc in [(row["code"], words.clean(row["nom"]), str(row["typeLiaison"]))]
    )
    head = [f"Départements et collectivités d’outre-mer au 1er janvier {LATEST}", f"Source : {PACKAGE}"]
    return write("departements.csv", head, "code name region zone of_name in_name", rows)


def write_arrondissements(facts: Facts) -> tuple[str, int]:
    """Arrondissements départementaux."""
    rows = (
        (row["code"], words.clean(row["nom"]), row["departement"], row["chefLieu"])
        for row in facts.latest.arrondissements
    )
    head = [f"Arrondissements départementaux au 1er janvier {LATEST}", f"Source : {PACKAGE}"]
    return write("arrondissements.csv", head, "code name departement seat", rows)


def write_municipal(facts: Facts) -> tuple[str, int]:
    """Arrondissements of Paris, Lyon and Marseille."""
    rows = (
        (row["code"], words.clean(row["nom"]), row["commune"], row.get("population"))
        for row in facts.latest.communes
        if row["type"] == "arrondissement-municipal"
    )
    head = [
        f"Arrondissements municipaux de Paris, Lyon et Marseille au 1er janvier {LATEST}",
        "Population municipale 2023, en vigueur au 1er janvier 2026",
        f"Source : {PACKAGE}",
    ]
    return write("municipal.csv", head, "code name commune population", rows)


def write_communes(facts: Facts) -> tuple[str, int]:
    """Communes of the latest list, with centre and area where they are known."""
    rows = (
        (
            code,
            words.clean(row["nom"]),
            departement_of(code),
            row.get("arrondissement"),
            row.get("population"),
            *facts.centres.get(code, (None, None, None)),
        )
        for code, row in sorted(facts.latest.current().items())
    )
    head = [
        f"Communes au 1er janvier {LATEST}",
        "Population municipale 2023, en vigueur au 1er janvier 2026 (Mayotte : 2017)",
        f"Source : {PACKAGE}",
        "Centres et superficies : IGN Admin Express, centres et superficies, Licence Ouverte 2.0",
    ]
    columns = "code name departement arrondissement population lon lat area_km2"
    return write("communes.csv", head, columns, rows)


if __name__ == "__main__":
    sys.exit(main())
