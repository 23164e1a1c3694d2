"""What the register says of one Epci: childminders, flows of places, totals, agréments, Qpv, basket."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from app.domain import french
from app.domain.coverage import Answer
from app.domain.french import THIN
from app.domain.register_lists import load_kinds
from app.domain.territory import Level
from app.services.diagnostics_minders import minder_items

if TYPE_CHECKING:
    from app.domain.coverage_basket import Basket, BasketRule
    from app.domain.register import Register
    from app.domain.register_ledger import LedgerYear
    from app.services.coverage_lists import Licence, QpvRow
    from app.services.diagnostics_guard import MinderMasks
    from app.services.diagnostics_study import Study
    from app.services.register_rows import RegisterFilter
    from maps.layers import ZoneLayer
    from reports.diagnostic_content import Item

CHIPS = {
    Answer.YES: ("atteinte", "présent"),
    Answer.NO: ("non_atteinte", "absent"),
    Answer.UNKNOWN: ("pas_de_donnee", "non connu"),
}
COMPLETE = {
    Answer.YES: "le panier est complet",
    Answer.NO: "le panier est incomplet",
    Answer.UNKNOWN: "on ne peut pas dire si le panier est complet",
}


class RegisterLists(Protocol):
    """What is asked of the register."""

    def register(self, on: datetime.date | None = None) -> Register:
        """Everything, or what lives on a day."""
        ...

    def ledger(self, filters: RegisterFilter | None = None) -> tuple[LedgerYear, ...]:
        """Creations, closures and net of places by year."""
        ...


class CoverageLists(Protocol):
    """What is asked of coverage."""

    def licences(self, on: datetime.date | None = None) -> list[Licence]:
        """Agréments of centres sociaux and Evs that are over or end soon."""
        ...

    def qpv(self, on: datetime.date | None = None) -> list[QpvRow]:
        """Qpv in force, and whether a structure stands in them."""
        ...

    def basket_rule(self, on: datetime.date | None = None) -> BasketRule:
        """The rule of the basket in use on a day."""
        ...

    def basket(
        self, year: int | None = None, *, departement: str | None = None, on: datetime.date | None = None
    ) -> tuple[Basket, ...]:
        """The basket of each Epci."""
        ...


class RegisterSections:
    """Builds the parts of sections that rest on the register; either source may be absent."""

    def __init__(self, register: RegisterLists | None = None, coverage: CoverageLists | None = None) -> None:
        self._register = register
        self._coverage = coverage

    def minders(self, study: Study, masks: MinderMasks) -> list[Item]:
        """Assistants maternels of the Epci by year and by age."""
        rows = self._register.register().childminders if self._register is not None else ()
        return minder_items(rows, study, masks)

    # -- places and totals --------------------------------------------------------------------------

    def flows(self, study: Study, kinds: Sequence[str]) -> list[Item]:
        """Creations, closures and net of places by year: three flows, never one."""
        from app.services.register_rows import RegisterFilter
        from reports.diagnostic_content import TableItem

        if self._register is None:
            return []
        asked = RegisterFilter(kinds=tuple(kinds), epci=study.epci.code, on=study.on)
        years = [
            line
            for line in self._register.ledger(asked)
            if line.year <= study.on.year and (line.real.created or line.real.closed)
        ]
        if not years:
            return []
        rows = tuple(
            (
                str(line.year),
                french.number(line.real.created),
                french.number(line.real.closed),
                french.number(line.real.net, signed=True),
            )
            for line in years
        )
        heads = (
            ("Année", "left"),
            ("Places créées", "right"),
            ("Places fermées", "right"),
            ("Solde", "right"),
        )
        return [
            TableItem("Mouvements de places d’accueil collectif", heads, rows, source="registre de la base")
        ]

    def totals(self, study: Study, kinds: Sequence[str]) -> list[Item]:
        """Totals known for the Epci or the département only: told with their year and source."""
        from reports.diagnostic_content import Points

        if self._register is None:
            return []
        places = {(Level.EPCI, study.epci.code), (Level.DEPARTEMENT, study.departement)}
        labels = load_kinds()
        latest = {
            (total.kind, total.level): total
            for total in sorted(self._register.register().totals, key=lambda total: total.year)
            if total.kind in kinds and (total.level, total.code) in places and total.year <= study.on.year
        }
        lines = tuple(
            f"{labels[total.kind].label}{THIN}: {french.number(total.count)} connus en {total.year} pour "
            f"{study.place.the if total.level is Level.EPCI else study.departement_place.the} "
            f"({total.source}), sans leur répartition."
            for total in latest.values()
        )
        return [Points(lines)] if lines else []

    # -- animation de la vie sociale ----------------------------------------------------------------

    def licences(self, study: Study) -> list[Item]:
        """Agréments that are over or end soon."""
        from reports.diagnostic_content import TableItem

        if self._coverage is None:
            return []
        members = set(study.territory.members(Level.EPCI, study.epci.code))
        source = self._coverage
        ending = study.once(("licences", study.on), lambda: source.licences(study.on))
        rows = tuple(
            (
                found.equipment.name or found.site.name,
                load_kinds()[found.equipment.kind].label,
                french.short_date(found.ends_on),
                "terminé" if found.over else f"dans {french.plural((found.ends_on - study.on).days, 'jour')}",
            )
            for found in ending
            if found.site.code_commune in members
        )
        if not rows:
            return []
        heads = (("Structure", "left"), ("Type", "left"), ("Fin d’agrément", "left"), ("État", "left"))
        return [TableItem("Agréments à renouveler", heads, rows, source="registre de la base")]

    def qpv(self, study: Study) -> list[Item]:
        """Qpv of the Epci: with or without a structure, or nobody knows."""
        from reports.diagnostic_items import Ready
        from reports.kit.blocks import Chip, Column, Row, Table

        if self._coverage is None:
            return []
        members = set(study.territory.members(Level.EPCI, study.epci.code))
        source = self._coverage
        zones = study.once(("qpv", study.on), lambda: source.qpv(study.on))
        mine = [row for row in zones if members & {*row.zone.communes, *row.zone.partial}]
        if not mine:
            return []
        name = study.territory.reference.commune
        rows = tuple(
            Row(
                (
                    row.zone.name,
                    french.listing([name(code).name for code in (*row.zone.communes, *row.zone.partial)]),
                    Chip(*CHIPS[row.answer]),
                )
            )
            for row in sorted(mine, key=lambda row: (row.zone.name, row.zone.uuid))
        )
        columns = (Column("Quartier prioritaire"), Column("Commune"), Column("Structure dans le quartier"))
        sources = french.listing(list(dict.fromkeys(row.zone.source for row in mine if row.zone.source)))
        note = "Non connu : la place exacte du quartier ou des structures manque à la base."
        table = Table(
            columns, rows, "Quartiers prioritaires et animation de la vie sociale", source=sources,
            note=french.typographic(note),
        )  # fmt: skip
        return [Ready((table,))]

    def zones(self, study: Study, kind: str) -> tuple[ZoneLayer, ...]:
        """Zones of a kind that touch the Epci, for a map."""
        from maps.register_layers import zone_layers

        if self._register is None:
            return ()
        members = set(study.territory.members(Level.EPCI, study.epci.code))
        alive = self._register.register(study.on).zones
        mine = [z for z in alive if z.kind == kind and members & {*z.communes, *z.partial}]
        return zone_layers(mine) if mine else ()

    # -- basket -------------------------------------------------------------------------------------

    def basket(self, study: Study) -> list[Item]:
        """The basket of parenthood services of the Epci, with its rule."""
        from reports.diagnostic_content import Framed
        from reports.diagnostic_items import Ready
        from reports.kit.blocks import Chip, Column, Row, Table

        if self._coverage is None:
            return []
        rule, source = self._coverage.basket_rule(study.on), self._coverage
        departement, on = study.departement, study.on
        baskets = study.once(
            ("basket", departement, on), lambda: source.basket(on.year, departement=departement, on=on)
        )
        mine = next((basket for basket in baskets if basket.code == study.epci.code), None)
        if mine is None:
            return []
        labels = load_kinds()
        answers = {
            **dict.fromkeys(mine.present, Answer.YES),
            **dict.fromkeys(mine.absent, Answer.NO),
            **dict.fromkeys(mine.unknown, Answer.UNKNOWN),
        }
        rows = tuple(Row((labels[kind].label, Chip(*CHIPS[answers[kind]]))) for kind in rule.kinds)
        table = Table(
            (Column("Service", width=0.6), Column("Dans le territoire")), rows,
            "Panier de services parentalité", note=rule.text(),
        )  # fmt: skip
        full = sum(basket.complete is Answer.YES for basket in baskets)
        words = (
            f"Selon cette règle, {COMPLETE[mine.complete]}. Panier complet connu dans "
            f"{french.number(full)} EPCI sur {len(baskets)} {study.departement_place.within}."
        )
        return [Ready((table,)), Framed(words, "lecture")]
