"""Read the successive official lists from the archives of @etalab/decoupage-administratif."""

from __future__ import annotations

import json
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VERSIONS = {2021: "1.1.1", 2022: "2.3.1", 2023: "3.1.1", 2024: "4.1.0", 2025: "5.3.0", 2026: "6.0.0"}
"""Version of the package for each millésime, as its documentation says."""

OVERSEAS = ("975", "977", "978", "984", "986", "987", "988", "989")
"""Collectivités d'outre-mer and territories without Caf nor Epci."""


@dataclass(frozen=True)
class Lists:
    """The lists of one version: rows as they are in the JSON files of the package."""

    millesime: int
    version: str
    communes: list[dict[str, Any]]
    epcis: list[dict[str, Any]]
    departements: list[dict[str, Any]]
    regions: list[dict[str, Any]]
    arrondissements: list[dict[str, Any]]

    def current(self) -> dict[str, dict[str, Any]]:
        """Communes that exist in this list, by code."""
        return {row["code"]: row for row in self.communes if row["type"] == "commune-actuelle"}

    def membership(self) -> dict[str, str]:
        """Code of the Epci of each commune that has one."""
        return {member["code"]: epci["code"] for epci in self.epcis for member in epci["membres"]}

    def member_populations(self) -> dict[str, int]:
        """Municipal population that the list of Epci gives for its member communes."""
        return {
            member["code"]: int(member["populationMunicipale"])
            for epci in self.epcis
            for member in epci["membres"]
        }

    def populations(self) -> dict[str, int]:
        """Municipal population that the list of communes gives; communes without one are absent."""
        return {code: int(row["population"]) for code, row in self.current().items() if "population" in row}

    def parents(self) -> dict[str, tuple[str, str, str]]:
        """Code of a former commune -> (commune that holds it, name or empty text, kind).

        Delegated and associated communes first; then old codes of which only the number is kept.
        """
        kinds = {"commune-deleguee": "deleguee", "commune-associee": "associee"}
        found = {
            row["code"]: (row["chefLieu"], row["nom"], kinds[row["type"]])
            for row in self.communes
            if row["type"] in kinds
        }
        for row in self.communes:
            for old in row.get("anciensCodes", ()):
                found.setdefault(old, (row["code"], "", "ancien-code"))
        return found


def read_lists(folder: Path) -> dict[int, Lists]:
    """Return the lists of each millésime from the archives of `npm pack`, or raise FileNotFoundError."""
    return {millesime: _read(folder, millesime, version) for millesime, version in VERSIONS.items()}


def _read(folder: Path, millesime: int, version: str) -> Lists:
    archive = folder / f"etalab-decoupage-administratif-{version}.tgz"
    names = ("communes", "epci", "departements", "regions", "arrondissements")
    with tarfile.open(archive) as tar:
        return Lists(millesime, version, *(_member(tar, name) for name in names))


def _member(tar: tarfile.TarFile, name: str) -> list[dict[str, Any]]:
    file = tar.extractfile(f"package/data/{name}.json")
    if file is None:
        raise FileNotFoundError(name)
    rows: list[dict[str, Any]] = json.load(file)
    return rows
