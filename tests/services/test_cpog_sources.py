"""What the base computes itself: with its terms, never more than it knows."""

from __future__ import annotations

import datetime

import pytest

from app.domain.reference import load_reference
from app.domain.register import Childminders, Equipment, Movement, MovementKind, Register, Site
from app.domain.territory import Level
from app.services.cpog_computed import COMPUTED
from app.services.cpog_sources import BasketSource, CtgSource, RegisterSource

NIORT, BRESSUIRE = "79191", "79049"


def site(uuid: str, commune: str, **facts: object) -> Site:
    equipment = Equipment(uuid=uuid, site_uuid=f"s{uuid}", name=uuid, **facts)  # type: ignore[arg-type]
    return Site(f"s{uuid}", uuid, commune, equipment=(equipment,))


def moved(service: str, year: int, kind: MovementKind, places: int, expected: bool = False) -> Movement:
    return Movement(
        f"{service}{year}{places}", service, datetime.date(year, 5, 1), kind, places, expected=expected
    )


class Fixed:
    """A register that never changes."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def register(self, on: datetime.date | None = None) -> Register:
        return self._register if on is None else self._register.at(on)


@pytest.fixture(scope="module")
def source() -> RegisterSource:
    register = Register(
        sites=(
            site("eaje", NIORT, kind="eaje"),
            site("rpe", NIORT, kind="rpe", fte=4.0),
            site("evs", BRESSUIRE, kind="evs", opened_on=datetime.date(2024, 3, 1)),
            site("csc", BRESSUIRE, kind="centre_social"),
            site("laep", NIORT, kind="laep", hours_per_year=120.0),
            site("laep2", BRESSUIRE, kind="laep"),
        ),
        childminders=(Childminders("c", Level.DEPARTEMENT, "79", 2023, 300, 280, None),),
        movements=(
            moved("eaje", 2024, MovementKind.CREATION, 30),
            moved("eaje", 2024, MovementKind.CLOSURE, 12),
            moved("eaje", 2024, MovementKind.CREATION, 99, expected=True),
        ),
    )
    return RegisterSource(Fixed(register), load_reference())


def test_the_register_gives_its_figures_with_their_terms(source: RegisterSource) -> None:
    (net,) = source.compute("eaje_net", "79", 2024)
    assert (net.number, "30" in net.rule, "12" in net.rule) == (18, True, True)
    (opened,) = source.compute("avs_crees", "79", 2024)
    assert (opened.number, "1\u00a0structure sans date" in opened.rule) == (1, True)
    (ratio,) = source.compute("am_par_etp", "79", 2024)
    assert (ratio.number, ratio.numerator, ratio.denominator) == (70, 280, 4)
    (towns,) = source.compute("rpe_communes", "79", 2024)
    assert (towns.numerator, towns.label.endswith("au moins")) == (1, True)
    (hours,) = source.compute("laep_heures", "79", 2024)
    assert (hours.number, hours.label.endswith("au moins")) == (120, True)


def test_nothing_is_said_of_what_is_not_held_or_to_come(source: RegisterSource) -> None:
    assert all(source.compute(code, "52", 2024) == () for code in source.codes())
    assert all(source.compute(code, "79", 2190) == () for code in source.codes())


def test_each_code_has_one_source(source: RegisterSource) -> None:
    others = BasketSource.__new__(BasketSource).codes() | CtgSource.__new__(CtgSource).codes()
    assert sorted([*source.codes(), *others]) == sorted(COMPUTED)
