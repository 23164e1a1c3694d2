"""A small geography written by hand, and a way to write files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.domain.territory import Level

_COMMUNES = {
    # code -> name, département, Epci
    "01001": ("L'Abergement-Clémenciat", "01", ""),
    "2A004": ("Ajaccio", "2A", ""),
    "52121": ("Chaumont", "52", "200068658"),
    "52289": ("Liffol-le-Petit", "52", "200068559"),
    "75056": ("Paris", "75", ""),
    "75101": ("Paris 1er Arrondissement", "75", ""),
    "79049": ("Bressuire", "79", "200040244"),
    "79191": ("Niort", "79", "200041317"),
    "79307": ("Sauzé-entre-Bois", "79", "200069755"),
    "97302": ("Cayenne", "973", ""),
}
_EPCIS = {
    "200040244": ("CA du Bocage Bressuirais", "79", ("79",), {"79": 33}),
    "200041317": ("CA du Niortais", "79", ("79",), {"79": 40}),
    "200041416": ("CC Airvaudais-Val du Thouet", "79", ("79",), {"79": 10}),
    "200068559": ("CC de l'Ouest Vosgien", "88", ("52", "88"), {"52": 1, "88": 68}),
    "200068666": ("CA du Grand Saint-Dizier, Der et Vallées", "52", ("51", "52"), {"51": 10, "52": 49}),
    "200069755": ("CC Mellois en Poitou", "79", ("79",), {"79": 62}),
}
_OTHERS = {
    Level.DEPARTEMENT: {
        "01": "Ain",
        "2A": "Corse-du-Sud",
        "52": "Haute-Marne",
        "79": "Deux-Sèvres",
        "88": "Vosges",
    },
    Level.REGION: {"01": "Guadeloupe", "44": "Grand Est", "75": "Nouvelle-Aquitaine"},
    Level.ARRONDISSEMENT: {"792": "Niort"},
    Level.FRANCE: {"FR": "France"},
}
_IN_NAMES = {"88": "dans les Vosges"}
_MERGED = {"79060": ("Sauzé-Vaussais (ancienne)", "79307", 2024)}


@dataclass
class HandReference:
    """The part of the reference that reading needs, with a few territories."""

    def communes(self, departement: str | None = None, epci: str | None = None, millesime: int = 2026):
        """Communes of today, with the merged one until its last year."""
        rows = [
            SimpleNamespace(code=code, name=row[0], code_departement=row[1])
            for code, row in _COMMUNES.items()
        ]
        for code, (name, _, last) in _MERGED.items():
            if millesime <= last:
                rows.append(SimpleNamespace(code=code, name=name, code_departement=code[:2]))
        return tuple(rows)

    def epcis(self, departement: str | None = None, millesime: int = 2026):
        """Epci of today."""
        return tuple(self.epci(code) for code in _EPCIS)

    def exists(self, level: Level, code: str) -> bool:
        """True for the territories above."""
        return code in self._names(level)

    def name(self, level: Level, code: str) -> str:
        """Name of a territory above."""
        return self._names(level)[code]

    def successor(self, code_commune: str) -> str | None:
        """The merged commune has one."""
        return _MERGED[code_commune][1] if code_commune in _MERGED else None

    def epci(self, code: str):
        """An Epci above."""
        name, seat, departements, _ = _EPCIS[code]
        return SimpleNamespace(code=code, name=name, code_departement=seat, departements=departements)

    def commune(self, code: str):
        """A commune above."""
        return SimpleNamespace(code=code, name=_COMMUNES[code][0], code_departement=_COMMUNES[code][1])

    def departement(self, code: str):
        """A département above."""
        name = _OTHERS[Level.DEPARTEMENT].get(code, code)
        return SimpleNamespace(code=code, name=name, in_name=_IN_NAMES.get(code, f"en {name}"))

    def share_of(self, code_epci: str, departement: str) -> tuple[int, int]:
        """Communes there, and in all."""
        counts = _EPCIS[code_epci][3]
        return counts.get(departement, 0), sum(counts.values())

    @staticmethod
    def _names(level: Level) -> dict[str, str]:
        if level is Level.COMMUNE:
            return {code: row[0] for code, row in _COMMUNES.items()}
        if level is Level.EPCI:
            return {code: row[0] for code, row in _EPCIS.items()}
        return _OTHERS[level]


@pytest.fixture(scope="session")
def reference() -> HandReference:
    """A geography small enough to be read at a glance."""
    return HandReference()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write text or bytes in a file of the temporary folder."""

    def writer(content: str | bytes, name: str = "fichier.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return writer
