"""A register on a new base of both départements, without the rest of the application."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.domain.reference import load_reference
from app.domain.register import Equipment, PlaceGroup, Site
from app.services.base import BaseService
from app.services.register import RegisterService
from app.services.territory import TerritoryService
from db.session import Base, create_base

NIORT, THOUARS, CHAUMONT = "79191", "79329", "52121"
DEPARTEMENTS = ("79", "52")


@contextmanager
def opened(
    path: Path, departements: tuple[str, ...] = DEPARTEMENTS
) -> Iterator[tuple[Base, RegisterService]]:
    """Give a new base and its register."""
    base = create_base(path, departements, "Essai")
    try:
        yield base, RegisterService(base, TerritoryService(load_reference(), departements))
    finally:
        base.close()


def steps(base: Base, register: RegisterService) -> BaseService:
    """Undo and redo as the application does, the register told to read again."""
    return BaseService(base, register.forget)


def creche(name: str = "Les Lucioles", **facts: object) -> Equipment:
    """An Eaje with one group of places, 20 licensed and 18 open."""
    values: dict[str, object] = {
        "kind": "eaje",
        "licensed_places": 20,
        "groups": (PlaceGroup("", "Psu", "psu", 20, 18),),
        **facts,
    }
    return Equipment("", "", name=name, **values)  # type: ignore[arg-type]


def site(commune: str = NIORT, **facts: object) -> Site:
    """A site in a commune."""
    return Site(uuid="", code_commune=commune, **{"name": "", **facts})  # type: ignore[arg-type]


def snapshot(base: Base) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of the register: what must not change after a refusal."""
    from sqlalchemy import text

    from db.models.register import JOURNALED

    with base.read() as session:
        return {
            table: sorted(map(tuple, session.execute(text(f"SELECT * FROM {table}"))), key=str)
            for table in (*JOURNALED, "journal")
        }
