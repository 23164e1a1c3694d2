"""Sections made from the other subjects of the base: register, coverage, rules, CTG, SDSF.

Each subject is taken through a protocol and may be absent: the section then says what is missing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from app.domain import french
from app.domain.maillage import Gap, GapCertainty
from app.domain.register import Status
from app.domain.register_lists import load_kinds
from app.domain.sentences import Figure, Sentence, said
from app.domain.territory import Level
from app.services.diagnostics_study import Group
from app.services.register_rows import EquipmentRow, RegisterFilter

if TYPE_CHECKING:
    from app.domain.coverage import NetworkCoverage
    from app.domain.groups import Group as ComparedGroup
    from app.services.diagnostics_study import Study
    from maps.choropleth import Choropleth
    from reports.diagnostic_content import EquipmentLine, Item, MapItem

STATUS_WORDS = {
    Status.PROJECT: "projet",
    Status.OPEN: "ouvert",
    Status.SUSPENDED: "suspendu",
    Status.CLOSED: "fermé",
}
SHOWN = (Status.OPEN, Status.SUSPENDED, Status.PROJECT)


class RegisterSource(Protocol):
    """What is asked of the register."""

    def rows(self, filters: RegisterFilter) -> list[EquipmentRow]:
        """Services that pass the filters."""
        ...


class CoverageSource(Protocol):
    """What is asked of coverage."""

    def network(
        self, network: str, *, departement: str | None = None, on: datetime.date | None = None
    ) -> NetworkCoverage:
        """Coverage of each Epci by a network."""
        ...

    def choropleth(
        self, coverage: NetworkCoverage, *, departement: str | None = None, selected: str | None = None
    ) -> Choropleth:
        """Map of a coverage."""
        ...

    def gaps(
        self, rule: str | None = None, departement: str | None = None, *, on: datetime.date | None = None
    ) -> list[Gap]:
        """Territories where a rule is not met, or where nobody knows."""
        ...

    def groups(self, level: Level | None = None, on: datetime.date | None = None) -> list[ComparedGroup]:
        """Groups of comparable territories."""
        ...


class PartnerSections:
    """Builds the sections that rest on the subjects that were given."""

    def __init__(
        self, register: RegisterSource | None = None, coverage: CoverageSource | None = None
    ) -> None:
        self._register = register
        self._coverage = coverage

    def group(self, code: str) -> Group | None:
        """The group of comparable Epci of a code; None without one."""
        if not code or self._coverage is None:
            return None
        for group in self._coverage.groups(Level.EPCI):
            if group.code == code:
                return Group(group.name, group.members)
        return None

    # -- register -----------------------------------------------------------------------------------

    def equipment(
        self, study: Study, kinds: Sequence[str], caption: str, *, places: bool = False
    ) -> list[Item]:
        """A table of the services of some kinds, or one line that says how to fill it."""
        from reports.diagnostic_content import Absent, EquipmentItem

        rows = self._rows(study, kinds)
        if not rows:
            return [Absent(f"{caption}, aucun service saisi", "les saisir ou les importer dans Équipements")]
        lines = tuple(_line(row) for row in rows)
        return [EquipmentItem(caption, lines, with_places=places)]

    def _rows(self, study: Study, kinds: Sequence[str]) -> list[EquipmentRow]:
        if self._register is None:
            return []
        asked = RegisterFilter(kinds=tuple(kinds), epci=study.epci.code, statuses=SHOWN, on=study.on)
        order = list(load_kinds())
        rows = self._register.rows(asked)
        return sorted(rows, key=lambda row: (order.index(row.kind), row.commune, row.name, row.uuid))

    def prospects(self, study: Study) -> tuple[list[Sentence], list[Sentence]]:
        """Projects of the register (opportunities) and agréments that end within a year (threats)."""
        rows = self._rows(study, ())
        projects = [row for row in rows if row.status is Status.PROJECT]
        limit = study.on + datetime.timedelta(days=365)
        ending = [row for row in rows if row.licence_to is not None and row.licence_to <= limit]
        found: tuple[list[Sentence], list[Sentence]] = ([], [])
        if projects:
            words = french.plural(len(projects), "projet d’équipement", "projets d’équipement")
            found[0].append(said("le registre compte ", Figure(words, ())))
        if ending:
            words = french.plural(len(ending), "agrément")
            verb = "s’achève" if len(ending) == 1 else "s’achèvent"
            found[1].append(said(Figure(words, ()), f" {verb} avant le {french.long_date(limit)}"))
        return found

    # -- coverage -----------------------------------------------------------------------------------

    def network(self, study: Study, network: str, caption: str) -> tuple[MapItem | None, list[Item]]:
        """The map of a network in the département, and what must be said of it in the Epci."""
        from reports.diagnostic_content import Absent, MapItem, Points

        if self._coverage is None:
            return None, []
        coverage = self._coverage.network(network, departement=study.departement, on=study.on)
        row = next((row for row in coverage.rows if row.code == study.epci.code), None)
        if row is None:
            return None, []
        notes = tuple(french.typographic(note) for note in row.notes)
        items: list[Item] = [Points(notes)] if notes else []
        if all(value.number is None for value in row.values):
            how = "compléter le registre, ou déclarer la liste entière"
            return None, [*items, Absent(f"{caption}, rien de connu", how)]
        drawn = self._coverage.choropleth(coverage, departement=study.departement, selected=study.epci.code)
        values = tuple(coverage.value(code) for code in drawn.layer.codes)
        return MapItem(drawn, f"{caption}, {drawn.year}", key=f"carte_{network}", values=values), items

    def networks(self, study: Study, asked: Sequence[tuple[str, str]]) -> list[Item]:
        """Maps of networks side by side, two by two, then their notes."""
        from reports.diagnostic_content import Side

        found = [self.network(study, code, caption) for code, caption in asked]
        maps = [area for area, _ in found if area is not None]
        items: list[Item] = []
        for first in range(0, len(maps), 2):
            pair = maps[first : first + 2]
            items.append(Side(pair[0], pair[1]) if len(pair) == 2 else pair[0])
        return [*items, *(item for _, notes in found for item in notes)]

    # -- rules --------------------------------------------------------------------------------------

    def gaps(self, study: Study) -> list[Item]:
        """Gaps to the rules in the Epci and its communes; not knowing is said apart."""
        from reports.diagnostic_content import Absent, Framed, TableItem

        if self._coverage is None:
            return [Absent("Écarts aux règles de maillage", "ouvrir la page Maillage et choisir des règles")]
        inside = {study.epci.code, *(c.code for c in study.territory.communes(study.epci.code))}
        found = [
            gap
            for gap in self._coverage.gaps(departement=study.departement, on=study.on)
            if gap.code in inside
        ]
        if not found:
            return [Framed("Aucun écart connu aux règles en vigueur sur ce territoire.", "note")]
        missing = [gap for gap in found if gap.certainty is GapCertainty.MISSING]
        unknown = [gap for gap in found if gap.certainty is GapCertainty.UNKNOWN]
        items: list[Item] = []
        for caption, gaps in (("Ce qui manque", missing), ("Ce qu’on ne sait pas dire", unknown)):
            if gaps:
                items.append(
                    TableItem(
                        caption,
                        (("Règle", "left"), ("Territoire", "left"), ("Constat", "left")),
                        tuple(_gap_cells(gap) for gap in gaps),
                        note="Une absence d’information n’est pas un manque." if gaps is unknown else "",
                    )
                )
        return items


def _gap_cells(gap: Gap) -> tuple[str, ...]:
    return (gap.rule.label, gap.name, french.typographic(gap.reason))


def _line(row: EquipmentRow) -> EquipmentLine:
    from reports.diagnostic_content import EquipmentLine

    return EquipmentLine(
        kind=load_kinds()[row.kind].label,
        name=row.name or row.site,
        commune=row.commune,
        manager=row.manager,
        status=STATUS_WORDS[row.status],
        places=row.opened if row.opened is not None else row.licensed,
        expected=row.expected,
        licence_to=row.licence_to,
        itinerant=row.itinerant,
        source=row.source,
        reliability=row.reliability.value,
        fictitious=row.fictitious,
    )


def absent_items(lines: Iterable[tuple[str, str]]) -> list[Item]:
    """Lines that say what is missing and how to get it."""
    from reports.diagnostic_content import Absent

    return [Absent(what, how) for what, how in lines]
