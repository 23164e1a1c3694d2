"""Indicators of CPOG that the register, the coverage and the CTG let the base compute itself."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from app.domain.french import NBSP, number, plural
from app.domain.indicator import ValueState
from app.domain.register import Equipment, Register, Status
from app.domain.register_ledger import Flow
from app.domain.territory import Level
from app.services.cpog_computed import Computed
from app.services.cpog_reading import today

if TYPE_CHECKING:
    from app.domain.coverage_basket import Basket, BasketRule
    from app.domain.reference import Reference
    from app.services.ctg_rows import CtgCoverage
    from app.services.ctg_rows import Share as CtgShare

RPE_POPULATION = 10_000
AVS = ("centre_social", "evs")
EAJE = ("eaje", "micro_creche")


class RegisterReader(Protocol):
    """What is asked of the register."""

    def register(self, on: datetime.date | None = None) -> Register:
        """Everything, or what lives on a day."""
        ...


class BasketReader(Protocol):
    """What is asked of the coverage."""

    def basket_rule(self, on: datetime.date | None = None) -> BasketRule:
        """The rule in use on a day."""
        ...

    def basket(
        self, year: int | None = None, level: Level = Level.EPCI, *, departement: str | None = None
    ) -> tuple[Basket, ...]:
        """The basket of each territory."""
        ...


class CtgReader(Protocol):
    """What is asked of the CTG."""

    def coverage(self, on: datetime.date | None = None, departement: str | None = None) -> CtgCoverage:
        """Coverage on a day, on three denominators."""
        ...

    def schema_share(
        self, on: datetime.date | None = None, departement: str | None = None
    ) -> tuple[int, int]:
        """Conventions in force that stand for a schéma, over those in force, of one département."""
        ...


def _state(x: float) -> ValueState:
    return ValueState.VALUE if x else ValueState.ZERO


def value(label: str, x: float, rule: str, terms: tuple[float, float] | None = None) -> Computed:
    """A known reading."""
    numerator, denominator = terms or (None, None)
    return Computed(label, x, _state(x), rule, numerator, denominator)


def unknown(label: str, rule: str) -> Computed:
    """A reading that the base cannot tell."""
    return Computed(label, None, ValueState.NO_DATA, rule)


def rate(label: str, part: float, whole: float, rule: str) -> Computed:
    """A percentage with its two terms; unknown without a denominator."""
    if not whole:
        return unknown(label, rule)
    return value(label, 100 * part / whole, rule, (part, whole))


def last_day(year: int) -> datetime.date | None:
    """31 December of a past year, today in the running one, None for a year to come."""
    now = today()
    return None if year > now.year else min(datetime.date(year, 12, 31), now)


class RegisterSource:
    """Net Eaje places, AVS created, Rpe of the large communes, childminders per ETP, hours of Laep."""

    def __init__(self, register: RegisterReader, reference: Reference) -> None:
        self._register = register
        self._reference = reference
        self._by_code: dict[str, Callable[[str, int, datetime.date], Sequence[Computed]]] = {
            "eaje_net": self._eaje_net,
            "avs_crees": self._avs,
            "rpe_communes": self._rpe,
            "am_par_etp": self._childminders,
            "laep_heures": self._laep,
        }

    def codes(self) -> frozenset[str]:
        """Codes computed here."""
        return frozenset(self._by_code)

    def compute(self, code: str, departement: str, year: int) -> tuple[Computed, ...]:
        """One row a reading; empty for a year to come, or where the register holds nothing of the kind."""
        day = last_day(year)
        return () if day is None else tuple(self._by_code[code](departement, year, day))

    def _held(self, register: Register, departement: str, *kinds: str) -> list[tuple[str, Equipment]]:
        return [
            (site.code_commune, item)
            for site, item in register.pairs(*kinds)
            if self._is_in(site.code_commune, departement)
        ]

    def _is_in(self, code_commune: str, departement: str) -> bool:
        return self._reference.commune(code_commune).code_departement == departement

    def _eaje_net(self, departement: str, year: int, _day: datetime.date) -> Sequence[Computed]:
        register = self._register.register()
        held = {item.uuid for _, item in self._held(register, departement, *EAJE)}
        moves = [m for m in register.movements if m.service_uuid in held and not m.expected]
        if not moves:
            return ()
        flow = Flow()
        for move in moves:
            flow = flow.plus(move) if move.on.year == year else flow
        rule = (
            f"{plural(flow.created, 'place créée', 'places créées')}, "
            f"{plural(flow.closed, 'fermée')} en {year}, d’après le registre"
        )
        return (value("Solde net de places d’Eaje", flow.net, rule),)

    def _avs(self, departement: str, year: int, _day: datetime.date) -> Sequence[Computed]:
        held = [item for _, item in self._held(self._register.register(), departement, *AVS)]
        dated = [item for item in held if item.opened_on is not None and item.status is not Status.PROJECT]
        if not dated:
            return ()
        opened = sum(item.opened_on is not None and item.opened_on.year == year for item in dated)
        unsaid = len(held) - len(dated)
        rule = f"ouverts en {year} d’après le registre, {plural(unsaid, 'structure')} sans date d’ouverture"
        return (value("Centres sociaux et EVS ouverts", opened, rule),)

    def _rpe(self, departement: str, _year: int, day: datetime.date) -> Sequence[Computed]:
        held = self._held(self._register.register(day), departement, "rpe")
        if not held:
            return ()
        large = [
            c.code for c in self._reference.communes(departement=departement)
            if (c.population or 0) > RPE_POPULATION
        ]  # fmt: skip
        seats = {code for code, _ in held} | {p.code_commune for _, item in held for p in item.points}
        part = sum(code in seats for code in large)
        rule = (
            f"{part} sur {plural(len(large), 'commune')} de plus de 10{NBSP}000 habitants ont un Rpe "
            "d’après le registre"
        )
        label = "Communes de plus de 10\u202f000 habitants avec un Rpe"
        return (rate(label if part == len(large) else f"{label}, au moins", part, len(large), rule),)

    def _childminders(self, departement: str, _year: int, day: datetime.date) -> Sequence[Computed]:
        register = self._register.register(day)
        held = [item for _, item in self._held(register, departement, "rpe")]
        whole = [c for c in register.childminders if (c.level, c.code) == (Level.DEPARTEMENT, departement)]
        people = (whole[0].active if whole[0].active is not None else whole[0].licensed) if whole else None
        if not held or people is None:
            return ()
        label = "Assistants maternels par ETP de Rpe"
        missing = sum(item.fte is None for item in held)
        total = sum(item.fte or 0.0 for item in held)
        if missing or not total:
            return (unknown(label, f"ETP inconnus pour {missing} Rpe sur {len(held)}"),)
        rule = f"{plural(people, 'assistant maternel', 'assistants maternels')} pour {number(total, 1)} ETP"
        return (value(label, people / total, rule, (people, total)),)

    def _laep(self, departement: str, _year: int, day: datetime.date) -> Sequence[Computed]:
        held = [item for _, item in self._held(self._register.register(day), departement, "laep")]
        known = [item.hours_per_year for item in held if item.hours_per_year is not None]
        if not held:
            return ()
        if not known:
            return (unknown("Heures d’ouverture des Laep", f"heures inconnues pour {len(held)} Laep"),)
        missing = len(held) - len(known)
        label = "Heures d’ouverture des Laep" + (", au moins" if missing else "")
        rule = f"{len(known)} Laep aux heures connues, {missing} sans heures"
        return (value(label, sum(known), rule),)


class BasketSource:
    """Epci with a complete basket of services, by the rule in use, which is printed with the figure."""

    def __init__(self, coverage: BasketReader) -> None:
        self._coverage = coverage

    def codes(self) -> frozenset[str]:
        """Codes computed here."""
        return frozenset({"epci_panier"})

    def compute(self, _code: str, departement: str, year: int) -> tuple[Computed, ...]:
        """Complete baskets over all the Epci; unknown ones are said and never counted as complete."""
        if last_day(year) is None:
            return ()
        found = self._coverage.basket(year, Level.EPCI, departement=departement)
        answers = [str(basket.complete.value) for basket in found]
        complete, doubtful = answers.count("yes"), answers.count("unknown")
        label = "EPCI avec un panier complet" + (", au moins" if doubtful else "")
        said = plural(doubtful, "EPCI sans réponse", "EPCI sans réponse")
        rule = f"{self._coverage.basket_rule(last_day(year)).text()} {said}."
        if not found or doubtful == len(found):
            return (unknown(label, rule),)
        return (rate(label, complete, len(found), rule),)


class CtgSource:
    """Coverage by CTG on three denominators, and CTG that stand for a schéma."""

    def __init__(self, ctg: CtgReader, departements: Sequence[str]) -> None:
        self._ctg = ctg
        self._departements = tuple(departements)

    def codes(self) -> frozenset[str]:
        """Codes computed here."""
        return frozenset({"ctg_couverture", "ctg_schema"})

    def compute(self, code: str, departement: str, year: int) -> tuple[Computed, ...]:
        """Three readings of the coverage, or one share; empty for a year to come."""
        day = last_day(year)
        if day is None or departement not in self._departements:
            return ()
        if code == "ctg_couverture":
            found = self._ctg.coverage(day, departement)
            return tuple(_share(label, share) for label, share in _readings(found))
        part, whole = self._ctg.schema_share(day, departement)
        rule = f"{part} sur {plural(whole, 'CTG en vigueur', 'CTG en vigueur')} tiennent lieu de schéma"
        return (rate("CTG tenant lieu de schéma", part, whole, rule),)


def _readings(found: CtgCoverage) -> tuple[tuple[str, CtgShare], ...]:
    return (
        ("Couverture par une CTG, en EPCI", found.epcis),
        ("Couverture par une CTG, en habitants", found.population),
        ("Couverture par une CTG, en communes", found.communes),
    )


def _share(label: str, share: CtgShare) -> Computed:
    rule = f"{number(share.part)} sur {number(share.whole)}, {share.label}"
    return rate(label, share.part, share.whole, f"{rule}. {share.note}" if share.note else rule)
