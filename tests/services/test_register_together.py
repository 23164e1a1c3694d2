"""A block of cells and two services united: one action each, undone whole."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.register import Childminders, Movement, MovementKind
from app.domain.register_errors import AlreadyThere, NegativeNumber, NotTogether
from app.domain.territory import Level
from app.services.register_rows import SupportRow
from db.session import Base
from tests.services.register_cases import NIORT, THOUARS, creche, opened, site, snapshot, steps


def tables(base: Base) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the register, the journal left out."""
    return {name: rows for name, rows in snapshot(base).items() if name != "journal"}


def test_a_block_of_cells_is_one_action(tmp_path: Path) -> None:
    with opened(tmp_path / "b.maillage") as (base, register):
        one = register.add_equipment(creche("Un"), site(NIORT)).uuid
        two = register.add_equipment(creche("Deux"), site(NIORT)).uuid
        before = tables(base)
        register.edit_cells(
            [
                (one, "licensed_places", "30"), (one, "opened", "15"), (two, "name", "Deux bis"),
                (one, "opened_on", "01/09/2024"), (one, "closed_on", "01/09/2025"),
                (two, "commune", "Thouars"),
            ]
        )  # fmt: skip
        rows = {row.uuid: row for row in register.rows()}
        assert (rows[one].licensed, rows[two].name, rows[two].code_commune) == (30, "Deux bis", THOUARS)
        assert register.equipment(one).opened == 15
        name, _ = steps(base, register).undo()
        assert name == "modification de 2\u00a0équipements"
        assert tables(base) == before


def test_one_refused_cell_writes_nothing_and_says_whose_it_is(tmp_path: Path) -> None:
    with opened(tmp_path / "b.maillage") as (base, register):
        one = register.add_equipment(creche("Un"), site(NIORT)).uuid
        before = tables(base)
        with pytest.raises(NegativeNumber) as refusal:
            register.edit_cells([(one, "name", "Autre"), (one, "licensed_places", "-3")])
        assert refusal.value.field == "licensed_places"
        assert refusal.value.facts["equipment"] == "Un"
        assert tables(base) == before


def test_two_services_become_one_and_come_back(tmp_path: Path) -> None:
    with opened(tmp_path / "b.maillage") as (base, register):
        kept = register.add_equipment(creche("Lucioles", manager="Ville"), site(NIORT)).uuid
        gone = register.add_equipment(
            creche("Les Lucioles", manager="Autre", fte=4.0, groups=()), site(NIORT)
        ).uuid
        day = datetime.date(2024, 5, 2)
        register.add_movement(Movement("", gone, day, MovementKind.CREATION, 5))
        register.save_support(SupportRow("", gone, day, "visite", "Point sur le projet"))
        register.set_signal(gone, "occupancy", 2024, 55.0)
        register.set_signal(kept, "occupancy", 2024, 70.0)
        before = tables(base)
        register.unite(kept, gone)
        assert [row.uuid for row in register.rows()] == [kept]
        card = register.card(kept)
        assert (card.equipment.manager, card.equipment.fte, card.equipment.opened) == ("Ville", 4.0, 18)
        assert (len(card.movements), len(card.supports)) == (1, 1)
        readings = {line.signal.code: line.reading for line in card.signals}
        reading = readings["occupancy"]
        assert reading is not None
        assert reading.number == 70.0
        assert len(register.register().sites) == 1
        steps(base, register).undo()
        assert tables(base) == before


def test_a_service_is_not_united_with_itself(tmp_path: Path) -> None:
    with opened(tmp_path / "b.maillage") as (_, register):
        uuid = register.add_equipment(creche(), site(NIORT)).uuid
        with pytest.raises(NotTogether):
            register.unite(uuid, uuid)


def test_a_block_of_childminders_is_one_action(tmp_path: Path) -> None:
    with opened(tmp_path / "b.maillage") as (base, register):
        before = tables(base)
        register.save_childminders(
            [
                Childminders("", Level.EPCI, "200041317", 2024, 900, 850, None),
                Childminders("", Level.EPCI, "200041333", 2024, 135, None, None),
            ]
        )
        assert [row.licensed for row in register.childminders(Level.EPCI, 2024)] == [900, 135]
        with pytest.raises(AlreadyThere):
            register.save_childminders([Childminders("", Level.EPCI, "200041317", 2024, 1, None, None)])
        held = register.childminders()[0]
        register.save_childminders([replace(held, licensed=None, active=None)])
        assert len(register.childminders()) == 1
        undo = steps(base, register)
        undo.undo()
        undo.undo()
        assert tables(base) == before
