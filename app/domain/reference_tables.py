"""The embedded tables of the reference territory, each read when it is first asked for."""

from __future__ import annotations

from functools import cached_property

import resources
from app.domain.places import Departement, Region, Vintage

FOLDER = "territory"

CODE = slice(0, 5)
"""Where the code of a commune is in a line."""


def read_lines(name: str) -> list[str]:
    """Return the lines of a table without its # lines and header."""
    lines = resources.path(FOLDER, name).read_text(encoding="utf-8").rstrip("\n").split("\n")
    start = next(index for index, line in enumerate(lines) if not line.startswith("#")) + 1
    return lines[start:]


def read_rows(name: str) -> list[list[str]]:
    """Return the cells of a table; these tables hold neither quotes nor separators inside cells."""
    return [line.split(";") for line in read_lines(name)]


class Tables:
    """Raw rows by code; nothing is read before it is needed."""

    @cached_property
    def communes(self) -> dict[str, str]:
        """Line code;name;departement;arrondissement;population;lon;lat;area_km2 of each current commune.

        Lines are cut when they are used: all France is never needed to show a département.
        """
        return {line[CODE]: line for line in read_lines("communes.csv")}

    @cached_property
    def municipal(self) -> dict[str, list[str]]:
        """Arrondissements of Paris, Lyon, Marseille: code, name, commune, population."""
        return {row[0]: row for row in read_rows("municipal.csv")}

    @cached_property
    def former(self) -> dict[str, tuple[str, str, str]]:
        """Code that is no longer that of a commune -> (name or empty text, commune that took it, kind)."""
        return {
            code: (name, commune, kind) for code, name, _, commune, kind in self._former if code != commune
        }

    @cached_property
    def former_names(self) -> dict[str, tuple[str, ...]]:
        """Old names by code of the commune that bears them, itself or those it took in."""
        names: dict[str, list[str]] = {}
        for _, name, _, commune, _ in self._former:
            if name and name not in names.setdefault(commune, []):
                names[commune].append(name)
        return {code: tuple(found) for code, found in names.items()}

    @cached_property
    def _former(self) -> list[list[str]]:
        return read_rows("former.csv")

    @cached_property
    def _membership_lines(self) -> list[str]:
        return read_lines("membership.csv")

    def membership(self, millesime: int) -> dict[str, str]:
        """Code of the Epci, empty without one, of each commune that existed at the millésime."""
        year = str(millesime)
        return {  # a line ends with ;from;to, four digits each
            line[CODE]: line[6:-10] for line in self._membership_lines if line[-9:-5] <= year <= line[-4:]
        }

    def first_millesime(self, departement: str) -> int | None:
        """Oldest millésime known for the communes of a département."""
        known = (line[-9:-5] for line in self._membership_lines if line.startswith(departement))
        first = min(known, default=None)
        return int(first) if first else None

    @cached_property
    def _population_lines(self) -> dict[str, str]:
        return {line[CODE]: line for line in read_lines("populations.csv")}

    def populations(self, code: str) -> dict[int, int]:
        """Municipal population of a commune by census year, known ones only."""
        cells = self._population_lines.get(code, "").split(";")[1:]
        years = zip(self.population_years, cells, strict=False)
        return {year: int(cell) for year, cell in years if cell}

    @cached_property
    def population_years(self) -> tuple[int, ...]:
        """Census years of the populations, oldest first."""
        return tuple(sorted(vintage.population_census for vintage in self.vintages.values()))

    @cached_property
    def epcis(self) -> dict[str, list[list[str]]]:
        """Runs of code, name, short_name, nature, departement, from, to; oldest first."""
        found: dict[str, list[list[str]]] = {}
        for row in read_rows("epci.csv"):
            found.setdefault(row[0], []).append(row)
        return found

    @cached_property
    def departements(self) -> dict[str, Departement]:
        """Départements and collectivités d'outre-mer by code."""
        return {row[0]: Departement(*row) for row in read_rows("departements.csv")}

    @cached_property
    def regions(self) -> dict[str, Region]:
        """Régions by code."""
        return {row[0]: Region(*row) for row in read_rows("regions.csv")}

    @cached_property
    def arrondissements(self) -> dict[str, list[str]]:
        """Arrondissements départementaux: code, name, departement, seat."""
        return {row[0]: row for row in read_rows("arrondissements.csv")}

    @cached_property
    def vintages(self) -> dict[int, Vintage]:
        """What each millésime truly is."""
        return {
            int(row["millesime"]): Vintage(
                millesime=int(row["millesime"]),
                epci_vintage=int(row["epci_vintage"]),
                carried=row["carried"] == "1",
                population_census=int(row["population_census"]),
                check=row["check"],
            )
            for row in resources.read_table(FOLDER, "vintages.csv")
        }
