"""Sections made from the other subjects of the base: register, coverage, rules, CTG, SDSF.

Each subject is taken through a protocol and may be absent: the section then says what is missing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from app.domain import french
from app.domain.register import Status
from app.domain.register_lists import load_kinds
from app.domain.sentences import Figure, Sentence, said
from app.domain.territory import Level
from app.services.diagnostics_gaps import GapSections, RuleSource
from app.services.diagnostics_networks import CoverageMaps, NetworkSections
from app.services.diagnostics_register import CoverageLists, RegisterLists, RegisterSections
from app.services.diagnostics_study import Group
from app.services.register_rows import EquipmentRow, RegisterFilter

if TYPE_CHECKING:
    from app.domain.groups import Group as ComparedGroup
    from app.services.diagnostics_study import Study
    from reports.diagnostic_content import EquipmentLine, Item

STATUS_WORDS = {
    Status.PROJECT: "projet",
    Status.OPEN: "ouvert",
    Status.SUSPENDED: "suspendu",
    Status.CLOSED: "fermé",
}
SHOWN = (Status.OPEN, Status.SUSPENDED, Status.PROJECT)


class RegisterSource(RegisterLists, Protocol):
    """What is asked of the register."""

    def rows(self, filters: RegisterFilter) -> list[EquipmentRow]:
        """Services that pass the filters."""
        ...


class CoverageSource(CoverageMaps, CoverageLists, RuleSource, Protocol):
    """What is asked of coverage."""

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
        self.networks = NetworkSections(register, coverage)
        self.lists = RegisterSections(register, coverage)
        self.rules = GapSections(coverage, self.networks.minders)

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
