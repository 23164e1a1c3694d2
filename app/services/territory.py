"""The territory of a base: départements chosen, their Epci and communes."""

from __future__ import annotations

from app.domain.errors import UnknownTerritory
from app.domain.reference import LATEST, Commune, Departement, Epci, Reference
from app.domain.territory import Level, Territory


class TerritoryService:
    """Reads the reference territory within the scope of one base."""

    def __init__(self, reference: Reference, departements: tuple[str, ...]) -> None:
        self.reference = reference
        self._codes = departements
        self._epcis: dict[str | None, tuple[Epci, ...]] = {}

    def departements(self) -> tuple[Departement, ...]:
        """The départements of the base."""
        return tuple(self.reference.departement(code) for code in self._codes)

    def epcis(self, departement: str | None = None) -> tuple[Epci, ...]:
        """Epci with at least one commune in the scope (or in one département), sorted by short name."""
        if departement not in self._epcis:
            codes = (departement,) if departement else self._codes
            found = {epci.code: epci for code in codes for epci in self.reference.epcis(code)}
            self._epcis[departement] = tuple(sorted(found.values(), key=lambda epci: epci.short_name))
        return self._epcis[departement]

    def communes(self, code_epci: str | None = None, departement: str | None = None) -> tuple[Commune, ...]:
        """Communes of one Epci, of one département, or of all Epci of the scope (even across a border)."""
        if code_epci:
            return self.reference.communes(epci=code_epci)
        if departement:
            return self.reference.communes(departement=departement)
        found = {c.code: c for code in self._codes for c in self.reference.communes(departement=code)}
        for epci in self.epcis():
            found.update((c.code, c) for c in self.reference.communes(epci=epci.code))
        return tuple(found[code] for code in sorted(found))

    def codes(self, level: Level, departement: str | None = None) -> tuple[str, ...]:
        """Codes of the territories of a level within the scope, in the order of the screen."""
        if level is Level.EPCI:
            return tuple(epci.code for epci in self.epcis(departement))
        if level is Level.COMMUNE:
            return tuple(commune.code for commune in self.communes(departement=departement))
        if level is Level.DEPARTEMENT:
            return (departement,) if departement else self._codes
        if level is Level.REGION:
            return tuple(dict.fromkeys(dep.code_region for dep in self.departements()))
        return ("FR",)

    def require_departement(self, code: str) -> None:
        """Raises UnknownTerritory unless the département is one of the base."""
        if code not in self._codes:
            raise UnknownTerritory(code=code, level=Level.DEPARTEMENT, known=self._codes)

    def members(self, level: Level, code: str, millesime: int = LATEST) -> tuple[str, ...]:
        """Communes that make up a territory at a millésime (empty for the country: too wide to add up)."""
        if level is Level.EPCI:
            return self.reference.members(code, millesime)
        if level is Level.DEPARTEMENT:
            return tuple(c.code for c in self.reference.communes(departement=code, millesime=millesime))
        return ()

    def find(self, text: str) -> list[Territory]:
        """Territories whose name, former name or code match, those of the scope first."""
        return self.reference.find(text, self._codes)

    def caf_name(self) -> str:
        """« Caf des Deux-Sèvres », or « Caf des Deux-Sèvres et de la Haute-Marne »."""
        names = [dep.of_name for dep in self.departements()]
        return "Caf " + (", ".join(names[:-1]) + " et " if len(names) > 1 else "") + names[-1]

    def scope_note(self, code_epci: str) -> str:
        """« 1 commune sur 69 en Haute-Marne » for an Epci that crosses the border, else empty."""
        notes = []
        for dep in self.departements():
            inside, total = self.reference.share_of(code_epci, dep.code)
            if 0 < inside < total:
                notes.append(f"{inside} commune{'s' if inside > 1 else ''} sur {total} {dep.in_name}")
        return ", ".join(notes)
